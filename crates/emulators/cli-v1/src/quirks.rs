//! Where releases leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "legacy-is-a-list",
        what: "legacy means the global endpoint for 15 regions and aws-global; every other region is regional under legacy too",
        since: Release::new(&[1, 16, 266]),
        until: None,
        witness: r#"{"env":{"AWS_DEFAULT_REGION":"ap-east-1","AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}"#,
        evidence: Evidence::recorded("at every release; botocore/args.py LEGACY_GLOBAL_STS_REGIONS"),
    },
    Quirk {
        name: "regional-default",
        what: "Nothing set means regional since the summer of 2025, where the page says legacy",
        since: Release::new(&[1, 42, 0]),
        until: None,
        witness: r#"{"env":{"AWS_DEFAULT_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("boto/botocore PR #3517"),
    },
    Quirk {
        name: "fips-without-region",
        what: "FIPS without a region makes a host that does not exist, sts-fips.aws-global.amazonaws.com",
        since: Release::new(&[1, 22, 0]),
        until: None,
        witness: r#"{"env":{"AWS_USE_FIPS_ENDPOINT":"true"}}"#,
        evidence: Evidence::recorded("botocore/regions.py"),
    },
];
