//! Where Java 2.x looks for each value, in order.
//!
//! A system property and its environment variable are one setting: the property hides the variable, also when it is
//! empty (`utils/.../SystemSettingUtils.resolveSetting`). Values from both are trimmed; values given in code are not.

use crate::profile::{Active, Property, Title, java_trim};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::java_uri::JavaUri;
use sts_endpoint_core::{
    Accept, Chain, Failure, FailureCategory, Look, Origin, Source, Sourced, Value, Verdict,
};

/// The profile's name; without one `default`.
pub const PROFILE: Chain =
    Chain::new(Value::Profile, &[Source::Property("aws.profile"), Source::Variable("AWS_PROFILE")]);

/// The region given to the client's builder.
pub const REGION_IN_CODE: Chain = Chain::new(Value::Region, &[Source::Code("region")]);

/// `DefaultAwsRegionProviderChain`: setting, profile, instance metadata. A link that fails is passed over.
pub const REGION: [Chain; 3] = [
    Chain::new(Value::Region, &[Source::Property("aws.region"), Source::Variable("AWS_REGION")]),
    Chain::new(Value::Region, &[Source::Profile("region")]),
    Chain::new(Value::Region, &[Source::Metadata]),
];

/// A switch: code, setting, profile.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// What is switched.
    pub value: Value,
    /// The option in code; empty where there is none.
    pub code: Chain,
    /// Property and variable.
    pub setting: Chain,
    /// The property's name.
    pub property: &'static str,
    /// The variable's name.
    pub variable: &'static str,
    /// The key in the profile.
    pub key: &'static str,
    /// The profile.
    pub profile: Chain,
}

/// FIPS endpoints. Source: `awscore/endpoint/FipsEnabledProvider`.
pub const FIPS: Switch = Switch {
    value: Value::Fips,
    code: Chain::new(Value::Fips, &[Source::Code("fipsEnabled")]),
    setting: Chain::new(
        Value::Fips,
        &[Source::Property("aws.useFipsEndpoint"), Source::Variable("AWS_USE_FIPS_ENDPOINT")],
    ),
    property: "aws.useFipsEndpoint",
    variable: "AWS_USE_FIPS_ENDPOINT",
    key: "use_fips_endpoint",
    profile: Chain::new(Value::Fips, &[Source::Profile("use_fips_endpoint")]),
};

/// Dual-stack endpoints. Source: `awscore/endpoint/DualstackEnabledProvider`.
pub const DUAL_STACK: Switch = Switch {
    value: Value::DualStack,
    code: Chain::new(Value::DualStack, &[Source::Code("dualstackEnabled")]),
    setting: Chain::new(
        Value::DualStack,
        &[Source::Property("aws.useDualstackEndpoint"), Source::Variable("AWS_USE_DUALSTACK_ENDPOINT")],
    ),
    property: "aws.useDualstackEndpoint",
    variable: "AWS_USE_DUALSTACK_ENDPOINT",
    key: "use_dualstack_endpoint",
    profile: Chain::new(Value::DualStack, &[Source::Profile("use_dualstack_endpoint")]),
};

/// Whether configured endpoints are ignored. Source: `awscore/endpoint/IgnoreConfiguredEndpointUrlsProvider`.
pub const IGNORE_ENDPOINTS: Switch = Switch {
    value: Value::IgnoreEndpointUrls,
    code: Chain::new(Value::IgnoreEndpointUrls, &[]),
    setting: Chain::new(
        Value::IgnoreEndpointUrls,
        &[
            Source::Property("aws.ignoreConfiguredEndpointUrls"),
            Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
        ],
    ),
    property: "aws.ignoreConfiguredEndpointUrls",
    variable: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    key: "ignore_configured_endpoint_urls",
    profile: Chain::new(Value::IgnoreEndpointUrls, &[Source::Profile("ignore_configured_endpoint_urls")]),
};

/// An endpoint override in code.
pub const ENDPOINT_IN_CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("endpointOverride")]);

/// Configured endpoints before the profile. Both properties come before both variables: the general property beats the
/// variable of the service. Source: `awscore/endpoint/AwsClientEndpointProvider.clientEndpointFromEnvironment`.
pub const ENDPOINT: Chain = Chain::new(
    Value::EndpointUrl,
    &[
        Source::Property("aws.endpointUrlSts"),
        Source::Property("aws.endpointUrl"),
        Source::Variable("AWS_ENDPOINT_URL_STS"),
        Source::Variable("AWS_ENDPOINT_URL"),
    ],
);

/// Configured endpoints in the profile itself, behind its `services` section.
pub const ENDPOINT_IN_PROFILE: Chain =
    Chain::new(Value::EndpointUrl, &[Source::Profile(STS_ENDPOINT_URL), Source::Profile(ENDPOINT_URL)]);

const STS_ENDPOINT_URL: &str = "sts.endpoint_url";
const ENDPOINT_URL: &str = "endpoint_url";

/// The setting that AWS documents for other SDKs, looked for only to say that it does nothing here.
const UNKNOWN_SETTING: [Source; 2] =
    [Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")];

/// Tells the trace of settings that Java 2.x never reads.
pub(crate) fn tell_unread(look: &mut Look<'_, '_>) {
    if !look.trace.wants_unreached() {
        return;
    }
    for source in UNKNOWN_SETTING {
        if let Some(found) = look.at(Value::Setting, source) {
            look.tell(Value::Setting, source, Some(found), Verdict::Ignored("Java 2.x never reads it"));
        }
    }
    let source = Source::Variable("AWS_DEFAULT_REGION");
    if let Some(found) = look.at(Value::Region, source) {
        look.tell(Value::Region, source, Some(found), Verdict::Ignored("Java 2.x never reads it"));
    }
}

/// `String.isBlank` by `Character.isWhitespace`: no-break spaces are not white space.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{85}' => false,
        '\u{1c}'..='\u{1f}' => true,
        c => c.is_whitespace(),
    })
}

/// The message of `Region.of` for a blank text.
pub(crate) const BLANK_REGION: &str = "region must not be blank or empty.";

/// `Region.of`: refuses a blank text (`None`) and URL-encodes the rest. Releases before 2.9.16 kept it as it was.
pub(crate) fn region_of(text: &str, encodes: bool) -> Option<Cow<'_, str>> {
    if is_blank(text) {
        return None;
    }
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    if !encodes || text.bytes().all(unreserved) {
        return Some(Cow::Borrowed(text));
    }
    let mut encoded = String::new();
    for b in text.bytes() {
        if unreserved(b) {
            encoded.push(char::from(b));
        } else {
            encoded.push_str(&format!("%{b:02X}"));
        }
    }
    Some(Cow::Owned(encoded))
}

/// A region as the SDK holds it, and where its text was found.
#[derive(Clone, Debug)]
pub(crate) struct Region<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) found: Sourced<'a>,
}

/// The region of the default chain.
pub(crate) fn default_region<'a>(
    look: &mut Look<'a, '_>,
    active: &Active<'a>,
    encodes: bool,
) -> Option<Region<'a>> {
    let [setting, profile, metadata] = &REGION;
    if let Some(found) = setting.first(look, Accept::Present) {
        if let Some(id) = region_of(java_trim(found.text), encodes) {
            return Some(Region { id, found });
        }
        look.note("a blank region fails inside the chain, which goes on to the profile");
    }
    if let Some(found) = profile.first(look, Accept::Present) {
        let id = match active.property("region") {
            Some(property) => match active.files.whole(Title::Profiles, active.name, property) {
                Cow::Borrowed(text) => region_of(text, encodes),
                Cow::Owned(text) => region_of(&text, encodes).map(|id| Cow::Owned(id.into_owned())),
            },
            None => region_of(found.text, encodes),
        };
        if let Some(id) = id {
            return Some(Region { id, found });
        }
        look.note("a blank region in the profile fails inside the chain");
    }
    let found = metadata.first(look, Accept::Present)?;
    Some(Region { id: region_of(found.text, encodes)?, found })
}

/// The error of the default chain when it finds nothing, with the reason of each link.
pub(crate) fn missing_region<'a>(look: &Look<'a, '_>, active: &Active<'a>) -> Failure<'a> {
    const AT: &str = "software.amazon.awssdk.regions.providers.";
    let at = |chain: &Chain| chain.sources.iter().find_map(|source| look.at(chain.value, *source));
    let [setting, profile, metadata] = &REGION;
    let in_settings = match at(setting) {
        Some(_) => BLANK_REGION,
        None => {
            "Unable to load region from system settings. Region must be specified either via environment variable (AWS_REGION) or  system property (aws.region)."
        }
    };
    let in_profile = match (at(profile), active.files.check()) {
        (_, Err(unreadable)) => format!("{unreadable}"),
        (Some(_), _) => BLANK_REGION.into(),
        (None, _) => format!("No region provided in profile: {}", active.name),
    };
    let in_metadata = match at(metadata) {
        Some(_) => BLANK_REGION,
        None => "EC2 Metadata is disabled. Unable to retrieve region information from EC2 Metadata service.",
    };
    Failure::new(
        FailureCategory::MissingRegion,
        "SdkClientException",
        format!(
            "Unable to load region from any of the providers in the chain {AT}DefaultAwsRegionProviderChain@0: [{AT}SystemSettingsRegionProvider@0: {in_settings}, {AT}AwsProfileRegionProvider@0: {in_profile}, {AT}InstanceProfileRegionProvider@0: {in_metadata}]"
        ),
    )
}

/// A switch that is on or off, and what set it.
pub(crate) type Flag<'a> = (bool, Option<Sourced<'a>>);

/// `SystemSettingUtils.safeStringToBoolean` and `Profile.booleanProperty`: true or false in any case, nothing else.
pub(crate) fn switch<'a>(
    look: &mut Look<'a, '_>,
    active: &Active<'a>,
    switch: &Switch,
    in_code: bool,
) -> Result<Flag<'a>, Failure<'a>> {
    if in_code && let Some(found) = switch.code.first(look, Accept::Present) {
        return Ok((found.text == "true", Some(found)));
    }
    let is = |text: &str| match text {
        text if text.eq_ignore_ascii_case("true") => Some(true),
        text if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    };
    let fail = |message: String| {
        Err(Failure::new(FailureCategory::InvalidSetting, "IllegalStateException", message))
    };
    if let Some(found) = switch.setting.first(look, Accept::Present) {
        let text = java_trim(found.text);
        return match is(text) {
            Some(on) => Ok((on, Some(found))),
            None => fail(format!(
                "Environment variable '{}' or system property '{}' was defined as '{text}', but should be 'false' or 'true'",
                switch.variable, switch.property
            )),
        };
    }
    if let Some(found) = switch.profile.first(look, Accept::Present) {
        let text = match active.property(switch.key) {
            Some(property) => active.files.whole(Title::Profiles, active.name, property),
            None => Cow::Borrowed(found.text),
        };
        return match is(&text) {
            Some(on) => Ok((on, Some(found))),
            None => fail(format!(
                "Profile property '{}' must be set to 'true', 'false' or unset, but was set to '{text}'.",
                switch.key
            )),
        };
    }
    Ok((false, None))
}

/// An endpoint override.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Override<'a> {
    pub(crate) found: Sourced<'a>,
    pub(crate) uri: JavaUri<'a>,
}

/// The endpoint given in code, made by `URI.create`, which is the caller's own line.
pub(crate) fn endpoint_in_code<'a>(look: &mut Look<'a, '_>) -> Result<Option<Override<'a>>, Failure<'a>> {
    let Some(found) = ENDPOINT_IN_CODE.first(look, Accept::Present) else { return Ok(None) };
    let uri = JavaUri::parse(found.text).map_err(|error| {
        Failure::new(FailureCategory::InvalidEndpoint, "IllegalArgumentException", format!("{error}"))
    })?;
    if uri.scheme.is_none() {
        return Err(no_scheme());
    }
    Ok(Some(Override { found, uri }))
}

/// The error for an override without a scheme.
pub(crate) fn no_scheme<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::InvalidEndpoint,
        "NullPointerException",
        "The URI scheme of endpointOverride must not be null.",
    )
}

/// The endpoint configured outside code, if any.
pub(crate) fn configured_endpoint<'a>(
    look: &mut Look<'a, '_>,
    active: &Active<'a>,
    services: bool,
    can_ignore: bool,
) -> Result<Option<Override<'a>>, Failure<'a>> {
    if can_ignore && switch(look, active, &IGNORE_ENDPOINTS, false)?.0 {
        look.note("configured endpoints are ignored");
        return Ok(None);
    }
    if let Some(found) = ENDPOINT.first(look, Accept::Present) {
        let place = match found.origin {
            Origin::Property(name) => ["system property ", name],
            Origin::Variable(name) => ["environment variable ", name],
            // Nothing else stands in that chain.
            _ => ["", ""],
        };
        return create_uri(found, found.text.into(), place).map(Some);
    }
    if services && let Some((section, property)) = services_endpoint(look, active) {
        let whole = active.files.whole(Title::Services, section, property);
        return create_uri(Sourced::file(property.value), whole, ["services section property", ""]).map(Some);
    }
    let found = ENDPOINT_IN_PROFILE.first(look, Accept::Present);
    let property = |key| active.property(key).map(|property| (key, property));
    match found.and_then(|_| property(STS_ENDPOINT_URL).or_else(|| property(ENDPOINT_URL))) {
        Some((key, property)) => {
            let whole = active.files.whole(Title::Profiles, active.name, property);
            create_uri(Sourced::file(property.value), whole, ["profile property ", key]).map(Some)
        }
        None => Ok(None),
    }
}

/// `AwsClientEndpointProvider.createUri`.
fn create_uri<'a>(
    found: Sourced<'a>,
    whole: Cow<'a, str>,
    place: [&str; 2],
) -> Result<Override<'a>, Failure<'a>> {
    let parsed = match whole {
        Cow::Borrowed(text) => JavaUri::parse(text).ok(),
        // A text that goes on in the next line is no URI.
        Cow::Owned(_) => None,
    };
    parsed.map(|uri| Override { found, uri }).ok_or_else(|| {
        Failure::new(
            FailureCategory::InvalidEndpoint,
            "SdkClientException",
            format!("An invalid URI was configured in {}", place.concat()),
        )
    })
}

/// `services = x` in the profile, and `sts` / `endpoint_url` in `[services x]`: the section's name and the property.
fn services_endpoint<'a>(look: &mut Look<'a, '_>, active: &Active<'a>) -> Option<(&'a str, Property<'a>)> {
    let section = active.property("services")?.value.text;
    let property = active.files.property(Title::Services, section, STS_ENDPOINT_URL);
    let found = property.map(|property| Sourced::file(property.value));
    let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
    look.tell(Value::EndpointUrl, Source::Profile("services"), found, verdict);
    Some((section, property?))
}

/// `DefaultsModeResolver`: system property, variable, profile. Of its modes none moves an endpoint, but an unknown one fails `build()`.
pub(crate) fn check_defaults_mode<'a>(look: &mut Look<'a, '_>) -> Result<(), Failure<'a>> {
    const MODES: [&str; 6] = ["legacy", "standard", "in-region", "cross-region", "mobile", "auto"];
    let scenario = look.scenario;
    let configured = scenario.properties.get("aws.defaultsMode");
    let configured = configured.or_else(|| scenario.variable("AWS_DEFAULTS_MODE"));
    let mode = match configured {
        Some(mode) => mode,
        None => match look.profile.get("defaults_mode") {
            Some(mode) => mode.text,
            None => return Ok(()),
        },
    };
    if MODES.iter().any(|known| known.eq_ignore_ascii_case(mode)) {
        return Ok(());
    }
    let message = format!("The provided value is not a valid defaults mode {mode}");
    Err(Failure::new(FailureCategory::InvalidSetting, "IllegalArgumentException", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_url_encoded() {
        assert_eq!(region_of("us-west-2", true).as_deref(), Some("us-west-2"));
        assert_eq!(region_of("bad region", true).as_deref(), Some("bad%20region"));
        assert_eq!(region_of("a*b~c+d", true).as_deref(), Some("a%2Ab~c%2Bd"));
        assert_eq!(region_of("\u{fc}", true).as_deref(), Some("%C3%BC"));
        assert_eq!(region_of("bad region", false).as_deref(), Some("bad region"));
    }

    #[test]
    fn blank_is_what_java_takes_for_white_space() {
        assert_eq!(region_of("", true), None);
        assert_eq!(region_of("\u{3000}\t", true), None);
        assert_eq!(region_of("\u{a0}", true).as_deref(), Some("%C2%A0"));
    }
}
