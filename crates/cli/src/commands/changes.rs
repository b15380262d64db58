//! `changes`: the history between two releases, sourced.

use super::list::emulator;
use crate::Finding;
use crate::arguments::{Changes, Format};
use crate::render;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::{ChangeNote, Release};

pub(crate) fn run(asked: &Changes, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let emulator = emulator(&asked.sdk)?;
    let release = |flag: &str, text: &Option<String>, default: Release| -> Result<Release, Trouble> {
        match text.as_deref() {
            None => Ok(default),
            Some("latest") => Ok(emulator.newest()),
            Some(text) => text.parse().map_err(|error| Trouble::Usage(format!("{flag} {text}: {error}"))),
        }
    };
    let from = release("--from", &asked.from, emulator.first())?;
    let to = release("--to", &asked.to, emulator.newest())?;
    if to < from {
        return Err(Trouble::Usage(format!("--to {to} lies before --from {from}")));
    }
    let mut notes: Vec<&ChangeNote> =
        emulator.changes().filter(|note| note.since > from && note.since <= to).collect();
    notes.sort_by_key(|note| note.since);
    match asked.format {
        Format::Text => render::text::changes(out, emulator.sdk(), (from, to), &notes)?,
        Format::Json => render::json::changes(out, &notes)?,
        Format::Jsonl => render::json::change_lines(out, &notes)?,
        Format::Markdown => render::markdown::changes(out, emulator.sdk(), &notes)?,
        Format::Html => {
            return Err(Trouble::Usage("changes is written as text, json, jsonl or markdown".into()));
        }
    }
    Ok(Finding::Nothing)
}
