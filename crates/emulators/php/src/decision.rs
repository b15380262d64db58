//! Settings -> outcome.

use crate::sources::boolean;
use crate::{BadEndpoint, Configured, Legacy, Php};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Behaviour, Chain, Decision, Endpoint, Entry, Failure, FailureCategory, Look, Origin, Outcome, Partition,
    Resolution, Scenario, Settings, Source, Sourced, Trace, Value, Verdict,
};

static FIPS: Chain = Chain::new(
    Value::Fips,
    &[
        Source::Code("use_fips_endpoint"),
        Source::Variable("AWS_USE_FIPS_ENDPOINT"),
        Source::Profile("use_fips_endpoint"),
    ],
);
static DUAL_STACK: Chain = Chain::new(
    Value::DualStack,
    &[
        Source::Code("use_dual_stack_endpoint"),
        Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"),
        Source::Profile("use_dualstack_endpoint"),
    ],
);

impl Behaviour for Php {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        let inapplicable = if scenario.presign {
            Some("no presigner: the caller signs, for a region that the caller names")
        } else if !self.setting && code.sts_regional_endpoints.is_some() {
            Some("no such option in code: sts_regional_endpoints")
        } else if !self.variants && code.use_fips.is_some() {
            Some("no such option in code: use_fips_endpoint")
        } else if !self.variants && code.use_dualstack.is_some() {
            Some("no such option in code: use_dual_stack_endpoint")
        } else {
            None
        };
        if let Some(why) = inapplicable {
            return Outcome::NotApplicable(Cow::Borrowed(why));
        }
        self.request(scenario, trace).into()
    }
}

/// What was decided.
struct Decided<'a> {
    endpoint: Endpoint<'a>,
    signing_region: Cow<'a, str>,
    /// A rule's auth scheme names the signing region.
    by_scheme: bool,
    /// The setting made the endpoint global.
    by_setting: bool,
}

impl Php {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let internal = scenario.entry != Entry::Client;
        let for_settings = self.settings_profile(scenario);
        let for_region = self.region_profile(scenario);
        // A wrong value of the setting fails before a region is missed (since 3.243.0).
        let setting = {
            let mut look = Look::new(scenario, &for_settings, trace);
            self.setting(&mut look)
        };
        if let (true, Err(failure)) = (self.checks_setting, &setting) {
            return Err(failure.clone());
        }
        if let (BadEndpoint::Refused, false, Some(url)) =
            (self.bad_endpoint, internal, scenario.code.endpoint.as_deref())
        {
            self.given(url, scenario)?;
        }
        let client = if scenario.alone {
            None
        } else {
            let mut look = Look::new(scenario, &for_region, trace);
            Some(self.region(&mut look).ok_or_else(|| self.missing_region())?)
        };
        if let Err(failure) = self.check_defaults_mode(scenario) {
            // Alone, the client inside fails, and the chain goes on to its end.
            return Err(if scenario.alone { self.no_credentials() } else { failure });
        }
        let region = match client {
            Some(region) if !internal => region,
            client => self.provider_region(scenario, client, trace)?,
        };
        let (fips, dualstack) = {
            let mut look = Look::new(scenario, &for_settings, trace);
            let dual_stack = self.variant(&mut look, &DUAL_STACK)?;
            (self.variant(&mut look, &FIPS)?, self.dual_stack_of_iso(dual_stack, region.text)?)
        };
        let mut look = Look::new(scenario, &for_region, trace);
        let look = &mut look;
        let endpoint_url = self.endpoint_in_code(look, internal);
        let configured =
            if endpoint_url.is_some() { None } else { self.configured_endpoint(look, &for_region) };
        // A wrong value fails only where the setting is asked for: in a region of the list (before 3.243.0).
        let setting = match setting {
            Ok(setting) => setting,
            Err(failure) if rules::is_legacy_global(region.text) => return Err(failure),
            Err(_) => None,
        };
        let used = configured.filter(|_| self.configured == Configured::Yes);
        let settings =
            Settings { region: Some(region), setting, fips, dualstack, endpoint_url: endpoint_url.or(used) };
        let failing = |failure: Failure<'a>| failure.with_settings(settings);
        let mut decided = self.decide(&settings, scenario, look).map_err(failing)?;
        if self.configured == Configured::SchemeOnly
            && configured.is_some_and(|url| url.text.starts_with("http://"))
        {
            look.note(
                "the configured endpoint's scheme is used, and nothing else of it (3.281.0 to 3.293.5)",
            );
            let url = decided.endpoint.to_string().replacen("https://", "http://", 1);
            decided.endpoint = Endpoint::Given(Cow::Owned(url));
        }
        let trait_free = scenario.wire_operation().needs_no_signature();
        let signed = if internal {
            !trait_free || decided.by_scheme && self.signs_with_empty_key
        } else {
            !trait_free || self.signs_all
        };
        if signed && !internal && !self.has_keys(scenario) {
            return Err(failing(self.no_credentials()));
        }
        let Decided { endpoint, signing_region, by_setting, .. } = decided;
        let by_setting = by_setting.then(|| setting.unwrap_or(Sourced::rule("global", "endpoint data")));
        let signing_region = signed.then_some(signing_region);
        Ok(Resolution::of(Decision { endpoint, signing_region, decided_by: by_setting }, settings))
    }

    /// Dual-stack in an iso region: refused, unless it comes from the file, whose errors count as nothing
    /// (`UseDualstackEndpoint/Configuration.php`).
    fn dual_stack_of_iso<'a>(
        &self,
        flag: Option<Sourced<'a>>,
        region: &str,
    ) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        let in_iso = || region.contains("iso-") || region.contains("-iso");
        match flag {
            Some(found) if is_on(flag) && in_iso() => match found.origin {
                Origin::File { .. } => Ok(None),
                _ => Err(Failure::new(
                    FailureCategory::UnsupportedVariant,
                    "Aws\\Endpoint\\UseDualstackEndpoint\\Exception\\ConfigurationException",
                    "Dual-stack is not supported in ISO regions",
                )),
            },
            flag => Ok(flag),
        }
    }

    fn endpoint_in_code<'a>(&self, look: &mut Look<'a, '_>, internal: bool) -> Option<Sourced<'a>> {
        if internal {
            return None;
        }
        let source = Source::Code("endpoint");
        let found = look.at(Value::EndpointUrl, source);
        let ignored = self.bad_endpoint == BadEndpoint::Ignored && found.is_some_and(|url| !is_url(url.text));
        let verdict = match found {
            Some(_) if ignored => Verdict::Ignored("no URL"),
            Some(_) => Verdict::Used,
            None => Verdict::Absent,
        };
        look.tell(Value::EndpointUrl, source, found, verdict);
        found.filter(|_| !ignored)
    }

    fn decide<'a>(
        &self,
        settings: &Settings<'a>,
        scenario: &Scenario,
        look: &mut Look<'a, '_>,
    ) -> Result<Decided<'a>, Failure<'a>> {
        let written = settings.region.map_or("", |region| region.text);
        let (mut fips, mut dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));
        if let Some(url) = settings.endpoint_url {
            if self.refuses_variant_with_endpoint && (fips || dual_stack) {
                let error = if fips { RuleError::FipsWithEndpoint } else { RuleError::DualStackWithEndpoint };
                return Err(unresolved(error.message()));
            }
            let scope = if written == "aws-global" { "us-east-1" } else { written };
            return Ok(Decided {
                endpoint: self.given(url.text, scenario)?,
                signing_region: Cow::Borrowed(scope),
                by_scheme: false,
                by_setting: false,
            });
        }
        if self.checks_region && !is_label(written) {
            return Err(Failure::new(
                FailureCategory::InvalidRegion,
                "Aws\\Exception\\InvalidRegionException",
                "Region must be a valid RFC host label.",
            ));
        }
        let base = written.strip_prefix("fips-").or_else(|| written.strip_suffix("-fips"));
        let region = match base.filter(|_| self.variants) {
            Some(base) => {
                look.note("a FIPS pseudo-region: FIPS is on");
                fips = true;
                base
            }
            None => written,
        };
        if fips && dual_stack && !self.both_variants {
            look.note("FIPS together with dual-stack does nothing (3.201.0 to 3.212.3)");
            (fips, dual_stack) = (false, false);
        }
        // An endpoint that was passed over still switches the setting off.
        let passed_over = self.bad_endpoint == BadEndpoint::Ignored
            && scenario.entry == Entry::Client
            && scenario.code.endpoint.is_some();
        let legacy = !passed_over
            && settings.setting.is_some_and(|setting| setting.text.eq_ignore_ascii_case("legacy"));
        let lost = self.default_lost
            && settings.setting.is_some_and(|setting| matches!(setting.origin, Origin::Default(_)));
        // The scope comes from the partition's data, which knows of no variants (src/Endpoint/Partition.php).
        let of_global = legacy && rules::is_legacy_global(region) || region == "aws-global";
        let scope = if of_global { "us-east-1" } else { region };
        let plain = !fips && !dual_stack;
        if lost {
            look.note("with nothing set, the host is regional and the scope is that of legacy (3.243.0)");
        }
        if self.rules {
            return self.by_rules(region, legacy && !lost, (fips, dual_stack), scope);
        }
        if plain && (region == "aws-global" || self.is_global(region, legacy, look)) {
            return Ok(Decided {
                endpoint: Endpoint::Global,
                signing_region: Cow::Borrowed("us-east-1"),
                by_scheme: false,
                by_setting: region != "aws-global",
            });
        }
        let partition = self.partition_of(region);
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        if let Some(base) = region.strip_suffix("-fips").filter(|base| LISTED_FIPS.contains(base)) {
            // The data lists these pseudo-regions.
            return Ok(regional("sts-fips", base, suffix, base));
        }
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        Ok(regional(service, region, suffix, scope))
    }

    /// The rule set (`src/data/sts/2011-06-15/endpoint-rule-set-1`), with the scope of the partition data where no rule names one.
    fn by_rules<'a>(
        &self,
        region: &'a str,
        legacy: bool,
        (fips, dual_stack): (bool, bool),
        scope: &'a str,
    ) -> Result<Decided<'a>, Failure<'a>> {
        if self.legacy == Legacy::Documented
            && legacy
            && !fips
            && !dual_stack
            && self.partition_of(region).id == "aws"
        {
            return Ok(Decided {
                endpoint: Endpoint::Global,
                signing_region: Cow::Borrowed("us-east-1"),
                by_scheme: true,
                by_setting: true,
            });
        }
        let answer = rules::resolve(&Parameters {
            region: Some(region),
            use_fips: fips,
            use_dual_stack: dual_stack,
            use_global_endpoint: legacy && self.legacy != Legacy::Documented,
            vintage: self.vintage,
            ..Parameters::default()
        })
        .map_err(|error| unresolved(error.message()))?;
        let mut decided = match answer.endpoint {
            Endpoint::Regional { service, suffix, .. } => regional(service, region, suffix, scope),
            endpoint => Decided {
                by_setting: endpoint.is_global() && region != "aws-global",
                endpoint,
                signing_region: Cow::Borrowed(scope),
                by_scheme: false,
            },
        };
        if let Some(signing_region) = answer.signing_region {
            decided.by_scheme = true;
            decided.signing_region = Cow::Borrowed(signing_region);
        }
        Ok(decided)
    }

    /// Whether a region without variants goes to the global endpoint (before the rules).
    fn is_global(&self, region: &str, legacy: bool, look: &mut Look<'_, '_>) -> bool {
        match self.legacy {
            Legacy::Data => {
                let own = matches!(region, "ap-east-1" | "ap-northeast-2")
                    || region == "me-south-1" && self.me_south_1
                    || region.strip_suffix("-fips").is_some_and(|base| LISTED_FIPS.contains(&base));
                let global = self.partition_of(region).id == "aws" && !own;
                if global {
                    look.note("the endpoint data has the global endpoint for every region without a host of its own (before 3.112.27)");
                }
                global
            }
            // The documented rows go by the rules.
            Legacy::Listed | Legacy::Documented => legacy && rules::is_legacy_global(region),
        }
    }

    fn partition_of(&self, region: &str) -> &'static Partition {
        if self.rules {
            return self.vintage.partition_of(region);
        }
        // Before the rules, pseudo-regions such as aws-cn-global are unknown, and fall to partition aws.
        let partition = self.vintage.partition_of(region);
        let known = !region.ends_with("-global") && (self.iso || !partition.id.starts_with("aws-iso"));
        if known { partition } else { Partition::commercial() }
    }

    /// An endpoint override as it goes on the wire.
    fn given<'a>(&self, url: &'a str, scenario: &Scenario) -> Result<Endpoint<'a>, Failure<'a>> {
        if !is_url(url) {
            return Err(match self.bad_endpoint {
                BadEndpoint::Transport(words) => {
                    Failure::new(FailureCategory::InvalidEndpoint, "Aws\\Sts\\Exception\\StsException", {
                        let encoded = url.replace(' ', "%20");
                        let words = words.replace("{url}", &encoded);
                        format!("Error executing \"{}\" on {words}", scenario.wire_operation())
                    })
                }
                _ => Failure::new(
                    FailureCategory::InvalidEndpoint,
                    "InvalidArgumentException",
                    "Endpoints must be full URIs and include a scheme and host",
                ),
            });
        }
        let wire = on_the_wire(url);
        let same = wire == url || wire.strip_suffix('/') == Some(url);
        Ok(if same { Endpoint::given(url) } else { Endpoint::Given(Cow::Owned(wire)) })
    }

    fn missing_region<'a>(&self) -> Failure<'a> {
        let message = if self.finds_region {
            "Missing required client configuration options:\n\nregion: (string)\n\nA \"region\" configuration value is required for the \"sts\" service\n(e.g., \"us-west-2\"). A list of available public regions and endpoints"
        } else {
            "Missing required client configuration options: \n\nregion: (string)\n\n  A \"region\" configuration value is required for the \"sts\" service\n  (e.g., \"us-west-2\"). A list of available public regions and endp"
        };
        Failure::new(FailureCategory::MissingRegion, "InvalidArgumentException", message)
    }
}

/// Pseudo-regions that the endpoint data lists.
const LISTED_FIPS: [&str; 4] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

/// A regional host. PSR-7 folds it to lower case, and takes what looks like a path or a fragment for one.
fn regional<'a>(service: &'static str, region: &'a str, suffix: &'static str, scope: &'a str) -> Decided<'a> {
    let plain = region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let endpoint = if plain {
        Endpoint::Regional { service, region: Cow::Borrowed(region), suffix }
    } else {
        Endpoint::Given(Cow::Owned(on_the_wire(&format!("https://{service}.{region}.{suffix}"))))
    };
    Decided { endpoint, signing_region: Cow::Borrowed(scope), by_scheme: false, by_setting: false }
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.and_then(|flag| boolean(flag.text)).unwrap_or(false)
}

fn unresolved<'a>(message: &'static str) -> Failure<'a> {
    Failure::new(FailureCategory::UnsupportedVariant, "Aws\\Exception\\UnresolvedEndpointException", message)
}

/// `Aws\is_valid_hostlabel`.
fn is_label(region: &str) -> bool {
    (1..=63).contains(&region.len())
        && !region.starts_with('-')
        && !region.ends_with('-')
        && has_label_letters_only(region)
}

/// Whether a text has scheme and host.
fn is_url(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty() && !rest.starts_with('/'))
}

/// What PSR-7 makes of a URL: the host in lower case, no fragment, a path.
fn on_the_wire(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let rest = rest.split('#').next().unwrap_or(rest);
    let (host, path) = match rest.find(['/', '?']) {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    format!("{}://{}{path}", scheme.to_ascii_lowercase(), host.to_lowercase())
}
