//! Which call to STS the credentials begin with (`FallbackCredentialsFactory.cs`, `CredentialProfileTypeDetector.cs`,
//! `AWSCredentialsFactory.cs`).

use sts_endpoint_core::{Entry, FailureCategory, FileKind, Outcome, ResolutionPolicy, Scenario};
use sts_endpoint_dotnet::HISTORY;

/// A profile `dev` in use, in an environment without keys.
fn dev(lines: &str) -> Scenario {
    let mut scenario = Scenario::new()
        .with_entry(Entry::ProfileAssumeRole)
        .with_variable("AWS_REGION", "us-west-2")
        .with_variable("AWS_PROFILE", "dev")
        .with_file(FileKind::Config, &format!("[profile dev]\n{lines}"));
    scenario.no_static = true;
    scenario
}

#[derive(Debug, PartialEq)]
enum Call {
    /// `AssumeRole`, which is signed.
    Role,
    /// `AssumeRoleWithWebIdentity`, which is not.
    WebIdentity,
    /// There are no credentials.
    None,
}

fn call(scenario: &Scenario) -> Call {
    match HISTORY.latest().resolve(scenario) {
        Outcome::Request(request) if request.signing_region.is_some() => Call::Role,
        Outcome::Request(_) => Call::WebIdentity,
        Outcome::Error(failure) => {
            assert_eq!(failure.category, FailureCategory::MissingCredentials);
            Call::None
        }
        Outcome::NotApplicable(why) => panic!("{why}"),
    }
}

const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/demo\n";

#[test]
fn web_identity_in_the_environment_takes_token_and_role() {
    let by_profile = || dev(&format!("{ROLE}source_profile = base\n[profile base]\n{KEY_ID}{SECRET}"));
    let token = |scenario: Scenario| scenario.with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    let role =
        |scenario: Scenario| scenario.with_variable("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/env");
    assert_eq!(call(&by_profile()), Call::Role);
    assert_eq!(call(&token(by_profile())), Call::Role);
    assert_eq!(call(&role(by_profile())), Call::Role);
    assert_eq!(call(&token(role(by_profile()))), Call::WebIdentity);
}

const KEY_ID: &str = "aws_access_key_id = a\n";
const SECRET: &str = "aws_secret_access_key = b\n";
const TOKEN: &str = "aws_session_token = c\n";

#[test]
fn a_role_with_a_source_profile_has_no_keys_of_its_own_and_the_source_has_both() {
    let both = format!("{KEY_ID}{SECRET}");
    let all = format!("{KEY_ID}{SECRET}{TOKEN}");
    for (own, source, made) in [
        ("", &*both, Call::Role),
        ("", &*all, Call::Role),
        ("", KEY_ID, Call::None),
        ("", SECRET, Call::None),
        ("", "", Call::None),
        (KEY_ID, &*both, Call::None),
        (SECRET, &*both, Call::None),
        (TOKEN, &*both, Call::None),
        // an empty value is none
        ("aws_session_token =\n", &*both, Call::Role),
        ("", "aws_access_key_id = a\naws_secret_access_key =\n", Call::None),
        ("external_id = x\n", &*both, Call::Role),
        // a code that nobody is there to type
        ("mfa_serial = x\n", &*both, Call::None),
    ] {
        let lines = format!("{ROLE}source_profile = base\n{own}[profile base]\n{source}");
        assert_eq!(call(&dev(&lines)), made, "{lines}");
    }
}

#[test]
fn a_credential_source_must_have_something() {
    let container =
        |scenario: Scenario| scenario.with_variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/credentials");
    let metadata = |mut scenario: Scenario| {
        scenario.imds_region = Some("us-west-2".into());
        scenario
    };
    let keys = |mut scenario: Scenario| {
        scenario.no_static = false;
        scenario
    };
    let from = |source: &str| dev(&format!("{ROLE}credential_source = {source}\n"));
    for (scenario, made) in [
        (keys(from("Environment")), Call::Role),
        (keys(from("environment")), Call::Role),
        (container(from("EcsContainer")), Call::Role),
        (metadata(from("Ec2InstanceMetadata")), Call::Role),
        (container(metadata(from("Environment"))), Call::None),
        (metadata(from("EcsContainer")), Call::None),
        (container(from("Ec2InstanceMetadata")), Call::None),
        (container(metadata(from("Elsewhere"))), Call::None),
    ] {
        assert_eq!(call(&scenario), made, "{scenario:?}");
    }
}

#[test]
fn neither_credential_source_nor_token_goes_with_an_external_id_or_a_code() {
    for (source, made) in [
        ("credential_source = Ec2InstanceMetadata\n", Call::Role),
        ("web_identity_token_file = /token\n", Call::WebIdentity),
    ] {
        let with = |extra: &str| {
            let mut scenario = dev(&format!("{ROLE}{source}{extra}"));
            scenario.imds_region = Some("us-west-2".into());
            call(&scenario)
        };
        assert_eq!(with(""), made, "{source}");
        assert_eq!(with("external_id =\n"), made, "{source}");
        for extra in ["external_id = x\n", "mfa_serial = x\n", KEY_ID, SECRET, TOKEN] {
            assert_eq!(with(extra), Call::None, "{source}{extra}");
        }
    }
}

/// `AWSSDKUtils.IsAbsolutePath`; which of the two systems it is, a scenario does not say.
#[test]
fn the_path_of_a_token_file_is_absolute() {
    for (path, made) in [
        ("/var/token", Call::WebIdentity),
        (r"C:\token", Call::WebIdentity),
        ("c:/token", Call::WebIdentity),
        (r"\\server\token", Call::WebIdentity),
        (r"\\?\C:\token", Call::WebIdentity),
        ("token", Call::None),
        ("./token", Call::None),
        ("~/token", Call::None),
        (r"\token", Call::None),
        ("C:token", Call::None),
        ("1:/token", Call::None),
    ] {
        let lines = format!("{ROLE}web_identity_token_file = {path}\n");
        assert_eq!(call(&dev(&lines)), made, "{path}");
    }
}
