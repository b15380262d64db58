//! An answer -> text. One file a format, one function an answer.

pub(crate) mod diff;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod migration;
pub(crate) mod report;
pub(crate) mod text;
pub(crate) mod trail;

use sts_endpoint::{Outcome, Resolution, ResolutionPolicy, Source, Sourced};

/// A policy with its answer.
pub(crate) type Answer<'a> = (&'a dyn ResolutionPolicy, Outcome<'a>);

/// The value that decided about a request: what the emulator names, else the override, else the region.
fn deciding<'r>(resolution: &'r Resolution<'_>) -> Option<Sourced<'r>> {
    let settings = &resolution.settings;
    resolution.decided_by.or(settings.endpoint_url).or(settings.region)
}

/// The signing region in words.
fn signing<'r>(resolution: &'r Resolution<'_>) -> &'r str {
    match resolution.signing_region.as_deref() {
        None => "(unsigned)",
        Some("") => "(empty)",
        Some(region) => region,
    }
}

/// A place of a chain in words.
fn place(source: Source) -> String {
    match source {
        Source::Code(option) => format!("{option} in code"),
        Source::Variable(name) => format!("${name}"),
        Source::Property(name) => format!("-D{name}"),
        Source::Profile(key) => format!("{key} of the profile"),
        Source::Metadata => "instance metadata".into(),
    }
}
