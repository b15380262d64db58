//! What goes wrong, in words that say where and what was expected.

use crate::render::text::visible;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use sts_endpoint::PolicyError;

/// Why the command cannot answer (exit status 2).
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The answer cannot be written.
    Output(io::Error),
    /// A file cannot be read.
    File { path: PathBuf, what: String },
    /// A place in a file or stream is not what was expected.
    Place { path: String, line: usize, column: usize, what: String },
    /// A policy's name leads nowhere.
    Policy(PolicyError),
    /// Flags or variables that cannot be used.
    Usage(String),
    /// Some lines of a stream could not be answered; each has been reported.
    Lines { bad: usize, of: usize },
}

impl Trouble {
    pub(crate) fn file(path: &Path, what: impl fmt::Display) -> Self {
        Self::File { path: path.into(), what: what.to_string() }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => write!(f, "the answer cannot be written: {error}"),
            Self::File { path, what } => write!(f, "{}: {what}", visible(&path.display().to_string())),
            Self::Place { path, line, column, what } => {
                write!(f, "{}:{line}:{column}: {what}", visible(path))
            }
            Self::Policy(error) => error.fmt(f),
            Self::Usage(what) => f.write_str(what),
            Self::Lines { of: 1, .. } => f.write_str("the line could not be answered"),
            Self::Lines { bad, of } if bad == of => write!(f, "none of the {of} lines could be answered"),
            Self::Lines { bad, of } => {
                write!(f, "{bad} of {of} lines could not be answered; the others were")
            }
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<PolicyError> for Trouble {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}
