//! Where PHP looks for region, setting, variants and endpoint override.

use crate::profile::Profiles;
use crate::{Configured, Php};
use alloc::format;
use sts_endpoint_core::{
    Accept, Chain, Entry, Failure, FailureCategory, Look, Scenario, Source, Sourced, Value, Verdict,
};

/// AWS_PROFILE, else `default`.
pub(crate) fn profile_name(scenario: &Scenario) -> &str {
    scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default")
}

impl Php {
    /// The section for the setting and the variants: the bare profile name to the newest release.
    pub(crate) fn settings_profile<'a>(&self, scenario: &'a Scenario) -> Profiles<'a> {
        Profiles::new(scenario, profile_name(scenario), false)
    }

    /// The section for region and endpoint.
    pub(crate) fn region_profile<'a>(&self, scenario: &'a Scenario) -> Profiles<'a> {
        Profiles::new(scenario, profile_name(scenario), self.profile_sections)
    }

    /// The region of an ordinary client (`ClientResolver::_resolve_region`).
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Region, &[Source::Code("region")]);
        const CONFIGURED: Chain =
            Chain::new(Value::Region, &[Source::Variable("AWS_REGION"), Source::Profile("region")]);
        if !self.finds_region {
            let found = CODE.first(look, Accept::Present);
            if found.is_none() {
                look.note("a region is taken from code alone (before 3.280.0)");
            }
            return found;
        }
        // An empty text in code is one, and there is nothing else to look at.
        match CODE.first(look, Accept::Present) {
            Some(found) => Some(found).filter(|found| !found.text.is_empty()),
            None => CONFIGURED.first(look, Accept::NonEmpty),
        }
    }

    /// The setting (`Sts/RegionalEndpoints/ConfigurationProvider`). A wrong value in the file counts as none.
    ///
    /// # Errors
    ///
    /// Where code or variable has another value than legacy and regional (in any case).
    pub(crate) fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        static FIRST: Chain = Chain::new(
            Value::Setting,
            &[Source::Code("sts_regional_endpoints"), Source::Variable("AWS_STS_REGIONAL_ENDPOINTS")],
        );
        const PROFILE: Source = Source::Profile("sts_regional_endpoints");
        if !self.setting {
            return Ok(None);
        }
        let known = |text: &str| text.eq_ignore_ascii_case("legacy") || text.eq_ignore_ascii_case("regional");
        for &source in FIRST.worth_a_look(look) {
            if matches!(source, Source::Code(_)) && look.scenario.entry != Entry::Client {
                continue;
            }
            let found = look.at(Value::Setting, source).filter(|found| !found.text.is_empty());
            let refused = found.is_some_and(|found| !known(found.text));
            let verdict = match found {
                None => Verdict::Absent,
                Some(_) if refused => Verdict::Refused("neither legacy nor regional"),
                Some(_) => Verdict::Used,
            };
            look.tell(Value::Setting, source, found, verdict);
            if refused {
                return Err(Failure::new(
                    FailureCategory::InvalidSetting,
                    "InvalidArgumentException",
                    "Configuration parameter must either be 'legacy' or 'regional'.",
                ));
            }
            if found.is_some() {
                return Ok(found);
            }
        }
        if self.reads_config_file {
            let found = look.at(Value::Setting, PROFILE);
            let usable = found.filter(|found| known(found.text));
            let verdict = match (found, usable) {
                (None, _) => Verdict::Absent,
                (_, Some(_)) => Verdict::Used,
                _ => Verdict::Ignored("neither legacy nor regional"),
            };
            look.tell(Value::Setting, PROFILE, found, verdict);
            if usable.is_some() {
                return Ok(usable);
            }
        }
        Ok(Some(if self.default_legacy {
            Sourced::default("legacy", "default legacy")
        } else {
            Sourced::default("regional", "default regional")
        }))
    }

    /// FIPS or dual-stack: code, variable, profile.
    ///
    /// # Errors
    ///
    /// Where a variable is no boolean.
    #[inline(always)]
    pub(crate) fn variant<'a>(
        &self,
        look: &mut Look<'a, '_>,
        chain: &'static Chain,
    ) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        if !self.variants {
            return Ok(None);
        }
        let value = chain.value;
        for &source in chain.worth_a_look(look) {
            if matches!(source, Source::Code(_)) && look.scenario.entry != Entry::Client {
                continue;
            }
            let found = look.at(value, source).filter(|found| !found.text.is_empty());
            let boolean = found.filter(|found| boolean(found.text).is_some());
            let in_file = matches!(source, Source::Profile(_));
            let verdict = match (found, boolean) {
                (None, _) => Verdict::Absent,
                (_, Some(_)) => Verdict::Used,
                _ if in_file => Verdict::Ignored("no boolean"),
                _ => Verdict::Refused("no boolean"),
            };
            look.tell(value, source, found, verdict);
            if boolean.is_some() {
                return Ok(boolean);
            }
            if found.is_some() && !in_file {
                let (kind, message) = if value == Value::Fips {
                    (
                        "Aws\\Endpoint\\UseFipsEndpoint\\Exception\\ConfigurationException",
                        "'use_fips_endpoint' config option must be a boolean value.",
                    )
                } else {
                    (
                        "Aws\\Endpoint\\UseDualstackEndpoint\\Exception\\ConfigurationException",
                        "'use_dual_stack_endpoint' config option must be a boolean value.",
                    )
                };
                return Err(Failure::new(FailureCategory::InvalidSetting, kind, message));
            }
        }
        Ok(None)
    }

    /// The defaults mode (`DefaultsMode/ConfigurationProvider`), which says nothing about the setting: the client of STS has one
    /// by then. In the file, a wrong one counts as none.
    ///
    /// # Errors
    ///
    /// Where the variable names an unknown mode.
    pub(crate) fn check_defaults_mode<'a>(&self, scenario: &Scenario) -> Result<(), Failure<'a>> {
        const MODES: [&str; 6] = ["legacy", "standard", "cross-region", "in-region", "mobile", "auto"];
        let Some(mode) = scenario.non_empty_variable("AWS_DEFAULTS_MODE").filter(|_| self.defaults_modes)
        else {
            return Ok(());
        };
        let mode = mode.to_ascii_lowercase();
        // PHP's `empty` takes "0" for nothing.
        if mode == "0" || MODES.contains(&mode.as_str()) {
            return Ok(());
        }
        Err(Failure::new(
            FailureCategory::Other,
            "InvalidArgumentException",
            format!(
                "'{mode}' is not a valid mode. The mode has to be 'legacy', 'standard', 'cross-region', 'in-region', 'mobile', or 'auto'."
            ),
        ))
    }

    /// The endpoint override of environment and profile (`ClientResolver::_resolve_endpoint`): the variable of the service, the
    /// services section, the general variable, the profile's endpoint_url.
    pub(crate) fn configured_endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profiles: &Profiles<'a>,
    ) -> Option<Sourced<'a>> {
        const IGNORE: Chain = Chain::new(
            Value::IgnoreEndpointUrls,
            &[
                Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                Source::Profile("ignore_configured_endpoint_urls"),
            ],
        );
        static CONFIGURED: Chain = Chain::new(
            Value::EndpointUrl,
            &[
                Source::Variable("AWS_ENDPOINT_URL_STS"),
                Source::Profile("services: sts: endpoint_url"),
                Source::Variable("AWS_ENDPOINT_URL"),
                Source::Profile("endpoint_url"),
            ],
        );
        if self.configured == Configured::No {
            return None;
        }
        let ignored = IGNORE.first(look, Accept::NonEmpty).and_then(|ignore| boolean(ignore.text));
        if ignored == Some(true) {
            return None;
        }
        for &source in CONFIGURED.worth_a_look(look) {
            let found = match source {
                Source::Profile("services: sts: endpoint_url") => {
                    profiles.service_endpoint().map(Sourced::file)
                }
                source => look.at(Value::EndpointUrl, source),
            };
            let found = found.filter(|found| !found.text.is_empty());
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            look.tell(Value::EndpointUrl, source, found, verdict);
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// `Aws\boolean_value`.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "1", "on"]) {
        Some(true)
    } else if is(&["false", "0", "off"]) {
        Some(false)
    } else {
        None
    }
}
