//! Settings -> outcome.

use crate::profiles::{Call, First};
use crate::sources::{DUAL_STACK, FIPS, profile_name, region};
use crate::{Engine, GoV2, NoRegion, PathStyle, RegionCheck};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use sts_endpoint_core::go_url::GoUrl;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::partition::is_fips_pseudo_region;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Behaviour, Decision, Endpoint, Entry, Failure, FailureCategory, Look, Operation, Outcome, Partition,
    Resolution, Scenario, Settings, Sourced, Trace,
};

impl Behaviour for GoV2 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        let inapplicable = if code.sts_regional_endpoints.is_some() {
            Some("no such option in code (sts_regional_endpoints)")
        } else if !self.variants && code.use_dualstack.is_some() {
            Some("no such option in code (UseDualStackEndpoint)")
        } else if !self.variants && code.use_fips.is_some() {
            Some("no such option in code (UseFIPSEndpoint)")
        } else {
            None
        };
        if let Some(why) = inapplicable {
            return Outcome::NotApplicable(Cow::Borrowed(why));
        }
        self.request(scenario, trace).into()
    }
}

/// What a call is made of.
struct Asked<'a> {
    operation: Operation,
    settings: Settings<'a>,
}

impl Asked<'_> {
    /// What stands in front of every error of a call.
    fn fail(
        &self,
        category: FailureCategory,
        type_: &'static str,
        message: core::fmt::Arguments<'_>,
    ) -> Failure<'static> {
        Failure::new(category, type_, format!("operation error STS: {}, {message}", self.operation))
    }

    fn unresolved(&self, category: FailureCategory, message: core::fmt::Arguments<'_>) -> Failure<'static> {
        self.fail(category, OPERATION_ERROR, format_args!("failed to resolve service endpoint, {message}"))
    }

    /// An error rule of the rule set.
    fn ruled(&self, error: RuleError) -> Failure<'static> {
        let category = match error {
            RuleError::MissingRegion => FailureCategory::MissingRegion,
            _ => FailureCategory::UnsupportedVariant,
        };
        self.unresolved(category, format_args!("endpoint rule error, {error}"))
    }
}

const OPERATION_ERROR: &str = "*smithy.OperationError";

impl GoV2 {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        self.check_environment(scenario, trace)?;
        let named = profile_name(scenario, trace);
        let (profiles, first) = self.load(scenario, named)?;
        let first = self.call(scenario, first)?;
        let internal = scenario.entry != Entry::Client;
        let operation = match first.call {
            _ if !internal => scenario.operation,
            Call::WebIdentity => Operation::AssumeRoleWithWebIdentity,
            _ => Operation::AssumeRole,
        };
        // All calls of a chain have the same settings: it fails at the one whose endpoint is resolved first.
        let failing = if self.identity_first || first.roles_on_top == 0 {
            first
        } else {
            First::from(Call::AssumeRole)
        };
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        let settings = Settings {
            region: region(look),
            setting: None,
            fips: self.variant(look, &profiles, &FIPS),
            dualstack: self.variant(look, &profiles, &DUAL_STACK),
            endpoint_url: self.endpoint(look, &profiles),
        };
        let asked =
            Asked { operation: if failing == first { operation } else { Operation::AssumeRole }, settings };
        let resolved = match self.engine {
            Engine::Rules => self.by_rules(&asked, look),
            Engine::Data => self.by_data(&asked, look),
        };
        let unsigned = operation.needs_no_signature() && (internal || !self.signs_web_identity);
        resolved
            .map(|decision| Resolution::of(decision.unsigned_if(unsigned), settings))
            .map_err(|failure| self.wrapped(internal, failing, failure).with_settings(settings))
    }

    /// What the credentials cache puts in front of an error.
    pub(crate) fn refresh(&self) -> &'static str {
        if self.names_refresh { "failed to refresh cached credentials, " } else { "" }
    }

    /// Inside a provider the error is wrapped by the credentials cache, by the calls that wait for its credentials
    /// (service/sts/auth.go `getIdentity`) and, for a web identity, by the provider.
    fn wrapped<'a>(&self, internal: bool, first: First, mut failure: Failure<'a>) -> Failure<'a> {
        if internal {
            let waiting =
                "operation error STS: AssumeRole, get identity: get credentials: ".repeat(first.roles_on_top);
            let retrieve =
                if first.call == Call::WebIdentity { "failed to retrieve credentials, " } else { "" };
            failure.message = Cow::Owned(format!("{}{waiting}{retrieve}{}", self.refresh(), failure.message));
        }
        failure
    }

    /// service/sts/endpoints.go `ResolveEndpoint`, with api_client's binding of the parameters.
    fn by_rules<'a>(&self, asked: &Asked<'a>, look: &mut Look<'a, '_>) -> Result<Decision<'a>, Failure<'a>> {
        let settings = &asked.settings;
        let written = settings.region.map(|region| region.text).filter(|text| !text.is_empty());
        let Some(written) = written else {
            return match (self.no_region, settings.endpoint_url) {
                (NoRegion::FailsAlways, _) | (NoRegion::Fails, None) => {
                    Err(asked.ruled(RuleError::MissingRegion))
                }
                (_, Some(url)) => {
                    look.note(
                        "no region: an endpoint override does without, and the signature has an empty one",
                    );
                    self.overridden(asked, url, "", is_on(settings.fips))
                }
                (NoRegion::CallsEmptyHost, None) => {
                    look.note("no region: the rule set is asked with an empty one (sts 1.25.2 to 1.27.0)");
                    self.ruled(asked, "", "", is_on(settings.fips))
                }
            };
        };
        if !self.region_check.takes(written) {
            look.note("the region is no host label");
            return Err(asked.fail(
                FailureCategory::InvalidRegion,
                OPERATION_ERROR,
                format_args!("failed to bind endpoint params, invalid input region {written}"),
            ));
        }
        let (region, pseudo_fips) = map_fips_region(written);
        let fips = pseudo_fips || is_on(settings.fips);
        if pseudo_fips {
            look.note("a FIPS pseudo-region: FIPS is on, the host is the region's, the signature keeps the pseudo name");
        }
        match (settings.endpoint_url, region) {
            (Some(url), _) => self.overridden(asked, url, written, fips),
            (None, Cow::Borrowed(region)) => self.ruled(asked, region, written, fips),
            (None, Cow::Owned(region)) => Ok(owned(self.ruled(asked, &region, written, fips)?)),
        }
    }

    /// An endpoint override takes no variant.
    fn overridden<'a>(
        &self,
        asked: &Asked<'a>,
        url: Sourced<'a>,
        signing_region: &'a str,
        fips: bool,
    ) -> Result<Decision<'a>, Failure<'a>> {
        if fips {
            return Err(asked.ruled(RuleError::FipsWithEndpoint));
        }
        if is_on(asked.settings.dualstack) {
            return Err(asked.ruled(RuleError::DualStackWithEndpoint));
        }
        Ok(Decision::new(self.given(asked, url.text)?, signing_region).decided_by(url))
    }

    /// The rule set for a region, and what `net/url` makes of the host.
    fn ruled<'r>(
        &self,
        asked: &Asked<'_>,
        region: &'r str,
        signing_region: &'r str,
        use_fips: bool,
    ) -> Result<Decision<'r>, Failure<'static>> {
        let answer = rules::resolve(&Parameters {
            region: Some(region),
            use_fips,
            use_dual_stack: is_on(asked.settings.dualstack),
            vintage: self.vintage,
            ..Parameters::default()
        })
        .map_err(|error| asked.ruled(error))?;
        let signing = answer.signing_region.unwrap_or(signing_region);
        if is_plain(region) {
            return Ok(Decision::new(answer.endpoint, signing));
        }
        let url = answer.endpoint.to_string();
        let url = url.strip_suffix('/').unwrap_or(&url);
        Ok(Decision::new(Endpoint::Given(Cow::Owned(self.on_the_wire(asked, url)?)), signing))
    }

    /// The generated endpoint data (service/sts/internal/endpoints/endpoints.go, internal/endpoints/v2).
    fn by_data<'a>(&self, asked: &Asked<'a>, look: &mut Look<'a, '_>) -> Result<Decision<'a>, Failure<'a>> {
        let settings = &asked.settings;
        let written = settings.region.map_or("", |region| region.text);
        if let Some(url) = settings.endpoint_url {
            // EndpointResolverFromURL: the endpoint wins over everything.
            return Ok(Decision::new(self.given(asked, url.text)?, written).decided_by(url));
        }
        if written.is_empty() {
            let message = "failed to resolve service endpoint, an AWS region is required, but was not found";
            return Err(asked.fail(
                FailureCategory::MissingRegion,
                "*aws.MissingRegionError",
                format_args!("{message}"),
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
            return Ok(Decision::new(Endpoint::Global, "us-east-1"));
        }
        let partition = self.data_partition(&region);
        if dual_stack && !matches!(partition.id, "aws" | "aws-cn" | "aws-us-gov") {
            return Err(asked.unresolved(
                FailureCategory::UnsupportedVariant,
                format_args!("unable to resolve endpoint for region: {region}"),
            ));
        }
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        if is_plain(&region) {
            let signing = region.clone();
            return Ok(Decision::new(Endpoint::Regional { service, region, suffix }, signing));
        }
        let url = format!("https://{service}.{region}.{suffix}");
        Ok(Decision::new(Endpoint::Given(Cow::Owned(self.on_the_wire(asked, &url)?)), region))
    }

    /// An endpoint override as it goes on the wire.
    fn given<'a>(&self, asked: &Asked<'_>, url: &'a str) -> Result<Endpoint<'a>, Failure<'static>> {
        let wire = self.on_the_wire(asked, url)?;
        Ok(Endpoint::Given(if wire == url { Cow::Borrowed(url) } else { Cow::Owned(wire) }))
    }

    /// A URL, parsed, with the operation's path `/` put to it, as it goes on the wire.
    fn on_the_wire(&self, asked: &Asked<'_>, text: &str) -> Result<String, Failure<'static>> {
        let mut url = GoUrl::parse(text).map_err(|error| match self.engine {
            Engine::Rules => asked
                .unresolved(FailureCategory::InvalidEndpoint, format_args!("Failed to parse uri: {text}")),
            Engine::Data => {
                let type_ = if error.is_invalid_host() {
                    "url.InvalidHostError"
                } else if error.is_invalid_escape() {
                    "url.EscapeError"
                } else {
                    "*url.Error"
                };
                asked.fail(
                    FailureCategory::InvalidEndpoint,
                    type_,
                    format_args!("failed to parse endpoint URL: {error}"),
                )
            }
        })?;
        self.path.apply(&mut url);
        url.strip_default_port();
        url.sent().map_err(|unsent| {
            asked.fail(FailureCategory::InvalidEndpoint, "*url.Error", format_args!(
                "https response error StatusCode: 0, RequestID: , request send failed, Post \"{url}\": {unsent}"
            ))
        })
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
}

impl PathStyle {
    /// What becomes of a URL's path, and of what else there is to it.
    fn apply(self, url: &mut GoUrl<'_>) {
        match self {
            // The serializer sets the path.
            Self::Dropped => url.path = Cow::Borrowed(b"/"),
            // `path.Join(path, "/") + "/"`.
            Self::Slashed => {
                let path = cleaned(&url.path);
                url.path = Cow::Owned(path);
            }
            // Only scheme, host and path are copied to the request; `smithyhttp.JoinPath`.
            Self::Kept => {
                url.opaque = "";
                url.user = None;
                url.query = None;
                url.fragment = "";
                url.omit_host = false;
                if !url.path.starts_with(b"/") {
                    url.path.to_mut().insert(0, b'/');
                }
                if !url.raw_path.is_empty() {
                    return;
                }
            }
        }
        // The encoder writes the decoded path for the escaped one too, which counts only where it escapes to itself.
        url.raw_path = String::from_utf8_lossy(&url.path).into_owned().into();
    }
}

/// `path.Clean`, with a slash behind.
fn cleaned(path: &[u8]) -> Vec<u8> {
    let rooted = path.is_empty() || path.starts_with(b"/");
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." if parts.last().is_some_and(|last| *last != b"..") => drop(parts.pop()),
            b".." if rooted => {}
            part => parts.push(part),
        }
    }
    let mut cleaned: Vec<u8> = if rooted { b"/".into() } else { Vec::new() };
    if parts.is_empty() && !rooted {
        parts.push(b".");
    }
    for part in parts {
        cleaned.extend_from_slice(part);
        cleaned.push(b'/');
    }
    cleaned
}

/// Whether a region goes into a host as it is.
fn is_plain(region: &str) -> bool {
    region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

/// aws/signer, internal/endpoints `mapPseudoRegion`: `fips-` and `-fips` are cut out, and FIPS is on.
fn map_fips_region(region: &str) -> (Cow<'_, str>, bool) {
    if is_fips_pseudo_region(region) {
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

/// A decision whose texts do not borrow from a region that was put together.
fn owned<'a>(decision: Decision<'_>) -> Decision<'a> {
    let endpoint = match decision.endpoint {
        Endpoint::Global => Endpoint::Global,
        Endpoint::Regional { service, region, suffix } => {
            Endpoint::Regional { service, region: Cow::Owned(region.into_owned()), suffix }
        }
        Endpoint::Given(url) => Endpoint::Given(Cow::Owned(url.into_owned())),
    };
    Decision::new(endpoint, decision.signing_region.map_or_else(String::new, Cow::into_owned))
}

impl RegionCheck {
    fn takes(self, region: &str) -> bool {
        let label = |label: &str| !label.is_empty() && label.len() <= 63 && has_label_letters_only(label);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases of Go's own path/path_test.go (`cleantests`).
    #[test]
    fn paths_are_cleaned_as_path_clean_does_it_with_a_slash_behind() {
        for (path, clean) in [
            ("", "/"),
            ("/", "/"),
            ("/abc", "/abc/"),
            ("abc//def//ghi", "abc/def/ghi/"),
            ("/abc/./def", "/abc/def/"),
            ("/abc/def/ghi/../jkl", "/abc/def/jkl/"),
            ("/abc/..", "/"),
            ("/..", "/"),
            ("/../abc", "/abc/"),
            ("abc/..", "./"),
            (".", "./"),
            ("abc/def/../../..", "../"),
            ("abc/def/../../../ghi/jkl/../../../mno", "../../mno/"),
            ("../../abc", "../../abc/"),
            ("abc/./../def", "def/"),
        ] {
            assert_eq!(String::from_utf8(cleaned(path.as_bytes())).as_deref(), Ok(clean), "{path}");
        }
    }
}
