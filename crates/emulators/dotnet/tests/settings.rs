//! What variables and options come to, release by release.

use sts_endpoint_core::{Outcome, Release, ResolutionPolicy, Scenario};
use sts_endpoint_dotnet::HISTORY;

/// What a client of a release does: an outcome's text, or the kind of its exception.
fn seen(numbers: &[u32], scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(Release::new(numbers)).unwrap();
    match policy.resolve(scenario) {
        Outcome::Error(failure) => failure.error_type.into_owned(),
        outcome => outcome.to_string(),
    }
}

fn variables(variables: &[(&str, &str)]) -> Scenario {
    variables.iter().fold(Scenario::new(), |scenario, (name, text)| scenario.with_variable(name, text))
}

#[test]
fn us_east_1_regional_is_signed_for_us_east_1_since_3_3_104_5() {
    let scenario = variables(&[("AWS_REGION", "us-east-1-regional")]);
    for (numbers, outcome) in [
        ([3, 3, 104, 0], "https://sts.us-east-1-regional.amazonaws.com/ signed for us-east-1-regional"),
        ([3, 3, 104, 5], "https://sts.us-east-1-regional.amazonaws.com/ signed for us-east-1"),
        ([3, 7, 10, 11], "https://sts.us-east-1-regional.amazonaws.com/ signed for us-east-1"),
    ] {
        assert_eq!(seen(&numbers, &scenario), outcome, "{numbers:?}");
    }
}

#[test]
fn the_global_pseudo_region_of_a_partition_is_known_or_commercial() {
    for (region, numbers, outcome) in [
        ("aws-iso-e-global", [3, 7, 300, 0], "https://sts.aws-iso-e-global.amazonaws.com/"),
        ("aws-iso-e-global", [3, 7, 402, 46], "https://sts.aws-iso-e-global.cloud.adc-e.uk/"),
        ("aws-iso-f-global", [3, 7, 300, 0], "https://sts.aws-iso-f-global.amazonaws.com/"),
        ("aws-iso-f-global", [3, 7, 402, 46], "https://sts.aws-iso-f-global.csp.hci.ic.gov/"),
    ] {
        let outcome = format!("{outcome} signed for {region}");
        assert_eq!(seen(&numbers, &variables(&[("AWS_REGION", region)])), outcome, "{numbers:?}");
    }
}

/// `AWS4Signer.DetermineSigningRegion`: `ToLowerInvariant` of what the rules say, `SystemName` as it is where they say nothing.
#[test]
fn the_signer_lower_cases_what_the_rules_say() {
    for (region, setting, outcome) in [
        ("UPPER-1", "legacy", "https://sts.upper-1.amazonaws.com/ signed for upper-1"),
        ("UPPER-1", "regional", "https://sts.upper-1.amazonaws.com/ signed for UPPER-1"),
        ("us-Ü-1", "legacy", "https://sts.us-ü-1.amazonaws.com/ signed for us-ü-1"),
        ("us-Ü-1", "regional", "https://sts.us-ü-1.amazonaws.com/ signed for us-Ü-1"),
    ] {
        let scenario = variables(&[("AWS_REGION", region), ("AWS_STS_REGIONAL_ENDPOINTS", setting)]);
        assert_eq!(seen(&[3, 7, 300, 0], &scenario), outcome, "{region} {setting}");
    }
}

#[test]
fn a_bad_variable_matters_where_code_decides_only_while_the_constructor_reads_it() {
    let mut scenario = variables(&[("AWS_REGION", "us-west-2"), ("AWS_STS_REGIONAL_ENDPOINTS", "bogus")]);
    scenario.code.sts_regional_endpoints = Some("regional".into());
    assert_eq!(seen(&[3, 3, 104, 7], &scenario), "InvalidOperationException");
    assert_eq!(
        seen(&[3, 3, 104, 24], &scenario),
        "https://sts.us-west-2.amazonaws.com/ signed for us-west-2"
    );
}

#[test]
fn a_defaults_mode_may_be_a_number_that_there_is() {
    const REGIONAL: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
    const GLOBAL: &str = "https://sts.amazonaws.com/ signed for us-east-1";
    for (numbers, mode, outcome) in [
        ([3, 7, 300, 0], "InRegion", REGIONAL),
        ([3, 7, 300, 0], "1", REGIONAL),
        ([3, 7, 300, 0], "Legacy", GLOBAL),
        ([3, 7, 300, 0], "5", GLOBAL),
        ([3, 7, 300, 0], "6", "AmazonClientException"),
        ([3, 7, 300, 0], "-1", "AmazonClientException"),
        ([4, 0, 3, 3], "4", REGIONAL),
        ([4, 0, 3, 3], "5", "AmazonClientException"),
    ] {
        let scenario = variables(&[("AWS_REGION", "us-west-2"), ("AWS_DEFAULTS_MODE", mode)]);
        assert_eq!(seen(&numbers, &scenario), outcome, "{numbers:?} {mode}");
    }
}
