//! Settings -> outcome.

use crate::sources::{CODE, Leaf, Profiles, WEB_IDENTITY, default_region, endpoint, variant};
use crate::{Kotlin, NoRegion};
use alloc::borrow::Cow;
use alloc::format;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::rules::{self, Parameters};
use sts_endpoint_core::{
    Accept, Behaviour, Endpoint, Entry, Failure, FailureCategory, Look, Outcome, Profile as _, Resolution,
    Scenario, Settings, Sourced, Trace, Value,
};

/// `HELP_TEXT` of `config/profile/Text.kt`.
const HELP: &str =
    "See https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html for file format details.";

impl Behaviour for Kotlin {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        if scenario.code.sts_regional_endpoints.is_some() {
            return Outcome::NotApplicable(Cow::Borrowed("no such option in code"));
        }
        self.request(scenario, trace).into()
    }
}

impl Kotlin {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let internal = scenario.entry != Entry::Client;
        let profiles = Profiles::active(scenario);
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        if let Some(line) = profiles.malformed() {
            return Err(Failure::new(
                FailureCategory::ConfigParse,
                "AwsConfigParseException",
                format!("Encountered unexpected token on line {line}. {HELP}"),
            ));
        }
        self.provider_applies(scenario, &profiles)?;
        let region = match scenario.entry {
            Entry::Client => CODE.first(look, Accept::Present).or_else(|| default_region(look)),
            Entry::ProfileAssumeRole => Some(role_region(look)),
            _ => self.web_identity_region(look),
        };
        let region = region.or_else(|| match self.no_region {
            NoRegion::Global if !internal => Some(Sourced::rule("aws-global", "no region")),
            _ => None,
        });
        let reads = !internal || self.providers_read_settings;
        if !reads {
            look.note(
                "the client inside the provider reads no settings of environment and profile (before 1.1.22)",
            );
        }
        let fips = variant(look, Value::Fips, !internal, reads);
        let dual_stack = variant(look, Value::DualStack, !internal, reads);
        let endpoint_url = endpoint(look, &profiles, !internal, reads);
        let flag = |on: bool, what| on.then_some(Sourced::rule("true", what));
        let settings = Settings {
            region,
            setting: None,
            fips: flag(fips, "FIPS"),
            dualstack: flag(dual_stack, "dual-stack"),
            endpoint_url,
        };
        let failing = |failure: Failure<'a>| self.failed(scenario, failure).with_settings(settings);
        if let Some(region) = region.filter(|region| self.checks_region && !is_registered_name(region.text)) {
            let message = format!(
                "Configured region \"{}\" is invalid. A region must be a valid URI host component.",
                region.text
            );
            let failure = Failure::new(FailureCategory::InvalidRegion, "ConfigurationException", message);
            return Err(failure.with_settings(settings));
        }
        let answer = rules::resolve(&Parameters {
            region: region.map(|region| region.text),
            use_fips: fips,
            use_dual_stack: dual_stack,
            endpoint: endpoint_url.map(|url| url.text),
            vintage: self.vintage,
            ..Parameters::default()
        })
        .map_err(|error| {
            let category = match error {
                rules::RuleError::MissingRegion => FailureCategory::MissingRegion,
                _ => FailureCategory::UnsupportedVariant,
            };
            failing(Failure::new(category, "EndpointProviderException", error.message()))
        })?;
        let web_identity_first =
            scenario.entry == Entry::ProfileAssumeRole && profiles.leaf() == Some(Leaf::WebIdentity);
        let signed = !scenario.wire_operation().needs_no_signature() && !web_identity_first;
        let signing_region = answer.signing_region.or(region.map(|region| region.text));
        let endpoint = match (answer.endpoint, endpoint_url) {
            (_, Some(url)) if !is_url(url.text) => {
                return Err(failing(unreadable(FailureCategory::InvalidEndpoint, url.text)));
            }
            (Endpoint::Regional { service, region, suffix }, _) => {
                host_of(service, region, suffix).map_err(failing)?
            }
            (endpoint, _) => endpoint,
        };
        if signed && !internal && scenario.no_static && profiles.get("aws_access_key_id").is_none() {
            return Err(self.no_identity(FailureCategory::MissingCredentials).with_settings(settings));
        }
        let resolution = match signing_region {
            Some(region) => Resolution::new(endpoint, region),
            None if signed => {
                return Err(failing(Failure::new(
                    FailureCategory::MissingRegion,
                    "IllegalStateException",
                    "No instance for AttributeKey(aws.smithy.kotlin.signing#AwsSigningRegion)",
                )));
            }
            None => Resolution::unsigned(endpoint),
        };
        Ok(resolution.with_settings(settings).unsigned_if(!signed))
    }

    /// The failure of a web identity, as the default chain tells it: it goes on to its other links, and ends with none.
    fn failed<'a>(&self, scenario: &Scenario, failure: Failure<'a>) -> Failure<'a> {
        match scenario.entry {
            Entry::WebIdentityEnv | Entry::WebIdentityProfile => self.no_identity(failure.category),
            _ => failure,
        }
    }

    /// `CredentialsProviderChain`: names its links, and says nothing of why each had nothing.
    fn no_identity<'a>(&self, category: FailureCategory) -> Failure<'a> {
        let message = format!("No identity could be resolved from the chain: {}", self.chain.text());
        Failure::new(category, "IdentityProviderException", message)
    }

    /// `StsWebIdentityCredentialsProvider.fromEnvironment`.
    fn web_identity_region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        if self.region_to_web_identity && !look.scenario.alone {
            let client = CODE.first(look, Accept::Present).or_else(|| default_region(look));
            if client.is_some() {
                return client;
            }
        }
        WEB_IDENTITY.first(look, Accept::Present).or_else(|| {
            // The client inside is made from the environment, and asks the whole chain, as the provider of the profile does.
            if self.providers_read_settings || look.scenario.entry == Entry::WebIdentityProfile {
                default_region(look)
            } else {
                None
            }
        })
    }

    fn provider_applies<'a>(&self, scenario: &Scenario, profiles: &Profiles<'_>) -> Result<(), Failure<'a>> {
        let has = |key| profiles.get(key).is_some();
        let applies = match scenario.entry {
            Entry::ProfileAssumeRole => has("role_arn") && profiles.leaf().is_some(),
            Entry::WebIdentityProfile => has("role_arn") && has("web_identity_token_file"),
            _ => true,
        };
        if applies { Ok(()) } else { Err(self.no_identity(FailureCategory::MissingCredentials)) }
    }
}

/// `ProfileCredentialsProvider`: the client's region, the default chain, `aws-global`.
fn role_region<'a>(look: &mut Look<'a, '_>) -> Sourced<'a> {
    let code = CODE.first(look, Accept::Present);
    code.or_else(|| default_region(look)).unwrap_or_else(|| {
        look.note("the provider of roles falls back to aws-global (StsAssumeRoleCredentialsProvider.kt)");
        Sourced::rule("aws-global", "aws-global of the credential provider")
    })
}

/// The URL that the rules make of a region, read back as a URL: a slash or a hash in the region ends the host.
fn host_of<'a>(
    service: &'static str,
    region: Cow<'a, str>,
    suffix: &'static str,
) -> Result<Endpoint<'a>, Failure<'a>> {
    // Service and suffix are labels in any case: nothing has to be put together where the region is made of labels too.
    if is_label(&region) || region.split('.').all(is_label) {
        return Ok(Endpoint::Regional { service, region, suffix });
    }
    let whole = format!("{service}.{region}.{suffix}");
    let host = whole.split(['/', '?', '#']).next().unwrap_or_default();
    if !host.split('.').all(is_label) {
        return Err(unreadable(FailureCategory::InvalidRegion, &format!("https://{whole}")));
    }
    let rest = whole.get(host.len()..).unwrap_or_default();
    let path = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    Ok(Endpoint::Given(Cow::Owned(format!("https://{host}{path}/"))))
}

fn unreadable<'a>(category: FailureCategory, url: &str) -> Failure<'a> {
    Failure::new(category, "IllegalArgumentException", format!("Cannot parse \"{url}\" as a URL"))
}

/// `isValidHostname` of smithy-kotlin (`runtime-core`, `net/Text.kt`): letters and digits of any script, and hyphens, none of
/// them first.
fn is_label(label: &str) -> bool {
    let plain = has_label_letters_only(label) || label.chars().all(|c| c.is_alphanumeric() || c == '-');
    plain && !label.is_empty() && !label.starts_with('-') && label.chars().count() <= 63
}

/// The characters of a `reg-name` of RFC 3986, one or more (`aws-config`, `region/ValidateRegion.kt`).
fn is_registered_name(region: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&b);
    !region.is_empty() && (has_label_letters_only(region) || region.bytes().all(allowed))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(' '))
}
