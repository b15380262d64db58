//! Configurations that tell SDKs, releases and editions apart: what a comparison looks at where nobody names a
//! configuration of their own.

use sts_endpoint_core::{Entry, FileKind, Scenario};

/// A configuration with a name, and what it is in a few words.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// A short name, unique.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    make: fn(Scenario) -> Scenario,
}

impl Telling {
    /// The scenario; its id is the configuration's name.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = (self.make)(Scenario::new());
        scenario.id = self.name.into();
        scenario
    }
}

const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n";

macro_rules! telling {
    ($($name:literal: $what:literal => $make:expr),+ $(,)?) => { [$(Telling { name: $name, what: $what, make: $make }),+] };
}

/// The configurations.
///
/// ```
/// for telling in &sts_endpoint::telling::TELLING {
///     println!("{}: {}", telling.name, telling.what);
/// }
/// ```
pub static TELLING: [Telling; 24] = telling![
    "nothing-set": "nothing set" => |s| s,
    "region": "region us-west-2 in code" => |s| s.with_code_region("us-west-2"),
    "aws-region": "AWS_REGION=us-west-2" => |s| s.with_variable("AWS_REGION", "us-west-2"),
    "aws-default-region": "AWS_DEFAULT_REGION=us-west-2" => |s| s.with_variable("AWS_DEFAULT_REGION", "us-west-2"),
    "config-region": "region = us-west-2 in the config file" =>
        |s| s.with_file(FileKind::Config, "[default]\nregion = us-west-2\n"),
    "us-east-1": "region us-east-1 in code" => |s| s.with_code_region("us-east-1"),
    "legacy": "region us-west-2 in code, AWS_STS_REGIONAL_ENDPOINTS=legacy" =>
        |s| s.with_code_region("us-west-2").with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy"),
    "regional": "region us-west-2 in code, AWS_STS_REGIONAL_ENDPOINTS=regional" =>
        |s| s.with_code_region("us-west-2").with_variable("AWS_STS_REGIONAL_ENDPOINTS", "regional"),
    "regional-no-region": "AWS_STS_REGIONAL_ENDPOINTS=regional, no region" =>
        |s| s.with_variable("AWS_STS_REGIONAL_ENDPOINTS", "regional"),
    "invalid-setting": "region us-west-2 in code, AWS_STS_REGIONAL_ENDPOINTS=true" =>
        |s| s.with_code_region("us-west-2").with_variable("AWS_STS_REGIONAL_ENDPOINTS", "true"),
    "aws-global": "region aws-global in code" => |s| s.with_code_region("aws-global"),
    "opt-in-region": "region ap-east-1 in code" => |s| s.with_code_region("ap-east-1"),
    "opt-in-region-legacy": "region ap-east-1 in code, AWS_STS_REGIONAL_ENDPOINTS=legacy" =>
        |s| s.with_code_region("ap-east-1").with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy"),
    "govcloud": "region us-gov-west-1 in code" => |s| s.with_code_region("us-gov-west-1"),
    "china": "region cn-north-1 in code" => |s| s.with_code_region("cn-north-1"),
    "fips": "region us-west-2 in code, AWS_USE_FIPS_ENDPOINT=true" =>
        |s| s.with_code_region("us-west-2").with_variable("AWS_USE_FIPS_ENDPOINT", "true"),
    "dualstack": "region us-west-2 in code, AWS_USE_DUALSTACK_ENDPOINT=true" =>
        |s| s.with_code_region("us-west-2").with_variable("AWS_USE_DUALSTACK_ENDPOINT", "true"),
    "override": "region us-west-2 in code, AWS_ENDPOINT_URL=http://localhost:4566" =>
        |s| s.with_code_region("us-west-2").with_variable("AWS_ENDPOINT_URL", "http://localhost:4566"),
    "override-no-region": "AWS_ENDPOINT_URL_STS=http://localhost:4566, no region" =>
        |s| s.with_variable("AWS_ENDPOINT_URL_STS", "http://localhost:4566"),
    "profile-role": "a profile's role, its region us-west-2 in the profile" => |s| {
        s.with_variable("AWS_PROFILE", "dev").with_entry(Entry::ProfileAssumeRole).with_file(
            FileKind::Config,
            &alloc::format!("[profile dev]\n{ROLE}region = us-west-2\n"),
        )
    },
    "profile-role-aws-region": "a profile's role, AWS_REGION=eu-west-1 beside region us-west-2 in the profile" => |s| {
        s.with_variable("AWS_PROFILE", "dev")
            .with_variable("AWS_REGION", "eu-west-1")
            .with_entry(Entry::ProfileAssumeRole)
            .with_file(FileKind::Config, &alloc::format!("[profile dev]\n{ROLE}region = us-west-2\n"))
    },
    "profile-role-no-region": "a profile's role, no region" => |s| {
        s.with_variable("AWS_PROFILE", "dev")
            .with_entry(Entry::ProfileAssumeRole)
            .with_file(FileKind::Config, &alloc::format!("[profile dev]\n{ROLE}"))
    },
    "web-identity": "a web identity token, AWS_REGION and AWS_DEFAULT_REGION us-west-2 (as in an EKS pod)" => |s| {
        s.with_entry(Entry::WebIdentityEnv)
            .with_variable("AWS_REGION", "us-west-2")
            .with_variable("AWS_DEFAULT_REGION", "us-west-2")
    },
    "web-identity-no-region": "a web identity token, no region" => |s| s.with_entry(Entry::WebIdentityEnv),
];
