//! Where Go V1 looks for region, setting and variants.

use crate::GoV1;
use crate::profiles::Profiles;
use alloc::format;
use sts_endpoint_core::scenario::Construction;
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
    code: "Config.UseFIPSEndpoint",
    variable: "AWS_USE_FIPS_ENDPOINT",
    key: "use_fips_endpoint",
};

pub(crate) const DUAL_STACK: Variant = Variant {
    value: Value::DualStack,
    code: "Config.UseDualStackEndpoint",
    variable: "AWS_USE_DUALSTACK_ENDPOINT",
    key: "use_dualstack_endpoint",
};

/// Whether shared config loading is on: `strconv.ParseBool` of AWS_SDK_LOAD_CONFIG, or SharedConfigEnable in code.
pub(crate) fn shared_config(scenario: &Scenario) -> bool {
    let variable = scenario.variable("AWS_SDK_LOAD_CONFIG");
    scenario.construction == Some(Construction::Shared)
        || matches!(variable, Some("1" | "t" | "T" | "true" | "TRUE" | "True"))
}

/// Whether the session is built by the deprecated `session.New` with shared config off: it loads no file, and of the
/// environment it uses AWS_REGION and the keys (aws/session/session.go `deprecatedNewSession`).
pub(crate) fn bare_session(scenario: &Scenario) -> bool {
    scenario.construction == Some(Construction::New) && !shared_config(scenario)
}

/// What stands in front of an error of the environment (`NewSessionWithOptions`). `session.New` keeps the error, as it is,
/// for the first call.
fn loading(scenario: &Scenario) -> &'static str {
    match scenario.construction {
        Some(Construction::New) if !shared_config(scenario) => "",
        Some(Construction::Shared | Construction::New) => "failed to load shared config, ",
        _ => "failed to load environment config, ",
    }
}

/// `endpoints.GetSTSRegionalEndpoint`: legacy or regional in any case; an empty text is unset.
pub(crate) fn is_refused_setting(text: &str) -> bool {
    !text.is_empty() && !text.eq_ignore_ascii_case("legacy") && !text.eq_ignore_ascii_case("regional")
}

impl GoV1 {
    /// The name of the profile in use: AWS_PROFILE, with shared config on also AWS_DEFAULT_PROFILE
    /// (aws/session/env_config.go).
    pub(crate) fn profile_name<'a>(
        &self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Option<Sourced<'a>> {
        const PLAIN: Chain = Chain::new(Value::Profile, &[Source::Variable("AWS_PROFILE")]);
        const SHARED: Chain = Chain::new(
            Value::Profile,
            &[Source::Variable("AWS_PROFILE"), Source::Variable("AWS_DEFAULT_PROFILE")],
        );
        const SWITCH: Source = Source::Variable("AWS_SDK_LOAD_CONFIG");
        let shared = shared_config(scenario);
        let mut look = Look::new(scenario, &NoProfile, trace);
        let found = look.at(Value::LoadConfig, SWITCH);
        let verdict = match found {
            None => Verdict::Absent,
            Some(_) if shared => Verdict::Used,
            Some(_) => Verdict::Ignored("not true"),
        };
        look.tell(Value::LoadConfig, SWITCH, found, verdict);
        if !shared {
            look.note("shared config loading is off: no region and no setting is taken from the files");
        }
        (if shared { SHARED } else { PLAIN }).first(&mut look, Accept::NonEmpty)
    }

    /// The region: code (there even when empty, unless given to the session), else environment and profile.
    pub(crate) fn region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Region, &[Source::Code("Config.Region")]);
        const PLAIN: Chain = Chain::new(Value::Region, &[Source::Variable("AWS_REGION")]);
        const SHARED: Chain = Chain::new(
            Value::Region,
            &[
                Source::Variable("AWS_REGION"),
                Source::Variable("AWS_DEFAULT_REGION"),
                Source::Profile("region"),
            ],
        );
        let scenario = look.scenario;
        let to_session =
            scenario.construction == Some(Construction::Session) || scenario.entry != Entry::Client;
        let accept = if to_session && !bare_session(scenario) { Accept::NonEmpty } else { Accept::Present };
        CODE.first(look, accept)
            .or_else(|| (if shared_config(scenario) { SHARED } else { PLAIN }).first(look, Accept::NonEmpty))
    }

    /// The setting: code, variable, profile, default.
    pub(crate) fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Setting, &[Source::Code("Config.STSRegionalEndpoint")]);
        const CONFIGURED: Chain = Chain::new(
            Value::Setting,
            &[Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")],
        );
        if !self.setting {
            return None;
        }
        let overwritten =
            self.loses_session_setting && look.scenario.construction == Some(Construction::Session);
        let code = if overwritten { None } else { CODE.first(look, Accept::NonEmpty) };
        let default = if self.default_legacy {
            Sourced::default("legacy", "default legacy")
        } else {
            Sourced::default("regional", "default regional")
        };
        Some(
            code.or_else(|| {
                self.sees_environment(look).then(|| CONFIGURED.first(look, Accept::NonEmpty)).flatten()
            })
            .unwrap_or(default),
        )
    }

    /// `session.New` with shared config off sees neither the setting nor the variants of the environment.
    fn sees_environment(&self, look: &mut Look<'_, '_>) -> bool {
        let sees = !bare_session(look.scenario);
        if !sees {
            look.note("session.New with shared config off ignores AWS_STS_REGIONAL_ENDPOINTS and the variant variables");
        }
        sees
    }

    /// The variables' texts are checked when the session is made (aws/session/env_config.go `envConfigLoad`), a better source
    /// or not.
    ///
    /// # Errors
    ///
    /// Where one is refused.
    pub(crate) fn check_environment<'a>(
        &self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<(), Failure<'a>> {
        let loading = loading(scenario);
        let mut look = Look::new(scenario, &NoProfile, trace);
        let mut refuse = |value, name, why| {
            let found = look.at(value, Source::Variable(name));
            look.tell(value, Source::Variable(name), found, Verdict::Refused(why));
        };
        let fail = |message| Failure::new(FailureCategory::InvalidSetting, "*errors.errorString", message);
        let name = "AWS_STS_REGIONAL_ENDPOINTS";
        let setting = scenario.variable(name).filter(|text| self.setting && is_refused_setting(text));
        if let Some(text) = setting {
            refuse(Value::Setting, name, "neither legacy nor regional");
            return Err(fail(format!(
                "{loading}failed to load, {name} from env config, unable to resolve the value of STSRegionalEndpoint for {text}"
            )));
        }
        for Variant { value, variable: name, .. } in [DUAL_STACK, FIPS].into_iter().filter(|_| self.variants)
        {
            let Some(text) = scenario.non_empty_variable(name).filter(|text| !is_bool(text)) else {
                continue;
            };
            refuse(value, name, "neither true nor false");
            return Err(fail(format!(
                "{loading}invalid value for environment variable, {name}={text}, need true, false"
            )));
        }
        Ok(())
    }

    /// FIPS or dual-stack: code, variable, profile.
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
        let internal = look.scenario.entry != Entry::Client;
        if !internal {
            let found = look.at(value, Source::Code(code));
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            look.tell(value, Source::Code(code), found, verdict);
            if found.is_some() {
                return found;
            }
        }
        if internal && !self.provider_variants {
            look.note("the client inside the provider is built before FIPS and dual-stack are read (1.42.0 to 1.44.232)");
            return None;
        }
        if !self.sees_environment(look) {
            return None;
        }
        let found = look.at(value, Source::Variable(variable));
        let verdict = match found {
            Some(found) if !found.text.is_empty() => Verdict::Used,
            Some(_) => Verdict::Empty,
            None => Verdict::Absent,
        };
        look.tell(value, Source::Variable(variable), found, verdict);
        if verdict == Verdict::Used {
            return found;
        }
        // A profile's text that is no boolean means off.
        let found = profiles.boolean(key);
        let source = Source::Profile(key);
        match found {
            Some((text, Some(on))) => {
                look.tell(value, source, Some(text), Verdict::Used);
                Some(Sourced { text: if on { "true" } else { "false" }, ..text })
            }
            Some((text, None)) => {
                look.tell(value, source, Some(text), Verdict::Ignored("no boolean: off"));
                Some(Sourced { text: "false", ..text })
            }
            None => {
                look.tell(value, source, None, Verdict::Absent);
                None
            }
        }
    }
}

fn is_bool(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}
