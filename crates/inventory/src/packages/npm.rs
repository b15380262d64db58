//! JavaScript: the lock files of npm, yarn and pnpm.

use super::{Dependency, Found, Pin};
use crate::document::{self, Node};
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

/// Packages of JavaScript 3.x whose release is the clients' own: the STS client itself, and what brings it along.
const V3: [&str; 4] = [
    "@aws-sdk/client-sts",
    "@aws-sdk/credential-providers",
    "@aws-sdk/credential-provider-node",
    "@aws-sdk/nested-clients",
];

fn dependency(package: &str, version: &str, place: Place) -> Option<Dependency> {
    let sdk = match package {
        "aws-sdk" => Sdk::JsV2,
        _ if V3.contains(&package) || package.starts_with("@aws-sdk/client-") => Sdk::JsV3,
        _ => return None,
    };
    // `npm:` aliases and patched packages of yarn berry (`patch:aws-sdk@npm%3A2.1.0#…`) keep the release behind the last `@`.
    Some(Dependency { sdk, package: package.into(), pin: Pin::read(version), place })
}

/// Of the packages of JavaScript 3.x, the one that says most: the STS client, else a credential provider, else any client.
/// Every release of JavaScript 2.x that is installed counts.
fn settled(found: Vec<Dependency>) -> Vec<Dependency> {
    let rank =
        |dependency: &Dependency| V3.iter().position(|name| *name == dependency.package).unwrap_or(V3.len());
    let best = found.iter().filter(|dependency| dependency.sdk == Sdk::JsV3).map(rank).min();
    let mut settled: Vec<Dependency> = Vec::new();
    for dependency in found {
        let counts = dependency.sdk != Sdk::JsV3 || Some(rank(&dependency)) == best;
        let again = settled.iter().any(|known| known.sdk == dependency.sdk && known.pin == dependency.pin);
        if counts && !again {
            settled.push(dependency);
        }
    }
    settled
}

/// package-lock.json and npm-shrinkwrap.json: version 1 nests `dependencies`, 2 and 3 list `packages` by their folder.
pub(super) fn package_lock(path: &Path, text: &str) -> Found {
    fn nested(path: &Path, node: &Node, found: &mut Vec<Dependency>) {
        let Some(dependencies) = node.get("dependencies") else { return };
        for (package, node) in dependencies.entries() {
            if let Some(version) = node.get("version") {
                found.extend(dependency(
                    package,
                    version.text().unwrap_or_default(),
                    Place::new(path, version.line),
                ));
            }
            nested(path, node, found);
        }
    }
    let lock = document::json(path, text)?;
    let mut found = Vec::new();
    match lock.get("packages") {
        Some(packages) => {
            for (folder, node) in packages.entries() {
                let Some((_, package)) = folder.rsplit_once("node_modules/") else { continue };
                if let Some(version) = node.get("version") {
                    found.extend(dependency(
                        package,
                        version.text().unwrap_or_default(),
                        Place::new(path, version.line),
                    ));
                }
            }
        }
        None => nested(path, &lock, &mut found),
    }
    Ok(settled(found))
}

/// yarn.lock, classic and berry: an entry's head names packages with ranges, its body the version.
pub(super) fn yarn_lock(path: &Path, text: &str) -> Found {
    let mut package = None;
    let mut found = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !line.starts_with(' ') {
            let first =
                line.trim_end_matches(':').split(',').next().unwrap_or_default().trim().trim_matches('"');
            package = first
                .get(1..)
                .and_then(|rest| rest.find('@'))
                .and_then(|at| first.get(..=at))
                .map(String::from);
            continue;
        }
        let version = line
            .trim()
            .strip_prefix("version")
            .map(|rest| rest.trim_start_matches(':').trim().trim_matches('"'));
        if let (Some(version), Some(package)) = (version, &package) {
            found.extend(dependency(package, version, Place::new(path, i + 1)));
        }
    }
    Ok(settled(found))
}

/// pnpm-lock.yaml: `packages` by `name@version` (`/name/version` in old ones), a suffix in brackets telling peers.
pub(super) fn pnpm_lock(path: &Path, text: &str) -> Found {
    let mut found = Vec::new();
    for lock in document::yaml(path, text)? {
        let Some(packages) = lock.get("packages") else { continue };
        for (name, node) in packages.entries() {
            let name = name.trim_start_matches('/').split('(').next().unwrap_or(name);
            let split = name.rfind('@').filter(|at| *at > 0).or_else(|| name.rfind('/'));
            let Some((package, version)) = split.map(|at| (&name[..at], &name[at + 1..])) else { continue };
            let version = version.split('_').next().unwrap_or(version);
            found.extend(dependency(package, version, Place::new(path, node.line)));
        }
    }
    Ok(settled(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Found) -> Vec<String> {
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn npm_of_each_version() {
        let v1 =
            "{\n\"lockfileVersion\": 1,\n\"dependencies\": {\n\"aws-sdk\": {\n\"version\": \"2.1153.0\"}}}";
        assert_eq!(
            said(package_lock(Path::new("package-lock.json"), v1)),
            ["js-v2@2.1153.0 (package-lock.json:5)"]
        );
        let v3 = "{\"packages\": {\"\": {},\n\"node_modules/@aws-sdk/client-s3\": {\"version\": \"3.1.0\"},\n\
                  \"node_modules/@aws-sdk/client-sts\": {\"version\": \"3.713.0\"}}}";
        assert_eq!(said(package_lock(Path::new("p.json"), v3)), ["js-v3@3.713.0 (p.json:3)"]);
    }

    #[test]
    fn yarn_classic_and_berry() {
        let classic = "aws-sdk@^2.0.0, aws-sdk@^2.1.0:\n  version \"2.1000.0\"\n  resolved \"x\"\n";
        assert_eq!(said(yarn_lock(Path::new("yarn.lock"), classic)), ["js-v2@2.1000.0 (yarn.lock:2)"]);
        let berry = "\"@aws-sdk/client-sts@npm:^3.0.0\":\n  version: 3.500.0\n  resolution: \"x\"\n";
        assert_eq!(said(yarn_lock(Path::new("yarn.lock"), berry)), ["js-v3@3.500.0 (yarn.lock:2)"]);
    }

    #[test]
    fn pnpm_of_each_version() {
        let new = "lockfileVersion: '9.0'\npackages:\n  '@aws-sdk/client-sts@3.840.0(aws-crt@1.0.0)':\n    resolution: {}\n";
        assert_eq!(said(pnpm_lock(Path::new("pnpm-lock.yaml"), new)), ["js-v3@3.840.0 (pnpm-lock.yaml:3)"]);
        let old = "packages:\n  /aws-sdk/2.1000.0:\n    dev: false\n";
        assert_eq!(said(pnpm_lock(Path::new("pnpm-lock.yaml"), old)), ["js-v2@2.1000.0 (pnpm-lock.yaml:2)"]);
    }
}
