//! The JVM: Maven's pom.xml, Gradle's lock files and version catalogs.

use super::{Dependency, Found, Pin};
use crate::place::{Place, Unreadable};
use std::collections::BTreeMap;
use std::path::Path;
use sts_endpoint::Sdk;

fn sdk(group: &str, artifact: &str) -> Option<Sdk> {
    match group {
        "com.amazonaws" if artifact.starts_with("aws-java-sdk") => Some(Sdk::JavaV1),
        "software.amazon.awssdk" => Some(Sdk::JavaV2),
        "aws.sdk.kotlin" => Some(Sdk::Kotlin),
        _ => None,
    }
}

/// pom.xml: dependencies, `dependencyManagement` and BOMs, with `${properties}` of the same file.
pub(super) fn pom(path: &Path, text: &str) -> Found {
    let document = roxmltree::Document::parse(text).map_err(|error| Unreadable {
        place: Place::new(path, error.pos().row as usize),
        what: format!("expected XML: {error}"),
    })?;
    let root = document.root_element();
    let child = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.children()
            .find(|child| child.tag_name().name() == name)
            .and_then(|child| child.text())
            .map(str::trim)
            .map(String::from)
    };
    let mut properties: BTreeMap<String, String> = BTreeMap::new();
    for node in root.descendants().filter(|node| node.has_tag_name_local("properties")) {
        for property in node.children().filter(roxmltree::Node::is_element) {
            properties
                .insert(property.tag_name().name().into(), property.text().unwrap_or_default().trim().into());
        }
    }
    let expand = |version: &str| {
        let name = version.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        name.and_then(|name| properties.get(name)).cloned().unwrap_or_else(|| version.into())
    };
    let mut found: Vec<Dependency> = Vec::new();
    let mut unversioned: Vec<Dependency> = Vec::new();
    for node in root.descendants().filter(|node| node.has_tag_name_local("dependency")) {
        let (Some(group), Some(artifact)) = (child(node, "groupId"), child(node, "artifactId")) else {
            continue;
        };
        let Some(sdk) = sdk(&group, &artifact) else { continue };
        let package = format!("{group}:{artifact}");
        let place = Place::new(path, document.text_pos_at(node.range().start).row as usize);
        match child(node, "version") {
            Some(version) => {
                found.push(Dependency { sdk, package, pin: Pin::read(&expand(&version)), place })
            }
            None => unversioned.push(Dependency { sdk, package, pin: Pin::loose(""), place }),
        }
    }
    // A version that stands nowhere in this file comes from a parent or a BOM elsewhere.
    for dependency in unversioned {
        if !found.iter().any(|known| known.sdk == dependency.sdk) {
            found.push(dependency);
        }
    }
    Ok(once_each(found))
}

trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for roxmltree::Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

/// `group:artifact:version=configurations`.
pub(super) fn gradle_lockfile(path: &Path, text: &str) -> Found {
    let found = text.lines().enumerate().filter_map(|(i, line)| {
        let mut parts = line.split('=').next()?.split(':');
        let (group, artifact, version) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Dependency {
            sdk: sdk(group, artifact)?,
            package: format!("{group}:{artifact}"),
            pin: Pin::read(version),
            place: Place::new(path, i + 1),
        })
    });
    Ok(once_each(found.collect()))
}

/// `[libraries]` of a version catalog, with `version.ref` into `[versions]`.
pub(super) fn version_catalog(path: &Path, text: &str) -> Found {
    let catalog = toml_edit::Document::parse(text).map_err(|error| Unreadable {
        place: Place::of_byte(path, text, error.span().map_or(0, |span| span.start)),
        what: format!("expected TOML: {}", error.message()),
    })?;
    let versions = catalog.get("versions").and_then(|item| item.as_table_like());
    let Some(libraries) = catalog.get("libraries").and_then(|item| item.as_table_like()) else {
        return Ok(Vec::new());
    };
    let found = libraries.iter().filter_map(|(_, item)| {
        let place = Place::of_byte(path, text, item.span().map_or(0, |span| span.start));
        if let Some(whole) = item.as_str() {
            let mut parts = whole.split(':');
            let (group, artifact) = (parts.next()?, parts.next()?);
            let pin = parts.next().map_or(Pin::loose(""), Pin::read);
            return Some(Dependency {
                sdk: sdk(group, artifact)?,
                package: format!("{group}:{artifact}"),
                pin,
                place,
            });
        }
        let library = item.as_table_like()?;
        let module = match library.get("module").and_then(|module| module.as_str()) {
            Some(module) => module.to_owned(),
            None => format!("{}:{}", library.get("group")?.as_str()?, library.get("name")?.as_str()?),
        };
        let (group, artifact) = module.split_once(':')?;
        let version = library.get("version");
        let pin = match version.and_then(|version| version.as_str()) {
            Some(version) => Pin::read(version),
            None => version
                .and_then(|version| version.as_table_like()?.get("ref")?.as_str())
                .and_then(|name| versions?.get(name)?.as_str())
                .map_or(Pin::loose(""), Pin::read),
        };
        Some(Dependency { sdk: sdk(group, artifact)?, package: module.clone(), pin, place })
    });
    Ok(once_each(found.collect()))
}

/// One dependency for each release of each SDK: a tree that uses twenty modules of one SDK uses it once.
fn once_each(found: Vec<Dependency>) -> Vec<Dependency> {
    let mut once: Vec<Dependency> = Vec::new();
    for dependency in found {
        if !once.iter().any(|known| known.sdk == dependency.sdk && known.pin == dependency.pin) {
            once.push(dependency);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Found) -> Vec<String> {
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_pom_with_properties_and_a_bom() {
        let text = "<project>\n<properties><aws.version>2.29.52</aws.version></properties>\n<dependencyManagement><dependencies>\n\
            <dependency>\n<groupId>software.amazon.awssdk</groupId><artifactId>bom</artifactId><version>${aws.version}</version>\n\
            </dependency></dependencies></dependencyManagement>\n<dependencies><dependency><groupId>software.amazon.awssdk</groupId>\
            <artifactId>sts</artifactId></dependency></dependencies></project>";
        assert_eq!(said(pom(Path::new("pom.xml"), text)), ["java-v2@2.29.52 (pom.xml:4)"]);
    }

    #[test]
    fn a_version_that_stands_elsewhere_is_not_guessed() {
        let text = "<project><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk-sts</artifactId>\
            </dependency></dependencies></project>";
        assert_eq!(said(pom(Path::new("pom.xml"), text)), ["java-v1 at no stated release (pom.xml:1)"]);
    }

    #[test]
    fn gradle_files() {
        let lock = "# comment\ncom.amazonaws:aws-java-sdk-core:1.12.262=runtimeClasspath\ncom.amazonaws:aws-java-sdk-sts:1.12.262=x\n";
        assert_eq!(
            said(gradle_lockfile(Path::new("gradle.lockfile"), lock)),
            ["java-v1@1.12.262 (gradle.lockfile:2)"]
        );
        let catalog = "[versions]\naws = \"1.5.43\"\n[libraries]\nsts = { module = \"aws.sdk.kotlin:sts\", version.ref = \"aws\" }\n";
        assert_eq!(
            said(version_catalog(Path::new("libs.versions.toml"), catalog)),
            ["kotlin@1.5.43 (libs.versions.toml:4)"]
        );
    }
}
