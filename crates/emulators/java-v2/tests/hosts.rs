//! What becomes of a region, release by release: the host of the endpoints data or of the rules, and the signing region.

use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
use sts_endpoint_java_v2::HISTORY;

fn answer(release: [u32; 3], scenario: &Scenario) -> String {
    HISTORY.policy_at(Release::new(&release)).unwrap().0.resolve(scenario).to_string()
}

fn region(region: &str) -> Scenario {
    Scenario::new().with_variable("AWS_REGION", region)
}

#[test]
fn the_data_of_2019_has_the_global_host_for_commercial_regions_it_does_not_know() {
    for (name, outcome) in [
        ("us-west-2", "https://sts.us-west-2.amazonaws.com/ signed for us-west-2"),
        ("ap-east-1", "https://sts.amazonaws.com/ signed for ap-east-1"),
        ("aws-global", "https://sts.amazonaws.com/ signed for aws-global"),
        ("cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn/ signed for cn-north-1"),
        ("cn-mars-1", "https://sts.cn-mars-1.amazonaws.com.cn/ signed for cn-mars-1"),
    ] {
        assert_eq!(answer([2, 5, 4], &region(name)), outcome, "{name}");
        assert_eq!(answer([2, 10, 46], &region(name)), outcome, "{name}");
    }
}

#[test]
fn the_data_of_2020_has_the_global_host_for_aws_global_alone() {
    for (name, outcome) in [
        ("us-west-2", "https://sts.us-west-2.amazonaws.com/ signed for us-west-2"),
        ("ap-east-1", "https://sts.ap-east-1.amazonaws.com/ signed for ap-east-1"),
        ("aws-global", "https://sts.amazonaws.com/ signed for us-east-1"),
    ] {
        assert_eq!(answer([2, 10, 47], &region(name)), outcome, "{name}");
        assert_eq!(answer([2, 17, 295], &region(name)), outcome, "{name}");
    }
}

/// 2.17.79 is the first release with FIPS and dual-stack, and still without endpoint rules.
#[test]
fn the_data_has_hosts_for_fips_and_dual_stack() {
    for (name, fips, dual_stack, outcome) in [
        ("us-west-2", true, false, "https://sts-fips.us-west-2.amazonaws.com/ signed for us-west-2"),
        ("us-west-2", false, true, "https://sts.us-west-2.api.aws/ signed for us-west-2"),
        ("us-west-2", true, true, "https://sts-fips.us-west-2.api.aws/ signed for us-west-2"),
        ("us-gov-west-1", true, false, "https://sts.us-gov-west-1.amazonaws.com/ signed for us-gov-west-1"),
        ("us-gov-west-1", false, true, "https://sts.us-gov-west-1.api.aws/ signed for us-gov-west-1"),
        ("us-gov-west-1", true, true, "https://sts-fips.us-gov-west-1.api.aws/ signed for us-gov-west-1"),
        ("us-west-2-fips", false, false, "https://sts-fips.us-west-2.amazonaws.com/ signed for us-west-2"),
        (
            "us-west-2-fips",
            true,
            false,
            "https://sts-fips.us-west-2-fips.amazonaws.com/ signed for us-west-2",
        ),
        ("us-west-2-fips", false, true, "https://sts.us-west-2-fips.api.aws/ signed for us-west-2"),
        (
            "us-gov-west-1-fips",
            false,
            false,
            "https://sts.us-gov-west-1.amazonaws.com/ signed for us-gov-west-1",
        ),
    ] {
        let scenario = region(name)
            .with_variable("AWS_USE_FIPS_ENDPOINT", if fips { "true" } else { "false" })
            .with_variable("AWS_USE_DUALSTACK_ENDPOINT", if dual_stack { "true" } else { "false" });
        assert_eq!(answer([2, 17, 79], &scenario), outcome, "{name}, FIPS {fips}, dual-stack {dual_stack}");
    }
}

#[test]
fn a_partition_younger_than_the_release_counts_as_commercial() {
    for (name, before, since, suffix) in [
        ("eu-isoe-west-1", [2, 20, 59], [2, 20, 60], "cloud.adc-e.uk"),
        ("us-isof-south-1", [2, 20, 84], [2, 20, 85], "csp.hci.ic.gov"),
        ("aws-iso-e-global", [2, 29, 52], [2, 33, 0], "cloud.adc-e.uk"),
        ("aws-iso-f-global", [2, 29, 52], [2, 33, 0], "csp.hci.ic.gov"),
    ] {
        let commercial = format!("https://sts.{name}.amazonaws.com/ signed for {name}");
        assert_eq!(answer([2, 17, 79], &region(name)), commercial);
        assert_eq!(answer(before, &region(name)), commercial);
        let own = format!("https://sts.{name}.{suffix}/ signed for {name}");
        assert_eq!(answer(since, &region(name)), own);
    }
}

#[test]
fn a_partition_that_the_data_knows_without_dual_stack_fails_the_build() {
    for (name, before, since) in
        [("eu-isoe-west-1", [2, 20, 59], [2, 20, 60]), ("us-isof-south-1", [2, 20, 84], [2, 20, 85])]
    {
        let scenario = region(name).with_variable("AWS_USE_DUALSTACK_ENDPOINT", "true");
        let commercial = format!("https://sts.{name}.api.aws/ signed for {name}");
        assert_eq!(answer([2, 17, 79], &scenario), commercial);
        assert_eq!(answer(before, &scenario), commercial);
        let outcome = answer(since, &scenario);
        assert!(outcome.contains(&format!("No endpoint known for [dualstack] in {name}")), "{outcome}");
    }
}

#[test]
fn a_region_that_makes_no_host_is_told_of_in_more_words_by_each_release() {
    for (release, beginning) in [
        ([2, 13, 12], "host must not be null."),
        (
            [2, 13, 13],
            "Configured region (us_west_2) resulted in an invalid URI: https://sts.us_west_2.amazonaws.com Valid region examples: [",
        ),
        (
            [2, 17, 79],
            "Configured region (us_west_2) and tags ([]) resulted in an invalid URI: https://sts.us_west_2.amazonaws.com. This is usually caused by an invalid region configuration. Valid regions: [",
        ),
    ] {
        let scenario = region("us_west_2");
        let (policy, _) = HISTORY.policy_at(Release::new(&release)).unwrap();
        let outcome = policy.resolve(&scenario);
        let message = &outcome.failure().unwrap().message;
        assert!(message.starts_with(beginning), "{message}");
    }
}
