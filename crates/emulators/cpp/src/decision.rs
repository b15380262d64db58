//! From settings to a request or an error.

use crate::credentials::Credentials;
use crate::sources::{self, Fields, Runtime, Selected};
use crate::uri::{self, Uri};
use crate::{CppSdk, Hosts, ProfileRole, ProviderHosts, RuleRegion, SignerRegion, WebIdentity};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Behaviour, Endpoint, Entry, Failure, FailureCategory, Look, Operation, Outcome, Profile, Resolution,
    Scenario, Settings, Sourced, Trace,
};

/// What a client is configured with.
#[derive(Clone, Copy, Debug)]
struct Client<'a> {
    region: Sourced<'a>,
    fips: bool,
    dual_stack: bool,
    endpoint_url: Option<Sourced<'a>>,
    settings: Settings<'a>,
}

/// `AWSError` of a call that came to nothing.
const RESOLUTION_FAILURE: &str = "CoreErrors::ENDPOINT_RESOLUTION_FAILURE";
const VALIDATION: &str = "CoreErrors::VALIDATION";

/// What the rules' interpreter answers where a parameter that they require is absent.
const NO_OUTPUT: &str = "Failed to evaluate the endpoint: null output from AWS CRT RuleEngine";

impl Behaviour for CppSdk {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        if let Some(why) = self.not_applicable(scenario) {
            return Outcome::NotApplicable(why.into());
        }
        let name = sources::profile(scenario, trace);
        let profile = Selected::new(scenario, self.file_parser, name.text);
        if self.ends_the_process(scenario, profile) {
            const MESSAGE: &str =
                "the services section has sts without endpoint_url: the common runtime ends the process";
            return Failure::new(FailureCategory::Other, "crash", MESSAGE).into();
        }
        let mut look = Look::new(scenario, &profile, trace);
        sources::unread(&mut look);
        match scenario.entry {
            Entry::Client if !scenario.no_static => {
                let client = self.client(&mut look, true);
                self.call(&mut look, &client, self.signs(scenario.operation))
            }
            Entry::Client if !self.signs(scenario.operation) => {
                let client = self.client(&mut look, true);
                self.call(&mut look, &client, false)
            }
            Entry::ProfileAssumeRole => {
                let role = self.role(&mut look, profile);
                self.call_of_provider(&mut look, profile, role).unwrap_or_else(nobody_called)
            }
            _ => self.call_with_chain(&mut look, profile),
        }
    }
}

/// A provider that gave nothing, and asked nobody.
fn nobody_called<'a>() -> Outcome<'a> {
    const MESSAGE: &str = "credentials provider returned empty credentials without calling STS";
    Failure::new(FailureCategory::MissingCredentials, "empty-credentials", MESSAGE).into()
}

impl CppSdk {
    fn not_applicable(&self, scenario: &Scenario) -> Option<&'static str> {
        let code = &scenario.code;
        if code.sts_regional_endpoints.is_some() {
            return Some("no such option in code: sts_regional_endpoints");
        }
        if code.use_global_endpoint.is_some() {
            return Some("no such option in code: use_global_endpoint");
        }
        if code.use_fips.is_some() && matches!(self.hosts, Hosts::Built { .. }) {
            return Some("useFIPS");
        }
        if scenario.entry != Entry::ProfileAssumeRole {
            return None;
        }
        let region = code.region.is_some();
        match self.profile_role {
            ProfileRole::Absent => Some("no such provider"),
            ProfileRole::IdentityManagement if region => {
                Some("no way to hand a region to STSProfileCredentialsProvider")
            }
            ProfileRole::KeysOnly if region => {
                Some("the profile credentials provider takes no region in code")
            }
            _ => None,
        }
    }

    /// Whether a client that has credentials signs the operation.
    fn signs(&self, operation: Operation) -> bool {
        self.signs_web_identity || !operation.needs_no_signature()
    }

    /// What a client is configured with: by somebody, or by nobody.
    fn client<'a>(&self, look: &mut Look<'a, '_>, code: bool) -> Client<'a> {
        let region = self.region(look, code);
        let (fips, dualstack) = if code { sources::variants(look) } else { (None, None) };
        let endpoint_url = self.url(look, code);
        let on = |flag: Option<Sourced<'_>>| flag.is_some_and(|flag| flag.text == "true");
        Client {
            region,
            fips: on(fips),
            dual_stack: on(dualstack),
            endpoint_url,
            settings: Settings { region: Some(region), setting: None, fips, dualstack, endpoint_url },
        }
    }

    /// A client whose credential chain may call STS first.
    fn call_with_chain<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Outcome<'a> {
        let found = self.chain(look, profile);
        if let Some(outcome) = self.call_of_provider(look, profile, found) {
            return outcome;
        }
        let scenario = look.scenario;
        let client_there = scenario.entry == Entry::Client
            || scenario.code.region.is_some()
            || matches!(self.web_identity, WebIdentity::CommonRuntime { .. });
        if scenario.alone || !client_there {
            return nobody_called();
        }
        look.note("no provider of the chain calls STS: the client's own call comes first");
        let client = self.client(look, true);
        self.call(look, &client, matches!(found, Credentials::AtHand))
    }

    /// The call of a provider; `None`: it makes none.
    fn call_of_provider<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profile: Selected<'a>,
        found: Credentials<'a>,
    ) -> Option<Outcome<'a>> {
        match found {
            Credentials::AtHand | Credentials::None => None,
            Credentials::RoleOfClient => {
                look.note("the role is assumed through a client of the provider's own, which nobody configures in code");
                let client = self.client(look, false);
                Some(self.call(look, &client, true))
            }
            Credentials::WebIdentityOfCore => {
                let fields = Fields(profile);
                let look = &mut Look::new(look.scenario, &fields, look.trace);
                let region = sources::web_identity_region(look);
                look.note("web identity: no override, no variants, and AWS_REGION is not read");
                let settings = Settings { region: Some(region), ..Settings::default() };
                let endpoint = self.host_of_core(region.text);
                let resolution = Resolution::unsigned(endpoint).with_settings(settings).decided_by(region);
                Some(resolution.into())
            }
            Credentials::WebIdentityOfRuntime => self.web_identity_of_runtime(look),
            Credentials::WebIdentityOfProfile(runtime) => {
                let look_here = &mut Look::new(look.scenario, &runtime, look.trace);
                let url = sources::runtime_url(look_here, true);
                let region = sources::runtime_region(look_here);
                if url.is_none() && region.is_none() {
                    look.note("the profile's web identity provider finds no region, and the chain goes on");
                    return self.web_identity_of_runtime(look);
                }
                Some(self.call_of_runtime(url, region, false))
            }
            Credentials::RoleOfRuntime(runtime) => {
                let look = &mut Look::new(look.scenario, &runtime, look.trace);
                let url = sources::runtime_url(look, true);
                let region = sources::runtime_region(look);
                let region = match region {
                    Some(region) => region,
                    None if url.is_some() || runtime.get("region").is_some() => return None,
                    None if self.provider_hosts == ProviderHosts::OwnList => {
                        const RULE: &str = "a profile's role without a region: the global endpoint";
                        look.note(RULE);
                        let region = Sourced::rule("us-east-1", RULE);
                        let settings = Settings { region: Some(region), ..Settings::default() };
                        let resolution = Resolution::new(Endpoint::Global, region.text);
                        return Some(resolution.with_settings(settings).decided_by(region).into());
                    }
                    None => Sourced::default("us-east-1", "the default region"),
                };
                Some(self.call_of_runtime(url, Some(region), true))
            }
        }
    }

    /// The chain's own web identity provider, since it is the common runtime's.
    fn web_identity_of_runtime<'a>(&self, look: &mut Look<'a, '_>) -> Option<Outcome<'a>> {
        let client_region = self.web_identity == WebIdentity::CommonRuntime { client_region: true };
        let url = sources::runtime_url(look, false);
        let mut region = Some(self.region(look, client_region));
        if region.is_some_and(|region| region.text.is_empty()) {
            look.note("an empty region in code: the common runtime looks for one");
            let runtime = Runtime::of_web_identity(look.scenario);
            region = sources::runtime_region(&mut Look::new(look.scenario, &runtime, look.trace));
        }
        if url.is_none() && region.is_none() {
            return None;
        }
        Some(self.call_of_runtime(url, region, false))
    }

    /// A request of the common runtime: an override is taken for the name of a host.
    ///
    /// aws-c-auth `source/credentials_utils.c` `aws_credentials_provider_construct_endpoint`
    fn call_of_runtime<'a>(
        &self,
        url: Option<Sourced<'a>>,
        region: Option<Sourced<'a>>,
        signed: bool,
    ) -> Outcome<'a> {
        let settings = Settings { region, endpoint_url: url, ..Settings::default() };
        let endpoint = match (url, region) {
            (Some(url), _) if url.text.starts_with("http") => {
                let message = format!("credential provider looks up host name {}", url.text);
                let failure = Failure::new(FailureCategory::InvalidEndpoint, "dns", message);
                return failure.with_settings(settings).into();
            }
            (Some(url), _) => Endpoint::Given(format!("https://{}/", url.text).into()),
            (None, region) => self.runtime_host(region.map_or("us-east-1", |region| region.text)),
        };
        let resolution = match region {
            Some(region) if signed => {
                let global = matches!(endpoint, Endpoint::Global);
                Resolution::new(endpoint, if global { "us-east-1" } else { region.text })
            }
            _ => Resolution::unsigned(endpoint),
        };
        let resolution = resolution.with_settings(settings);
        match url.or(region) {
            Some(value) => resolution.decided_by(value).into(),
            None => resolution.into(),
        }
    }

    fn runtime_host<'a>(&self, region: &'a str) -> Endpoint<'a> {
        if self.provider_hosts == ProviderHosts::OwnList {
            return Endpoint::regional(region, suffix_by_prefix(region));
        }
        let parameters = Parameters { region: Some(region), ..Parameters::default() };
        // with a region, and nothing else asked for, the rules have no error
        rules::resolve(&parameters)
            .map_or_else(|_| Endpoint::regional(region, suffix_by_prefix(region)), |answer| answer.endpoint)
    }

    /// The host of core's own STS client: `source/internal/AWSHttpResourceClient.cpp` `STSCredentialsClient`.
    fn host_of_core<'a>(&self, region: &'a str) -> Endpoint<'a> {
        let suffix = if is_china(region) { "amazonaws.com.cn" } else { "amazonaws.com" };
        if uri::is_plain(region) {
            return Endpoint::regional(region, suffix);
        }
        let url = format!("https://sts.{region}.{suffix}");
        Endpoint::Given(Uri::parse(url.as_bytes(), self.bracket_hosts).on_the_wire(uri::PathEnd::Kept).into())
    }

    /// A client's call.
    fn call<'a>(&self, look: &mut Look<'a, '_>, client: &Client<'a>, signed: bool) -> Outcome<'a> {
        let settings = client.settings;
        let resolved = match self.hosts {
            Hosts::Built { iso, aws_global } => self.built(look, client, iso, aws_global),
            Hosts::Rules { .. } => self.ruled(look, client),
        };
        let (endpoint, signing_region) = match resolved {
            Ok(resolved) => resolved,
            Err(failure) => return failure.with_settings(settings).into(),
        };
        let signing_region = signing_region.unwrap_or_else(|| self.signer_region(client.region.text));
        let decided = client.endpoint_url.unwrap_or(client.region);
        let resolution = Resolution::new(endpoint, signing_region).unsigned_if(!signed);
        resolution.with_settings(settings).decided_by(decided).into()
    }

    /// aws-cpp-sdk-core `source/Region.cpp` `ComputeSignerRegion`.
    fn signer_region<'a>(&self, region: &'a str) -> &'a str {
        let SignerRegion::Computed { fips_aws_global } = self.signer_region else { return region };
        match region {
            "aws-global" | "s3-external-1" => "us-east-1",
            "fips-aws-global" if fips_aws_global => "us-east-1",
            _ => region.strip_prefix("fips-").or(region.strip_suffix("-fips")).unwrap_or(region),
        }
    }

    /// Up to 1.9: `STSEndpoint.cpp` `ForRegion` and `STSClient::init`, `OverrideEndpoint`.
    fn built<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
        iso: bool,
        aws_global: bool,
    ) -> Result<(Endpoint<'a>, Option<&'a str>), Failure<'a>> {
        if let Some(url) = client.endpoint_url {
            if client.dual_stack {
                look.note("with an override dual-stack counts for nothing");
            }
            return Ok((self.sent(&with_scheme(url.text), true)?, None));
        }
        let mut region = client.region.text;
        if region == "aws-global" && aws_global {
            look.note("region aws-global: the host of us-east-1");
            region = "us-east-1";
        }
        let suffix = match region {
            _ if is_china(region) => "amazonaws.com.cn",
            "us-iso-east-1" if iso => "c2s.ic.gov",
            "us-isob-east-1" if iso => "sc2s.sgov.gov",
            _ => "amazonaws.com",
        };
        let service = if client.dual_stack { "sts.dualstack" } else { "sts" };
        let endpoint = Endpoint::Regional { service, region: Cow::Borrowed(region), suffix };
        Ok((self.sent_to_region(endpoint, region)?, None))
    }

    /// Since 1.10.0: `source/endpoint/BuiltInParameters.cpp`, `source/endpoint/DefaultEndpointProvider.cpp`.
    fn ruled<'a>(
        &self,
        look: &mut Look<'a, '_>,
        client: &Client<'a>,
    ) -> Result<(Endpoint<'a>, Option<&'a str>), Failure<'a>> {
        let Hosts::Rules { region: rule_region, miscut, vintage } = self.hosts else {
            return self.built(look, client, true, true);
        };
        let given = client.region.text;
        let mut region = Some(given).filter(|given| !given.is_empty());
        if self.label_check && region.is_some_and(|region| !uri::is_label(region.as_bytes())) {
            look.note("the region is no host label: counts as none");
            region = None;
        }
        let mut fips = client.fips;
        if let Some((real, note)) = region.and_then(|region| pseudo_region(region, miscut)) {
            look.note(note);
            fips = true;
            region = match real {
                Some(real) => Some(real),
                None => return Err(Failure::new(FailureCategory::Other, "crash", "std::out_of_range")),
            };
        }
        let url = client.endpoint_url.map(|url| with_scheme(url.text));
        let region_set = region.is_some() || url.is_some();
        match rule_region {
            RuleRegion::Required if region.is_none() => return Err(no_output()),
            RuleRegion::DummyForOverride if !region_set => return Err(no_output()),
            _ => {}
        }
        // an override that is empty does not get here, so its text does not matter to the rules
        let parameters = Parameters {
            region,
            use_fips: fips,
            use_dual_stack: client.dual_stack,
            endpoint: url.as_ref().map(|_| "http://override"),
            use_global_endpoint: false,
            vintage,
        };
        let answer = rules::resolve(&parameters).map_err(|error| {
            let category = match error {
                RuleError::MissingRegion => FailureCategory::MissingRegion,
                _ => FailureCategory::UnsupportedVariant,
            };
            Failure::new(category, RESOLUTION_FAILURE, error.message())
        })?;
        if answer.signing_region.is_some() {
            look.note("region aws-global: the global endpoint, signed for us-east-1");
        }
        let endpoint = match (url, region) {
            (Some(url), _) => self.sent(&url, true)?,
            (None, Some(region)) => self.sent_to_region(answer.endpoint, region)?,
            (None, None) => answer.endpoint,
        };
        Ok((endpoint, answer.signing_region))
    }

    /// A host made of a region, as it goes out.
    fn sent_to_region<'a>(&self, endpoint: Endpoint<'a>, region: &str) -> Result<Endpoint<'a>, Failure<'a>> {
        if !uri::is_plain(region) {
            let url = format!("{endpoint}");
            return self.sent(url.strip_suffix('/').unwrap_or(&url), false);
        }
        // the labels around it are sound
        if self.host_check.allows(region.as_bytes()) || region.bytes().all(|c| c == b'.') {
            return Ok(endpoint);
        }
        Err(invalid_host(false))
    }

    /// A URL as it goes out.
    fn sent<'a>(&self, url: &str, is_override: bool) -> Result<Endpoint<'a>, Failure<'a>> {
        let url = match self.hosts {
            Hosts::Built { .. } => Cow::Borrowed(url.as_bytes()),
            Hosts::Rules { .. } => uri::decoded(url),
        };
        let uri = Uri::parse(&url, self.bracket_hosts);
        if !self.host_check.allows(uri.authority) {
            return Err(invalid_host(is_override));
        }
        Ok(Endpoint::Given(uri.on_the_wire(self.path_end).into()))
    }
}

fn no_output<'a>() -> Failure<'a> {
    Failure::new(FailureCategory::MissingRegion, RESOLUTION_FAILURE, NO_OUTPUT)
}

fn invalid_host<'a>(is_override: bool) -> Failure<'a> {
    let category =
        if is_override { FailureCategory::InvalidEndpoint } else { FailureCategory::InvalidRegion };
    Failure::new(category, VALIDATION, "Invalid DNS Label found in URI host")
}

/// `OverrideEndpoint`: a text without either scheme, in small letters, gets one.
fn with_scheme(url: &str) -> Cow<'_, str> {
    if url.starts_with("http://") || url.starts_with("https://") {
        return Cow::Borrowed(url);
    }
    Cow::Owned(String::from("https://") + url)
}

/// The two regions of China that generated code names.
fn is_china(region: &str) -> bool {
    matches!(region, "cn-north-1" | "cn-northwest-1")
}

/// A region that means FIPS: what is left of it, or `None` where cutting it ends the process. Before 1.11.77 the lengths
/// were those of a pointer.
fn pseudo_region(region: &str, miscut: bool) -> Option<(Option<&str>, &'static str)> {
    const POINTER: usize = 8;
    let note = if miscut {
        "a pseudo-region: FIPS, and a region cut off at the wrong place"
    } else {
        "a pseudo-region: FIPS in the region it names"
    };
    if let Some(rest) = region.strip_prefix("fips-") {
        return Some((if miscut { region.get(POINTER - 1..) } else { Some(rest) }, note));
    }
    let rest = region.strip_suffix("-fips")?;
    let rest = if miscut {
        // too short a text gives too large a length, and so the whole of it
        region.len().checked_sub(POINTER + 1).map_or(Some(region), |end| region.get(..end))
    } else {
        Some(rest)
    };
    Some((rest, note))
}

/// aws-c-auth `source/credentials_utils.c`. `aws-eusc` is not among them.
fn suffix_by_prefix(region: &str) -> &'static str {
    const SUFFIXES: [(&str, &str); 5] = [
        ("cn-", "amazonaws.com.cn"),
        ("us-iso-", "c2s.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
        ("us-isof-", "csp.hci.ic.gov"),
    ];
    SUFFIXES
        .iter()
        .find(|(prefix, _)| region.starts_with(prefix))
        .map_or("amazonaws.com", |(_, suffix)| suffix)
}
