//! When a wrong value of the setting fails (botocore `args.py`, `_should_set_global_sts_endpoint`; since 1.26.0
//! `_resolve_endpoint_ruleset`).

use sts_endpoint_boto3::HISTORY;
use sts_endpoint_core::{FailureCategory, Release, ResolutionPolicy, Scenario};

#[test]
fn before_1_26_0_a_wrong_setting_fails_where_neither_endpoint_nor_variant_is_set() {
    for (endpoint, fips, dual_stack, failed_before) in [
        (None, false, false, true),
        (Some("http://localhost:4566"), false, false, false),
        (None, true, false, false),
        (None, false, true, false),
        (None, true, true, false),
    ] {
        let mut scenario = Scenario::new()
            .with_code_region("us-west-2")
            .with_variable("AWS_STS_REGIONAL_ENDPOINTS", "bogus");
        scenario.code.endpoint = endpoint.map(Into::into);
        (scenario.code.use_fips, scenario.code.use_dualstack) = (Some(fips), Some(dual_stack));
        for (release, fails) in [("1.25.5", failed_before), ("1.26.0", true)] {
            let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
            let outcome = policy.resolve(&scenario);
            let category = outcome.failure().map(|failure| failure.category);
            assert_eq!(category == Some(FailureCategory::InvalidSetting), fails, "{release}: {outcome}");
            assert_eq!(category.is_some(), fails, "{release}: {outcome}");
        }
    }
}
