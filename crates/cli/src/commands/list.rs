//! `list`: SDKs, releases, editions, evidence.

use crate::Finding;
use crate::arguments::{Format, List};
use crate::render;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::{Emulator, PolicyError, emulators};

pub(crate) fn run(asked: &List, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let listed: Vec<&dyn Emulator> = match asked.sdk.as_deref() {
        None => emulators().collect(),
        Some(name) => vec![emulator(name)?],
    };
    match asked.format {
        Format::Text if asked.sdk.is_some() => render::text::releases(out, listed[0])?,
        Format::Text => render::text::list(out, &listed)?,
        Format::Json => render::json::list(out, &listed)?,
        Format::Jsonl => render::json::list_lines(out, &listed)?,
        Format::Markdown => render::markdown::list(out, &listed)?,
        Format::Html => {
            return Err(Trouble::Usage("list is written as text, json, jsonl or markdown".into()));
        }
    }
    Ok(Finding::Nothing)
}

/// The emulator with a name, or the error that a policy of that name gives.
pub(crate) fn emulator(name: &str) -> Result<&'static dyn Emulator, Trouble> {
    match sts_endpoint::policy(&format!("{name}@latest")) {
        Ok(found) => sts_endpoint::emulator(found.policy.id().sdk)
            .ok_or(Trouble::Policy(PolicyError::NotCompiledIn { sdk: found.policy.id().sdk })),
        Err(error) => Err(error.into()),
    }
}
