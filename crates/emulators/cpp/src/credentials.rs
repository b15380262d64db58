//! Who calls STS before the client does: the default credential chain, and the provider of a profile's role.
//!
//! Sources: `aws-cpp-sdk-core/source/auth/AWSCredentialsProviderChain.cpp` (environment, profile, process, web identity),
//! `source/auth/STSCredentialsProvider.cpp`, `aws-cpp-sdk-identity-management/source/auth/STSProfileCredentialsProvider.cpp`;
//! aws-c-auth `source/credentials_provider_profile.c`, `source/credentials_provider_sts.c`,
//! `source/credentials_provider_sts_web_identity.c`.

use crate::sources::{Runtime, Selected};
use crate::{CppSdk, ProfileRole, WebIdentity};
use sts_endpoint_core::profile::FileValue;
use sts_endpoint_core::{Entry, Look, Profile, Scenario};

/// Where credentials come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Credentials<'a> {
    /// From somewhere that is not STS.
    AtHand,
    /// `AssumeRole` through an ordinary client that nobody configured.
    RoleOfClient,
    /// `AssumeRole` through the common runtime, for this profile.
    RoleOfRuntime(Runtime<'a>),
    /// `AssumeRoleWithWebIdentity` through core's own client.
    WebIdentityOfCore,
    /// `AssumeRoleWithWebIdentity` through the common runtime, for the client whose chain it is.
    WebIdentityOfRuntime,
    /// The same, for this profile.
    WebIdentityOfProfile(Runtime<'a>),
    /// From nowhere.
    None,
}

impl CppSdk {
    /// The default chain.
    pub(crate) fn chain<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Credentials<'a> {
        let scenario = look.scenario;
        if keys_in_environment(scenario) {
            look.note("credentials from the environment: the chain asks nobody else");
            return Credentials::AtHand;
        }
        match self.profile_step(scenario, profile) {
            Credentials::None => {}
            found => return found,
        }
        let variable =
            |name| scenario.entry == Entry::WebIdentityEnv || scenario.non_empty_variable(name).is_some();
        let (role, token) = (variable("AWS_ROLE_ARN"), variable("AWS_WEB_IDENTITY_TOKEN_FILE"));
        let filled = |value: Option<FileValue<'_>>| value.is_some_and(|value| !value.text.is_empty());
        match self.web_identity {
            WebIdentity::Core => {
                // one of them missing in the environment: both from the profile
                let in_profile =
                    || filled(profile.field("role_arn")) && filled(profile.get("web_identity_token_file"));
                if (role && token) || in_profile() {
                    Credentials::WebIdentityOfCore
                } else {
                    Credentials::None
                }
            }
            WebIdentity::CommonRuntime { .. } => {
                // what core hands over, and what the runtime finds where core has nothing
                let runtime = Runtime::of_web_identity(scenario);
                let either = |core, key| filled(core) || filled(runtime.get(key));
                if (role || either(profile.field("role_arn"), "role_arn"))
                    && (token || either(profile.get("web_identity_token_file"), "web_identity_token_file"))
                {
                    Credentials::WebIdentityOfRuntime
                } else {
                    Credentials::None
                }
            }
        }
    }

    /// The chain's profile provider.
    fn profile_step<'a>(&self, scenario: &'a Scenario, profile: Selected<'a>) -> Credentials<'a> {
        if !self.keys_in_config_file {
            return if profile.has_keys() { Credentials::AtHand } else { Credentials::None };
        }
        self.runtime_profile(scenario, Runtime::new(scenario, profile.name))
    }

    /// The common runtime's profile provider. Before it knew roles it was built without the means to call STS: a profile
    /// with `role_arn` gives nothing then, its keys included.
    ///
    /// aws-c-auth `source/credentials_provider_profile.c` `s_credentials_provider_new_profile_internal`
    fn runtime_profile<'a>(&self, scenario: &'a Scenario, first: Runtime<'a>) -> Credentials<'a> {
        let mut here = first;
        // the profile whose role is assumed first
        let mut role = None;
        let mut steps = 0_u32;
        loop {
            // a profile that is not there has neither keys nor a role
            let mentions_keys = here.mentions_keys();
            if steps > 0 && here.name == first.name && (steps > 1 || !mentions_keys) {
                return Credentials::None;
            }
            let has_role = here.get("role_arn").is_some();
            if !has_role || (steps > 0 && mentions_keys) {
                return match role {
                    _ if !here.has_keys() => Credentials::None,
                    None => Credentials::AtHand,
                    Some(role) => Credentials::RoleOfRuntime(role),
                };
            }
            if self.profile_role != ProfileRole::CommonRuntime {
                return Credentials::None;
            }
            // the first profile's provider reads the config file anew, the others are handed both files
            let reader = if steps == 0 { here.of_config_file() } else { here };
            if let Some(source) = here.get("source_profile") {
                // a loop that does not come back to the first profile
                if steps > 64 {
                    return Credentials::None;
                }
                role = Some(reader);
                here = here.named(source.text);
                steps += 1;
                continue;
            }
            if let Some(source) = here.get("credential_source") {
                let from_environment = source.text.eq_ignore_ascii_case("Environment");
                // a profile entry means that the environment has keys for it to find
                let keys = scenario.entry == Entry::ProfileAssumeRole || keys_in_environment(scenario);
                return if from_environment && keys {
                    Credentials::RoleOfRuntime(reader)
                } else {
                    Credentials::None
                };
            }
            return if here.get("web_identity_token_file").is_some() {
                Credentials::WebIdentityOfProfile(here)
            } else {
                Credentials::None
            };
        }
    }

    /// Whether a provider of the common runtime ends the process when it is built. A client builds all of its chain.
    pub(crate) fn ends_the_process(&self, scenario: &Scenario, profile: Selected<'_>) -> bool {
        if scenario.config.is_none() || self.web_identity == WebIdentity::Core {
            return false;
        }
        let variables = ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"];
        if variables.iter().any(|variable| scenario.non_empty_variable(variable).is_some()) {
            return false;
        }
        let first = Runtime::new(scenario, profile.name);
        if self.profile_role == ProfileRole::CommonRuntime
            && matches!(
                self.runtime_profile(scenario, first),
                Credentials::RoleOfRuntime(runtime) | Credentials::WebIdentityOfProfile(runtime)
                    if runtime.ends_the_process()
            )
        {
            return true;
        }
        if scenario.entry == Entry::ProfileAssumeRole {
            return false;
        }
        // the web identity provider looks into the profile for what it is not told
        let told = |variable, value: Option<FileValue<'_>>| {
            scenario.entry == Entry::WebIdentityEnv
                || scenario.non_empty_variable(variable).is_some()
                || value.is_some_and(|value| !value.text.is_empty())
        };
        let told = told("AWS_ROLE_ARN", profile.field("role_arn"))
            && told("AWS_WEB_IDENTITY_TOKEN_FILE", profile.get("web_identity_token_file"));
        !told && Runtime::of_web_identity(scenario).ends_the_process()
    }

    /// The provider of a profile's role, by itself.
    pub(crate) fn role<'a>(&self, look: &mut Look<'a, '_>, profile: Selected<'a>) -> Credentials<'a> {
        let found = match self.profile_role {
            ProfileRole::CommonRuntime => {
                self.runtime_profile(look.scenario, Runtime::new(look.scenario, profile.name))
            }
            ProfileRole::IdentityManagement if source_of_role(profile) => Credentials::RoleOfClient,
            _ => Credentials::None,
        };
        match found {
            // keys alone: nobody is called
            Credentials::AtHand => Credentials::None,
            found => found,
        }
    }
}

fn keys_in_environment(scenario: &Scenario) -> bool {
    if scenario.entry == Entry::Client && !scenario.no_static {
        return true;
    }
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        .iter()
        .all(|variable| scenario.non_empty_variable(variable).is_some())
}

/// `CheckProfile`: what a profile is, by what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Static,
    Process,
    SourceProfile,
    SelfReferencing,
    Invalid,
}

fn state(profile: Selected<'_>, name: &str, top: bool) -> State {
    let filled = |key| profile.field_of(name, key).filter(|value| !value.text.is_empty());
    let source = filled("source_profile");
    let holds = (
        filled("role_arn").is_some(),
        source.is_some(),
        filled("credential_process").is_some(),
        profile.has_keys_named(name),
    );
    match holds {
        (false, false, false, true) => State::Static,
        (false, false, true, false) => State::Process,
        (true, true, false, false) => State::SourceProfile,
        (true, true, false, true) if source.is_some_and(|source| source.text == name) => {
            State::SelfReferencing
        }
        (true, true, false, true) if top => State::SourceProfile,
        (true, true, false, true) => State::Static,
        _ => State::Invalid,
    }
}

/// `STSProfileCredentialsProvider::Reload`: whether the chain of source profiles ends in credentials.
fn source_of_role(profile: Selected<'_>) -> bool {
    match state(profile, profile.name, true) {
        State::SelfReferencing => return true,
        State::SourceProfile => {}
        _ => return false,
    }
    let source = |name| profile.field_of(name, "source_profile").map(|source| source.text);
    let mut name = profile.name;
    // every profile but the first may be met once: a chain longer than the file has lines runs in a circle
    for _ in 0..profile.lines() {
        let Some(next) = source(name) else { return false };
        if next == profile.name {
            // the first profile's own keys were dropped: back there means in a circle
            return false;
        }
        match state(profile, next, false) {
            State::Static | State::Process | State::SelfReferencing => return true,
            State::Invalid => return false,
            State::SourceProfile => name = next,
        }
    }
    false
}
