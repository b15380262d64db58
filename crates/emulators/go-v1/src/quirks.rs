//! Where releases of Go V1 leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

const SETTING: Release = Release::new(&[1, 25, 20]);

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "legacy-is-a-list",
        what: "legacy means the global endpoint for 15 regions and aws-global; every other region is regional under legacy too",
        since: SETTING,
        until: None,
        witness: r#"{"env":{"AWS_REGION":"ap-east-1","AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}"#,
        evidence: Evidence::recorded("aws/endpoints/legacy_regions.go"),
    },
    Quirk {
        name: "no-region-fails",
        what: "Without a Region it fails: the release that brought the setting lost the fallback to the global endpoint",
        since: Release::new(&[1, 25, 18]),
        until: Some(SETTING),
        witness: "{}",
        evidence: Evidence::recorded("at 1.25.18 and 1.25.20; aws/aws-sdk-go issue #2909, PR #2911"),
    },
    Quirk {
        name: "eusc-in-partition-aws",
        what: "The European Sovereign Cloud's regions get hosts of the commercial partition: the data never had partition aws-eusc",
        since: SETTING,
        until: None,
        witness: r#"{"env":{"AWS_REGION":"eusc-de-east-1","AWS_STS_REGIONAL_ENDPOINTS":"regional"}}"#,
        evidence: Evidence::recorded("at every release"),
    },
];
