//! How profile files are read, and what the credential chain takes from them.

use sts_endpoint_core::{Edition, Entry, FileKind, Operation, Release, ResolutionPolicy, Scenario};
use sts_endpoint_js_v3::HISTORY;

fn said(release: &str, scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    policy.resolve(scenario).to_string()
}

const SIGNED: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
const UNSIGNED: &str = "https://sts.us-west-2.amazonaws.com/ unsigned";
const NO_REGION: &str = "missing-region: Error: Region is missing";

fn config(text: &str) -> Scenario {
    Scenario::new().with_file(FileKind::Config, text)
}

/// @smithy/shared-ini-file-loader `parseIni`; sub-sections since 3.428.0.
#[test]
fn an_indented_line_is_a_key_unless_a_key_without_value_stands_above() {
    for (text, before, newest) in [
        ("[default]\nregion = us-west-2\n", SIGNED, SIGNED),
        ("[default]\n  region = us-west-2\n", SIGNED, SIGNED),
        ("[default]\noutput = json\n  region = us-west-2\n", SIGNED, SIGNED),
        ("[default]\ns3 =\n  region = us-west-2\n", SIGNED, NO_REGION),
        ("[default]\n  s3 =\n  region = us-west-2\n", SIGNED, NO_REGION),
        ("[default]\ns3 =\nregion = us-west-2\n", SIGNED, SIGNED),
        ("[default]\ns3 =\n  a = b\noutput = json\n  region = us-west-2\n", SIGNED, SIGNED),
        ("[default]\ns3 =\n[default]\n  region = us-west-2\n", SIGNED, SIGNED),
        // A line without a key, a line without a delimiter.
        ("[default]\noutput = json\n  =\n  region = us-west-2\n", SIGNED, SIGNED),
        ("[default]\noutput = json\n  more\n  region = us-west-2\n", SIGNED, SIGNED),
        // A header may be indented, and ends its line.
        ("[default]\ns3 =\n  [profile dev]\n  a = b\n  [default]\nregion = us-west-2\n", SIGNED, SIGNED),
        ("[default] x\nregion = us-west-2\n", NO_REGION, NO_REGION),
        ("[]\nregion = us-west-2\n", NO_REGION, NO_REGION),
        // Comments, of a line and behind a value, indented or not.
        ("[default]\n  # s3 =\n  region = us-west-2 # home\n", SIGNED, SIGNED),
        ("[default]\ns3 = ; none\n  region = us-west-2\n", SIGNED, NO_REGION),
        (
            "[default]\nregion = us-west-2;\n",
            "https://sts.us-west-2;.amazonaws.com/ signed",
            "invalid-region: ",
        ),
    ] {
        for (release, told) in [("3.427.0", before), ("3.1174.0", newest)] {
            let outcome = said(release, &config(text));
            assert!(outcome.starts_with(told), "{release} {text:?}: {outcome}");
        }
    }
}

/// `getProfileData`, later `getConfigData`: an object, in which one section replaces the other.
#[test]
fn a_section_profile_default_stands_for_default() {
    for (text, outcome) in [
        ("[default]\nregion = us-west-2\n", SIGNED),
        ("[profile default]\nregion = us-west-2\n", SIGNED),
        ("[default]\nregion = eu-west-1\n[profile default]\nregion = us-west-2\n", SIGNED),
        ("[default]\nregion = us-west-2\n[profile default]\noutput = json\n", NO_REGION),
        ("[default]\nregion = us-west-2\n[profile default]\n", SIGNED),
        ("[profile 'default']\nregion = us-west-2\n", SIGNED),
        ("[profile \"default']\nregion = us-west-2\n", NO_REGION),
        ("[profile  default]\nregion = us-west-2\n", NO_REGION),
    ] {
        for release in ["3.110.0", "3.1174.0"] {
            assert_eq!(said(release, &config(text)), outcome, "{release} {text:?}");
        }
    }
}

/// `line.match(/^\s*(.+?)\s*=\s*(.+?)\s*$/)`, before 3.110.0.
#[test]
fn white_space_was_a_value_once() {
    let url = |value: &str| config(&format!("[default]\nregion ={value}\n"));
    for (value, first) in
        [("", NO_REGION), (" ", "invalid-region: "), (" # none", NO_REGION), ("  # none", "invalid-region: ")]
    {
        for (release, told) in [("3.109.0", first), ("3.110.0", NO_REGION)] {
            let outcome = said(release, &url(value));
            assert!(outcome.starts_with(told), "{release} {value:?}: {outcome}");
        }
    }
}

#[test]
fn the_endpoint_of_sts_is_its_own_in_the_services_section_that_the_profile_names() {
    const PROFILE: &str = "[default]\nregion = us-west-2\nservices = local\n";
    for (services, port) in [
        ("[services local]\nsts =\n  endpoint_url = http://h:1\n", Some(1)),
        ("[services local]\nsts =\n  endpoint_url = http://h:1\n  x = http://h:2\n", Some(1)),
        ("[services local]\nsts =\n  endpoint_url = http://h:1\n  endpoint_url = http://h:2\n", Some(2)),
        ("[services local]\nsts =\n  endpoint_url = http://h:1\n  endpoint_url =\n", Some(1)),
        (
            "[services local]\nsts =\n  endpoint_url = http://h:1\n[services other]\nsts =\n  endpoint_url = http://h:2\n",
            Some(1),
        ),
        ("[services local]\ns3 =\n  endpoint_url = http://h:1\n", None),
        ("[services local]\nendpoint_url = http://h:1\n", None),
        ("[services other]\nsts =\n  endpoint_url = http://h:1\n", None),
    ] {
        let wire = port.map_or(SIGNED.into(), |port| format!("http://h:{port}/ signed for us-west-2"));
        assert_eq!(said("3.1174.0", &config(&format!("{PROFILE}{services}"))), wire, "{services}");
    }
}

/// As soon as AWS_PROFILE is set the keys of the environment are passed over (credential-provider-node `defaultProvider`).
#[test]
fn an_ordinary_client_of_a_profile_wants_both_of_its_keys() {
    const NO_KEYS: &str =
        "missing-credentials: CredentialsProviderError: Could not load credentials from any providers";
    for (keys, outcome) in [
        ("aws_access_key_id = a\naws_secret_access_key = b\n", SIGNED),
        ("aws_access_key_id = a\n", NO_KEYS),
        ("aws_secret_access_key = b\n", NO_KEYS),
        ("", NO_KEYS),
    ] {
        let scenario =
            config(&format!("[profile dev]\nregion = us-west-2\n{keys}")).with_variable("AWS_PROFILE", "dev");
        assert_eq!(said("3.1174.0", &scenario), outcome, "{keys}");
        let mut default = config(&format!("[default]\nregion = us-west-2\n{keys}"));
        assert_eq!(said("3.1174.0", &default), SIGNED, "{keys}");
        default.no_static = true;
        assert_eq!(said("3.1174.0", &default), outcome, "{keys}");
    }
}

/// Recorded at 3.12.0 and 3.13.0 (credential-provider-ini).
#[test]
fn web_identity_in_profiles_is_known_since_3_13_0() {
    const TOKEN: &str = "role_arn = r\nweb_identity_token_file = t\n";
    const ENDED: &str = "missing-credentials: Error: EC2 Instance Metadata Service access disabled";
    let own =
        config(&format!("[default]\nregion = us-west-2\n{TOKEN}")).with_entry(Entry::WebIdentityProfile);
    let of_source = config(&format!(
        "[default]\nregion = us-west-2\nrole_arn = r\nsource_profile = base\n[profile base]\n{TOKEN}"
    ))
    .with_entry(Entry::ProfileAssumeRole);
    for scenario in [own, of_source] {
        assert_eq!(said("3.12.0", &scenario), ENDED);
        assert_eq!(said("3.13.0", &scenario), UNSIGNED);
    }
}

/// credential-provider-ini `isCredentialSourceWithoutRoleArn` (3.651.1), which is asked of source profiles alone.
#[test]
fn a_source_profile_may_have_a_credential_source_and_no_role_since_3_651_1() {
    const ENDED: &str =
        "missing-credentials: CredentialsProviderError: Could not load credentials from any providers";
    let role = |source: &str| {
        config(&format!("[default]\nregion = us-west-2\nrole_arn = r\nsource_profile = base\n[profile base]\ncredential_source = {source}\n"))
            .with_entry(Entry::ProfileAssumeRole)
    };
    let metadata = role("Ec2InstanceMetadata");
    assert_eq!(said("3.651.0", &metadata), ENDED);
    assert_eq!(said("3.651.1", &metadata), SIGNED);
    let mut environment = role("Environment");
    assert_eq!(said("3.651.1", &environment), SIGNED);
    environment.no_static = true;
    assert_eq!(said("3.651.1", &environment), ENDED);
    let without_role = config("[default]\nregion = us-west-2\ncredential_source = Ec2InstanceMetadata\n")
        .with_entry(Entry::ProfileAssumeRole);
    assert_eq!(said("3.651.1", &without_role), ENDED);
}

/// What the table says holds for the operations that need no signature too; releases sign them for aws-global (3.1032.0).
#[test]
fn the_documented_rows_sign_nothing_that_needs_no_signature() {
    let scenario =
        Scenario::new().with_code_region("aws-global").with_operation(Operation::AssumeRoleWithWebIdentity);
    assert_eq!(said("3.1174.0", &scenario), "https://sts.amazonaws.com/ signed for us-east-1");
    for edition in [Edition::Docs2024, Edition::Docs2025] {
        let policy = HISTORY.in_edition(edition);
        assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.amazonaws.com/ unsigned");
    }
}
