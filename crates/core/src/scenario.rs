//! All that an SDK can see when it picks the endpoint.

use crate::profile::{FileKind, ProfileFile};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

macro_rules! names {
    ($type:ident, $what:literal, $unknown:ident, { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in JSON and messages.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        #[doc = concat!("Text that is not ", $what, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $unknown;

        impl fmt::Display for $unknown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!("not ", $what, "; expected one of", $(" ", $name),+))
            }
        }

        impl core::error::Error for $unknown {}

        impl FromStr for $type {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, $unknown> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or($unknown)
            }
        }
    };
}

/// Who makes the STS call.
///
/// The hidden calls of credential providers follow rules of their own, and are the ones that hurt most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "strum", derive(strum::EnumIter))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Entry {
    /// A client that the user built.
    #[default]
    Client,
    /// The credential provider that assumes the role named in the profile of `AWS_PROFILE`.
    ProfileAssumeRole,
    /// The credential provider that exchanges the token named by `AWS_WEB_IDENTITY_TOKEN_FILE`. The scenario's
    /// environment need not name it: the entry means that it is set, as is `AWS_ROLE_ARN`, and static keys are not.
    WebIdentityEnv,
    /// The same with token file and role named in the profile.
    WebIdentityProfile,
}

names!(Entry, "an entry", UnknownEntry, {
    Client => "client",
    ProfileAssumeRole => "profile-assume-role",
    WebIdentityEnv => "web-identity-env",
    WebIdentityProfile => "web-identity-profile",
});

impl Entry {
    /// Whether the call exchanges a web identity token; such scenarios have no static credentials.
    pub const fn is_web_identity(self) -> bool {
        matches!(self, Self::WebIdentityEnv | Self::WebIdentityProfile)
    }
}

/// An operation of STS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "strum", derive(strum::EnumIter))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the STS API reference")]
pub enum Operation {
    AssumeRole,
    AssumeRoleWithSAML,
    AssumeRoleWithWebIdentity,
    DecodeAuthorizationMessage,
    GetAccessKeyInfo,
    #[default]
    GetCallerIdentity,
    GetFederationToken,
    GetSessionToken,
}

names!(Operation, "an operation of STS", UnknownOperation, {
    AssumeRole => "AssumeRole",
    AssumeRoleWithSAML => "AssumeRoleWithSAML",
    AssumeRoleWithWebIdentity => "AssumeRoleWithWebIdentity",
    DecodeAuthorizationMessage => "DecodeAuthorizationMessage",
    GetAccessKeyInfo => "GetAccessKeyInfo",
    GetCallerIdentity => "GetCallerIdentity",
    GetFederationToken => "GetFederationToken",
    GetSessionToken => "GetSessionToken",
});

impl Operation {
    /// Whether the service takes the call without a signature (`AssumeRoleWithWebIdentity`, `AssumeRoleWithSAML`).
    /// Some releases sign it all the same.
    pub const fn needs_no_signature(self) -> bool {
        matches!(self, Self::AssumeRoleWithSAML | Self::AssumeRoleWithWebIdentity)
    }
}

/// Names with texts: environment variables, or system properties of a JVM.
///
/// Kept sorted by name; names are unique.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    pairs: Vec<(Box<str>, Box<str>)>,
    /// Most names that an SDK looks for are not there, and need no search to be missed.
    names: Names,
}

/// A set of names that may hold more than was put in, but never less: a bit for each, by its length and the letter in its
/// middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Names(u64);

impl Names {
    pub(crate) const NONE: Self = Self(0);

    /// These and another.
    #[inline]
    pub(crate) const fn and(self, name: &str) -> Self {
        let bytes = name.as_bytes();
        let middle = if bytes.is_empty() { 0 } else { bytes[bytes.len() / 2] as usize };
        Self(self.0 | 1 << ((bytes.len() + 5 * middle) % 64))
    }

    /// Whether no name is in both, for sure.
    #[inline]
    const fn share_none(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }
}

impl Variables {
    /// The text of a variable. An empty text is a text: whether it counts is each SDK's own affair.
    #[inline]
    pub fn get(&self, name: &str) -> Option<&str> {
        if self.lack(name) { None } else { self.search(name) }
    }

    /// Whether a name is surely not there.
    #[inline]
    pub(crate) fn lack(&self, name: &str) -> bool {
        self.lack_all(Names::NONE.and(name))
    }

    /// Whether some names are surely not there.
    #[inline]
    pub(crate) fn lack_all(&self, names: Names) -> bool {
        self.names.share_none(names)
    }

    fn search(&self, name: &str) -> Option<&str> {
        if self.pairs.len() <= 8 {
            return self.pairs.iter().find(|(n, _)| **n == *name).map(|(_, text)| &**text);
        }
        let at = self.pairs.binary_search_by(|(n, _)| (**n).cmp(name)).ok()?;
        self.pairs.get(at).map(|(_, text)| &**text)
    }

    /// Sets a variable, replacing what it held.
    pub fn set(&mut self, name: &str, text: &str) {
        self.names = self.names.and(name);
        match self.pairs.binary_search_by(|(n, _)| (**n).cmp(name)) {
            Ok(at) => self.pairs[at].1 = text.into(),
            Err(at) => self.pairs.insert(at, (name.into(), text.into())),
        }
    }

    /// Removes a variable.
    pub fn unset(&mut self, name: &str) {
        self.pairs.retain(|(n, _)| **n != *name);
        self.names = self.pairs.iter().fold(Names::NONE, |names, (name, _)| names.and(name));
    }

    /// All of them, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, text)| (&**name, &**text))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl<N: AsRef<str>, T: AsRef<str>> FromIterator<(N, T)> for Variables {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(pairs: I) -> Self {
        let mut variables = Self::default();
        for (name, text) in pairs {
            variables.set(name.as_ref(), text.as_ref());
        }
        variables
    }
}

/// Options given in code, to the constructor of the client (or, through a provider entry, to the client whose
/// credential chain runs). `None`: not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Code {
    /// The region.
    pub region: Option<String>,
    /// The endpoint override.
    pub endpoint: Option<String>,
    /// The setting `sts_regional_endpoints`.
    pub sts_regional_endpoints: Option<String>,
    /// FIPS endpoints.
    pub use_fips: Option<bool>,
    /// Dual-stack endpoints.
    pub use_dualstack: Option<bool>,
    /// The rule set's `UseGlobalEndpoint`, which some SDKs take in code (JavaScript 3.x, Swift). Absent in ordinary scenarios.
    #[cfg_attr(
        feature = "serde",
        serde(alias = "useGlobalEndpoint", skip_serializing_if = "Option::is_none")
    )]
    pub use_global_endpoint: Option<bool>,
}

/// How the client or session was built, where an SDK has more than one way and they differ. Absent in ordinary
/// scenarios: the SDK's usual way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Construction {
    /// Go V1: `SharedConfigState: SharedConfigEnable`.
    Shared,
    /// Go V1: the deprecated `session.New`.
    New,
    /// Go V1: the options given to the session instead of the client.
    Session,
    /// Java 1.x: the deprecated constructor with `setRegion`/`setEndpoint`.
    Constructor,
    /// JavaScript 3.x: `fromTemporaryCredentials`, which assumes a role named in code; entry `profile-assume-role`, though no
    /// profile names it. Static credentials are its `masterCredentials`.
    TemporaryCredentials,
}

names!(Construction, "a construction", UnknownConstruction, {
    Shared => "shared",
    New => "new",
    Session => "session",
    Constructor => "constructor",
    TemporaryCredentials => "temporary-credentials",
});

/// All that an SDK can see when it picks the endpoint: environment variables, shared config and credentials files,
/// options given in code, JVM system properties, the region offered by instance metadata; and the operation called
/// and the entry it is called through.
///
/// Static credentials exist in every scenario, but for web identity entries (which have none but the token) and where
/// [`no_static`](Self::no_static) says so.
///
/// ```
/// use sts_endpoint_core::{Entry, FileKind, Scenario};
///
/// let scenario = Scenario::new()
///     .with_variable("AWS_PROFILE", "dev")
///     .with_file(FileKind::Config, "[profile dev]\nregion = us-west-2\n")
///     .with_entry(Entry::ProfileAssumeRole);
/// assert_eq!(scenario.variables.get("AWS_PROFILE"), Some("dev"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scenario {
    /// A label that outcome records repeat; may be empty.
    pub id: String,
    /// Who makes the call.
    pub entry: Entry,
    /// The operation called. A provider entry calls its own operation, whatever stands here.
    pub operation: Operation,
    /// Environment variables.
    pub variables: Variables,
    /// The shared config file; `None` where it does not exist.
    pub config: Option<ProfileFile>,
    /// The shared credentials file; `None` where it does not exist.
    pub credentials: Option<ProfileFile>,
    /// Options given in code.
    pub code: Code,
    /// JVM system properties.
    pub properties: Variables,
    /// The region that instance metadata offers; `None`: metadata is disabled or unreachable.
    pub imds_region: Option<String>,
    /// How the client was built, where that is not the SDK's usual way.
    pub construction: Option<Construction>,
    /// The credential provider is used stand-alone, with no client around it.
    pub alone: bool,
    /// The environment has no static credentials; they stand in a file, if anywhere.
    pub no_static: bool,
    /// The client signs the request into a URL for somebody else to send (an EKS token, say) and sends nothing.
    pub presign: bool,
}

impl Scenario {
    /// A scenario in which nothing is set: an ordinary client calls `GetCallerIdentity`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn with_variable(mut self, name: &str, text: &str) -> Self {
        self.variables.set(name, text);
        self
    }

    /// Gives the text of a profile file.
    #[must_use]
    pub fn with_file(mut self, kind: FileKind, text: &str) -> Self {
        let file = Some(ProfileFile::new(kind, text));
        match kind {
            FileKind::Config => self.config = file,
            FileKind::Credentials => self.credentials = file,
        }
        self
    }

    /// Sets the region given in code.
    #[must_use]
    pub fn with_code_region(mut self, region: &str) -> Self {
        self.code.region = Some(region.into());
        self
    }

    /// Sets who makes the call.
    #[must_use]
    pub fn with_entry(mut self, entry: Entry) -> Self {
        self.entry = entry;
        self
    }

    /// Sets the operation called.
    #[must_use]
    pub fn with_operation(mut self, operation: Operation) -> Self {
        self.operation = operation;
        self
    }

    /// The text of an environment variable; an empty text is a text.
    #[inline]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name)
    }

    /// The text of an environment variable, an empty one counting as unset.
    pub fn non_empty_variable(&self, name: &str) -> Option<&str> {
        self.variable(name).filter(|text| !text.is_empty())
    }

    /// A profile file, if it exists.
    pub fn file(&self, kind: FileKind) -> Option<&ProfileFile> {
        match kind {
            FileKind::Config => self.config.as_ref(),
            FileKind::Credentials => self.credentials.as_ref(),
        }
    }

    /// Whether every word of a key may stand in one of the profile files; see [`ProfileFile::may_mention`].
    pub fn may_mention(&self, key: &str) -> bool {
        match (&self.config, &self.credentials) {
            (None, None) => false,
            (Some(file), None) | (None, Some(file)) => file.may_mention(key),
            (Some(one), Some(other)) => ProfileFile::may_mention_between(one, other, key),
        }
    }

    /// The operation that goes over the wire: the provider's own for a provider entry, else [`operation`](Self::operation).
    pub fn wire_operation(&self) -> Operation {
        match self.entry {
            Entry::Client => self.operation,
            Entry::ProfileAssumeRole => Operation::AssumeRole,
            Entry::WebIdentityEnv | Entry::WebIdentityProfile => Operation::AssumeRoleWithWebIdentity,
        }
    }
}

#[cfg(feature = "serde")]
mod json {
    use super::*;
    use alloc::collections::BTreeMap;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// The JSON shape of a scenario. Unknown fields (the label `group` among them) are ignored.
    #[derive(Serialize, Deserialize)]
    struct Shape<'a> {
        #[serde(default)]
        id: String,
        #[serde(default)]
        entry: Entry,
        #[serde(default)]
        operation: Operation,
        #[serde(default)]
        env: BTreeMap<alloc::borrow::Cow<'a, str>, alloc::borrow::Cow<'a, str>>,
        #[serde(default)]
        config: Option<alloc::borrow::Cow<'a, str>>,
        #[serde(default)]
        credentials: Option<alloc::borrow::Cow<'a, str>>,
        #[serde(default)]
        code: Code,
        #[serde(default, alias = "sysprops", skip_serializing_if = "BTreeMap::is_empty")]
        properties: BTreeMap<alloc::borrow::Cow<'a, str>, alloc::borrow::Cow<'a, str>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        imds_region: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        construction: Option<Construction>,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        alone: bool,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        no_static: bool,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        presign: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        config_path: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credentials_path: Option<String>,
    }

    impl<'de> Deserialize<'de> for Scenario {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::deserialize(deserializer)?;
            let file = |kind, text: Option<alloc::borrow::Cow<'_, str>>, path: Option<String>| {
                text.map(|text| {
                    let file = ProfileFile::new(kind, &text);
                    match path {
                        Some(path) => file.at_path(&path),
                        None => file,
                    }
                })
            };
            Ok(Self {
                id: shape.id,
                entry: shape.entry,
                operation: shape.operation,
                variables: shape.env.into_iter().collect(),
                config: file(FileKind::Config, shape.config, shape.config_path),
                credentials: file(FileKind::Credentials, shape.credentials, shape.credentials_path),
                code: shape.code,
                properties: shape.properties.into_iter().collect(),
                imds_region: shape.imds_region,
                construction: shape.construction,
                alone: shape.alone,
                no_static: shape.no_static,
                presign: shape.presign,
            })
        }
    }

    impl Serialize for Scenario {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let texts = |variables: &'_ Variables| {
                variables.iter().map(|(n, t)| (String::from(n).into(), String::from(t).into())).collect()
            };
            Shape {
                id: self.id.clone(),
                entry: self.entry,
                operation: self.operation,
                env: texts(&self.variables),
                config: self.config.as_ref().map(|file| file.text().into()),
                credentials: self.credentials.as_ref().map(|file| file.text().into()),
                code: self.code.clone(),
                properties: texts(&self.properties),
                imds_region: self.imds_region.clone(),
                construction: self.construction,
                alone: self.alone,
                no_static: self.no_static,
                presign: self.presign,
                config_path: self.config.as_ref().and_then(|file| file.path()).map(String::from),
                credentials_path: self.credentials.as_ref().and_then(|file| file.path()).map(String::from),
            }
            .serialize(serializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_by_name_however_many_there_are() {
        let mut variables: Variables =
            (0..40).map(|i| (alloc::format!("NAME_{i}"), alloc::format!("{i}"))).collect();
        assert_eq!(variables.get("NAME_17"), Some("17"));
        assert_eq!(variables.get("NAME_170"), None);
        variables.set("NAME_17", "");
        assert_eq!(variables.get("NAME_17"), Some(""));
        variables.unset("NAME_17");
        assert_eq!(variables.get("NAME_17"), None);
    }

    #[test]
    fn what_was_unset_leaves_no_trace() {
        let mut variables = Variables::default();
        variables.set("AWS_REGION", "us-west-2");
        variables.unset("AWS_REGION");
        assert_eq!(variables, Variables::default());
    }

    #[cfg(feature = "serde")]
    #[test]
    fn json_keeps_what_it_reads_and_ignores_labels() {
        let text = r#"{"id":"core-1","group":"core","entry":"client","operation":"GetCallerIdentity",
            "env":{"AWS_REGION":"us-west-2"},"config":null,"credentials":"[default]\n",
            "code":{"region":null,"endpoint":null,"sts_regional_endpoints":null,"use_fips":true,"use_dualstack":null}}"#;
        let scenario: Scenario = serde_json::from_str(text).unwrap();
        assert_eq!(scenario.variable("AWS_REGION"), Some("us-west-2"));
        assert_eq!(scenario.code.use_fips, Some(true));
        let again: Scenario = serde_json::from_str(&serde_json::to_string(&scenario).unwrap()).unwrap();
        assert_eq!(scenario, again);
    }
}
