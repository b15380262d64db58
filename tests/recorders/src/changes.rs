//! What is different between two releases, or between a recording and a fresh one, alike changes together.

use std::fmt::Write;
use sts_endpoint_conformance::recordings::RecordedOutcome;

/// How many kinds of change are printed.
const KINDS: usize = 25;

/// How many scenarios of a kind are named.
const NAMED: usize = 3;

/// A scenario whose outcome differs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change<'a> {
    /// The scenario's id.
    pub(crate) scenario: &'a str,
    /// The outcome before, or as recorded.
    pub(crate) before: &'a RecordedOutcome,
    /// The outcome after, or fresh.
    pub(crate) after: &'a RecordedOutcome,
}

/// An outcome with `{region}` for the region in its host, where it is signed for that region or not at all: what
/// `sts.us-west-2.amazonaws.com` and `sts.eu-west-1.amazonaws.com` have in common.
fn shape(outcome: &RecordedOutcome) -> String {
    let RecordedOutcome::Request { url, signing_region } = outcome else {
        return outcome.to_string();
    };
    let in_host = url.strip_prefix("https://sts").and_then(|rest| rest.split('.').nth(1));
    let Some(region) = in_host.filter(|label| label.contains('-')) else {
        return outcome.to_string();
    };
    let general = url.replacen(&format!(".{region}."), ".{region}.", 1);
    match signing_region.as_deref() {
        None => format!("{general} unsigned"),
        Some(signed) if signed == region => format!("{general} signed for that region"),
        Some(_) => outcome.to_string(),
    }
}

/// A text about the changes, most frequent kinds first; with `all`, every kind and scenario.
pub(crate) fn describe(changes: &[Change<'_>], all: bool) -> String {
    let mut kinds: Vec<((String, String), Vec<&str>)> = Vec::new();
    for change in changes {
        let kind = (shape(change.before), shape(change.after));
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, scenarios)) => scenarios.push(change.scenario),
            None => kinds.push((kind, vec![change.scenario])),
        }
    }
    kinds.sort_by_key(|(_, scenarios)| std::cmp::Reverse(scenarios.len()));
    let (kinds_shown, named) = if all { (usize::MAX, usize::MAX) } else { (KINDS, NAMED) };
    let mut text = String::new();
    for ((before, after), scenarios) in kinds.iter().take(kinds_shown) {
        let more = scenarios.len().saturating_sub(named);
        let names = scenarios.iter().take(named).copied().collect::<Vec<_>>().join(" ");
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        // Writing to a String cannot fail.
        let _ =
            writeln!(text, "  {} of them\n    - {before}\n    + {after}\n    {names}{more}", scenarios.len());
    }
    if kinds.len() > kinds_shown {
        let _ = writeln!(text, "  and {} more kinds of change", kinds.len() - kinds_shown);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(host: &str, region: &str) -> RecordedOutcome {
        RecordedOutcome::Request { url: format!("https://{host}/"), signing_region: Some(region.into()) }
    }

    #[test]
    fn alike_changes_stand_together() {
        let before = request("sts.amazonaws.com", "us-east-1");
        let (west, south) = (
            request("sts.us-west-2.amazonaws.com", "us-west-2"),
            request("sts.ap-south-1.amazonaws.com", "ap-south-1"),
        );
        let odd = RecordedOutcome::NotApplicable { why: "no".into() };
        let changes = [
            Change { scenario: "c", before: &before, after: &odd },
            Change { scenario: "a", before: &before, after: &west },
            Change { scenario: "b", before: &before, after: &south },
        ];
        assert_eq!(
            describe(&changes, false),
            "  2 of them\n    - https://sts.amazonaws.com/ signed for \"us-east-1\"\n    \
             + https://sts.{region}.amazonaws.com/ signed for that region\n    a b\n  \
             1 of them\n    - https://sts.amazonaws.com/ signed for \"us-east-1\"\n    + not applicable: no\n    c\n"
        );
    }

    #[test]
    fn the_region_of_a_host_is_general_only_where_the_signature_agrees() {
        let unsigned = |url: &str| shape(&RecordedOutcome::Request { url: url.into(), signing_region: None });
        assert_eq!(
            unsigned("https://sts.eu-west-1.amazonaws.com/"),
            "https://sts.{region}.amazonaws.com/ unsigned"
        );
        assert_eq!(unsigned("https://sts.amazonaws.com/"), "https://sts.amazonaws.com/ unsigned");
        assert_eq!(unsigned("http://localhost:4566/"), "http://localhost:4566/ unsigned");
        let other = request("sts-fips.us-west-2.amazonaws.com", "us-east-1");
        assert_eq!(shape(&other), other.to_string());
    }

    #[test]
    fn many_scenarios_are_counted_unless_all_are_wanted() {
        let (before, after) = (request("sts.amazonaws.com", "us-east-1"), request("x", "y"));
        let ids = ["a", "b", "c", "d", "e"];
        let changes = ids.map(|scenario| Change { scenario, before: &before, after: &after });
        assert!(describe(&changes, false).contains("a b c and 2 more\n"));
        assert!(describe(&changes, true).contains("a b c d e\n"));
    }
}
