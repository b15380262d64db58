//! What changed when.

use crate::profile::Reserved;
use crate::quirks::QUIRKS;
use crate::{HostData, InvalidHost, JavaV2, PathOfOverride, RoleRegion};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

const BASE: JavaV2 = JavaV2 {
    host_data: HostData::OverrideWithoutEffect,
    encodes_regions: false,
    invalid_host: InvalidHost::Unchecked,
    region_refresh: 0,
    variants: false,
    fips_regions: false,
    rules: false,
    vintage: Vintage::FIRST,
    iso_globals: false,
    path: PathOfOverride::Dropped,
    signs_as_client: false,
    configured_endpoints: false,
    services_sections: false,
    can_ignore_endpoints: false,
    checks_defaults_mode: false,
    endpoint_before_region: false,
    unsigned_operations: false,
    access_key_info: false,
    role_region: RoleRegion::ChainOrAwsGlobal,
    credential_source: false,
    web_identity: false,
    reserved: Reserved::None,
    chain_reads_files_first: false,
    names_sections: false,
    global_fallback_for_assume_role: false,
};

static CHANGES: &[Change<JavaV2>] = &[
    Change::since(
        r(2, 3, 0),
        "2019-01-09",
        "a role in a profile takes the profile's region, then the default chain, then the global endpoint signed for us-east-1",
        Evidence::source(
            "aws/aws-sdk-java-v2 services/sts StsProfileCredentialsProviderFactory, e1737182100, issue #988",
        ),
        |b| b.role_region = RoleRegion::Own,
    ),
    Change::since(
        r(2, 5, 4),
        "2019-03-06",
        "the global host of the endpoints data takes effect: for aws-global and for regions that the data does not know",
        Evidence::source("aws/aws-sdk-java-v2 9912da700b7"),
        |b| b.host_data = HostData::UnknownIsGlobal,
    ),
    Change::since(
        r(2, 5, 30),
        "2019-04-24",
        "credential_source in a profile",
        Evidence::source("aws/aws-sdk-java-v2 CHANGELOG 2.5.30"),
        |b| b.credential_source = true,
    ),
    Change::since(
        r(2, 7, 11),
        "2019-07-24",
        "the operation GetAccessKeyInfo",
        Evidence::source("aws/aws-sdk-java-v2 CHANGELOG 2.7.11"),
        |b| b.access_key_info = true,
    ),
    Change::since(
        r(2, 7, 16),
        "2019-08-02",
        "web identity tokens from a file, with the global endpoint where there is no region",
        Evidence::source("aws/aws-sdk-java-v2 dfd5f4cfdd8, 22376c9d39f"),
        |b| b.web_identity = true,
    ),
    Change::since(
        r(2, 9, 16),
        "2019-10-08",
        "a region's text is URL-encoded",
        Evidence::source("aws/aws-sdk-java-v2 77b00271733"),
        |b| b.encodes_regions = true,
    ),
    Change::since(
        r(2, 10, 47),
        "2020-01-10",
        "endpoints data without a global default: unknown regions are regional, aws-global is signed for us-east-1",
        Evidence::source("aws/aws-sdk-java-v2 e8472b0fc2d"),
        |b| b.host_data = HostData::Regional,
    ),
    Change::since(
        r(2, 13, 13),
        "2020-05-08",
        "a region that makes no host name fails in build(), with examples",
        Evidence::source("aws/aws-sdk-java-v2 42d34918a93, DefaultServiceEndpointBuilder"),
        |b| b.invalid_host = InvalidHost::Examples,
    ),
    Change::since(
        r(2, 17, 79),
        "2021-11-10",
        "FIPS and dual-stack: code, system properties, AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT, profile",
        Evidence::source("aws/aws-sdk-java-v2 CHANGELOG 2.17.79, 4656690aed8"),
        |b| {
            b.variants = true;
            b.invalid_host = InvalidHost::Tags;
        },
    ),
    Change::since(
        r(2, 17, 101),
        "2021-12-20",
        "defaults modes: one that is none fails build()",
        Evidence::recorded("run at 2.17.100 and 2.17.101; aws/aws-sdk-java-v2 .changes/2.17.x/2.17.101.json"),
        |b| b.checks_defaults_mode = true,
    ),
    Change::since(
        r(2, 17, 270),
        "2022-09-07",
        "the file reader knows [sso-session x]",
        Evidence::source("aws/aws-sdk-java-v2 58451426c75 (#3401), ProfileFileReader"),
        |b| b.reserved = Reserved::SsoSession,
    ),
    Change::since(
        r(2, 17, 289),
        "2022-10-06",
        "a FIPS pseudo-region given to the builder becomes the region and FIPS",
        Evidence::source("aws/aws-sdk-java-v2 897bbdef980 (#3460)"),
        |b| b.fips_regions = true,
    ),
    Change::since(
        r(2, 18, 0),
        "2022-10-20",
        "endpoint rules: FIPS or dual-stack with an endpoint override fails; the override's path is kept",
        Evidence::source("aws/aws-sdk-java-v2 40b8869c5a2 (#3502)"),
        |b| {
            b.rules = true;
            b.path = PathOfOverride::Kept;
        },
    ),
    Change::since(
        r(2, 18, 39),
        "2022-12-14",
        "regions listed in errors: ap-southeast-4, later il-central-1 and ca-west-1",
        Evidence::source("aws/aws-sdk-java-v2 facbf670975, core/regions endpoints.json"),
        |b| b.region_refresh = 1,
    ),
    Change::since(
        r(2, 20, 60),
        "2023-05-04",
        "partition aws-iso-e",
        Evidence::source("aws/aws-sdk-java-v2 94cacd15f5c"),
        |b| b.vintage.iso_e = true,
    ),
    Change::since(
        r(2, 20, 68),
        "2023-05-17",
        "the path of an endpoint override is dropped again",
        Evidence::source(
            "aws/aws-sdk-java-v2 ee3123749df (#3964), AwsEndpointProviderUtils.setUri; run at 2.18.32 and 2.24.5",
        ),
        |b| b.path = PathOfOverride::KeptWhereRequoted,
    ),
    Change::since(
        r(2, 20, 85),
        "2023-06-13",
        "partition aws-iso-f",
        Evidence::source("aws/aws-sdk-java-v2 01ff037d293, 65646b961bc"),
        |b| b.vintage.iso_f = true,
    ),
    Change::since(
        r(2, 21, 22),
        "2023-11-14",
        "an error that describes a profile file names its sections",
        Evidence::recorded("between 2.18.32 and 2.24.5; aws/aws-sdk-java-v2 9cf5f8adda4 (#4690)"),
        |b| b.names_sections = true,
    ),
    Change::by(
        r(2, 24, 5),
        "2024-02-15",
        "making the default credential chain reads the shared files, and fails where one is unreadable",
        Evidence::recorded(
            "run at 2.18.32 and 2.24.5; the constructor of InstanceProfileCredentialsProvider",
        ),
        |b| b.chain_reads_files_first = true,
    ),
    Change::since(
        r(2, 24, 13),
        "2024-02-28",
        "new auth code: where the rules name no signing region, the client's own: aws-global with FIPS or dual-stack, us-west-2-fips",
        Evidence::recorded("between 2.24.5 and 2.25.64; aws/aws-sdk-java-v2 9c652ebd06d (#4967)"),
        |b| b.signs_as_client = true,
    ),
    Change::since(
        r(2, 28, 1),
        "2024-09-13",
        "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, aws.endpointUrl, aws.endpointUrlSts, endpoint_url in the profile, and sts / endpoint_url below it",
        Evidence::recorded("between 2.25.64 and 2.29.52; aws/aws-sdk-java-v2 PR #5562"),
        |b| {
            b.configured_endpoints = true;
            b.reserved = Reserved::SubProperties;
        },
    ),
    Change::by(
        r(2, 29, 52),
        "",
        "regions listed in errors: ap-southeast-5, ap-southeast-7, mx-central-1",
        Evidence::recorded("between 2.25.64 and 2.29.52"),
        |b| b.region_refresh = 2,
    ),
    Change::since(
        r(2, 31, 3),
        "2025-03-18",
        "services sections",
        Evidence::recorded("between 2.29.52 and 2.33.0; aws/aws-sdk-java-v2 PR #5944"),
        |b| {
            b.services_sections = true;
            b.reserved = Reserved::Services;
        },
    ),
    Change::since(
        r(2, 31, 65),
        "2025-06-17",
        "AssumeRoleWithSAML and AssumeRoleWithWebIdentity are unsigned",
        Evidence::recorded("between 2.29.52 and 2.33.0; .changes/2.31.x/2.31.65.json"),
        |b| b.unsigned_operations = true,
    ),
    Change::by(
        r(2, 33, 0),
        "",
        "partition aws-eusc (without dual-stack), aws-iso-e-global and aws-iso-f-global, more regions listed in errors",
        Evidence::recorded("between 2.29.52 and 2.33.0"),
        |b| {
            b.vintage.eusc = true;
            b.iso_globals = true;
            b.region_refresh = 3;
        },
    ),
    Change::since(
        r(2, 52, 0),
        "2026-08-11",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, aws.ignoreConfiguredEndpointUrls, ignore_configured_endpoint_urls",
        Evidence::recorded("between 2.33.0 and 2.55.9; aws/aws-sdk-java-v2 PR #7231"),
        |b| b.can_ignore_endpoints = true,
    ),
    Change::by(
        r(2, 55, 9),
        "",
        "dual-stack in the isolated partitions and aws-eusc; a configured endpoint is read before the region; shorter error for a region that makes no host",
        Evidence::recorded("between 2.33.0 and 2.55.9"),
        |b| {
            b.vintage = Vintage::NEWEST;
            b.endpoint_before_region = true;
            b.invalid_host = InvalidHost::Plain;
            b.region_refresh = 4;
            b.chain_reads_files_first = false;
        },
    ),
];

const NEWEST: Release = r(2, 55, 9);

/// The rows "Java 2.x": no setting, regional, failure without a Region, and the note on two operations. The editions
/// do not differ. An endpoint override is called as it is given.
fn documented() -> JavaV2 {
    JavaV2 {
        global_fallback_for_assume_role: true,
        path: PathOfOverride::Kept,
        ..HISTORY.behaviour_at(NEWEST)
    }
}

/// Java 2.x, release by release.
pub static HISTORY: History<JavaV2> = History {
    sdk: Sdk::JavaV2,
    releases_of: "AWS SDK for Java 2.x (software.amazon.awssdk)",
    first: r(2, 0, 0),
    newest: NEWEST,
    recorded: &[r(2, 18, 32), r(2, 29, 52), r(2, 33, 0), NEWEST],
    recorded_scenarios: 1428,
    source: "aws/aws-sdk-java-v2: core/regions, core/profiles, core/aws-core, services/sts",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};
