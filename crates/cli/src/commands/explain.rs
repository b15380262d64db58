//! `explain`: every value that was looked for, where, what was found, what was ignored and why.

use crate::Finding;
use crate::arguments::{Explain, Format};
use crate::render;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::explain::explain;

pub(crate) fn run(asked: &Explain, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let policy = super::policy(&asked.policy)?.policy;
    let scenario = asked.configuration.read()?;
    let explanation = explain(&*policy, &scenario);
    match asked.format {
        Format::Text => render::text::explanation(out, &*policy, &explanation)?,
        Format::Json | Format::Jsonl => render::json::explanation(out, &*policy, &scenario, &explanation)?,
        Format::Markdown => render::markdown::explanation(out, &*policy, &explanation)?,
        Format::Html => {
            return Err(Trouble::Usage("explain is written as text, json, jsonl or markdown".into()));
        }
    }
    Ok(Finding::Nothing)
}
