//! Where releases of Ruby leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "legacy-default",
        what: "Nothing set means legacy: the default turned regional in 3.92.0, which the page does not tell",
        since: Release::new(&[3, 71, 0]),
        until: Some(Release::new(&[3, 92, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2"}}"#,
        evidence: Evidence::recorded("at 3.91.1 and 3.98.0; gems/aws-sdk-core/CHANGELOG.md 3.92.0"),
    },
    Quirk {
        name: "legacy-is-a-list",
        what: "legacy means the global endpoint for 15 regions and aws-global; every other region is regional under legacy too",
        since: Release::new(&[3, 71, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"ap-east-1","AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}"#,
        evidence: Evidence::recorded("at every release; aws-sdk-sts/lib/aws-sdk-sts/endpoint_provider.rb"),
    },
    Quirk {
        name: "legacy-signs-variants-for-us-east-1",
        what: "Under legacy a FIPS or dual-stack host, or a custom endpoint, is signed for us-east-1",
        since: Release::new(&[3, 121, 4]),
        until: Some(Release::new(&[3, 165, 0])),
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"legacy"},"code":{"endpoint":"http://localhost:4566"}}"#,
        evidence: Evidence::recorded("from 3.121.6 to 3.164.0; aws-partitions endpoint_provider.rb"),
    },
];
