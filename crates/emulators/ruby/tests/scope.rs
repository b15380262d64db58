//! Which region a request to a given endpoint is signed for.

use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
use sts_endpoint_ruby::HISTORY;

/// aws-partitions/endpoint_provider.rb `signing_region`, which the rules of 3.165.0 replaced.
#[test]
fn before_the_rules_the_scope_is_that_of_the_endpoint_data() {
    for (release, region, setting, scope) in [
        ("3.104.3", "us-west-2", "legacy", "us-west-2"),
        ("3.104.3", "sts", "legacy", "us-east-1"),
        ("3.104.3", "aws-global", "regional", "us-east-1"),
        ("3.121.4", "us-west-2", "legacy", "us-east-1"),
        ("3.121.4", "us-west-2", "regional", "us-west-2"),
        ("3.121.4", "af-south-1", "legacy", "af-south-1"),
        ("3.121.4", "sts", "legacy", "sts"),
        ("3.121.4", "aws-global", "regional", "us-east-1"),
        ("3.165.0", "us-west-2", "legacy", "us-west-2"),
        ("3.165.0", "aws-global", "legacy", "aws-global"),
    ] {
        let mut scenario =
            Scenario::new().with_code_region(region).with_variable("AWS_STS_REGIONAL_ENDPOINTS", setting);
        scenario.code.endpoint = Some("http://localhost:4566".into());
        let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
        let outcome = policy.resolve(&scenario).to_string();
        assert_eq!(
            outcome,
            format!("http://localhost:4566/ signed for {scope}"),
            "{release} {region} {setting}"
        );
    }
}
