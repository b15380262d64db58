//! What changed when.

use crate::quirks::QUIRKS;
use crate::{GoV1, Legacy};
use sts_endpoint_core::go_ini::{ErrorStyle, Grammar};
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

const BASE: GoV1 = GoV1 {
    setting: false,
    default_legacy: true,
    legacy: Legacy::Data,
    needs_region: false,
    loses_session_setting: false,
    names_file_key: false,
    checks_region: false,
    slash_before_parse: true,
    variants: false,
    provider_variants: false,
    web_identity: false,
    profile_wins: false,
    passes_over_files: false,
    many_types: false,
    grammar: Grammar {
        empty_values_end: false,
        may_end_at_equals: false,
        separators_in_values: false,
        typed: true,
        sub_properties: false,
        refuses_indented: false,
        error_style: ErrorStyle::TreeAndToken,
    },
    access_key_info: false,
    ap_east_1: false,
    me_south_1: false,
    gov_fips: false,
    iso: false,
    iso_e: false,
    iso_f: false,
    eusc: false,
};

static CHANGES: &[Change<GoV1>] = &[
    Change::since(
        r(1, 19, 18),
        "2019-04-25",
        "ap-east-1 has a host of its own (before: global endpoint)",
        Evidence::source("aws/aws-sdk-go aws/endpoints/defaults.go v1.19.18"),
        |b| b.ap_east_1 = true,
    ),
    Change::since(
        r(1, 19, 41),
        "2019-05-30",
        "an error in a profile file names the kind of the token, not the token",
        Evidence::source("aws/aws-sdk-go PR #2628"),
        |b| b.grammar.error_style = ErrorStyle::Tree,
    ),
    Change::since(
        r(1, 21, 0),
        "2019-07-17",
        "web identity in the credential chain; a role of a profile named in code is assumed; a profile named by a variable wins over the keys of the environment",
        Evidence::recorded("between 1.19.0 and 1.25.17; aws/aws-sdk-go PR #2667"),
        |b| {
            b.web_identity = true;
            b.profile_wins = true;
        },
    ),
    Change::since(
        r(1, 21, 4),
        "2019-07-24",
        "operation GetAccessKeyInfo",
        Evidence::recorded("between 1.19.0 and 1.25.17; aws/aws-sdk-go CHANGELOG v1.21.4"),
        |b| b.access_key_info = true,
    ),
    Change::since(
        r(1, 21, 7),
        "2019-07-29",
        "me-south-1 has a host of its own (before: global endpoint)",
        Evidence::recorded("between 1.19.0 and 1.25.17; aws/endpoints/defaults.go v1.21.7"),
        |b| b.me_south_1 = true,
    ),
    Change::since(
        r(1, 22, 0),
        "2019-08-05",
        "the keys of the environment win over a profile named by a variable again",
        Evidence::source("aws/aws-sdk-go PR #2729, issue #2727"),
        |b| b.profile_wins = false,
    ),
    Change::since(
        r(1, 23, 6),
        "2019-08-20",
        "errors in profile files are passed over where no profile is named, shared config is off and the environment has keys",
        Evidence::source("aws/aws-sdk-go PR #2731, issue #2455"),
        |b| b.passes_over_files = true,
    ),
    Change::since(
        r(1, 23, 15),
        "2019-09-04",
        "partitions aws-iso and aws-iso-b",
        Evidence::recorded("between 1.19.0 and 1.25.17; aws/endpoints/defaults.go v1.23.15"),
        |b| b.iso = true,
    ),
    Change::since(
        r(1, 25, 4),
        "2019-10-01",
        "in profile files, a property without a value ends with its line",
        Evidence::source("aws/aws-sdk-go PR #2860"),
        |b| b.grammar.empty_values_end = true,
    ),
    Change::since(
        r(1, 25, 18),
        "2019-10-23",
        "the setting, default legacy; regions off the list of 16 turn from global to regional; without a region it fails",
        Evidence::recorded("at 1.25.17 and 1.25.18; aws/aws-sdk-go PR #2779"),
        |b| {
            b.setting = true;
            b.legacy = Legacy::Listed;
            b.needs_region = true;
            b.loses_session_setting = true;
        },
    ),
    Change::since(
        r(1, 25, 20),
        "2019-10-25",
        "without a region the global endpoint is called again",
        Evidence::recorded("at 1.25.18 and 1.25.20; aws/aws-sdk-go issue #2909, PR #2911"),
        |b| b.needs_region = false,
    ),
    Change::since(
        r(1, 25, 35),
        "2019-11-13",
        "the setting given to a session in code is honoured; the error of a wrong value in a file names the file's key",
        Evidence::recorded("at 1.25.34 and 1.25.35; aws/aws-sdk-go commit a12a1902b"),
        |b| {
            b.loses_session_setting = false;
            b.names_file_key = true;
        },
    ),
    Change::since(
        r(1, 30, 23),
        "2020-05-07",
        "the FIPS pseudo-regions us-gov-east-1-fips and us-gov-west-1-fips are known",
        Evidence::source("aws/aws-sdk-go aws/endpoints/defaults.go v1.30.23"),
        |b| b.gov_fips = true,
    ),
    Change::since(
        r(1, 32, 5),
        "2020-06-18",
        "the region must be a host label",
        Evidence::recorded("between 1.32.4 and 1.41.19; aws/aws-sdk-go PR #3330"),
        |b| b.checks_region = true,
    ),
    Change::since(
        r(1, 35, 12),
        "2020-10-20",
        "a profile file may end behind an equals sign",
        Evidence::source("aws/aws-sdk-go PR #3596"),
        |b| b.grammar.may_end_at_equals = true,
    ),
    Change::since(
        r(1, 37, 0),
        "2021-01-27",
        "the error of a profile with two types of credentials names all of them",
        Evidence::source("aws/aws-sdk-go PR #3755"),
        |b| b.many_types = true,
    ),
    Change::since(
        r(1, 38, 51),
        "2021-05-27",
        "an endpoint is parsed before the operation's path is put behind it; its query is lost",
        Evidence::recorded("between 1.32.4 and 1.41.19; aws/aws-sdk-go PR #3926"),
        |b| b.slash_before_parse = false,
    ),
    Change::since(
        r(1, 39, 0),
        "2021-07-01",
        "in profile files, values may hold brackets, and begin with an equals sign or a colon",
        Evidence::source("aws/aws-sdk-go PR #3984"),
        |b| b.grammar.separators_in_values = true,
    ),
    Change::since(
        r(1, 42, 0),
        "2021-11-08",
        "FIPS and dual-stack options; they switch legacy off",
        Evidence::recorded("at 1.41.19 and 1.42.0; aws/aws-sdk-go PR #3938"),
        |b| b.variants = true,
    ),
    Change::since(
        r(1, 44, 233),
        "2023-03-30",
        "the clients inside providers see FIPS and dual-stack of environment and files",
        Evidence::recorded("at 1.44.232 and 1.44.233; aws/aws-sdk-go PR #4781"),
        |b| b.provider_variants = true,
    ),
    Change::since(
        r(1, 44, 257),
        "2023-05-04",
        "partition aws-iso-e",
        Evidence::recorded("at 1.44.256 and 1.44.257; aws/endpoints/defaults.go"),
        |b| b.iso_e = true,
    ),
    Change::since(
        r(1, 44, 283),
        "2023-06-15",
        "partition aws-iso-f",
        Evidence::recorded("between 1.44.257 and 1.44.283; aws/endpoints/defaults.go"),
        |b| b.iso_f = true,
    ),
    Change::since(
        r(1, 45, 15),
        "2023-09-20",
        "a boolean in a profile file may have anything behind it",
        Evidence::source("aws/aws-sdk-go commit 0508d4b7c"),
        |b| b.grammar.typed = false,
    ),
];

/// The history of Go V1's behaviour.
pub static HISTORY: History<GoV1> = History {
    sdk: Sdk::GoV1,
    releases_of: "github.com/aws/aws-sdk-go",
    first: r(1, 19, 0),
    newest: r(1, 55, 8),
    recorded: &[
        r(1, 19, 0),
        r(1, 25, 17),
        r(1, 25, 18),
        r(1, 25, 20),
        r(1, 25, 35),
        r(1, 32, 4),
        r(1, 41, 19),
        r(1, 42, 0),
        r(1, 44, 133),
        r(1, 44, 232),
        r(1, 44, 233),
        r(1, 44, 256),
        r(1, 44, 257),
        r(1, 44, 283),
        r(1, 55, 6),
        r(1, 55, 7),
        r(1, 55, 8),
    ],
    recorded_scenarios: 1306,
    source: "aws/aws-sdk-go aws/session and aws/endpoints, tags around the release",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};

/// The row, the same in both editions: the setting, default legacy, the global endpoint without a Region.
fn documented() -> GoV1 {
    let newest = HISTORY.behaviour_at(HISTORY.newest);
    GoV1 { legacy: Legacy::Documented, eusc: true, ..newest }
}
