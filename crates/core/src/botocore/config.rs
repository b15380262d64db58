//! The files as botocore reads them: Python's `RawConfigParser`, then botocore's map of profiles.
//!
//! Sources: CPython `Lib/configparser.py` (`RawConfigParser._read`, 3.11), botocore/configloader.py
//! (`raw_config_parse`, `build_profile_map`), botocore/session.py (`full_config`).

use super::fail;
use crate::outcome::{Failure, FailureCategory};
use crate::profile::{FileKind, FileValue, Items, ProfileFile, Reader};
use crate::scenario::Scenario;
use crate::source::Profile;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;

/// White space as `str.strip` takes it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

fn is_comment(stripped: &str) -> bool {
    stripped.starts_with(['#', ';'])
}

/// `a.lower() == b.lower()`: how `optionxform` makes keys equal.
fn same_key(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || !(a.is_ascii() && b.is_ascii())
            && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// What `_read` takes a line (with the lines that continue it) for.
#[derive(Clone, Copy, Debug)]
enum Item<T> {
    Header(T),
    Option(Setting<T>),
    Error,
}

/// An option with its value.
#[derive(Clone, Copy, Debug)]
struct Setting<T> {
    key: T,
    /// The value's text; where it goes over several lines, all of them as they stand in the file.
    text: T,
    /// Whether the value begins on the line below: `_parse_nested` reads it as a block of `key = value`.
    nested: bool,
    line: u32,
}

impl<'a> Setting<&'a str> {
    fn nested_lines(self) -> impl Iterator<Item = &'a str> {
        let lines = if self.nested { self.text } else { "" }.split(['\n', '\r']).map(strip);
        lines.filter(|line| !line.is_empty() && !is_comment(line))
    }

    /// botocore/configloader.py `_parse_nested`: the last of equal keys counts, case matters.
    fn nested(self, wanted: &str) -> Option<&'a str> {
        let pairs = self.nested_lines().filter_map(|line| line.split_once('='));
        pairs.filter(|(key, _)| strip(key) == wanted).last().map(|(_, value)| strip(value))
    }
}

/// `RawConfigParser._read`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct RawConfigParser;

impl Reader for RawConfigParser {
    type Item<T: Send + Sync> = Item<T>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Item<&str>> {
        Lines { text: file.text(), at: 0, line: 0, in_section: false }
    }

    fn map<T: Send + Sync, U: Send + Sync>(item: &Item<T>, mut text: impl FnMut(&T) -> U) -> Item<U> {
        match item {
            Item::Header(name) => Item::Header(text(name)),
            Item::Option(Setting { key, text: value, nested, line }) => {
                Item::Option(Setting { key: text(key), text: text(value), nested: *nested, line: *line })
            }
            Item::Error => Item::Error,
        }
    }
}

/// Reads from a place in a file on.
#[derive(Clone, Copy, Debug)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    in_section: bool,
}

impl<'a> Lines<'a> {
    /// The next line with its place; lines end with `\n`, `\r\n` or `\r` (a file opened as text).
    fn next_line(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let end = rest.bytes().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or(rest);
        let ending = match rest.get(end..).unwrap_or("") {
            ending if ending.starts_with("\r\n") => 2,
            "" => 0,
            _ => 1,
        };
        self.at = start + end + ending;
        self.line = self.line.saturating_add(1);
        Some((start, line))
    }

    /// Where the last of the lines that continue a value ends: those indented deeper than its first line. Blank lines and
    /// comments may stand between them.
    fn continuation(&mut self, indent: usize) -> Option<(usize, usize)> {
        let mut span = None;
        let mut ahead = *self;
        while let Some((start, line)) = ahead.next_line() {
            let stripped = strip(line);
            if stripped.is_empty() || is_comment(stripped) {
                continue;
            }
            if indentation(line) <= indent {
                break;
            }
            let begin = start + line.find(|c| !is_space(c)).unwrap_or(0);
            let end = begin + stripped.len();
            span = Some((span.map_or(begin, |(begin, _)| begin), end));
            *self = ahead;
        }
        span
    }
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| is_space(*c)).count()
}

impl<'a> Iterator for Lines<'a> {
    type Item = Item<&'a str>;

    fn next(&mut self) -> Option<Self::Item> {
        let (start, line, stripped) = loop {
            let (start, line) = self.next_line()?;
            let stripped = strip(line);
            if !stripped.is_empty() && !is_comment(stripped) {
                break (start, line, stripped);
            }
        };
        // `\[(?P<header>.+)\]`, greedy since Python 3.11
        let header = stripped.strip_prefix('[').and_then(|rest| rest.rsplit_once(']'));
        if let Some((header, _)) = header.filter(|(header, _)| !header.is_empty()) {
            self.in_section = true;
            return Some(Item::Header(header));
        }
        let Some((key, value)) = stripped.split_once(['=', ':']).filter(|_| self.in_section) else {
            return Some(Item::Error);
        };
        let (key, value) = (strip(key), strip(value));
        if key.is_empty() {
            return Some(Item::Error);
        }
        let number = self.line;
        let text = match self.continuation(indentation(line)) {
            None => value,
            Some((begin, end)) => {
                let value_at = start + (line.trim_end_matches(is_space).len() - value.len());
                let begin = if value.is_empty() { begin } else { value_at };
                self.text.get(begin..end).unwrap_or(value)
            }
        };
        let nested = value.is_empty() && !text.is_empty();
        Some(Item::Option(Setting { key, text, nested, line: number }))
    }
}

/// Texts seen so far. A file of ordinary size needs no heap for it.
struct Seen<'a> {
    few: [&'a str; 16],
    count: usize,
    more: BTreeSet<String>,
    same: fn(&str, &str) -> bool,
}

impl<'a> Seen<'a> {
    fn new(same: fn(&str, &str) -> bool) -> Self {
        Self { few: [""; 16], count: 0, more: BTreeSet::new(), same }
    }

    fn clear(&mut self) {
        self.count = 0;
        self.more.clear();
    }

    /// Whether the text is new.
    fn insert(&mut self, text: &'a str, folded: bool) -> bool {
        if self.few.iter().take(self.count).any(|seen| (self.same)(seen, text)) {
            return false;
        }
        if let Some(slot) = self.few.get_mut(self.count) {
            *slot = text;
            self.count += 1;
            return true;
        }
        self.more.insert(if folded { text.to_lowercase() } else { String::from(text) })
    }
}

/// Whether `RawConfigParser` and `_parse_nested` read the whole file without an error. The parser is strict: a section or
/// a key that stands there twice is an error.
fn parses(file: &ProfileFile) -> bool {
    let mut sections = Seen::new(|a, b| a == b);
    let (mut keys, mut defaults) = (Seen::new(same_key), Seen::new(same_key));
    let mut in_defaults = false;
    file.read(RawConfigParser).all(|item| match item {
        Item::Header(name) => {
            in_defaults = name == "DEFAULT";
            keys.clear();
            in_defaults || sections.insert(name, false)
        }
        Item::Option(setting) => {
            let keys = if in_defaults { &mut defaults } else { &mut keys };
            keys.insert(setting.key, true) && setting.nested_lines().all(|line| line.contains('='))
        }
        Item::Error => false,
    })
}

/// One section of a file.
#[derive(Clone, Copy, Debug)]
struct Section<'a> {
    file: &'a ProfileFile,
    inside: Items<'a, RawConfigParser>,
}

impl<'a> Section<'a> {
    /// The last section whose header fits: sections are unique, but two headers may name one profile, and
    /// `build_profile_map` lets the later one replace the earlier one whole.
    fn last(file: &'a ProfileFile, fits: impl Fn(&str) -> bool) -> Option<Self> {
        let mut items = file.read(RawConfigParser);
        let mut found = None;
        while let Some(item) = items.next() {
            if matches!(item, Item::Header(name) if name != "DEFAULT" && fits(name)) {
                found = Some(Self { file, inside: items });
            }
        }
        found
    }

    fn settings(self) -> impl Iterator<Item = Setting<&'a str>> {
        self.inside.map_while(|item| match item {
            Item::Option(setting) => Some(setting),
            _ => None,
        })
    }

    /// The value of a key: the section's own, else one of `[DEFAULT]`, which Python's parser adds to every section.
    fn setting(self, key: &str) -> Option<Setting<&'a str>> {
        if !self.file.may_mention(key) {
            return None;
        }
        self.settings().find(|setting| same_key(setting.key, key)).or_else(|| {
            let mut in_defaults = false;
            self.file.read(RawConfigParser).find_map(|item| match item {
                Item::Header(name) => {
                    in_defaults = name == "DEFAULT";
                    None
                }
                Item::Option(setting) if in_defaults && same_key(setting.key, key) => Some(setting),
                _ => None,
            })
        })
    }

    fn value(self, setting: Setting<&'a str>, text: &'a str) -> FileValue<'a> {
        FileValue { text, file: self.file.kind(), line: setting.line, key: setting.key }
    }

    fn get(self, key: &str) -> Option<FileValue<'a>> {
        self.setting(key).map(|setting| self.value(setting, setting.text))
    }
}

/// Tells each character of a text's words with the word's index, as `shlex.split` splits it; returns the number of words,
/// or `None` where `shlex` fails (an open quote, a backslash at the end).
fn shell_words(text: &str, mut each: impl FnMut(usize, char)) -> Option<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum In {
        Gap,
        Word,
        Quote(char),
    }
    let (mut words, mut state) = (0, In::Gap);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match (state, c) {
            (In::Gap | In::Word, ' ' | '\t' | '\r' | '\n') => state = In::Gap,
            (In::Quote(quote), c) if c == quote => state = In::Word,
            (In::Quote('\''), c) => each(words - 1, c),
            (In::Quote(_), '\\') => {
                let next = rest.next()?;
                if next != '\\' && next != '"' {
                    each(words - 1, '\\');
                }
                each(words - 1, next);
            }
            (In::Quote(_), c) => each(words - 1, c),
            (In::Gap | In::Word, c) => {
                words += usize::from(state == In::Gap);
                state = In::Word;
                match c {
                    '\'' | '"' => state = In::Quote(c),
                    '\\' => each(words - 1, rest.next()?),
                    c => each(words - 1, c),
                }
            }
        }
    }
    (!matches!(state, In::Quote(_))).then_some(words)
}

/// botocore/configloader.py `_parse_section`: the header is two words, the second one is the name.
fn second_word_is(header: &str, name: &str) -> bool {
    let mut rest = name.chars();
    let mut same = true;
    let words = shell_words(header, |word, c| same &= word != 1 || rest.next() == Some(c));
    words == Some(2) && same && rest.next().is_none()
}

/// botocore/configloader.py `build_profile_map`.
fn is_profile(header: &str, name: &str) -> bool {
    if header.starts_with("profile") {
        second_word_is(header, name)
    } else {
        header == "default" && name == header
    }
}

fn is_services(header: &str, name: &str) -> bool {
    header.starts_with("services") && second_word_is(header, name)
}

/// The shared config and credentials files, parsed without an error.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    config: Option<&'a ProfileFile>,
    credentials: Option<&'a ProfileFile>,
}

impl<'a> Files<'a> {
    /// Reads both files (botocore/session.py `full_config`).
    ///
    /// # Errors
    ///
    /// `ConfigParseError` where one does not parse.
    pub fn read(scenario: &'a Scenario) -> Result<Self, Failure<'a>> {
        let files = Self { config: scenario.config.as_ref(), credentials: scenario.credentials.as_ref() };
        let broken = |file: Option<&'a ProfileFile>| file.filter(|file| !parses(file));
        match broken(files.config).or_else(|| broken(files.credentials)) {
            None => Ok(files),
            Some(file) => {
                let path = file.path().unwrap_or(match file.kind() {
                    FileKind::Config => "$CONFIG_FILE",
                    FileKind::Credentials => "$CREDENTIALS_FILE",
                });
                let message = format!("Unable to parse config file: {path}");
                Err(fail(FailureCategory::ConfigParse, "ConfigParseError", message))
            }
        }
    }

    /// The profile with a name, whether it exists or not.
    pub fn profile(self, name: &'a str) -> Scoped<'a> {
        Scoped {
            name,
            files: self,
            config: self.config.and_then(|file| Section::last(file, |header| is_profile(header, name))),
            credentials: self.credentials.and_then(|file| Section::last(file, |header| header == name)),
        }
    }
}

/// A profile: its section of the config file with its section of the credentials file laid over it, key by key.
#[derive(Clone, Copy, Debug)]
pub struct Scoped<'a> {
    name: &'a str,
    files: Files<'a>,
    config: Option<Section<'a>>,
    credentials: Option<Section<'a>>,
}

impl<'a> Scoped<'a> {
    /// The key that stands for `endpoint_url` below `sts` in the `services` section that the profile names.
    pub const SERVICE_URL: &'static str = "services.sts.endpoint_url";

    /// Whether one of the files has the profile.
    pub fn exists(&self) -> bool {
        self.config.is_some() || self.credentials.is_some()
    }

    /// The profile's name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Whether either of the static keys stands in it (botocore/credentials.py `_has_static_credentials`).
    pub(super) fn has_a_key(&self) -> bool {
        ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| self.get(key).is_some())
    }

    /// Whether both or either of the keys that make static credentials stand in one file's own section.
    pub(super) fn keys_in(&self, kind: FileKind) -> (bool, bool) {
        let section = match kind {
            FileKind::Config => self.config,
            FileKind::Credentials => self.credentials,
        };
        let has = |key| section.is_some_and(|section| section.setting(key).is_some());
        (has("aws_access_key_id"), has("aws_secret_access_key"))
    }

    /// botocore/configprovider.py `ConfiguredEndpointProvider._get_endpoint_url_config_service`.
    pub(super) fn service_url(&self) -> Result<Option<FileValue<'a>>, Failure<'a>> {
        let Some(services) = self.get("services") else { return Ok(None) };
        let section = self
            .files
            .config
            .and_then(|file| Section::last(file, |header| is_services(header, services.text)));
        let Some(section) = section.filter(|section| section.settings().next().is_some()) else {
            let message = format!(
                "The profile is configured to use the services section but the \"{}\" services configuration does not exist.",
                services.text
            );
            return Err(fail(FailureCategory::Other, "InvalidConfigError", message));
        };
        match section.setting("sts") {
            None => Ok(None),
            Some(sts) if sts.nested => Ok(sts.nested("endpoint_url").map(|url| section.value(sts, url))),
            Some(_) => {
                Err(fail(FailureCategory::Other, "AttributeError", "'str' object has no attribute 'get'"))
            }
        }
    }
}

impl<'a> Profile<'a> for Scoped<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if key == Self::SERVICE_URL {
            return self.service_url().ok().flatten();
        }
        [self.credentials, self.config].into_iter().flatten().find_map(|section| section.get(key))
    }
}

/// The text of a value that goes over several lines, as Python joins it. Only messages need it: no such value is valid.
pub(super) fn joined(text: &str) -> String {
    let mut joined = String::new();
    for line in text.split('\n').map(strip).filter(|line| !is_comment(line)) {
        if !joined.is_empty() {
            joined.push('\n');
        }
        joined.push_str(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Scenario {
        Scenario::new().with_file(FileKind::Config, text)
    }

    fn region(text: &str, profile: &str) -> Option<(String, u32)> {
        let scenario = config(text);
        let files = Files::read(&scenario).expect("the file parses");
        files.profile(profile).get("region").map(|value| (String::from(value.text), value.line))
    }

    #[test]
    fn a_strict_parser_refuses_what_stands_there_twice_and_what_stands_nowhere() {
        for text in [
            "[default]\nregion = a\nregion = b\n",
            "[default]\nregion = a\nREGION = b\n",
            "[default]\n[dev]\n[default]\n",
            "[default\nregion = a\n",
            "region = a\n",
            "[default]\nregion\n",
            "[default]\n= a\n",
            "[services x]\nsts =\n  http://localhost\n",
            "[]\n",
        ] {
            let scenario = config(text);
            let failure = Files::read(&scenario).expect_err(text);
            assert_eq!(failure.message, "Unable to parse config file: $CONFIG_FILE");
        }
    }

    #[test]
    fn twice_is_noticed_however_long_the_file_is() {
        let many = |names: &[usize]| names.iter().map(|n| format!("[p{n}]\nk{n} = 1\n")).collect::<String>();
        let mut names: alloc::vec::Vec<usize> = (0..100).collect();
        assert!(Files::read(&config(&many(&names))).is_ok());
        names.push(77);
        assert!(Files::read(&config(&many(&names))).is_err());
        let keys: String = (0..100).map(|n| format!("Key{n} = 1\n")).collect();
        assert!(Files::read(&config(&format!("[a]\n{keys}"))).is_ok());
        assert!(Files::read(&config(&format!("[a]\n{keys}kEY50 = 2\n"))).is_err());
    }

    #[test]
    fn keys_ignore_case_and_delimiters_are_two() {
        assert_eq!(region("[default]\nREGION : us-west-2\n", "default"), Some(("us-west-2".into(), 2)));
        assert_eq!(region("[default]\nregion = a:b=c # d\n", "default"), Some(("a:b=c # d".into(), 2)));
        assert_eq!(region("[default]\r\nregion = x\r\n", "default"), Some(("x".into(), 2)));
        assert_eq!(region("[default]\rregion = x\r", "default"), Some(("x".into(), 2)));
    }

    #[test]
    fn the_later_of_two_headers_of_a_profile_replaces_the_earlier() {
        let text = "[default]\nregion = a\noutput = json\n[profile default]\nregion = b\n";
        assert_eq!(region(text, "default"), Some(("b".into(), 5)));
        assert_eq!(region("[profile default]\nregion = b\n[default]\noutput = json\n", "default"), None);
    }

    #[test]
    fn headers_are_split_as_a_shell_would() {
        assert!(is_profile("profile dev", "dev"));
        assert!(is_profile("profile \"my dev\"", "my dev"));
        assert!(is_profile("profile my\\ dev", "my dev"));
        assert!(is_profile("profile 'a\"b'", "a\"b"));
        assert!(is_profile("profile \"a\\\"b\\c\"", "a\"b\\c"));
        assert!(is_profile("profile ''", ""));
        assert!(is_profile("profiles dev", "dev"));
        for header in ["profile my dev", "profile 'dev", "profile dev\\", "profile", "dev", " default "] {
            assert!(!is_profile(header, "dev") && !is_profile(header, "default"), "{header}");
        }
    }

    #[test]
    fn indented_lines_continue_a_value() {
        assert_eq!(
            region("[default]\nregion = a\n  b\n\n  # c\n  d\n# e\n", "default"),
            Some(("a\n  b\n\n  # c\n  d".into(), 2))
        );
        assert_eq!(joined("a\n  b\n  # c\n  d"), "a\nb\nd");
        // the first line below a header is never a continuation
        assert_eq!(region("[default]\n  region = a\n  output = json\n", "default"), Some(("a".into(), 2)));
        assert_eq!(
            region("[default]\noutput =\n  region = a\nregion = b\n", "default"),
            Some(("b".into(), 4))
        );
    }

    #[test]
    fn default_in_capitals_is_added_to_every_section() {
        assert_eq!(region("[DEFAULT]\nregion = a\n[profile dev]\n", "dev"), Some(("a".into(), 2)));
        assert_eq!(
            region("[DEFAULT]\nregion = a\n[profile dev]\nregion = b\n", "dev"),
            Some(("b".into(), 4))
        );
        assert!(!Files::read(&config("[DEFAULT]\nregion = a\n")).unwrap().profile("DEFAULT").exists());
    }

    #[test]
    fn the_credentials_file_lies_over_the_config_file() {
        let scenario = config("[profile dev]\nregion = a\noutput = json\n")
            .with_file(FileKind::Credentials, "[dev]\nregion = b\n");
        let dev = Files::read(&scenario).unwrap().profile("dev");
        assert_eq!(dev.get("region").unwrap().text, "b");
        assert_eq!(dev.get("output").unwrap().text, "json");
    }

    #[test]
    fn a_services_section_is_followed_or_missed() {
        let url = |text: &str| {
            let scenario = config(text);
            let files = Files::read(&scenario).unwrap();
            let default = files.profile("default");
            default
                .service_url()
                .map(|url| url.map(|url| (String::from(url.text), url.line)))
                .map_err(|failure| String::from(failure.error_type.as_ref()))
        };
        assert_eq!(
            url("[default]\nservices = a\n[services a]\nSTS =\n  endpoint_url = u\n"),
            Ok(Some(("u".into(), 4)))
        );
        assert_eq!(url("[default]\nservices = a\n[services a]\nsts =\n  ENDPOINT_URL = u\n"), Ok(None));
        assert_eq!(
            url("[default]\nservices = a\n[services b]\nsts =\n  endpoint_url = u\n"),
            Err("InvalidConfigError".into())
        );
        assert_eq!(url("[default]\nservices = a\n[services a]\n"), Err("InvalidConfigError".into()));
        assert_eq!(url("[default]\nservices = a\n[services a]\nsts = u\n"), Err("AttributeError".into()));
    }
}

#[cfg(test)]
mod keys {
    use super::*;

    /// Python: `a.lower() == b.lower()`.
    #[test]
    fn keys_are_equal_in_any_case() {
        for (a, b, equal) in [
            ("Region", "rEGION", true),
            ("region", "regions", false),
            ("\u{c9}", "\u{e9}", true),
            ("\u{e9}", "e", false),
            ("k", "\u{212a}", true),
            ("\u{df}", "ss", false),
        ] {
            assert_eq!(same_key(a, b), equal, "{a} {b}");
        }
    }
}
