//! The JVM: Maven's pom.xml, Gradle's lock files and version catalogs.

use super::{Dependency, Found, Pin};
use crate::place::{Place, Unreadable};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use sts_endpoint::Sdk;

fn sdk(group: &str, artifact: &str) -> Option<Sdk> {
    match group {
        "com.amazonaws" if artifact.starts_with("aws-java-sdk") => Some(Sdk::JavaV1),
        "software.amazon.awssdk" => Some(Sdk::JavaV2),
        "aws.sdk.kotlin" => Some(Sdk::Kotlin),
        _ => None,
    }
}

/// What a pom.xml says, and what its parents beside it say: `${properties}` and managed versions are inherited.
struct Pom<'d> {
    root: roxmltree::Node<'d, 'd>,
}

/// More parents than this are no chain of parents.
const MOST_PARENTS: usize = 16;

impl<'d> Pom<'d> {
    fn properties(&self) -> BTreeMap<String, String> {
        let lists = self.root.children().filter(|node| node.has_tag_name_local("properties"));
        let properties = lists.flat_map(|node| node.children().filter(roxmltree::Node::is_element));
        properties
            .map(|node| (node.tag_name().name().into(), node.text().unwrap_or_default().trim().into()))
            .collect()
    }

    fn dependencies(&self) -> impl Iterator<Item = (roxmltree::Node<'d, 'd>, Sdk, String)> {
        self.root.descendants().filter(|node| node.has_tag_name_local("dependency")).filter_map(|node| {
            let (group, artifact) = (child(node, "groupId")?, child(node, "artifactId")?);
            Some((node, sdk(&group, &artifact)?, format!("{group}:{artifact}")))
        })
    }

    /// The folder or file of the parent, as `relativePath` says (Maven: `../pom.xml`, unless said otherwise).
    fn parent(&self) -> Option<String> {
        let parent = self.root.children().find(|node| node.has_tag_name_local("parent"))?;
        let path = parent.children().find(|node| node.has_tag_name_local("relativePath"));
        match path {
            None => Some("../pom.xml".into()),
            // An empty one says that the parent is in a repository.
            Some(path) => path.text().map(|path| path.trim().to_owned()).filter(|path| !path.is_empty()),
        }
    }
}

fn child(node: roxmltree::Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.children().find(|child| child.has_tag_name_local(name))?;
    Some(found.text()?.trim().into())
}

fn parsed<'t>(path: &Path, text: &'t str) -> Result<roxmltree::Document<'t>, Unreadable> {
    roxmltree::Document::parse(text).map_err(|error| Unreadable {
        place: Place::new(path, error.pos().row as usize),
        what: format!("expected XML: {error}"),
    })
}

/// `a/b/../pom.xml` -> `a/pom.xml`; `None` where it leaves the tree.
fn normalised(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => normal.pop().then_some(())?,
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    Some(normal)
}

/// pom.xml: dependencies, `dependencyManagement` and BOMs, with the `${properties}` and managed versions of the file and of
/// its parents in the tree.
pub(super) fn pom(path: &Path, text: &str, beside: &dyn Fn(&Path) -> Option<String>) -> Found {
    let document = parsed(path, text)?;
    let own = Pom { root: document.root_element() };
    let mut properties = own.properties();
    let mut managed: BTreeMap<Sdk, Pin> = BTreeMap::new();
    let (mut next, mut at) = (own.parent(), path.to_path_buf());
    for _ in 0..MOST_PARENTS {
        let Some(parent) = next.and_then(|parent| normalised(&at.parent()?.join(parent))) else { break };
        let parent = if parent.extension().is_some() { parent } else { parent.join("pom.xml") };
        let Some(text) = beside(&parent) else { break };
        let Ok(document) = parsed(&parent, &text) else { break };
        let pom = Pom { root: document.root_element() };
        for (name, value) in pom.properties() {
            properties.entry(name).or_insert(value);
        }
        for (node, sdk, _) in pom.dependencies() {
            if let Some(version) = child(node, "version") {
                managed.entry(sdk).or_insert_with(|| expanded(&version, &properties));
            }
        }
        (next, at) = (pom.parent(), parent);
    }
    let mut found: Vec<Dependency> = Vec::new();
    let mut unversioned: Vec<Dependency> = Vec::new();
    for (node, sdk, package) in own.dependencies() {
        let place = Place::new(path, document.text_pos_at(node.range().start).row as usize);
        match child(node, "version") {
            Some(version) => {
                found.push(Dependency { sdk, package, pin: expanded(&version, &properties), place })
            }
            None => unversioned.push(Dependency { sdk, package, pin: Pin::loose(""), place }),
        }
    }
    // A version that stands neither here nor in a parent of the tree comes from a BOM elsewhere.
    for mut dependency in unversioned {
        if !found.iter().any(|known| known.sdk == dependency.sdk) {
            if let Some(pin) = managed.get(&dependency.sdk) {
                dependency.pin = pin.clone();
            }
            found.push(dependency);
        }
    }
    Ok(once_each(found))
}

/// A version with the property that it names put in; a property may name another.
fn expanded(version: &str, properties: &BTreeMap<String, String>) -> Pin {
    let mut version = version;
    for _ in 0..MOST_PARENTS {
        let name = version.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        match name.and_then(|name| properties.get(name)) {
            Some(value) => version = value,
            None => break,
        }
    }
    Pin::read(version)
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
        assert_eq!(said(pom(Path::new("pom.xml"), text, &|_| None)), ["java-v2@2.29.52 (pom.xml:4)"]);
    }

    #[test]
    fn a_version_that_stands_elsewhere_is_not_guessed() {
        let text = "<project><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk-sts</artifactId>\
            </dependency></dependencies></project>";
        assert_eq!(
            said(pom(Path::new("pom.xml"), text, &|_| None)),
            ["java-v1 at no stated release (pom.xml:1)"]
        );
    }

    /// As in awslabs/amazon-kinesis-client: the parent has the property, or manages the version.
    #[test]
    fn a_parent_in_the_tree_has_the_version() {
        let parent = "<project><properties><awssdk.version>2.25.64</awssdk.version></properties>\
            <dependencyManagement><dependencies><dependency><groupId>software.amazon.awssdk</groupId>\
            <artifactId>bom</artifactId><version>${awssdk.version}</version></dependency></dependencies></dependencyManagement></project>";
        let beside = |path: &Path| (path == Path::new("pom.xml")).then(|| parent.to_owned());
        for version in ["<version>${awssdk.version}</version>", ""] {
            let text = format!(
                "<project><parent><artifactId>p</artifactId></parent><dependencies><dependency>\
                 <groupId>software.amazon.awssdk</groupId><artifactId>sts</artifactId>{version}</dependency></dependencies></project>"
            );
            assert_eq!(
                said(pom(Path::new("client/pom.xml"), &text, &beside)),
                ["java-v2@2.25.64 (client/pom.xml:1)"]
            );
            // A parent above the tree is not looked for.
            assert_ne!(said(pom(Path::new("pom.xml"), &text, &beside)), ["java-v2@2.25.64 (pom.xml:1)"]);
        }
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
