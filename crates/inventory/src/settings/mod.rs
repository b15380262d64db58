//! Configuration -> variables, profile files, roles.
//!
//! Looked at: AWS config and credentials files, .env files, Dockerfiles, docker-compose, Kubernetes manifests (EKS
//! annotations included), ECS task definitions, SAM, CloudFormation, Serverless, Terraform, systemd units, GitHub workflows.

mod lines;
mod terraform;
mod tree;

use crate::place::{Place, Unreadable};
use std::fmt;
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

/// A platform that tells what runs in it its region, by variables that no file of the tree sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Platform {
    /// Sets both variables; their names are reserved, so that a function's own configuration cannot (AWS Lambda Developer
    /// Guide, "Defined runtime environment variables").
    Lambda,
    /// Sets both variables for the containers of a task (Amazon ECS Developer Guide, "Amazon ECS environment variables").
    Ecs,
    /// Sets both variables for a build (AWS CodeBuild User Guide, "Environment variables in build environments").
    CodeBuild,
    /// Its webhook sets both variables for pods whose service account is bound to a role, unless their container sets one of
    /// them (aws/amazon-eks-pod-identity-webhook, pkg/handler/handler.go, `addEnvToContainer`).
    Eks,
}

impl Platform {
    /// The name that people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lambda => "Lambda",
            Self::Ecs => "ECS",
            Self::CodeBuild => "CodeBuild",
            Self::Eks => "EKS",
        }
    }

    /// The platform of a resource type of CloudFormation, SAM or Terraform.
    fn of_resource(kind: &str) -> Option<Self> {
        Some(match kind {
            "AWS::Serverless::Function" | "AWS::Lambda::Function" | "aws_lambda_function" => Self::Lambda,
            "AWS::ECS::TaskDefinition" | "aws_ecs_task_definition" => Self::Ecs,
            "AWS::CodeBuild::Project" | "aws_codebuild_project" => Self::CodeBuild,
            _ => return None,
        })
    }

    /// Whether what runs there can set the region's variables itself.
    pub const fn reserves_region(self) -> bool {
        matches!(self, Self::Lambda)
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A Kubernetes service account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    /// Its namespace, where the manifest states one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

impl Account {
    /// Whether two manifests may speak of the same account. A namespace that is not stated is put in later (`kubectl -n`,
    /// kustomize).
    pub fn is(&self, other: &Self) -> bool {
        let namespaces = self.namespace.as_ref().zip(other.namespace.as_ref());
        self.name == other.name && namespaces.is_none_or(|(one, other)| one == other)
    }
}

/// An annotation that EKS reads (aws/amazon-eks-pod-identity-webhook, README).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Annotation {
    /// `eks.amazonaws.com/role-arn`: pods get a web identity token.
    Role,
    /// `eks.amazonaws.com/sts-regional-endpoints`: whether pods get `AWS_STS_REGIONAL_ENDPOINTS=regional`.
    RegionalEndpoints(bool),
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
    /// A service account is annotated; without one, whatever the pods of the unit run as.
    Annotation {
        /// The account.
        account: Option<Account>,
        /// What it is annotated with.
        annotation: Annotation,
    },
    /// The pods of the unit run as this service account.
    RunsAs(Account),
    /// The unit runs on a platform that gives it a region.
    RunsIn {
        /// The platform.
        platform: Platform,
        /// The region, where it is stated.
        region: Option<String>,
    },
}

/// A piece of configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// What it says.
    pub said: Said,
    /// What it says it for: a service, container, function, job or unit; empty where the file is for one thing.
    pub unit: String,
    /// Where.
    pub place: Place,
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

/// What the text of every setting holds one of: a variable's name, an annotation, what runs on a [`Platform`].
const NEEDLES: [&[u8]; 13] = [
    b"AWS_",
    b"AMAZON_REGION",
    b"eks.amazonaws.com/",
    b"serviceAccount",
    b"aws-actions/configure-aws-credentials",
    b"AWS::Serverless::Function",
    b"AWS::Lambda::Function",
    b"AWS::ECS::TaskDefinition",
    b"AWS::CodeBuild::Project",
    b"containerDefinitions",
    b"aws_lambda_function",
    b"aws_ecs_task_definition",
    b"aws_codebuild_project",
];

/// Whether a text can hold a setting at all: cheap to ask before a document is parsed.
pub fn may_hold(path: &Path, text: &[u8]) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(text, needle).is_some();
    let is_profile_file = path.file_name().is_some_and(|name| name == "config" || name == "credentials");
    // The functions of Serverless run in Lambda, whatever else they say.
    let is_serverless =
        path.file_name().is_some_and(|name| name == "serverless.yml" || name == "serverless.yaml");
    is_profile_file || is_serverless || NEEDLES.iter().any(|needle| has(needle))
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
            // Each of them has one: `awsRegion` is a key of something else (CloudTrail's events).
            || name.contains('_') && near_miss(name, &VARIABLES).is_some())
}

fn variable(name: &str, text: Text, unit: &str, place: Place) -> Option<Setting> {
    matters(name).then(|| Setting {
        said: Said::Variable { name: name.into(), text },
        unit: unit.into(),
        place,
    })
}

fn profile_file(path: &Path, _text: &str) -> Found {
    let kind = if path.file_name().is_some_and(|name| name == "credentials") {
        FileKind::Credentials
    } else {
        FileKind::Config
    };
    Ok(vec![Setting { said: Said::ProfileFile(kind), unit: String::new(), place: Place::new(path, 1) }])
}
