//! .NET and PowerShell: packages.lock.json and project files. The release of .NET is that of `AWSSDK.Core`.

use super::{Dependency, Found, Pin};
use crate::document;
use crate::place::{Place, Unreadable};
use std::path::Path;
use sts_endpoint::Sdk;

fn sdk(package: &str) -> Option<Sdk> {
    match package.to_ascii_lowercase().as_str() {
        "awssdk.core" | "awssdk.securitytoken" => Some(Sdk::Dotnet),
        "awspowershell" | "awspowershell.netcore" | "aws.tools.common" => Some(Sdk::Powershell),
        _ => None,
    }
}

/// Core says more than SecurityToken: region, settings and endpoint data live there.
fn settled(mut found: Vec<Dependency>) -> Vec<Dependency> {
    if found.iter().any(|dependency| dependency.package.eq_ignore_ascii_case("AWSSDK.Core")) {
        found.retain(|dependency| !dependency.package.eq_ignore_ascii_case("AWSSDK.SecurityToken"));
    }
    let mut once: Vec<Dependency> = Vec::new();
    for dependency in found {
        if !once.iter().any(|known| known.sdk == dependency.sdk && known.pin == dependency.pin) {
            once.push(dependency);
        }
    }
    once
}

pub(super) fn packages_lock(path: &Path, text: &str) -> Found {
    let lock = document::json(path, text)?;
    let Some(frameworks) = lock.get("dependencies") else { return Ok(Vec::new()) };
    let found =
        frameworks.entries().flat_map(|(_, framework)| framework.entries()).filter_map(|(package, node)| {
            let resolved = node.get("resolved")?;
            Some(Dependency {
                sdk: sdk(package)?,
                package: package.into(),
                pin: Pin::read(resolved.text().unwrap_or_default()),
                place: Place::new(path, resolved.line),
            })
        });
    Ok(settled(found.collect()))
}

/// `PackageReference` and `PackageVersion`: a plain number is the lowest release allowed, `[1.2.3]` exactly that one.
pub(super) fn project(path: &Path, text: &str) -> Found {
    let document = roxmltree::Document::parse(text).map_err(|error| Unreadable {
        place: Place::new(path, error.pos().row as usize),
        what: format!("expected XML: {error}"),
    })?;
    let references = document
        .descendants()
        .filter(|node| matches!(node.tag_name().name(), "PackageReference" | "PackageVersion"));
    let found = references.filter_map(|node| {
        let package = node.attribute("Include").or_else(|| node.attribute("Update"))?;
        let child =
            node.children().find(|child| child.tag_name().name() == "Version").and_then(|child| child.text());
        let version = node.attribute("Version").or(child).unwrap_or_default().trim();
        let exact = version
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .filter(|only| !only.contains(','));
        Some(Dependency {
            sdk: sdk(package)?,
            package: package.into(),
            // Without a lock file NuGet takes the lowest release that is allowed: a plain number is what gets installed.
            pin: exact.map_or_else(|| Pin::read(version), Pin::read),
            place: Place::new(path, document.text_pos_at(node.range().start).row as usize),
        })
    });
    Ok(settled(found.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Found) -> Vec<String> {
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn core_says_more_than_security_token() {
        let text = "{\"dependencies\": {\"net8.0\": {\n\"AWSSDK.Core\": {\"resolved\": \"3.7.300.0\"},\n\"AWSSDK.SecurityToken\": {\"resolved\": \"3.7.300.1\"}}}}";
        assert_eq!(
            said(packages_lock(Path::new("packages.lock.json"), text)),
            ["dotnet@3.7.300.0 (packages.lock.json:2)"]
        );
    }

    #[test]
    fn project_files_state_releases_or_ranges() {
        let text = "<Project><ItemGroup>\n<PackageReference Include=\"AWSSDK.Core\" Version=\"[4.0.1.3]\" /></ItemGroup></Project>";
        assert_eq!(said(project(Path::new("a.csproj"), text)), ["dotnet@4.0.1.3 (a.csproj:2)"]);
        let text = "<Project><ItemGroup><PackageReference Include=\"AWSSDK.Core\" Version=\"3.*\" /></ItemGroup></Project>";
        assert_eq!(
            said(project(Path::new("a.csproj"), text)),
            ["dotnet at `3.*`, which is no exact release (a.csproj:1)"]
        );
    }
}
