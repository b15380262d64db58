//! Shared config and credentials files, read in the dialect of an SDK.
//!
//! SDKs really differ in how they read the same file: what starts a comment, whether `[ default ]` is `[default]`,
//! which of two equal keys counts, what a line without `=` means. So a [`ProfileFile`] only knows its lines; a
//! [`Dialect`], or a [`Reader`] of an emulator's own, says what each line is, and [`Section`] looks values up. What a reader
//! makes of a file is kept beside its text; no text is copied, and every value knows its line.
//!
//! ```
//! use sts_endpoint_core::profile::{Dialect, FileKind, ProfileFile, Section};
//!
//! let file = ProfileFile::new(FileKind::Config, "[default]\nregion = us-west-2 # home\n");
//! let dialect = Dialect { inline_comments: sts_endpoint_core::profile::InlineComments::AfterSpace("#;"), ..Dialect::PLAIN };
//! let region = Section::named(&file, &dialect, "default").get("region").unwrap();
//! assert_eq!((region.text, region.line), ("us-west-2", 2));
//! ```

mod reader;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use reader::Readings;
pub use reader::{Items, Reader};

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// The shared config file, `~/.aws/config`.
    Config,
    /// The shared credentials file, `~/.aws/credentials`.
    Credentials,
}

impl FileKind {
    /// `config` or `credentials`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Credentials => "credentials",
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text of a profile file, split into lines. What the lines mean is a [`Dialect`]'s affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFile {
    kind: FileKind,
    path: Option<Box<str>>,
    text: String,
    /// Where each line starts and ends (its line feed not included), in bytes.
    lines: Vec<(usize, usize)>,
    words: Words,
    readings: Readings,
}

/// The words of a text, as a set that may hold more than was put in, but never less: most keys that an SDK looks for stand
/// in no file, and need no reading of the file to be missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Words([u64; 4]);

impl Words {
    fn of(text: &str) -> Self {
        // Beyond ASCII, folding of case may make any letter any other.
        if !text.is_ascii() {
            return Self([u64::MAX; 4]);
        }
        let mut words = Self([0; 4]);
        for word in in_words(text) {
            let (part, bit) = Self::place(word);
            words.0[part] |= bit;
        }
        words
    }

    fn may_hold(&self, word: &[u8]) -> bool {
        let (part, bit) = Self::place(word);
        self.0[part] & bit != 0
    }

    /// The bit of a word, by its length and three of its letters.
    fn place(bytes: &[u8]) -> (usize, u64) {
        let letter = |at: usize| bytes.get(at).map_or(0, |b| usize::from(b.to_ascii_lowercase()));
        let end = bytes.len().saturating_sub(1);
        let sum = bytes.len() + 7 * letter(0) + 31 * letter(end / 2) + 61 * letter(end);
        ((sum / 64) % 4, 1 << (sum % 64))
    }
}

/// Runs of ASCII letters, digits and underscores.
fn in_words(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|b| !is_in_word(*b)).filter(|word| !word.is_empty())
}

fn is_in_word(b: u8) -> bool {
    const IN_WORDS: [bool; 256] = {
        let mut in_words = [false; 256];
        let mut b = 0;
        while b < in_words.len() {
            in_words[b] = (b as u8).is_ascii_alphanumeric() || b as u8 == b'_';
            b += 1;
        }
        in_words
    };
    IN_WORDS[usize::from(b)]
}

impl ProfileFile {
    /// A file from its text.
    pub fn new(kind: FileKind, text: &str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            lines.push((start, if line.ends_with('\n') { end - 1 } else { end }));
            start = end;
        }
        Self {
            kind,
            path: None,
            text: text.into(),
            lines,
            words: Words::of(text),
            readings: Readings::default(),
        }
    }

    /// Says where the file was read from, for messages.
    #[must_use]
    pub fn at_path(mut self, path: &str) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Which of the two files it is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Where it was read from, if that is known.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the words of a key may stand in the file, in any case. `false` is certain: no SDK finds the key there.
    ///
    /// ```
    /// use sts_endpoint_core::profile::{FileKind, ProfileFile};
    ///
    /// let file = ProfileFile::new(FileKind::Config, "[default]\nREGION = us-west-2\n");
    /// assert!(file.may_mention("region") && !file.may_mention("endpoint_url"));
    /// ```
    pub fn may_mention(&self, key: &str) -> bool {
        in_words(key).all(|word| self.words.may_hold(word))
    }

    /// The same of two files: each word in one or the other.
    pub(crate) fn may_mention_between(one: &Self, other: &Self, key: &str) -> bool {
        in_words(key).all(|word| one.words.may_hold(word) || other.words.may_hold(word))
    }

    /// The lines as they stand, without line feeds, with their numbers (from 1).
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = (u32, &str)> {
        self.lines.iter().enumerate().map(|(i, &(start, end))| (number(i), &self.text[start..end]))
    }

    /// What each line is in a dialect, top to bottom.
    pub fn events(&self, dialect: &Dialect) -> Items<'_, Dialect> {
        self.read(*dialect)
    }

    /// The section headers in a dialect, top to bottom, with their line numbers.
    pub fn headers(&self, dialect: &Dialect) -> impl Iterator<Item = (u32, Header<&str>)> {
        self.events(dialect).filter_map(|(line, event)| match event {
            Event::Header(header) => Some((line, header)),
            _ => None,
        })
    }

    /// The first malformed line in a dialect.
    pub fn first_malformed(&self, dialect: &Dialect) -> Option<(u32, Malformed)> {
        self.events(dialect).find_map(|(line, event)| match event {
            Event::Malformed(what) => Some((line, what)),
            _ => None,
        })
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// What an SDK's reader takes each line for. Built from [`Dialect::PLAIN`] with struct update syntax.
///
/// A dialect only says how one line reads. What a file of such lines means (which section is the profile, whether
/// equal sections are merged, whether a malformed line is fatal) is the emulator's to say, with [`Section`] and
/// [`ProfileFile::events`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Characters that make a whole line a comment.
    pub comment_starts: &'static str,
    /// Whether such a comment may be indented.
    pub indented_comments: bool,
    /// What starts a comment behind a value.
    pub inline_comments: InlineComments,
    /// Characters that may stand between key and value; the first one in the line counts.
    pub delimiters: &'static str,
    /// What an indented line is.
    pub indented: Indented,
    /// Whether white space inside the brackets of a header is dropped: `[ default ]`.
    pub trim_headers: bool,
    /// Whether keys are compared without ASCII case.
    pub fold_keys: bool,
    /// Which of two equal keys counts.
    pub duplicate_keys: Duplicates,
}

impl Dialect {
    /// The least that all readers share: `[section]`, `key = value`, whole-line comments with `#` or `;`, sub-properties
    /// by indentation; the last of two equal keys counts.
    pub const PLAIN: Self = Self {
        comment_starts: "#;",
        indented_comments: false,
        inline_comments: InlineComments::None,
        delimiters: "=",
        indented: Indented::Nested,
        trim_headers: false,
        fold_keys: false,
        duplicate_keys: Duplicates::Last,
    };

    fn same_key(&self, a: &str, b: &str) -> bool {
        if self.fold_keys { a.eq_ignore_ascii_case(b) } else { a == b }
    }

    fn strip_inline_comment<'t>(&self, value: &'t str) -> &'t str {
        match self.inline_comments {
            InlineComments::None => value,
            InlineComments::Anywhere(starts) => {
                value.find(|c| starts.contains(c)).map_or(value, |at| &value[..at])
            }
            InlineComments::AfterSpace(starts) => {
                let mut after_space = true;
                for (at, c) in value.char_indices() {
                    if after_space && starts.contains(c) {
                        return &value[..at];
                    }
                    after_space = c.is_whitespace();
                }
                value
            }
        }
    }
}

/// What starts a comment behind a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineComments {
    /// Nothing does.
    None,
    /// One of these characters, at the value's start or behind white space.
    AfterSpace(&'static str),
    /// One of these characters, wherever it stands.
    Anywhere(&'static str),
}

/// What an indented line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indented {
    /// A sub-property of the property above it.
    Nested,
    /// A property like any other.
    Property,
}

/// Which of two equal things counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// The first.
    First,
    /// The last.
    Last,
}

/// What one line of a file is. `T` is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<T> {
    /// A section header.
    Header(Header<T>),
    /// A property of the section above.
    Property {
        /// The key, trimmed, as written.
        key: T,
        /// The value, trimmed, without comment.
        value: T,
    },
    /// A sub-property: an indented line below a property.
    Nested {
        /// The key of the property above.
        parent: T,
        /// The key, trimmed, as written.
        key: T,
        /// The value, trimmed, without comment.
        value: T,
    },
    /// An indented line without delimiter below a property: a continuation of its value.
    Continuation {
        /// The key of the property above.
        parent: T,
        /// The line, trimmed.
        text: T,
    },
    /// A line that is none of these.
    Malformed(Malformed),
}

/// How a line fails to be a header or a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Malformed {
    /// `[default` without the closing bracket.
    UnclosedHeader,
    /// Text without a delimiter.
    NoDelimiter,
    /// A property before the first section.
    BeforeFirstSection,
    /// A property whose key is empty.
    EmptyKey,
}

/// The text between the brackets of a section header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header<T> {
    /// The text, trimmed only if the dialect says so.
    pub text: T,
}

impl<'f> Header<&'f str> {
    /// Splits `profile dev` into `profile` and `dev`; a header of one word has no first part.
    pub fn split(self) -> (Option<&'f str>, &'f str) {
        match self.text.split_once([' ', '\t']) {
            Some((kind, name)) => (Some(kind), name.trim()),
            None => (None, self.text),
        }
    }
}

impl Reader for Dialect {
    type Item<T: Send + Sync> = (u32, Event<T>);

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = (u32, Event<&str>)> {
        Events { file, dialect: self, next: 0, in_section: false, nested_under: None }
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        (line, event): &(u32, Event<T>),
        mut text: impl FnMut(&T) -> U,
    ) -> (u32, Event<U>) {
        let event = match event {
            Event::Header(header) => Event::Header(Header { text: text(&header.text) }),
            Event::Property { key, value } => Event::Property { key: text(key), value: text(value) },
            Event::Nested { parent, key, value } => {
                Event::Nested { parent: text(parent), key: text(key), value: text(value) }
            }
            Event::Continuation { parent, text: line } => {
                Event::Continuation { parent: text(parent), text: text(line) }
            }
            Event::Malformed(what) => Event::Malformed(*what),
        };
        (*line, event)
    }
}

/// The lines of a file, read in a dialect.
struct Events<'f> {
    file: &'f ProfileFile,
    dialect: Dialect,
    next: usize,
    in_section: bool,
    nested_under: Option<&'f str>,
}

impl<'f> Iterator for Events<'f> {
    type Item = (u32, Event<&'f str>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let &(start, end) = self.file.lines.get(self.next)?;
            self.next += 1;
            let line = &self.file.text[start..end];
            if let Some(event) = self.read(line) {
                return Some((number(self.next - 1), event));
            }
        }
    }
}

impl<'f> Events<'f> {
    fn read(&mut self, line: &'f str) -> Option<Event<&'f str>> {
        let dialect = self.dialect;
        let trimmed = line.trim();
        let first = trimmed.chars().next()?;
        let indented = line.starts_with([' ', '\t']);
        if dialect.comment_starts.contains(first) && (!indented || dialect.indented_comments) {
            return None;
        }
        if first == '[' && (!indented || dialect.indented == Indented::Property) {
            self.nested_under = None;
            let Some(end) = trimmed.find(']') else {
                return Some(Event::Malformed(Malformed::UnclosedHeader));
            };
            self.in_section = true;
            let text = &trimmed[1..end];
            return Some(Event::Header(Header {
                text: if dialect.trim_headers { text.trim() } else { text },
            }));
        }
        let parent = if indented && dialect.indented == Indented::Nested { self.nested_under } else { None };
        let split = trimmed.find(|c| dialect.delimiters.contains(c)).map(|at| {
            let value = trimmed[at..].chars().next().map_or("", |c| &trimmed[at + c.len_utf8()..]);
            (trimmed[..at].trim(), dialect.strip_inline_comment(value).trim())
        });
        Some(match (split, parent) {
            (Some((key, value)), Some(parent)) => Event::Nested { parent, key, value },
            (None, Some(parent)) => Event::Continuation { parent, text: trimmed },
            (None, None) => Event::Malformed(Malformed::NoDelimiter),
            (Some(("", _)), None) => Event::Malformed(Malformed::EmptyKey),
            (Some(_), None) if !self.in_section => Event::Malformed(Malformed::BeforeFirstSection),
            (Some((key, value)), None) => {
                self.nested_under = Some(key);
                Event::Property { key, value }
            }
        })
    }
}

/// A value found in a profile file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileValue<'f> {
    /// The value's text.
    pub text: &'f str,
    /// Which file it stands in.
    pub file: FileKind,
    /// Its line, from 1.
    pub line: u32,
    /// The key it was found under, as written.
    pub key: &'f str,
}

/// Which sections of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted<'f> {
    /// Every section with this header text.
    Named(&'f str),
    /// Every section with a header `kind name`.
    Kind(&'f str, &'f str),
    /// The one section whose header stands in this line.
    At(u32),
}

/// The properties of a profile in one file: one section, or all sections of one name read as one.
///
/// ```
/// use sts_endpoint_core::profile::{Dialect, FileKind, ProfileFile, Section};
///
/// let file = ProfileFile::new(
///     FileKind::Config,
///     "[profile dev]\nservices = local\n[services local]\nsts =\n  endpoint_url = http://localhost:4566\n",
/// );
/// let dev = Section::of_kind(&file, &Dialect::PLAIN, "profile", "dev");
/// assert!(dev.exists());
/// let services = Section::of_kind(&file, &Dialect::PLAIN, "services", dev.get("services").unwrap().text);
/// assert_eq!(services.nested("sts", "endpoint_url").unwrap().text, "http://localhost:4566");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Section<'f> {
    file: &'f ProfileFile,
    dialect: &'f Dialect,
    wanted: Wanted<'f>,
}

impl<'f> Section<'f> {
    /// All sections headed `[name]`, read as one.
    pub fn named(file: &'f ProfileFile, dialect: &'f Dialect, name: &'f str) -> Self {
        Self { file, dialect, wanted: Wanted::Named(name) }
    }

    /// All sections headed `[kind name]`, read as one.
    pub fn of_kind(file: &'f ProfileFile, dialect: &'f Dialect, kind: &'f str, name: &'f str) -> Self {
        Self { file, dialect, wanted: Wanted::Kind(kind, name) }
    }

    /// The one section whose header stands in a line.
    pub fn at(file: &'f ProfileFile, dialect: &'f Dialect, line: u32) -> Self {
        Self { file, dialect, wanted: Wanted::At(line) }
    }

    /// The last section whose header satisfies a condition.
    pub fn last(
        file: &'f ProfileFile,
        dialect: &'f Dialect,
        is: impl Fn(Header<&'f str>) -> bool,
    ) -> Option<Self> {
        let (line, _) = file.headers(dialect).filter(|(_, header)| is(*header)).last()?;
        Some(Self::at(file, dialect, line))
    }

    /// The file it stands in.
    pub fn file(&self) -> &'f ProfileFile {
        self.file
    }

    fn is_wanted(&self, line: u32, header: Header<&'f str>) -> bool {
        match self.wanted {
            Wanted::Named(name) => header.text == name,
            Wanted::Kind(kind, name) => header.split() == (Some(kind), name),
            Wanted::At(at) => line == at,
        }
    }

    /// The line of its first header, if the file has such a section.
    pub fn line(&self) -> Option<u32> {
        self.file
            .headers(self.dialect)
            .find(|&(line, header)| self.is_wanted(line, header))
            .map(|(line, _)| line)
    }

    /// Whether the file has such a section.
    pub fn exists(&self) -> bool {
        self.line().is_some()
    }

    /// The events inside the section (or sections), headers left out.
    pub fn events(&self) -> impl Iterator<Item = (u32, Event<&'f str>)> {
        let section = *self;
        let mut inside = false;
        self.file.events(self.dialect).filter(move |&(line, event)| {
            if let Event::Header(header) = event {
                inside = section.is_wanted(line, header);
                return false;
            }
            inside
        })
    }

    fn pick(&self, matches: impl Fn(Event<&'f str>) -> Option<(&'f str, &'f str)>) -> Option<FileValue<'f>> {
        let mut found = self.events().filter_map(|(line, event)| {
            let (key, text) = matches(event)?;
            Some(FileValue { text, file: self.file.kind(), line, key })
        });
        match self.dialect.duplicate_keys {
            Duplicates::First => found.next(),
            Duplicates::Last => found.last(),
        }
    }

    /// The value of a property. An empty value is a value.
    pub fn get(&self, wanted: &str) -> Option<FileValue<'f>> {
        self.pick(|event| match event {
            Event::Property { key, value } if self.dialect.same_key(key, wanted) => Some((key, value)),
            _ => None,
        })
    }

    /// The value of a sub-property: an indented line below the property `parent`.
    pub fn nested(&self, under: &str, wanted: &str) -> Option<FileValue<'f>> {
        self.pick(|event| match event {
            Event::Nested { parent, key, value }
                if self.dialect.same_key(parent, under) && self.dialect.same_key(key, wanted) =>
            {
                Some((key, value))
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> ProfileFile {
        ProfileFile::new(FileKind::Config, text)
    }

    #[test]
    fn lines_keep_their_numbers_over_blanks_and_comments() {
        let file = config("# a comment\n\n[default]\n; another\nregion = us-west-2\n");
        let value = Section::named(&file, &Dialect::PLAIN, "default").get("region").unwrap();
        assert_eq!((value.text, value.line), ("us-west-2", 5));
    }

    #[test]
    fn inline_comments_are_the_dialects_affair() {
        let file = config("[default]\na = x # note\nb = x;note\n");
        let read = |inline_comments, key| {
            let dialect = Dialect { inline_comments, ..Dialect::PLAIN };
            Section::named(&file, &dialect, "default").get(key).map(|v| String::from(v.text)).unwrap()
        };
        assert_eq!(read(InlineComments::None, "a"), "x # note");
        assert_eq!(read(InlineComments::AfterSpace("#;"), "a"), "x");
        assert_eq!(read(InlineComments::AfterSpace("#;"), "b"), "x;note");
        assert_eq!(read(InlineComments::Anywhere("#;"), "b"), "x");
    }

    #[test]
    fn equal_sections_read_as_one_or_one_by_one() {
        let file = config("[a]\nx = 1\n[b]\nx = 2\n[a]\nx = 3\ny = 4\n");
        let a = Section::named(&file, &Dialect::PLAIN, "a");
        assert_eq!(a.get("x").unwrap().text, "3");
        let first = Section::at(&file, &Dialect::PLAIN, a.line().unwrap());
        assert_eq!(first.get("x").unwrap().text, "1");
        assert_eq!(first.get("y"), None);
        let last = Section::last(&file, &Dialect::PLAIN, |header| header.text == "a").unwrap();
        assert_eq!(last.get("y").unwrap().line, 7);
    }

    #[test]
    fn malformed_lines_are_named() {
        let malformed = |text: &str| config(text).first_malformed(&Dialect::PLAIN);
        assert_eq!(malformed("[default\nregion = x\n"), Some((1, Malformed::UnclosedHeader)));
        assert_eq!(malformed("region = x\n[default]\n"), Some((1, Malformed::BeforeFirstSection)));
        assert_eq!(malformed("[default]\nregion\n"), Some((2, Malformed::NoDelimiter)));
        assert_eq!(malformed("[default]\n= x\n"), Some((2, Malformed::EmptyKey)));
        assert_eq!(malformed("[default]\nregion = x\n  y = z\n"), None);
    }

    #[test]
    fn nested_values_belong_to_the_property_above() {
        let file = config("[services local]\ns3 =\n  endpoint_url = a\nsts =\n  endpoint_url = b\n");
        let section = Section::of_kind(&file, &Dialect::PLAIN, "services", "local");
        assert_eq!(section.nested("sts", "endpoint_url").unwrap().text, "b");
        assert_eq!(section.nested("s3", "endpoint_url").unwrap().text, "a");
        assert_eq!(section.get("endpoint_url"), None);
    }

    #[test]
    fn an_indented_header_is_one_where_indentation_means_nothing() {
        let file = config("[a]\nx = 1\n  [b]\ny = 2\n");
        let has_y = |name, indented| {
            let dialect = Dialect { indented, ..Dialect::PLAIN };
            Section::named(&file, &dialect, name).get("y").is_some()
        };
        assert!(!has_y("a", Indented::Property) && has_y("b", Indented::Property));
        assert!(has_y("a", Indented::Nested) && !has_y("b", Indented::Nested));
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_underscores() {
        let words = |text| in_words(text).map(|word| str::from_utf8(word).unwrap()).collect::<Vec<_>>();
        assert_eq!(
            words("[default]\nuse_fips_endpoint=TRUE;x9\n"),
            ["default", "use_fips_endpoint", "TRUE", "x9"]
        );
        assert_eq!(words(" \t-"), [""; 0]);
    }

    #[test]
    fn headers_split_into_kind_and_name() {
        assert_eq!(Header { text: "profile dev" }.split(), (Some("profile"), "dev"));
        assert_eq!(Header { text: "default" }.split(), (None, "default"));
    }
}
