//! Settings -> outcome.

use crate::sources::{is_value, loads_config, no_such_file, profile_name, refused};
use crate::url::on_the_wire;
use crate::{JsV2, Regional, Setting, WebIdentity};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use sts_endpoint_core::label::has_label_letters_only;
use sts_endpoint_core::partition::surely_commercial;
use sts_endpoint_core::{
    Behaviour, Chain, Decision, Endpoint, Entry, Failure, FailureCategory, FileKind, Look, NoProfile,
    Operation, Origin, Outcome, Partition, Resolution, Scenario, Settings, Source, Sourced, Trace, Value,
    Verdict,
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

impl Behaviour for JsV2 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let mut look = Look::new(scenario, &NoProfile, trace);
        // The region is looked for while the module loads: what fails there fails before anything else.
        let loaded = match self.loaded_region(&mut look) {
            Ok(loaded) => loaded,
            Err(failure) => return failure.into(),
        };
        let code = &scenario.code;
        let inapplicable = if self.setting == Setting::Unknown && code.sts_regional_endpoints.is_some() {
            Some("no stsRegionalEndpoints option in code")
        } else if !self.fips && code.use_fips.is_some() {
            Some("no useFipsEndpoint option in code")
        } else if !self.dual_stack && code.use_dualstack.is_some() {
            Some("no useDualstackEndpoint option in code")
        } else {
            None
        };
        if let Some(why) = inapplicable {
            return Outcome::NotApplicable(Cow::Borrowed(why));
        }
        if !self.access_key_info && scenario.wire_operation() == Operation::GetAccessKeyInfo {
            return Outcome::NotApplicable(Cow::Borrowed("no such operation"));
        }
        if self.web_identity == WebIdentity::None && scenario.entry.is_web_identity() {
            return Outcome::NotApplicable(Cow::Borrowed(
                "no web identity token file provider in this release",
            ));
        }
        self.request(loaded, &mut look).into()
    }
}

impl JsV2 {
    fn request<'a>(
        &'a self,
        loaded: Option<Sourced<'a>>,
        look: &mut Look<'a, '_>,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let scenario = look.scenario;
        if scenario.entry != Entry::Client && !scenario.alone {
            self.outer_client(in_code(look).or(loaded), scenario)?;
        }
        let region = match scenario.entry {
            Entry::Client => in_code(look).or(loaded),
            Entry::ProfileAssumeRole => self.role_region(loaded, look)?,
            // The client inside the token file provider sees the global configuration, and nothing of the client around it.
            _ if self.web_identity == WebIdentity::First => return Err(self.first_token_provider(scenario)),
            entry => {
                if entry == Entry::WebIdentityProfile {
                    self.token_of_profile(scenario)?;
                }
                // Alone, it takes a client configuration of its own.
                if scenario.alone { in_code(look).or(loaded) } else { loaded }
            }
        };
        let answered = self.answer(region.filter(|region| !region.text.is_empty()), look);
        match (scenario.entry, answered) {
            // The default chain hides what its provider says.
            (Entry::WebIdentityEnv | Entry::WebIdentityProfile, Err(failure)) if !scenario.alone => {
                look.note("the credential chain hides the provider's error");
                Err(no_credentials().with_settings(*failure.settings))
            }
            (_, answered) => answered,
        }
    }

    /// The client around the credential chain, an STS client too. Up to 2.580.0 it looks at setting and region when it is made,
    /// before it asks for credentials (lib/services/sts.js `validateService`); later, when it sends.
    fn outer_client<'a>(
        &self,
        region: Option<Sourced<'a>>,
        scenario: &'a Scenario,
    ) -> Result<(), Failure<'a>> {
        if self.setting != Setting::LastWins {
            return Ok(());
        }
        let in_code = scenario.code.sts_regional_endpoints.as_deref();
        if let Some(text) = in_code.filter(|text| !is_value(text)) {
            return Err(refused(Source::Code("stsRegionalEndpoints"), text));
        }
        let found = self.setting(&mut Look::new(scenario, &NoProfile, &mut ()))?;
        let found = found.filter(|found| !matches!(found.origin, Origin::Default(_))).map(|found| found.text);
        let regional = found.or(in_code).is_some_and(|text| text.eq_ignore_ascii_case("regional"));
        if regional && region.is_none_or(|region| region.text.is_empty()) {
            return Err(missing_region());
        }
        Ok(())
    }

    /// The first token file provider knows other variables (`AWS_IAM_ROLE_ARN`), and so looks for every token in the profile: the
    /// config file is read first (2.517.0: lib/credentials/token_file_web_identity_credentials.js `load`, util.js
    /// `getProfilesFromSharedConfig`). The chain does not say what became of it.
    fn first_token_provider<'a>(&self, scenario: &'a Scenario) -> Failure<'a> {
        if !scenario.alone {
            return no_credentials();
        }
        if loads_config(scenario) && scenario.config.is_none() {
            return no_such_file(FileKind::Config);
        }
        if scenario.credentials.is_none() {
            return no_such_file(FileKind::Credentials);
        }
        no_credentials()
    }

    /// A provider that reads profiles wants the files to be there (util.js `getProfilesFromSharedConfig`).
    fn files_are_there<'a>(&self, scenario: &Scenario) -> Result<(), Failure<'a>> {
        if scenario.credentials.is_none() && !self.provider_tolerates_missing_credentials {
            return Err(no_such_file(FileKind::Credentials));
        }
        if loads_config(scenario) && scenario.config.is_none() {
            return Err(no_such_file(FileKind::Config));
        }
        Ok(())
    }

    /// Whether the profile leads to a token: its source profiles are followed to the first that has one
    /// (lib/credentials/token_file_web_identity_credentials.js `getParamsFromSharedConfig`).
    fn token_of_profile<'a>(&self, scenario: &'a Scenario) -> Result<(), Failure<'a>> {
        let first = profile_name(scenario);
        let refused = |category, code: &'static str, message| match scenario.alone {
            true => Failure::new(category, code, message),
            false => no_credentials(),
        };
        self.files_are_there(scenario).map_err(|failure| match scenario.alone {
            true => failure,
            false => no_credentials(),
        })?;
        if !self.has_profile(scenario, first) {
            return Err(refused(
                FailureCategory::ProfileNotFound,
                "TokenFileWebIdentityCredentialsProviderFailure",
                format!("Profile {first} not found"),
            ));
        }
        let (mut profile, mut visited) = (first, Vec::new());
        let get = |profile, key| self.merged(scenario, profile, key);
        while get(profile, "web_identity_token_file").is_none() {
            visited.push(profile);
            match get(profile, "source_profile") {
                Some(source) if !visited.contains(&source.text) => profile = source.text,
                // `fs.readFileSync(undefined)`
                _ => {
                    return Err(refused(
                        FailureCategory::Other,
                        "ERR_INVALID_ARG_TYPE",
                        String::from(
                            "The \"path\" argument must be of type string or an instance of Buffer or URL. Received undefined",
                        ),
                    ));
                }
            }
        }
        if get(profile, "role_arn").is_none() {
            return Err(refused(
                FailureCategory::Other,
                "MissingRequiredParameter",
                String::from("Missing required key 'RoleArn' in params"),
            ));
        }
        Ok(())
    }

    /// The profile whose role is assumed first. The provider of a role profile makes one for its source profile, which sends
    /// its own call at once: the first request is that of the last role in the chain
    /// (lib/credentials/shared_ini_file_credentials.js).
    ///
    /// # Errors
    ///
    /// The provider's own errors for the first profile. Those further down reach the caller as missing credentials, but for
    /// profiles that name each other: these end the process.
    fn first_role<'a>(&self, scenario: &'a Scenario) -> Result<&'a str, Failure<'a>> {
        let mut profile = profile_name(scenario);
        let mut visited = Vec::new();
        loop {
            let refused = |category, message| match visited.is_empty() {
                true => Failure::new(category, "SharedIniFileCredentialsProviderFailure", message),
                false => no_source_credentials(),
            };
            let get = |profile, key| self.merged(scenario, profile, key);
            if !self.has_profile(scenario, profile) {
                return Err(refused(
                    FailureCategory::ProfileNotFound,
                    format!("Profile {profile} not found"),
                ));
            }
            let Some(source) = get(profile, "source_profile") else {
                // No release knows credential_source.
                return Err(refused(
                    FailureCategory::Other,
                    format!("source_profile is not set using profile {profile}"),
                ));
            };
            if !self.has_profile(scenario, source.text) {
                return Err(refused(
                    FailureCategory::Other,
                    format!("source_profile {} using profile {profile} does not exist", source.text),
                ));
            }
            // `preferStaticCredentials`: in a source profile, keys come before a role.
            let has_keys = ["aws_access_key_id", "aws_secret_access_key"]
                .iter()
                .all(|key| get(source.text, key).is_some());
            if has_keys {
                return Ok(profile);
            }
            visited.push(profile);
            if get(source.text, "role_arn").is_none() {
                return Err(no_source_credentials());
            }
            if visited.contains(&source.text) {
                return Err(never_ends());
            }
            profile = source.text;
        }
    }

    /// The region of the client inside the provider of a role profile.
    fn role_region<'a>(
        &self,
        loaded: Option<Sourced<'a>>,
        look: &mut Look<'a, '_>,
    ) -> Result<Option<Sourced<'a>>, Failure<'a>> {
        let scenario = look.scenario;
        self.files_are_there(scenario)?;
        let profile = self.first_role(scenario)?;
        if !self.merges_profiles {
            return Ok(loaded);
        }
        let own = self.merged(scenario, profile, "region").map(Sourced::file);
        look.tell(
            Value::Region,
            Source::Profile("region"),
            own,
            if own.is_some() { Verdict::Used } else { Verdict::Absent },
        );
        look.note("a role profile's client takes the profile's own region, else us-east-1 (2.758.0)");
        Ok(Some(own.unwrap_or(Sourced::rule("us-east-1", "us-east-1 of the role profile's provider"))))
    }

    fn answer<'a>(
        &self,
        written: Option<Sourced<'a>>,
        look: &mut Look<'a, '_>,
    ) -> Result<Resolution<'a>, Failure<'a>> {
        let scenario = look.scenario;
        let setting = self.setting(look)?;
        let is_client = scenario.entry == Entry::Client;
        let endpoint_url = is_client
            .then(|| look.at(Value::EndpointUrl, Source::Code("endpoint")))
            .flatten()
            .filter(|url| !url.text.is_empty());
        let (region, pseudo_fips) = self.real_region(written, look);
        let settings = Settings {
            region,
            setting,
            fips: if self.fips { self.variant(look, &FIPS) } else { None },
            dualstack: if self.dual_stack { self.variant(look, &DUAL_STACK) } else { None },
            endpoint_url,
        };
        let unsigned = scenario.wire_operation().needs_no_signature();
        let fips = pseudo_fips || is_on(settings.fips);
        self.decide(&settings, fips, look)
            .map(|decision| Resolution::of(decision.unsigned_if(unsigned), settings))
            .map_err(|failure| failure.with_settings(settings))
    }

    /// Regions that stand for others (lib/region/utils.js): FIPS pseudo-regions, and the global pseudo-regions.
    fn real_region<'a>(
        &self,
        written: Option<Sourced<'a>>,
        look: &mut Look<'a, '_>,
    ) -> (Option<Sourced<'a>>, bool) {
        let Some(written) = written else { return (None, false) };
        let text = written.text;
        if self.documented && text == "aws-global" {
            return (Some(written), false);
        }
        let rewritten = |text| Some(Sourced { text, origin: written.origin });
        if self.fips {
            match text {
                "fips-aws-global" | "aws-fips" => return (rewritten("us-east-1"), true),
                "aws-global" => {
                    look.note("aws-global stands for us-east-1");
                    return (rewritten("us-east-1"), false);
                }
                "fips-aws-us-gov-global" => return (rewritten("us-gov-west-1"), true),
                "aws-us-gov-global" => return (rewritten("us-gov-west-1"), false),
                _ => {}
            }
        }
        if !self.pseudo_regions {
            return (Some(written), false);
        }
        let rest = text.strip_prefix("fips-");
        let behind =
            rest.map(|rest| rest.strip_prefix("dkr-").or_else(|| rest.strip_prefix("prod-")).unwrap_or(rest));
        match behind.or_else(|| text.strip_suffix("-fips")) {
            Some(real) => {
                look.note("a FIPS pseudo-region");
                (rewritten(real), true)
            }
            None => (Some(written), false),
        }
    }

    fn decide<'a>(
        &self,
        settings: &Settings<'a>,
        fips: bool,
        look: &mut Look<'a, '_>,
    ) -> Result<Decision<'a>, Failure<'a>> {
        let legacy = settings.setting.is_none_or(|setting| setting.text.eq_ignore_ascii_case("legacy"));
        let dual_stack = is_on(settings.dualstack);
        let region = settings.region.map(|region| region.text);
        let special = region.and_then(|region| self.special_suffix(region));
        let is_global = special.is_none();
        if let Some(url) = settings.endpoint_url {
            let Some(region) = region else { return Err(missing_region()) };
            let inserted = self.regional == Regional::Inserted && !legacy && is_global;
            let url = if inserted {
                look.note("regional: the region is put into the endpoint's text (up to 2.580.0)");
                Cow::Owned(inserted_region(url.text, region))
            } else {
                Cow::Borrowed(url.text)
            };
            let wire = on_the_wire(&url);
            let plain = wire == *url || wire.strip_suffix('/') == Some(&url);
            let endpoint = match url {
                Cow::Borrowed(url) if plain => Endpoint::given(url),
                _ => Endpoint::Given(Cow::Owned(wire)),
            };
            return Ok(Decision::new(endpoint, region));
        }
        if fips || dual_stack {
            let Some(region) = region else { return Err(missing_region()) };
            return self.variant_host(region, fips, dual_stack, special);
        }
        if let (Some(region), Some(suffix)) = (region, special) {
            self.checked(region)?;
            return Ok(regional_host("sts", region, suffix));
        }
        if legacy || self.documented && matches!(region, None | Some("aws-global")) {
            look.note("the rule for sts is the global endpoint (lib/region_config_data.json, */sts)");
            let by = settings.setting.unwrap_or(Sourced::rule("global", "the rule */sts"));
            return Ok(Decision::new(Endpoint::Global, "us-east-1").decided_by(by));
        }
        let Some(region) = region else { return Err(missing_region()) };
        match self.regional {
            Regional::Broken => {
                look.note("the URL's text becomes the host's name (2.581.0 to 2.584.0)");
                // lib/signers/presign.js parses that text once more: `https` is the host, without its port.
                let colon = if look.scenario.presign { "" } else { ":" };
                let url = format!("https://https{colon}//sts.{region}.amazonaws.com/");
                Ok(Decision::new(Endpoint::Given(Cow::Owned(url)), region))
            }
            Regional::Inserted | Regional::Repaired => Ok(regional_host("sts", region, "amazonaws.com")),
        }
    }

    /// The suffix of a region that has a rule of its own: by its prefix, which is the region without its last two parts.
    fn special_suffix(&self, region: &str) -> Option<&'static str> {
        if surely_commercial(region) {
            return None;
        }
        let mut parts = region.rsplitn(3, '-');
        let (Some(_), Some(_), Some(prefix)) = (parts.next(), parts.next(), parts.next()) else {
            return None;
        };
        let id = match prefix {
            "cn" => "aws-cn",
            "us-gov" => "aws-us-gov",
            "us-iso" if self.iso => "aws-iso",
            "us-isob" if self.iso => "aws-iso-b",
            "eu-isoe" if self.iso_e => "aws-iso-e",
            "us-isof" if self.iso_f => "aws-iso-f",
            "eusc-de" if self.documented => "aws-eusc",
            _ => return None,
        };
        Partition::named(id).map(|partition| partition.dns_suffix)
    }

    fn checked<'a>(&self, region: &str) -> Result<(), Failure<'a>> {
        if self.checks_region && !is_dns_label(region) {
            return Err(Failure::new(
                FailureCategory::InvalidRegion,
                "ConfigError",
                "Invalid region in config",
            ));
        }
        Ok(())
    }

    fn variant_host<'a>(
        &self,
        region: &'a str,
        fips: bool,
        dual_stack: bool,
        special: Option<&'static str>,
    ) -> Result<Decision<'a>, Failure<'a>> {
        self.checked(region)?;
        let is_china = region.starts_with("cn-");
        let suffix = match (dual_stack, is_china) {
            (true, true) => "api.amazonwebservices.com.cn",
            (true, false) => "api.aws",
            (false, _) => special.unwrap_or("amazonaws.com"),
        };
        let plain_is_fips = region.starts_with("us-gov-") && !dual_stack;
        let service = if fips && !plain_is_fips { "sts-fips" } else { "sts" };
        Ok(regional_host(service, region, suffix))
    }
}

/// The region given to the client's constructor; an empty text counts as none.
fn in_code<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    let source = Source::Code("region");
    let found = look.at(Value::Region, source);
    let verdict = match found {
        None => Verdict::Absent,
        Some(found) if found.text.is_empty() => Verdict::Empty,
        Some(_) => Verdict::Used,
    };
    look.tell(Value::Region, source, found, verdict);
    found.filter(|found| !found.text.is_empty())
}

fn regional_host<'a>(service: &'static str, region: &'a str, suffix: &'static str) -> Decision<'a> {
    let plain = region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let endpoint = if plain {
        Endpoint::Regional { service, region: Cow::Borrowed(region), suffix }
    } else {
        Endpoint::Given(Cow::Owned(on_the_wire(&format!("https://{service}.{region}.{suffix}"))))
    };
    Decision::new(endpoint, region)
}

/// `endpoint.substring(0, insertPoint) + '.' + region + endpoint.substring(insertPoint)`: with no `.amazonaws.com` in it, the
/// region comes first.
fn inserted_region(url: &str, region: &str) -> alloc::string::String {
    match url.find(".amazonaws.com") {
        Some(at) => format!("{}.{region}{}", &url[..at], &url[at..]),
        None => format!(".{region}{url}"),
    }
}

fn is_on(flag: Option<Sourced<'_>>) -> bool {
    flag.is_some_and(|flag| flag.text == "true")
}

/// `/^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])$/`
fn is_dns_label(region: &str) -> bool {
    let outer = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    region.len() <= 63
        && outer(region.bytes().next())
        && outer(region.bytes().last())
        && has_label_letters_only(region)
}

fn missing_region<'a>() -> Failure<'a> {
    Failure::new(FailureCategory::MissingRegion, "ConfigError", "Missing region in config")
}

/// Role profiles that name each other: each provider makes one for its source profile, without a look at those passed
/// (lib/credentials/shared_ini_file_credentials.js `loadRoleProfile`), until Node ends the process. Run at 2.757.0 and 2.1693.0; Node's words
/// before the dash vary with what it was doing.
fn never_ends<'a>() -> Failure<'a> {
    Failure::new(FailureCategory::Other, "FATAL ERROR", "Allocation failed - process out of memory")
}

/// What a request says whose credentials cannot be loaded.
fn no_source_credentials<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingCredentials,
        "CredentialsError",
        "Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1",
    )
}

fn no_credentials<'a>() -> Failure<'a> {
    Failure::new(
        FailureCategory::MissingCredentials,
        "CredentialsError",
        "Could not load credentials from any providers",
    )
}

#[cfg(test)]
mod tests {
    use crate::HISTORY;
    use sts_endpoint_core::{Entry, FailureCategory, FileKind, Outcome, ResolutionPolicy, Scenario};

    #[test]
    fn role_profiles_that_name_each_other_end_the_process() {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_SDK_LOAD_CONFIG", "1")
            .with_variable("AWS_PROFILE", "a")
            .with_file(
                FileKind::Config,
                "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n",
            );
        let policy = HISTORY.latest();
        let Outcome::Error(failure) = policy.resolve(&scenario) else { panic!("it never ends") };
        assert_eq!(failure.category, FailureCategory::Other);
        assert_eq!(failure.error_type, "FATAL ERROR");
    }
}
