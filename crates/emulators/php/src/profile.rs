//! How PHP reads profile files (`parse_ini_file` in raw mode, behind `src/functions.php`).

use sts_endpoint_core::profile::{Dialect, Event, FileValue, Indented, InlineComments, Malformed};
use sts_endpoint_core::{FileKind, Profile, ProfileFile, Scenario};

/// `;` starts a comment wherever it stands, lines that begin with `#` are dropped; keys are case-sensitive.
static DIALECT: Dialect = Dialect {
    indented_comments: true,
    inline_comments: InlineComments::Anywhere(";"),
    indented: Indented::Property,
    ..Dialect::PLAIN
};

/// A section of the config file, by one of two spellings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profiles<'a> {
    file: Option<&'a ProfileFile>,
    name: &'a str,
    /// `[profile dev]` is looked for as well as `[dev]`.
    prefixed: bool,
}

impl<'a> Profiles<'a> {
    pub(crate) fn new(scenario: &'a Scenario, name: &'a str, prefixed: bool) -> Self {
        Self { file: scenario.file(FileKind::Config).filter(|file| parses(file)), name, prefixed }
    }

    /// `endpoint_url` of `sts` in the services section that the profile names.
    pub(crate) fn service_endpoint(&self) -> Option<FileValue<'a>> {
        let services = self.get("services")?;
        let file = self.file?;
        let mut inside = false;
        let mut under = false;
        let mut found = None;
        for (line, event) in file.events(&DIALECT) {
            match event {
                Event::Header(header) => inside = header.split() == (Some("services"), services.text),
                Event::Property { key, value } if inside && value.is_empty() => under = key == "sts",
                Event::Property { key: "endpoint_url", value } if inside && under => {
                    found = Some(FileValue { text: value, file: file.kind(), line, key: "endpoint_url" });
                }
                _ => {}
            }
        }
        found
    }
}

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        let file = self.file?;
        let plain = |header: &str| header == self.name;
        let prefixed = |header: &str| is_prefixed(header, self.name);
        if !self.prefixed {
            return value(file, plain, key);
        }
        // `[profile dev]` before `[dev]`, but `[default]` before `[profile default]`.
        let prefixed_first =
            if self.name == "default" { !exists(file, plain) } else { exists(file, prefixed) };
        if prefixed_first { value(file, prefixed, key) } else { value(file, plain, key) }
    }
}

/// `profile dev`.
pub(crate) fn is_prefixed(header: &str, name: &str) -> bool {
    header.strip_prefix("profile ") == Some(name)
}

/// Whether a file has such a section.
pub(crate) fn exists(file: &ProfileFile, is: impl Fn(&str) -> bool) -> bool {
    parses(file) && file.headers(&DIALECT).any(|(_, header)| is(header.text))
}

/// The last value of a key in such sections; an empty one is none.
pub(crate) fn value<'a>(
    file: &'a ProfileFile,
    is: impl Fn(&str) -> bool,
    wanted: &str,
) -> Option<FileValue<'a>> {
    if !parses(file) {
        return None;
    }
    let mut inside = false;
    let mut found = None;
    for (line, event) in file.events(&DIALECT) {
        match event {
            Event::Header(header) => inside = is(header.text),
            Event::Property { key, value } if inside && key == wanted => {
                let text = unquoted(value);
                found = Some(FileValue { text, file: file.kind(), line, key });
            }
            _ => {}
        }
    }
    found.filter(|value| !value.text.is_empty())
}

/// A header that is not closed is a syntax error, and the whole file counts as absent.
fn parses(file: &ProfileFile) -> bool {
    !file.events(&DIALECT).any(|(_, event)| matches!(event, Event::Malformed(Malformed::UnclosedHeader)))
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}
