//! The shared config and credentials files, as this SDK reads them.
//!
//! aws-runtime `src/env_config/{parse,normalize,section}.rs`; before aws-config 1.2.0 the same code stood in aws-config
//! `src/profile/parser/`. The parser is strict: one line that it cannot read makes both files count as absent (the region
//! chain logs a warning and goes on) or fail (the profile's credential provider).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use sts_endpoint_core::profile::{FileValue, Reader};
use sts_endpoint_core::{FileKind, Profile, ProfileFile, Scenario};

/// What the parser takes for white space: less than Unicode does.
const WHITESPACE: [char; 2] = [' ', '\t'];

/// The key under which [`Selected`] looks for the endpoint of STS in the profile's `services` section.
pub(crate) const SERVICE_ENDPOINT_URL: &str = "services: sts: endpoint_url";

/// A line that the parser refuses. It refuses the whole file with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError<'a> {
    pub(crate) file: &'a ProfileFile,
    pub(crate) line: u32,
    pub(crate) message: &'static str,
}

impl fmt::Display for SyntaxError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unnamed = match self.file.kind() {
            FileKind::Config => "$DIR/config",
            FileKind::Credentials => "$DIR/credentials",
        };
        write!(
            f,
            "error parsing {} on line {}:\n  {}",
            self.file.path().unwrap_or(unnamed),
            self.line,
            self.message
        )
    }
}

/// What a line of a file that can be read is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<T> {
    /// The text between the brackets.
    Header(T),
    /// A property, comment cut off.
    Property { key: T, value: T },
    /// An indented line: it is added to the value of the property above, comment and all.
    Continuation(T),
}

/// The lines of one file, each with its number; one that is refused with the reason.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parser;

impl Reader for Parser {
    type Item<T: Send + Sync> = (u32, Result<Line<T>, &'static str>);

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Self::Item<&str>> {
        Lines { rest: file.text(), line: 0, in_section: false, below_property: None }
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        (number, line): &Self::Item<T>,
        mut text: impl FnMut(&T) -> U,
    ) -> Self::Item<U> {
        let line = line.as_ref().map_err(|message| *message).map(|line| match line {
            Line::Header(header) => Line::Header(text(header)),
            Line::Property { key, value } => Line::Property { key: text(key), value: text(value) },
            Line::Continuation(more) => Line::Continuation(text(more)),
        });
        (*number, line)
    }
}

#[derive(Clone, Debug)]
struct Lines<'f> {
    rest: &'f str,
    line: u32,
    in_section: bool,
    /// Below a property; `true`: its own line had no value, so that what follows must be sub-properties.
    below_property: Option<bool>,
}

impl<'f> Lines<'f> {
    fn read(&mut self, line: &'f str) -> Result<Line<&'f str>, &'static str> {
        if line.starts_with('[') {
            let line = prepare(line, false);
            let name = line.strip_prefix('[').ok_or("Profile definition must start with '['")?;
            let name = name.strip_suffix(']').ok_or("Profile definition must end with ']'")?;
            self.in_section = true;
            self.below_property = None;
            return Ok(Line::Header(name));
        }
        if !self.in_section {
            return Err("Expected a profile definition");
        }
        if line.starts_with(WHITESPACE) {
            return match self.below_property {
                None => Err("Expected a property definition, found continuation"),
                Some(sub_properties) => {
                    if sub_properties {
                        property(line).map_err(|error| match error {
                            PropertyError::NoEquals => "Expected an '=' sign defining a sub-property",
                            PropertyError::NoName => "Sub-property did not have a name",
                        })?;
                    }
                    Ok(Line::Continuation(line.trim_matches(WHITESPACE)))
                }
            };
        }
        let (key, value) = property(line).map_err(|error| match error {
            PropertyError::NoEquals => "Expected an '=' sign defining a property",
            PropertyError::NoName => "Property did not have a name",
        })?;
        self.below_property = Some(value.is_empty());
        Ok(Line::Property { key, value })
    }
}

impl<'f> Iterator for Lines<'f> {
    type Item = (u32, Result<Line<&'f str>, &'static str>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            // str::lines: a carriage return counts as part of the line's end only before a line feed
            let line = match self.rest.split_once('\n') {
                Some((line, rest)) => {
                    self.rest = rest;
                    line.strip_suffix('\r').unwrap_or(line)
                }
                None => core::mem::take(&mut self.rest),
            };
            self.line = self.line.saturating_add(1);
            if line.trim_matches(WHITESPACE).is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            return Some((self.line, self.read(line)));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PropertyError {
    NoEquals,
    NoName,
}

/// `parse_property_line`
fn property(line: &str) -> Result<(&str, &str), PropertyError> {
    let (key, value) = prepare(line, true).split_once('=').ok_or(PropertyError::NoEquals)?;
    let key = key.trim_matches(WHITESPACE);
    if key.is_empty() {
        return Err(PropertyError::NoName);
    }
    Ok((key, value.trim_matches(WHITESPACE)))
}

/// `prepare_line`: trims, and cuts a trailing comment. Behind a value the comment sign needs white space before it.
fn prepare(line: &str, comments_need_whitespace: bool) -> &str {
    let line = line.trim_matches(WHITESPACE);
    let mut after_whitespace = false;
    let mut cut = line;
    for (at, c) in line.char_indices() {
        if matches!(c, '#' | ';') && (after_whitespace || !comments_need_whitespace) {
            cut = line.get(..at).unwrap_or(line);
            break;
        }
        after_whitespace = c.is_whitespace();
    }
    cut.trim_matches(WHITESPACE)
}

/// What a section is for, from the text between its brackets. `SectionPair::{parse, valid_for}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section<'f> {
    /// `[default]` of the config file.
    UnprefixedDefault,
    /// A profile: `[profile name]` in the config file, `[name]` in the credentials file.
    Profile(&'f str),
    /// `[services name]` of the config file.
    Services(&'f str),
    /// Everything else. A bare `[name]` in the config file and `[profile name]` in the credentials file belong here.
    Other,
}

impl<'f> Section<'f> {
    fn of(header: &'f str, kind: FileKind) -> Self {
        let header = header.trim_matches(WHITESPACE);
        let (prefix, name) = match header.split_once(WHITESPACE) {
            Some((prefix, name)) => (Some(prefix.trim()), name.trim()),
            None => (None, header.trim()),
        };
        match (kind, prefix) {
            (FileKind::Config, None) if name == "default" => Self::UnprefixedDefault,
            (FileKind::Config, Some("profile")) if is_identifier(name) => Self::Profile(name),
            (FileKind::Config, Some("services")) if is_identifier(name) => Self::Services(name),
            (FileKind::Credentials, None) if is_identifier(name) => Self::Profile(name),
            _ => Self::Other,
        }
    }
}

/// `validate_identifier`: `[A-Za-z0-9_\-/.%@:\+]*`
fn is_identifier(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&b))
}

/// Both files, once it is known that they can be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files<'a> {
    config: Option<&'a ProfileFile>,
    credentials: Option<&'a ProfileFile>,
    /// Keys are compared without case (`REGION = …`).
    fold_keys: bool,
    /// The config file has a `[profile default]`; its `[default]` then counts for nothing.
    prefixed_default: bool,
}

impl<'a> Files<'a> {
    /// No files.
    pub(crate) const NONE: Self =
        Self { config: None, credentials: None, fold_keys: true, prefixed_default: false };

    /// Both files of a scenario.
    pub(crate) fn read(scenario: &'a Scenario, fold_keys: bool) -> Result<Self, SyntaxError<'a>> {
        let mut files = Self {
            config: scenario.config.as_ref(),
            credentials: scenario.credentials.as_ref(),
            ..Self::NONE
        };
        files.fold_keys = fold_keys;
        for file in [files.config, files.credentials].into_iter().flatten() {
            for (line, read) in file.read(Parser) {
                if let Line::Header(header) = read.map_err(|message| SyntaxError { file, line, message })? {
                    files.prefixed_default |= Section::of(header, file.kind()) == Section::Profile("default")
                        && file.kind() == FileKind::Config;
                }
            }
        }
        Ok(files)
    }

    /// The section that headers of a file open, with what `[default]` means in it.
    fn section(&self, header: &'a str, kind: FileKind) -> Section<'a> {
        match Section::of(header, kind) {
            Section::UnprefixedDefault if self.prefixed_default => Section::Other,
            Section::UnprefixedDefault => Section::Profile("default"),
            section => section,
        }
    }

    fn sections(&self) -> impl Iterator<Item = Section<'a>> {
        let files = *self;
        [files.config, files.credentials].into_iter().flatten().flat_map(move |file| {
            file.read(Parser).filter_map(move |(_, line)| match line {
                Ok(Line::Header(header)) => Some(files.section(header, file.kind())),
                _ => None,
            })
        })
    }

    /// Whether there is no profile at all.
    pub(crate) fn is_empty(&self) -> bool {
        !self.sections().any(|section| matches!(section, Section::Profile(_)))
    }

    /// Whether there is a profile of that name.
    pub(crate) fn has(&self, profile: &str) -> bool {
        self.sections().any(|section| section == Section::Profile(profile))
    }

    fn same_key(&self, written: &str, wanted: &str) -> bool {
        if self.fold_keys { written.eq_ignore_ascii_case(wanted) } else { written == wanted }
    }

    /// The last property of that key in sections that are `wanted`, with the lines that continue its value.
    fn find(&self, file: &'a ProfileFile, wanted: Section<'_>, key: &str) -> Option<FileValue<'a>> {
        let (mut inside, mut matching) = (false, false);
        let mut found: Option<FileValue<'a>> = None;
        for (line, read) in file.read(Parser) {
            let Ok(read) = read else { continue };
            match read {
                Line::Header(header) => {
                    inside = self.section(header, file.kind()) == wanted;
                    matching = false;
                }
                Line::Property { key: written, value } => {
                    matching = inside && self.same_key(written, key);
                    if matching {
                        found = Some(FileValue { text: value, file: file.kind(), line, key: written });
                    }
                }
                Line::Continuation(more) if matching => {
                    if let Some(value) = &mut found {
                        value.text = file.through(value.text, more);
                    }
                }
                Line::Continuation(_) => {}
            }
        }
        found
    }

    /// A key of a profile. The credentials file is laid over the config file.
    pub(crate) fn get(&self, profile: &str, key: &str) -> Option<FileValue<'a>> {
        let files = [self.credentials, self.config];
        files.into_iter().flatten().find_map(|file| self.find(file, Section::Profile(profile), key))
    }

    /// `endpoint_url` below `sts =` of `[services name]`. The keys of sub-properties are not folded, and comments behind
    /// them are not cut off.
    fn service_endpoint(&self, name: &str) -> Option<FileValue<'a>> {
        let file = self.config?;
        let sts = self.find(file, Section::Services(name), "sts")?;
        let mut found = None;
        for (line, text) in (sts.line..).zip(sts.text.split('\n')) {
            if let Some((key, value)) = text.split_once('=') {
                let key = key.trim_matches(WHITESPACE);
                if key == "endpoint_url" {
                    let text = value.strip_suffix('\r').unwrap_or(value).trim_matches(WHITESPACE);
                    found = Some(FileValue { text, file: file.kind(), line, key });
                }
            }
        }
        found
    }
}

/// Profiles seen on the way along `source_profile`. The first few need no heap.
#[derive(Debug, Default)]
pub(crate) struct Visited<'a> {
    first: [&'a str; 4],
    count: usize,
    more: Vec<&'a str>,
}

impl<'a> Visited<'a> {
    pub(crate) fn names(&self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.first.iter().take(self.count).chain(&self.more).copied()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names().any(|seen| seen == name)
    }

    pub(crate) fn push(&mut self, name: &'a str) {
        match self.first.get_mut(self.count) {
            Some(slot) => {
                *slot = name;
                self.count += 1;
            }
            None => self.more.push(name),
        }
    }
}

/// The profile in use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected<'a> {
    pub(crate) files: Files<'a>,
    pub(crate) name: &'a str,
}

impl<'a> Selected<'a> {
    /// The region of the profile, else of its `source_profile`, and on along that chain.
    ///
    /// aws-config `profile/region.rs` `resolve_profile_chain_for_region`, since 0.7.0
    fn region(&self) -> Option<FileValue<'a>> {
        let mut name = self.name;
        let mut visited = Visited::default();
        loop {
            if !self.files.has(name) || visited.contains(name) {
                return None;
            }
            visited.push(name);
            if let Some(region) = self.files.get(name, "region") {
                return Some(region);
            }
            name = self.files.get(name, "source_profile")?.text;
        }
    }
}

impl<'a> Profile<'a> for Selected<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        match key {
            "region" => self.region(),
            SERVICE_ENDPOINT_URL => {
                let services = self.files.get(self.name, "services")?;
                self.files.service_endpoint(services.text)
            }
            key => self.files.get(self.name, key),
        }
    }
}

/// A value of several lines, as the SDK holds it: each line trimmed.
pub(crate) fn joined(text: &str) -> String {
    let mut joined = String::new();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            joined.push('\n');
        }
        joined.push_str(line.strip_suffix('\r').unwrap_or(line).trim_matches(WHITESPACE));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario(config: &str, credentials: &str) -> Scenario {
        Scenario::new().with_file(FileKind::Config, config).with_file(FileKind::Credentials, credentials)
    }

    fn region(scenario: &Scenario, profile: &str) -> Option<String> {
        let files = Files::read(scenario, true).ok()?;
        Selected { files, name: profile }.region().map(|value| String::from(value.text))
    }

    #[test]
    fn the_credentials_file_is_laid_over_the_config_file() {
        let both = scenario("[default]\nregion = ap-east-1\n", "[default]\nregion = me-south-1\n");
        assert_eq!(region(&both, "default").as_deref(), Some("me-south-1"));
    }

    #[test]
    fn a_prefixed_default_replaces_the_bare_one_whole() {
        let two = scenario("[default]\nregion = us-west-2\n[profile default]\noutput = json\n", "");
        assert_eq!(region(&two, "default"), None);
        let with_credentials =
            scenario("[profile default]\noutput = json\n", "[default]\nregion = us-west-2\n");
        assert_eq!(region(&with_credentials, "default").as_deref(), Some("us-west-2"));
    }

    #[test]
    fn a_section_with_a_name_that_is_none_is_passed_over() {
        assert_eq!(region(&scenario("[profile a.b]\nregion = x\n", ""), "a.b").as_deref(), Some("x"));
        assert_eq!(region(&scenario("[profile a!b]\nregion = x\n", ""), "a!b"), None);
        assert_eq!(region(&scenario("", "[a!b]\nregion = x\n"), "a!b"), None);
    }

    #[test]
    fn a_comment_behind_a_value_needs_white_space_before_it() {
        assert_eq!(region(&scenario("[default]\nregion=a;note\n", ""), "default").as_deref(), Some("a;note"));
        assert_eq!(region(&scenario("[default]\nregion = a # note\n", ""), "default").as_deref(), Some("a"));
        assert_eq!(region(&scenario("[default] # note\nregion = a\n", ""), "default").as_deref(), Some("a"));
    }

    #[test]
    fn one_bad_line_spoils_the_file() {
        for (text, line, message) in [
            ("region = a\n", 1, "Expected a profile definition"),
            ("[default\n", 1, "Profile definition must end with ']'"),
            ("[default]\nregion\n", 2, "Expected an '=' sign defining a property"),
            ("[default]\n= a\n", 2, "Property did not have a name"),
            ("[default]\n  a = b\n", 2, "Expected a property definition, found continuation"),
            ("[default]\ns3 =\n  # note\n", 3, "Expected an '=' sign defining a sub-property"),
        ] {
            let scenario = scenario(text, "");
            let error = Files::read(&scenario, true).unwrap_err();
            assert_eq!((error.line, error.message), (line, message), "{text:?}");
        }
    }

    #[test]
    fn the_region_is_looked_for_along_the_source_profiles() {
        let chain = scenario("[profile a]\nsource_profile = b\n[profile b]\nregion = eu-west-3\n", "");
        assert_eq!(region(&chain, "a").as_deref(), Some("eu-west-3"));
        let ring = scenario("[profile a]\nsource_profile = b\n[profile b]\nsource_profile = a\n", "");
        assert_eq!(region(&ring, "a"), None);
    }

    #[test]
    fn services_are_sub_properties_with_exact_keys() {
        let endpoint = |text: &str| {
            let scenario = scenario(text, "");
            let files = Files::read(&scenario, true).unwrap();
            files.service_endpoint("local").map(|value| (String::from(value.text), value.line))
        };
        assert_eq!(
            endpoint("[services local]\nsts =\n  endpoint_url = http://h\n"),
            Some(("http://h".into(), 3))
        );
        assert_eq!(endpoint("[services local]\nsts =\n  Endpoint_URL = http://h\n"), None);
        let odd = scenario("[services a!b]\nsts =\n  endpoint_url = http://h\n", "");
        assert_eq!(Files::read(&odd, true).unwrap().service_endpoint("a!b"), None);
        assert_eq!(endpoint("[services other]\nsts =\n  endpoint_url = http://h\n"), None);
        assert_eq!(
            endpoint("[services local]\nsts = endpoint_url = http://h\n"),
            Some(("http://h".into(), 2))
        );
    }

    #[test]
    fn continued_values_keep_their_lines() {
        let continued = scenario("[default]\nregion = a\n   b\r\nx = y\n", "");
        assert_eq!(region(&continued, "default").as_deref(), Some("a\n   b"));
        assert_eq!(joined("a\n   b"), "a\nb");
    }
}
