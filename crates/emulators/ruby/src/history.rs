//! What changed when.

use crate::profile::Blank;
use crate::quirks::QUIRKS;
use crate::{Legacy, Presigner, RegionCheck, Ruby};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[3, minor, patch])
}

const BASE: Ruby = Ruby {
    setting: false,
    default_legacy: true,
    legacy: Legacy::Data,
    profile_before_keys: false,
    region_to_web_identity: false,
    presigner: Presigner::None,
    chains_roles: false,
    check: RegionCheck::None,
    clashes_with_sts: true,
    scope_by_setting: false,
    variants: false,
    rules: false,
    chain_finds_region: false,
    configured_endpoints: false,
    blank: Blank::Value,
    environment_source: false,
    vintage: Vintage::FIRST,
};

static CHANGES: &[Change<Ruby>] = &[
    Change::since(
        r(71, 0),
        "2019-10-23",
        "the setting, default legacy; regions off the list of 16 turn from global to regional",
        Evidence::recorded("at 3.70.0 and 3.71.0; aws/aws-sdk-ruby 5720bff07a"),
        |b| {
            b.setting = true;
            b.legacy = Legacy::Listed;
        },
    ),
    Change::since(
        r(85, 0),
        "2019-12-09",
        "a presigner, always for the regional host",
        Evidence::recorded(
            "between 3.71.0 and 3.85.0; aws-sdk-sts/presigner.rb; gems/aws-sdk-core/CHANGELOG.md 3.85.0",
        ),
        |b| b.presigner = Presigner::Regional,
    ),
    Change::since(
        r(90, 0),
        "2020-02-12",
        "a profile named for a client comes before keys of the environment",
        Evidence::recorded("at 3.71.0 and 3.90.0; gems/aws-sdk-core/CHANGELOG.md"),
        |b| b.profile_before_keys = true,
    ),
    Change::since(
        r(90, 1),
        "2020-02-14",
        "a client's region is handed to its provider of a web identity",
        Evidence::recorded("at 3.90.0 and 3.90.1; aws/aws-sdk-ruby issue #2126, 0315e89000"),
        |b| b.region_to_web_identity = true,
    ),
    Change::since(
        r(92, 0),
        "2020-03-20",
        "the default turns from legacy to regional",
        Evidence::recorded("at 3.91.1 and 3.92.0; aws/aws-sdk-ruby b84cbbc75c"),
        |b| b.default_legacy = false,
    ),
    Change::since(
        r(99, 0),
        "2020-06-10",
        "the region must be a host label",
        Evidence::recorded("between 3.98.0 and 3.104.3; aws/aws-sdk-ruby f52fd55ced"),
        |b| b.check = RegionCheck::LabelWithLetter,
    ),
    Change::since(
        r(109, 0),
        "2020-09-30",
        "a region of digits alone is allowed, an empty one in code is a wrong one",
        Evidence::recorded(
            "between 3.104.3 and 3.121.6, run at 3.108.0 and 3.109.0; aws/aws-sdk-ruby fb099b1234",
        ),
        |b| b.check = RegionCheck::Label,
    ),
    Change::since(
        r(115, 0),
        "2021-06-23",
        "a source profile may be a role itself",
        Evidence::recorded(
            "at 3.114.3 and 3.115.0; aws-sdk-core/shared_config.rb resolve_source_profile; gems/aws-sdk-core/CHANGELOG.md",
        ),
        |b| b.chains_roles = true,
    ),
    Change::since(
        r(121, 4),
        "2021-10-28",
        "under legacy a listed region is signed for us-east-1 whatever the host",
        Evidence::recorded(
            "between 3.104.3 and 3.121.6, run at 3.121.3 and 3.121.4; gems/aws-sdk-core/CHANGELOG.md",
        ),
        |b| {
            b.scope_by_setting = true;
            b.clashes_with_sts = false;
        },
    ),
    Change::since(
        r(122, 0),
        "2021-11-04",
        "FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on",
        Evidence::recorded("at 3.121.6 and 3.122.0; aws/aws-sdk-ruby f211d8cea7"),
        |b| {
            b.variants = true;
            b.presigner = Presigner::Configured;
        },
    ),
    Change::since(
        r(165, 0),
        "2022-10-25",
        "endpoint rules: FIPS and dual-stack are refused beside an endpoint; legacy breaks web identity",
        Evidence::recorded("at 3.164.0 and 3.165.0; aws/aws-sdk-ruby f3072f1cf0"),
        |b| {
            b.rules = true;
            b.presigner = Presigner::Rules;
            b.scope_by_setting = false;
        },
    ),
    Change::since(
        r(168, 2),
        "2022-11-29",
        "a credential chain without a client looks for a region itself",
        Evidence::recorded("at 3.168.1 and 3.168.2; aws/aws-sdk-ruby 96e49c5a82"),
        |b| b.chain_finds_region = true,
    ),
    Change::since(
        r(171, 1),
        "2023-05-04",
        "partition aws-iso-e",
        Evidence::recorded(
            "between 3.169.0 and 3.177.0, run at 3.171.0 and 3.171.1; aws/aws-sdk-ruby ebde3b1033",
        ),
        |b| b.vintage.iso_e = true,
    ),
    Change::since(
        r(175, 0),
        "2023-06-15",
        "partition aws-iso-f",
        Evidence::recorded(
            "between 3.169.0 and 3.177.0, run at 3.174.0 and 3.175.0; aws/aws-sdk-ruby a2d7c9df0f",
        ),
        |b| b.vintage.iso_f = true,
    ),
    Change::since(
        r(178, 0),
        "2023-07-11",
        "endpoint overrides of environment and profile; a key with a blank value in a profile file has none",
        Evidence::recorded("at 3.177.0 and 3.178.0; aws/aws-sdk-ruby a6d75336ff, fe69de10c3"),
        |b| {
            b.configured_endpoints = true;
            b.blank = Blank::Parent;
        },
    ),
    Change::since(
        r(180, 2),
        "2023-08-07",
        "a blank value in a profile file is a value again: as a region, it is a wrong one",
        Evidence::recorded("between 3.178.0 and 3.211.0; aws/aws-sdk-ruby 4e2aa9fe0c"),
        |b| b.blank = Blank::Value,
    ),
    Change::since(
        r(231, 0),
        "2025-08-26",
        "credential_source = Environment",
        Evidence::recorded("between 3.212.0 and 3.257.0; gems/aws-sdk-core/CHANGELOG.md 3.231.0"),
        |b| b.environment_source = true,
    ),
    Change::by(
        r(257, 0),
        "2026",
        "partition aws-eusc; dual-stack hosts of the iso partitions",
        Evidence::recorded("between 3.212.0 and 3.257.0; aws-partitions 1.292"),
        |b| b.vintage = Vintage::NEWEST,
    ),
];

/// The history of Ruby's behaviour.
pub static HISTORY: History<Ruby> = History {
    sdk: Sdk::Ruby,
    releases_of: "aws-sdk-core",
    first: r(70, 0),
    newest: r(257, 0),
    recorded: &[
        r(70, 0),
        r(71, 0),
        r(90, 0),
        r(90, 1),
        r(91, 1),
        r(98, 0),
        r(104, 3),
        r(121, 6),
        r(122, 0),
        r(165, 0),
        r(168, 1),
        r(168, 2),
        r(169, 0),
        r(177, 0),
        r(178, 0),
        r(211, 0),
        r(212, 0),
        r(257, 0),
    ],
    recorded_scenarios: 1495,
    source: "aws/aws-sdk-ruby gems/aws-sdk-core, aws-sdk-sts and aws-partitions, commits of the releases",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};

/// The row, the same in both editions: the setting, default regional, a failure without a Region.
fn documented() -> Ruby {
    let newest = HISTORY.behaviour_at(HISTORY.newest);
    Ruby { legacy: Legacy::Documented, ..newest }
}
