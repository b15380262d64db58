//! Settings -> outcome.

use crate::profiles::{Call, Loaded, no_credentials};
use crate::sources::{DUAL_STACK, FIPS, bare_session};
use crate::{GoV1, Legacy};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::go_url::GoUrl;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::partition::is_fips_pseudo_region;
use sts_endpoint_core::rules;
use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{
    Accept, Behaviour, Chain, Decision, Endpoint, Entry, Failure, FailureCategory, Look, Operation, Outcome,
    Partition, Resolution, Scenario, Settings, Source, Sourced, Trace, Value,
};

impl Behaviour for GoV1 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        if !self.setting && code.sts_regional_endpoints.is_some() {
            return Outcome::NotApplicable(Cow::Borrowed("no such option in code (STSRegionalEndpoint)"));
        }
        if !self.variants && code.use_fips.is_some() {
            return Outcome::NotApplicable(Cow::Borrowed("no such option in code (UseFIPSEndpoint)"));
        }
        if !self.access_key_info && scenario.wire_operation() == Operation::GetAccessKeyInfo {
            return Outcome::NotApplicable(Cow::Borrowed("no such operation"));
        }
        self.request(scenario, trace).into()
    }
}

/// A session that was made.
struct Session<'a> {
    loaded: Loaded<'a>,
    /// An error that the first call of a client raises.
    late: Option<Failure<'a>>,
}

impl GoV1 {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let is_client = scenario.entry == Entry::Client;
        let Session { loaded, late } = self.session(scenario, trace)?;
        let call = self.call(scenario, &loaded)?;
        let profiles = &loaded.profiles;
        let mut look = Look::new(scenario, profiles, trace);
        let look = &mut look;
        let region = self.region(look).filter(|region| !region.text.is_empty());
        const ENDPOINT: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("Config.Endpoint")]);
        let settings = Settings {
            region,
            setting: self.setting(look),
            fips: self.variant(look, profiles, &FIPS),
            dualstack: self.variant(look, profiles, &DUAL_STACK),
            // An endpoint given to the service client does not reach the clients inside providers.
            endpoint_url: is_client.then(|| ENDPOINT.first(look, Accept::NonEmpty)).flatten(),
        };
        let decision = match settings.endpoint_url {
            Some(url) => self.given(url, region.map(|region| region.text)),
            None => self.modeled(&settings, look),
        };
        let unsigned = match call {
            Call::WebIdentity => true,
            _ => is_client && scenario.operation.needs_no_signature(),
        };
        let sends = match &decision {
            Ok(_) => true,
            Err(failure) => failure.error_type == NOT_SENT,
        };
        if let (true, true, Some(failure)) = (sends, is_client, late) {
            return Err(failure.with_settings(settings));
        }
        let keyless = self.env_profile_wins(scenario) && loaded.call == Call::NoCredentials;
        if sends && is_client && !unsigned && keyless {
            look.note("a profile named by a variable wins over the keys of the environment (1.21.x)");
            return Err(no_credentials().with_settings(settings));
        }
        decision
            .map(|decision| Resolution::of(decision.unsigned_if(unsigned), settings))
            .map_err(|failure| wrapped(scenario, failure).with_settings(settings))
    }

    /// The session. `session.New` keeps errors for the first call of a client: built from nothing but the options in code where
    /// shared config is on, and without what the environment says of the setting where it is off.
    fn session<'a>(&self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Result<Session<'a>, Failure<'a>> {
        let is_client = scenario.entry == Entry::Client;
        let mut late = self.check_environment(scenario, trace).err();
        let named = self.profile_name(scenario, trace);
        let refused = if bare_session(scenario) { None } else { late.take() };
        let loaded = match refused {
            Some(failure) => Err(failure),
            None => self.load(scenario, named, trace),
        };
        match loaded {
            Err(_) if scenario.construction == Some(Construction::New) && !is_client => Err(Failure::new(
                FailureCategory::MissingCredentials,
                "EmptyStaticCreds",
                "EmptyStaticCreds: static credentials are empty",
            )),
            Err(failure) if scenario.construction == Some(Construction::New) => {
                let endpoint = scenario.code.endpoint.as_deref().filter(|text| !text.is_empty());
                let region = scenario.code.region.as_deref().or(scenario.variable("AWS_REGION"));
                match (endpoint, region.filter(|region| !region.is_empty())) {
                    (Some(endpoint), _) => drop(parse(&self.with_slash(&with_scheme(endpoint)))?),
                    // Nothing stands in front of the resolver's own error here.
                    (None, Some(region)) if self.checks_region && !is_label(region) => {
                        return Err(Failure::new(
                            FailureCategory::InvalidRegion,
                            "*errors.errorString",
                            "invalid region identifier format provided",
                        ));
                    }
                    _ => {}
                }
                Err(failure)
            }
            loaded => Ok(Session { loaded: loaded?, late }),
        }
    }

    /// An endpoint in code: `https://` is put in front of one without scheme (aws/endpoints/endpoints.go `AddScheme`); the
    /// region's text signs, and is wanted.
    fn given<'a>(&self, endpoint: Sourced<'a>, region: Option<&'a str>) -> Result<Decision<'a>, Failure<'a>> {
        let text = endpoint.text;
        let url = with_scheme(text);
        let url = self.with_slash(&url);
        let parsed = parse(&url)?;
        let Some(region) = region else { return Err(missing_region()) };
        let wire = self.sent(parsed)?;
        let wire = if wire == text { Cow::Borrowed(text) } else { Cow::Owned(wire) };
        Ok(Decision::new(Endpoint::Given(wire), region).decided_by(endpoint))
    }

    /// The text that is parsed: up to 1.38.50 the operation's path `/` is put behind it before (aws/request/request.go `New`).
    fn with_slash<'u>(&self, url: &'u str) -> Cow<'u, str> {
        if self.slash_before_parse { Cow::Owned(format!("{url}/")) } else { Cow::Borrowed(url) }
    }

    /// The request's URL: the operation's path `/` goes behind the path, the query is lost, and the scheme's own port is taken
    /// off the host (aws/request/request.go `New`, `SanitizeHostForHeader`).
    fn sent(&self, mut url: GoUrl<'_>) -> Result<String, Failure<'static>> {
        if !self.slash_before_parse {
            url.query = None;
            if !url.path.ends_with(b"/") {
                url.path.to_mut().push(b'/');
            }
        }
        url.strip_default_port();
        url.sent().map_err(|unsent| {
            Failure::new(
                FailureCategory::InvalidEndpoint,
                NOT_SENT,
                format!("RequestError: send request failed\ncaused by: Post \"{url}\": {unsent}"),
            )
        })
    }

    /// aws/endpoints/v3model.go `partition.EndpointFor`, `service.resolveEndpoint`.
    fn modeled<'a>(
        &self,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Decision<'a>, Failure<'a>> {
        let (mut fips, dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));
        let written = match settings.region {
            Some(region) => region.text,
            None if self.needs_region => return Err(missing_region()),
            None => {
                look.note("no region: STS may be called without one, at aws-global (v3model.go)");
                "aws-global"
            }
        };
        let region: Cow<'a, str> = if self.variants && is_fips_pseudo_region(written) {
            look.note("a FIPS pseudo-region: FIPS is on");
            fips = true;
            Cow::Owned(written.replace("-fips-", "-").replace("fips-", "").replace("-fips", ""))
        } else {
            Cow::Borrowed(written)
        };
        if !fips && !dual_stack && self.is_global(&region, settings, look) {
            let global = Decision::new(Endpoint::Global, "us-east-1");
            return Ok(match settings.region {
                None => global.decided_by(Sourced::rule("aws-global", "no region")),
                Some(_) => {
                    global.decided_by(settings.setting.unwrap_or(Sourced::rule("global", "endpoint data")))
                }
            });
        }
        if let Some((service, base)) = self.fips_entry(&region) {
            // The data itself lists these pseudo-regions, with the real region as scope.
            let base = String::from(base);
            return Ok(Decision::new(
                Endpoint::Regional { service, region: Cow::Owned(base.clone()), suffix: "amazonaws.com" },
                base,
            ));
        }
        let partition = self.partition_of(&region);
        if dual_stack && !matches!(partition.id, "aws" | "aws-cn" | "aws-us-gov") {
            return Err(missing_endpoint(FailureCategory::UnsupportedVariant));
        }
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        if is_label(&region) {
            let signing = region.clone();
            return Ok(Decision::new(Endpoint::Regional { service, region, suffix }, signing));
        }
        if self.checks_region {
            look.note(
                "the region is no host label: the resolver's error is hidden behind the missing endpoint",
            );
            return Err(missing_endpoint(FailureCategory::InvalidRegion));
        }
        let host = format!("https://{service}.{region}.{suffix}");
        let host = self.with_slash(&host);
        let wire = self.sent(parse(&host)?)?;
        Ok(Decision::new(Endpoint::Given(Cow::Owned(wire)), region))
    }

    /// Whether a region without variants goes to the global endpoint.
    fn is_global(&self, region: &str, settings: &Settings<'_>, look: &mut Look<'_, '_>) -> bool {
        let legacy = settings.setting.is_some_and(|setting| setting.text.eq_ignore_ascii_case("legacy"));
        if region == "aws-global" {
            return true;
        }
        match self.legacy {
            Legacy::Data => {
                let own = region == "ap-northeast-2"
                    || (region == "ap-east-1" && self.ap_east_1)
                    || (region == "me-south-1" && self.me_south_1)
                    || self.fips_entry(region).is_some();
                let global = self.partition_of(region).id == "aws" && !own;
                if global {
                    look.note("the endpoint data has the global endpoint for every region without an entry of its own");
                }
                global
            }
            Legacy::Listed if legacy && rules::is_legacy_global(region) => {
                look.note(
                    "legacy, and a region of the list (aws/endpoints/legacy_regions.go): global endpoint",
                );
                true
            }
            Legacy::Documented => legacy && self.partition_of(region).id == "aws",
            Legacy::Listed => false,
        }
    }

    /// A pseudo-region that the endpoint data lists (aws/endpoints/defaults.go, before 1.42.0): the host's first label, and the
    /// region meant.
    fn fips_entry<'r>(&self, region: &'r str) -> Option<(&'static str, &'r str)> {
        let base = region.strip_suffix("-fips").filter(|_| !self.variants)?;
        match base {
            "us-east-1" | "us-east-2" | "us-west-1" | "us-west-2" => Some(("sts-fips", base)),
            "us-gov-east-1" | "us-gov-west-1" if self.gov_fips => Some(("sts", base)),
            _ => None,
        }
    }

    /// The partition whose pattern matches, as far as the data of the release goes; pseudo-regions of other partitions are
    /// unknown, and fall to partition aws.
    fn partition_of(&self, region: &str) -> &'static Partition {
        let known = Partition::all().iter().find(|partition| partition.matches(region));
        known
            .filter(|partition| match partition.id {
                "aws-iso" | "aws-iso-b" => self.iso,
                "aws-iso-e" => self.iso_e,
                "aws-iso-f" => self.iso_f,
                "aws-eusc" => self.eusc,
                _ => true,
            })
            .unwrap_or_else(Partition::commercial)
    }
}

/// `^[[:alnum:]]([[:alnum:]\-]*[[:alnum:]])?$` (aws/endpoints/v3model.go, 1.32.5).
fn is_label(region: &str) -> bool {
    let alnum = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    alnum(region.bytes().next()) && alnum(region.bytes().last()) && has_label_letters_only(region)
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

/// `AddScheme`.
fn with_scheme(text: &str) -> Cow<'_, str> {
    let has = text.split_once(':').is_some_and(|(scheme, rest)| !scheme.is_empty() && rest.starts_with("//"));
    if has { Cow::Borrowed(text) } else { Cow::Owned(format!("https://{text}")) }
}

/// The code of an error that comes up after the request was signed.
const NOT_SENT: &str = "RequestError";

fn parse(url: &str) -> Result<GoUrl<'_>, Failure<'static>> {
    GoUrl::parse(url).map_err(|error| {
        Failure::new(
            FailureCategory::InvalidEndpoint,
            "InvalidEndpointURL",
            format!("InvalidEndpointURL: invalid endpoint uri\ncaused by: {error}"),
        )
    })
}

fn missing_region<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingRegion,
        "MissingRegion",
        "MissingRegion: could not find region configuration",
    )
}

fn missing_endpoint<'a>(category: FailureCategory) -> Failure<'a> {
    Failure::new(
        category,
        "MissingEndpoint",
        "MissingEndpoint: 'Endpoint' configuration is required for this service",
    )
}

/// Inside the provider of a web identity the error is wrapped.
fn wrapped<'a>(scenario: &Scenario, mut failure: Failure<'a>) -> Failure<'a> {
    if scenario.entry.is_web_identity() {
        failure.message = Cow::Owned(format!(
            "WebIdentityErr: failed to retrieve credentials\ncaused by: {}",
            failure.message
        ));
    }
    failure
}
