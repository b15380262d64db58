//! Where releases of Kotlin leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[Quirk {
    name: "no-region-fails",
    what: "An ordinary client without a Region fails, where the page says that it calls the global endpoint",
    since: Release::new(&[1, 0, 0]),
    until: None,
    witness: "{}",
    evidence: Evidence::source("awslabs/aws-sdk-kotlin codegen/sdk/aws-models/sts.json, v1.5.43"),
}];
