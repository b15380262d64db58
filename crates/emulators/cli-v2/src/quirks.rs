//! Where releases leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[Quirk {
    name: "fips-without-region",
    what: "FIPS without a region makes a host that does not exist, sts-fips.aws-global.amazonaws.com",
    since: Release::new(&[2, 4, 0]),
    until: None,
    witness: r#"{"env":{"AWS_USE_FIPS_ENDPOINT":"true"}}"#,
    evidence: Evidence::recorded("botocore/regions.py"),
}];
