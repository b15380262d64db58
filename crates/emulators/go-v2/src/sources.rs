//! Where Go V2 looks for region, variants and endpoint override.

use crate::profiles::{Profiles, SERVICE_ENDPOINT};
use crate::{Engine, GoV2};
use alloc::format;
use sts_endpoint_core::{
    Accept, Chain, Entry, Failure, FailureCategory, Look, NoProfile, Scenario, Source, Sourced, Trace, Value,
    Verdict,
};

/// An option that switches FIPS or dual-stack on, in code, in the environment and in a profile.
pub(crate) struct Variant {
    value: Value,
    code: &'static str,
    variable: &'static str,
    key: &'static str,
}

pub(crate) const FIPS: Variant = Variant {
    value: Value::Fips,
    code: "EndpointOptions.UseFIPSEndpoint",
    variable: "AWS_USE_FIPS_ENDPOINT",
    key: "use_fips_endpoint",
};

pub(crate) const DUAL_STACK: Variant = Variant {
    value: Value::DualStack,
    code: "EndpointOptions.UseDualStackEndpoint",
    variable: "AWS_USE_DUALSTACK_ENDPOINT",
    key: "use_dualstack_endpoint",
};

/// The profile in use (config/env_config.go).
pub(crate) fn profile_name<'a>(scenario: &'a Scenario, trace: &mut dyn Trace) -> Option<Sourced<'a>> {
    const NAME: Chain = Chain::new(
        Value::Profile,
        &[Source::Variable("AWS_PROFILE"), Source::Variable("AWS_DEFAULT_PROFILE")],
    );
    NAME.first(&mut Look::new(scenario, &NoProfile, trace), Accept::NonEmpty)
}

/// The region: an option of the client (there even when empty) or of the config (`WithRegion`; an empty one is none), else
/// the configured one (config/resolve.go `resolveRegion`). An empty variable is unset.
pub(crate) fn region<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    const CLIENT: Chain = Chain::new(Value::Region, &[Source::Code("Options.Region")]);
    const CONFIG: Chain = Chain::new(Value::Region, &[Source::Code("config.WithRegion")]);
    const CONFIGURED: Chain = Chain::new(
        Value::Region,
        &[Source::Variable("AWS_REGION"), Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")],
    );
    let code = if look.scenario.entry == Entry::Client {
        CLIENT.first(look, Accept::Present)
    } else {
        CONFIG.first(look, Accept::NonEmpty)
    };
    code.or_else(|| CONFIGURED.first(look, Accept::NonEmpty))
}

impl GoV2 {
    /// config/env_config.go `setUseDualStackEndpointFromEnvVal`, `setBoolPtrFromEnvVal`: true and false in any case; an
    /// empty variable is unset; anything else stops the loading.
    ///
    /// # Errors
    ///
    /// Where a variable is neither.
    pub(crate) fn check_environment<'a>(
        &self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<(), Failure<'a>> {
        // What a boolean's message says that it needs; the message of a mode says nothing of the kind.
        let variables = [
            (DUAL_STACK.value, DUAL_STACK.variable, self.variants, Some("true, false")),
            (FIPS.value, FIPS.variable, self.variants, Some("true, false")),
            (Value::DefaultsMode, "AWS_DEFAULTS_MODE", self.defaults_mode, None),
            (Value::IgnoreEndpointUrls, IGNORE_VARIABLE, self.configured_endpoints, Some("true or false")),
        ];
        for (value, name, known, need) in variables {
            let Some(text) = scenario.non_empty_variable(name).filter(|_| known) else { continue };
            if need.map_or_else(|| is_defaults_mode(text), |_| is_bool(text)) {
                continue;
            }
            let (why, message) = match need {
                Some(need) => (
                    "neither true nor false",
                    format!("invalid value for environment variable, {name}={text}, need {need}"),
                ),
                None => ("no defaults mode", format!("invalid {name} value: {text}")),
            };
            let mut look = Look::new(scenario, &NoProfile, trace);
            let found = look.at(value, Source::Variable(name));
            look.tell(value, Source::Variable(name), found, Verdict::Refused(why));
            return Err(Failure::new(FailureCategory::InvalidSetting, "*errors.errorString", message));
        }
        Ok(())
    }

    /// Code, variable, profile.
    pub(crate) fn variant<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profiles: &Profiles<'a>,
        variant: &Variant,
    ) -> Option<Sourced<'a>> {
        let &Variant { value, code, variable, key } = variant;
        if !self.variants {
            return None;
        }
        let code = Some(Source::Code(code)).filter(|_| look.scenario.entry == Entry::Client);
        for source in [code, Some(Source::Variable(variable))].into_iter().flatten() {
            let found = look.at(value, source);
            let verdict = match found {
                None => Verdict::Absent,
                Some(found) if found.text.is_empty() => Verdict::Empty,
                Some(_) => Verdict::Used,
            };
            look.tell(value, source, found, verdict);
            if verdict == Verdict::Used {
                return found;
            }
        }
        boolean(look, profiles, value, key)
    }

    /// The endpoint override. Code, else the service's (variable, `services` section), else the general one (variable,
    /// `endpoint_url`); but with AWS_ENDPOINT_URL in the environment and AWS_ENDPOINT_URL_STS not, the service's is not looked
    /// for (service/sts/endpoints.go `resolveBaseEndpoint`, config/resolve.go `resolveBaseEndpoint`). The clients inside
    /// credential providers are built before the general one is looked at (config/config.go, the order of
    /// `defaultAWSConfigResolvers`).
    pub(crate) fn endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profiles: &Profiles<'a>,
    ) -> Option<Sourced<'a>> {
        const OLD_CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("EndpointResolverFromURL")]);
        const CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("Options.BaseEndpoint")]);
        const SERVICE_VARIABLE: Chain =
            Chain::new(Value::EndpointUrl, &[Source::Variable("AWS_ENDPOINT_URL_STS")]);
        const SERVICES: Chain = Chain::new(Value::EndpointUrl, &[Source::Profile(SERVICE_ENDPOINT)]);
        const GENERAL: Chain = Chain::new(
            Value::EndpointUrl,
            &[Source::Variable("AWS_ENDPOINT_URL"), Source::Profile("endpoint_url")],
        );
        let is_client = look.scenario.entry == Entry::Client;
        if is_client {
            let code = if self.engine == Engine::Rules { CODE } else { OLD_CODE };
            // A pointer: an empty text is there.
            if let Some(code) = code.first(look, Accept::Present) {
                return Some(code);
            }
        }
        if !self.configured_endpoints || self.ignores_configured(look, profiles) {
            return None;
        }
        // os.LookupEnv: an empty variable is there.
        let there = |name| look.scenario.variable(name).is_some();
        let general_alone = there("AWS_ENDPOINT_URL") && !there("AWS_ENDPOINT_URL_STS");
        if general_alone {
            look.note(
                "AWS_ENDPOINT_URL is there and AWS_ENDPOINT_URL_STS is not: no services section is looked at",
            );
        } else {
            let service = SERVICE_VARIABLE
                .first(look, Accept::NonEmpty)
                .or_else(|| SERVICES.first(look, Accept::Present));
            if service.is_some() {
                return service;
            }
        }
        if !is_client {
            look.note(
                "the client inside the provider is built before AWS_ENDPOINT_URL and endpoint_url are read",
            );
            return None;
        }
        GENERAL.first(look, Accept::NonEmpty)
    }

    fn ignores_configured<'a>(&self, look: &mut Look<'a, '_>, profiles: &Profiles<'a>) -> bool {
        const VARIABLE: Chain = Chain::new(Value::IgnoreEndpointUrls, &[Source::Variable(IGNORE_VARIABLE)]);
        VARIABLE
            .first(look, Accept::NonEmpty)
            .or_else(|| boolean(look, profiles, Value::IgnoreEndpointUrls, "ignore_configured_endpoint_urls"))
            .is_some_and(|found| found.text.eq_ignore_ascii_case("true"))
    }
}

const IGNORE_VARIABLE: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

/// A boolean of the profile; a text that is none means off (config/shared_config.go `updateBoolPtr`).
fn boolean<'a>(
    look: &mut Look<'a, '_>,
    profiles: &Profiles<'a>,
    value: Value,
    key: &'static str,
) -> Option<Sourced<'a>> {
    let found = profiles.boolean(key);
    let verdict = match found {
        None => Verdict::Absent,
        Some((_, Some(_))) => Verdict::Used,
        Some((_, None)) => Verdict::Ignored("no boolean: off"),
    };
    look.tell(value, Source::Profile(key), found.map(|(found, _)| found), verdict);
    let (found, on) = found?;
    Some(Sourced { text: if on == Some(true) { "true" } else { "false" }, ..found })
}

/// aws/defaultsmode.go `SetFromString`. An empty text is the legacy mode.
pub(crate) fn is_defaults_mode(text: &str) -> bool {
    const MODES: [&str; 7] = ["", "auto", "cross-region", "in-region", "legacy", "mobile", "standard"];
    MODES.iter().any(|mode| mode.eq_ignore_ascii_case(text))
}

fn is_bool(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}
