//! What a chain finds, told or untold; and the words in which it is told.

use sts_endpoint_core::profile::Section;
use sts_endpoint_core::{
    Accept, Chain, Dialect, FileKind, Look, NoProfile, Profile, Scenario, Source, Step, Trace, Value,
};

/// Writes down every step.
#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    unreached: bool,
}

impl Trace for Notes {
    fn step(&mut self, step: Step<'_>) {
        self.lines.push(match step {
            Step::Looked { value, found, verdict, .. } => {
                format!("{value} {}: {verdict}", found.map_or("-".into(), |found| found.origin.to_string()))
            }
            Step::Rule(rule) => rule.into(),
            _ => "?".into(),
        });
    }

    fn wants_unreached(&self) -> bool {
        self.unreached
    }
}

const REGION: Chain = Chain::new(
    Value::Region,
    &[
        Source::Code("region"),
        Source::Property("aws.region"),
        Source::Variable("AWS_REGION"),
        Source::Metadata,
    ],
);

fn scenario() -> Scenario {
    let mut scenario = Scenario::new().with_variable("AWS_REGION", "v");
    scenario.properties.set("aws.region", "");
    scenario.imds_region = Some("m".into());
    scenario
}

#[test]
fn a_chain_finds_the_same_whether_told_or_not() {
    let scenario = scenario();
    for (accept, text) in [(Accept::NonEmpty, "v"), (Accept::Present, "")] {
        let untold = REGION.first(&mut Look::new(&scenario, &NoProfile, &mut ()), accept).unwrap();
        let told =
            REGION.first(&mut Look::new(&scenario, &NoProfile, &mut Notes::default()), accept).unwrap();
        assert_eq!((untold.text, told), (text, untold));
    }
}

#[test]
fn the_trace_hears_of_places_up_to_the_first_hit_or_of_all() {
    let scenario = scenario();
    let told = |unreached| {
        let mut notes = Notes { unreached, ..Notes::default() };
        let mut look = Look::new(&scenario, &NoProfile, &mut notes);
        REGION.first(&mut look, Accept::NonEmpty);
        look.note("a rule");
        notes.lines
    };
    let reached =
        ["region -: not set", "region -Daws.region: empty, does not count", "region $AWS_REGION: used"];
    assert_eq!(told(false), [&reached[..], &["a rule"]].concat());
    let all = [&reached[..], &["region instance metadata: not reached", "a rule"]].concat();
    assert_eq!(told(true), all);
}

#[test]
fn each_place_is_looked_at() {
    const URL: Chain = Chain::new(
        Value::Region,
        &[
            Source::Code("region"),
            Source::Variable("AWS_REGION"),
            Source::Property("aws.region"),
            Source::Profile("region"),
            Source::Metadata,
        ],
    );
    let file = |kind, text: &str| Scenario::new().with_file(kind, text);
    let mut metadata = Scenario::new();
    metadata.imds_region = Some("r".into());
    let mut property = Scenario::new();
    property.properties.set("aws.region", "r");
    for (scenario, origin) in [
        (Scenario::new(), None),
        (Scenario::new().with_code_region("r"), Some("region in code")),
        (Scenario::new().with_variable("AWS_REGION", "r"), Some("$AWS_REGION")),
        (property, Some("-Daws.region")),
        (file(FileKind::Config, "[default]\nregion = r\n"), Some("config:2")),
        (file(FileKind::Credentials, "[default]\nregion = r\n"), Some("credentials:2")),
        (file(FileKind::Config, "[default]\nother = r\n"), None),
        (metadata.clone(), Some("instance metadata")),
        (metadata.with_variable("AWS_EC2_METADATA_DISABLED", "True"), None),
    ] {
        let section = |kind: FileKind| Some(Section::named(scenario.file(kind)?, &Dialect::PLAIN, "default"));
        let profile = [section(FileKind::Credentials), section(FileKind::Config)];
        for trace in [&mut () as &mut dyn Trace, &mut Notes::default()] {
            let found = URL.first(&mut Look::new(&scenario, &profile, trace), Accept::Present);
            assert_eq!(found.map(|found| found.origin.to_string()).as_deref(), origin, "{scenario:?}");
        }
    }
}

#[test]
fn a_profile_is_the_first_section_that_has_the_key() {
    let scenario = Scenario::new()
        .with_file(FileKind::Config, "[default]\na = 1\nb = 2\n")
        .with_file(FileKind::Credentials, "[default]\na = 3\n");
    let section = |kind: FileKind| Some(Section::named(scenario.file(kind)?, &Dialect::PLAIN, "default"));
    let both = [None, section(FileKind::Credentials), section(FileKind::Config)];
    let text = |key| both.get(key).map(|value| value.text);
    assert_eq!([text("a"), text("b"), text("c")], [Some("3"), Some("2"), None]);
    let one = section(FileKind::Config).unwrap();
    assert_eq!(Profile::get(&one, "a").map(|value| value.text), Some("1"));
}

#[test]
fn a_trace_is_told_of_places_that_were_reached_unless_it_asks_for_more() {
    /// Counts.
    struct Steps(usize);
    impl Trace for Steps {
        fn step(&mut self, _: Step<'_>) {
            self.0 += 1;
        }
    }
    let (scenario, mut steps) = (scenario(), Steps(0));
    REGION.first(&mut Look::new(&scenario, &NoProfile, &mut steps), Accept::NonEmpty);
    assert_eq!(steps.0, 3);
}
