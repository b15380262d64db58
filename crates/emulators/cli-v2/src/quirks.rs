//! Where releases leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "endpoint-takes-the-fallback-away",
        what: "With an endpoint and no region it fails, though the same program works without the endpoint",
        since: Release::new(&[2, 13, 0]),
        until: None,
        witness: r#"{"env":{"AWS_ENDPOINT_URL":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("botocore/auth.py NoRegionError"),
    },
    Quirk {
        name: "fips-without-region",
        what: "FIPS without a region makes a host that does not exist, sts-fips.aws-global.amazonaws.com",
        since: Release::new(&[2, 4, 0]),
        until: None,
        witness: r#"{"env":{"AWS_USE_FIPS_ENDPOINT":"true"}}"#,
        evidence: Evidence::recorded("botocore/regions.py"),
    },
    Quirk {
        name: "empty-region",
        what: "An empty AWS_REGION is a region: it hides AWS_DEFAULT_REGION, and makes a host that is refused",
        since: Release::new(&[2, 0, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"","AWS_DEFAULT_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("at every release; awscli/clidriver.py"),
    },
];
