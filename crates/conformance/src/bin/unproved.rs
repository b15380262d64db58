//! Which branches of core and the emulators no recording, property or unit test takes.
//!
//! `unproved [--summary] COVERAGE` reads what `cargo llvm-cov --json` wrote, and prints a table (lines and branches taken,
//! crate by crate) and each place not taken: what an emulator does there rests on source alone.
//!
//! A place is a run of adjacent lines with code that never ran. Left out are `?` (it hands on what another branch
//! decided), brackets, test modules, and the rooms that tell and do not decide ([`TELLING`]).

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Files whose code names, dates or prints what others decided.
const TELLING: [&str; 8] =
    ["history.rs", "quirks.rs", "outcome.rs", "policy.rs", "release.rs", "sdk.rs", "source.rs", "trace.rs"];

/// What `llvm-cov export` writes, as far as it is read here.
#[derive(Deserialize)]
struct Export {
    data: Vec<Files>,
}

#[derive(Deserialize)]
struct Files {
    files: Vec<Covered>,
}

#[derive(Deserialize)]
struct Covered {
    filename: PathBuf,
    segments: Vec<Segment>,
    summary: Summary,
}

/// Line, column, count, whether there is a count, whether a region begins here, whether it is a gap.
#[derive(Deserialize)]
struct Segment(usize, usize, u64, bool, bool, bool);

#[derive(Deserialize)]
struct Summary {
    lines: Lines,
}

#[derive(Deserialize)]
struct Lines {
    count: usize,
    covered: usize,
}

/// A run of lines that nothing takes.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    file: String,
    first: usize,
    last: usize,
    line: String,
}

#[derive(Default)]
struct Row {
    lines: Count,
    branches: Count,
    places: Vec<Place>,
}

#[derive(Default)]
struct Count {
    taken: usize,
    all: usize,
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("unproved: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
    let summary = arguments.iter().any(|argument| argument == "--summary");
    let coverage = arguments.iter().find(|argument| !argument.starts_with("--"));
    let coverage = Path::new(coverage.ok_or("wants the file that `cargo llvm-cov --json` wrote")?);
    let text =
        std::fs::read_to_string(coverage).map_err(|error| format!("{}: {error}", coverage.display()))?;
    let export: Export =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", coverage.display()))?;

    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for file in export.data.into_iter().flat_map(|data| data.files) {
        let Some((name, path)) = decides(&root, &file.filename) else { continue };
        let text = std::fs::read_to_string(&file.filename)
            .map_err(|error| format!("{}: {error}", file.filename.display()))?;
        let row = rows.entry(name).or_default();
        row.lines.all += file.summary.lines.count;
        row.lines.taken += file.summary.lines.covered;
        let (branches, places) = places(&path, &text, &file.segments);
        row.branches.all += branches.all;
        row.branches.taken += branches.taken;
        row.places.extend(places);
    }
    print!("{}", table(&rows));
    if !summary {
        for place in rows.values().flat_map(|row| &row.places) {
            println!("{}:{}: {}", place.file, place.first, place.line);
        }
    }
    Ok(())
}

/// The crate of a file that decides, and its path below the root.
fn decides(root: &Path, file: &Path) -> Option<(String, String)> {
    let path = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    let name = match path.strip_prefix("crates/emulators/") {
        Some(rest) => rest.split('/').next()?,
        None if path.starts_with("crates/core/src/") => "core",
        None => return None,
    };
    let told = file.file_name().and_then(|name| name.to_str()).is_some_and(|name| TELLING.contains(&name));
    if told || !path.contains("/src/") { None } else { Some((name.to_owned(), path.clone())) }
}

/// The branches of a file, and the places that nothing takes.
fn places(file: &str, text: &str, segments: &[Segment]) -> (Count, Vec<Place>) {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.iter().position(|line| *line == "#[cfg(test)]").unwrap_or(lines.len());
    let (mut branches, mut places) = (Count::default(), Vec::<Place>::new());
    for pair in segments.windows(2) {
        let [Segment(line, column, count, counted, begins, gap), Segment(end, end_column, ..)] = pair else {
            continue;
        };
        if !counted || *gap || *line > tests {
            continue;
        }
        let mut holds_code = false;
        for at in *line..=*end {
            let Some(whole) = lines.get(at - 1) else { continue };
            let from = if at == *line { column - 1 } else { 0 };
            let to = if at == *end { end_column - 1 } else { whole.len() };
            let code = whole.get(from..to).unwrap_or(whole).trim();
            if code.chars().all(|c| "?{}();,".contains(c)) {
                continue;
            }
            holds_code = true;
            if *count > 0 {
                break;
            }
            match places.last_mut() {
                Some(place) if at <= place.last + 1 => place.last = at,
                _ => places.push(Place {
                    file: file.to_owned(),
                    first: at,
                    last: at,
                    line: whole.trim().to_owned(),
                }),
            }
        }
        if *begins && holds_code {
            branches.all += 1;
            branches.taken += usize::from(*count > 0);
        }
    }
    (branches, places)
}

fn table(rows: &BTreeMap<String, Row>) -> String {
    let percent = |count: &Count| 100.0 * count.taken as f64 / count.all.max(1) as f64;
    let mut text = String::from(
        "| crate | lines run | branches taken | of | places not taken |\n|---|---:|---:|---:|---:|\n",
    );
    let mut total = Row::default();
    let mut row = |name: &str, row: &Row, places: usize| {
        text += &format!(
            "| {name} | {:.1} % | {:.1} % | {} | {places} |\n",
            percent(&row.lines),
            percent(&row.branches),
            row.branches.all
        );
    };
    let mut places = 0;
    for (name, one) in rows {
        row(name, one, one.places.len());
        total.lines.all += one.lines.all;
        total.lines.taken += one.lines.taken;
        total.branches.all += one.branches.all;
        total.branches.taken += one.branches.taken;
        places += one.places.len();
    }
    row("all", &total, places);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "fn f(a: bool) -> u8 {\n    if a {\n        one()?;\n        1\n    } else { 2 }\n}\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\n";

    #[test]
    fn a_place_is_what_never_ran_and_decides() {
        let segments = [
            Segment(1, 1, 3, true, true, false),
            Segment(2, 10, 0, true, true, false),
            Segment(3, 14, 0, true, true, false),
            Segment(3, 15, 0, true, false, false),
            Segment(5, 6, 3, true, false, false),
            Segment(5, 12, 3, true, true, false),
            Segment(5, 17, 3, true, false, false),
            Segment(6, 2, 0, false, false, false),
            Segment(9, 5, 0, true, true, false),
            Segment(9, 14, 0, false, false, false),
        ];
        let (branches, places) = places("crates/core/src/f.rs", TEXT, &segments);
        assert_eq!((branches.taken, branches.all), (2, 3), "`?` and tests are no branches");
        assert_eq!(
            places,
            [Place { file: "crates/core/src/f.rs".into(), first: 3, last: 4, line: "one()?;".into() }]
        );
    }

    #[test]
    fn rooms_that_tell_are_left_out() {
        let root = Path::new("/r");
        let decides = |path: &str| decides(root, Path::new(path)).map(|(name, _)| name);
        assert_eq!(decides("/r/crates/emulators/boto3/src/history.rs"), None);
        assert_eq!(decides("/r/crates/emulators/php/src/decision.rs").as_deref(), Some("php"));
        assert_eq!(decides("/r/crates/core/src/go_url.rs").as_deref(), Some("core"));
        assert_eq!(decides("/r/crates/cli/src/main.rs"), None);
    }
}
