//! Histories are well-formed: ordered, dated, sourced, and every change of behaviour is one that a reader can look up.

use sts_endpoint::emulators;

#[test]
fn changes_are_ordered_and_lie_within_the_history() {
    for emulator in emulators() {
        let notes: Vec<_> = emulator.changes().collect();
        for pair in notes.windows(2) {
            assert!(
                pair[0].since <= pair[1].since,
                "{}: {} stands before {}",
                emulator.sdk(),
                pair[0].since,
                pair[1].since
            );
        }
        for note in notes {
            assert!(note.since > emulator.first(), "{}@{}: {}", emulator.sdk(), note.since, note.what);
            assert!(note.since <= emulator.newest(), "{}@{}: {}", emulator.sdk(), note.since, note.what);
            assert!(
                !note.what.ends_with('.') && note.what.len() > 10,
                "{}@{}: {}",
                emulator.sdk(),
                note.since,
                note.what
            );
            assert!(!note.evidence.source.is_empty(), "{}@{}", emulator.sdk(), note.since);
            let date = note.date.split('-').map(str::len).collect::<Vec<_>>();
            assert!(
                matches!(date[..], [0] | [4] | [4, 2] | [4, 2, 2]),
                "{}@{}: {} is no date",
                emulator.sdk(),
                note.since,
                note.date
            );
        }
    }
}

#[test]
fn recorded_releases_are_ordered_and_known() {
    for emulator in emulators() {
        let recorded = emulator.recorded();
        assert!(recorded.windows(2).all(|pair| pair[0] < pair[1]), "{}", emulator.sdk());
        assert!(recorded.iter().all(|release| *release >= emulator.first() && *release <= emulator.newest()));
    }
}
