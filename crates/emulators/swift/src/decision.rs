//! From settings to a request or an error.

use crate::credentials::{Credentials, Why, has_empty_region};
use crate::sources::{self, Selected};
use crate::url::{self, Unusable};
use crate::{Provider, SwiftSdk};
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Behaviour, Endpoint, Entry, Failure, FailureCategory, Look, Outcome, Resolution, Scenario, Settings,
    Sourced, Trace,
};

/// What a client is configured with.
#[derive(Clone, Copy, Debug)]
struct Client<'a> {
    region: Option<Sourced<'a>>,
    fips: bool,
    dual_stack: bool,
    endpoint_url: Option<Sourced<'a>>,
    global: bool,
    settings: Settings<'a>,
}

const AUTH_ERROR: &str = "ClientError.authError";
const UNKNOWN_ERROR: &str = "ClientError.unknownError";
const RUNTIME_ERROR: &str = "CommonRunTimeError.crtError";
const RESOLVER_ERROR: &str = "AWSCredentialIdentityResolverError.failedToResolveAWSCredentials";

impl Behaviour for SwiftSdk {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        if scenario.code.sts_regional_endpoints.is_some() {
            return Outcome::NotApplicable("no such option in code: sts_regional_endpoints".into());
        }
        let name = sources::profile(scenario, trace);
        let profile = Selected::new(scenario, name.text);
        let look = &mut Look::new(scenario, &profile, trace);
        sources::unread(look);
        let operation = scenario.operation;
        match scenario.entry {
            Entry::Client => {
                let signed = !operation.needs_no_signature();
                if signed && scenario.no_static {
                    let found = self.chain(look, profile);
                    if !matches!(found, Credentials::AtHand) {
                        return self.call_of_provider(look, profile, found);
                    }
                }
                let client = self.client(look, true);
                self.call(look, &client, signed)
            }
            Entry::ProfileAssumeRole => {
                let found = self.profile_provider(scenario, profile);
                self.call_of_provider(look, profile, found)
            }
            _ if scenario.alone => {
                let found = self.web_identity(look, profile);
                self.call_of_provider(look, profile, found)
            }
            _ => {
                let found = self.chain(look, profile);
                self.call_of_provider(look, profile, found)
            }
        }
    }
}

impl SwiftSdk {
    fn client<'a>(&self, look: &mut Look<'a, '_>, code: bool) -> Client<'a> {
        let region = self.region(look, code);
        let (fips, dualstack) = if code { sources::variants(look) } else { (None, None) };
        let endpoint_url = self.url(look, code);
        let on = |flag: Option<Sourced<'_>>| flag.is_some_and(|flag| flag.text == "true");
        let settings = Settings { region, setting: None, fips, dualstack, endpoint_url };
        let global = code && look.scenario.code.use_global_endpoint == Some(true);
        if global {
            look.note("useGlobalEndpoint in code: what legacy is elsewhere");
        }
        Client { region, fips: on(fips), dual_stack: on(dualstack), endpoint_url, global, settings }
    }

    /// The call of a provider.
    fn call_of_provider<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profile: Selected<'a>,
        found: Credentials<'a>,
    ) -> Outcome<'a> {
        match found {
            Credentials::AtHand => {
                look.note("credentials without STS: the client's own call comes first");
                let client = self.client(look, true);
                self.call(look, &client, true)
            }
            Credentials::RoleOfClient => {
                look.note("the role is assumed through a client of the provider's own, which nobody configures in code");
                let client = self.client(look, false);
                self.call(look, &client, true)
            }
            Credentials::WebIdentityOfClient(region) => {
                let endpoint_url = self.url(look, false);
                let region = Some(region);
                let settings = Settings { region, endpoint_url, ..Settings::default() };
                let client =
                    Client { region, fips: false, dual_stack: false, endpoint_url, global: false, settings };
                self.call(look, &client, false)
            }
            Credentials::WebIdentityOfRuntime => self.web_identity_of_runtime(look, profile),
            Credentials::RoleOfRuntime(profile) => self.role_of_runtime(look, profile),
            Credentials::None(why) => self.no_credentials(look.scenario, why).into(),
        }
    }

    fn no_credentials<'a>(&self, scenario: &Scenario, why: Why) -> Failure<'a> {
        let missing = FailureCategory::MissingCredentials;
        match (scenario.entry, why) {
            (_, Why::NoRegion) => {
                let message = if scenario.alone {
                    "STSWebIdentityAWSCredentialIdentityResolver: Could not resolve region."
                } else if scenario.entry == Entry::WebIdentityEnv {
                    "STSWebIdentityAWSCredentialIdentityResolver: Missing required environment variables."
                } else {
                    "STSWebIdentityAWSCredentialIdentityResolver: Missing region in config."
                };
                Failure::new(FailureCategory::MissingRegion, RESOLVER_ERROR, message)
            }
            (Entry::ProfileAssumeRole, _) if self.profile_role == Provider::CommonRuntime => Failure::new(
                missing,
                RUNTIME_ERROR,
                "Valid credentials could not be sourced by a profile provider",
            ),
            (Entry::ProfileAssumeRole, _) => {
                let profile = scenario.variable("AWS_PROFILE").unwrap_or("default");
                let message = format!(
                    "ProfileAWSCredentialIdentityResolver: Failed to resolve credentials from profile: {profile}. All \
                     known resolution methods failed."
                );
                Failure::new(missing, RESOLVER_ERROR, message)
            }
            _ => Failure::new(
                missing,
                RUNTIME_ERROR,
                "Valid credentials could not be sourced by the IMDS provider",
            ),
        }
    }

    /// aws-c-auth `source/credentials_provider_sts_web_identity.c`
    fn web_identity_of_runtime<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Outcome<'a> {
        let region = self.runtime_region(look);
        let url = if Credentials::profile_is_read(look, region) {
            self.runtime_url(look)
        } else {
            let scenario = look.scenario;
            self.runtime_url(&mut Look::new(scenario, &sts_endpoint_core::NoProfile, look.trace))
        };
        // where a region is wanted the profile is read, and must be there
        if region.is_none() && !has_empty_region(profile) && (url.is_none() || !profile.exists()) {
            return Failure::new(
                FailureCategory::MissingRegion,
                RUNTIME_ERROR,
                "Valid credentials could not be sourced by the IMDS provider",
            )
            .into();
        }
        self.call_of_runtime(url, region, false)
    }

    /// aws-c-auth `source/credentials_provider_sts.c`
    fn role_of_runtime<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Outcome<'a> {
        let look = &mut Look::new(look.scenario, &profile, look.trace);
        let url = self.runtime_url(look);
        let region = if self.runtime.regional { self.runtime_region(look) } else { None };
        if region.is_none() && (url.is_some() || (self.runtime.regional && has_empty_region(profile))) {
            return self.no_credentials(look.scenario, Why::NoSource).into();
        }
        let Some(region) = region else {
            const RULE: &str = "the Common Runtime's provider: the global endpoint";
            look.note(RULE);
            let region = Sourced::rule("us-east-1", RULE);
            let settings = Settings { region: Some(region), ..Settings::default() };
            let resolution = Resolution::new(Endpoint::Global, region.text).with_settings(settings);
            return resolution.decided_by(region).into();
        };
        self.call_of_runtime(url, Some(region), true)
    }

    /// A request of the Common Runtime: an override is taken for the name of a host.
    fn call_of_runtime<'a>(
        &self,
        url: Option<Sourced<'a>>,
        region: Option<Sourced<'a>>,
        signed: bool,
    ) -> Outcome<'a> {
        let settings = Settings { region, endpoint_url: url, ..Settings::default() };
        let region_text = region.map_or("", |region| region.text);
        let endpoint = match url {
            Some(url) if url.text.contains("://") => {
                let message = format!("credential provider looks up host name {}", url.text);
                let failure = Failure::new(FailureCategory::InvalidEndpoint, "dns", message);
                return failure.with_settings(settings).into();
            }
            Some(url) => Endpoint::Given(format!("https://{}/", url.text).into()),
            None => Endpoint::regional(region_text, self.suffix(region_text)),
        };
        let resolution = Resolution::new(endpoint, region_text).unsigned_if(!signed).with_settings(settings);
        match url.or(region) {
            Some(value) => resolution.decided_by(value).into(),
            None => resolution.into(),
        }
    }

    /// aws-c-auth `source/credentials_utils.c`; `aws-eusc` is not among them.
    fn suffix(&self, region: &str) -> &'static str {
        const SUFFIXES: [(&str, &str); 5] = [
            ("cn-", "amazonaws.com.cn"),
            ("us-iso-", "c2s.ic.gov"),
            ("us-isob-", "sc2s.sgov.gov"),
            ("eu-isoe-", "cloud.adc-e.uk"),
            ("us-isof-", "csp.hci.ic.gov"),
        ];
        const CHINA: [&str; 2] = ["cn-north-1", "cn-northwest-1"];
        let of_prefix = SUFFIXES.iter().find(|(prefix, _)| region.starts_with(prefix));
        match of_prefix {
            Some((_, suffix)) if self.runtime.partitions => suffix,
            _ if !self.runtime.partitions && CHINA.iter().any(|china| region.eq_ignore_ascii_case(china)) => {
                "amazonaws.com.cn"
            }
            _ => "amazonaws.com",
        }
    }

    /// A client's call. Generated code, smithy-swift `Sources/ClientRuntime/Orchestrator/Orchestrator.swift`, aws-sdk-swift
    /// `Sources/Services/AWSSTS/Sources/AWSSTS/AuthSchemeResolver.swift`.
    fn call<'a>(&self, look: &mut Look<'a, '_>, client: &Client<'a>, signed: bool) -> Outcome<'a> {
        let settings = client.settings;
        match self.resolved(look, client, signed) {
            Ok((endpoint, signing_region)) => {
                let resolution = Resolution::new(endpoint, signing_region).unsigned_if(!signed);
                let resolution = resolution.with_settings(settings);
                match client.endpoint_url.or(client.region) {
                    Some(value) => resolution.decided_by(value).into(),
                    None => resolution.into(),
                }
            }
            Err(failure) => failure.with_settings(settings).into(),
        }
    }

    fn resolved<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
        signed: bool,
    ) -> Result<(Endpoint<'a>, &'a str), Failure<'a>> {
        let missing = FailureCategory::MissingRegion;
        if self.auth_scheme_first && signed && client.region.is_none() {
            const MESSAGE: &str = "Missing region in auth scheme parameters for SigV4 auth scheme.";
            return Err(Failure::new(missing, AUTH_ERROR, MESSAGE));
        }
        let region = client.region.map(|region| region.text);
        let url = client.endpoint_url.map(|url| url.text);
        let parameters = Parameters {
            region,
            use_fips: client.fips,
            use_dual_stack: client.dual_stack,
            // its text does not matter to the rules
            endpoint: url.map(|_| "https://override/"),
            use_global_endpoint: client.global,
            vintage: self.vintage,
        };
        let answer = rules::resolve(&parameters).map_err(|error| {
            let category = match error {
                RuleError::MissingRegion => missing,
                _ => FailureCategory::UnsupportedVariant,
            };
            Failure::new(category, "EndpointError.unresolved", error.message())
        })?;
        if answer.endpoint == Endpoint::Global {
            look.note("the global endpoint, signed for us-east-1");
        }
        let signing_region = answer.signing_region.or(region).unwrap_or_default();
        let endpoint = match (url, region) {
            (Some(url), _) => Endpoint::Given(self.sent(url, FailureCategory::InvalidEndpoint)?.into()),
            (None, Some(region)) if !url::is_host_text(region) => {
                let url = format!("{}", answer.endpoint);
                let url = url.strip_suffix('/').unwrap_or(&url);
                Endpoint::Given(self.sent(url, FailureCategory::InvalidRegion)?.into())
            }
            _ => answer.endpoint,
        };
        if signed && signing_region.is_empty() {
            let (error_type, message) = if self.auth_scheme_first {
                (RUNTIME_ERROR, "Attempt to sign an http request with an invalid signing configuration")
            } else {
                (AUTH_ERROR, "AwsSigv4Signer requires a signing region")
            };
            let category = if region.is_some() { FailureCategory::InvalidRegion } else { missing };
            return Err(Failure::new(category, error_type, message));
        }
        Ok((endpoint, signing_region))
    }

    /// smithy-swift `Sources/SmithyHTTPAPI/Endpoint.swift`
    fn sent<'a>(&self, text: &str, category: FailureCategory) -> Result<String, Failure<'a>> {
        url::on_the_wire(text, self.wide_ports).map_err(|unusable| match unusable {
            Unusable::Url => Failure::new(category, UNKNOWN_ERROR, format!("invalid url {text}")),
            Unusable::Host => Failure::new(category, UNKNOWN_ERROR, "invalid host nil"),
            Unusable::Port => {
                Failure::new(category, "crash", "Fatal error: Not enough bits to represent the passed value")
            }
        })
    }
}
