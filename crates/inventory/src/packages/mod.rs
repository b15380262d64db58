//! Lock files and manifests -> dependencies on AWS SDKs.
//!
//! A lock file states releases; a manifest often states a range, which is reported as one and never guessed into a release.

mod containers;
mod cpp;
mod dotnet;
mod go;
mod jvm;
mod npm;
mod php;
mod python;
mod ruby;
mod rust;
mod swift;

use crate::place::{Place, Unreadable};
use std::fmt;
use std::path::Path;
use sts_endpoint::{Release, Sdk};

/// What a file says about an SDK's release.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pin {
    /// Exactly this release.
    Exact(Release),
    /// A range, or a text that names no release; as written.
    Loose(String),
}

impl Pin {
    /// A pin from what stands in a file where an exact version is expected.
    fn read(text: &str) -> Self {
        let text = text.trim().trim_start_matches(['v', '=']).trim();
        match text.parse() {
            Ok(release) => Self::Exact(release),
            Err(_) => Self::Loose(text.into()),
        }
    }

    /// A pin from a place where a plain number may be the lower end of a range.
    fn loose(text: &str) -> Self {
        Self::Loose(text.trim().into())
    }
}

/// A dependency on an AWS SDK.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dependency {
    /// The SDK.
    pub sdk: Sdk,
    /// The package as its ecosystem names it.
    pub package: String,
    /// The release.
    pub pin: Pin,
    /// Where it is said.
    pub place: Place,
}

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pin {
            Pin::Exact(release) => write!(f, "{}@{release} ({})", self.sdk, self.place),
            Pin::Loose(text) if text.is_empty() => {
                write!(f, "{} at no stated release ({})", self.sdk, self.place)
            }
            Pin::Loose(text) => {
                write!(f, "{} at `{text}`, which is no exact release ({})", self.sdk, self.place)
            }
        }
    }
}

type Found = Result<Vec<Dependency>, Unreadable>;
type Reader = fn(&Path, &str) -> Found;

/// What reads a file, by its name; `None`: no file that names SDKs.
fn reader(path: &Path) -> Option<Reader> {
    let name = path.file_name()?.to_str()?;
    let ends = |end: &str| name.ends_with(end);
    Some(match name {
        "Pipfile.lock" => python::pipfile_lock,
        "pyproject.toml" => python::pyproject,
        "poetry.lock" | "uv.lock" | "pdm.lock" | "pylock.toml" => python::toml_lock,
        "package-lock.json" | "npm-shrinkwrap.json" => npm::package_lock,
        "yarn.lock" => npm::yarn_lock,
        "pnpm-lock.yaml" => npm::pnpm_lock,
        "Cargo.lock" => rust::cargo_lock,
        "go.mod" => go::go_mod,
        "modules.txt" if path.parent().is_some_and(|parent| parent.ends_with("vendor")) => go::vendor_modules,
        "pom.xml" => |path, text| jvm::pom(path, text, &|_| None),
        "gradle.lockfile" | "buildscript-gradle.lockfile" => jvm::gradle_lockfile,
        "libs.versions.toml" => jvm::version_catalog,
        "Gemfile.lock" | "gems.locked" => ruby::gemfile_lock,
        "composer.lock" => php::composer_lock,
        "packages.lock.json" => dotnet::packages_lock,
        "Directory.Packages.props" => dotnet::project,
        "Package.resolved" => swift::package_resolved,
        "vcpkg.json" => cpp::vcpkg,
        "conan.lock" => cpp::conan_lock,
        "conanfile.txt" => cpp::conanfile,
        "CMakeLists.txt" => cpp::cmake,
        "Dockerfile" | "Containerfile" => containers::dockerfile,
        _ if ends(".dockerfile") || name.starts_with("Dockerfile.") => containers::dockerfile,
        _ if ends(".csproj") || ends(".fsproj") || ends(".vbproj") => dotnet::project,
        _ if ends(".txt") && name.contains("requirements") => python::requirements,
        _ if ends(".txt") && path.parent().is_some_and(|parent| parent.ends_with("requirements")) => {
            python::requirements
        }
        _ if (ends(".yml") || ends(".yaml"))
            && path.parent().is_some_and(|parent| parent.ends_with(".github/workflows")) =>
        {
            containers::workflow
        }
        _ => return None,
    })
}

/// Whether a file's name says that it may name SDKs.
pub fn concerns(path: &Path) -> bool {
    reader(path).is_some()
}

/// The dependencies on AWS SDKs that a file states.
///
/// # Errors
///
/// [`Unreadable`], with the place and what was expected, where the file is not what its name says.
pub fn read(path: &Path, text: &str) -> Found {
    read_beside(path, text, &|_| None)
}

/// As [`read`], with the other files of the tree at hand: a pom.xml has parents.
///
/// # Errors
///
/// As [`read`].
pub fn read_beside(path: &Path, text: &str, beside: &dyn Fn(&Path) -> Option<String>) -> Found {
    match reader(path) {
        Some(_) if path.ends_with("pom.xml") => jvm::pom(path, text, beside),
        Some(read) => read(path, text),
        None => Ok(Vec::new()),
    }
}
