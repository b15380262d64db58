//! Where releases of the tools leave the documented table.

use sts_endpoint_core::{Evidence, Quirk, Release};

pub(crate) static QUIRKS: &[Quirk] = &[
    Quirk {
        name: "no-region-fails",
        what: "A cmdlet without a region fails before any request, where the page says that the global endpoint is called",
        since: Release::new(&[4, 1, 80]),
        until: None,
        witness: "{}",
        evidence: Evidence::source("aws/aws-tools-for-powershell BaseCmdlets.cs, a1443d16"),
    },
    Quirk {
        name: "profile-before-environment",
        what: "The region saved in the profile default comes before AWS_REGION, the reverse of the SDK inside",
        since: Release::new(&[4, 1, 80]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2"},"config":"[default]\nregion = eu-west-1\n"}"#,
        evidence: Evidence::source("aws/aws-tools-for-powershell RegionCmdlets.cs, 159b2ea2"),
    },
    Quirk {
        name: "no-setting",
        what: "v5 has no setting, where the page says that it is supported",
        since: Release::new(&[5, 0, 0]),
        until: None,
        witness: r#"{"env":{"AWS_REGION":"us-west-2","AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}"#,
        evidence: Evidence::source("the SDK for .NET v4 inside"),
    },
];
