//! From the name of a policy to the policy.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use sts_endpoint_core::{Edition, Emulator, Release, ResolutionPolicy, Sdk, Standing, UnknownRelease};

/// The emulators that are compiled in, in the order of AWS's table.
///
/// ```
/// for emulator in sts_endpoint::emulators() {
///     println!("{} {} to {}", emulator.sdk(), emulator.first(), emulator.newest());
/// }
/// ```
pub fn emulators() -> impl Iterator<Item = &'static dyn Emulator> {
    Sdk::ALL.into_iter().filter_map(emulator)
}

/// The emulator of an SDK, if it is compiled in.
pub fn emulator(sdk: Sdk) -> Option<&'static dyn Emulator> {
    match sdk {
        #[cfg(feature = "cli-v1")]
        Sdk::CliV1 => Some(&sts_endpoint_cli_v1::HISTORY),
        #[cfg(feature = "cli-v2")]
        Sdk::CliV2 => Some(&sts_endpoint_cli_v2::HISTORY),
        #[cfg(feature = "cpp")]
        Sdk::Cpp => Some(&sts_endpoint_cpp::HISTORY),
        #[cfg(feature = "go-v1")]
        Sdk::GoV1 => Some(&sts_endpoint_go_v1::HISTORY),
        #[cfg(feature = "go-v2")]
        Sdk::GoV2 => Some(&sts_endpoint_go_v2::HISTORY),
        #[cfg(feature = "java-v1")]
        Sdk::JavaV1 => Some(&sts_endpoint_java_v1::HISTORY),
        #[cfg(feature = "java-v2")]
        Sdk::JavaV2 => Some(&sts_endpoint_java_v2::HISTORY),
        #[cfg(feature = "js-v2")]
        Sdk::JsV2 => Some(&sts_endpoint_js_v2::HISTORY),
        #[cfg(feature = "js-v3")]
        Sdk::JsV3 => Some(&sts_endpoint_js_v3::HISTORY),
        #[cfg(feature = "kotlin")]
        Sdk::Kotlin => Some(&sts_endpoint_kotlin::HISTORY),
        #[cfg(feature = "dotnet")]
        Sdk::Dotnet => Some(&sts_endpoint_dotnet::HISTORY),
        #[cfg(feature = "php")]
        Sdk::Php => Some(&sts_endpoint_php::HISTORY),
        #[cfg(feature = "powershell")]
        Sdk::Powershell => Some(&sts_endpoint_powershell::HISTORY),
        #[cfg(feature = "boto3")]
        Sdk::Boto3 => Some(&sts_endpoint_boto3::HISTORY),
        #[cfg(feature = "ruby")]
        Sdk::Ruby => Some(&sts_endpoint_ruby::HISTORY),
        #[cfg(feature = "rust")]
        Sdk::Rust => Some(&sts_endpoint_rust::HISTORY),
        #[cfg(feature = "swift")]
        Sdk::Swift => Some(&sts_endpoint_swift::HISTORY),
        _ => None,
    }
}

/// A policy found by its name.
pub struct Found {
    /// The policy.
    pub policy: Box<dyn ResolutionPolicy>,
    /// How the release asked for stands to the releases known.
    pub standing: Standing,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found").field("policy", &self.policy.id()).field("standing", &self.standing).finish()
    }
}

/// A name that leads to no policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// The name has no `@`.
    NoVersion {
        /// The name as given.
        name: String,
        /// The SDKs meant, best guess first.
        suggestions: Vec<Sdk>,
    },
    /// No SDK of that name.
    UnknownSdk {
        /// The SDK as given.
        sdk: String,
        /// The SDKs meant, best guess first.
        suggestions: Vec<Sdk>,
    },
    /// The SDK's emulator is not compiled in.
    NotCompiledIn {
        /// The SDK.
        sdk: Sdk,
    },
    /// What stands behind the `@` is neither a release nor an edition.
    UnknownVersion {
        /// The SDK.
        sdk: Sdk,
        /// The version as given.
        version: String,
        /// The newest release known.
        newest: Release,
    },
    /// The edition has no such row for the SDK.
    UnknownRow {
        /// The SDK.
        sdk: Sdk,
        /// The edition.
        edition: Edition,
        /// The row as given.
        row: String,
    },
    /// The release is older than the history.
    UnknownRelease(UnknownRelease),
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = |f: &mut fmt::Formatter<'_>, suggestions: &[Sdk]| match suggestions {
            [] => {
                f.write_str("; the SDKs are")?;
                Sdk::ALL.iter().try_for_each(|sdk| write!(f, " {sdk}"))
            }
            [first, rest @ ..] => {
                write!(f, "; did you mean {first}")?;
                rest.iter().try_for_each(|sdk| write!(f, " or {sdk}"))?;
                f.write_str("?")
            }
        };
        match self {
            Self::NoVersion { name, suggestions } => {
                write!(
                    f,
                    "`{name}` names no version: write SDK@RELEASE, SDK@docs-2024, SDK@docs or SDK@latest"
                )?;
                meant(f, suggestions)
            }
            Self::UnknownSdk { sdk, suggestions } => {
                write!(f, "no SDK is called `{sdk}`")?;
                meant(f, suggestions)
            }
            Self::NotCompiledIn { sdk } => {
                write!(f, "the emulator of {sdk} is not compiled in: switch on the cargo feature `{sdk}`")
            }
            Self::UnknownVersion { sdk, version, newest } => write!(
                f,
                "`{version}` is neither a release nor an edition: write {sdk}@{newest}, {sdk}@latest, {sdk}@docs-2024 or {sdk}@docs-2025"
            ),
            Self::UnknownRow { sdk, edition, row } => {
                write!(f, "edition {edition} has no row `{row}` for {sdk}: write {sdk}@{edition}")
            }
            Self::UnknownRelease(unknown) => unknown.fmt(f),
        }
    }
}

impl core::error::Error for PolicyError {}

impl From<UnknownRelease> for PolicyError {
    fn from(unknown: UnknownRelease) -> Self {
        Self::UnknownRelease(unknown)
    }
}

/// The policy with a name: `boto3@1.40.0`, `boto3@latest` (the newest release known), `boto3@docs-2024`, `boto3@docs`
/// (the newest edition), `dotnet@docs-2025/3` (an edition's older row).
///
/// A release newer than the newest known is answered as the newest; [`Found::standing`] says so.
///
/// # Errors
///
/// [`PolicyError`], which says what was expected and suggests what may have been meant.
///
/// ```
/// # #[cfg(feature = "boto3")] {
/// let error = sts_endpoint::policy("bot3@1.40.0").unwrap_err();
/// assert_eq!(error.to_string(), "no SDK is called `bot3`; did you mean boto3?");
/// # }
/// ```
pub fn policy(name: &str) -> Result<Found, PolicyError> {
    let Some((sdk_name, version)) = name.split_once('@') else {
        return Err(PolicyError::NoVersion { name: name.into(), suggestions: suggestions(name) });
    };
    let sdk: Sdk = sdk_name
        .parse()
        .map_err(|_| PolicyError::UnknownSdk { sdk: sdk_name.into(), suggestions: suggestions(sdk_name) })?;
    let emulator = emulator(sdk).ok_or(PolicyError::NotCompiledIn { sdk })?;
    let known = |policy| Found { policy, standing: Standing::Known };
    let (version, row) =
        version.split_once('/').map_or((version, None), |(version, row)| (version, Some(row)));
    let edition = match version {
        "docs" => Some(Edition::NEWEST),
        _ => Edition::ALL.into_iter().find(|edition| edition.name() == version),
    };
    if let Some(edition) = edition {
        let Some(row) = row else { return Ok(known(emulator.edition(edition))) };
        let unknown = || PolicyError::UnknownRow { sdk, edition, row: row.into() };
        let major = row.trim_start_matches('v').trim_end_matches(".x").parse().map_err(|_| unknown())?;
        return Ok(known(emulator.older_row(edition, major).ok_or_else(unknown)?));
    }
    let release = match (version, row) {
        ("latest", None) => emulator.newest(),
        (release, None) => release.parse().map_err(|_| PolicyError::UnknownVersion {
            sdk,
            version: version.into(),
            newest: emulator.newest(),
        })?,
        (_, Some(_)) => {
            return Err(PolicyError::UnknownVersion {
                sdk,
                version: version.into(),
                newest: emulator.newest(),
            });
        }
    };
    let (policy, standing) = emulator.at(release)?;
    Ok(Found { policy, standing })
}

/// Names under which people know the SDKs, beside their own.
const ALIASES: [(&str, Sdk); 26] = [
    ("aws-cli", Sdk::CliV2),
    ("aws-sdk", Sdk::JsV2),
    ("aws-sdk-cpp", Sdk::Cpp),
    ("aws-sdk-go", Sdk::GoV1),
    ("aws-sdk-go-v2", Sdk::GoV2),
    ("aws-sdk-java", Sdk::JavaV1),
    ("aws-sdk-java-v2", Sdk::JavaV2),
    ("aws-sdk-js", Sdk::JsV2),
    ("aws-sdk-js-v3", Sdk::JsV3),
    ("aws-sdk-net", Sdk::Dotnet),
    ("aws-sdk-php", Sdk::Php),
    ("aws-sdk-ruby", Sdk::Ruby),
    ("aws-sdk-rust", Sdk::Rust),
    ("aws-sdk-swift", Sdk::Swift),
    ("awscli", Sdk::CliV1),
    ("botocore", Sdk::Boto3),
    ("c++", Sdk::Cpp),
    ("cli", Sdk::CliV2),
    (".net", Sdk::Dotnet),
    ("go", Sdk::GoV2),
    ("java", Sdk::JavaV2),
    ("javascript", Sdk::JsV3),
    ("js", Sdk::JsV3),
    ("net", Sdk::Dotnet),
    ("pwsh", Sdk::Powershell),
    ("python", Sdk::Boto3),
];

/// The SDKs that a name may mean, best guess first.
fn suggestions(name: &str) -> Vec<Sdk> {
    let name = name.to_ascii_lowercase();
    if let Some((_, sdk)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Vec::from([*sdk]);
    }
    let mut near: Vec<(usize, Sdk)> = Sdk::ALL
        .into_iter()
        .map(|sdk| {
            let starts = !name.is_empty() && sdk.name().starts_with(&name);
            (if starts { 1 } else { edit_distance(&name, sdk.name()) }, sdk)
        })
        .filter(|(distance, _)| *distance <= 2)
        .collect();
    near.sort();
    near.truncate(3);
    near.into_iter().map(|(_, sdk)| sdk).collect()
}

/// Levenshtein's distance in characters.
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut above_left = i;
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = above_left + usize::from(ca != *cb);
            above_left = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(above_left + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_get_suggestions() {
        assert_eq!(suggestions("bot3"), [Sdk::Boto3]);
        assert_eq!(suggestions("java"), [Sdk::JavaV2]);
        assert_eq!(suggestions("java-"), [Sdk::JavaV1, Sdk::JavaV2]);
        assert_eq!(suggestions("python"), [Sdk::Boto3]);
        assert!(suggestions("cobol").is_empty());
    }

    #[test]
    fn edit_distance_counts_single_edits() {
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("same", "same"), 0);
    }
}
