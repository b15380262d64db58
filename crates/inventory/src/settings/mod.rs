//! Configuration -> variables, profile files, roles.
//!
//! Looked at: AWS config and credentials files, .env files, Dockerfiles, docker-compose, Kubernetes manifests (EKS
//! annotations included), ECS task definitions, SAM, CloudFormation, Terraform, systemd units, GitHub workflows.

mod lines;
mod terraform;
mod tree;

use crate::place::{Place, Unreadable};
use std::path::Path;
use sts_endpoint::FileKind;
use sts_endpoint::explain::{VARIABLES, near_miss};

/// A text that a file gives, as far as the file says what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// This text.
    Known(String),
    /// Something that is put in later: an interpolation, a reference, a secret's value. As written.
    PutInLater(String),
}

impl Text {
    fn read(text: &str) -> Self {
        let later = ["${", "{{", "$(", "<%"].iter().any(|mark| text.contains(mark))
            || text.starts_with('!')
            || text.starts_with('$')
            || text.starts_with("AWS::");
        if later { Self::PutInLater(text.into()) } else { Self::Known(text.into()) }
    }

    /// The text, if the file says what it is.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::PutInLater(_) => None,
        }
    }
}

/// What a piece of configuration says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// An environment variable is set.
    Variable {
        /// Its name, as written (it may be misspelt).
        name: String,
        /// Its text.
        text: Text,
    },
    /// The file is a shared config or credentials file.
    ProfileFile(FileKind),
    /// Pods get a web identity token: a service account is bound to a role.
    WebIdentity,
    /// Whether the pods of a service account are told to call regional endpoints.
    RegionalEndpoints(bool),
    /// Pods run under a service account.
    RunsUnder(ServiceAccount),
    /// AWS Lambda runs it, which sets AWS_REGION and AWS_DEFAULT_REGION to the function's region (AWS Lambda Developer Guide,
    /// "Defined runtime environment variables").
    Lambda,
}

/// A Kubernetes service account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceAccount {
    /// Its namespace; empty where the file does not say.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl ServiceAccount {
    /// Whether two files mean the same account, as far as they say.
    pub fn is(&self, other: &Self) -> bool {
        let namespaces = [&self.namespace, &other.namespace];
        self.name == other.name
            && (self.namespace == other.namespace || namespaces.iter().any(|name| name.is_empty()))
    }
}

/// A piece of configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// What it says.
    pub said: Said,
    /// What it says it for: a service, container, function, job or unit; empty where the file is for one thing.
    pub unit: String,
    /// The service account that it is said of: of whatever runs under it.
    pub account: Option<ServiceAccount>,
    /// Where.
    pub place: Place,
}

impl Setting {
    fn new(said: Said, unit: &str, place: Place) -> Self {
        Self { said, unit: unit.into(), account: None, place }
    }
}

type Found = Result<Vec<Setting>, Unreadable>;
type Reader = fn(&Path, &str) -> Found;

fn reader(path: &Path) -> Option<Reader> {
    let name = path.file_name()?.to_str()?;
    let parent =
        path.parent().and_then(|parent| parent.file_name()).and_then(|parent| parent.to_str()).unwrap_or("");
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    Some(match name {
        "config" | "credentials" if matches!(parent, ".aws" | "aws") => profile_file,
        "Dockerfile" | "Containerfile" => lines::dockerfile,
        ".env" => lines::env_file,
        _ if name.starts_with("Dockerfile.") || ends(&[".dockerfile"]) => lines::dockerfile,
        _ if name.starts_with(".env.") || ends(&[".env"]) => lines::env_file,
        _ if ends(&[".service", ".service.d/override.conf"]) => lines::systemd,
        "override.conf" if parent.ends_with(".service.d") => lines::systemd,
        _ if ends(&[".tf", ".tofu"]) => terraform::terraform,
        "package-lock.json" | "npm-shrinkwrap.json" | "composer.lock" | "pnpm-lock.yaml" | "package.json" => {
            return None;
        }
        _ if ends(&[".yaml", ".yml", ".template"]) => tree::yaml,
        _ if ends(&[".json"]) => tree::json,
        _ => return None,
    })
}

/// Whether a file's name says that it may configure an SDK.
pub fn concerns(path: &Path) -> bool {
    reader(path).is_some()
}

/// Whether a text can hold a setting at all: cheap to ask before a document is parsed.
pub fn may_hold(path: &Path, text: &[u8]) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(text, needle).is_some();
    let is_profile_file = path.file_name().is_some_and(|name| name == "config" || name == "credentials");
    is_profile_file
        || has(b"AWS_")
        || has(b"AMAZON_REGION")
        || has(b"eks.amazonaws.com/")
        || has(b"serviceAccountName")
        || tree::FUNCTIONS.iter().any(|function| has(function.as_bytes()))
        || has(terraform::FUNCTION.as_bytes())
}

/// What a file configures.
///
/// # Errors
///
/// [`Unreadable`], with the place and what was expected, where the file is not what its name says.
///
/// ```
/// use sts_endpoint_inventory::settings;
/// use std::path::Path;
///
/// let found = settings::read(Path::new(".env"), "# local\nAWS_REGION=us-west-2\n").unwrap();
/// assert_eq!(found[0].place.to_string(), ".env:2");
/// ```
pub fn read(path: &Path, text: &str) -> Found {
    match reader(path) {
        Some(read) if may_hold(path, text.as_bytes()) => read(path, text),
        _ => Ok(Vec::new()),
    }
}

/// Whether a variable's name is one that decides about an STS endpoint, or looks like a misspelling of one.
fn matters(name: &str) -> bool {
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name
        && (VARIABLES.contains(&name)
            || name == "AWS_WEB_IDENTITY_TOKEN_FILE"
            || near_miss(name, &VARIABLES).is_some())
}

fn variable(name: &str, text: Text, unit: &str, place: Place) -> Option<Setting> {
    matters(name).then(|| Setting::new(Said::Variable { name: name.into(), text }, unit, place))
}

fn profile_file(path: &Path, _text: &str) -> Found {
    let kind = if path.file_name().is_some_and(|name| name == "credentials") {
        FileKind::Credentials
    } else {
        FileKind::Config
    };
    Ok(vec![Setting::new(Said::ProfileFile(kind), "", Place::new(path, 1))])
}
