//! Corners of the profile files as the AWS Common Runtime reads them (awslabs/aws-c-sdkutils `source/aws_profile.c`).

use sts_endpoint_core::common_runtime::{Files, Kind};
use sts_endpoint_core::{FileKind, Scenario};

fn scenario(kind: FileKind, text: &str) -> Scenario {
    Scenario::new().with_file(kind, text)
}

fn region(kind: FileKind, name: &str, text: &str) -> Option<String> {
    let scenario = scenario(kind, text);
    let found = Files::read(&scenario).get(Kind::Profile, name, "region");
    found.map(|property| property.value.text.into())
}

#[test]
fn a_file_that_cannot_be_read_counts_as_absent() {
    for (text, there, default, dev) in [
        ("", true, false, false),
        ("[default]\nregion = a\n", true, true, false),
        ("[profile dev]\nregion = a\n", true, false, true),
        ("[services dev]\nx =\n", true, false, false),
        ("[default]\nregion = a\n[default\n", false, false, false),
    ] {
        let scenario = scenario(FileKind::Config, text);
        let files = Files::read(&scenario);
        assert_eq!(files.are_there(), there, "{text:?}");
        let has = |name| files.has(Kind::Profile, name);
        assert_eq!((has("default"), has("dev")), (default, dev), "{text:?}");
        assert!(!files.config_alone().has(Kind::Services, "default"));
    }
    assert!(!Files::read(&Scenario::new()).are_there());
    let broken = scenario(FileKind::Config, "[default]\nregion = a\nodd\n");
    assert!(Files::read(&broken).get(Kind::Profile, "default", "region").is_none());
}

#[test]
fn sections_of_one_name_are_merged_unless_default_gets_its_prefix() {
    let config = |name, text| region(FileKind::Config, name, text);
    assert_eq!(config("default", "[default]\nregion = a\n[profile dev]\nx = y\n").as_deref(), Some("a"));
    assert_eq!(config("default", "[default]\nregion = a\n[default]\nx = y\n").as_deref(), Some("a"));
    assert_eq!(config("default", "[profile dev]\nx = y\n[default]\nregion = a\n").as_deref(), Some("a"));
    assert_eq!(config("default", "[services default]\nx =\n[default]\nregion = a\n").as_deref(), Some("a"));
    assert_eq!(config("dev", "[profile dev]\nregion = a\n[profile dev]\nx = y\n").as_deref(), Some("a"));
    let credentials = region(FileKind::Credentials, "dev", "[dev]\nregion = a\n[dev]\nx = y\n");
    assert_eq!(credentials.as_deref(), Some("a"));
}

#[test]
fn an_indented_line_belongs_to_the_property_right_above() {
    let text = "[default]\nregion = a\nother = b\n  c\n";
    assert_eq!(region(FileKind::Config, "default", text).as_deref(), Some("a"));
    let text = "[services s]\nsts =\n  x = y\n# note\n\n  endpoint_url = u\nother =\n  endpoint_url = v\n";
    let scenario = scenario(FileKind::Config, text);
    let sts = Files::read(&scenario).get(Kind::Services, "s", "sts").unwrap();
    assert_eq!(sts.sub_property("endpoint_url").map(|value| (value.text, value.line)), Some(("u", 6)));
}
