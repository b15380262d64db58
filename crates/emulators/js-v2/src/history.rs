//! What changed when.

use crate::quirks::QUIRKS;
use crate::{JsV2, Regional, Setting, WebIdentity};
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32) -> Release {
    Release::new(&[2, minor, 0])
}

const BASE: JsV2 = JsV2 {
    setting: Setting::Unknown,
    default_legacy: true,
    setting_without_credentials_file: false,
    regional: Regional::Inserted,
    merges_profiles: false,
    tolerates_missing_credentials: false,
    provider_tolerates_missing_credentials: false,
    ignores_empty_values: false,
    checks_region: false,
    pseudo_regions: false,
    fips: false,
    dual_stack: false,
    iso: false,
    iso_e: false,
    iso_f: false,
    web_identity: WebIdentity::None,
    access_key_info: false,
    documented: false,
};

static CHANGES: &[Change<JsV2>] = &[
    Change::by(
        r(497),
        "2019-07",
        "operation GetAccessKeyInfo",
        Evidence::recorded("between 2.200.0 and 2.516.0"),
        |b| b.access_key_info = true,
    ),
    Change::since(
        r(517),
        "2019-08",
        "web identity token file provider",
        Evidence::recorded("at 2.516.0 and 2.517.0; aws/aws-sdk-js #2737"),
        |b| b.web_identity = WebIdentity::First,
    ),
    Change::since(
        r(518),
        "2019-08",
        "the provider reads AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
        Evidence::recorded("at 2.517.0 and 2.518.0; aws/aws-sdk-js #2820"),
        |b| b.web_identity = WebIdentity::Variables,
    ),
    Change::since(
        r(525),
        "2019-09-09",
        "the setting, default legacy",
        Evidence::recorded("at 2.518.0 and 2.525.0; aws/aws-sdk-js #2838"),
        |b| b.setting = Setting::LastWins,
    ),
    Change::since(
        r(581),
        "2019-12-02",
        "the setting: code before variable before file; the regional host is broken",
        Evidence::recorded("at 2.580.0 and 2.581.0; aws/aws-sdk-js #2960"),
        |b| {
            b.setting = Setting::FirstWins;
            b.regional = Regional::Broken;
        },
    ),
    Change::since(
        r(585),
        "2019-12-05",
        "the regional host is repaired",
        Evidence::recorded("at 2.584.0 and 2.585.0; aws/aws-sdk-js #2994"),
        |b| b.regional = Regional::Repaired,
    ),
    Change::since(
        r(610),
        "2020-01-24",
        "us-iso and us-isob regions have hosts of their own",
        Evidence::recorded("between 2.585.0 and 2.698.0; aws/aws-sdk-js #3064, #3066"),
        |b| b.iso = true,
    ),
    Change::since(
        r(721),
        "2020-07-27",
        "the region must be a host label where the host is not the global one",
        Evidence::source("aws/aws-sdk-js #3368"),
        |b| b.checks_region = true,
    ),
    Change::since(
        r(758),
        "2020-09-22",
        "the keys of a profile in both files are merged; a role profile's client takes the profile's region, else us-east-1",
        Evidence::recorded("at 2.757.0 and 2.758.0; aws/aws-sdk-js #3447"),
        |b| b.merges_profiles = true,
    ),
    Change::since(
        r(775),
        "2020-10-20",
        "the setting of the config file counts where there is no credentials file",
        Evidence::recorded("at 2.774.0 and 2.775.0; aws/aws-sdk-js #3492"),
        |b| {
            b.setting_without_credentials_file = true;
            b.provider_tolerates_missing_credentials = true;
        },
    ),
    Change::since(
        r(882),
        "2021-04-07",
        "a missing credentials file is no error where the region is looked for",
        Evidence::recorded("between 2.775.0 and 2.1012.0; aws/aws-sdk-js #3684"),
        |b| b.tolerates_missing_credentials = true,
    ),
    Change::since(
        r(1013),
        "2021-10-22",
        "FIPS pseudo-regions",
        Evidence::recorded("at 2.1012.0 and 2.1013.0; aws/aws-sdk-js #3923"),
        |b| b.pseudo_regions = true,
    ),
    Change::since(
        r(1027),
        "2021-11-11",
        "FIPS option; aws-global stands for us-east-1, aws-us-gov-global for us-gov-west-1",
        Evidence::recorded("at 2.1026.0 and 2.1027.0; aws/aws-sdk-js #3951"),
        |b| b.fips = true,
    ),
    Change::since(
        r(1028),
        "2021-11-12",
        "dual-stack option",
        Evidence::recorded("between 2.1027.0 and 2.1153.0; aws/aws-sdk-js #3957"),
        |b| b.dual_stack = true,
    ),
    Change::since(
        r(1154),
        "2022-06-14",
        "a key without value is no key",
        Evidence::recorded("at 2.1153.0 and 2.1154.0; aws/aws-sdk-js #4125"),
        |b| b.ignores_empty_values = true,
    ),
    Change::since(
        r(1587),
        "2024-03-27",
        "eu-isoe regions have hosts of their own",
        Evidence::recorded("at 2.1586.0 and 2.1587.0; aws/aws-sdk-js #4619"),
        |b| b.iso_e = true,
    ),
    Change::since(
        r(1601),
        "2024-04-17",
        "us-isof regions have hosts of their own",
        Evidence::recorded("between 2.1587.0 and 2.1601.0; aws/aws-sdk-js #4629"),
        |b| b.iso_f = true,
    ),
];

/// The history of JavaScript 2.x's behaviour.
pub static HISTORY: History<JsV2> = History {
    sdk: Sdk::JsV2,
    releases_of: "aws-sdk (npm)",
    first: r(200),
    newest: r(1693),
    recorded: &[
        r(200),
        r(516),
        r(517),
        r(518),
        r(525),
        r(526),
        r(579),
        r(580),
        r(581),
        r(584),
        r(585),
        r(698),
        r(699),
        r(720),
        r(721),
        r(757),
        r(758),
        r(774),
        r(775),
        r(1012),
        r(1013),
        r(1026),
        r(1027),
        r(1153),
        r(1154),
        r(1400),
        r(1586),
        r(1587),
        r(1601),
        r(1693),
    ],
    recorded_scenarios: 1753,
    source: "aws/aws-sdk-js lib/, tags around the release",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};

/// The row, the same in both editions: the setting, default legacy, the global endpoint without a Region.
fn documented() -> JsV2 {
    JsV2 { documented: true, ..HISTORY.behaviour_at(HISTORY.newest) }
}
