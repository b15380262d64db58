//! What the newest release finds in profile files.

use sts_endpoint_core::{Entry, FileKind, ResolutionPolicy, Scenario};
use sts_endpoint_js_v2::HISTORY;

fn said(scenario: &Scenario) -> String {
    HISTORY.latest().resolve(scenario).to_string()
}

/// lib/credentials/token_file_web_identity_credentials.js `getParamsFromSharedConfig` follows the source profiles, each once.
#[test]
fn source_profiles_are_followed_to_a_token_and_no_further_than_all_of_them() {
    const FOUND: &str = "https://sts.amazonaws.com/ unsigned";
    const NO_PATH: &str = "other: ERR_INVALID_ARG_TYPE: The \"path\" argument must be of type string or an instance of Buffer or URL. Received undefined";
    for (profiles, outcome) in [
        ("[a]\nrole_arn = r\nweb_identity_token_file = t\n", FOUND),
        ("[a]\nsource_profile = b\n[b]\nrole_arn = r\nweb_identity_token_file = t\n", FOUND),
        (
            "[a]\nsource_profile = b\n[b]\nsource_profile = c\n[c]\nrole_arn = r\nweb_identity_token_file = t\n",
            FOUND,
        ),
        ("[a]\nrole_arn = r\n", NO_PATH),
        ("[a]\nsource_profile = a\n", NO_PATH),
        ("[a]\nsource_profile = b\n[b]\nsource_profile = a\n", NO_PATH),
    ] {
        let mut scenario = Scenario::new()
            .with_variable("AWS_PROFILE", "a")
            .with_file(FileKind::Credentials, profiles)
            .with_entry(Entry::WebIdentityProfile);
        scenario.alone = true;
        assert_eq!(said(&scenario), outcome, "{profiles}");
    }
}

/// lib/util.js `ini.parse`: `/^\s*\[([^\[\]]+)\]\s*$/`.
#[test]
fn brackets_with_nothing_or_with_brackets_inside_head_no_section() {
    for line in ["[]", "[[other]]", "[a]b]"] {
        let config = format!("[default]\n{line}\nregion = us-gov-west-1\n");
        let scenario =
            Scenario::new().with_variable("AWS_SDK_LOAD_CONFIG", "1").with_file(FileKind::Config, &config);
        assert_eq!(
            said(&scenario),
            "https://sts.us-gov-west-1.amazonaws.com/ signed for us-gov-west-1",
            "{line}"
        );
    }
}

/// lib/region/utils.js `getRealRegion`.
#[test]
fn pseudo_regions_stand_for_real_ones() {
    for (pseudo, host, region) in [
        ("aws-fips", "sts-fips.us-east-1", "us-east-1"),
        ("fips-aws-global", "sts-fips.us-east-1", "us-east-1"),
        ("aws-us-gov-global", "sts.us-gov-west-1", "us-gov-west-1"),
        ("fips-aws-us-gov-global", "sts.us-gov-west-1", "us-gov-west-1"),
        ("fips-us-west-2", "sts-fips.us-west-2", "us-west-2"),
        ("us-west-2-fips", "sts-fips.us-west-2", "us-west-2"),
        ("fips-dkr-us-west-2", "sts-fips.us-west-2", "us-west-2"),
        ("fips-prod-us-west-2", "sts-fips.us-west-2", "us-west-2"),
    ] {
        let scenario = Scenario::new().with_code_region(pseudo);
        assert_eq!(said(&scenario), format!("https://{host}.amazonaws.com/ signed for {region}"), "{pseudo}");
    }
}
