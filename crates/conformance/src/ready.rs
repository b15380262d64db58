//! A few ordinary scenarios, ready for measuring: a region in variables, in code, beside the setting, in a profile, and beside
//! a profile's role.

use sts_endpoint::{Entry, FileKind, Scenario};

const ROLE: &str = "[default]\nregion = eu-west-1\n\n[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\nregion = us-west-2\n\n[profile base]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = none\nregion = us-west-2\n";

/// The scenarios, with a word for each.
pub fn scenarios() -> [(&'static str, Scenario); 5] {
    let region = || {
        Scenario::new()
            .with_variable("AWS_REGION", "eu-west-1")
            .with_variable("AWS_DEFAULT_REGION", "eu-west-1")
    };
    [
        ("variable", region()),
        ("code", Scenario::new().with_code_region("us-west-2")),
        ("legacy", region().with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy")),
        (
            "profile",
            Scenario::new()
                .with_variable("AWS_PROFILE", "base")
                .with_variable("AWS_SDK_LOAD_CONFIG", "1")
                .with_file(FileKind::Config, ROLE),
        ),
        (
            "role",
            region()
                .with_variable("AWS_PROFILE", "deploy")
                .with_variable("AWS_SDK_LOAD_CONFIG", "1")
                .with_file(FileKind::Config, ROLE)
                .with_entry(Entry::ProfileAssumeRole),
        ),
    ]
}
