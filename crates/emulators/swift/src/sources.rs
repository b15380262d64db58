//! Where each value is looked for.

use crate::SwiftSdk;
use sts_endpoint_core::common_runtime::{Files, Kind, Property};
use sts_endpoint_core::profile::FileValue;
use sts_endpoint_core::{
    Accept, Chain, Look, NoProfile, Profile, Scenario, Source, Sourced, Trace, Value, Verdict,
};

/// aws-sdk-swift `Sources/Core/AWSSDKCommon/Sources/AWSSDKCommon/FieldResolver.swift`, aws-c-sdkutils `source/aws_profile.c`
/// `aws_get_profile_name`: present counts, even empty.
const PROFILE: Chain = Chain::new(Value::Profile, &[Source::Variable("AWS_PROFILE")]);

const CODE_REGION: Source = Source::Code("STSClientConfiguration.region");

/// aws-sdk-swift `Sources/Core/AWSClientRuntime/Regions/*`, 0.33.0. (On Apple platforms the app's bundle comes before the
/// variable.)
const REGION: Chain = Chain::new(
    Value::Region,
    &[CODE_REGION, Source::Variable("AWS_REGION"), Source::Profile("region"), Source::Metadata],
);

/// The same with the newest `EnvironmentRegionProvider.swift`.
const NEW_REGION: Chain = Chain::new(
    Value::Region,
    &[
        CODE_REGION,
        Source::Variable("AWS_REGION"),
        Source::Variable("AWS_DEFAULT_REGION"),
        Source::Profile("region"),
        Source::Metadata,
    ],
);

/// A client that nobody configures.
const OWN_REGION: Chain =
    Chain::new(Value::Region, &[Source::Variable("AWS_REGION"), Source::Profile("region"), Source::Metadata]);

const NEW_OWN_REGION: Chain = Chain::new(
    Value::Region,
    &[
        Source::Variable("AWS_REGION"),
        Source::Variable("AWS_DEFAULT_REGION"),
        Source::Profile("region"),
        Source::Metadata,
    ],
);

/// aws-c-auth `source/credentials_utils.c` and `source/credentials_provider_sts_web_identity.c` since v0.7.20.
const RUNTIME_REGION: Chain = Chain::new(
    Value::Region,
    &[Source::Variable("AWS_REGION"), Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")],
);

/// aws-c-auth `source/credentials_provider_sts_web_identity.c` before v0.7.20.
const OLD_RUNTIME_REGION: Chain =
    Chain::new(Value::Region, &[Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")]);

const CODE_URL: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("STSClientConfiguration.endpoint")]);

/// aws-sdk-swift `Sources/Core/AWSClientRuntime/Sources/AWSClientRuntime/Endpoints/AWSEndpointConfig.swift`, and aws-c-auth
/// `source/credentials_utils.c` since v0.8.6.
const URL: Chain = Chain::new(
    Value::EndpointUrl,
    &[
        Source::Variable("AWS_ENDPOINT_URL_STS"),
        Source::Variable("AWS_ENDPOINT_URL"),
        Source::Profile(SERVICES),
        Source::Profile("endpoint_url"),
    ],
);

/// The first that is `true` or `false`, in small letters, among these.
const IGNORE_URLS: [Source; 2] = [
    Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
    Source::Profile("ignore_configured_endpoint_urls"),
];

const FIPS: Chain = Chain::new(Value::Fips, &[Source::Code("STSClientConfiguration.useFIPS")]);
const DUAL_STACK: Chain =
    Chain::new(Value::DualStack, &[Source::Code("STSClientConfiguration.useDualStack")]);

/// What other SDKs read, and this one does not.
const UNREAD: [(Value, Source); 6] = [
    (Value::Setting, Source::Variable("AWS_STS_REGIONAL_ENDPOINTS")),
    (Value::Setting, Source::Profile("sts_regional_endpoints")),
    (Value::Fips, Source::Variable("AWS_USE_FIPS_ENDPOINT")),
    (Value::Fips, Source::Profile("use_fips_endpoint")),
    (Value::DualStack, Source::Variable("AWS_USE_DUALSTACK_ENDPOINT")),
    (Value::DualStack, Source::Profile("use_dualstack_endpoint")),
];

/// The key under which a profile answers for the `services` section that it names.
const SERVICES: &str = "services: sts.endpoint_url";

/// A profile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected<'a> {
    files: Files<'a>,
    pub(crate) name: &'a str,
}

impl<'a> Selected<'a> {
    pub(crate) fn new(scenario: &'a Scenario, name: &'a str) -> Self {
        Self { files: Files::read(scenario), name }
    }

    /// Another profile.
    pub(crate) fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    pub(crate) fn exists(&self) -> bool {
        self.files.has(Kind::Profile, self.name)
    }

    /// Both keys.
    pub(crate) fn has_keys(&self) -> bool {
        self.get("aws_access_key_id").is_some() && self.get("aws_secret_access_key").is_some()
    }

    /// One of them.
    pub(crate) fn mentions_keys(&self) -> bool {
        self.get("aws_access_key_id").is_some() || self.get("aws_secret_access_key").is_some()
    }

    fn sts(&self) -> Option<Property<'a>> {
        let services = self.get("services")?;
        self.files.get(Kind::Services, services.text, "sts")
    }
}

impl<'a> Profile<'a> for Selected<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if key == SERVICES {
            return self.sts()?.sub_property("endpoint_url");
        }
        let property = self.files.get(Kind::Profile, self.name, key)?;
        // one with sub-properties is no text
        let subsection = property.empty_valued && !property.value.text.is_empty();
        (!subsection).then_some(property.value)
    }
}

/// The name of the profile in use.
pub(crate) fn profile<'a>(scenario: &'a Scenario, trace: &mut dyn Trace) -> Sourced<'a> {
    let found = PROFILE.first(&mut Look::new(scenario, &NoProfile, trace), Accept::Present);
    found.unwrap_or(Sourced::default("default", "the default profile"))
}

/// Tells of what somebody set in vain.
pub(crate) fn unread(look: &mut Look<'_, '_>) {
    if !look.listens() {
        return;
    }
    for (value, source) in UNREAD {
        let found = look.at(value, source);
        if found.is_some() {
            look.tell(value, source, found, Verdict::Ignored("this SDK does not read it"));
        }
    }
}

/// FIPS and dual-stack, from code alone.
pub(crate) fn variants<'a>(look: &mut Look<'a, '_>) -> (Option<Sourced<'a>>, Option<Sourced<'a>>) {
    (FIPS.first(look, Accept::Present), DUAL_STACK.first(look, Accept::Present))
}

impl SwiftSdk {
    /// A client's region.
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>, code: bool) -> Option<Sourced<'a>> {
        let chain = match (code, self.default_region_variable) {
            (true, false) => &REGION,
            (true, true) => &NEW_REGION,
            (false, false) => &OWN_REGION,
            (false, true) => &NEW_OWN_REGION,
        };
        chain.first(look, Accept::Present)
    }

    /// A client's endpoint override.
    pub(crate) fn url<'a>(&self, look: &mut Look<'a, '_>, code: bool) -> Option<Sourced<'a>> {
        let in_code = if code { CODE_URL.first(look, Accept::Present) } else { None };
        if in_code.is_some() || !self.configured_urls {
            return in_code;
        }
        for source in IGNORE_URLS {
            let found = look.at(Value::IgnoreEndpointUrls, source);
            let (on, verdict) = match found.map(|found| found.text) {
                Some("true") => (Some(true), Verdict::Used),
                Some("false") => (Some(false), Verdict::Used),
                Some(_) => (None, Verdict::Ignored("neither true nor false")),
                None => (None, Verdict::Absent),
            };
            look.tell(Value::IgnoreEndpointUrls, source, found, verdict);
            match on {
                Some(true) => {
                    look.note("configured endpoint URLs are ignored");
                    return None;
                }
                Some(false) => break,
                None => {}
            }
        }
        URL.first(look, Accept::Present)
    }

    /// The region that the Common Runtime finds by itself.
    pub(crate) fn runtime_region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        let chain = if self.runtime.regional { &RUNTIME_REGION } else { &OLD_RUNTIME_REGION };
        chain.first(look, Accept::NonEmpty)
    }

    /// The override that the Common Runtime finds by itself: it knows no switch.
    pub(crate) fn runtime_url<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        if self.runtime.overrides { URL.first(look, Accept::NonEmpty) } else { None }
    }
}
