//! Where Ruby looks for region, setting, variants and endpoint override.

use crate::Ruby;
use crate::profile::Profiles;
use sts_endpoint_core::{Accept, Chain, Entry, Look, Scenario, Source, Sourced, Value, Verdict};

/// `profile` in code, AWS_PROFILE, else `default` (`shared_config.rb` `determine_profile_name`).
pub(crate) fn profile_name(scenario: &Scenario) -> &str {
    scenario.variable("AWS_PROFILE").unwrap_or("default")
}

impl Ruby {
    /// The region (`plugins/regional_endpoint.rb` `resolve_region`). The first of the three variables that is there counts:
    /// an empty one hides the next, but not the files.
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>, in_code: bool) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Region, &[Source::Code("region")]);
        const VARIABLES: Chain = Chain::new(
            Value::Region,
            &[
                Source::Variable("AWS_REGION"),
                Source::Variable("AMAZON_REGION"),
                Source::Variable("AWS_DEFAULT_REGION"),
            ],
        );
        const PROFILE: Chain = Chain::new(Value::Region, &[Source::Profile("region")]);
        let code = if in_code { CODE.first(look, Accept::Present) } else { None };
        code.or_else(|| {
            let found = VARIABLES.first(look, Accept::Present)?;
            if found.text.is_empty() {
                look.note("an empty variable hides the variables after it");
                return None;
            }
            Some(found)
        })
        .or_else(|| PROFILE.first(look, Accept::NonEmpty))
    }

    /// The setting; any text but `legacy` means regional.
    pub(crate) fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Setting, &[Source::Code("sts_regional_endpoints")]);
        const CONFIGURED: Chain = Chain::new(
            Value::Setting,
            &[Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")],
        );
        if !self.setting {
            return None;
        }
        let internal = look.scenario.entry != Entry::Client;
        let code = if internal { None } else { CODE.first(look, Accept::NonEmpty) };
        let default = if self.default_legacy {
            Sourced::default("legacy", "default legacy")
        } else {
            Sourced::default("regional", "default regional")
        };
        Some(code.or_else(|| CONFIGURED.first(look, Accept::NonEmpty)).unwrap_or(default))
    }

    /// FIPS or dual-stack; only exactly `true` is on, and another text hides the profile's.
    #[inline(always)]
    pub(crate) fn variant<'a>(
        &self,
        look: &mut Look<'a, '_>,
        (code, configured): (&'static Chain, &'static Chain),
    ) -> Option<Sourced<'a>> {
        if !self.variants {
            return None;
        }
        let internal = look.scenario.entry != Entry::Client;
        let code = if internal { None } else { code.first(look, Accept::Present) };
        code.or_else(|| configured.first(look, Accept::NonEmpty))
    }

    /// The endpoint override: code; since 3.178.0 AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, the services section, the profile's
    /// endpoint_url (`plugins/regional_endpoint.rb` `resolve_custom_config_endpoint`).
    pub(crate) fn endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profiles: &Profiles<'a>,
    ) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("endpoint")]);
        const VARIABLES: Chain = Chain::new(
            Value::EndpointUrl,
            &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Variable("AWS_ENDPOINT_URL")],
        );
        const IGNORE: Chain = Chain::new(
            Value::IgnoreEndpointUrls,
            &[
                Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                Source::Profile("ignore_configured_endpoint_urls"),
            ],
        );
        let internal = look.scenario.entry != Entry::Client;
        if let Some(code) = (!internal).then(|| CODE.first(look, Accept::Present)).flatten() {
            return Some(code);
        }
        if !self.configured_endpoints {
            return None;
        }
        if IGNORE.first(look, Accept::Present).is_some_and(|ignore| ignore.text.eq_ignore_ascii_case("true"))
        {
            return None;
        }
        // An empty variable is there: it is an endpoint, and fails as one.
        if let Some(variable) = VARIABLES.first(look, Accept::Present) {
            return Some(variable);
        }
        for (source, found) in [
            (Source::Profile("services: sts: endpoint_url"), profiles.service_endpoint()),
            (Source::Profile("endpoint_url"), profiles.config("endpoint_url")),
        ] {
            let found = found.map(Sourced::file);
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            look.tell(Value::EndpointUrl, source, found, verdict);
            if found.is_some() {
                return found;
            }
        }
        None
    }
}
