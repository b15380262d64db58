//! What changed when.

use crate::quirks::QUIRKS;
use crate::{BadEndpoint, Configured, Legacy, Php};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[3, minor, patch])
}

const BASE: Php = Php {
    setting: false,
    default_legacy: true,
    legacy: Legacy::Data,
    default_lost: false,
    reads_config_file: false,
    finds_region: false,
    profile_sections: false,
    checks_region: false,
    bad_endpoint: BadEndpoint::Refused,
    variants: false,
    both_variants: false,
    defaults_modes: false,
    rules: false,
    refuses_variant_with_endpoint: false,
    checks_setting: false,
    configured: Configured::No,
    signs_all: true,
    signs_with_empty_key: false,
    region_to_web_identity: false,
    credential_source: false,
    provider_finds_region: false,
    chain_reads_config_file: false,
    says_service: false,
    iso: false,
    me_south_1: false,
    vintage: Vintage::FIRST,
};

/// What the curl at hand says of a URL that is none; the words moved with curl and Guzzle.
const CURL_FORMAT: &str = "\"{url}\"; AWS HTTP error: cURL error 3: URL using bad/illegal format or missing URL (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for {url}";

static CHANGES: &[Change<Php>] = &[
    Change::since(
        r(108, 0),
        "2019-07-26",
        "the setting, default legacy, without effect on regions of partition aws",
        Evidence::recorded("between 3.107.8 and 3.112.1; aws/aws-sdk-php PR #1853"),
        |b| b.setting = true,
    ),
    Change::since(
        r(108, 1),
        "2019-07-29",
        "a host of its own for me-south-1 in the endpoint data",
        Evidence::recorded(
            "between 3.107.8 and 3.112.1; src/data/endpoints.json, which lacks it at 3.108.0 and has it at 3.108.1",
        ),
        |b| b.me_south_1 = true,
    ),
    Change::since(
        r(110, 9),
        "2019-09-04",
        "iso partitions in the endpoint data",
        Evidence::recorded(
            "between 3.107.8 and 3.112.1; src/data/endpoints.json, which lacks them at 3.110.8 and has them at 3.110.9",
        ),
        |b| b.iso = true,
    ),
    Change::since(
        r(112, 2),
        "2019-09-17",
        "a client's region is handed to its provider of a web identity",
        Evidence::source("aws/aws-sdk-php PR #1857"),
        |b| b.region_to_web_identity = true,
    ),
    Change::since(
        r(112, 27),
        "2019-10-23",
        "regional endpoint data: the setting works; regions off the list of 16 turn from global to regional",
        Evidence::recorded("between 3.112.26 and 3.131.0; CHANGELOG.md"),
        |b| b.legacy = Legacy::Listed,
    ),
    Change::since(
        r(132, 0),
        "2020-01-07",
        "the setting is read from the file that AWS_CONFIG_FILE names",
        Evidence::recorded("at 3.131.0 and 3.132.0; aws/aws-sdk-php PR #1939"),
        |b| b.reads_config_file = true,
    ),
    Change::since(
        r(133, 29),
        "2020-03-04",
        "the chain's last word speaks of the metadata service",
        Evidence::recorded("between 3.132.0 and 3.147.4; aws/aws-sdk-php PR #1974"),
        |b| b.says_service = true,
    ),
    Change::since(
        r(147, 5),
        "2020-07-24",
        "the region must be a host label",
        Evidence::recorded("between 3.147.4 and 3.200.2; aws/aws-sdk-php PR #2061"),
        |b| b.checks_region = true,
    ),
    Change::since(
        r(152, 0),
        "2020-09-04",
        "credential_source",
        Evidence::source("aws/aws-sdk-php CHANGELOG.md 3.152.0"),
        |b| b.credential_source = true,
    ),
    Change::since(
        r(173, 0),
        "2021-02-02",
        "an endpoint that is no URL fails in the transport, not when the client is built",
        Evidence::recorded(
            "at 3.172.4 and 3.173.0; aws/aws-sdk-php PR #2187, src/ClientResolver.php _apply_endpoint",
        ),
        |b| b.bad_endpoint = BadEndpoint::Transport(CURL_FORMAT),
    ),
    Change::since(
        r(173, 3),
        "2021-02-04",
        "taken back: it is refused when the client is built",
        Evidence::recorded("at 3.173.1 and 3.173.3; aws/aws-sdk-php PR #2193"),
        |b| b.bad_endpoint = BadEndpoint::Refused,
    ),
    Change::since(
        r(175, 0),
        "2021-03-19",
        "it fails in the transport again",
        Evidence::recorded("at 3.174.3 and 3.175.0; aws/aws-sdk-php PR #2206"),
        |b| b.bad_endpoint = BadEndpoint::Transport(CURL_FORMAT),
    ),
    Change::since(
        r(201, 0),
        "2021-11-09",
        "FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on",
        Evidence::recorded("at 3.200.2 and 3.201.0; aws/aws-sdk-php PR #2348"),
        |b| b.variants = true,
    ),
    Change::since(
        r(209, 0),
        "2022-01-06",
        "a variable with an unknown defaults mode is an error",
        Evidence::recorded("at 3.391.1; aws/aws-sdk-php src/DefaultsMode/Configuration.php"),
        |b| b.defaults_modes = true,
    ),
    Change::since(
        r(212, 4),
        "2022-03-08",
        "FIPS together with dual-stack has a host",
        Evidence::recorded("at 3.212.3 and 3.212.4; aws/aws-sdk-php PR #2388"),
        |b| b.both_variants = true,
    ),
    Change::since(
        r(243, 0),
        "2022-11-14",
        "endpoint rules; with nothing set the host is regional and the scope is us-east-1; a wrong setting always fails",
        Evidence::recorded("at 3.242.1 and 3.243.0; aws/aws-sdk-php PR #2550"),
        |b| {
            b.rules = true;
            b.default_lost = true;
            b.checks_setting = true;
            b.signs_with_empty_key = true;
            b.bad_endpoint = BadEndpoint::Ignored;
        },
    ),
    Change::since(
        r(243, 1),
        "2022-11-14",
        "with nothing set the host is global again",
        Evidence::recorded("at 3.243.0 and 3.243.1; aws/aws-sdk-php PR #2557"),
        |b| b.default_lost = false,
    ),
    Change::since(
        r(245, 1),
        "2022-11-17",
        "FIPS and dual-stack are refused beside an endpoint",
        Evidence::recorded("at 3.245.0 and 3.245.1; src/data/sts/2011-06-15/endpoint-rule-set-1.json"),
        |b| b.refuses_variant_with_endpoint = true,
    ),
    Change::since(
        r(269, 6),
        "2023-05-04",
        "partition aws-iso-e",
        Evidence::recorded("at 3.269.5 and 3.269.6; src/data/partitions.json"),
        |b| b.vintage.iso_e = true,
    ),
    Change::since(
        r(269, 8),
        "2023-05-08",
        "an endpoint that is no URL fails in the transport",
        Evidence::recorded("at 3.269.7 and 3.269.8; src/data/sts/2011-06-15/endpoint-rule-set-1.json"),
        |b| b.bad_endpoint = BadEndpoint::Transport(CURL_FORMAT),
    ),
    Change::since(
        r(273, 0),
        "2023-06-13",
        "partition aws-iso-f",
        Evidence::recorded("at 3.272.2 and 3.273.0; src/data/partitions.json"),
        |b| b.vintage.iso_f = true,
    ),
    Change::since(
        r(280, 0),
        "2023-08-30",
        "the region is looked for in AWS_REGION and the config file",
        Evidence::recorded("at 3.279.9 and 3.280.0; aws/aws-sdk-php PR #2726"),
        |b| b.finds_region = true,
    ),
    Change::since(
        r(281, 0),
        "2023-09-05",
        "endpoint overrides of environment and profile, of which the scheme is used",
        Evidence::recorded("at 3.280.2 and 3.281.0; aws/aws-sdk-php PR #2737"),
        |b| b.configured = Configured::SchemeOnly,
    ),
    Change::by(
        r(311, 2),
        "2024-06",
        "endpoint overrides of environment and profile work; the signature with an empty key is gone",
        Evidence::recorded("between 3.293.5 and 3.311.2"),
        |b| {
            b.configured = Configured::Yes;
            b.signs_with_empty_key = false;
        },
    ),
    Change::by(
        r(349, 3),
        "2025-07",
        "AssumeRoleWithSAML and AssumeRoleWithWebIdentity are not signed; partition aws-eusc",
        Evidence::recorded("between 3.324.13 and 3.349.3; the model of June 2025"),
        |b| {
            b.signs_all = false;
            b.vintage.eusc = true;
        },
    ),
    Change::since(
        r(351, 12),
        "2025-07-31",
        "the default turns from legacy to regional",
        Evidence::recorded("between 3.349.3 and 3.369.9; aws/aws-sdk-php PR #3117, issue #3159"),
        |b| b.default_legacy = false,
    ),
    Change::by(
        r(369, 9),
        "2025-12",
        "providers look at the client's region and at AWS_REGION; the chain reads the file that AWS_CONFIG_FILE names",
        Evidence::recorded("between 3.349.3 and 3.369.9; aws/aws-sdk-php PR #3203"),
        |b| {
            b.provider_finds_region = true;
            b.chain_reads_config_file = true;
            b.vintage = Vintage::NEWEST;
            b.bad_endpoint = BadEndpoint::Transport(
                "\"{url}/\"; AWS HTTP error: cURL error 3: URL using bad/illegal format or missing URL (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for {url}",
            );
        },
    ),
    Change::by(
        r(376, 2),
        "2026",
        "a line break in the transport's words",
        Evidence::recorded("between 3.369.9 and 3.376.2"),
        |b| {
            b.bad_endpoint = BadEndpoint::Transport(
                "\"{url}/\"; AWS HTTP error:\ncURL error 3: URL using bad/illegal format or missing URL (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for {url}",
            );
        },
    ),
    Change::by(
        r(391, 1),
        "2026-06",
        "`[profile dev]` is found for the region; an endpoint without scheme and host is refused by Guzzle",
        Evidence::recorded("between 3.378.0 and 3.391.1; aws/aws-sdk-php PR #3303"),
        |b| {
            b.profile_sections = true;
            b.bad_endpoint = BadEndpoint::Transport(
                "\"{url}/\"; AWS HTTP error:\nURI must include a scheme and host. Use an absolute URI, a network-path reference starting with //, or configure a base_uri.",
            );
        },
    ),
];

/// The history of PHP's behaviour.
pub static HISTORY: History<Php> = History {
    sdk: Sdk::Php,
    releases_of: "aws/aws-sdk-php",
    first: r(107, 8),
    newest: r(391, 1),
    recorded: &[
        r(107, 8),
        r(112, 1),
        r(112, 26),
        r(131, 0),
        r(132, 0),
        r(147, 4),
        r(200, 2),
        r(201, 0),
        r(204, 2),
        r(209, 0),
        r(212, 3),
        r(212, 4),
        r(242, 1),
        r(243, 0),
        r(243, 1),
        r(249, 0),
        r(279, 9),
        r(280, 0),
        r(280, 2),
        r(281, 0),
        r(293, 5),
        r(311, 2),
        r(324, 13),
        r(349, 3),
        r(369, 9),
        r(376, 2),
        r(378, 0),
        r(391, 1),
    ],
    recorded_scenarios: 1495,
    source: "aws/aws-sdk-php src, tags of the releases",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented_2024 },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented_2025 },
    ],
    quirks: QUIRKS,
};

/// The row of 2025: the setting, default regional, a failure without a Region.
fn documented_2025() -> Php {
    let newest = HISTORY.behaviour_at(HISTORY.newest);
    Php { legacy: Legacy::Documented, ..newest }
}

/// The row of 2024: the same, default legacy.
fn documented_2024() -> Php {
    Php { default_legacy: true, ..documented_2025() }
}
