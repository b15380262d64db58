//! What changed when.

use crate::quirks::QUIRKS;
use crate::{Chain, JsV3, NoRegion, ProviderRegion, TemporaryRegion};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32) -> Release {
    Release::new(&[3, minor, 0])
}

const BASE: JsV3 = JsV3 {
    variants: false,
    iso_fips: false,
    gov_dual_stack: false,
    keeps_blank_values: true,
    sub_sections: false,
    rules: false,
    refuses_endpoints: false,
    configured_endpoints: false,
    ignore_switch: false,
    refuses_empty_region: false,
    checks_region: false,
    metadata_region: false,
    signs_by_rule: false,
    provider_signs_by_rule: false,
    checks_defaults_mode: false,
    providers_package: false,
    chain: Chain::First,
    chain_passes_cycles: false,
    sources_without_role: false,
    provider_region: ProviderRegion::ClientElseUsEast1,
    alone_reads_region: false,
    temporary_region: TemporaryRegion::OfOrdinaryClient,
    vintage: Vintage::FIRST,
    no_region: NoRegion::Fails,
};

static CHANGES: &[Change<JsV3>] = &[
    Change::since(
        r(12),
        "2021",
        "roles of profiles",
        Evidence::recorded("between 3.0.0 and 3.14.0, run at 3.11.0 and 3.12.0"),
        |b| b.chain = Chain::Roles,
    ),
    Change::since(
        r(13),
        "2021",
        "web identity in profiles",
        Evidence::recorded("between 3.0.0 and 3.14.0, run at 3.12.0 and 3.13.0"),
        |b| b.chain = Chain::TokenInProfile,
    ),
    Change::since(
        r(15),
        "2021",
        "the token file provider joins the default credential chain",
        Evidence::recorded("between 3.14.0 and 3.38.0"),
        |b| b.chain = Chain::TokenFile,
    ),
    Change::since(
        r(27),
        "2021-08",
        "the package @aws-sdk/credential-providers, for providers by themselves",
        Evidence::recorded("between 3.14.0 and 3.38.0; npm has no older release of it"),
        |b| b.providers_package = true,
    ),
    Change::since(
        r(40),
        "2021-11",
        "FIPS and dual-stack options, FIPS pseudo-regions",
        Evidence::recorded("between 3.39.0 and 3.41.0; aws/aws-sdk-js-v3 #2974, #2986"),
        |b| b.variants = true,
    ),
    Change::since(
        r(41),
        "2021-11",
        "FIPS hosts in the iso partitions",
        Evidence::recorded("at 3.41.0"),
        |b| b.iso_fips = true,
    ),
    Change::since(
        r(42),
        "2021-11",
        "dual-stack hosts in GovCloud",
        Evidence::recorded("at 3.41.0 and 3.42.0; aws/aws-sdk-js-v3 #3044"),
        |b| b.gov_dual_stack = true,
    ),
    Change::since(
        r(47),
        "2022-01",
        "a defaults mode that is not known fails every call",
        Evidence::recorded("at 3.45.0 and 3.47.0; @aws-sdk/util-defaults-mode-node"),
        |b| b.checks_defaults_mode = true,
    ),
    Change::since(
        r(110),
        "2022-06",
        "in profile files, a value of white space alone is none",
        Evidence::source("@aws-sdk/shared-ini-file-loader parseIni, at 3.109.0 and 3.110.0"),
        |b| b.keeps_blank_values = false,
    ),
    Change::since(
        r(194),
        "2022-10",
        "endpoint rule set: useGlobalEndpoint, no region check, FIPS or dual-stack with an override fails, every endpoint in code is refused",
        Evidence::recorded("at 3.193.0 and 3.194.0; aws/aws-sdk-js-v3 #4043, #4044"),
        |b| {
            b.rules = true;
            b.refuses_endpoints = true;
        },
    ),
    Change::since(
        r(197),
        "2022-10",
        "an endpoint in code works again",
        Evidence::recorded("at 3.196.0 and 3.197.0; aws/aws-sdk-js-v3 #4098"),
        |b| b.refuses_endpoints = false,
    ),
    Change::since(
        r(327),
        "2023-05",
        "partition aws-iso-e",
        Evidence::recorded("at 3.326.0 and 3.327.0"),
        |b| b.vintage = Vintage { iso_e: true, ..b.vintage },
    ),
    Change::by(
        r(356),
        "2023-06",
        "partition aws-iso-f",
        Evidence::recorded("between 3.327.0 and 3.473.0; the published partition data of June 2023"),
        |b| b.vintage = Vintage { iso_f: true, ..b.vintage },
    ),
    Change::since(
        r(428),
        "2023-10-12",
        "endpoint overrides from AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, services sections and endpoint_url; lines indented below a key without value belong to it",
        Evidence::recorded("between 3.327.0 and 3.473.0; smithy-lang/smithy-typescript #1014"),
        |b| {
            b.configured_endpoints = true;
            b.sub_sections = true;
        },
    ),
    Change::since(
        r(474),
        "2023-12-14",
        "an empty AWS_REGION is an error",
        Evidence::recorded("between 3.473.0 and 3.501.0; aws/aws-sdk-js-v3 #5282"),
        |b| b.refuses_empty_region = true,
    ),
    Change::since(
        r(502),
        "2024-01-29",
        "the client inside a provider is always in us-east-1",
        Evidence::recorded("at 3.501.0 and 3.502.0; aws/aws-sdk-js-v3 #5681, #5799"),
        |b| b.provider_region = ProviderRegion::UsEast1,
    ),
    Change::since(
        r(511),
        "2024-02",
        "the client inside a provider takes the client's region outside partition aws, and fails where there is none",
        Evidence::recorded("between 3.507.0 and 3.513.0; aws/aws-sdk-js-v3 #5758"),
        |b| b.provider_region = ProviderRegion::ClientOutsideAws,
    ),
    Change::since(
        r(515),
        "2024-02-15",
        "the client inside a provider takes the client's region again",
        Evidence::recorded("between 3.513.0 and 3.712.0; aws/aws-sdk-js-v3 #5800"),
        |b| b.provider_region = ProviderRegion::Client,
    ),
    Change::since(
        r(587),
        "2024-05",
        "the chain goes on behind role profiles that name each other, and says so at its end only",
        Evidence::source("credential-provider-ini resolveAssumeRoleCredentials, at 3.583.0 and 3.587.0"),
        |b| b.chain_passes_cycles = true,
    ),
    Change::since(
        Release::new(&[3, 651, 1]),
        "2024-09",
        "a source profile may have a credential_source and no role",
        Evidence::source("credential-provider-ini isCredentialSourceWithoutRoleArn, at 3.650.0 and 3.651.1"),
        |b| b.sources_without_role = true,
    ),
    Change::since(
        r(713),
        "2024-12",
        "a role profile's own region comes first in its provider",
        Evidence::recorded("at 3.712.0 and 3.713.0; aws/aws-sdk-js-v3 issue #6711"),
        |b| b.provider_region = ProviderRegion::ProfileThenClient,
    ),
    Change::by(
        r(734),
        "2025-01",
        "fromTemporaryCredentials takes the region of the client around it, and us-east-1 where there is none",
        Evidence::recorded("at 3.731.0 and 3.734.0; credential-providers fromTemporaryCredentials"),
        |b| b.temporary_region = TemporaryRegion::InCode,
    ),
    Change::since(
        r(778),
        "2025-03",
        "fromTemporaryCredentials without a client around it reads AWS_REGION and the profile's region",
        Evidence::recorded(
            "between 3.777.0 and 3.782.0; credential-providers fromTemporaryCredentials, 3.778.0",
        ),
        |b| b.temporary_region = TemporaryRegion::LookedFor,
    ),
    Change::since(
        r(782),
        "2025-04",
        "partition aws-eusc",
        Evidence::recorded("at 3.777.0 and 3.782.0"),
        |b| b.vintage = Vintage { eusc: true, ..b.vintage },
    ),
    Change::since(
        r(844),
        "2025-07-09",
        "endpoint overrides from environment and files are ignored",
        Evidence::recorded("at 3.840.0 and 3.844.0; smithy-lang/smithy-typescript #1643"),
        |b| b.configured_endpoints = false,
    ),
    Change::since(
        r(846),
        "2025-07-16",
        "endpoint overrides from environment and files are read again",
        Evidence::recorded("at 3.844.0 and 3.846.0; aws/aws-sdk-js-v3 #7206"),
        |b| b.configured_endpoints = true,
    ),
    Change::since(
        r(879),
        "2025-09",
        "dual-stack hosts in partition aws-eusc",
        Evidence::recorded("between 3.846.0 and 3.894.0"),
        |b| b.vintage = Vintage { eusc_dual_stack: true, ..b.vintage },
    ),
    Change::since(
        r(895),
        "2025-09",
        "dual-stack hosts in the iso partitions",
        Evidence::recorded("at 3.894.0 and 3.895.0"),
        |b| b.vintage = Vintage { iso_dual_stack: true, ..b.vintage },
    ),
    Change::since(
        r(914),
        "2025-10-21",
        "the region must be a host label",
        Evidence::recorded(
            "at 3.913.0 and 3.914.0; smithy-lang/smithy-typescript #1750, aws/aws-sdk-js-v3 #7440",
        ),
        |b| b.checks_region = true,
    ),
    Change::since(
        r(920),
        "2025-10-29",
        "a provider without a client around it reads AWS_REGION and the profile's region",
        Evidence::recorded("at 3.919.0 and 3.920.0; aws/aws-sdk-js-v3 #7456"),
        |b| b.alone_reads_region = true,
    ),
    Change::since(
        r(1032),
        "2026-04",
        "AssumeRoleWithWebIdentity and AssumeRoleWithSAML are signed where the rules name an auth scheme (aws-global, useGlobalEndpoint)",
        Evidence::recorded("at 3.1031.0 and 3.1032.0; client-sts auth/httpAuthSchemeProvider"),
        |b| b.signs_by_rule = true,
    ),
    Change::since(
        r(1033),
        "2026-04",
        "the web identity call of a provider fails for aws-global",
        Evidence::recorded("at 3.1032.0 and 3.1033.0"),
        |b| b.provider_signs_by_rule = true,
    ),
    Change::since(
        r(1077),
        "2026-07-01",
        "instance metadata is asked for the region",
        Evidence::recorded(
            "at 3.1076.0 and 3.1077.0; smithy-lang/smithy-typescript #2103, @smithy/core 3.28.0",
        ),
        |b| b.metadata_region = true,
    ),
    Change::since(
        r(1095),
        "2026-07-20",
        "the switch that ignores configured endpoint overrides is heard",
        Evidence::recorded("between 3.1033.0 and 3.1169.0; smithy-lang/smithy-typescript #2159"),
        |b| b.ignore_switch = true,
    ),
];

/// The history of JavaScript 3.x's behaviour.
pub static HISTORY: History<JsV3> = History {
    sdk: Sdk::JsV3,
    releases_of: "@aws-sdk/client-sts, with the packages of its own day",
    first: r(0),
    newest: r(1174),
    recorded: &[
        r(0),
        r(14),
        r(38),
        r(39),
        r(41),
        r(42),
        r(194),
        r(196),
        r(197),
        r(326),
        r(327),
        r(473),
        r(501),
        r(502),
        r(507),
        r(513),
        r(712),
        r(713),
        r(777),
        r(782),
        r(840),
        r(844),
        r(846),
        r(894),
        r(895),
        r(913),
        r(914),
        r(919),
        r(920),
        r(1031),
        r(1032),
        r(1033),
        r(1169),
        r(1174),
    ],
    recorded_scenarios: 1790,
    source: "aws/aws-sdk-js-v3 and smithy-lang/smithy-typescript, as shipped in the packages around the release",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: || documented(NoRegion::Fails) },
        Edited { edition: Edition::Docs2025, row: None, behaviour: || documented(NoRegion::UsEast1) },
    ],
    quirks: QUIRKS,
};

/// The row: no setting, regional; without a Region failure (2024) or us-east-1's own endpoint (2025). The row applies to the
/// clients inside providers as to any.
fn documented(no_region: NoRegion) -> JsV3 {
    let provider_region = match no_region {
        NoRegion::Fails => ProviderRegion::Client,
        NoRegion::UsEast1 => ProviderRegion::ClientElseUsEast1,
    };
    JsV3 {
        no_region,
        provider_region,
        provider_signs_by_rule: false,
        signs_by_rule: false,
        ..HISTORY.behaviour_at(HISTORY.newest)
    }
}
