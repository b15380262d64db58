//! The profile files' parser since config 1.24.0: line by line, and nothing is an error.

use sts_endpoint_core::ProfileFile;
use sts_endpoint_core::profile::{FileValue, Reader};

/// A section's header, split at its first space: `profile` and `dev`; the first part is empty for a header of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header<T> {
    pub(crate) kind: T,
    pub(crate) name: T,
}

/// What a line is (config/internal/ini/tokenize.go).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<T> {
    Header(Header<T>),
    Property { key: T, value: T },
    SubProperty { key: T, value: T },
    Continuation(T),
}

const SPACES: [char; 2] = [' ', '\t'];

/// `splitProperty`: at the first `=` or `:`.
fn split_property(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(['=', ':'])?;
    Some((key.trim(), unquoted(value.trim())))
}

/// `unquote`: quotes of either kind around the whole.
fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"')).unwrap_or(text)
}

/// `trimPropertyComment`: from the first `#` or `;` behind a space or tab on.
fn without_comment(text: &str) -> &str {
    if !text.contains(['#', ';']) {
        return text;
    }
    [" #", " ;", "\t#", "\t;"].into_iter().fold(text, |text, start| text.split(start).next().unwrap_or(text))
}

/// What starts a comment behind a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comments {
    /// `#` and `;`, wherever they stand (config 1.24.0 to 1.25.1).
    Anywhere,
    /// `#` and `;` behind a space or tab.
    AfterSpace,
}

impl Comments {
    fn cut(self, text: &str) -> &str {
        match self {
            Self::Anywhere => text.split(['#', ';']).next().unwrap_or(text),
            Self::AfterSpace => without_comment(text),
        }
    }
}

/// The file, line by line, with the lines' numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tokenizer(Comments);

impl Reader for Tokenizer {
    type Item<T: Send + Sync> = (u32, Line<T>);

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = (u32, Line<&str>)> {
        file.lines().filter_map(move |(number, line)| Some((number, Line::of(line, self.0)?)))
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        (number, line): &(u32, Line<T>),
        mut text: impl FnMut(&T) -> U,
    ) -> (u32, Line<U>) {
        let line = match line {
            Line::Header(Header { kind, name }) => {
                Line::Header(Header { kind: text(kind), name: text(name) })
            }
            Line::Property { key, value } => Line::Property { key: text(key), value: text(value) },
            Line::SubProperty { key, value } => Line::SubProperty { key: text(key), value: text(value) },
            Line::Continuation(more) => Line::Continuation(text(more)),
        };
        (*number, line)
    }
}

impl<'f> Line<&'f str> {
    fn of(line: &'f str, comments: Comments) -> Option<Self> {
        if line.trim().is_empty() || line.trim_start_matches(SPACES).starts_with(['#', ';']) {
            return None;
        }
        let bare = line.split(['#', ';']).next().unwrap_or(line).trim();
        if let Some(inside) = bare.strip_prefix('[').and_then(|bare| bare.strip_suffix(']')) {
            let inside = inside.trim();
            let (kind, name) = inside.split_once(SPACES).unwrap_or(("", inside));
            return Some(Self::Header(Header { kind, name: name.trim_start_matches(SPACES) }));
        }
        if !line.starts_with(SPACES) {
            let (key, value) = split_property(comments.cut(line).trim_end_matches(SPACES))?;
            return Some(Self::Property { key, value });
        }
        // Comments behind what is indented are part of it.
        let text = line.trim_start_matches(SPACES);
        Some(match split_property(text) {
            Some((key, value)) => Self::SubProperty { key, value },
            None => Self::Continuation(text),
        })
    }
}

/// What is looked up in a section.
#[derive(Clone, Copy)]
pub(crate) enum Wanted<'w> {
    Property(&'w str),
    SubProperty { under: &'w str, key: &'w str },
}

/// Whether a file has a section.
pub(crate) fn has_section(file: &ProfileFile, is: &dyn Fn(Header<&str>) -> bool, comments: Comments) -> bool {
    file.read(Tokenizer(comments)).any(|(_, line)| matches!(line, Line::Header(header) if is(header)))
}

/// The last of equal keys in the sections of a name, read as one (config/internal/ini/parse.go). Keys are folded.
pub(crate) fn find<'f>(
    file: &'f ProfileFile,
    is: &dyn Fn(Header<&str>) -> bool,
    wanted: Wanted<'_>,
    comments: Comments,
) -> Option<FileValue<'f>> {
    let mut inside = false;
    // The property above, and whether it has a value.
    let mut above: Option<(&str, bool)> = None;
    let mut found: Option<FileValue<'f>> = None;
    for (line, read) in file.read(Tokenizer(comments)) {
        let value = |key, text| FileValue { text, file: file.kind(), line, key };
        let (key, property) = match read {
            Line::Header(header) => {
                inside = is(header);
                above = None;
                continue;
            }
            _ if !inside => continue,
            Line::Property { key, value } => (key, value),
            Line::SubProperty { key, value: sub } => match above {
                Some((under, false)) => {
                    if let Wanted::SubProperty { under: wanted_under, key: wanted } = wanted
                        && under.eq_ignore_ascii_case(wanted_under)
                        && key.eq_ignore_ascii_case(wanted)
                    {
                        found = Some(value(key, sub));
                    }
                    continue;
                }
                // Below nothing, or below a property with a value, it is a property itself.
                _ => (key, comments.cut(sub).trim()),
            },
            Line::Continuation(more) => {
                if let (Wanted::Property(wanted), Some((key, true))) = (wanted, above)
                    && key.eq_ignore_ascii_case(wanted)
                {
                    // The SDK leaves out the white space in front of the line.
                    found = found.map(|found| FileValue { text: file.through(found.text, more), ..found });
                }
                continue;
            }
        };
        above = Some((key, !property.is_empty()));
        match wanted {
            Wanted::Property(wanted) if key.eq_ignore_ascii_case(wanted) => {
                found = Some(value(key, property))
            }
            Wanted::SubProperty { under, .. } if key.eq_ignore_ascii_case(under) => found = None,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use sts_endpoint_core::FileKind;

    fn value(text: &str, key: &str) -> Option<alloc::string::String> {
        let file = ProfileFile::new(FileKind::Config, text);
        let is = |header: Header<&str>| header == Header { kind: "", name: "a" };
        find(&file, &is, Wanted::Property(key), Comments::AfterSpace).map(|found| found.text.into())
    }

    #[test]
    fn headers_may_carry_comments_and_spaces() {
        let header = |text| match Line::of(text, Comments::AfterSpace) {
            Some(Line::Header(Header { kind, name })) => Some((kind, name)),
            _ => None,
        };
        assert_eq!(header(" [ profile \t dev ] ; x"), Some(("profile", "dev")));
        assert_eq!(header("[a b c]"), Some(("a", "b c")));
        assert_eq!(header("[a"), None);
    }

    #[test]
    fn values_lose_comments_behind_white_space_and_quotes() {
        assert_eq!(value("[a]\nX = y # z\n", "x").as_deref(), Some("y"));
        assert_eq!(value("[a]\nx = y;z\n", "x").as_deref(), Some("y;z"));
        assert_eq!(value("[a]\nx: \"y\"\n", "x").as_deref(), Some("y"));
        assert_eq!(value("[a]\nx = '\n", "x").as_deref(), Some("'"));
    }

    #[test]
    fn what_is_indented_belongs_to_a_property_without_value() {
        let text = "[a]\ns3 =\n  x = 1\ny = 2\n  x = 3 # c\n";
        assert_eq!(value(text, "x").as_deref(), Some("3"));
        assert_eq!(value("[a]\n  x = 1\n", "x").as_deref(), Some("1"));
        assert_eq!(value("[a]\nx = 1\n  more\n", "x").as_deref(), Some("1\n  more"));
        let file = ProfileFile::new(FileKind::Config, text);
        let is = |header: Header<&str>| header.name == "a";
        let sub = |under, key| {
            find(&file, &is, Wanted::SubProperty { under, key }, Comments::AfterSpace).map(|found| found.text)
        };
        assert_eq!(sub("S3", "X"), Some("1"));
        assert_eq!(sub("y", "x"), None);
    }

    #[test]
    fn blank_lines_and_comment_lines_are_no_lines() {
        assert_eq!(value("[a]\nx = 1\n \t\ny = 2\n", "x").as_deref(), Some("1"));
        assert_eq!(value("[a]\nx = 1\n  # more\n", "x").as_deref(), Some("1"));
        let file = ProfileFile::new(FileKind::Config, "[a]\nsts =\n# c = d\n  x = 1\n");
        let is = |header: Header<&str>| header.name == "a";
        let wanted = Wanted::SubProperty { under: "sts", key: "x" };
        assert_eq!(find(&file, &is, wanted, Comments::AfterSpace).map(|found| found.text), Some("1"));
    }

    /// `handleProperty` lays a new value over the old one, sub-properties and all.
    #[test]
    fn a_property_said_again_loses_its_sub_properties() {
        let file = ProfileFile::new(FileKind::Config, "[a]\nsts =\n  x = 1\n  y = 1\nSTS =\n  y = 2\n");
        let is = |header: Header<&str>| header.name == "a";
        let sub = |key| {
            find(&file, &is, Wanted::SubProperty { under: "sts", key }, Comments::AfterSpace)
                .map(|found| found.text)
        };
        assert_eq!(sub("x"), None);
        assert_eq!(sub("y"), Some("2"));
    }
}
