//! Profile files as the AWS Common Runtime reads them: the C library under the credential providers of some SDKs, and
//! under all file reading of others.
//!
//! Source: awslabs/aws-c-sdkutils `source/aws_profile.c`. Its rules are the SDKs' common specification, enforced to the
//! letter: some lines spoil themselves, some spoil the whole file.
//!
//! ```
//! use sts_endpoint_core::common_runtime::{Files, Kind};
//! use sts_endpoint_core::{FileKind, Scenario};
//!
//! let scenario = Scenario::new().with_file(
//!     FileKind::Config,
//!     "[profile dev]\nservices = local # as usual\n[services local]\nsts =\n  endpoint_url = http://localhost:4566\n",
//! );
//! let files = Files::read(&scenario);
//! let services = files.get(Kind::Profile, "dev", "services").unwrap();
//! let sts = files.get(Kind::Services, services.value.text, "sts").unwrap();
//! assert_eq!(sts.sub_property("endpoint_url").unwrap().text, "http://localhost:4566");
//! ```

use crate::profile::{FileKind, FileValue, ProfileFile, Reader};
use crate::scenario::Scenario;
use core::ops::Range;

/// Kinds of sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `[profile name]`, `[default]`; `[name]` in the credentials file.
    Profile,
    /// `[sso-session name]`.
    SsoSession,
    /// `[services name]`.
    Services,
}

/// The config file and the credentials file, read as one: the credentials file wins.
#[derive(Clone, Copy, Debug)]
pub struct Files<'f> {
    config: Option<&'f ProfileFile>,
    credentials: Option<&'f ProfileFile>,
}

/// A property.
#[derive(Clone, Copy, Debug)]
pub struct Property<'f> {
    /// Its value. Indented lines below it belong to it, line ends and indentation included.
    pub value: FileValue<'f>,
    /// Its own line has no value: the lines below it are sub-properties.
    pub empty_valued: bool,
    file: &'f ProfileFile,
}

/// What a line is.
#[derive(Clone, Copy, Debug)]
enum Event<T> {
    /// A section begins; `None`: one that counts for nothing. `prefixed`: with the word for its kind.
    Section(Option<(Kind, T)>, bool),
    /// `at`: where in the line the value begins.
    Property { key: T, value: T, at: usize },
    /// A line that belongs to the property above; key and value where it is a sub-property.
    Continuation(Option<(T, T)>),
    /// A line that counts for nothing.
    Ignored,
    /// A line that spoils the file.
    Fatal,
}

/// `s_parse_profile_buffer`: the line's number, where in the text it stands, and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lines;

impl Reader for Lines {
    type Item<T: Send + Sync> = (u32, Range<usize>, Event<T>);

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Self::Item<&str>> {
        Events::new(file)
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        (line, range, event): &Self::Item<T>,
        mut text: impl FnMut(&T) -> U,
    ) -> Self::Item<U> {
        let event = match event {
            Event::Section(section, prefixed) => {
                Event::Section(section.as_ref().map(|(kind, name)| (*kind, text(name))), *prefixed)
            }
            Event::Property { key, value, at } => {
                Event::Property { key: text(key), value: text(value), at: *at }
            }
            Event::Continuation(sub) => {
                Event::Continuation(sub.as_ref().map(|(key, value)| (text(key), text(value))))
            }
            Event::Ignored => Event::Ignored,
            Event::Fatal => Event::Fatal,
        };
        (*line, range.clone(), event)
    }
}

/// A file, line by line.
struct Events<'f> {
    text: &'f str,
    kind: FileKind,
    next: usize,
    line: u32,
    in_file: bool,
    /// A section that counts.
    section: bool,
    /// The property that indented lines belong to: whether it has a value of its own.
    property: Option<bool>,
    /// `[profile default]` was there: `[default]` counts for nothing from here on.
    default_taken: bool,
}

const BLANKS: [char; 4] = ['\t', '\n', '\r', ' '];
const COMMENTS: [char; 2] = ['#', ';'];

fn in_identifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\\' | '_' | '-' | '/' | '.' | '%' | '@' | ':' | '+')
}

/// Words may only be of certain characters at their ends.
fn is_key(text: &str) -> bool {
    text.trim_matches(in_identifier).is_empty()
}

impl<'f> Events<'f> {
    fn new(file: &'f ProfileFile) -> Self {
        Self {
            text: file.text(),
            kind: file.kind(),
            next: 0,
            line: 0,
            in_file: false,
            section: false,
            property: None,
            default_taken: false,
        }
    }

    /// `s_parse_and_apply_line_to_profile_collection`
    fn read(&mut self, line: &'f str) -> Event<&'f str> {
        let line = line.trim_end_matches('\r');
        if line.starts_with(COMMENTS) || line.trim_start_matches(BLANKS).is_empty() {
            return Event::Ignored;
        }
        if let Some(rest) = line.strip_prefix('[') {
            return self.declaration(rest);
        }
        if line.starts_with(BLANKS) {
            return self.continuation(line.trim_matches(BLANKS));
        }
        self.property(line)
    }

    /// `s_parse_profile_declaration`
    fn declaration(&mut self, rest: &'f str) -> Event<&'f str> {
        (self.in_file, self.section, self.property) = (true, false, None);
        let rest = rest.split(COMMENTS).next().unwrap_or_default();
        let rest = rest.trim_end_matches(BLANKS).trim_start_matches(BLANKS);
        let prefix =
            [("profile", Kind::Profile), ("sso-session", Kind::SsoSession), ("services", Kind::Services)]
                .into_iter()
                .find_map(|(word, kind)| {
                    let rest = rest.strip_prefix(word).filter(|rest| rest.starts_with(BLANKS))?;
                    Some((kind, rest.trim_start_matches(BLANKS)))
                });
        let nothing = Event::Section(None, false);
        let (kind, rest, prefixed) = match prefix {
            Some(_) if self.kind == FileKind::Credentials => return nothing,
            Some((kind, rest)) => (kind, rest, true),
            None => (Kind::Profile, rest, false),
        };
        let end = rest.find(|c| !in_identifier(c)).unwrap_or(rest.len());
        let Some((name, rest)) = rest.split_at_checked(end).filter(|(name, _)| !name.is_empty()) else {
            return nothing;
        };
        if self.kind == FileKind::Config && !prefixed && name != "default" {
            return nothing;
        }
        match rest.trim_start_matches(BLANKS).split_once(']') {
            None => return Event::Fatal,
            Some(("", _)) => {}
            Some(_) => return nothing,
        }
        // s_profile_collection_add_profile
        if self.kind == FileKind::Config && kind == Kind::Profile && name == "default" {
            if !prefixed && self.default_taken {
                return nothing;
            }
            self.default_taken |= prefixed;
        }
        self.section = true;
        Event::Section(Some((kind, name)), prefixed)
    }

    /// `s_parse_property_continuation`
    fn continuation(&mut self, line: &'f str) -> Event<&'f str> {
        match self.property {
            None => Event::Fatal,
            Some(true) => Event::Continuation(None),
            Some(false) => match line.split_once('=') {
                None | Some(("", _)) => Event::Fatal,
                Some((key, value)) => {
                    let key = key.trim_end_matches(BLANKS);
                    // an odd key spoils the sub-property, not the value
                    let sub = is_key(key).then_some((key, value.trim_start_matches(BLANKS)));
                    Event::Continuation(sub)
                }
            },
        }
    }

    /// `s_parse_property`
    fn property(&mut self, line: &'f str) -> Event<&'f str> {
        self.property = None;
        let line = without_comment(line).trim_end_matches(BLANKS);
        let (key, value) = match line.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (line, None),
        };
        if key.is_empty() {
            return Event::Fatal;
        }
        let key = key.trim_end_matches(BLANKS);
        if !is_key(key) {
            return Event::Ignored;
        }
        let Some(value) = value else { return Event::Fatal };
        if !self.in_file {
            return Event::Fatal;
        }
        if !self.section {
            return Event::Ignored;
        }
        let value = value.trim_start_matches(BLANKS);
        self.property = Some(!value.is_empty());
        Event::Property { key, value, at: line.len() - value.len() }
    }
}

/// `s_trim_trailing_whitespace_comment`: a comment needs a blank in front.
fn without_comment(line: &str) -> &str {
    let comment = line
        .match_indices(BLANKS)
        .find(|(at, _)| line.get(at + 1..).is_some_and(|rest| rest.starts_with(COMMENTS)));
    comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line)
}

impl<'f> Iterator for Events<'f> {
    type Item = (u32, Range<usize>, Event<&'f str>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.next..)?;
        let line = rest.split('\n').next()?;
        let range = self.next..self.next + line.len();
        self.next = range.end + 1;
        self.line += 1;
        Some((self.line, range, self.read(line)))
    }
}

fn readable(file: &&ProfileFile) -> bool {
    !file.read(Lines).any(|(_, _, event)| matches!(event, Event::Fatal))
}

fn property<'f>(file: &'f ProfileFile, kind: Kind, name: &str, wanted: &str) -> Option<Property<'f>> {
    if !file.may_mention(wanted) {
        return None;
    }
    // what was found, where its value begins, and whether its section has the word for its kind
    let mut found: Option<(Property<'f>, usize, bool)> = None;
    let (mut inside, mut here, mut prefixed) = (false, false, false);
    for (line, range, event) in file.read(Lines) {
        match event {
            Event::Section(section, with_word) => {
                (inside, here, prefixed) = (section == Some((kind, name)), false, with_word);
                if inside && prefixed && kind == Kind::Profile && name == "default" {
                    // it takes the place of [default] above
                    found = found.filter(|(_, _, prefixed)| *prefixed);
                }
            }
            Event::Property { key, value, at } => {
                here = inside && key == wanted;
                if here {
                    let value = FileValue { text: value, file: file.kind(), line, key };
                    let property = Property { value, empty_valued: value.text.is_empty(), file };
                    found = Some((property, range.start + at, prefixed));
                }
            }
            Event::Continuation(_) if here => {
                if let Some((property, start, _)) = &mut found {
                    let text = file.text().get(*start..range.end).unwrap_or_default();
                    property.value.text = text.trim_end_matches(BLANKS);
                }
            }
            Event::Fatal => return None,
            _ => {}
        }
    }
    found.map(|(property, ..)| property)
}

impl<'f> Files<'f> {
    /// The files of a scenario. One that cannot be read counts as absent.
    pub fn read(scenario: &'f Scenario) -> Self {
        Self {
            config: scenario.config.as_ref().filter(readable),
            credentials: scenario.credentials.as_ref().filter(readable),
        }
    }

    /// The config file alone.
    #[must_use]
    pub fn config_alone(self) -> Self {
        Self { credentials: None, ..self }
    }

    fn each(&self) -> impl Iterator<Item = &'f ProfileFile> {
        [self.credentials, self.config].into_iter().flatten()
    }

    /// Whether there are any.
    pub fn are_there(&self) -> bool {
        self.each().next().is_some()
    }

    /// Whether a section exists.
    pub fn has(&self, kind: Kind, name: &str) -> bool {
        self.each().any(|file| {
            file.read(Lines).any(
                |(_, _, event)| matches!(event, Event::Section(Some(section), _) if section == (kind, name)),
            )
        })
    }

    /// A property of a section.
    pub fn get(&self, kind: Kind, name: &str, key: &str) -> Option<Property<'f>> {
        self.each().find_map(|file| property(file, kind, name, key))
    }
}

impl<'f> Property<'f> {
    /// A sub-property: of two equal ones the last.
    pub fn sub_property(&self, wanted: &str) -> Option<FileValue<'f>> {
        if !self.empty_valued {
            return None;
        }
        let below = self.file.read(Lines).skip_while(|(line, _, _)| *line <= self.value.line);
        below
            .map_while(|(line, _, event)| match event {
                Event::Continuation(sub) => Some(sub.map(|sub| (line, sub))),
                Event::Ignored => Some(None),
                _ => None,
            })
            .flatten()
            .filter(|(_, (key, _))| *key == wanted)
            .last()
            .map(|(line, (key, text))| FileValue { text, file: self.file.kind(), line, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(text: &str) -> Option<alloc::string::String> {
        let scenario = Scenario::new().with_file(FileKind::Config, text);
        let found = Files::read(&scenario).get(Kind::Profile, "default", "region");
        found.map(|property| property.value.text.into())
    }

    #[test]
    fn some_lines_spoil_themselves_and_some_the_file() {
        assert_eq!(region("[default]\nregion = a\nodd line\n").as_deref(), Some("a"));
        assert_eq!(region("[default]\nregion = a\nodd\n"), None);
        assert_eq!(region("region = a\n[default]\nregion = b\n"), None);
        assert_eq!(region("[odd name]\nx = y\n[default]\nregion = a\n").as_deref(), Some("a"));
        assert_eq!(region("[odd name]\nx =\n  y = z\n[default]\nregion = a\n"), None);
        assert_eq!(region("[default\nregion = a\n"), None);
        assert_eq!(region("[default]\n  region = a\n"), None);
        assert_eq!(region("[default] x\nregion\t=\ta # b\n").as_deref(), Some("a"));
        assert_eq!(region(" [default]\nregion = a\n"), None);
    }

    #[test]
    fn the_prefixed_default_takes_the_place_of_the_other() {
        assert_eq!(region("[default]\nregion = a\n[profile default]\nx = y\n"), None);
        assert_eq!(region("[profile default]\nregion = b\n[default]\nregion = a\n").as_deref(), Some("b"));
        assert_eq!(
            region("[default]\nregion = a\n[profile default]\nregion = b\n[profile default]\nx = y\n")
                .as_deref(),
            Some("b")
        );
    }

    #[test]
    fn indented_lines_belong_to_the_property_above() {
        assert_eq!(region("[default]\nregion = a\n  b\n").as_deref(), Some("a\n  b"));
        assert_eq!(
            region("[default]\nregion =\n  b = c\n  d = e # f\nx = y\n").as_deref(),
            Some("\n  b = c\n  d = e # f")
        );
        let text = "[services s]\nsts =\n  endpoint_url = u # v\n\n  a b = c\ns3 = x\n  endpoint_url = w\n";
        let scenario = Scenario::new().with_file(FileKind::Config, text);
        let files = Files::read(&scenario);
        let sub = |key| files.get(Kind::Services, "s", key).unwrap().sub_property("endpoint_url");
        assert_eq!(sub("sts").unwrap().text, "u # v");
        assert_eq!(sub("s3"), None);
    }

    #[test]
    fn the_credentials_file_has_bare_names_and_wins() {
        let scenario = Scenario::new()
            .with_file(FileKind::Config, "[profile dev]\nregion = a\n")
            .with_file(FileKind::Credentials, "[dev]\nregion = b\n[profile dev]\nregion = c\n");
        let files = Files::read(&scenario);
        let text = |files: Files<'_>| files.get(Kind::Profile, "dev", "region").unwrap().value.text.len();
        assert_eq!(files.get(Kind::Profile, "dev", "region").unwrap().value.text, "b");
        assert_eq!(files.config_alone().get(Kind::Profile, "dev", "region").unwrap().value.text, "a");
        assert_eq!(text(files), 1);
    }
}
