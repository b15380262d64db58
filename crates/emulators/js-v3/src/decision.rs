//! Settings -> outcome.

use crate::providers::missing_region;
use crate::sources::{Preferred, Profiles, profile_name};
use crate::url::on_the_wire;
use crate::{JsV3, NoRegion};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::ToString;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::rules::{self, Parameters};
use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{
    Behaviour, Chain, Decision, Endpoint, Entry, Failure, FailureCategory, Look, Operation, Outcome,
    Partition, Resolution, Scenario, Settings, Source, Sourced, Trace, Value,
};

static FIPS: Chain = Chain::new(
    Value::Fips,
    &[
        Source::Code("useFipsEndpoint"),
        Source::Variable("AWS_USE_FIPS_ENDPOINT"),
        Source::Profile("use_fips_endpoint"),
    ],
);
static DUAL_STACK: Chain = Chain::new(
    Value::DualStack,
    &[
        Source::Code("useDualstackEndpoint"),
        Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"),
        Source::Profile("use_dualstack_endpoint"),
    ],
);

impl Behaviour for JsV3 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        if scenario.presign && scenario.entry == Entry::Client {
            return Outcome::NotApplicable(Cow::Borrowed("no presigner for STS"));
        }
        if scenario.alone && scenario.entry != Entry::Client && !self.providers_package {
            return Outcome::NotApplicable(Cow::Borrowed("no @aws-sdk/credential-providers of this release"));
        }
        let inapplicable = if code.sts_regional_endpoints.is_some() {
            Some("no sts_regional_endpoints option in code")
        } else if !self.variants && code.use_fips.is_some() {
            Some("no useFipsEndpoint option in code")
        } else if !self.variants && code.use_dualstack.is_some() {
            Some("no useDualstackEndpoint option in code")
        } else {
            None
        };
        if let Some(why) = inapplicable {
            return Outcome::NotApplicable(Cow::Borrowed(why));
        }
        self.request(scenario, trace).into()
    }
}

/// What an endpoint is, and the auth scheme's signing region where the rules name one.
struct Decided<'a> {
    endpoint: Endpoint<'a>,
    signing_region: Cow<'a, str>,
    /// Whether the rules name an auth scheme.
    by_scheme: bool,
}

impl JsV3 {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let internal = scenario.entry != Entry::Client;
        let temporary = internal && scenario.construction == Some(Construction::TemporaryCredentials);
        // Whether the options in code are those of the client that makes the call.
        let in_code = !internal || temporary && scenario.alone;
        let name = profile_name(scenario);
        let for_region = Profiles::new(self, scenario, name, Preferred::Credentials);
        let profiles = Profiles::new(self, scenario, name, Preferred::Config);
        // Before the rule set, an endpoint in code was parsed when the client was made.
        if let Some(url) = scenario.code.endpoint.as_deref().filter(|_| !self.rules && !internal) {
            on_the_wire(url).ok_or_else(invalid_url)?;
        }
        let call = match (internal, temporary) {
            (_, true) => Operation::AssumeRole,
            (true, false) => self.first_call(scenario)?,
            (false, false) => scenario.wire_operation(),
        };
        let region = {
            let mut look = Look::new(scenario, &for_region, trace);
            if temporary {
                self.temporary_region(&mut look)
            } else if internal {
                Some(self.provider_region(call, &mut look)?)
            } else {
                self.client_region(&mut look)
            }
        };
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        let fips = self.variant(look, &FIPS, in_code);
        let dual_stack = self.variant(look, &DUAL_STACK, in_code);
        let Some(region) = region else { return Err(missing_region()) };
        let endpoint = self.endpoint(look, &profiles, in_code);
        let settings = Settings {
            region: Some(region),
            setting: None,
            fips,
            dualstack: dual_stack,
            endpoint_url: endpoint.map(|(url, _)| url),
        };
        let needs_signature = !call.needs_no_signature();
        let failing = |failure: Failure<'a>| failure.with_settings(settings);
        self.check_region(region.text, look).map_err(failing)?;
        if let Some(failure) =
            (!internal && needs_signature).then(|| self.without_credentials(scenario)).flatten()
        {
            return Err(failing(failure));
        }
        let decided = if self.rules {
            self.by_rules(scenario, &settings, endpoint, look)
        } else {
            self.by_data(&settings, look)
        }
        .map_err(failing)?;
        let signed = needs_signature || decided.by_scheme && self.signs_by_rule && !internal;
        if decided.by_scheme && internal && !needs_signature && self.provider_signs_by_rule {
            look.note("the rules name an auth scheme, and the client inside the provider has no credentials (3.1033.0)");
            return Err(failing(Failure::new(
                FailureCategory::MissingCredentials,
                "Error",
                "@aws-sdk/core::resolveAwsSdkSigV4Config - `credentials` not provided and no credentialDefaultProvider was configured.",
            )));
        }
        if let Some(failure) = self.unknown_defaults_mode(look) {
            return Err(failing(failure));
        }
        if signed && decided.signing_region.is_empty() && self.refuses_empty_region {
            return Err(failing(Failure::new(
                FailureCategory::MissingRegion,
                "Error",
                "expected `region` to be configured for `aws.auth#sigv4`",
            )));
        }
        let Decided { endpoint, signing_region, .. } = decided;
        let signing_region = signed.then_some(signing_region);
        Ok(Resolution::of(Decision { endpoint, signing_region, decided_by: None }, settings))
    }

    /// The region of an ordinary client; an empty text in code counts as none.
    pub(crate) fn client_region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        let region = self.region(look, true);
        if look.scenario.code.region.as_deref() == Some("") {
            return None;
        }
        match (region, self.no_region) {
            (None, NoRegion::UsEast1) => {
                look.note("no region: the regional endpoint of us-east-1, as the page says");
                Some(Sourced::rule("us-east-1", "fallback to us-east-1"))
            }
            (region, _) => region,
        }
    }

    /// util-defaults-mode-node `resolveDefaultsModeConfig`: the mode picks no endpoint, but a client that does not know it sends
    /// nothing.
    fn unknown_defaults_mode<'a>(&self, look: &mut Look<'a, '_>) -> Option<Failure<'a>> {
        const MODES: [&str; 6] = ["auto", "in-region", "cross-region", "mobile", "standard", "legacy"];
        if !self.checks_defaults_mode {
            return None;
        }
        let mode = [Source::Variable("AWS_DEFAULTS_MODE"), Source::Profile("defaults_mode")]
            .into_iter()
            .find_map(|source| look.at(Value::DefaultsMode, source))?
            .text;
        if MODES.iter().any(|known| known.eq_ignore_ascii_case(mode)) {
            return None;
        }
        Some(Failure::new(
            FailureCategory::InvalidSetting,
            "Error",
            format!(
                "Invalid parameter for \"defaultsMode\", expect in-region, cross-region, mobile, standard, legacy, got {mode}"
            ),
        ))
    }

    fn check_region<'a>(&self, written: &str, look: &mut Look<'a, '_>) -> Result<(), Failure<'a>> {
        let region = self.real_region(written);
        if !self.rules && !is_dns_label(region) {
            // config-resolver `getEndpointFromRegion`
            return Err(Failure::new(
                FailureCategory::InvalidRegion,
                "Error",
                "Invalid region in client config",
            ));
        }
        if self.checks_region && !is_host_label(region) {
            look.note("the region is no host label (smithy config-resolver 4.4.0 checkRegion)");
            return Err(Failure::new(
                FailureCategory::InvalidRegion,
                "Error",
                format!("Region not accepted: region=\"{region}\" is not a valid hostname component."),
            ));
        }
        Ok(())
    }

    /// Whether a region is a FIPS pseudo-region.
    pub(crate) fn is_fips_region(&self, region: &str) -> bool {
        self.variants && (region.starts_with("fips-") || region.ends_with("-fips"))
    }

    /// config-resolver `getRealRegion`: a FIPS pseudo-region without its mark.
    pub(crate) fn real_region<'r>(&self, region: &'r str) -> &'r str {
        if !self.is_fips_region(region) {
            return region;
        }
        if matches!(region, "fips-aws-global" | "aws-fips") {
            return "us-east-1";
        }
        match region.strip_prefix("fips-") {
            Some(rest) => rest.strip_prefix("dkr-").or_else(|| rest.strip_prefix("prod-")).unwrap_or(rest),
            None => region.strip_suffix("-fips").unwrap_or(region),
        }
    }

    /// client-sts `endpoint/ruleset`, middleware-endpoint, and Node's URL parser.
    fn by_rules<'a>(
        &self,
        scenario: &'a Scenario,
        settings: &Settings<'a>,
        endpoint: Option<(Sourced<'a>, bool)>,
        look: &mut Look<'a, '_>,
    ) -> Result<Decided<'a>, Failure<'a>> {
        let written = settings.region.map_or("", |region| region.text);
        let (region, pseudo) = (self.real_region(written), self.is_fips_region(written));
        let use_fips = pseudo || is_on(settings.fips);
        let use_dual_stack = is_on(settings.dualstack);
        let unsupported = |error: rules::RuleError| {
            Failure::new(FailureCategory::UnsupportedVariant, "EndpointError", error.message())
        };
        let use_global_endpoint =
            scenario.code.use_global_endpoint == Some(true) && scenario.entry == Entry::Client;
        let parameters = Parameters {
            region: Some(region),
            use_fips,
            use_dual_stack,
            use_global_endpoint,
            vintage: self.vintage,
            ..Parameters::default()
        };
        if let Some((url, in_code)) = endpoint {
            let wire = on_the_wire(url.text).ok_or_else(invalid_url)?;
            rules::resolve(&Parameters { endpoint: Some(url.text), ..parameters }).map_err(unsupported)?;
            if in_code && self.refuses_endpoints {
                look.note("an endpoint in code is parsed, and the rules want its text (3.194.0 to 3.196.0)");
                return Err(Failure::new(
                    FailureCategory::InvalidEndpoint,
                    "EndpointError",
                    "Endpoint URL must be a string, got object",
                ));
            }
            // From 3.1032.0 the auth scheme is chosen without knowing the configured endpoint.
            let scheme = (self.signs_by_rule && !in_code)
                .then(|| rules::resolve(&parameters).ok()?.signing_region)
                .flatten();
            let endpoint = if same_url(&wire, url.text) {
                Endpoint::given(url.text)
            } else {
                Endpoint::Given(Cow::Owned(wire))
            };
            let signing_region = Cow::Borrowed(scheme.unwrap_or(region));
            return Ok(Decided { endpoint, signing_region, by_scheme: scheme.is_some() });
        }
        let answer = rules::resolve(&parameters).map_err(unsupported)?;
        let by_scheme = answer.signing_region.is_some();
        let signing_region = Cow::Borrowed(answer.signing_region.unwrap_or(region));
        let plain = region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let endpoint = if plain {
            answer.endpoint
        } else {
            let url = answer.endpoint.to_string();
            Endpoint::Given(Cow::Owned(on_the_wire(url.trim_end_matches('/')).ok_or_else(invalid_url)?))
        };
        Ok(Decided { endpoint, signing_region, by_scheme })
    }

    /// The generated endpoint data (client-sts `endpoints.ts`, config-resolver `getRegionInfo`), before the rule set.
    fn by_data<'a>(
        &self,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Decided<'a>, Failure<'a>> {
        let written = settings.region.map_or("", |region| region.text);
        let (region, pseudo) = (self.real_region(written), self.is_fips_region(written));
        if let Some(url) = settings.endpoint_url {
            let wire = on_the_wire(url.text).ok_or_else(invalid_url)?;
            let signing = if region == "aws-global" { "us-east-1" } else { region };
            let endpoint = if same_url(&wire, url.text) {
                Endpoint::given(url.text)
            } else {
                Endpoint::Given(Cow::Owned(wire))
            };
            return Ok(Decided { endpoint, signing_region: Cow::Borrowed(signing), by_scheme: false });
        }
        let fips = pseudo || is_on(settings.fips);
        let dual_stack = is_on(settings.dualstack);
        let decided = |endpoint, signing| {
            Ok(Decided { endpoint, signing_region: Cow::Borrowed(signing), by_scheme: false })
        };
        if region == "aws-global" && !fips && !dual_stack {
            look.note("the endpoint data has the global endpoint for aws-global");
            return decided(Endpoint::Global, "us-east-1");
        }
        // The data lists four pseudo-regions; before 3.40.0 they were nothing but entries of it.
        if let Some(base) = region.strip_suffix("-fips").filter(|base| LISTED_FIPS.contains(base)) {
            return decided(Endpoint::fips(base, "amazonaws.com"), base);
        }
        let partition = Partition::all()
            .iter()
            .find(|partition| {
                partition.lists(region) && !region.ends_with("-global") && in_old_data(partition.id)
            })
            .unwrap_or_else(Partition::commercial);
        let is_iso = partition.id.starts_with("aws-iso");
        let is_gov = partition.id == "aws-us-gov";
        let lacks_dual_stack = dual_stack && (is_iso || is_gov && !self.gov_dual_stack);
        if lacks_dual_stack || fips && is_iso && !self.iso_fips {
            return Err(Failure::new(
                FailureCategory::UnsupportedVariant,
                "Error",
                "Endpoint resolution failed for: [object Object]",
            ));
        }
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let plain_is_fips = is_gov && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        let lower = region.to_ascii_lowercase();
        let in_host = if lower == region { Cow::Borrowed(region) } else { Cow::Owned(lower) };
        // With a variant, the host of aws-global is made like any other; its scope stays us-east-1.
        let signing = if region == "aws-global" { "us-east-1" } else { region };
        decided(Endpoint::Regional { service, region: in_host, suffix }, signing)
    }
}

/// Pseudo-regions that the endpoint data lists.
const LISTED_FIPS: [&str; 4] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

/// Partitions of the data before the rule set.
fn in_old_data(partition: &str) -> bool {
    matches!(partition, "aws-cn" | "aws-us-gov" | "aws-iso" | "aws-iso-b")
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text == "true")
}

fn invalid_url<'a>() -> Failure<'a> {
    Failure::new(FailureCategory::InvalidEndpoint, "ERR_INVALID_URL", "Invalid URL")
}

/// Whether a URL goes on the wire as it is written, but for the slash at its end.
fn same_url(wire: &str, written: &str) -> bool {
    wire == written || wire.strip_suffix('/') == Some(written)
}

/// `/^([a-z0-9]|[a-z0-9][a-z0-9-]{0,61}[a-z0-9])$/i`
fn is_dns_label(region: &str) -> bool {
    let outer = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    region.len() <= 63
        && outer(region.bytes().next())
        && outer(region.bytes().last())
        && has_label_letters_only(region)
}

/// util-endpoints `isValidHostLabel`: `/^(?!.*-$)(?!-)[a-zA-Z0-9-]{1,63}$/`
fn is_host_label(region: &str) -> bool {
    (1..=63).contains(&region.len())
        && !region.starts_with('-')
        && !region.ends_with('-')
        && has_label_letters_only(region)
}
