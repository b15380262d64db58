//! Where each value is looked for.

use crate::config_file::{ConfigFile, Sections};
use crate::{CppSdk, FileParser};
use sts_endpoint_core::common_runtime::{Files, Kind, Property};
use sts_endpoint_core::profile::{FileKind, FileValue};
use sts_endpoint_core::{
    Accept, Chain, Look, NoProfile, Profile, Scenario, Source, Sourced, Trace, Value, Verdict,
};

/// aws-cpp-sdk-core `source/auth/AWSCredentialsProvider.cpp` `GetConfigProfileName`: empty is unset.
const PROFILE: Chain =
    Chain::new(Value::Profile, &[Source::Variable("AWS_DEFAULT_PROFILE"), Source::Variable("AWS_PROFILE")]);

const CODE_REGION: Chain = Chain::new(Value::Region, &[Source::Code("ClientConfiguration::region")]);

/// aws-cpp-sdk-core `source/client/ClientConfiguration.cpp`, since 1.8.0: empty is unset, everywhere but in code.
const REGION: Chain = Chain::new(
    Value::Region,
    &[
        Source::Variable("AWS_DEFAULT_REGION"),
        Source::Variable("AWS_REGION"),
        Source::Profile("region"),
        Source::Metadata,
    ],
);

/// aws-cpp-sdk-core `source/auth/STSCredentialsProvider.cpp`, 1.7.156 to the common runtime's days.
const WEB_IDENTITY_REGION: Chain =
    Chain::new(Value::Region, &[Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")]);

/// aws-c-auth `source/credentials_utils.c` `aws_credentials_provider_resolve_region_from_env`, and the profile's region.
const RUNTIME_REGION: Chain = Chain::new(
    Value::Region,
    &[Source::Variable("AWS_REGION"), Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")],
);

const CODE_URL: Chain =
    Chain::new(Value::EndpointUrl, &[Source::Code("ClientConfiguration::endpointOverride")]);

/// aws-cpp-sdk-core `source/client/ClientConfiguration.cpp`, by 1.11.724.
const URL: Chain = Chain::new(
    Value::EndpointUrl,
    &[
        Source::Variable("AWS_ENDPOINT_URL_STS"),
        Source::Variable("AWS_ENDPOINT_URL"),
        Source::Profile(SERVICES),
        Source::Profile("endpoint_url"),
    ],
);

/// aws-c-auth `source/credentials_utils.c` `aws_credentials_provider_construct_endpoint`; the profile is asked where the
/// provider is the profile's.
const VARIABLES_URL: Chain = Chain::new(
    Value::EndpointUrl,
    &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Variable("AWS_ENDPOINT_URL")],
);

/// Both places are asked: `true` in either counts.
const IGNORE_URLS: [Source; 2] = [
    Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
    Source::Profile("ignore_configured_endpoint_urls"),
];

const CODE_FIPS: Chain = Chain::new(Value::Fips, &[Source::Code("ClientConfiguration::useFIPS")]);
const CODE_DUAL_STACK: Chain =
    Chain::new(Value::DualStack, &[Source::Code("ClientConfiguration::useDualStack")]);

/// What other SDKs read, and this one does not.
const UNREAD: [(Value, Source); 6] = [
    (Value::Setting, Source::Variable("AWS_STS_REGIONAL_ENDPOINTS")),
    (Value::Setting, Source::Profile("sts_regional_endpoints")),
    (Value::Fips, Source::Variable("AWS_USE_FIPS_ENDPOINT")),
    (Value::Fips, Source::Profile("use_fips_endpoint")),
    (Value::DualStack, Source::Variable("AWS_USE_DUALSTACK_ENDPOINT")),
    (Value::DualStack, Source::Profile("use_dualstack_endpoint")),
];

/// What makes static credentials.
const KEYS: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];

/// The key under which the profiles below answer for the `services` section they name.
const SERVICES: &str = "services: sts.endpoint_url";

/// The profile in use, as core reads it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected<'a> {
    config: Option<ConfigFile<'a>>,
    credentials: Option<ConfigFile<'a>>,
    pub(crate) name: &'a str,
}

impl<'a> Selected<'a> {
    pub(crate) fn new(scenario: &'a Scenario, parser: FileParser, name: &'a str) -> Self {
        let file = |kind| scenario.file(kind).map(|file| ConfigFile::new(file, parser));
        Self { config: file(FileKind::Config), credentials: file(FileKind::Credentials), name }
    }

    /// A field of the profile.
    pub(crate) fn field(&self, key: &str) -> Option<FileValue<'a>> {
        self.field_of(self.name, key)
    }

    /// A field of some profile of the config file.
    pub(crate) fn field_of(&self, profile: &str, key: &str) -> Option<FileValue<'a>> {
        self.config?.get(profile, key, Sections::Merged)
    }

    /// How many lines the config file has.
    pub(crate) fn lines(&self) -> usize {
        self.config.map_or(0, |file| file.lines())
    }

    /// Whether the credentials file has keys for the profile.
    pub(crate) fn has_keys(&self) -> bool {
        self.credentials.is_some_and(|file| {
            let get = |key| file.get(self.name, key, Sections::Merged);
            KEYS.iter().all(|key| get(key).is_some_and(|value| !value.text.is_empty()))
        })
    }

    /// Whether some profile of the config file has keys: one of the two is enough.
    pub(crate) fn has_keys_named(&self, profile: &str) -> bool {
        self.field_of(profile, "aws_access_key_id").is_some_and(|id| {
            !id.text.is_empty()
                || self.field_of(profile, "aws_secret_access_key").is_some_and(|key| !key.text.is_empty())
        })
    }
}

impl<'a> Profile<'a> for Selected<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        let config = self.config?;
        if key == SERVICES {
            let services = config.get(self.name, "services", Sections::Last)?;
            return config.services_url(services.text);
        }
        let sections = if key == "endpoint_url" { Sections::Merged } else { Sections::Last };
        config.get(self.name, key, sections)
    }
}

/// The same with the fields that have a setter: what the web identity provider reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'a>(pub(crate) Selected<'a>);

impl<'a> Profile<'a> for Fields<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        self.0.field(key)
    }
}

/// The profile in use, as the common runtime reads it: the credentials file over the config file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Runtime<'a> {
    files: Files<'a>,
    pub(crate) name: &'a str,
}

impl<'a> Runtime<'a> {
    pub(crate) fn new(scenario: &'a Scenario, name: &'a str) -> Self {
        Self { files: Files::read(scenario), name }
    }

    /// The profile that the runtime's web identity provider picks by itself, in the config file alone.
    ///
    /// aws-c-sdkutils `source/aws_profile.c` `aws_get_profile_name`; aws-c-auth
    /// `source/credentials_provider_sts_web_identity.c` `s_load_profile`
    pub(crate) fn of_web_identity(scenario: &'a Scenario) -> Self {
        Self::new(scenario, scenario.variable("AWS_PROFILE").unwrap_or("default")).of_config_file()
    }

    /// Another profile.
    pub(crate) fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// Without the credentials file.
    pub(crate) fn of_config_file(self) -> Self {
        Self { files: self.files.config_alone(), ..self }
    }

    /// Whether asking it for an endpoint ends the process: its `services` section has `sts` without an `endpoint_url` below.
    ///
    /// aws-c-auth `source/credentials_utils.c` `s_get_override_endpoint`, which does not look whether there is one
    pub(crate) fn ends_the_process(&self) -> bool {
        self.sts().is_some_and(|sts| sts.sub_property("endpoint_url").is_none())
    }

    /// What its `services` section has for STS.
    fn sts(&self) -> Option<Property<'a>> {
        let services = self.get("services")?;
        self.files.get(Kind::Services, services.text, "sts")
    }

    /// Whether it has keys of its own.
    pub(crate) fn has_keys(&self) -> bool {
        KEYS.iter().all(|key| self.get(key).is_some_and(|value| !value.text.is_empty()))
    }

    /// Whether it has at least one of them.
    pub(crate) fn mentions_keys(&self) -> bool {
        KEYS.iter().any(|key| self.get(key).is_some())
    }
}

impl<'a> Profile<'a> for Runtime<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if key == SERVICES {
            return self.sts()?.sub_property("endpoint_url");
        }
        Some(self.files.get(Kind::Profile, self.name, key)?.value)
    }
}

/// The name of the profile in use.
pub(crate) fn profile<'a>(scenario: &'a Scenario, trace: &mut dyn Trace) -> Sourced<'a> {
    let found = PROFILE.first(&mut Look::new(scenario, &NoProfile, trace), Accept::NonEmpty);
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

/// The web identity provider's region.
pub(crate) fn web_identity_region<'a>(look: &mut Look<'a, '_>) -> Sourced<'a> {
    let found = WEB_IDENTITY_REGION.first(look, Accept::NonEmpty);
    found.unwrap_or(Sourced::default("us-east-1", "the default region of the web identity provider"))
}

/// What the common runtime finds by itself.
pub(crate) fn runtime_region<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    RUNTIME_REGION.first(look, Accept::NonEmpty)
}

/// The override that the common runtime finds by itself: it knows no switch.
pub(crate) fn runtime_url<'a>(look: &mut Look<'a, '_>, profile: bool) -> Option<Sourced<'a>> {
    let chain = if profile { &URL } else { &VARIABLES_URL };
    chain.first(look, Accept::NonEmpty)
}

/// FIPS and dual-stack, from code alone.
pub(crate) fn variants<'a>(look: &mut Look<'a, '_>) -> (Option<Sourced<'a>>, Option<Sourced<'a>>) {
    (CODE_FIPS.first(look, Accept::Present), CODE_DUAL_STACK.first(look, Accept::Present))
}

impl CppSdk {
    /// A client's region, with code asked first or not at all.
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>, code: bool) -> Sourced<'a> {
        const DEFAULT: &str = "the default region";
        let in_code = if code { CODE_REGION.first(look, Accept::Present) } else { None };
        if let Some(region) = in_code {
            return region;
        }
        let found = if self.region_chain { REGION.first(look, Accept::NonEmpty) } else { None };
        if !self.region_chain {
            look.note("this release asks neither variables nor files for a region");
        }
        found.unwrap_or(Sourced::default("us-east-1", DEFAULT))
    }

    /// A client's endpoint override.
    pub(crate) fn url<'a>(&self, look: &mut Look<'a, '_>, code: bool) -> Option<Sourced<'a>> {
        let in_code = if code { CODE_URL.first(look, Accept::NonEmpty) } else { None };
        if in_code.is_some() {
            return in_code;
        }
        if !self.configured_urls {
            return None;
        }
        for source in IGNORE_URLS {
            let found = look.at(Value::IgnoreEndpointUrls, source);
            let on = found.is_some_and(|found| found.text.eq_ignore_ascii_case("true") || found.text == "1");
            let verdict = match found {
                _ if on => Verdict::Used,
                None => Verdict::Absent,
                Some(_) => Verdict::Ignored("not true: the other place is asked too"),
            };
            look.tell(Value::IgnoreEndpointUrls, source, found, verdict);
            if on {
                look.note("configured endpoint URLs are ignored");
                return None;
            }
        }
        URL.first(look, Accept::NonEmpty)
    }
}
