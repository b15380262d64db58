//! What changed when. Java 1.x tells little in its changelog; most changes are bracketed by recorded releases.

use crate::quirks::QUIRKS;
use crate::{Data, JavaV1, Refresh, Scanner};
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

const BASE: JavaV1 = JavaV1 {
    data: Data { refresh: Refresh::R1_11_238, regional: false, unknown_is_commercial: false },
    setting: false,
    web_identity: false,
    access_key_info: false,
    can_disable_metadata: false,
    scanner: Scanner { last_key_counts: false, numbers_lines: false, tries_prefix: false },
    tells_reasons: false,
    names_bad_endpoints: false,
    documented: false,
};

static CHANGES: &[Change<JavaV1>] = &[
    Change::by(
        r(1, 11, 271),
        "",
        "endpoint data: eu-west-3, cn-northwest-1",
        Evidence::recorded("between 1.11.238 and 1.11.271"),
        |b| b.data.refresh = Refresh::R1_11_271,
    ),
    Change::since(
        r(1, 11, 285),
        "2018-02-23",
        "AWS_EC2_METADATA_DISABLED",
        Evidence::recorded("between 1.11.271 and 1.11.613; run at 1.11.284 and 1.11.285"),
        |b| b.can_disable_metadata = true,
    ),
    Change::since(
        r(1, 11, 313),
        "2018-04",
        "the error of the default credential chain tells each provider's reason",
        Evidence::recorded("between 1.11.271 and 1.11.613; run at 1.11.312 and 1.11.313"),
        |b| b.tells_reasons = true,
    ),
    Change::since(
        r(1, 11, 337),
        "2018-05",
        "a name that no partition knows is a region of aws, at the global endpoint; before, it was no region",
        Evidence::recorded(
            "between 1.11.271 and 1.11.613; run at 1.11.336 and 1.11.337; PartitionMetadataProvider.createNewRegion",
        ),
        |b| b.data.unknown_is_commercial = true,
    ),
    Change::since(
        r(1, 11, 598),
        "2019-07-24",
        "the operation GetAccessKeyInfo",
        Evidence::recorded("between 1.11.271 and 1.11.613; run at 1.11.597 and 1.11.598"),
        |b| b.access_key_info = true,
    ),
    Change::by(
        r(1, 11, 613),
        "2019-08-16",
        "endpoint data: ap-east-1, eu-north-1, me-south-1; errors tell line numbers",
        Evidence::recorded("between 1.11.271 and 1.11.613"),
        |b| {
            b.data.refresh = Refresh::R1_11_613;
            b.scanner.numbers_lines = true;
        },
    ),
    Change::since(
        r(1, 11, 618),
        "2019-08-23",
        "the setting is read: AWS_STS_REGIONAL_ENDPOINTS and sts_regional_endpoints, legacy by default, with the list of 16 regions; under regional the endpoint data still has the global host for most regions",
        Evidence::recorded(
            "between 1.11.613 and 1.11.835; run at 1.11.617 and 1.11.618; aws/aws-sdk-java PR #2428, issue #2023",
        ),
        |b| b.setting = true,
    ),
    Change::since(
        r(1, 11, 621),
        "2019-08-28",
        "web identity tokens in the default credential chain",
        Evidence::recorded(
            "between 1.11.613 and 1.11.835; run at 1.11.620 and 1.11.621. The Amazon EKS user guide asks for 1.11.704",
        ),
        |b| b.web_identity = true,
    ),
    Change::since(
        r(1, 11, 658),
        "2019-10-23",
        "endpoint data: listed regions get hosts of their own, so that regional has an effect",
        Evidence::recorded("between 1.11.613 and 1.11.835; run at 1.11.657 and 1.11.658"),
        |b| b.data.regional = true,
    ),
    Change::by(
        r(1, 11, 835),
        "2020-08",
        "endpoint data: af-south-1, eu-south-1, partitions aws-iso and aws-iso-b; the error for an endpoint without a host names it",
        Evidence::recorded("between 1.11.613 and 1.11.835"),
        |b| {
            b.data.refresh = Refresh::R1_11_835;
            b.names_bad_endpoints = true;
        },
    ),
    Change::since(
        r(1, 12, 79),
        "2021-10-01",
        "region and role are found in [profile x] too",
        Evidence::recorded(
            "between 1.11.901 and 1.12.262; run at 1.12.78 and 1.12.79; AllProfiles.getProfile",
        ),
        |b| b.scanner.tries_prefix = true,
    ),
    Change::by(
        r(1, 12, 262),
        "2022-07",
        "endpoint data: ap-northeast-3, ap-southeast-3",
        Evidence::recorded("between 1.11.901 and 1.12.262"),
        |b| b.data.refresh = Refresh::R1_12_262,
    ),
    Change::since(
        r(1, 12, 502),
        "2023-07-05",
        "the last of two equal keys counts instead of failing the file",
        Evidence::recorded("between 1.12.262 and 1.12.705; run at 1.12.501 and 1.12.502"),
        |b| b.scanner.last_key_counts = true,
    ),
    Change::by(
        r(1, 12, 705),
        "2024-04",
        "endpoint data: seven more regions, aws-iso-e, aws-iso-f",
        Evidence::recorded("between 1.12.262 and 1.12.705"),
        |b| b.data.refresh = Refresh::R1_12_705,
    ),
];

const NEWEST: Release = r(1, 12, 705);

/// The rows "Java 1.x": the setting, legacy by default, the global endpoint without a Region. The editions do not differ.
fn documented() -> JavaV1 {
    JavaV1 { documented: true, ..HISTORY.behaviour_at(NEWEST) }
}

/// Java 1.x, release by release.
pub static HISTORY: History<JavaV1> = History {
    sdk: Sdk::JavaV1,
    releases_of: "AWS SDK for Java 1.x (com.amazonaws)",
    first: r(1, 11, 238),
    newest: NEWEST,
    recorded: &[
        r(1, 11, 238),
        r(1, 11, 271),
        r(1, 11, 613),
        r(1, 11, 835),
        r(1, 11, 901),
        r(1, 12, 262),
        NEWEST,
    ],
    recorded_scenarios: 1428,
    source: "aws/aws-sdk-java: aws-java-sdk-core regions, partitions, auth/profile; aws-java-sdk-sts",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};
