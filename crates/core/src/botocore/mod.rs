//! botocore, which Boto3 and the command line interfaces share: sources, settings, the two resolvers, checks.
//!
//! A front end's crate holds the history; what a release does is a [`Botocore`]. Sources: boto/botocore `session.py`,
//! `configprovider.py`, `args.py`, `client.py`, `regions.py`, `endpoint_provider.py`; aws/aws-cli `awscli/clidriver.py`.

mod config;
pub mod turns;
mod url;

pub use config::{Files, Scoped};

use crate::history::Behaviour;
use crate::label::has_label_letters_only;
use crate::outcome::{Decision, Endpoint, Failure, FailureCategory, Outcome, Resolution, Settings};
use crate::partition::{self, Partition};
use crate::profile::FileKind;
use crate::rules::{self, Parameters, Vintage};
use crate::scenario::{Entry, Operation, Scenario};
use crate::source::{Accept, Chain, Look, NoProfile, Origin, Profile as _, Source, Sourced, Value};
use crate::trace::{Trace, Verdict};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use url::Refusal;

/// What stands in front of botocore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Front {
    /// Boto3.
    Boto3,
    /// AWS CLI v1.
    CliV1,
    /// AWS CLI v2, with a botocore of its own.
    CliV2,
}

/// What botocore does at a release. Numbers are Boto3's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Botocore {
    /// What stands in front of it.
    pub front: Front,
    /// The setting is known (1.10.2; never in CLI v2).
    pub setting: bool,
    /// The default value of the setting (`legacy` before 1.40.0).
    pub default_legacy: bool,
    /// Which regions go to the global endpoint.
    pub legacy: Legacy,
    /// The words of the error for a wrong setting are the ones of 1.14.8.
    pub words_of_1_14_8: bool,
    /// A wrong setting fails beside an endpoint or a variant as well (1.26.0).
    pub always_checks_setting: bool,
    /// The chain's client is in the region of the client around it (1.10.2).
    pub chain_follows_client: bool,
    /// A region must be a host label (1.14.46).
    pub checks_region: bool,
    /// Tabs and line ends in an endpoint are refused (1.17.69).
    pub refuses_unsafe: bool,
    /// A FIPS pseudo-region that the data does not list is refused (1.17.73 to 1.19.12).
    pub refuses_unknown_fips: bool,
    /// `aws eks get-token` asks the endpoint data itself, and makes no client (awscli before 1.16.266).
    pub presigns_by_data: bool,
    /// FIPS and dual-stack options are known (1.20.0).
    pub variants: bool,
    /// The defaults mode is known (1.20.37; never in CLI v2).
    pub defaults_mode: bool,
    /// A variant of aws-global is signed for us-east-1 (1.21.10).
    pub signs_global_variants_for_us_east_1: bool,
    /// The endpoint rule set decides, after the old resolver has had its say (1.26.0).
    pub rules: bool,
    /// An endpoint without a region finds no rule (1.26.0 to 1.26.14).
    pub rules_want_region: bool,
    /// An endpoint with a query is passed over (1.26.0 to 1.26.129).
    pub passes_over_query: bool,
    /// Endpoints of environment and profile are known (1.28.0).
    pub configured_endpoints: bool,
    /// Who has no credentials is told to run `aws login` (awscli/errorhandler.py, CLI v2 2.32.0).
    pub advises_login: bool,
    /// The command line says `aws: [ERROR]` before a message (awscli/errorformat.py, CLI v2 2.34.0).
    pub says_aws_error: bool,
    /// The partition data of the rule set.
    pub vintage: Vintage,
    /// The old resolver's data has dual-stack hosts for aws-eusc (1.41.4).
    pub eusc_dual_stack: bool,
}

impl Botocore {
    /// Boto3 1.9.253 (botocore 1.12.253, October 2019), the oldest release known: none of the turns yet.
    pub const OLDEST: Self = Self {
        front: Front::Boto3,
        setting: false,
        default_legacy: true,
        legacy: Legacy::Data,
        words_of_1_14_8: false,
        always_checks_setting: false,
        chain_follows_client: false,
        checks_region: false,
        refuses_unsafe: false,
        refuses_unknown_fips: false,
        presigns_by_data: false,
        variants: false,
        defaults_mode: false,
        signs_global_variants_for_us_east_1: false,
        rules: false,
        rules_want_region: false,
        passes_over_query: false,
        configured_endpoints: false,
        advises_login: false,
        says_aws_error: false,
        vintage: Vintage::FIRST,
        eusc_dual_stack: false,
    };
}

/// Which regions go to the global endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// Before the setting: every region that fits the pattern of partition aws and has no host of its own.
    Data,
    /// The sixteen of the list (`args.py` `LEGACY_GLOBAL_STS_REGIONS`).
    Listed,
    /// Every region of the commercial partition, as the page says.
    Documented,
}

impl Behaviour for Botocore {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        if let Some(why) = self.inapplicable(scenario) {
            return Outcome::NotApplicable(Cow::Borrowed(why));
        }
        match self.request(scenario, trace) {
            Ok(resolution) => resolution.into(),
            Err(failure) => self.as_shown(failure).into(),
        }
    }
}

/// FIPS: in code, then configured.
static FIPS: [Chain; 2] = [
    Chain::new(Value::Fips, &[Source::Code("use_fips_endpoint")]),
    Chain::new(
        Value::Fips,
        &[Source::Variable("AWS_USE_FIPS_ENDPOINT"), Source::Profile("use_fips_endpoint")],
    ),
];
/// Dual-stack: in code, then configured.
static DUAL_STACK: [Chain; 2] = [
    Chain::new(Value::DualStack, &[Source::Code("use_dualstack_endpoint")]),
    Chain::new(
        Value::DualStack,
        &[Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"), Source::Profile("use_dualstack_endpoint")],
    ),
];

impl Botocore {
    fn inapplicable(&self, scenario: &Scenario) -> Option<&'static str> {
        let code = &scenario.code;
        if self.front == Front::Boto3 {
            return if code.sts_regional_endpoints.is_some() {
                Some("no such option in code (neither the client constructor nor Config has it)")
            } else if code.use_fips.is_some() && !self.variants {
                Some("Config has no use_fips_endpoint in this release")
            } else if code.use_dualstack.is_some() && !self.variants {
                Some("Config has no use_dualstack_endpoint in this release")
            } else {
                None
            };
        }
        if code.sts_regional_endpoints.is_some() || code.use_fips.is_some() || code.use_dualstack.is_some() {
            Some("no such command line option")
        } else if scenario.alone {
            Some("a command has a client around its credentials")
        } else {
            None
        }
    }

    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let internal = scenario.entry != Entry::Client;
        let files = Files::read(scenario)?;
        let profile = self.profile(scenario, files, trace)?;
        let mut look = Look::new(scenario, &profile, trace);
        let look = &mut look;
        if let Some(url) = scenario.code.endpoint.as_deref().filter(|_| self.front != Front::Boto3) {
            self.check_option(url)?;
        }
        let region = self.region(look);
        if let Some(region) = region.filter(|region| self.checks_region && !is_label(region.text)) {
            return Err(fail(
                FailureCategory::InvalidRegion,
                "InvalidRegionError",
                format!("Provided region_name '{}' doesn't match a supported format.", region.text),
            ));
        }
        let first = match scenario.entry {
            Entry::ProfileAssumeRole => self.first_call(files, &profile)?,
            _ => scenario.wire_operation(),
        };
        let fips = self.variant(&FIPS, look);
        let dualstack = self.variant(&DUAL_STACK, look);
        let endpoint_url = self.endpoint(look, &profile, internal)?;
        let variant = is_on(fips) || is_on(dualstack);
        let setting = self.setting(look)?;
        if self.always_checks_setting || endpoint_url.is_none() && !variant {
            self.check_setting(setting, look)?;
        }
        let settings = Settings { region, setting, fips, dualstack, endpoint_url };
        let signed = !first.needs_no_signature();
        let failing = |failure: Failure<'a>| failure.with_settings(settings);
        let decision = if scenario.presign && self.presigns_by_data {
            look.note(
                "eks get-token reads the host out of endpoints.json, whatever endpoint or setting there is",
            );
            self.presigned_by_data(region)
        } else {
            self.decide(&settings, signed, look)
        };
        let decision = decision.map_err(failing)?;
        if signed && !internal && !has_keys(scenario, &profile) {
            return Err(failing(self.no_credentials()));
        }
        Ok(Resolution::of(decision.unsigned_if(!signed), settings))
    }

    /// The profile in use. One that is named and is in neither file is an error (session.py `get_scoped_config`).
    fn profile<'a>(
        &self,
        scenario: &'a Scenario,
        files: Files<'a>,
        trace: &mut dyn Trace,
    ) -> Result<Scoped<'a>, Failure<'a>> {
        const DEFAULT_FIRST: Chain = Chain::new(
            Value::Profile,
            &[Source::Variable("AWS_DEFAULT_PROFILE"), Source::Variable("AWS_PROFILE")],
        );
        const PLAIN_FIRST: Chain = Chain::new(
            Value::Profile,
            &[Source::Variable("AWS_PROFILE"), Source::Variable("AWS_DEFAULT_PROFILE")],
        );
        let mut look = Look::new(scenario, &NoProfile, trace);
        // A role's profile has to be named in code or on the command line, or keys of the environment come first.
        let named = scenario.entry == Entry::ProfileAssumeRole;
        let chain = if self.front == Front::CliV2 || named { PLAIN_FIRST } else { DEFAULT_FIRST };
        let Some(found) = chain.first(&mut look, Accept::Present) else {
            return Ok(files.profile("default"));
        };
        let profile = files.profile(found.text);
        if profile.exists() || found.text == "default" {
            return Ok(profile);
        }
        Err(fail(
            FailureCategory::ProfileNotFound,
            "ProfileNotFound",
            format!("The config profile ({}) could not be found", found.text),
        ))
    }

    /// The region: a source counts when it is there, an empty text too (session.py `_resolve_region_name`,
    /// awscli/clidriver.py `_construct_cli_region_chain`).
    fn region<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        const CODE: Chain = Chain::new(Value::Region, &[Source::Code("region_name")]);
        const OPTION: Chain = Chain::new(Value::Region, &[Source::Code("--region")]);
        const PYTHON: Chain =
            Chain::new(Value::Region, &[Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")]);
        const CLI_V2: Chain = Chain::new(
            Value::Region,
            &[
                Source::Variable("AWS_REGION"),
                Source::Variable("AWS_DEFAULT_REGION"),
                Source::Profile("region"),
            ],
        );
        const METADATA: Chain = Chain::new(Value::Region, &[Source::Metadata]);
        let sees_code =
            self.front != Front::Boto3 || self.chain_follows_client || look.scenario.entry == Entry::Client;
        if !sees_code {
            look.note("the chain's client does not see the region of the client around it (before 1.10.2)");
        }
        let code = match self.front {
            _ if !sees_code || look.scenario.alone && self.front == Front::Boto3 => None,
            Front::Boto3 => CODE.first(look, Accept::Present),
            _ => OPTION.first(look, Accept::Present),
        };
        if code.is_some() || self.front != Front::CliV2 {
            return code.or_else(|| PYTHON.first(look, Accept::Present));
        }
        // An empty answer of the metadata service is asked for again, and then given up (utils.py `IMDSFetcher`).
        CLI_V2.first(look, Accept::Present).or_else(|| METADATA.first(look, Accept::NonEmpty))
    }

    /// The first call that the chain makes for the profile's role: for the role at the far end of its source profiles, or
    /// for the token that stands there (credentials.py `AssumeRoleProvider`).
    ///
    /// # Errors
    ///
    /// `NoCredentialsError` where the profile leads to no role; `InvalidConfigError` and `InfiniteLoopConfigError` where
    /// the source profiles lead nowhere.
    fn first_call<'a>(&self, files: Files<'a>, profile: &Scoped<'a>) -> Result<Operation, Failure<'a>> {
        let invalid = |message: String| fail(FailureCategory::Other, "InvalidConfigError", message);
        if profile.get("role_arn").is_none() {
            return Err(self.no_credentials());
        }
        // The profiles behind the first: most chains end at once, and need no list.
        let mut behind: Vec<&str> = Vec::new();
        let mut role = *profile;
        loop {
            // `_get_role_config`
            let source = match (role.get("source_profile"), role.get("credential_source")) {
                (Some(source), None) => source.text,
                (None, Some(_)) => return Ok(Operation::AssumeRole),
                (None, None) => return Err(self.no_credentials()),
                (Some(_), Some(_)) => {
                    return Err(invalid(format!(
                        "The profile \"{}\" contains both source_profile and credential_source.",
                        role.name()
                    )));
                }
            };
            // `_validate_source_profile`: a profile may name itself, for the keys that stand in it.
            let next = files.profile(source);
            if !next.exists() {
                return Err(invalid(format!(
                    "The source_profile \"{source}\" referenced in the profile \"{}\" does not exist.",
                    role.name()
                )));
            }
            let mut visited = core::iter::once(profile.name()).chain(behind.iter().copied());
            if visited.any(|name| name == source) && (source != role.name() || !next.has_a_key()) {
                let visited = core::iter::once(profile.name()).chain(behind.iter().copied());
                let visited: Vec<String> = visited.map(repr).collect();
                return Err(fail(
                    FailureCategory::Other,
                    "InfiniteLoopConfigError",
                    format!(
                        "Infinite loop in credential configuration detected. Attempting to load from profile {source} which has already been visited. Visited profiles: [{}]",
                        visited.join(", ")
                    ),
                ));
            }
            // `_resolve_credentials_from_profile`: what stands in the source profile comes before its own role, and a token
            // before anything else.
            let has = |key| next.get(key).is_some();
            if has("role_arn") && has("web_identity_token_file") {
                return Ok(Operation::AssumeRoleWithWebIdentity);
            }
            if next.has_a_key() || !has("role_arn") {
                return Ok(Operation::AssumeRole);
            }
            behind.push(source);
            role = next;
        }
    }

    /// The setting, or the default where nothing, or an empty text, is found.
    fn setting<'a>(&self, look: &mut Look<'a, '_>) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        const CHAIN: Chain = Chain::new(
            Value::Setting,
            &[Source::Variable("AWS_STS_REGIONAL_ENDPOINTS"), Source::Profile("sts_regional_endpoints")],
        );
        const MODE: Chain = Chain::new(
            Value::DefaultsMode,
            &[Source::Variable("AWS_DEFAULTS_MODE"), Source::Profile("defaults_mode")],
        );
        if !self.setting {
            return Ok(None);
        }
        let mode = if self.defaults_mode { MODE.first(look, Accept::Present) } else { None };
        // configprovider.py `get_default_modes`, in the order of the data
        let names = ["legacy", "auto", "standard", "in-region", "cross-region", "mobile"];
        if let Some(mode) = mode.filter(|mode| !names.iter().any(|name| mode.text.eq_ignore_ascii_case(name)))
        {
            return Err(fail(
                FailureCategory::InvalidSetting,
                "InvalidDefaultsMode",
                format!(
                    "Client configured with invalid defaults mode: {}. Valid defaults modes include: {}.",
                    mode.text,
                    names.join(", ")
                ),
            ));
        }
        let found = CHAIN.first(look, Accept::Present);
        if found.is_some_and(|found| !found.text.is_empty()) {
            return Ok(found);
        }
        let by_mode = mode.filter(|mode| found.is_none() && !mode.text.eq_ignore_ascii_case("legacy"));
        Ok(Some(match by_mode {
            Some(mode) => Sourced { text: "regional", ..mode },
            None if self.default_legacy => Sourced::default("legacy", "default legacy"),
            None => Sourced::default("regional", "default regional"),
        }))
    }

    fn check_setting<'a>(
        &self,
        setting: Option<Sourced<'a>>,
        look: &mut Look<'a, '_>,
    ) -> Result<(), Failure<'a>> {
        let Some(setting) = setting.filter(|setting| !matches!(setting.text, "legacy" | "regional")) else {
            return Ok(());
        };
        if let Origin::Variable(_) = setting.origin {
            let source = Source::Variable("AWS_STS_REGIONAL_ENDPOINTS");
            look.tell(Value::Setting, source, Some(setting), Verdict::Refused("neither legacy nor regional"));
        }
        let text = config::joined(setting.text);
        let text = if setting.text.trim() == text { setting.text } else { text.as_str() };
        let message = if self.words_of_1_14_8 {
            format!(
                "STS regional endpoints option {text} is invalid. Valid options are: \"legacy\", \"regional\""
            )
        } else {
            format!("STS regional endpoints option {text} is invaild. Valid options are: legacy and regional")
        };
        Err(fail(FailureCategory::InvalidSetting, "InvalidSTSRegionalEndpointsConfigError", message))
    }

    /// FIPS or dual-stack; any text but `true` (in any case) is off.
    #[inline(always)]
    fn variant<'a>(
        &self,
        [code, configured]: &'static [Chain; 2],
        look: &mut Look<'a, '_>,
    ) -> Option<Sourced<'a>> {
        if !self.variants {
            return None;
        }
        let in_code =
            if look.scenario.entry == Entry::Client { code.first(look, Accept::Present) } else { None };
        if in_code.is_some() { in_code } else { configured.first(look, Accept::Present) }
    }

    /// The endpoint override (configprovider.py `ConfiguredEndpointProvider`): both variables come before both keys of the
    /// profile; an empty text is passed over.
    fn endpoint<'a>(
        &self,
        look: &mut Look<'a, '_>,
        profile: &Scoped<'a>,
        internal: bool,
    ) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        const CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("endpoint_url")]);
        const OPTION: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("--endpoint-url")]);
        const VARIABLES: Chain = Chain::new(
            Value::EndpointUrl,
            &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Variable("AWS_ENDPOINT_URL")],
        );
        const PROFILE: Chain = Chain::new(
            Value::EndpointUrl,
            &[Source::Profile(Scoped::SERVICE_URL), Source::Profile("endpoint_url")],
        );
        const IGNORE: Chain = Chain::new(
            Value::IgnoreEndpointUrls,
            &[
                Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                Source::Profile("ignore_configured_endpoint_urls"),
            ],
        );
        let code = match self.front {
            _ if internal => None,
            // `aws eks get-token` makes its client with the region alone (awscli/customizations/eks/get_token.py).
            Front::CliV1 | Front::CliV2 if look.scenario.presign => None,
            Front::Boto3 => CODE.first(look, Accept::Present),
            _ => OPTION.first(look, Accept::Present),
        };
        if code.is_some() || !self.configured_endpoints {
            return Ok(code);
        }
        if is_on(IGNORE.first(look, Accept::Present)) {
            return Ok(None);
        }
        if let Some(variable) = VARIABLES.first(look, Accept::NonEmpty) {
            return Ok(Some(variable));
        }
        profile.service_url()?;
        Ok(PROFILE.first(look, Accept::NonEmpty))
    }

    /// awscli/customizations/globalargs.py `resolve_endpoint_url`: the option wants a scheme.
    fn check_option<'a>(&self, url: &str) -> Result<(), Failure<'a>> {
        if !url::split(url).scheme.is_empty() {
            return Ok(());
        }
        let kind = if self.front == Front::CliV2 { "ParamValidationError" } else { "ValueError" };
        Err(fail(
            FailureCategory::InvalidEndpoint,
            kind,
            format!(
                "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/"
            ),
        ))
    }

    fn decide<'a>(
        &self,
        settings: &Settings<'a>,
        signed: bool,
        look: &mut Look<'a, '_>,
    ) -> Result<Decision<'a>, Failure<'a>> {
        let (mut fips, dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));
        let written = settings.region.map(|region| region.text);
        // client.py `_normalize_fips_region` (1.20.0)
        let pseudo = self.variants && written.is_some_and(partition::is_fips_pseudo_region);
        let region: Option<Cow<'a, str>> = written.map(|region| {
            if pseudo {
                Cow::Owned(region.replace("fips-", "").replace("-fips", ""))
            } else {
                Cow::Borrowed(region)
            }
        });
        if pseudo {
            look.note("a FIPS pseudo-region: FIPS is on, as if in code");
            fips = true;
        }
        if let Some(url) = settings.endpoint_url {
            self.check_endpoint(url.text)?;
            let passed_over = self.rules && self.passes_over_query && !url::rule_set_parses(url.text);
            if !passed_over {
                return self.given(url.text, region, signed);
            }
            look.note("the rule set passes over an endpoint with a query (1.26.0 to 1.26.129)");
        }
        let region = region.unwrap_or_else(|| {
            look.note("no region: STS has a partition endpoint, aws-global (endpoints.json)");
            Cow::Borrowed("aws-global")
        });
        let legacy = settings.setting.is_some_and(|setting| setting.text == "legacy");
        let plain = !fips && !dual_stack;
        if plain && self.is_global(&region, legacy) {
            let global = Decision::new(Endpoint::Global, "us-east-1");
            return Ok(match (settings.setting, settings.region) {
                (_, None) => global.decided_by(Sourced::rule("aws-global", "no region")),
                (Some(setting), Some(_)) if region != "aws-global" => global.decided_by(setting),
                _ => global.decided_by(Sourced::rule("global", "endpoint data")),
            });
        }
        let by_old = || self.by_old_resolver(&region, fips, dual_stack);
        let (service, suffix) = if self.rules {
            // The old resolver is still asked first. It fails over dual-stack alone, and else its answer is not looked at.
            if dual_stack {
                by_old()?;
            }
            let answer = rules::resolve(&Parameters {
                region: Some(&region),
                use_fips: fips,
                use_dual_stack: dual_stack,
                vintage: self.vintage,
                ..Parameters::default()
            })
            .map_err(|error| {
                fail(FailureCategory::UnsupportedVariant, "EndpointResolutionError", error.message())
            })?;
            match answer.endpoint {
                Endpoint::Regional { service, suffix, .. } => (service, suffix),
                _ => by_old()?,
            }
        } else {
            by_old()?
        };
        if let Some(base) = region.strip_suffix("-fips").filter(|base| LISTED_FIPS.contains(base)) {
            // endpoints.json lists these pseudo-regions (before 1.20.0).
            let base = String::from(base);
            let endpoint =
                Endpoint::Regional { service: "sts-fips", region: Cow::Owned(base.clone()), suffix };
            return Ok(Decision::new(endpoint, base));
        }
        if self.refuses_unknown_fips && signed && region.contains("fips") {
            return Err(fail(
                FailureCategory::UnsupportedVariant,
                "UnknownFIPSEndpointError",
                format!(
                    "The provided FIPS pseudo-region \"{region}\" is not known for the service \"sts\". A FIPS compliant endpoint cannot be constructed."
                ),
            ));
        }
        let signing_region = match &*region {
            "aws-global" if self.signs_global_variants_for_us_east_1 => Cow::Borrowed("us-east-1"),
            _ => region.clone(),
        };
        if is_label(&region) && !region.is_empty() {
            return Ok(Decision::new(Endpoint::Regional { service, region, suffix }, signing_region));
        }
        let url = format!("https://{service}.{region}.{suffix}");
        self.check_endpoint(&url)?;
        Ok(Decision::new(Endpoint::Given(Cow::Owned(url::on_the_wire(&url).into_owned())), signing_region))
    }

    /// An endpoint override: the region is wanted for the signature alone.
    fn given<'a>(
        &self,
        url: &'a str,
        region: Option<Cow<'a, str>>,
        signed: bool,
    ) -> Result<Decision<'a>, Failure<'a>> {
        if region.is_none() && self.rules_want_region {
            return Err(fail(
                FailureCategory::UnsupportedVariant,
                "EndpointResolutionError",
                format!(
                    "No endpoint found for parameters:\nUseDualStack: False\nUseFIPS: False\nEndpoint: {url}\nUseGlobalEndpoint: False"
                ),
            ));
        }
        let endpoint = Endpoint::Given(url::on_the_wire(url));
        match region {
            Some(region) => Ok(Decision::new(endpoint, region)),
            None if signed => {
                Err(fail(FailureCategory::MissingRegion, "NoRegionError", "You must specify a region."))
            }
            None => Ok(Decision::unsigned(endpoint)),
        }
    }

    fn check_endpoint<'a>(&self, url: &str) -> Result<(), Failure<'a>> {
        url::check(url, self.refuses_unsafe, self.rules).map_err(|refusal| {
            let message = match refusal {
                Refusal::Invalid => format!("Invalid endpoint: {url}"),
                Refusal::Python(message) => message,
            };
            fail(FailureCategory::InvalidEndpoint, "ValueError", message)
        })
    }

    /// Whether a region without variants goes to the global endpoint.
    fn is_global(&self, region: &str, legacy: bool) -> bool {
        if region == "aws-global" {
            return true;
        }
        match self.legacy {
            Legacy::Data => {
                let prefix = partition::prefix(region);
                let fits =
                    prefix.is_some_and(|prefix| ["us", "eu", "ap", "sa", "ca", "me"].contains(&prefix));
                fits && !matches!(region, "ap-northeast-2" | "ap-east-1" | "me-south-1")
            }
            Legacy::Listed => legacy && rules::is_legacy_global(region),
            Legacy::Documented => legacy && self.vintage.partition_of(region).id == "aws",
        }
    }

    /// awscli/customizations/eks/get_token.py `TokenGenerator._get_presigned_url`, 1.16.265: the credential scope that the
    /// data states, which it does in partition aws alone.
    fn presigned_by_data<'a>(&self, region: Option<Sourced<'a>>) -> Result<Decision<'a>, Failure<'a>> {
        let other = |type_, message| Err(fail(FailureCategory::Other, type_, message));
        let Some(region) = region else {
            return Err(fail(FailureCategory::MissingRegion, "NoRegionError", "You must specify a region."));
        };
        let partition = self.vintage.partition_of(region.text);
        if self.is_global(region.text, false) {
            Ok(Decision::new(Endpoint::Global, "us-east-1"))
        } else if !partition.matches(region.text) {
            other("TypeError", "'NoneType' object is not subscriptable")
        } else if partition.id != "aws" {
            other("KeyError", "'credentialScope'")
        } else {
            Ok(Decision::new(Endpoint::regional(region.text, partition.dns_suffix), region.text))
        }
    }

    /// regions.py `EndpointResolver` over `endpoints.json`: first part of the host and suffix.
    ///
    /// # Errors
    ///
    /// `EndpointVariantError` where the data has no such variant.
    fn by_old_resolver<'a>(
        &self,
        region: &str,
        fips: bool,
        dual_stack: bool,
    ) -> Result<(&'static str, &'static str), Failure<'a>> {
        // Pseudo-regions such as aws-cn-global are no names of this data, and fall to partition aws.
        let known = self.vintage.partition_of(region);
        let mut partition = if region.ends_with("-global") { Partition::commercial() } else { known };
        if dual_stack {
            match partition.id {
                // `_UNSUPPORTED_DUALSTACK_PARTITIONS` are passed over, and the region falls to partition aws.
                "aws-iso" | "aws-iso-b" => partition = Partition::commercial(),
                "aws-eusc" if self.eusc_dual_stack => {}
                "aws-eusc" | "aws-iso-e" | "aws-iso-f" => {
                    let tags = if fips { "['dualstack', 'fips']" } else { "['dualstack']" };
                    return Err(fail(
                        FailureCategory::UnsupportedVariant,
                        "EndpointVariantError",
                        format!(
                            "Unable to construct a modeled endpoint with the following variant(s) {tags}: "
                        ),
                    ));
                }
                _ => {}
            }
        }
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        Ok((service, if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix }))
    }

    fn no_credentials<'a>(&self) -> Failure<'a> {
        let message = if self.front == Front::Boto3 {
            "Unable to locate credentials"
        } else if self.advises_login {
            "Unable to locate credentials. You can configure credentials by running \"aws login\"."
        } else {
            "Unable to locate credentials. You can configure credentials by running \"aws configure\"."
        };
        fail(FailureCategory::MissingCredentials, "NoCredentialsError", message)
    }

    /// A message as the front end shows it.
    fn as_shown<'a>(&self, mut failure: Failure<'a>) -> Failure<'a> {
        // Files are read before the command line's own error handling stands.
        if self.front == Front::Boto3 || failure.category == FailureCategory::ConfigParse {
            return failure;
        }
        let no_region = failure.error_type == "NoRegionError";
        let code = match &*failure.error_type {
            "NoRegionError" => "An error occurred (NoRegion): ",
            "ParamValidationError" => "An error occurred (ParamValidation): ",
            "NoCredentialsError" => "An error occurred (NoCredentials): ",
            _ => "",
        };
        let prefix = if self.says_aws_error { format!("aws: [ERROR]: {code}") } else { String::new() };
        let advice =
            if no_region { " You can also configure your region by running \"aws configure\"." } else { "" };
        failure.message = Cow::Owned(format!("{prefix}{}{advice}", failure.message.trim_end()));
        failure
    }
}

/// Pseudo-regions that `endpoints.json` lists.
const LISTED_FIPS: [&str; 4] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

/// Keys for an ordinary client: of the environment, else of the profile in either file.
fn has_keys(scenario: &Scenario, profile: &Scoped<'_>) -> bool {
    let both = |kind| profile.keys_in(kind) == (true, true);
    !scenario.no_static || both(FileKind::Credentials) || both(FileKind::Config)
}

/// utils.py `validate_region_name`: the empty text passes.
fn is_label(region: &str) -> bool {
    region.is_empty()
        || region.len() <= 63
            && !region.starts_with('-')
            && !region.ends_with('-')
            && !region.bytes().all(|b| b.is_ascii_digit())
            && has_label_letters_only(region)
}

fn fail<'a>(category: FailureCategory, kind: &'static str, message: impl Into<Cow<'a, str>>) -> Failure<'a> {
    Failure::new(category, kind, message)
}

/// `repr` of a text, as messages show it.
fn repr(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\n', "\\n");
    if text.contains('\'') && !text.contains('"') {
        format!("\"{escaped}\"")
    } else {
        format!("'{}'", escaped.replace('\'', "\\'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_in_the_quotes_it_does_not_hold() {
        for (text, shown) in [
            ("dev", r"'dev'"),
            (r"a\b", r"'a\\b'"),
            ("a\nb", r"'a\nb'"),
            ("it's", r#""it's""#),
            (r#"so "called""#, r#"'so "called"'"#),
            (r#"it's "it""#, r#"'it\'s "it"'"#),
        ] {
            assert_eq!(repr(text), shown);
        }
    }
}
