//! Python: requirements files, pyproject.toml, Pipfile.lock, and the lock files of Poetry, uv and PDM.

use super::{Dependency, Found, Pin};
use crate::document::{self, Lines};
use crate::place::{Place, Unreadable};
use std::path::Path;
use sts_endpoint::{Release, Sdk};

/// The SDK of a package, by its normalised name (PEP 503).
fn sdk(package: &str) -> Option<Sdk> {
    match package.replace(['_', '.'], "-").to_ascii_lowercase().as_str() {
        "boto3" | "botocore" => Some(Sdk::Boto3),
        "awscli" => Some(Sdk::CliV1),
        "awscliv2" => Some(Sdk::CliV2),
        _ => None,
    }
}

/// boto3's release for a botocore's: boto3's minor number is botocore's minus three up to botocore 1.32, and the same from
/// 1.33 on (boto/boto3, setup.cfg of each release).
fn of_botocore(release: Release) -> Release {
    match release.numbers() {
        [1, minor, patch, _] if (3..33).contains(&minor) => Release::new(&[1, minor - 3, patch]),
        _ => release,
    }
}

fn dependency(package: &str, pin: Pin, place: Place) -> Option<Dependency> {
    let sdk = sdk(package)?;
    let pin = match pin {
        Pin::Exact(release) if package == "botocore" => Pin::Exact(of_botocore(release)),
        pin => pin,
    };
    Some(Dependency { sdk, package: package.into(), pin, place })
}

/// Where boto3 itself is named, the botocore beside it says nothing more.
fn settled(mut found: Vec<Dependency>) -> Vec<Dependency> {
    if found.iter().any(|dependency| dependency.package == "boto3") {
        found.retain(|dependency| dependency.package != "botocore");
    }
    // The CLI brings the botocore it pins; only an SDK that is named is a dependency of the workload's own code.
    if found.iter().any(|dependency| dependency.sdk == Sdk::CliV1) {
        found.retain(|dependency| dependency.package != "botocore");
    }
    found
}

/// `boto3==1.39.17`; anything but `==` (or `===`) with one release is loose.
fn requirement(line: &str, place: Place) -> Option<Dependency> {
    let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(line.len());
    let (package, rest) = line.split_at(end);
    // Extras, markers and hashes say nothing about the release.
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest);
    let rest = rest.split([';', '\\']).next().unwrap_or(rest);
    let rest = rest.split(" --hash").next().unwrap_or(rest).trim();
    let pin = match rest.strip_prefix("==") {
        Some(version) if !version.contains([',', '*']) => Pin::read(version),
        _ => Pin::loose(rest),
    };
    dependency(package, pin, place)
}

pub(super) fn requirements(path: &Path, text: &str) -> Found {
    let found = text.lines().enumerate().filter_map(|(i, line)| {
        let line = line.split(" #").next().unwrap_or(line).trim();
        if line.starts_with(['#', '-']) {
            return None;
        }
        requirement(line, Place::new(path, i + 1))
    });
    Ok(settled(found.collect()))
}

/// The requirements of a project: `dependencies` and `optional-dependencies` (PEP 621), `dependency-groups` (PEP 735).
pub(super) fn pyproject(path: &Path, text: &str) -> Found {
    let project = toml_edit::Document::parse(text).map_err(|error| Unreadable {
        place: Place::of_byte(path, text, error.span().map_or(0, |span| span.start)),
        what: format!("expected TOML: {}", error.message()),
    })?;
    let own = project.get("project");
    let groups = [own.and_then(|own| own.get("optional-dependencies")), project.get("dependency-groups")];
    let groups = groups.into_iter().flatten().filter_map(|groups| groups.as_table_like());
    let lists = own.and_then(|own| own.get("dependencies")).into_iter();
    let lists = lists.chain(groups.flat_map(|groups| groups.iter().map(|(_, list)| list)));
    let stated = lists.filter_map(|list| list.as_array()).flatten();
    let found = stated.filter_map(|value| {
        let byte = value.span().map_or(0, |span| span.start);
        requirement(value.as_str()?.trim(), Place::of_byte(path, text, byte))
    });
    Ok(settled(found.collect()))
}

pub(super) fn pipfile_lock(path: &Path, text: &str) -> Found {
    let lock = document::json(path, text)?;
    let found = ["default", "develop"].iter().filter_map(|group| lock.get(group)).flat_map(|group| {
        group.entries().filter_map(|(package, node)| {
            let pin =
                node.get("version").and_then(|version| version.text()).map_or(Pin::loose(""), |version| {
                    version.strip_prefix("==").map_or_else(|| Pin::loose(version), Pin::read)
                });
            dependency(package, pin, Place::new(path, node.line))
        })
    });
    Ok(settled(found.collect()))
}

/// `[[package]]` tables with `name` and `version`: Poetry, uv, PDM (and `[[packages]]` of PEP 751).
pub(super) fn toml_lock(path: &Path, text: &str) -> Found {
    let found = toml_packages(path, text, &["package", "packages"])?
        .into_iter()
        .filter_map(|(package, version, place)| dependency(&package, Pin::read(&version), place));
    Ok(settled(found.collect()))
}

/// Name, version and place of each table in the arrays of tables of a TOML document.
pub(super) fn toml_packages(
    path: &Path,
    text: &str,
    arrays: &[&str],
) -> Result<Vec<(String, String, Place)>, Unreadable> {
    let lock = toml_edit::Document::parse(text).map_err(|error| Unreadable {
        place: Place::of_byte(path, text, error.span().map_or(0, |span| span.start)),
        what: format!("expected TOML: {}", error.message()),
    })?;
    let tables = arrays.iter().filter_map(|name| lock.get(name)?.as_array_of_tables()).flatten();
    let mut lines = Lines::new(text);
    Ok(tables
        .filter_map(|table| {
            let name = table.get("name")?.as_str()?;
            let version = table.get("version")?.as_str()?;
            let byte = table.get("version")?.span().map_or(0, |span| span.start);
            Some((name.to_owned(), version.to_owned(), Place::new(path, lines.of(byte))))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As in Netflix/dispatch, whose SDK stood in no other file.
    #[test]
    fn a_project_states_requirements() {
        let text = "[project]\nname = \"a\"\ndependencies = [\n  \"attrs>=22\",\n  \"boto3\",\n]\n\n[project.optional-dependencies]\ncli = [\"awscli==1.41.17 ; python_version > '3.8'\"]\n\n[dependency-groups]\ndev = [{include-group = \"x\"}, \"pytest\"]\n";
        let found = pyproject(Path::new("pyproject.toml"), text).unwrap();
        let told: Vec<String> = found.iter().map(|one| one.to_string()).collect();
        assert_eq!(
            told,
            ["boto3 at no stated release (pyproject.toml:5)", "cli-v1@1.41.17 (pyproject.toml:9)"]
        );
        assert!(pyproject(Path::new("pyproject.toml"), "[project\n").is_err());
        assert_eq!(pyproject(Path::new("pyproject.toml"), "[tool.x]\n").unwrap(), []);
    }

    fn said(found: Found) -> Vec<String> {
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn requirements_pin_with_two_equal_signs() {
        let text = "# aws\nboto3==1.39.17 ; python_version > '3.8'\nbotocore==1.39.17\nawscli>=1.41\nboto3-stubs==1.0\n";
        assert_eq!(
            said(requirements(Path::new("requirements.txt"), text)),
            [
                "boto3@1.39.17 (requirements.txt:2)",
                "cli-v1 at `>=1.41`, which is no exact release (requirements.txt:4)"
            ]
        );
        assert_eq!(
            said(requirements(Path::new("r.txt"), "boto3[crt]==1.40.0 --hash=sha256:0\n")),
            ["boto3@1.40.0 (r.txt:1)"]
        );
        assert_eq!(
            said(requirements(Path::new("r.txt"), "boto3==1.40.*\n")),
            ["boto3 at `==1.40.*`, which is no exact release (r.txt:1)"]
        );
    }

    #[test]
    fn botocore_alone_stands_for_boto3() {
        assert_eq!(said(requirements(Path::new("r.txt"), "botocore==1.13.2\n")), ["boto3@1.10.2 (r.txt:1)"]);
        assert_eq!(said(requirements(Path::new("r.txt"), "botocore==1.40.0\n")), ["boto3@1.40.0 (r.txt:1)"]);
    }

    #[test]
    fn lock_files_of_poetry_uv_and_pdm() {
        let text = "version = 1\n[[package]]\nname = \"boto3\"\nversion = \"1.34.162\"\n";
        assert_eq!(said(toml_lock(Path::new("uv.lock"), text)), ["boto3@1.34.162 (uv.lock:4)"]);
        let error = toml_lock(Path::new("uv.lock"), "[[package]\n").unwrap_err();
        assert_eq!(error.place.line, 1);
    }

    #[test]
    fn pipfile_locks() {
        let text = "{\n \"default\": {\n  \"boto3\": {\"version\": \"==1.26.0\"}\n }\n}";
        assert_eq!(said(pipfile_lock(Path::new("Pipfile.lock"), text)), ["boto3@1.26.0 (Pipfile.lock:3)"]);
    }
}
