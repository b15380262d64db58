//! A line of a file.

use std::fmt;
use std::path::{Path, PathBuf};

/// A line of a file, the file's path being relative to the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u32,
}

impl Place {
    /// A line of a file.
    pub fn new(path: &Path, line: usize) -> Self {
        Self { path: path.into(), line: u32::try_from(line).unwrap_or(u32::MAX) }
    }

    /// The line of a file that holds a byte.
    pub fn of_byte(path: &Path, text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        Self::new(path, before.bytes().filter(|b| *b == b'\n').count() + 1)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path.display(), self.line)
    }
}

/// A file that could not be read for what its name says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// What was expected, or what went wrong.
    pub what: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Unreadable {}
