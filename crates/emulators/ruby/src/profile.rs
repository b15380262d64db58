//! How Ruby reads profile files (`ini_parser.rb`, `shared_config.rb`).

use sts_endpoint_core::profile::{FileValue, Reader};
use sts_endpoint_core::{FileKind, Profile, ProfileFile, Scenario};

/// A profile as the SDK reads it: the credentials file before the config file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profiles<'a> {
    scenario: &'a Scenario,
    name: &'a str,
    blank: Blank,
}

/// What `key = `, with nothing but white space behind the sign, is (`ini_parser.rb` `ini_parse`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// A value: the last space.
    Value,
    /// A key that only nested ones follow: it has no value (3.178.0 to 3.180.1).
    Parent,
}

impl<'a> Profiles<'a> {
    pub(crate) fn new(scenario: &'a Scenario, name: &'a str, blank: Blank) -> Self {
        Self { scenario, name, blank }
    }

    /// Whether either file has a value in the profile.
    pub(crate) fn exists(&self) -> bool {
        let has = |file: &'a ProfileFile| {
            last(file, self.blank, |section| bare(section) == self.name, None, None).is_some()
        };
        [FileKind::Credentials, FileKind::Config]
            .into_iter()
            .any(|kind| self.scenario.file(kind).is_some_and(has))
    }

    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    /// A key of the config file alone. The file is not read where AWS_SDK_CONFIG_OPT_OUT is set.
    pub(crate) fn config(&self, key: &str) -> Option<FileValue<'a>> {
        let wanted = self.scenario.variable("AWS_SDK_CONFIG_OPT_OUT").is_none();
        let file = self.scenario.file(FileKind::Config).filter(|_| wanted)?;
        last(file, self.blank, |section| bare(section) == self.name, None, Some(key))
    }

    fn credentials(&self, key: &str) -> Option<FileValue<'a>> {
        last(
            self.scenario.file(FileKind::Credentials)?,
            self.blank,
            |section| bare(section) == self.name,
            None,
            Some(key),
        )
    }

    /// `endpoint_url` of `sts` in the `services` section that the profile names.
    pub(crate) fn service_endpoint(&self) -> Option<FileValue<'a>> {
        let services = self.config("services")?;
        let file = self.scenario.file(FileKind::Config)?;
        let named =
            |section: &str| section.strip_prefix("services").is_some_and(|rest| rest.trim() == services.text);
        last(file, self.blank, named, Some("sts"), Some("endpoint_url"))
    }
}

impl<'a> Profile<'a> for Profiles<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        self.credentials(key).or_else(|| self.config(key))
    }
}

/// `[profile x]` and `[x]` are the same, in either file.
fn bare(section: &str) -> &str {
    section
        .strip_prefix("profile")
        .filter(|rest| rest.starts_with([' ', '\t']))
        .map_or(section, str::trim_start)
}

/// What a line is.
enum Line<T> {
    Header(T),
    /// `nested`: its key is indented.
    Property {
        name: T,
        nested: bool,
        value: T,
    },
}

/// `Aws::IniParser` (lib/aws-sdk-core/ini_parser.rb): lines with their numbers.
#[derive(Clone, Copy, PartialEq)]
struct IniParser;

impl Reader for IniParser {
    type Item<T: Send + Sync> = (u32, Line<T>);

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = (u32, Line<&str>)> {
        file.lines().filter_map(|(number, line)| Some((number, Line::of(line)?)))
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        (number, line): &(u32, Line<T>),
        mut text: impl FnMut(&T) -> U,
    ) -> (u32, Line<U>) {
        let line = match line {
            Line::Header(name) => Line::Header(text(name)),
            Line::Property { name, nested, value } => {
                Line::Property { name: text(name), nested: *nested, value: text(value) }
            }
        };
        (*number, line)
    }
}

impl<'f> Line<&'f str> {
    fn of(line: &'f str) -> Option<Self> {
        let text = without_comment(line);
        if let Some(name) = header(text) {
            return Some(Self::Header(name));
        }
        let (key, value) = text.split_once('=')?;
        let key = key.trim_end();
        let name = key.trim_start();
        let property = Self::Property { name, nested: key.len() != name.len(), value: value_of(value) };
        (!name.is_empty()).then_some(property)
    }
}

/// The last value of a key, or of any key: sections of one profile merge. A header that is broken is no line at all; white space and `;`
/// start a comment, `#` does not; an indented key belongs to the key without value above it.
fn last<'a>(
    file: &'a ProfileFile,
    blank: Blank,
    is_section: impl Fn(&str) -> bool,
    parent: Option<&str>,
    wanted: Option<&str>,
) -> Option<FileValue<'a>> {
    let mut inside = false;
    let mut under = None;
    let mut found = None;
    for (line, read) in file.read(IniParser) {
        let (name, nested, value) = match read {
            Line::Header(name) => {
                inside = is_section(name);
                under = None;
                continue;
            }
            Line::Property { .. } if !inside => continue,
            Line::Property { name, nested, value } => (name, nested, value),
        };
        let no_value = value.is_empty() || blank == Blank::Parent && value.trim().is_empty();
        if !nested {
            // Since 3.180.2 a blank value may have nested keys as well.
            under = value.trim().is_empty().then_some(name);
        }
        if no_value && !nested {
            continue;
        }
        if wanted.is_none_or(|wanted| name == wanted)
            && !value.is_empty()
            && nested == parent.is_some()
            && (!nested || under == parent)
        {
            found = Some(FileValue { text: value, file: file.kind(), line, key: name });
        }
    }
    found
}

/// `\s*(.+?)\s*$`: of white space alone, the last character is the value.
fn value_of(text: &str) -> &str {
    let trimmed = text.trim();
    match text.char_indices().next_back() {
        Some((at, _)) if trimmed.is_empty() => &text[at..],
        _ => trimmed,
    }
}

/// `line.split(/^|\s;/).first`
fn without_comment(line: &str) -> &str {
    let start = line
        .char_indices()
        .zip(line.chars().skip(1))
        .find(|((_, c), next)| c.is_ascii_whitespace() && *next == ';');
    start.map_or(line, |((at, _), _)| &line[..at])
}

/// `/^\[([^\[\]]+)\]\s*(#.+)?$/`
fn header(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start();
    let complete = rest.is_empty() || rest.starts_with('#');
    (complete && !name.is_empty() && !name.contains('[')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{bare, header, without_comment};

    #[test]
    fn a_header_is_a_whole_line() {
        assert_eq!(header("[profile dev]  # note"), Some("profile dev"));
        assert_eq!(header("[dev"), None);
        assert_eq!(header("[dev] x"), None);
        assert_eq!(bare("profile dev"), "dev");
        assert_eq!(bare("profiles"), "profiles");
    }

    #[test]
    fn white_space_and_semicolon_start_a_comment() {
        assert_eq!(without_comment("region = us-west-2 ;note"), "region = us-west-2");
        assert_eq!(without_comment("region = us-west-2;note"), "region = us-west-2;note");
    }
}
