//! How profile files are read (`AwsConfigParser.kt`), the partitions of the first release, and what a host is made of.

use sts_endpoint_core::{FileKind, Release, ResolutionPolicy, Scenario};
use sts_endpoint_kotlin::HISTORY;

fn said(release: &str, scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    policy.resolve(scenario).to_string()
}

#[test]
fn comments_stand_behind_white_space_and_headers_are_trimmed() {
    const READ: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
    for (config, outcome) in [
        ("[default]\nregion = us-west-2\n", READ),
        ("[default]\nregion = us-west-2 # home\n", READ),
        ("[default]\nregion = us-west-2\t; home\n", READ),
        ("[default]\nregion = us-west-2;home\n", "invalid-region: "),
        ("[ default ]\nregion = us-west-2\n", READ),
        ("# comment\n[default]\n; comment\nregion = us-west-2\n", READ),
    ] {
        let outcome_of_config = said("1.8.12", &Scenario::new().with_file(FileKind::Config, config));
        assert!(outcome_of_config.starts_with(outcome), "{config:?}: {outcome_of_config}");
    }
}

/// Recorded from 1.0.48 on; the partition data of the model repositories has them since May and June 2023, before 1.0.0.
#[test]
fn the_first_release_knows_the_partitions_of_2023() {
    for (region, suffix) in [("eu-isoe-west-1", "cloud.adc-e.uk"), ("us-isof-south-1", "csp.hci.ic.gov")] {
        let scenario = Scenario::new().with_code_region(region);
        assert_eq!(said("1.0.0", &scenario), format!("https://sts.{region}.{suffix}/ signed for {region}"));
    }
}

/// `isValidHostname` of smithy-kotlin (`net/Text.kt`) asks for letters and digits of any script, and hyphens.
#[test]
fn labels_of_a_host_may_be_of_any_script() {
    for (region, is_label) in [
        (&*"a".repeat(63), true),
        (&*"a".repeat(64), false),
        (&*"\u{fc}".repeat(63), true),
        (&*"\u{fc}".repeat(64), false),
        ("us-west-2", true),
        ("m\u{fc}nchen-1", true),
        ("us_west", false),
        ("m\u{fc}nchen_1", false),
        ("-us", false),
    ] {
        let outcome = said("1.5.59", &Scenario::new().with_code_region(region));
        assert_eq!(outcome.starts_with("https://sts."), is_label, "{outcome}");
    }
}
