//! Endpoints, resolutions, failures.

use crate::source::Sourced;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// The endpoint of a request: its URL as on the wire, without query.
///
/// ```
/// use sts_endpoint_core::Endpoint;
///
/// assert_eq!(Endpoint::GLOBAL.to_string(), "https://sts.amazonaws.com/");
/// let regional = Endpoint::regional("us-west-2", "amazonaws.com");
/// assert_eq!(regional.host(), "sts.us-west-2.amazonaws.com");
/// assert_ne!(Endpoint::regional("us-east-1", "amazonaws.com"), Endpoint::GLOBAL);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint<'a> {
    /// The global endpoint, `https://sts.amazonaws.com/`. Not the regional endpoint of us-east-1.
    Global,
    /// A host made from a region: `https://{service}.{region}.{suffix}/`.
    Regional {
        /// The leading label or labels: `sts`, `sts-fips`.
        service: &'static str,
        /// The region as it stands in the host.
        region: Cow<'a, str>,
        /// The DNS suffix of the partition (or its dual-stack suffix).
        suffix: &'static str,
    },
    /// A URL that was not made by the rules: an endpoint override, or what an SDK's string surgery left of one. The text
    /// is the URL as on the wire, path included.
    Given(Cow<'a, str>),
}

impl<'a> Endpoint<'a> {
    /// The global endpoint.
    pub const GLOBAL: Self = Self::Global;

    /// `https://sts.{region}.{suffix}/`.
    pub const fn regional(region: &'a str, suffix: &'static str) -> Self {
        Self::Regional { service: "sts", region: Cow::Borrowed(region), suffix }
    }

    /// `https://sts-fips.{region}.{suffix}/`.
    pub const fn fips(region: &'a str, suffix: &'static str) -> Self {
        Self::Regional { service: "sts-fips", region: Cow::Borrowed(region), suffix }
    }

    /// An endpoint override as it goes on the wire: a URL without a path gets `/`.
    pub fn given(url: &'a str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        if rest.contains('/') {
            Self::Given(Cow::Borrowed(url))
        } else {
            Self::Given(Cow::Owned(String::from(url) + "/"))
        }
    }

    /// The host, port included where the URL has one.
    pub fn host(&self) -> Cow<'_, str> {
        match self {
            Self::Global => Cow::Borrowed("sts.amazonaws.com"),
            Self::Regional { service, region, suffix } => {
                Cow::Owned(alloc::format!("{service}.{region}.{suffix}"))
            }
            Self::Given(url) => {
                let rest = url.split_once("://").map_or(&**url, |(_, rest)| rest);
                let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
                Cow::Borrowed(rest.rsplit_once('@').map_or(rest, |(_, host)| host))
            }
        }
    }

    /// Whether this is the global endpoint, however it came about.
    pub fn is_global(&self) -> bool {
        match self {
            Self::Global => true,
            Self::Regional { .. } => false,
            Self::Given(_) => self.host() == "sts.amazonaws.com",
        }
    }
}

impl fmt::Display for Endpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Global => f.write_str("https://sts.amazonaws.com/"),
            Self::Regional { service, region, suffix } => write!(f, "https://{service}.{region}.{suffix}/"),
            Self::Given(url) => f.write_str(url),
        }
    }
}

/// The values that led to a resolution, each with its origin; `None` where the SDK found none or did not look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings<'a> {
    /// The region.
    pub region: Option<Sourced<'a>>,
    /// The setting `sts_regional_endpoints`.
    pub setting: Option<Sourced<'a>>,
    /// What switched FIPS on (or off).
    pub fips: Option<Sourced<'a>>,
    /// What switched dual-stack on (or off).
    pub dualstack: Option<Sourced<'a>>,
    /// The endpoint override.
    pub endpoint_url: Option<Sourced<'a>>,
}

/// What is decided about a request: where it goes, and for which region it is signed. With the settings that led there it is
/// a [`Resolution`].
///
/// ```
/// use sts_endpoint_core::{Decision, Endpoint, Resolution, Settings};
///
/// let decision = Decision::new(Endpoint::regional("eu-west-1", "amazonaws.com"), "eu-west-1");
/// let resolution = Resolution::of(decision, Settings::default());
/// assert_eq!(resolution.signing_region.as_deref(), Some("eu-west-1"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// Where the request goes.
    pub endpoint: Endpoint<'a>,
    /// The region of the SigV4 credential scope; see [`Resolution::signing_region`].
    pub signing_region: Option<Cow<'a, str>>,
    /// The value that decided about the endpoint, if it is one of the settings or a built-in rule.
    pub decided_by: Option<Sourced<'a>>,
}

impl<'a> Decision<'a> {
    /// A request signed for a region.
    pub fn new(endpoint: Endpoint<'a>, signing_region: impl Into<Cow<'a, str>>) -> Self {
        Self { endpoint, signing_region: Some(signing_region.into()), decided_by: None }
    }

    /// An unsigned request.
    pub const fn unsigned(endpoint: Endpoint<'a>) -> Self {
        Self { endpoint, signing_region: None, decided_by: None }
    }

    /// The value that decided about the endpoint.
    #[must_use]
    pub fn decided_by(mut self, value: Sourced<'a>) -> Self {
        self.decided_by = Some(value);
        self
    }

    /// Leaves the request unsigned where a condition holds.
    #[must_use]
    pub fn unsigned_if(mut self, unsigned: bool) -> Self {
        if unsigned {
            self.signing_region = None;
        }
        self
    }
}

/// A request: where it goes, for which region it is signed, and what led there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolution<'a> {
    /// Where the request goes.
    pub endpoint: Endpoint<'a>,
    /// The region of the SigV4 credential scope. `None`: the request is unsigned. An empty text: it is signed with an
    /// empty region.
    pub signing_region: Option<Cow<'a, str>>,
    /// The values that led there.
    pub settings: Settings<'a>,
    /// The value that decided about the endpoint, if it is one of the settings or a built-in rule.
    pub decided_by: Option<Sourced<'a>>,
}

impl<'a> Resolution<'a> {
    /// A decision with the settings that led to it.
    #[inline]
    pub fn of(decision: Decision<'a>, settings: Settings<'a>) -> Self {
        let Decision { endpoint, signing_region, decided_by } = decision;
        Self { endpoint, signing_region, settings, decided_by }
    }

    /// A request signed for a region.
    pub fn new(endpoint: Endpoint<'a>, signing_region: impl Into<Cow<'a, str>>) -> Self {
        Self {
            endpoint,
            signing_region: Some(signing_region.into()),
            settings: Settings::default(),
            decided_by: None,
        }
    }

    /// An unsigned request.
    pub fn unsigned(endpoint: Endpoint<'a>) -> Self {
        Self { endpoint, signing_region: None, settings: Settings::default(), decided_by: None }
    }

    /// The values that led there.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings<'a>) -> Self {
        self.settings = settings;
        self
    }

    /// The value that decided about the endpoint.
    #[must_use]
    pub fn decided_by(mut self, value: Sourced<'a>) -> Self {
        self.decided_by = Some(value);
        self
    }

    /// Leaves the request unsigned where a condition holds.
    #[must_use]
    pub fn unsigned_if(mut self, unsigned: bool) -> Self {
        if unsigned {
            self.signing_region = None;
        }
        self
    }
}

/// What kind of failure an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "strum", derive(strum::EnumIter))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum FailureCategory {
    /// No region was found, and the SDK wants one.
    MissingRegion,
    /// The region's text is refused.
    InvalidRegion,
    /// A setting's text is refused.
    InvalidSetting,
    /// The endpoint (override) is refused.
    InvalidEndpoint,
    /// FIPS or dual-stack is not to be had there.
    UnsupportedVariant,
    /// The profile named does not exist.
    ProfileNotFound,
    /// A profile file does not parse.
    ConfigParse,
    /// No credentials were found.
    MissingCredentials,
    /// Anything else.
    Other,
}

impl FailureCategory {
    /// The word used in JSON and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MissingRegion => "missing-region",
            Self::InvalidRegion => "invalid-region",
            Self::InvalidSetting => "invalid-setting",
            Self::InvalidEndpoint => "invalid-endpoint",
            Self::UnsupportedVariant => "unsupported-variant",
            Self::ProfileNotFound => "profile-not-found",
            Self::ConfigParse => "config-parse",
            Self::MissingCredentials => "missing-credentials",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for FailureCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The error that an SDK raises.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure<'a> {
    /// What kind of failure it is.
    pub category: FailureCategory,
    /// The SDK's own error type.
    pub error_type: Cow<'static, str>,
    /// The SDK's message.
    pub message: Cow<'a, str>,
    /// The values that led there.
    pub settings: Box<Settings<'a>>,
}

impl<'a> Failure<'a> {
    /// A failure.
    pub fn new(
        category: FailureCategory,
        error_type: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'a, str>>,
    ) -> Self {
        Self { category, error_type: error_type.into(), message: message.into(), settings: Box::default() }
    }

    /// The values that led there.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings<'a>) -> Self {
        *self.settings = settings;
        self
    }
}

impl fmt::Display for Failure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.category, self.error_type, self.message)
    }
}

/// What an SDK does with a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "a resolution is the common case, and must not allocate")]
pub enum Outcome<'a> {
    /// It makes a request.
    Request(Resolution<'a>),
    /// It fails before it makes one.
    Error(Failure<'a>),
    /// The question does not arise: the release has no such option in code, operation or entry. The text says which.
    NotApplicable(Cow<'static, str>),
}

impl<'a> Outcome<'a> {
    /// The resolution, if a request is made.
    pub fn resolution(&self) -> Option<&Resolution<'a>> {
        match self {
            Self::Request(resolution) => Some(resolution),
            _ => None,
        }
    }

    /// The failure, if it fails.
    pub fn failure(&self) -> Option<&Failure<'a>> {
        match self {
            Self::Error(failure) => Some(failure),
            _ => None,
        }
    }

    /// `request`, `error` or `not-applicable`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Request(_) => "request",
            Self::Error(_) => "error",
            Self::NotApplicable(_) => "not-applicable",
        }
    }
}

impl<'a> From<Resolution<'a>> for Outcome<'a> {
    fn from(resolution: Resolution<'a>) -> Self {
        Self::Request(resolution)
    }
}

impl<'a> From<Failure<'a>> for Outcome<'a> {
    fn from(failure: Failure<'a>) -> Self {
        Self::Error(failure)
    }
}

impl<'a, T: Into<Outcome<'a>>> From<Result<T, Failure<'a>>> for Outcome<'a> {
    fn from(result: Result<T, Failure<'a>>) -> Self {
        match result {
            Ok(value) => value.into(),
            Err(failure) => failure.into(),
        }
    }
}

/// One line in words: the URL with the signing region, or the error.
impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(resolution) => match resolution.signing_region.as_deref() {
                None => write!(f, "{} unsigned", resolution.endpoint),
                Some("") => write!(f, "{} signed for an empty region", resolution.endpoint),
                Some(region) => write!(f, "{} signed for {region}", resolution.endpoint),
            },
            Self::Error(failure) => failure.fmt(f),
            Self::NotApplicable(why) => write!(f, "not applicable: {why}"),
        }
    }
}

/// The JSON shape of an outcome: `{"kind":"request","url":…,"signing_region":…}`,
/// `{"kind":"error","category":…,"type":…,"message":…}` or `{"kind":"not-applicable","why":…}`.
#[cfg(feature = "serde")]
impl serde::Serialize for Outcome<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        struct Shown<'x, T>(&'x T);
        impl<T: fmt::Display> serde::Serialize for Shown<'_, T> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self.0)
            }
        }
        match self {
            Self::Request(resolution) => {
                let mut shape = serializer.serialize_struct("Outcome", 3)?;
                shape.serialize_field("kind", "request")?;
                shape.serialize_field("url", &Shown(&resolution.endpoint))?;
                shape.serialize_field("signing_region", &resolution.signing_region.as_deref())?;
                shape.end()
            }
            Self::Error(failure) => {
                let mut shape = serializer.serialize_struct("Outcome", 4)?;
                shape.serialize_field("kind", "error")?;
                shape.serialize_field("category", &failure.category)?;
                shape.serialize_field("type", &failure.error_type)?;
                shape.serialize_field("message", &failure.message)?;
                shape.end()
            }
            Self::NotApplicable(why) => {
                let mut shape = serializer.serialize_struct("Outcome", 2)?;
                shape.serialize_field("kind", "not-applicable")?;
                shape.serialize_field("why", why)?;
                shape.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn overrides_keep_their_path_and_get_one_if_they_have_none() {
        assert_eq!(Endpoint::given("http://localhost:4566").to_string(), "http://localhost:4566/");
        assert_eq!(Endpoint::given("http://localhost/base").to_string(), "http://localhost/base");
        assert_eq!(Endpoint::given("http://user@localhost:1/base").host(), "localhost:1");
    }

    #[test]
    fn an_override_may_be_the_global_endpoint() {
        assert!(Endpoint::given("https://sts.amazonaws.com").is_global());
        assert!(!Endpoint::regional("us-east-1", "amazonaws.com").is_global());
    }
}
