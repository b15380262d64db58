//! The shared config file, as the SDK's own loader reads it.
//!
//! Three loaders: a lenient one that knows neither comments nor the word `profile` (up to 1.9.330), a state machine that
//! goes by the specification's words but not by its indentation (since 1.9.331), and the same with other comments and,
//! later, `[services]` sections. Source: `aws-cpp-sdk-core/source/config/AWSProfileConfigLoader.cpp`, later
//! `AWSConfigFileProfileConfigLoader.cpp`.

use crate::FileParser;
use core::iter::Enumerate;
use core::str::Split;
use sts_endpoint_core::profile::{FileKind, FileValue, Items, ProfileFile, Reader};

/// What starts a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// `#` or `;`, wherever it stands: a value cannot hold one.
    Anywhere,
    /// `#` or `;` at the start of a line or behind a blank.
    AfterBlank,
}

/// Lines shorter than this are passed over (`ASSUME_EMPTY_LEN`).
const SHORTEST: usize = 3;

/// `WHITESPACE_CHARACTERS`.
const BLANKS: [char; 2] = ['\t', ' '];

/// `IDENTIFIER_ALLOWED_CHARACTERS`.
fn in_identifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '%' | '+' | '-' | '.' | '/' | ':' | '@' | '_')
}

/// `StringUtils::Trim`: what C's `isspace` holds for white space.
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\x0b', '\x0c', '\r'])
}

/// Which of several sections of one name are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sections {
    /// The last one alone: `Profile::GetValue`.
    Last,
    /// All of them, a later one over an earlier one: the fields of a `Profile` that have a setter.
    Merged,
}

/// A profile file, with the loader that reads it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConfigFile<'f> {
    file: &'f ProfileFile,
    parser: FileParser,
}

/// The head of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading<T> {
    /// A profile.
    Profile(T),
    /// `[sso-session ..]`.
    SsoSession,
    /// `[services ..]`.
    Services(T),
    /// Anything else: its lines are passed over.
    Unknown,
}

/// What the loader meets, line by line.
#[derive(Clone, Copy, Debug)]
enum Step<T> {
    Section(Heading<T>),
    /// A line with `=` inside a section.
    Entry {
        line: u32,
        key: T,
        value: T,
    },
    /// The endpoint of a service.
    Endpoint {
        service: T,
        line: u32,
        key: T,
        value: T,
    },
    /// A line that fits nowhere: reading stops, and the section it stands in is lost.
    Failure,
}

/// The SDK's loader.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Loader(FileParser);

impl Reader for Loader {
    type Item<T: Send + Sync> = Step<T>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Step<&str>> {
        Steps {
            lines: file.text().split('\n').enumerate(),
            file: file.kind(),
            parser: self.0,
            section: None,
            service: None,
            after_key: true,
            failed: false,
        }
    }

    fn map<T: Send + Sync, U: Send + Sync>(step: &Step<T>, mut text: impl FnMut(&T) -> U) -> Step<U> {
        match step {
            Step::Section(heading) => Step::Section(match heading {
                Heading::Profile(name) => Heading::Profile(text(name)),
                Heading::SsoSession => Heading::SsoSession,
                Heading::Services(name) => Heading::Services(text(name)),
                Heading::Unknown => Heading::Unknown,
            }),
            Step::Entry { line, key, value } => {
                Step::Entry { line: *line, key: text(key), value: text(value) }
            }
            Step::Endpoint { service, line, key, value } => {
                Step::Endpoint { service: text(service), line: *line, key: text(key), value: text(value) }
            }
            Step::Failure => Step::Failure,
        }
    }
}

/// The loader's way through the file.
struct Steps<'f> {
    lines: Enumerate<Split<'f, char>>,
    file: FileKind,
    parser: FileParser,
    section: Option<Heading<&'f str>>,
    /// The service of a `[services]` section that endpoints belong to.
    service: Option<&'f str>,
    /// The lenient loader looks for a header again only after a key.
    after_key: bool,
    failed: bool,
}

impl<'f> ConfigFile<'f> {
    pub(crate) fn new(file: &'f ProfileFile, parser: FileParser) -> Self {
        Self { file, parser }
    }

    pub(crate) fn lines(&self) -> usize {
        self.file.text().split('\n').count()
    }

    fn steps(&self) -> Items<'f, Loader> {
        self.file.read(Loader(self.parser))
    }

    /// The value of a profile's key.
    pub(crate) fn get(&self, profile: &str, wanted: &str, sections: Sections) -> Option<FileValue<'f>> {
        if !self.file.may_mention(wanted) {
            return None;
        }
        let mut search = Search {
            profile,
            sections,
            lenient: self.parser == FileParser::Lenient,
            heading: Heading::Unknown,
            entries: false,
            here: None,
            settled: None,
        };
        for step in self.steps() {
            match step {
                Step::Section(heading) => {
                    search.close();
                    search.heading = heading;
                }
                Step::Entry { line, key, value } => {
                    search.entries = true;
                    if key == wanted && matches!(search.heading, Heading::Profile(_)) {
                        search.here = Some(FileValue { text: value, file: self.file.kind(), line, key });
                    }
                }
                Step::Endpoint { .. } => {}
                Step::Failure => return search.settled,
            }
        }
        search.close();
        search.settled
    }

    /// The endpoint that a `[services]` section holds for STS. A line that fits nowhere does not take back what stands above
    /// it.
    pub(crate) fn services_url(&self, name: &str) -> Option<FileValue<'f>> {
        let (mut url, mut inside) = (None, false);
        for step in self.steps() {
            match step {
                Step::Section(heading) => inside = heading == Heading::Services(name),
                Step::Endpoint { service, line, key, value }
                    if inside && service.eq_ignore_ascii_case("sts") =>
                {
                    url = Some(FileValue { text: value, file: self.file.kind(), line, key });
                }
                _ => {}
            }
        }
        url
    }
}

/// The search for a profile's key.
struct Search<'f, 's> {
    profile: &'s str,
    sections: Sections,
    lenient: bool,
    heading: Heading<&'f str>,
    /// The section being read has keys.
    entries: bool,
    /// What the section being read has.
    here: Option<FileValue<'f>>,
    /// What the sections behind it have come to.
    settled: Option<FileValue<'f>>,
}

impl Search<'_, '_> {
    /// The end of a section: `FlushProfileAndReset`, `FlushSection`.
    fn close(&mut self) {
        if let Heading::Profile(name) = self.heading {
            if self.lenient {
                if is_empty_leniently(name) || !self.entries {
                    // keys under an empty name run on into the next section
                    return;
                }
                if is_named_leniently(name, self.profile) {
                    self.settled = self.here;
                }
            } else if name == self.profile {
                self.settled = match self.sections {
                    Sections::Last => self.here,
                    Sections::Merged => self.here.or(self.settled),
                };
            }
        }
        self.here = None;
        self.entries = false;
    }
}

impl<'f> Iterator for Steps<'f> {
    type Item = Step<&'f str>;

    fn next(&mut self) -> Option<Step<&'f str>> {
        if self.failed {
            return None;
        }
        loop {
            let (index, line) = self.lines.next()?;
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let step = match self.parser {
                FileParser::Lenient => self.lenient(number, line),
                FileParser::Strict { comments, carriage_returns, services } => {
                    let line = if carriage_returns { line } else { line.strip_suffix('\r').unwrap_or(line) };
                    self.strict(number, without_comment(line, comments), services)
                }
            };
            if let Some(step) = step {
                return Some(step);
            }
        }
    }
}

impl<'f> Steps<'f> {
    /// Up to 1.9.330. Whatever stands between two brackets is a header; the word `profile` and a blank are cut out of it.
    fn lenient(&mut self, number: u32, line: &'f str) -> Option<Step<&'f str>> {
        if line.len() < SHORTEST {
            return None;
        }
        if let (true, Some(open), Some(close)) = (self.after_key, line.find('['), line.find(']')) {
            self.after_key = false;
            // a closing bracket in front of the opening one makes for a length that reaches to the end
            let name = line.get(open + 1..close).unwrap_or_else(|| line.get(open + 1..).unwrap_or_default());
            let heading = Heading::Profile(trim(name));
            self.section = Some(heading);
            return Some(Step::Section(heading));
        }
        self.section?;
        let entry = entry(number, line)?;
        self.after_key = true;
        Some(entry)
    }

    /// Since 1.9.331.
    fn strict(&mut self, number: u32, line: &'f str, services: bool) -> Option<Step<&'f str>> {
        if line.len() < SHORTEST || line.trim_start_matches(BLANKS).is_empty() {
            return None;
        }
        if line.contains('[') && line.contains(']') {
            let heading = match self.file {
                FileKind::Config => config_heading(line, services),
                FileKind::Credentials => credentials_heading(line),
            };
            let heading = heading.unwrap_or(Heading::Unknown);
            self.section = Some(heading);
            self.service = None;
            return Some(Step::Section(heading));
        }
        match self.section {
            Some(Heading::Unknown) => None,
            Some(Heading::Services(_)) => self.of_services(number, line),
            Some(_) => entry(number, line).or_else(|| self.failure()),
            None => self.failure(),
        }
    }

    /// A line of a `[services]` section, indented or not. Observed at 1.11.724, 1.11.800 and 1.11.900.
    fn of_services(&mut self, line: u32, text: &'f str) -> Option<Step<&'f str>> {
        const KEY: &str = "endpoint_url";
        let (key, value) = text.split_once('=')?;
        let (key, value) = (trim(key), trim(value));
        match self.service {
            _ if value.is_empty() => {
                // a service; so is an endpoint without value
                if !key.is_empty() {
                    self.service = Some(key);
                }
                None
            }
            Some(service) if key == KEY => Some(Step::Endpoint { service, line, key, value }),
            None if !key.eq_ignore_ascii_case(KEY) => None,
            _ => self.failure(),
        }
    }

    fn failure(&mut self) -> Option<Step<&'f str>> {
        self.failed = true;
        Some(Step::Failure)
    }
}

/// A line with `=`.
fn entry(line: u32, text: &str) -> Option<Step<&str>> {
    let (key, value) = text.split_once('=')?;
    Some(Step::Entry { line, key: trim(key), value: trim(value) })
}

/// `StripCommentFromLine`, and what came before it.
fn without_comment(line: &str, comments: Comments) -> &str {
    const STARTS: [char; 2] = ['#', ';'];
    match comments {
        Comments::Anywhere => line.split(STARTS).next().unwrap_or_default(),
        Comments::AfterBlank if line.starts_with(STARTS) => "",
        Comments::AfterBlank => {
            let blank = line
                .match_indices(BLANKS)
                .find(|(at, _)| line.get(at + 1..).is_some_and(|rest| rest.starts_with(STARTS)));
            blank.map_or(line, |(at, _)| line.get(..at).unwrap_or(line))
        }
    }
}

/// `ParseSectionDeclaration` for the config file. `None`: the section is unknown.
fn config_heading(line: &str, services: bool) -> Option<Heading<&str>> {
    const KEYWORD: &str = "profile";
    let rest = opened(line)?;
    let at = line.len() - rest.len();
    // rfind: the word may start anywhere up to there, and its length is passed over from here
    let keyword = line.find(KEYWORD).is_some_and(|found| found <= at + KEYWORD.len());
    let rest = if keyword {
        let rest = line.get(at + KEYWORD.len()..)?;
        if !rest.starts_with(BLANKS) {
            return None;
        }
        rest.trim_start_matches(BLANKS)
    } else {
        rest
    };
    let (name, rest) = identifier(rest)?;
    if name == "sso-session" || (services && name == "services") {
        let (inner, rest) = identifier(rest.trim_start_matches(BLANKS))?;
        closed(rest)?;
        return Some(if name == "services" { Heading::Services(inner) } else { Heading::SsoSession });
    }
    if !keyword && name != "default" {
        return None;
    }
    closed(rest)?;
    Some(Heading::Profile(name))
}

/// The same for the credentials file, where any name is a profile's.
fn credentials_heading(line: &str) -> Option<Heading<&str>> {
    let (name, rest) = identifier(opened(line)?)?;
    closed(rest)?;
    Some(Heading::Profile(name))
}

/// What follows the opening bracket.
fn opened(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(BLANKS).strip_prefix('[')?.trim_start_matches(BLANKS);
    (!rest.is_empty()).then_some(rest)
}

/// `ParseIdentifier`: a word, and what follows it.
fn identifier(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c| !in_identifier(c))?;
    let (word, rest) = text.split_at_checked(end)?;
    (!word.is_empty() && rest.starts_with(['\t', ' ', ']'])).then_some((word, rest))
}

/// Nothing but the closing bracket and a comment may follow.
fn closed(rest: &str) -> Option<()> {
    let rest = rest.trim_start_matches(BLANKS).strip_prefix(']')?.trim_start_matches(BLANKS);
    (rest.is_empty() || rest.starts_with(['#', ';'])).then_some(())
}

/// What the lenient loader cuts out of a header, wherever it stands.
const PREFIX: &str = "profile ";

fn is_empty_leniently(header: &str) -> bool {
    header.split(PREFIX).all(str::is_empty)
}

fn is_named_leniently(header: &str, name: &str) -> bool {
    let rest = header.split(PREFIX).try_fold(name, |rest, piece| rest.strip_prefix(piece));
    rest.is_some_and(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: FileParser = FileParser::Lenient;
    const NEW: FileParser =
        FileParser::Strict { comments: Comments::AfterBlank, carriage_returns: false, services: true };

    fn region_of(profile: &str, text: &str, parser: FileParser) -> Option<&'static str> {
        let file: &'static ProfileFile =
            alloc::boxed::Box::leak(alloc::boxed::Box::new(ProfileFile::new(FileKind::Config, text)));
        ConfigFile::new(file, parser).get(profile, "region", Sections::Last).map(|value| value.text)
    }

    fn region(text: &str, parser: FileParser) -> Option<&'static str> {
        region_of("dev", text, parser)
    }

    #[test]
    fn the_lenient_loader_needs_no_keyword_and_knows_no_comment() {
        assert_eq!(region("[dev]\nregion = a # b\n", OLD), Some("a # b"));
        assert_eq!(region("#[profile dev]\n;region = x\nregion=a\n", OLD), Some("a"));
        // no key yet: the second header is not seen
        assert_eq!(region("[profile dev]\n[profile other]\nregion = a\n", OLD), Some("a"));
        // a later section replaces an earlier one
        assert_eq!(region("[dev]\nregion = a\n[dev]\noutput = x\n", OLD), None);
        // keys under an empty name run on
        assert_eq!(region("[ ]\nregion = a\n[dev]\noutput = x\n", OLD), Some("a"));
        // a closing bracket in front of the opening one
        assert_eq!(region("][dev\nregion = a\n", OLD), Some("a"));
    }

    #[test]
    fn the_strict_loader_goes_by_the_keyword() {
        assert_eq!(region("[dev]\nregion = a\n", NEW), None);
        assert_eq!(region("[ profile\tdev ] # x\n  region = a\n", NEW), Some("a"));
        assert_eq!(region("[profile dev] x\nregion = a\n", NEW), None);
        assert_eq!(region("[profile dév]\nregion = a\n", NEW), None);
        assert_eq!(region("[profile dev]\nregion = a;b # c\n", NEW), Some("a;b"));
        // it must stand in front of the name
        assert_eq!(region_of("profile", "[ default profile]\nregion = a\n", NEW), None);
        assert_eq!(region_of("profile", "[profile profile]\nregion = a\n", NEW), Some("a"));
    }

    #[test]
    fn a_line_that_fits_nowhere_loses_its_section_and_what_follows() {
        assert_eq!(region("[profile dev]\nregion = a\nodd line\n", NEW), None);
        assert_eq!(region("[profile dev]\nregion = a\n[profile x]\nodd line\n", NEW), Some("a"));
        assert_eq!(region("odd line\n[profile dev]\nregion = a\n", NEW), None);
        assert_eq!(region("[odd]\nodd line\n[profile dev]\nregion = a\n", NEW), Some("a"));
        // a section without a name is an odd one too
        assert_eq!(region("[profile ]\nodd line\n[profile dev]\nregion = a\n", NEW), Some("a"));
        // two characters are no line
        assert_eq!(region("[profile dev]\nregion = a\nodd\n", NEW), None);
        assert_eq!(region("[profile dev]\nregion = a\nod\n", NEW), Some("a"));
    }

    #[test]
    fn services_are_read_without_regard_to_indentation() {
        let of = |text: &str| {
            let file = ProfileFile::new(FileKind::Config, text);
            let url = ConfigFile::new(&file, NEW).services_url("l");
            url.map(|url| alloc::string::String::from(url.text))
        };
        const GOOD: &str = "[services l]\nsts =\nendpoint_url = http://h\n";
        assert_eq!(of(GOOD).as_deref(), Some("http://h"));
        let with = |before: &str, after: &str| {
            of(&alloc::format!("[services l]\n{before}STS =\n  endpoint_url = http://h\n{after}"))
        };
        // an endpoint without value opens a service of that name
        assert!(with("", "endpoint_url =\nendpoint_url = http://i\n").is_some_and(|url| url == "http://h"));
        // a line that fits nowhere ends the reading, but takes nothing back
        assert!(with("", "other = x\n").is_some());
        assert!(with("s3 =\n  other = x\n", "").is_none());
        assert!(with("endpoint_url = x\n", "").is_none());
        assert!(with("other = x\n", "").is_some() && with("other\n", "").is_some());
    }
}
