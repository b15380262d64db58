//! Profile files as Java 1.x reads them.
//!
//! Source: aws/aws-sdk-java `aws-java-sdk-core/.../auth/profile/internal/AbstractProfilesConfigFileScanner.java` and
//! `BasicProfileConfigLoader.java`. Every line is trimmed first, so indentation means nothing; only `#` starts a comment
//! (`;` does not); the text in brackets is the profile's name as it stands; a section that comes again replaces the
//! earlier one. One bad line fails the whole file.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use sts_endpoint_core::ProfileFile;
use sts_endpoint_core::profile::{FileValue, Reader};

/// How a release's scanner takes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scanner {
    /// Whether the last of two equal keys counts; before, the file fails.
    pub last_key_counts: bool,
    /// Whether errors name the line by its number; before, by its text.
    pub numbers_lines: bool,
    /// Whether `[profile x]` is looked for where `[x]` is missing.
    pub tries_prefix: bool,
}

/// A line after trimming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<T> {
    Section(T),
    Property(T, T),
    NoEquals(T),
}

/// The lines of `java.util.Scanner` that are neither empty nor comments, with their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lines;

impl Reader for Lines {
    type Item<T: Send + Sync> = (u32, Line<T>);

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = (u32, Line<&str>)> {
        lines(file.text())
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        (number, line): &(u32, Line<T>),
        mut text: impl FnMut(&T) -> U,
    ) -> (u32, Line<U>) {
        let line = match line {
            Line::Section(name) => Line::Section(text(name)),
            Line::Property(key, value) => Line::Property(text(key), text(value)),
            Line::NoEquals(line) => Line::NoEquals(text(line)),
        };
        (*number, line)
    }
}

/// Why a file cannot be loaded: the error's type and message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unloadable<'f> {
    pub(crate) error_type: &'static str,
    pub(crate) message: Cow<'f, str>,
}

/// `String.trim`: everything up to the space goes.
pub(crate) fn java_trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

fn lines(text: &str) -> impl Iterator<Item = (u32, Line<&str>)> {
    let mut rest = text;
    let mut number = 0u32;
    core::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            number = number.saturating_add(1);
            let separator = |c: char| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
            let end = rest.find(separator).unwrap_or(rest.len());
            let (line, behind) = rest.split_at(end);
            rest = match behind.strip_prefix("\r\n") {
                Some(behind) => behind,
                None => behind.strip_prefix(separator).unwrap_or(behind),
            };
            let line = java_trim(line);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let section = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
            let read = match (section, line.split_once('=')) {
                (Some(name), _) => Line::Section(java_trim(name)),
                (None, Some((key, value))) => Line::Property(java_trim(key), java_trim(value)),
                (None, None) => Line::NoEquals(line),
            };
            return Some((number, read));
        }
    })
}

/// The keys of a section, to find the first that comes twice. Sections with more keys than most spill over.
#[derive(Default)]
struct Keys<'f> {
    few: [&'f str; 24],
    count: usize,
    more: BTreeSet<&'f str>,
}

impl<'f> Keys<'f> {
    fn clear(&mut self) {
        self.count = 0;
        self.more.clear();
    }

    /// Whether the key is new.
    fn insert(&mut self, key: &'f str) -> bool {
        if self.few.iter().take(self.count).any(|known| *known == key) {
            return false;
        }
        match self.few.get_mut(self.count) {
            Some(free) => {
                *free = key;
                self.count += 1;
                true
            }
            None => self.more.insert(key),
        }
    }
}

/// A file with the scanner of a release.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profiles<'f> {
    pub(crate) file: &'f ProfileFile,
    pub(crate) scanner: Scanner,
}

impl<'f> Profiles<'f> {
    /// Loads the file, to see whether it can be.
    pub(crate) fn check(&self) -> Result<(), Unloadable<'f>> {
        let illegal = |message: Cow<'f, str>| Unloadable { error_type: "IllegalArgumentException", message };
        let mut keys = Keys::default();
        let mut inside = false;
        let mut unnamed = false;
        for (number, line) in self.file.read(Lines) {
            match line {
                Line::Section(name) => {
                    inside = true;
                    unnamed |= name.is_empty();
                    keys.clear();
                }
                Line::NoEquals(text) => {
                    return Err(illegal(if self.scanner.numbers_lines {
                        format!("Invalid property format: no '=' character is found on line {number}").into()
                    } else {
                        format!("Invalid property format: no '=' character is found in the line [{text}].")
                            .into()
                    }));
                }
                Line::Property(key, value) if !inside => {
                    return Err(illegal(if self.scanner.numbers_lines {
                        format!("Property is defined without a preceding profile name on line {number}")
                            .into()
                    } else {
                        format!(
                            "Property is defined without a preceding profile name. Current line: {key}={value}"
                        )
                        .into()
                    }));
                }
                Line::Property(key, _) => {
                    if !self.scanner.last_key_counts && !keys.insert(key) {
                        return Err(illegal(format!("Duplicate property values for [{key}].").into()));
                    }
                }
            }
        }
        if unnamed {
            return Err(Unloadable {
                error_type: "SdkClientException",
                message: "Unable to load properties from profile: Profile name is empty.".into(),
            });
        }
        Ok(())
    }

    /// Whether there is a section of that name, prefix and all.
    fn has(&self, name: &str, prefixed: bool) -> bool {
        self.file
            .read(Lines)
            .any(|(_, line)| matches!(line, Line::Section(found) if is(found, name, prefixed)))
    }

    /// A key of the section that bears the name exactly; of the last one, where there are several.
    pub(crate) fn exact(&self, name: &str, key: &str) -> Option<FileValue<'f>> {
        self.find(name, false, key)
    }

    /// Whether a profile exists: `AllProfiles.getProfile`.
    pub(crate) fn exists(&self, name: &str) -> bool {
        self.has(name, false) || (self.scanner.tries_prefix && self.has(name, true))
    }

    /// A key of a profile: of `[name]`, else, in releases that try it, of `[profile name]`.
    pub(crate) fn get(&self, name: &str, key: &str) -> Option<FileValue<'f>> {
        let prefixed = self.scanner.tries_prefix && !self.has(name, false);
        self.find(name, prefixed, key)
    }

    fn find(&self, name: &str, prefixed: bool, wanted: &str) -> Option<FileValue<'f>> {
        let mut inside = false;
        let mut found = None;
        for (line, read) in self.file.read(Lines) {
            match read {
                Line::Section(section) => {
                    inside = is(section, name, prefixed);
                    if inside {
                        found = None;
                    }
                }
                Line::Property(key, text) if inside && key == wanted => {
                    found = Some(FileValue { text, file: self.file.kind(), line, key });
                }
                _ => {}
            }
        }
        found
    }
}

fn is(section: &str, name: &str, prefixed: bool) -> bool {
    if prefixed { section.strip_prefix("profile ") == Some(name) } else { section == name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use sts_endpoint_core::FileKind;

    const NEW: Scanner = Scanner { last_key_counts: true, numbers_lines: true, tries_prefix: true };
    const OLD: Scanner = Scanner { last_key_counts: false, numbers_lines: false, tries_prefix: false };

    fn read(text: &str, scanner: Scanner, name: &str) -> Result<Option<String>, String> {
        let file = ProfileFile::new(FileKind::Config, text);
        let profiles = Profiles { file: &file, scanner };
        profiles.check().map_err(|bad| bad.message.into_owned())?;
        Ok(profiles.get(name, "region").map(|value| value.text.into()))
    }

    #[test]
    fn indentation_means_nothing_and_semicolons_are_no_comments() {
        assert_eq!(read("  [ default ]\n\tregion = a\r\n", NEW, "default"), Ok(Some("a".into())));
        assert_eq!(read("[default]\ns3 =\n  region = b\n", NEW, "default"), Ok(Some("b".into())));
        assert_eq!(read("[default]\nregion = a # b\n", NEW, "default"), Ok(Some("a # b".into())));
        assert!(read("; c\n[default]\nregion = a\n", NEW, "default").is_err());
    }

    #[test]
    fn a_section_that_comes_again_replaces_the_earlier_one() {
        assert_eq!(read("[default]\nregion = a\n[default]\noutput = x\n", NEW, "default"), Ok(None));
    }

    #[test]
    fn the_prefix_is_tried_by_newer_releases_where_the_plain_section_is_missing() {
        let text = "[profile dev]\nregion = a\n";
        assert_eq!(read(text, OLD, "dev"), Ok(None));
        assert_eq!(read(text, NEW, "dev"), Ok(Some("a".into())));
        assert_eq!(read("[profile dev]\nregion = a\n[dev]\noutput = x\n", NEW, "dev"), Ok(None));
    }

    #[test]
    fn equal_keys_fail_older_releases() {
        let text = "[default]\nregion = a\nregion = b\n";
        assert_eq!(read(text, NEW, "default"), Ok(Some("b".into())));
        assert_eq!(read(text, OLD, "default"), Err("Duplicate property values for [region].".into()));
        let mut many = String::from("[default]\n");
        (0..100).for_each(|i| many.push_str(&format!("key{i} = x\n")));
        assert_eq!(read(&many, OLD, "default"), Ok(None));
        many.push_str("key90 = y\n");
        assert!(read(&many, OLD, "default").is_err());
    }

    #[test]
    fn bad_lines_are_named() {
        for (text, message) in [
            ("[default\n", "Invalid property format: no '=' character is found on line 1"),
            ("\nregion = x\n", "Property is defined without a preceding profile name on line 2"),
            ("[]\n", "Unable to load properties from profile: Profile name is empty."),
        ] {
            assert_eq!(read(text, NEW, "default"), Err(message.into()));
        }
        assert_eq!(
            read("[\u{fc}\n", OLD, "default"),
            Err("Invalid property format: no '=' character is found in the line [[\u{fc}].".into())
        );
    }
}
