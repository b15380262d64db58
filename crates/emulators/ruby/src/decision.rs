//! Settings -> outcome.

use crate::profile::Profiles;
use crate::sources::profile_name;
use crate::{Legacy, Presigner, RegionCheck, Ruby};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::rules::{self, Parameters, RuleError};
use sts_endpoint_core::{
    Behaviour, Chain, Decision, Endpoint, Entry, Failure, FailureCategory, FileKind, Look, Outcome,
    Profile as _, ProfileFile, Resolution, Scenario, Settings, Source, Sourced, Trace, Value,
};

static FIPS_CODE: Chain = Chain::new(Value::Fips, &[Source::Code("use_fips_endpoint")]);
static FIPS: Chain = Chain::new(
    Value::Fips,
    &[Source::Variable("AWS_USE_FIPS_ENDPOINT"), Source::Profile("use_fips_endpoint")],
);
static DUAL_STACK_CODE: Chain = Chain::new(Value::DualStack, &[Source::Code("use_dualstack_endpoint")]);
static DUAL_STACK: Chain = Chain::new(
    Value::DualStack,
    &[Source::Variable("AWS_USE_DUALSTACK_ENDPOINT"), Source::Profile("use_dualstack_endpoint")],
);

impl Behaviour for Ruby {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        let inapplicable = if scenario.presign && self.presigner == Presigner::None {
            Some("no presigner")
        } else if !self.setting && code.sts_regional_endpoints.is_some() {
            Some("no such option in code: sts_regional_endpoints")
        } else if !self.variants && code.use_fips.is_some() {
            Some("no such option in code: use_fips_endpoint")
        } else if !self.variants && code.use_dualstack.is_some() {
            Some("no such option in code: use_dualstack_endpoint")
        } else {
            None
        };
        if let Some(why) = inapplicable {
            return Outcome::NotApplicable(Cow::Borrowed(why));
        }
        self.request(scenario, trace).into()
    }
}

impl Ruby {
    fn request<'a>(
        &'a self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let internal = scenario.entry != Entry::Client;
        let name = profile_name(scenario);
        let own = Profiles::new(scenario, name, self.blank);
        let role = scenario.entry == Entry::ProfileAssumeRole;
        let mut handed_down = if scenario.alone { None } else { self.parent_region(scenario, &own, trace) };
        let first = if role {
            // Keys of the environment end the chain, and the client misses its region; without them the role's step comes
            // first (credential_provider_chain.rb 3.85.0).
            if !self.profile_before_keys && handed_down.is_none() && !scenario.no_static {
                return Err(self.missing_region());
            }
            self.first_call(scenario, own)?
        } else {
            None
        };
        if role && first.is_none() {
            // No role: the chain goes on, and the client around it fails for itself.
            return Err(if handed_down.is_none() && !scenario.alone {
                self.missing_region()
            } else {
                no_credentials()
            });
        }
        let token = first == Some(First::Token);
        if token && !self.region_to_web_identity {
            handed_down = None;
        }
        let profiles = match first {
            Some(First::Role { profile }) => Profiles::new(scenario, profile, self.blank),
            _ => own,
        };
        let mut look = Look::new(scenario, &profiles, trace);
        let look = &mut look;
        let region = match handed_down {
            Some(region) => Some(region),
            None if !internal => None,
            None if !self.chain_finds_region && role && !token => {
                look.note("the chain hands down that there is no region, and the client inside does not look (before 3.168.2)");
                None
            }
            None => self.region(look, false),
        };
        let region = region.filter(|region| !region.text.is_empty() || self.check == RegionCheck::Label);
        let Some(region) = region else { return Err(self.missing_region()) };
        let setting = self.setting(look);
        let fips = self.variant(look, (&FIPS_CODE, &FIPS));
        let dual_stack = self.variant(look, (&DUAL_STACK_CODE, &DUAL_STACK));
        let endpoint_url = self.endpoint(look, &profiles);
        let settings = Settings { region: Some(region), setting, fips, dualstack: dual_stack, endpoint_url };
        let decided = self.decide(&settings, look).map_err(|failure| failure.with_settings(settings))?;
        let trait_free = token || scenario.wire_operation().needs_no_signature();
        let signed = !trait_free || decided.by_scheme;
        if signed && (token || !self.has_keys(scenario, &own)) {
            if decided.by_scheme {
                look.note("the rule's auth scheme outranks the operation's own, and there is nothing to sign with (since 3.165.0)");
            }
            return Err(no_credentials().with_settings(settings));
        }
        let settings = if scenario.presign { Settings { endpoint_url: None, ..settings } } else { settings };
        let Decided { endpoint, signing_region, by_setting, .. } = decided;
        let by_setting = by_setting.then(|| setting.unwrap_or(Sourced::rule("global", "endpoint data")));
        let signing_region = signed.then_some(signing_region);
        Ok(Resolution::of(Decision { endpoint, signing_region, decided_by: by_setting }, settings))
    }

    /// The region of the client around a provider, or of an ordinary client. Before 3.90.1 a provider of a web identity was
    /// not told the region given in code.
    fn parent_region<'a>(
        &self,
        scenario: &'a Scenario,
        own: &Profiles<'a>,
        trace: &mut dyn Trace,
    ) -> Option<Sourced<'a>> {
        let mut look = Look::new(scenario, own, trace);
        let in_code = self.region_to_web_identity || !scenario.entry.is_web_identity();
        if !in_code {
            look.note("the region of the client is not handed to the provider (before 3.90.1)");
        }
        self.region(&mut look, in_code)
    }

    /// The first call of the role's profile, or none where it has no role (`shared_config.rb` `assume_role_from_profile`,
    /// `resolve_source_profile`). In a chain of roles the last one comes first, with its own source profile.
    fn first_call<'a>(
        &self,
        scenario: &'a Scenario,
        own: Profiles<'a>,
    ) -> Result<Option<First<'a>>, Failure<'a>> {
        let mut visited = Vec::new();
        let mut profile = own;
        loop {
            let source = profile.get("source_profile").map(|source| source.text);
            let Some(name) = source else {
                return self.without_source(&profile, own.name());
            };
            if profile.get("credential_source").is_some() {
                return Err(Failure::new(
                    FailureCategory::Other,
                    "Aws::Errors::CredentialSourceConflictError",
                    format!(
                        "Profile {} has a source_profile, and a credential_source. For assume role credentials, must provide only source_profile or credential_source, not both.",
                        profile.name()
                    ),
                ));
            }
            if visited.contains(&name) {
                let error = "Aws::Errors::SourceProfileCircularReferenceError";
                return Err(Failure::new(FailureCategory::Other, error, error));
            }
            let source = Profiles::new(scenario, name, self.blank);
            if !source.exists() {
                return Err(no_such_profile(scenario, name));
            }
            if source.get("aws_access_key_id").is_some() {
                return Ok(Some(First::Role { profile: name }));
            }
            if self.chains_roles && source.get("source_profile").is_some() {
                visited.push(name);
                profile = source;
                continue;
            }
            if source.config("web_identity_token_file").is_some() && source.config("role_arn").is_some() {
                return Ok(Some(First::Token));
            }
            return Err(Failure::new(
                FailureCategory::MissingCredentials,
                "Aws::Errors::NoSourceProfileError",
                format!(
                    "Profile {} has a role_arn, and source_profile, but the source_profile does not have credentials.",
                    profile.name()
                ),
            ));
        }
    }

    /// A role without `source_profile`: the client inside has the profile that every client has.
    fn without_source<'a>(
        &self,
        profile: &Profiles<'a>,
        own: &'a str,
    ) -> Result<Option<First<'a>>, Failure<'a>> {
        if let Some(kind) = profile.get("credential_source") {
            let known = matches!(kind.text, "Ec2InstanceMetadata" | "EcsContainer")
                || kind.text == "Environment" && self.environment_source;
            if known {
                return Ok(Some(First::Role { profile: own }));
            }
            return Err(Failure::new(
                FailureCategory::Other,
                "Aws::Errors::InvalidCredentialSourceError",
                format!("Unsupported credential_source: {}", kind.text),
            ));
        }
        if profile.get("role_arn").is_none() {
            return Ok(None);
        }
        Err(Failure::new(
            FailureCategory::MissingCredentials,
            "Aws::Errors::NoSourceProfileError",
            format!("Profile {} has a role_arn, but no source_profile.", profile.name()),
        ))
    }

    /// Whether the call can be signed: keys in the environment or in the profile, or those that the provider starts from.
    fn has_keys(&self, scenario: &Scenario, own: &Profiles<'_>) -> bool {
        if scenario.entry.is_web_identity() {
            return false;
        }
        scenario.entry == Entry::ProfileAssumeRole
            || !scenario.no_static
            || own.get("aws_access_key_id").is_some()
    }

    fn decide<'a>(
        &self,
        settings: &Settings<'a>,
        look: &mut Look<'a, '_>,
    ) -> Result<Decided<'a>, Failure<'a>> {
        let written = settings.region.map_or("", |region| region.text);
        let (mut fips, dual_stack) = (is_on(settings.fips), is_on(settings.dualstack));
        let legacy = settings.setting.is_some_and(|setting| setting.text == "legacy");
        let region = if self.variants && settings.endpoint_url.is_none() {
            let base = written.strip_prefix("fips-").or_else(|| written.strip_suffix("-fips"));
            if base.is_some() {
                look.note("a FIPS pseudo-region: FIPS is on");
                fips = true;
            }
            base.unwrap_or(written)
        } else {
            written
        };
        let presigner = if look.scenario.presign { self.presigner } else { Presigner::None };
        let presigned = presigner != Presigner::None;
        if presigned && settings.endpoint_url.is_some() {
            look.note("the presigner does not use the client's endpoint");
        }
        if let Some(url) = settings.endpoint_url.filter(|_| !presigned) {
            let scope = self.scope(region, legacy);
            let by_scheme = false;
            if self.rules && (fips || dual_stack) {
                let error = if fips { RuleError::FipsWithEndpoint } else { RuleError::DualStackWithEndpoint };
                return Err(Failure::new(
                    FailureCategory::UnsupportedVariant,
                    "ArgumentError",
                    error.message(),
                ));
            }
            return Ok(Decided {
                endpoint: given(url.text)?,
                signing_region: Cow::Borrowed(scope),
                by_scheme,
                by_setting: false,
            });
        }
        if settings.endpoint_url.is_none() {
            self.check_region(region)?;
        }
        let legacy = legacy && presigner != Presigner::Regional;
        let partition = self.vintage.partition_of(region);
        if dual_stack && !self.vintage.supports_dual_stack(partition) {
            let wanted = if fips { "dualstack, fips" } else { "dualstack" };
            return Err(Failure::new(
                FailureCategory::UnsupportedVariant,
                "ArgumentError",
                format!("{wanted} not supported for this region and partition."),
            ));
        }
        if self.rules {
            return self.by_rules(region, legacy, fips, dual_stack);
        }
        let decided = self.by_data(region, legacy, fips, dual_stack)?;
        // Before the rules, the presigner signs for the region, whatever the host is.
        let signing_region = if presigned { Cow::Borrowed(region) } else { decided.signing_region };
        Ok(Decided { signing_region, ..decided })
    }

    /// The endpoint data, before the rules (`aws-partitions/endpoint_provider.rb`).
    fn by_data<'a>(
        &self,
        region: &'a str,
        legacy: bool,
        fips: bool,
        dual_stack: bool,
    ) -> Result<Decided<'a>, Failure<'a>> {
        let partition = self.vintage.partition_of(region);
        let plain = !fips && !dual_stack;
        if plain && (region == "aws-global" || self.is_global(region, legacy)) {
            return Ok(Decided {
                endpoint: Endpoint::Global,
                signing_region: Cow::Borrowed("us-east-1"),
                by_scheme: false,
                by_setting: region != "aws-global",
            });
        }
        let suffix = if dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let listed = region.strip_suffix("-fips").filter(|base| LISTED_FIPS.contains(base));
        if let Some(base) = listed {
            // The data lists these pseudo-regions.
            return Ok(Decided::regional("sts-fips", base, suffix, base));
        }
        let plain_is_fips = partition.id == "aws-us-gov" && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        let scope = self.scope(region, legacy);
        if is_label(region) {
            return Ok(Decided::regional(service, region, suffix, scope));
        }
        let url = format!("https://{service}.{region}.{suffix}");
        Ok(Decided {
            endpoint: Endpoint::Given(Cow::Owned(on_the_wire(&url, FailureCategory::InvalidRegion)?)),
            signing_region: Cow::Borrowed(scope),
            by_scheme: false,
            by_setting: false,
        })
    }

    /// The generated rules (`aws-sdk-sts/lib/aws-sdk-sts/endpoint_provider.rb`).
    fn by_rules<'a>(
        &self,
        region: &'a str,
        legacy: bool,
        fips: bool,
        dual_stack: bool,
    ) -> Result<Decided<'a>, Failure<'a>> {
        let legacy = match self.legacy {
            Legacy::Documented => {
                legacy && self.vintage.partition_of(region).id == "aws" && !fips && !dual_stack
            }
            _ => legacy,
        };
        if legacy && self.legacy == Legacy::Documented {
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
            use_global_endpoint: legacy,
            vintage: self.vintage,
            ..Parameters::default()
        })
        .map_err(|error| {
            Failure::new(FailureCategory::UnsupportedVariant, "ArgumentError", error.message())
        })?;
        let by_setting = legacy && answer.endpoint.is_global() && region != "aws-global";
        Ok(Decided {
            by_scheme: answer.signing_region.is_some(),
            signing_region: Cow::Borrowed(answer.signing_region.unwrap_or(region)),
            endpoint: answer.endpoint,
            by_setting,
        })
    }

    /// Whether a region without variants goes to the global endpoint (before the rules).
    fn is_global(&self, region: &str, legacy: bool) -> bool {
        match self.legacy {
            Legacy::Data => {
                let own = matches!(region, "ap-east-1" | "me-south-1" | "ap-northeast-2")
                    || region.strip_suffix("-fips").is_some_and(|base| LISTED_FIPS.contains(&base));
                self.vintage.partition_of(region).id == "aws" && !own
            }
            // The documented rows go by the rules.
            Legacy::Listed | Legacy::Documented => legacy && rules::is_legacy_global(region),
        }
    }

    /// The credential scope's region, apart from the global endpoint and the rules.
    fn scope<'a>(&self, region: &'a str, legacy: bool) -> &'a str {
        let listed = self.scope_by_setting && legacy && rules::is_legacy_global(region);
        let clash = self.clashes_with_sts && region == "sts";
        let global = region == "aws-global" && !self.rules;
        if listed || clash || global { "us-east-1" } else { region }
    }

    /// `Seahorse::Util.host_label?` (3.99.0), only where no endpoint is given.
    fn check_region<'a>(&self, region: &str) -> Result<(), Failure<'a>> {
        let valid = match self.check {
            RegionCheck::None => true,
            RegionCheck::LabelWithLetter => is_label(region) && !region.bytes().all(|b| b.is_ascii_digit()),
            RegionCheck::Label => is_label(region),
        };
        if valid {
            return Ok(());
        }
        Err(Failure::new(FailureCategory::InvalidRegion, "Aws::Errors::InvalidRegionError", INVALID_REGION))
    }

    fn missing_region<'a>(&self) -> Failure<'a> {
        let message = if self.check == RegionCheck::None {
            "missing region; use :region option or export region name to ENV['AWS_REGION']"
        } else {
            "No region was provided. Configure the `:region` option or export the region name to ENV['AWS_REGION']"
        };
        Failure::new(FailureCategory::MissingRegion, "Aws::Errors::MissingRegionError", message)
    }
}

/// The message up to the list of regions that a release knows.
const INVALID_REGION: &str = "Invalid `:region` option was provided.\n\n* Not every service is available in every region.\n\n* Never suffix region names with availability zones.\n  Use \"us-east-1\", not \"us-east-1a\"\n\nKnown AWS regions i";

/// Pseudo-regions that the endpoint data lists.
const LISTED_FIPS: [&str; 4] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

/// Who calls STS first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First<'a> {
    /// A role, with a client of this profile.
    Role { profile: &'a str },
    /// A web identity, with an ordinary client (`assume_role_web_identity_credentials_from_config`).
    Token,
}

fn no_credentials<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingCredentials,
        "Aws::Errors::MissingCredentialsError",
        "unable to sign request without credentials set",
    )
}

/// `shared_config.rb` `validate_profile_exists`.
fn no_such_profile<'a>(scenario: &Scenario, name: &str) -> Failure<'a> {
    let path = |kind, unnamed| scenario.file(kind).and_then(ProfileFile::path).unwrap_or(unnamed);
    Failure::new(
        FailureCategory::ProfileNotFound,
        "Aws::Errors::NoSuchProfileError",
        format!(
            "Profile `{name}' not found in {} or {}",
            path(FileKind::Credentials, "$CREDENTIALS_FILE"),
            path(FileKind::Config, "$CONFIG_FILE")
        ),
    )
}

/// What was decided, and whether a rule's auth scheme names the signing region.
struct Decided<'a> {
    endpoint: Endpoint<'a>,
    signing_region: Cow<'a, str>,
    by_scheme: bool,
    by_setting: bool,
}

impl<'a> Decided<'a> {
    fn regional(service: &'static str, region: &'a str, suffix: &'static str, scope: &'a str) -> Self {
        Self {
            endpoint: Endpoint::Regional { service, region: Cow::Borrowed(region), suffix },
            signing_region: Cow::Borrowed(scope),
            by_scheme: false,
            by_setting: false,
        }
    }
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text == "true")
}

/// `/^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/`
fn is_label(region: &str) -> bool {
    (1..=63).contains(&region.len())
        && !region.starts_with('-')
        && !region.ends_with('-')
        && has_label_letters_only(region)
}

/// An endpoint override as it goes on the wire.
fn given<'a>(url: &'a str) -> Result<Endpoint<'a>, Failure<'a>> {
    let wire = on_the_wire(url, FailureCategory::InvalidEndpoint)?;
    let same = wire == url || wire.strip_suffix('/') == Some(url);
    Ok(if same { Endpoint::given(url) } else { Endpoint::Given(Cow::Owned(wire)) })
}

/// What `URI.parse` and Net::HTTP make of a URL.
fn on_the_wire<'a>(url: &str, category: FailureCategory) -> Result<String, Failure<'a>> {
    let bad = |message: String| Failure::new(category, "URI::InvalidURIError", message);
    if !url.is_ascii() {
        let mut shown = String::new();
        for c in url.chars() {
            // `String#dump`
            let _ = if c.is_ascii() { shown.write_char(c) } else { write!(shown, "\\u{:04X}", u32::from(c)) };
        }
        return Err(bad(format!("URI must be ascii only \"{shown}\"")));
    }
    if url.bytes().any(|b| {
        b <= b' ' || matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 127)
    }) {
        return Err(bad(format!("bad URI(is not URI?): {url:?}")));
    }
    let lower = url.to_ascii_lowercase();
    let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme)) else {
        return Err(Failure::new(
            category,
            "ArgumentError",
            "expected :endpoint to be a HTTP or HTTPS endpoint",
        ));
    };
    let rest = &url[scheme.len()..];
    let rest = rest.split('#').next().unwrap_or(rest);
    let slash = if rest.contains('/') { "" } else { "/" };
    Ok(format!("{scheme}{rest}{slash}"))
}
