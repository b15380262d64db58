//! A key that stands in a file is always found to be mentioned: the filter in front of the readers may only err the other way.

use sts_endpoint_core::Scenario;
use sts_endpoint_core::profile::{FileKind, ProfileFile};

const TEXT: &str = "[default]\nRegion=a\n sts_regional_endpoints : b\n[services x]\nSTS =\n\tendpoint_url=http://h\n\"key-1\"= c";

#[test]
fn what_stands_there_is_mentioned_in_any_case() {
    let file = ProfileFile::new(FileKind::Config, TEXT);
    for key in [
        "region",
        "REGION",
        "sts_regional_endpoints",
        "sts.endpoint_url",
        "services: sts: endpoint_url",
        "key-1",
    ] {
        assert!(file.may_mention(key), "{key}");
    }
    // The filter may err this way, and rarely does.
    let absent = [
        "use_fips_endpoint",
        "use_dualstack_endpoint",
        "role_arn",
        "source_profile",
        "defaults_mode",
        "output",
    ];
    let missed = absent.into_iter().filter(|key| !file.may_mention(key)).count();
    assert!(missed >= absent.len() / 2, "only {missed} of {}", absent.len());
}

#[test]
fn beyond_ascii_everything_may_be_mentioned() {
    // The Kelvin sign is a `k` in lower case.
    let file = ProfileFile::new(FileKind::Config, "[default]\naws_access_\u{212a}ey_id = a\n");
    assert!(file.may_mention("aws_access_key_id") && file.may_mention("region"));
}

#[test]
fn words_of_a_key_may_stand_in_different_files() {
    let config = Scenario::new().with_file(FileKind::Config, "[profile dev]\nservices = x\n");
    assert!(!config.may_mention("services.endpoint_url"));
    let both = config.with_file(FileKind::Credentials, "[dev]\nendpoint_url = u\n");
    assert!(both.may_mention("services.endpoint_url"));
    assert!(!Scenario::new().may_mention("region"));
}
