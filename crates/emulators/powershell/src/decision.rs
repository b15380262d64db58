//! Settings -> outcome.

use crate::sources::{Profiles, cmdlet_region, provider_region};
use crate::{Legacy, NoRegion, PowerShell};
use alloc::borrow::Cow;
use alloc::format;
use sts_endpoint_core::rules::{self, LEGACY_GLOBAL_REGIONS, Parameters};
use sts_endpoint_core::{
    Behaviour, Endpoint, Entry, Failure, FailureCategory, Look, Outcome, Profile as _, Resolution, Scenario,
    Settings, Sourced, Trace, Value,
};

impl Behaviour for PowerShell {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        if scenario.code.sts_regional_endpoints.is_some() {
            return Outcome::NotApplicable(Cow::Borrowed("no such parameter of a cmdlet"));
        }
        self.request(scenario, trace).into()
    }
}

impl PowerShell {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let internal = scenario.entry != Entry::Client;
        let profiles = Profiles::active(scenario);
        if internal && !applies(scenario, &profiles) {
            return Err(no_credentials());
        }
        let region = if internal {
            Some(provider_region(&mut Look::new(scenario, &profiles, trace)))
        } else {
            let saved = Profiles::named(scenario, "default");
            cmdlet_region(&mut Look::new(scenario, &saved, trace))
        };
        let Some(region) = region else {
            return match self.no_region {
                NoRegion::Global => Ok(Resolution::new(Endpoint::Global, "us-east-1")
                    .decided_by(Sourced::rule("global", "no region"))),
                NoRegion::Fails => Err(Failure::new(
                    FailureCategory::MissingRegion,
                    "InvalidOperationException",
                    "No region specified or obtained from persisted/shell defaults.",
                )),
            };
        };
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        let setting = self.setting(look)?;
        let fips = self.variant(look, Value::Fips);
        let dualstack = self.variant(look, Value::DualStack);
        let endpoint_url = self.endpoint(look, &profiles);
        let settings = Settings { region: Some(region), setting, fips, dualstack, endpoint_url };
        let failing = |failure: Failure<'a>| failure.with_settings(settings);
        let signed = !scenario.wire_operation().needs_no_signature();
        if signed && !internal && scenario.no_static && profiles.get("aws_access_key_id").is_none() {
            return Err(failing(no_credentials()));
        }
        let resolution = self.decide(&settings, look).map_err(failing)?;
        Ok(resolution.with_settings(settings).unsigned_if(!signed))
    }

    fn decide<'a>(
        &self,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let written = settings.region.map_or("", |region| region.text);
        let (mut fips, dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));
        let base = written.strip_prefix("fips-").or_else(|| written.strip_suffix("-fips"));
        let region = match base.filter(|_| self.variants) {
            Some(base) => {
                look.note("a FIPS pseudo-region: FIPS is on");
                fips = true;
                base
            }
            None => written,
        };
        if let Some(url) = settings.endpoint_url {
            // -EndpointUrl sets AuthenticationRegion first, so that the signature follows the region.
            if !url.text.starts_with("http://") && !url.text.starts_with("https://") {
                return Err(Failure::new(
                    FailureCategory::InvalidEndpoint,
                    "UriFormatException",
                    "Invalid URI: The format of the URI could not be determined.",
                ));
            }
            return Ok(Resolution::new(Endpoint::given(url.text), region));
        }
        let legacy = settings.setting.is_some_and(|setting| setting.text.eq_ignore_ascii_case("legacy"));
        let reached = match self.legacy {
            Legacy::Listed => LEGACY_GLOBAL_REGIONS.contains(&region),
            Legacy::Documented => self.vintage.partition_of(region).id == "aws",
        };
        if legacy && reached && !fips && !dual_stack {
            let by = settings.setting.unwrap_or(Sourced::rule("global", "legacy"));
            return Ok(Resolution::new(Endpoint::Global, "us-east-1").decided_by(by));
        }
        let answer = rules::resolve(&Parameters {
            region: Some(region),
            use_fips: fips,
            use_dual_stack: dual_stack,
            vintage: self.vintage,
            ..Parameters::default()
        })
        .map_err(|error| {
            Failure::new(FailureCategory::UnsupportedVariant, "AmazonClientException", error.message())
        })?;
        if let Endpoint::Regional { region, .. } = &answer.endpoint {
            let label = region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !label {
                return Err(Failure::new(
                    FailureCategory::InvalidRegion,
                    "AmazonClientException",
                    format!("'{region}' is not a valid region"),
                ));
            }
        }
        let signing = answer.signing_region.unwrap_or(region);
        Ok(Resolution::new(answer.endpoint, signing))
    }
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

/// Whether the profile leads to a call of STS.
fn applies(scenario: &Scenario, profiles: &Profiles<'_>) -> bool {
    let has = |key| profiles.get(key).is_some();
    match scenario.entry {
        Entry::ProfileAssumeRole => has("role_arn") && (has("source_profile") || has("credential_source")),
        Entry::WebIdentityProfile => has("role_arn") && has("web_identity_token_file"),
        _ => true,
    }
}

fn no_credentials<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingCredentials,
        "InvalidOperationException",
        "No credentials specified or obtained from persisted/shell defaults.",
    )
}
