//! C++: vcpkg, Conan and CMake, where a version is stated.

use super::{Dependency, Found, Pin};
use crate::document;
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

fn dependency(pin: Pin, place: Place) -> Dependency {
    Dependency { sdk: Sdk::Cpp, package: "aws-sdk-cpp".into(), pin, place }
}

/// vcpkg.json: an `overrides` entry is exact; `version>=` is a range.
pub(super) fn vcpkg(path: &Path, text: &str) -> Found {
    let manifest = document::json(path, text)?;
    let is_sdk = |node: &document::Node| {
        node.text().or_else(|| node.get("name").and_then(|name| name.text())) == Some("aws-sdk-cpp")
    };
    let items = |key| manifest.get(key).map(|node: &document::Node| node.items()).unwrap_or_default();
    let overrides = items("overrides").iter().filter(|node| is_sdk(node)).filter_map(|node| {
        let version = node.get("version").or_else(|| node.get("version-string"))?;
        Some(dependency(
            Pin::read(version.text().unwrap_or_default().split('#').next().unwrap_or_default()),
            Place::new(path, version.line),
        ))
    });
    let found: Vec<Dependency> = overrides.collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let wanted = items("dependencies").iter().filter(|node| is_sdk(node)).map(|node| {
        let range =
            node.get("version>=").and_then(|version| version.text()).map(|version| format!(">={version}"));
        dependency(Pin::loose(&range.unwrap_or_default()), Place::new(path, node.line))
    });
    Ok(wanted.collect())
}

/// `aws-sdk-cpp/1.11.352#revision`.
fn reference(path: &Path, line: usize, text: &str) -> Option<Dependency> {
    let version = text.trim().trim_matches('"').strip_prefix("aws-sdk-cpp/")?;
    Some(dependency(
        Pin::read(version.split(['#', '@', '%']).next().unwrap_or(version)),
        Place::new(path, line),
    ))
}

pub(super) fn conan_lock(path: &Path, text: &str) -> Found {
    let lock = document::json(path, text)?;
    let mut found = Vec::new();
    lock.walk(&mut |node| found.extend(node.text().and_then(|text| reference(path, node.line, text))));
    Ok(found)
}

pub(super) fn conanfile(path: &Path, text: &str) -> Found {
    Ok(text.lines().enumerate().filter_map(|(i, line)| reference(path, i + 1, line)).collect())
}

/// `find_package(AWSSDK 1.11.352 EXACT …)`; without EXACT the version is the lowest allowed. `GIT_TAG 1.11.352` of a
/// FetchContent of aws-sdk-cpp is exact.
pub(super) fn cmake(path: &Path, text: &str) -> Found {
    let mut found = Vec::new();
    let mut fetched = false;
    for (i, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or(line);
        let words: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || "()".contains(c))
            .filter(|word| !word.is_empty())
            .collect();
        match words[..] {
            ["find_package", "AWSSDK", version, ref rest @ ..]
                if version.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                let pin = if rest.contains(&"EXACT") {
                    Pin::read(version)
                } else {
                    Pin::loose(&format!(">={version}"))
                };
                found.push(dependency(pin, Place::new(path, i + 1)));
            }
            ["GIT_REPOSITORY", url, ..] => {
                fetched = url.trim_end_matches(".git").ends_with("aws/aws-sdk-cpp")
            }
            ["GIT_TAG", tag, ..] if fetched => {
                found.push(dependency(Pin::read(tag), Place::new(path, i + 1)));
                fetched = false;
            }
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Found) -> Vec<String> {
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn stated_versions_are_exact_or_ranges() {
        let vcpkg_json = "{\"dependencies\": [\"aws-sdk-cpp\"],\n\"overrides\": [{\"name\": \"aws-sdk-cpp\", \"version\": \"1.11.591\"}]}";
        assert_eq!(said(vcpkg(Path::new("vcpkg.json"), vcpkg_json)), ["cpp@1.11.591 (vcpkg.json:2)"]);
        assert_eq!(
            said(conanfile(Path::new("conanfile.txt"), "[requires]\naws-sdk-cpp/1.9.379\n")),
            ["cpp@1.9.379 (conanfile.txt:2)"]
        );
        assert_eq!(
            said(cmake(
                Path::new("CMakeLists.txt"),
                "find_package(AWSSDK 1.11.352 REQUIRED COMPONENTS sts)\n"
            )),
            ["cpp at `>=1.11.352`, which is no exact release (CMakeLists.txt:1)"]
        );
    }
}
