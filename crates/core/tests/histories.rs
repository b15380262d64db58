//! A history of two changes and a gap in its recordings: what it says of each release.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use sts_endpoint_core::{
    Behaviour, Change, Edited, Edition, Emulator, Endpoint, Evidence, Grade, History, Outcome, PolicyId,
    Release, Resolution, ResolutionPolicy, Scenario, Sdk, Standing, Trace, Version,
};

/// Goes to the region that its number names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Numbered(u8);

impl Behaviour for Numbered {
    fn resolve<'a>(&'a self, _: &'a Scenario, _: &mut dyn Trace) -> Outcome<'a> {
        let region = ["zero", "one", "two"][usize::from(self.0)];
        Resolution::new(Endpoint::regional(region, "example"), region).into()
    }
}

const fn r(minor: u32) -> Release {
    Release::new(&[1, minor])
}

/// Recorded at 1.1 and 1.2, and again at 1.5 and 1.9; it changed at 1.3, and at 1.9 at the latest.
const NUMBERED: History<Numbered> = History {
    sdk: Sdk::Kotlin,
    releases_of: "a part",
    first: r(0),
    newest: r(9),
    recorded: &[r(1), r(2), r(5), r(9)],
    recorded_scenarios: 7,
    source: "a source",
    base: || Numbered(0),
    changes: &[
        Change::since(r(3), "2020-01-01", "one", Evidence::source("there"), |b| b.0 = 1),
        Change::by(r(9), "", "two", Evidence::documented("here"), |b| b.0 = 2),
    ],
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: || Numbered(0) },
        Edited { edition: Edition::Docs2025, row: None, behaviour: || Numbered(2) },
        Edited { edition: Edition::Docs2025, row: Some(3), behaviour: || Numbered(1) },
    ],
    quirks: &[],
};

#[test]
fn an_emulator_says_what_its_history_holds() {
    let emulator: &dyn Emulator = &NUMBERED;
    assert_eq!((emulator.sdk(), emulator.releases_of()), (Sdk::Kotlin, "a part"));
    assert_eq!((emulator.first(), emulator.newest()), (r(0), r(9)));
    assert_eq!((emulator.recorded().len(), emulator.recorded_scenarios()), (4, 7));
    let changes: Vec<_> = emulator.changes().map(|note| (note.what, note.exact)).collect();
    assert_eq!(changes, [("one", true), ("two", false)]);
    assert!(emulator.quirks().is_empty());
}

#[test]
fn a_release_is_answered_with_the_changes_up_to_it() {
    let behaviour = |release| NUMBERED.behaviour_at(release).0;
    assert_eq!([r(0), r(2), r(3), r(8), r(9), r(10)].map(behaviour), [0, 0, 1, 1, 2, 2]);
    let standing = |release| NUMBERED.policy_at(release).map(|(_, standing)| standing);
    assert_eq!(standing(r(9)), Ok(Standing::Known));
    assert_eq!(standing(r(10)), Ok(Standing::NewerThan(r(9))));
    let unknown = standing(Release::new(&[0, 9])).unwrap_err();
    let says = "kotlin@0.9 is older than the history of kotlin, which begins with 1.0; ask for 1.0 or later";
    assert_eq!(unknown.to_string(), says);
    assert_eq!(
        (NUMBERED.latest().id(), NUMBERED.latest().behaviour().0),
        (PolicyId::release(Sdk::Kotlin, r(9)), 2)
    );
}

#[test]
fn evidence_is_a_recording_where_no_change_lies_between_two() {
    let between = Evidence::recorded("before and after this release, with no change between");
    let here = Evidence::recorded("at this release");
    let read = Evidence::source("a source");
    for (minor, evidence) in [
        (0, read), // before the first recording
        (1, here),
        (2, here),
        (3, read), // the change lies between 1.2 and 1.5
        (4, read),
        (5, here),
        (6, read), // the change by 1.9 may have come at any release since 1.5
        (9, here),
        (10, read), // behind the last recording
    ] {
        assert_eq!(NUMBERED.evidence_at(r(minor)), evidence, "1.{minor}");
        let (policy, _) = NUMBERED.policy_at(r(minor)).unwrap();
        assert_eq!(policy.evidence(), evidence, "1.{minor}");
    }
    // 1.1 lies before 1.2 in the same way as 1.1.5, which nobody recorded.
    assert_eq!(NUMBERED.evidence_at(Release::new(&[1, 1, 5])), between);
    // A change at a recorded release lies before the releases behind it.
    const FROM_THE_CHANGE: History<Numbered> = History { recorded: &[r(3), r(5)], ..NUMBERED };
    assert_eq!(FROM_THE_CHANGE.evidence_at(r(4)), between);
    assert_eq!(between.to_string(), "recorded: before and after this release, with no change between");
    assert_eq!(format!("{:>10}|", Grade::Source), "    source|");
}

#[test]
fn editions_have_rows() {
    let emulator: &dyn Emulator = &NUMBERED;
    assert_eq!(emulator.older_rows(Edition::Docs2025).collect::<Vec<_>>(), [3]);
    assert_eq!(emulator.older_rows(Edition::Docs2024).count(), 0);
    let names = [
        emulator.edition(Edition::Docs2024).id().to_string(),
        emulator.edition(Edition::Docs2025).id().to_string(),
        emulator.older_row(Edition::Docs2025, 3).unwrap().id().to_string(),
    ];
    assert_eq!(names, ["kotlin@docs-2024", "kotlin@docs-2025", "kotlin@docs-2025/3"]);
    assert!(emulator.older_row(Edition::Docs2024, 3).is_none());
    assert_eq!(NUMBERED.row(Edition::Docs2025, Some(3)).unwrap().behaviour().0, 1);
    assert_eq!(NUMBERED.in_edition(Edition::Docs2024).behaviour().0, 0);
    assert_eq!(NUMBERED.in_edition(Edition::Docs2024).evidence().grade, Grade::Documented);
    // An edition without a row for the SDK is answered as the newest release.
    assert_eq!(History { editions: &[], ..NUMBERED }.in_edition(Edition::Docs2024).behaviour().0, 2);
}

#[test]
fn policies_behave_alike_where_their_behaviours_are_equal() {
    /// Answers as [`Numbered`], and says nothing of how.
    struct Silent;
    impl ResolutionPolicy for Silent {
        fn id(&self) -> PolicyId {
            PolicyId::edition(Sdk::Rust, Edition::NEWEST)
        }
        fn evidence(&self) -> Evidence {
            Evidence::source("")
        }
        fn resolve_traced<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
            Numbered(0)
                .resolve(scenario, trace)
                .resolution()
                .map_or(Outcome::NotApplicable("".into()), |_| Outcome::NotApplicable("resolved".into()))
        }
    }
    let at = |minor| NUMBERED.policy_at(r(minor)).unwrap().0;
    assert!(at(0).behaves_as(&at(2)));
    assert!(!at(2).behaves_as(&at(3)));
    assert!(!at(0).behaves_as(&Silent) && !Silent.behaves_as(&at(0)) && Silent.behaviour().is_none());
    let scenario = Scenario::new();
    assert_eq!(at(3).resolve(&scenario).to_string(), "https://sts.one.example/ signed for one");
}

#[test]
fn equal_releases_hash_alike() {
    let hash = |release: Release| {
        let mut hasher = DefaultHasher::new();
        release.hash(&mut hasher);
        hasher.finish()
    };
    let parse = |text: &str| text.parse::<Release>().unwrap();
    assert_eq!(hash(parse("1.40")), hash(parse("1.40.0")));
    let hashes: HashSet<u64> = ["1.40", "1.41", "2.40"].map(|text| hash(parse(text))).into();
    assert_eq!(hashes.len(), 3);
    assert_eq!(Version::Release(parse("1.2.3.4")).to_string(), "1.2.3.4");
    assert_eq!(format!("{:>10}|", Edition::Docs2024), " docs-2024|");
    assert_eq!(
        "x".parse::<Release>().unwrap_err().to_string(),
        "not a release; expected numbers such as 1.40.0"
    );
}
