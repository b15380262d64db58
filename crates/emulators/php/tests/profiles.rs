//! How profile files are read, what the credential chain takes from them, and which places an explanation calls ignored.

use sts_endpoint_core::{
    Entry, FileKind, ProfileFile, Release, ResolutionPolicy, Scenario, Step, Trace, Value,
};
use sts_endpoint_php::HISTORY;

fn said(release: &str, scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    policy.resolve(scenario).to_string()
}

const NEWEST: &str = "3.391.1";
const READ: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";

fn config(text: &str) -> Scenario {
    Scenario::new().with_file(FileKind::Config, text)
}

/// `parse_ini_file` in raw mode, behind `Aws\parse_ini_file`, which drops lines that begin with `#`.
#[test]
fn indentation_means_nothing_and_semicolons_start_comments_anywhere() {
    for text in [
        "[default]\nregion = us-west-2\n",
        "[default]\noutput = json\n  region = us-west-2\n",
        "[default]\nregion = us-west-2;home\n",
        "[default]\n; region = us-east-1\n  # region = us-east-1\nregion = us-west-2\n",
    ] {
        assert_eq!(said(NEWEST, &config(text)), READ, "{text:?}");
    }
}

#[test]
fn the_endpoint_of_sts_is_its_own_in_the_services_section() {
    const PROFILE: &str = "[default]\nregion = us-west-2\nservices = local\n[services local]\n";
    for (services, port) in [
        ("sts =\n  endpoint_url = http://h:1\n", Some(1)),
        ("sts =\n  region = x\n  endpoint_url = http://h:1\n", Some(1)),
        ("sts =\n  # s3 =\n  endpoint_url = http://h:1\n", Some(1)),
        ("s3 =\n  endpoint_url = http://h:1\nsts =\n  endpoint_url = http://h:2\n", Some(2)),
        ("sts =\n  endpoint_url = http://h:1\ns3 =\n  endpoint_url = http://h:2\n", Some(1)),
        ("s3 =\n  endpoint_url = http://h:1\n", None),
    ] {
        let wire = port.map_or(READ.into(), |port| format!("http://h:{port}/ signed for us-west-2"));
        assert_eq!(said(NEWEST, &config(&format!("{PROFILE}{services}"))), wire, "{services}");
    }
}

/// src/Credentials/CredentialProvider.php `ini`: the section of the profile's name alone.
#[test]
fn an_ordinary_client_has_the_keys_of_its_own_profile() {
    const NO_KEYS: &str = "missing-credentials: Aws\\Exception\\CredentialsException: ";
    for (name, outcome) in [("default", NO_KEYS), ("dev", READ), ("other", NO_KEYS)] {
        let mut scenario =
            Scenario::new().with_code_region("us-west-2").with_variable("AWS_PROFILE", name).with_file(
                FileKind::Credentials,
                "[dev]\naws_access_key_id = a\naws_secret_access_key = b\n[other]\n",
            );
        scenario.no_static = true;
        let outcome_of_profile = said(NEWEST, &scenario);
        assert!(outcome_of_profile.starts_with(outcome), "{name}: {outcome_of_profile}");
    }
}

/// `assumeRoleWithWebIdentityCredentialProvider`, in the usual files alone: the profile's own section says token and region.
#[test]
fn a_web_identity_is_its_own_profiles_affair() {
    const FILE: &str =
        "[dev]\nrole_arn = r\nweb_identity_token_file = t\nregion = us-west-2\n[other]\nregion = eu-west-1\n";
    for (name, outcome) in [
        ("dev", "https://sts.us-west-2.amazonaws.com/ unsigned"),
        ("other", "missing-credentials: Aws\\Exception\\CredentialsException: "),
    ] {
        let mut scenario = Scenario::new()
            .with_code_region("us-east-2")
            .with_variable("AWS_PROFILE", name)
            .with_entry(Entry::WebIdentityProfile);
        scenario.credentials =
            Some(ProfileFile::new(FileKind::Credentials, FILE).at_path("/home/u/.aws/credentials"));
        let outcome_of_profile = said(NEWEST, &scenario);
        assert!(outcome_of_profile.starts_with(outcome), "{name}: {outcome_of_profile}");
    }
}

/// `assumeRole` is looked for in the credentials file where that has the profile, else in the config file.
#[test]
fn a_role_stands_in_the_config_file_where_the_credentials_file_has_no_such_profile() {
    const ROLE: &str = "role_arn = r\nsource_profile = base\n[base]\naws_access_key_id = a\naws_secret_access_key = b\nregion =";
    let scenario = |credentials: &str| {
        config(&format!("[profile dev]\n{ROLE} us-west-2\n"))
            .with_code_region("us-east-2")
            .with_variable("AWS_PROFILE", "dev")
            .with_file(FileKind::Credentials, credentials)
            .with_entry(Entry::ProfileAssumeRole)
    };
    assert_eq!(said(NEWEST, &scenario("[other]\naws_access_key_id = a\n")), READ);
    let own = scenario(&format!("[dev]\n{ROLE} eu-west-1\n"));
    assert_eq!(said(NEWEST, &own), "https://sts.eu-west-1.amazonaws.com/ signed for eu-west-1");
}

/// What is told of each place looked at for one value.
struct Told(Value, Vec<String>);

impl Trace for Told {
    fn step(&mut self, step: Step<'_>) {
        if let Step::Looked { value, verdict, .. } = step
            && value == self.0
        {
            self.1.push(verdict.to_string());
        }
    }
}

fn told(release: &str, value: Value, scenario: &Scenario) -> Vec<String> {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    let mut told = Told(value, Vec::new());
    let _ = policy.resolve_traced(scenario, &mut told);
    told.1
}

#[test]
fn what_is_no_boolean_is_ignored_in_a_file_and_refused_in_a_variable() {
    let file = config("[default]\nregion = us-west-2\nuse_fips_endpoint = maybe\n");
    assert_eq!(told(NEWEST, Value::Fips, &file), ["not set", "not set", "ignored: no boolean"]);
    let variable = file.with_variable("AWS_USE_FIPS_ENDPOINT", "maybe");
    assert_eq!(told(NEWEST, Value::Fips, &variable), ["not set", "refused: no boolean"]);
}

/// Recorded at 3.243.0.
#[test]
fn an_endpoint_in_code_that_is_no_url_is_ignored_at_3_243_0() {
    let with_endpoint = |endpoint: &str| {
        let mut scenario = Scenario::new().with_code_region("us-west-2");
        scenario.code.endpoint = Some(endpoint.into());
        scenario
    };
    let told = |endpoint| told("3.243.0", Value::EndpointUrl, &with_endpoint(endpoint));
    assert_eq!(told("not a url"), ["ignored: no URL"]);
    assert_eq!(told("http://localhost:4566"), ["used"]);
}
