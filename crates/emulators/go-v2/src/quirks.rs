//! Where releases of Go V2 leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[Quirk {
    name: "empty-region-in-host",
    what: "Without a Region it does not fail: it calls sts..amazonaws.com, signed for an empty region, and the name does not resolve",
    since: Release::new(&[1, 25, 1]),
    until: Some(Release::new(&[1, 27, 1])),
    witness: "{}",
    evidence: Evidence::recorded("at 1.26.6; service/sts CHANGELOG 1.27.1"),
}];
