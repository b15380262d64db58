//! Where releases of JavaScript 2.x leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const fn r(minor: u32) -> Release {
    Release::new(&[2, minor, 0])
}

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "regional-without-region-fails",
        what: "With regional and no Region it fails, where the table says global endpoint",
        since: r(525),
        until: None,
        witness: r#"{"env":{"AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at every release from 2.525.0 on"),
    },
    Quirk {
        name: "regional-host-broken",
        what: "With regional the URL's text becomes the host's name: nothing can be reached",
        since: r(581),
        until: Some(r(585)),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at 2.581.0 and 2.584.0; aws/aws-sdk-js #2960, #2994"),
    },
    Quirk {
        name: "aws-global-is-us-east-1",
        what: "Under regional, aws-global is the regional endpoint of us-east-1, not the global endpoint",
        since: r(1027),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"aws-global","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at 2.1026.0 and 2.1027.0; aws/aws-sdk-js #3951"),
    },
    Quirk {
        name: "eusc-is-global",
        what: "The European Sovereign Cloud's region goes to the global endpoint of the commercial partition",
        since: r(525),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"eusc-de-east-1"}}"#,
        evidence: Evidence::recorded("at every release"),
    },
];
