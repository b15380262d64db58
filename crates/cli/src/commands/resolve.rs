//! `resolve`: one answer, with the reason.

use crate::Finding;
use crate::arguments::{Format, Resolve};
use crate::render;
use crate::trouble::Trouble;
use std::io::Write;

pub(crate) fn run(asked: &Resolve, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let policy = super::policy(&asked.policy)?.policy;
    let scenario = asked.configuration.read()?;
    let outcome = policy.resolve(&scenario);
    match asked.format {
        Format::Text => render::text::resolution(out, &*policy, &outcome)?,
        Format::Json | Format::Jsonl => render::json::record_lines(out, &scenario, &[(&*policy, outcome)])?,
        Format::Markdown => render::markdown::matrix(out, &[(&*policy, outcome)])?,
        Format::Html => render::html::matrix(out, &scenario, &[(&*policy, outcome)])?,
    }
    Ok(Finding::Nothing)
}
