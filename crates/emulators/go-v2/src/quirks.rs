//! Where releases of Go V2 leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "empty-region-in-host",
        what: "Without a Region it does not fail: it calls sts..amazonaws.com, signed for an empty region, and the name does not resolve",
        since: Release::new(&[1, 25, 1]),
        until: Some(Release::new(&[1, 27, 1])),
        witness: "{}",
        evidence: Evidence::recorded("at 1.26.6; service/sts CHANGELOG 1.27.1"),
    },
    Quirk {
        name: "override-without-region",
        what: "With an endpoint override and no Region it does not fail: it signs for an empty region",
        since: Release::new(&[1, 27, 1]),
        until: None,
        witness: r#"{"code":{"endpoint":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("from 1.27.7 on"),
    },
    Quirk {
        name: "hidden-call-ignores-endpoint-url",
        what: "AWS_ENDPOINT_URL and endpoint_url do not reach the STS call of a credential provider: it goes to AWS while the program's own calls go to the override",
        since: Release::new(&[1, 21, 0]),
        until: None,
        witness: r#"{"entry":"web-identity-env","env":{"AWS_REGION":"us-west-2","AWS_ENDPOINT_URL_STS":"","AWS_ENDPOINT_URL":"http://localhost:4566"},"config":"[default]\nservices = local\n[services local]\nsts =\n  endpoint_url = http://localhost:7777\n"}"#,
        evidence: Evidence::recorded("from 1.23.0 on; config/config.go, order of defaultAWSConfigResolvers"),
    },
    Quirk {
        name: "pseudo-region-signature",
        what: "A FIPS pseudo-region (us-west-2-fips) goes to the region's FIPS host, and the request is signed for the pseudo name",
        since: Release::new(&[1, 18, 31]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2-fips"}}"#,
        evidence: Evidence::recorded("from 1.18.39 on"),
    },
];
