//! Where releases of Kotlin leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "no-region-fails",
        what: "An ordinary client without a Region fails, where the page says that it calls the global endpoint",
        since: Release::new(&[1, 0, 0]),
        until: None,
        witness: "{}",
        evidence: Evidence::recorded("at 1.5.58, 1.5.59, 1.6.0"),
    },
    Quirk {
        name: "region-leads-to-foreign-host",
        what: "A slash or a hash in the region ends the host: evil.example# calls the host sts.evil.example",
        since: Release::new(&[1, 0, 0]),
        until: Some(Release::new(&[1, 5, 95])),
        witness: r#"{"env":{"AWS_REGION":"evil.example#"}}"#,
        evidence: Evidence::recorded("at 1.5.58, 1.5.59"),
    },
];
