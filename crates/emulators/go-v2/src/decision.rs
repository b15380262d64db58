//! Settings -> outcome.

use crate::sources::{REGION, with_region};
use crate::url::{has_control, has_scheme, on_the_wire, refused_in_host, styled};
use crate::{Engine, GoV2, NoRegion, PathStyle, RegionCheck};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Accept, Behaviour, Chain, Endpoint, Entry, Failure, FailureCategory, Look, Origin, Outcome, Partition,
    Resolution, Scenario, Settings, Source, Sourced, Trace, Value,
};

impl Behaviour for GoV2 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        for (given, option) in [
            (code.sts_regional_endpoints.is_some(), "no such option in code (sts_regional_endpoints)"),
            (!self.variants && code.use_dualstack.is_some(), "no such option in code (UseDualStackEndpoint)"),
            (!self.variants && code.use_fips.is_some(), "no such option in code (UseFIPSEndpoint)"),
        ] {
            if given {
                return Outcome::NotApplicable(Cow::Borrowed(option));
            }
        }
        self.request(scenario, trace).into()
    }
}

impl GoV2 {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        self.check_flags(scenario, trace)?;
        let profiles = self.profiles(scenario, trace)?;
        let internal = scenario.entry != Entry::Client;
        if internal && !self.provider_applies(scenario, &profiles) {
            return Err(no_credentials());
        }
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        let region = region(look);
        let settings = Settings {
            region,
            setting: None,
            fips: self.fips(look),
            dualstack: self.dual_stack(look),
            endpoint_url: self.endpoint(look, internal),
        };
        let resolved = match self.engine {
            Engine::Rules => self.by_rules(scenario, &settings, look),
            Engine::Data => self.by_data(scenario, &settings, look),
        };
        resolved
            .map(|resolution| {
                let unsigned =
                    scenario.wire_operation().needs_no_signature() && (internal || !self.signs_web_identity);
                resolution.with_settings(settings).unsigned_if(unsigned)
            })
            .map_err(|failure| self.wrapped(scenario, with_region(failure, region)))
    }

    /// Whether the profile makes the provider call STS at all (config/resolve_credentials.go `resolveCredsFromProfile`).
    fn provider_applies(&self, scenario: &Scenario, profiles: &crate::sources::Profiles<'_>) -> bool {
        match scenario.entry {
            Entry::ProfileAssumeRole => {
                profiles.has("role_arn")
                    && (profiles.has("credential_source") || profiles.has("source_profile"))
            }
            Entry::WebIdentityProfile => profiles.has("role_arn") && profiles.has("web_identity_token_file"),
            _ => true,
        }
    }

    /// Inside a provider the error is wrapped by the credentials cache and, for a web identity, by the provider.
    fn wrapped<'a>(&self, scenario: &Scenario, failure: Failure<'a>) -> Failure<'a> {
        let refresh = if self.names_refresh { "failed to refresh cached credentials, " } else { "" };
        let retrieve = if scenario.entry.is_web_identity() { "failed to retrieve credentials, " } else { "" };
        if scenario.entry == Entry::Client || refresh.is_empty() && retrieve.is_empty() {
            return failure;
        }
        let mut failure = failure;
        failure.message = Cow::Owned(format!("{refresh}{retrieve}{}", failure.message));
        failure
    }

    /// service/sts/endpoints.go `ResolveEndpoint`, with api_client's binding of the parameters.
    fn by_rules<'a>(
        &self,
        scenario: &Scenario,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let written = settings.region.map(|region| region.text).filter(|text| !text.is_empty());
        let endpoint = settings.endpoint_url.map(|url| url.text);
        let operation = scenario.wire_operation();
        let fail = |category, message: &dyn core::fmt::Display| -> Failure<'static> {
            let text =
                format!("operation error STS: {operation}, failed to resolve service endpoint, {message}");
            Failure::new(category, "*smithy.OperationError", text)
        };
        let Some(written) = written else {
            let missing = || {
                fail(
                    FailureCategory::MissingRegion,
                    &"endpoint rule error, Invalid Configuration: Missing Region",
                )
            };
            return match (self.no_region, endpoint) {
                (NoRegion::FailsAlways, _) | (NoRegion::Fails, None) => Err(missing()),
                (_, Some(url)) => {
                    self.variants_with_endpoint(settings)
                        .map_err(|error| fail(FailureCategory::UnsupportedVariant, &rule(error)))?;
                    Ok(Resolution::new(self.given(url, scenario)?, ""))
                }
                (NoRegion::CallsEmptyHost, None) => {
                    look.note("no region: the rule set is asked with an empty one (sts 1.25.3 to 1.27.0)");
                    self.asked("", "", settings, fail)
                }
            };
        };
        if !self.region_check.takes(written) {
            look.note("the region is no host label");
            return Err(Failure::new(
                FailureCategory::InvalidRegion,
                "*smithy.OperationError",
                format!(
                    "operation error STS: {operation}, failed to bind endpoint params, invalid input region {written}"
                ),
            ));
        }
        if let Some(url) = endpoint {
            let (_, pseudo_fips) = map_fips_region(written);
            let fips = pseudo_fips || is_on(settings.fips);
            let error = if fips {
                Some(RuleError::FipsWithEndpoint)
            } else {
                self.variants_with_endpoint(settings).err()
            };
            if let Some(error) = error {
                return Err(fail(FailureCategory::UnsupportedVariant, &rule(error)));
            }
            return Ok(Resolution::new(self.given(url, scenario)?, written));
        }
        let (region, pseudo_fips) = map_fips_region(written);
        if pseudo_fips {
            look.note("a FIPS pseudo-region: FIPS is on, the host is the region's, the signature keeps the pseudo name");
        }
        match region {
            Cow::Borrowed(region) => self.asked(region, written, settings, fail),
            Cow::Owned(region) => {
                let fips = Sourced { text: "true", origin: Origin::Rule("a FIPS pseudo-region") };
                let settings = Settings { fips: Some(fips), ..*settings };
                let resolution = self.asked(&region, written, &settings, fail)?;
                Ok(owned(resolution))
            }
        }
    }

    fn variants_with_endpoint(&self, settings: &Settings<'_>) -> Result<(), RuleError> {
        match (is_on(settings.fips), is_on(settings.dualstack)) {
            (true, _) => Err(RuleError::FipsWithEndpoint),
            (_, true) => Err(RuleError::DualStackWithEndpoint),
            _ => Ok(()),
        }
    }

    /// The rule set for a region, and what `net/url` makes of the host.
    fn asked<'r>(
        &self,
        region: &'r str,
        signing_region: &'r str,
        settings: &Settings<'r>,
        fail: impl Fn(FailureCategory, &dyn core::fmt::Display) -> Failure<'static>,
    ) -> Result<Resolution<'r>, Failure<'static>> {
        let answer = rules::resolve(&Parameters {
            region: Some(region),
            use_fips: is_on(settings.fips),
            use_dual_stack: is_on(settings.dualstack),
            vintage: self.vintage,
            ..Parameters::default()
        })
        .map_err(|error| fail(FailureCategory::UnsupportedVariant, &rule(error)))?;
        let signing = answer.signing_region.unwrap_or(signing_region);
        if region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.') {
            return Ok(Resolution::new(answer.endpoint, signing));
        }
        let url = answer.endpoint.to_string();
        let url = url.trim_end_matches('/');
        if refused_in_host(region).is_some() || has_control(region) {
            return Err(fail(FailureCategory::InvalidEndpoint, &format_args!("Failed to parse uri: {url}")));
        }
        let host = url.strip_prefix("https://").unwrap_or(url);
        Ok(Resolution::new(Endpoint::Given(Cow::Owned(on_the_wire(host, self.path))), signing))
    }

    /// The generated endpoint data (service/sts/internal/endpoints/endpoints.go, internal/endpoints/v2).
    fn by_data<'a>(
        &self,
        scenario: &Scenario,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let operation = scenario.wire_operation();
        let written = settings.region.map_or("", |region| region.text);
        if let Some(url) = settings.endpoint_url {
            // EndpointResolverFromURL: the endpoint wins over everything.
            return Ok(Resolution::new(self.given(url.text, scenario)?, written));
        }
        if written.is_empty() {
            return Err(Failure::new(
                FailureCategory::MissingRegion,
                "*aws.MissingRegionError",
                format!(
                    "operation error STS: {operation}, failed to resolve service endpoint, an AWS region is required, but was not found"
                ),
            ));
        }
        let (region, pseudo_fips) = match self.variants {
            true => map_fips_region(written),
            false => data_fips_region(written),
        };
        let fips = pseudo_fips || is_on(settings.fips);
        let dual_stack = is_on(settings.dualstack);
        if region == "aws-global" && !fips && !dual_stack {
            look.note("aws-global is the partition's own endpoint");
            return Ok(Resolution::new(Endpoint::Global, "us-east-1"));
        }
        let partition = self.data_partition(&region);
        if dual_stack && !matches!(partition.id, "aws" | "aws-cn" | "aws-us-gov") {
            return Err(Failure::new(
                FailureCategory::UnsupportedVariant,
                "*smithy.OperationError",
                format!(
                    "operation error STS: {operation}, failed to resolve service endpoint, unable to resolve endpoint for region: {region}"
                ),
            ));
        }
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        if region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.') {
            let signing = region.clone();
            return Ok(Resolution::new(Endpoint::Regional { service, region, suffix }, signing));
        }
        let host = format!("{service}.{region}.{suffix}");
        let refuse = |type_: &'static str, why: String| {
            let text = format!(
                "operation error STS: {operation}, failed to parse endpoint URL: parse \"https://{}\": {why}",
                host.escape_debug()
            );
            Failure::new(FailureCategory::InvalidEndpoint, type_, text)
        };
        if has_control(&region) {
            return Err(refuse("*errors.errorString", "net/url: invalid control character in URL".into()));
        }
        if let Some(c) = refused_in_host(&region) {
            return Err(refuse("url.InvalidHostError", format!("invalid character \"{c}\" in host name")));
        }
        Ok(Resolution::new(Endpoint::Given(Cow::Owned(on_the_wire(&host, self.path))), region))
    }

    /// In the generated data the pseudo-regions of the other partitions are unknown, and fall to partition aws.
    fn data_partition(&self, region: &str) -> &'static Partition {
        let known = matches!(region, "aws-global" | "aws-us-gov-global");
        if region.ends_with("-global") && !known {
            Partition::commercial()
        } else {
            self.vintage.partition_of(region)
        }
    }

    /// An endpoint override as it goes on the wire; one without a scheme fails when it is sent.
    fn given<'a>(&self, url: &'a str, scenario: &Scenario) -> Result<Endpoint<'a>, Failure<'a>> {
        if has_scheme(url) {
            let start = url.find("://").map_or(0, |at| at + 3);
            let path = url[start..].find('/').map(|at| start + at).filter(|at| url.len() > at + 1);
            return Ok(match path.map(|at| (at, styled(&url[at..], self.path))) {
                Some((at, Cow::Owned(path))) => Endpoint::Given(Cow::Owned(format!("{}{path}", &url[..at]))),
                Some((at, Cow::Borrowed("/"))) => Endpoint::Given(Cow::Owned(format!("{}/", &url[..at]))),
                _ => Endpoint::given(url),
            });
        }
        let escaped = url.replace(' ', "%20");
        let shown = match self.path {
            PathStyle::Dropped => "/".into(),
            PathStyle::Slashed => format!("{escaped}/"),
            PathStyle::Kept => format!("/{escaped}"),
        };
        let operation = scenario.wire_operation();
        Err(Failure::new(
            FailureCategory::InvalidEndpoint,
            "*url.Error",
            format!(
                "operation error STS: {operation}, https response error StatusCode: 0, RequestID: , request send failed, Post \"{shown}\": unsupported protocol scheme \"\""
            ),
        ))
    }
}

fn rule(error: RuleError) -> String {
    format!("endpoint rule error, {error}")
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

/// The region: code (there even when empty), else the configured one.
fn region<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    const CODE: Chain = Chain::new(Value::Region, &[Source::Code("Region")]);
    CODE.first(look, Accept::Present).or_else(|| REGION.first(look, Accept::NonEmpty))
}

/// aws/signer, internal/endpoints `mapPseudoRegion`: `fips-` and `-fips` are cut out, and FIPS is on.
fn map_fips_region(region: &str) -> (Cow<'_, str>, bool) {
    if region.contains("fips-") || region.contains("-fips") {
        let cut = region.replace("-fips-", "-").replace("fips-", "").replace("-fips", "");
        (Cow::Owned(cut), true)
    } else {
        (Cow::Borrowed(region), false)
    }
}

/// Before the FIPS option, the data itself knew six regions with `-fips` behind them.
fn data_fips_region(region: &str) -> (Cow<'_, str>, bool) {
    const KNOWN: [&str; 6] =
        ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"];
    match region.strip_suffix("-fips").filter(|base| KNOWN.contains(base)) {
        Some(base) => (Cow::Borrowed(base), true),
        None => (Cow::Borrowed(region), false),
    }
}

/// A resolution whose texts do not borrow from a region that was put together.
fn owned<'a>(resolution: Resolution<'_>) -> Resolution<'a> {
    let endpoint = match resolution.endpoint {
        Endpoint::Global => Endpoint::Global,
        Endpoint::Regional { service, region, suffix } => {
            Endpoint::Regional { service, region: Cow::Owned(region.into_owned()), suffix }
        }
        Endpoint::Given(url) => Endpoint::Given(Cow::Owned(url.into_owned())),
    };
    Resolution::new(endpoint, resolution.signing_region.map_or_else(String::new, Cow::into_owned))
}

fn no_credentials<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingCredentials,
        "*errors.errorString",
        "the profile names no role that can be assumed",
    )
}

impl RegionCheck {
    fn takes(self, region: &str) -> bool {
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        match self {
            Self::None => true,
            Self::Label => label(region),
            Self::Labels => region.split('.').all(label),
            Self::LabelsWithoutOuterHyphen => {
                region.split('.').all(|part| label(part) && !part.starts_with('-') && !part.ends_with('-'))
            }
        }
    }
}
