//! Where Go V2 looks for region, variants and endpoint override, and how it reads profile files.

use crate::GoV2;
use alloc::format;
use sts_endpoint_core::profile::{Dialect, FileValue, Indented, InlineComments, Malformed, Section};
use sts_endpoint_core::{
    Accept, Chain, Failure, FailureCategory, FileKind, Look, Profile, ProfileFile, Scenario, Settings,
    Source, Sourced, Trace, Value, Verdict,
};

/// config/config.go `resolveRegion`, config/env_config.go: an empty variable is unset.
pub(crate) const REGION: Chain = Chain::new(
    Value::Region,
    &[Source::Variable("AWS_REGION"), Source::Variable("AWS_DEFAULT_REGION"), Source::Profile("region")],
);

const FIPS: Variant = Variant {
    value: Value::Fips,
    code: "EndpointOptions.UseFIPSEndpoint",
    variable: "AWS_USE_FIPS_ENDPOINT",
    key: "use_fips_endpoint",
};

const DUAL_STACK: Variant = Variant {
    value: Value::DualStack,
    code: "EndpointOptions.UseDualStackEndpoint",
    variable: "AWS_USE_DUALSTACK_ENDPOINT",
    key: "use_dualstack_endpoint",
};

/// Where a variant is switched on.
struct Variant {
    value: Value,
    code: &'static str,
    variable: &'static str,
    key: &'static str,
}

/// internal/ini: `#` and `;` start a comment behind white space; keys are folded; `[ default ]` is `[default]`.
static DIALECT: Dialect = Dialect {
    comment_starts: "#;",
    indented_comments: true,
    inline_comments: InlineComments::AfterSpace("#;"),
    indented: Indented::Nested,
    trim_headers: true,
    fold_keys: true,
    ..Dialect::PLAIN
};

/// The profile in use: its section in either file.
pub(crate) struct Profiles<'a> {
    credentials: Option<Section<'a>>,
    config: Option<Section<'a>>,
    file: Option<&'a ProfileFile>,
    services: bool,
}

impl<'a> Profile<'a> for Profiles<'a> {
    /// The credentials file is merged over the config file (config/shared_config.go `loadSharedConfig`).
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if key == SERVICE_ENDPOINT {
            return self.service_endpoint();
        }
        // `endpoint_url` of the credentials file is lost where the config file has the profile.
        let credentials = self.credentials.filter(|_| key != "endpoint_url" || self.config.is_none());
        let found = |section: Option<Section<'a>>| section?.get(key).filter(|value| !value.text.is_empty());
        found(credentials).or_else(|| found(self.config))
    }
}

/// Stands for the `endpoint_url` of `sts` in the profile's `services` section.
const SERVICE_ENDPOINT: &str = "services: sts: endpoint_url";

impl<'a> Profiles<'a> {
    fn service_endpoint(&self) -> Option<FileValue<'a>> {
        if !self.services {
            return None;
        }
        let name = self.get("services")?;
        Section::of_kind(self.file?, &DIALECT, "services", name.text)
            .nested("sts", "endpoint_url")
            .filter(|value| !value.text.is_empty())
    }

    fn exists(&self) -> bool {
        self.credentials.is_some() || self.config.is_some()
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// The section of a profile in the config file: `[profile x]`, and for the default profile `[default]` where there is no
/// `[profile default]` (config/shared_config.go `processConfigSections`).
fn config_section<'a>(file: &'a ProfileFile, name: &'a str) -> Option<Section<'a>> {
    let prefixed = Section::of_kind(file, &DIALECT, "profile", name);
    if prefixed.exists() {
        return Some(prefixed);
    }
    Some(Section::named(file, &DIALECT, name)).filter(|section| name == "default" && section.exists())
}

impl GoV2 {
    /// The profile in use (config/env_config.go: AWS_PROFILE, then AWS_DEFAULT_PROFILE).
    ///
    /// # Errors
    ///
    /// Where a file does not parse, or the profile has to exist and does not.
    pub(crate) fn profiles<'a>(
        &self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<Profiles<'a>, Failure<'a>> {
        const NAME: Chain = Chain::new(
            Value::Profile,
            &[Source::Variable("AWS_PROFILE"), Source::Variable("AWS_DEFAULT_PROFILE")],
        );
        let mut look = Look::new(scenario, &sts_endpoint_core::NoProfile, trace);
        let named = NAME.first(&mut look, Accept::NonEmpty);
        let name = named.map_or("default", |named| named.text);
        if self.strict_files {
            for file in [&scenario.credentials, &scenario.config].into_iter().flatten() {
                let unclosed = file.events(&DIALECT).any(|(_, event)| {
                    matches!(event, sts_endpoint_core::profile::Event::Malformed(Malformed::UnclosedHeader))
                });
                if unclosed {
                    let path = file.path().map_or_else(|| format!("$DIR/{}", file.kind()), Into::into);
                    return Err(Failure::new(
                        FailureCategory::ConfigParse,
                        "*ini.ParseError",
                        format!(
                            "failed to load shared config file, {path}, invalid state with ASTKind section_stmt and TokenType none"
                        ),
                    ));
                }
            }
        }
        let credentials = scenario
            .file(FileKind::Credentials)
            .and_then(|file| Some(Section::named(file, &DIALECT, name)).filter(|section| section.exists()));
        let config = scenario.file(FileKind::Config).and_then(|file| config_section(file, name));
        let profiles = Profiles {
            credentials,
            config,
            file: scenario.config.as_ref(),
            services: self.services_sections,
        };
        let asked_for = scenario.non_empty_variable("AWS_PROFILE").is_some();
        if self.profile_must_exist && asked_for && !profiles.exists() {
            return Err(Failure::new(
                FailureCategory::ProfileNotFound,
                "config.SharedConfigProfileNotExistError",
                format!("failed to get shared config profile, {name}"),
            ));
        }
        Ok(profiles)
    }

    /// config/env_config.go `setBoolPtrFromEnvVal`, `setUseDualStackEndpointFromEnvVal`: true and false in any case; an
    /// empty variable is unset; anything else stops the loading.
    ///
    /// # Errors
    ///
    /// Where a variable is neither.
    pub(crate) fn check_flags<'a>(
        &self,
        scenario: &'a Scenario,
        trace: &mut dyn Trace,
    ) -> Result<(), Failure<'a>> {
        let ignore =
            (Value::IgnoreEndpointUrls, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", self.configured_endpoints);
        let variants = [
            (DUAL_STACK.value, DUAL_STACK.variable, self.variants),
            (FIPS.value, FIPS.variable, self.variants),
            ignore,
        ];
        for (value, name, known) in variants {
            let Some(text) = scenario.non_empty_variable(name).filter(|_| known) else { continue };
            if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
                continue;
            }
            let mut look = Look::new(scenario, &sts_endpoint_core::NoProfile, trace);
            let found = look.at(value, Source::Variable(name));
            look.tell(value, Source::Variable(name), found, Verdict::Refused("neither true nor false"));
            return Err(Failure::new(
                FailureCategory::InvalidSetting,
                "*errors.errorString",
                format!("invalid value for environment variable, {name}={text}, need true, false"),
            ));
        }
        Ok(())
    }

    pub(crate) fn fips<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        self.variant(look, &FIPS)
    }

    pub(crate) fn dual_stack<'a>(&self, look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
        self.variant(look, &DUAL_STACK)
    }

    /// Code, variable, profile; a profile's text that is no boolean counts as unset.
    fn variant<'a>(&self, look: &mut Look<'a, '_>, variant: &Variant) -> Option<Sourced<'a>> {
        if !self.variants {
            return None;
        }
        let is_client = look.scenario.entry == sts_endpoint_core::Entry::Client;
        let sources =
            [Source::Code(variant.code), Source::Variable(variant.variable), Source::Profile(variant.key)];
        for source in sources {
            if matches!(source, Source::Code(_)) && !is_client {
                continue;
            }
            let found = look.at(variant.value, source);
            let boolean = found.filter(|found| {
                found.text.eq_ignore_ascii_case("true") || found.text.eq_ignore_ascii_case("false")
            });
            let verdict = match (found, boolean) {
                (None, _) => Verdict::Absent,
                (_, Some(_)) => Verdict::Used,
                _ => Verdict::Ignored("neither true nor false"),
            };
            look.tell(variant.value, source, found, verdict);
            if boolean.is_some() {
                return boolean;
            }
        }
        None
    }

    /// The endpoint override (service/sts/api_client.go `resolveBaseEndpoint`, config/resolve.go `resolveBaseEndpoint`).
    /// The internal clients of credential providers are built before AWS_ENDPOINT_URL and `endpoint_url` are looked at.
    pub(crate) fn endpoint<'a>(&self, look: &mut Look<'a, '_>, internal: bool) -> Option<Sourced<'a>> {
        let code = (!internal).then(|| {
            const CODE: Chain = Chain::new(Value::EndpointUrl, &[Source::Code("BaseEndpoint")]);
            CODE.first(look, Accept::NonEmpty)
        });
        if let Some(Some(code)) = code {
            return Some(code);
        }
        if !self.configured_endpoints || self.ignores_configured(look) {
            return None;
        }
        let scenario = look.scenario;
        // os.LookupEnv: an empty variable is there.
        let general_alone = scenario.variable("AWS_ENDPOINT_URL").is_some()
            && scenario.variable("AWS_ENDPOINT_URL_STS").is_none();
        if !general_alone {
            const SERVICE: Chain = Chain::new(
                Value::EndpointUrl,
                &[Source::Variable("AWS_ENDPOINT_URL_STS"), Source::Profile(SERVICE_ENDPOINT)],
            );
            if let Some(found) = SERVICE.first(look, Accept::NonEmpty) {
                return Some(found);
            }
        }
        if internal {
            look.note(
                "the client inside the provider is built before AWS_ENDPOINT_URL and endpoint_url are read",
            );
            return None;
        }
        const GENERAL: Chain = Chain::new(
            Value::EndpointUrl,
            &[Source::Variable("AWS_ENDPOINT_URL"), Source::Profile("endpoint_url")],
        );
        GENERAL.first(look, Accept::NonEmpty)
    }

    fn ignores_configured(&self, look: &mut Look<'_, '_>) -> bool {
        const IGNORE: Chain = Chain::new(
            Value::IgnoreEndpointUrls,
            &[
                Source::Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
                Source::Profile("ignore_configured_endpoint_urls"),
            ],
        );
        IGNORE.first(look, Accept::NonEmpty).is_some_and(|found| found.text.eq_ignore_ascii_case("true"))
    }
}

/// The settings found so far, for a failure.
pub(crate) fn with_region<'a>(failure: Failure<'a>, region: Option<Sourced<'a>>) -> Failure<'a> {
    failure.with_settings(Settings { region, ..Settings::default() })
}
