//! What changed, release by release. Releases are those of AWSSDK.Core.

use crate::quirks::QUIRKS;
use crate::{
    Data, DefaultsModes, Dotnet, Generation, Hosts, LegacyReach, Mode, ProfileKeys, ProviderRegion,
    RegionNames, Setting, UrlRegion, WithoutRegion,
};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn release(numbers: &[u32]) -> Release {
    Release::new(numbers)
}

/// Core 3.3.103.32 with SecurityToken 3.3.102.17 (August 2019).
const FIRST: Dotnet = Dotnet {
    generation: Generation::V3,
    setting: Setting::Absent,
    default_mode: Mode::Legacy,
    legacy_reach: LegacyReach::List,
    without_region: WithoutRegion::UsEast1,
    hosts: Hosts::Data { global_by_data: true },
    data: Data {
        iso: false,
        fips_names: false,
        folds_iso: false,
        iso_e_f_global: false,
        vintage: Vintage::FIRST,
        hollow: &[],
    },
    region_names: RegionNames::Any,
    configured_urls: false,
    defaults_modes: DefaultsModes::Absent,
    keys: ProfileKeys::First,
    folds_keys: false,
    strict_files: false,
    blank_profile_is_default: false,
    web_identity: false,
    role_region: ProviderRegion::UsEast1,
    web_identity_region: ProviderRegion::UsEast1,
    url_region: UrlRegion::LastLabel,
};

static CHANGES: &[Change<Dotnet>] = &[
    Change::since(
        release(&[3, 3, 103, 33]),
        "2019-09-04",
        "partitions aws-iso and aws-iso-b (before, their regions got amazonaws.com hosts)",
        Evidence::source("aws/aws-sdk-net sdk/src/Core/endpoints.json, SDK 3.3.581.0"),
        |sdk| sdk.data.iso = true,
    ),
    Change::since(
        release(&[3, 3, 103, 51]),
        "2019-10-17",
        "the setting appears (StsRegionalEndpoints, AWS_STS_REGIONAL_ENDPOINTS, sts_regional_endpoints), default legacy; the \
         variable is read when the configuration is made; regional has no effect yet, since the endpoint data still gives \
         the old regions the global endpoint",
        Evidence::source(
            "aws/aws-sdk-net d1c1c0dd89, SDK 3.3.611.0, AmazonSecurityTokenServiceConfig.Extension.cs Initialize",
        ),
        |sdk| {
            sdk.setting = Setting::ReadAtConstruction;
            sdk.keys = ProfileKeys::StsRegional;
        },
    ),
    Change::since(
        release(&[3, 3, 103, 54]),
        "2019-10-23",
        "the endpoint data becomes regional, with an entry aws-global: the setting decides",
        Evidence::source("aws/aws-sdk-net 68ee69db13, SDK 3.3.614.0, sdk/src/Core/endpoints.json"),
        |sdk| sdk.hosts = Hosts::Data { global_by_data: false },
    ),
    Change::since(
        release(&[3, 3, 104, 0]),
        "2019-12-03",
        "the profile key s3_use_arn_region is read: a value that cannot be read hides the profile",
        Evidence::source("aws/aws-sdk-net 06913eb6c8, SDK 3.3.642.0, SharedCredentialsFile.cs"),
        |sdk| sdk.keys = ProfileKeys::S3Arn,
    ),
    Change::since(
        release(&[3, 3, 104, 5]),
        "2019-12-13",
        "the region us-east-1-regional is signed for us-east-1; the profile key s3_us_east_1_regional_endpoint is read",
        Evidence::source("aws/aws-sdk-net c401d7668a, SDK 3.3.650.0, RegionEndpoint.cs"),
        |sdk| sdk.keys = ProfileKeys::S3Regional,
    ),
    Change::since(
        release(&[3, 3, 104, 7]),
        "2019-12-18",
        "web identity tokens from environment and profile",
        Evidence::source(
            "aws/aws-sdk-net SDK 3.3.652.1, FallbackCredentialsFactory.cs, CredentialProfileTypeDetector.cs",
        ),
        |sdk| sdk.web_identity = true,
    ),
    Change::since(
        release(&[3, 3, 104, 24]),
        "2020-02-12",
        "AWS_STS_REGIONAL_ENDPOINTS is read when it is needed: a bad value no longer matters where code decides",
        Evidence::source(
            "aws/aws-sdk-net 5e9ad8d0b6, SDK 3.3.677.1, AmazonSecurityTokenServiceConfig.Extension.cs",
        ),
        |sdk| sdk.setting = Setting::ReadAtUse,
    ),
    Change::since(
        release(&[3, 3, 106, 0]),
        "2020-04-03",
        "a profile file that cannot be read fails every client of the process; retry_mode and max_attempts are read",
        Evidence::source(
            "aws/aws-sdk-net f9e5d8a559, SDK 3.3.714.0, InternalConfiguration.cs; recorded at 3.3.107.38",
        ),
        |sdk| {
            sdk.strict_files = true;
            sdk.keys = ProfileKeys::Retries;
        },
    ),
    Change::by(
        release(&[3, 3, 107, 38]),
        "2020",
        "pseudo-regions us-gov-east-1-fips, us-gov-west-1-fips, fips-cn-north-1 and fips-cn-northwest-1",
        Evidence::recorded("sdk/src/Core/endpoints.json of Core 3.3.107.38; absent in SDK 3.3.716.0"),
        |sdk| sdk.data.fips_names = true,
    ),
    Change::by(
        release(&[3, 5, 3, 6]),
        "2021",
        "an override is signed for a region that is looked for in its host, label by label: a VPC endpoint's region instead \
         of the text vpce",
        Evidence::recorded("at 3.3.107.38 and 3.5.3.6; Core/Amazon.Util/Internal/RegionFinder.cs"),
        |sdk| sdk.url_region = UrlRegion::Finder,
    ),
    Change::by(
        release(&[3, 7, 2, 7]),
        "2021",
        "a region must be a label: an error from code and from the profile (there for every client), passed over without a \
         word from AWS_REGION; names of aws-iso regions are folded; metadata keys of the profile are read",
        Evidence::recorded(
            "at 3.5.3.6 and 3.7.2.7; RegionEndpointProviderV3.cs GetNonstandardRegionEndpoint",
        ),
        |sdk| {
            sdk.region_names = RegionNames::Label;
            sdk.data.folds_iso = true;
            sdk.keys = ProfileKeys::Metadata;
        },
    ),
    Change::by(
        release(&[3, 7, 9, 2]),
        "2022",
        "FIPS and dual-stack as options, variables and profile keys, pseudo-regions with fips in their names turn into them; \
         legacy comes before them, so they are dropped for the old regions; defaults modes, of which all but legacy make the \
         setting regional",
        Evidence::recorded("at 3.7.2.7 and 3.7.10.11; ClientConfig.cs, RegionEndpointProviderV3.cs"),
        |sdk| {
            sdk.hosts = Hosts::Variants;
            sdk.defaults_modes = DefaultsModes::WithLegacy;
            sdk.keys = ProfileKeys::Variants;
        },
    ),
    Change::by(
        release(&[3, 7, 10, 11]),
        "2022",
        "an empty AWS_PROFILE means default",
        Evidence::source("runs of Core 3.7.9.2 and 3.7.10.11; FallbackCredentialsFactory.cs GetProfileName"),
        |sdk| sdk.blank_profile_is_default = true,
    ),
    Change::since(
        release(&[3, 7, 11, 8]),
        "2022-05-26",
        "the web identity provider's STS client follows AWS_REGION, the profile and metadata instead of staying in us-east-1",
        Evidence::source("aws/aws-sdk-net changelogs/SDK.CHANGELOG.2022.md, SDK 3.7.282.1; issue #1856"),
        |sdk| sdk.web_identity_region = ProviderRegion::Chain,
    ),
    Change::by(
        release(&[3, 7, 13, 11]),
        "2022-09-26",
        "the role provider's STS client follows AWS_REGION, the profile and metadata instead of staying in us-east-1",
        Evidence::recorded(
            "a run of Core 3.7.13.11, recorded at 3.7.10.11 and 3.7.103.1; issue aws/aws-sdk-net #1799",
        ),
        |sdk| sdk.role_region = ProviderRegion::Chain,
    ),
    Change::since(
        release(&[3, 7, 100, 0]),
        "2022-11",
        "the STS endpoint rule set: FIPS and dual-stack come before legacy, and are refused beside an override; an override \
         that is no URL is refused at once; AWS_STS_REGIONAL_ENDPOINTS is read beside an override too",
        Evidence::source(
            "RegionEndpointProviderV3.cs (\"as of version 3.7.100 endpoint is resolved using a newer system\"); recorded at \
             3.7.103.1",
        ),
        |sdk| sdk.hosts = Hosts::FirstRules,
    ),
    Change::by(
        release(&[3, 7, 106, 32]),
        "2023",
        "partition aws-iso-e (with FIPS a signed request fails there: the endpoint data lists no STS); sso_session is read",
        Evidence::recorded("at 3.7.103.1 and 3.7.106.32"),
        |sdk| {
            sdk.data.vintage.iso_e = true;
            sdk.data.hollow = &["aws-iso-e"];
            sdk.keys = ProfileKeys::Sso;
        },
    ),
    Change::by(
        release(&[3, 7, 300, 0]),
        "2023-11-14",
        "AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, endpoint_url, services sections and the switches that ignore them; indented \
         lines are sub-properties; partition aws-iso-f",
        Evidence::recorded("at 3.7.106.32 and 3.7.300.0; ClientConfig.cs ServiceURL"),
        |sdk| {
            sdk.configured_urls = true;
            sdk.hosts = Hosts::Rules;
            sdk.data.vintage.iso_f = true;
            sdk.data.hollow = &["aws-iso-e", "aws-iso-f"];
            sdk.keys = ProfileKeys::Urls;
        },
    ),
    Change::by(
        release(&[3, 7, 402, 46]),
        "2025",
        "partition aws-eusc, pseudo-regions aws-iso-e-global and aws-iso-f-global; profile keys are compared without case; \
         more profile keys are read",
        Evidence::recorded("at 3.7.300.0; runs of Core 3.7.402.46"),
        |sdk| {
            sdk.data.vintage.eusc = true;
            sdk.data.iso_e_f_global = true;
            sdk.data.hollow = &["aws-eusc"];
            sdk.folds_keys = true;
            sdk.keys = ProfileKeys::Checksums;
        },
    ),
    Change::since(
        release(&[3, 7, 500, 0]),
        "2025-07-31",
        "the setting's default becomes regional",
        Evidence::source("aws/aws-sdk-net changelogs/SDK.CHANGELOG.2025.md, SDK 3.7.1092.0"),
        |sdk| sdk.default_mode = Mode::Regional,
    ),
    Change::since(
        release(&[4, 0, 0, 0]),
        "2025",
        "v4: no setting, always regional; a client without a region fails; instance metadata gives clients their region; \
         environment keys come before the profile; regions are not checked; FIPS and dual-stack hosts of aws-global are \
         signed for aws-global; defaults mode legacy is gone",
        Evidence::recorded("aws/aws-sdk-net #3236; recorded at 4.0.1.3"),
        |sdk| {
            sdk.generation = Generation::V4;
            sdk.setting = Setting::Absent;
            sdk.without_region = WithoutRegion::Fails;
            sdk.region_names = RegionNames::Any;
            sdk.defaults_modes = DefaultsModes::WithoutLegacy;
            sdk.data.vintage = Vintage::NEWEST;
            sdk.data.hollow = &[];
        },
    ),
    Change::by(
        release(&[4, 0, 3, 3]),
        "2025",
        "a region must be a host name: labels of letters, digits and inner hyphens, joined by dots",
        Evidence::recorded("at 4.0.1.3 and 4.0.3.3; runs of Core 4.0.3.1"),
        |sdk| sdk.region_names = RegionNames::HostName,
    ),
];

/// The newest 3.x behaviour, put into a row for .NET 3.x.
fn version_3(default_mode: Mode) -> Dotnet {
    Dotnet {
        default_mode,
        legacy_reach: LegacyReach::Commercial,
        without_region: WithoutRegion::Global,
        ..HISTORY.behaviour_at(release(&[3, 7, 500, 0]))
    }
}

/// The history of the AWS SDK for .NET.
pub static HISTORY: History<Dotnet> = History {
    sdk: Sdk::Dotnet,
    releases_of: "AWSSDK.Core (file version)",
    first: release(&[3, 3, 103, 32]),
    newest: release(&[4, 0, 3, 3]),
    recorded: &[
        release(&[3, 3, 103, 32]),
        release(&[3, 3, 107, 38]),
        release(&[3, 5, 3, 6]),
        release(&[3, 7, 2, 7]),
        release(&[3, 7, 10, 11]),
        release(&[3, 7, 103, 1]),
        release(&[3, 7, 106, 32]),
        release(&[3, 7, 300, 0]),
        release(&[4, 0, 1, 3]),
        release(&[4, 0, 3, 3]),
    ],
    recorded_scenarios: 956,
    source: "aws/aws-sdk-net, sdk/src/Core and sdk/src/Services/SecurityToken; changelogs/SDK.CHANGELOG.*.md",
    base: || FIRST,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: || version_3(Mode::Legacy) },
        // .NET 4.x: no setting, regional, us-east-1 (Regional) without a region
        Edited {
            edition: Edition::Docs2025,
            row: None,
            behaviour: || Dotnet {
                without_region: WithoutRegion::UsEast1,
                ..HISTORY.behaviour_at(HISTORY.newest)
            },
        },
        Edited { edition: Edition::Docs2025, row: Some(3), behaviour: || version_3(Mode::Regional) },
    ],
    quirks: QUIRKS,
};
