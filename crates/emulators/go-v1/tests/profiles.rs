//! What the profile files hold besides a region: roles, keys, processes, switches.

use sts_endpoint_core::scenario::Construction;
use sts_endpoint_core::{Entry, FileKind, Operation, Release, ResolutionPolicy, Scenario};
use sts_endpoint_go_v1::HISTORY;

fn said(release: &str, scenario: &Scenario) -> String {
    let (policy, _) = HISTORY.policy_at(release.parse::<Release>().unwrap()).unwrap();
    policy.resolve(scenario).to_string()
}

const NO_KEYS: &str = "missing-credentials: NoCredentialProviders: NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors";
const NO_CALL: &str = "other: none: no STS request was made and no error was returned";
const SIGNED: &str = "https://sts.us-west-2.amazonaws.com/ signed for us-west-2";
const GLOBAL: &str = "https://sts.amazonaws.com/ signed for us-east-1";
const UNSIGNED: &str = "https://sts.amazonaws.com/ unsigned";

fn shared(config: &str) -> Scenario {
    Scenario::new().with_variable("AWS_SDK_LOAD_CONFIG", "1").with_file(FileKind::Config, config)
}

/// PR #2694 (1.21.0), undone by PR #2729 (1.22.0).
#[test]
fn in_1_21_a_profile_named_by_a_variable_wins_over_the_keys_of_the_environment() {
    const FILE: &str =
        "[keyless]\nregion = us-west-2\n[keys]\naws_access_key_id = a\naws_secret_access_key = b\n";
    let client =
        || Scenario::new().with_variable("AWS_REGION", "us-west-2").with_file(FileKind::Credentials, FILE);
    let web_identity = |scenario: Scenario| scenario.with_operation(Operation::AssumeRoleWithWebIdentity);
    let mut bare = client().with_variable("AWS_PROFILE", "keyless");
    bare.construction = Some(Construction::New);
    for (scenario, in_1_21) in [
        (client(), GLOBAL),
        (client().with_variable("AWS_PROFILE", "keyless"), NO_KEYS),
        (client().with_variable("AWS_PROFILE", "keys"), GLOBAL),
        (web_identity(client().with_variable("AWS_PROFILE", "keyless")), UNSIGNED),
        // AWS_DEFAULT_PROFILE counts where shared config is on.
        (client().with_variable("AWS_DEFAULT_PROFILE", "keyless"), GLOBAL),
        (
            client()
                .with_variable("AWS_DEFAULT_PROFILE", "keyless")
                .with_variable("AWS_SDK_LOAD_CONFIG", "1"),
            NO_KEYS,
        ),
        // Shared config alone names no profile.
        (client().with_variable("AWS_SDK_LOAD_CONFIG", "1"), GLOBAL),
        // `session.New` does not know of it.
        (bare, GLOBAL),
    ] {
        assert_eq!(said("1.21.5", &scenario), in_1_21, "{scenario:?}");
        let without = if scenario.operation.needs_no_signature() { UNSIGNED } else { GLOBAL };
        assert_eq!(said("1.20.0", &scenario), without, "{scenario:?}");
        assert_eq!(said("1.22.0", &scenario), without, "{scenario:?}");
    }
    let token = client().with_variable("AWS_PROFILE", "keyless").with_entry(Entry::WebIdentityEnv);
    assert_eq!(said("1.21.5", &token), NO_KEYS);
    assert_eq!(said("1.22.0", &token), UNSIGNED);
}

/// aws/session/shared_config.go `validateCredentialsRequireARN` (1.21.0); before, keys of a role without `role_arn` are
/// passed over (`setFromIniFile`).
#[test]
fn a_source_of_credentials_requires_a_role() {
    const REQUIRES: &str =
        "missing-credentials: CredentialRequiresARNError: CredentialRequiresARNError: credential type";
    for (key, before) in [("source_profile", GLOBAL), ("credential_source", GLOBAL)] {
        let scenario = shared(&format!("[default]\n{key} = x\n"));
        assert_eq!(said("1.20.0", &scenario), before);
        assert_eq!(said("1.55.8", &scenario), format!("{REQUIRES} {key} requires role_arn, profile default"));
    }
}

/// `resolveCredsFromProfile`: a `credential_process` is a source of credentials as keys are.
#[test]
fn a_role_may_be_assumed_with_the_credentials_of_a_process() {
    let config = |base: &str| {
        shared(&format!(
            "[profile dev]\nregion = us-west-2\nrole_arn = r\nsource_profile = base\n[profile base]\n{base}\n"
        ))
        .with_variable("AWS_PROFILE", "dev")
        .with_variable("AWS_STS_REGIONAL_ENDPOINTS", "regional")
        .with_entry(Entry::ProfileAssumeRole)
    };
    assert_eq!(said("1.55.8", &config("credential_process = p")), SIGNED);
    let empty = "missing-credentials: SharedConfigAssumeRoleError: SharedConfigAssumeRoleError: failed to load assume role for r, source profile base has no shared credentials";
    assert_eq!(said("1.55.8", &config("credential_process =")), empty);
}

/// aws/session/session.go `deprecatedNewSession` has the providers of aws/defaults/defaults.go `CredProviders`: the environment,
/// the keys in the credentials file, and metadata.
#[test]
fn session_new_without_shared_config_knows_keys_in_the_credentials_file_alone() {
    const KEYS: &str = "[dev]\naws_access_key_id = a\naws_secret_access_key = b\n";
    for (credentials, outcome) in [
        (KEYS.into(), NO_CALL),
        // What a session would refuse it does not look at.
        (format!("{KEYS}source_profile = x\nweb_identity_token_file = t\n"), NO_CALL),
        ("[dev]\ncredential_process = p\n".into(), NO_KEYS),
        ("[dev]\nrole_arn = r\nweb_identity_token_file = t\n".into(), NO_KEYS),
        (format!("{KEYS}[unclosed\n"), NO_KEYS),
    ] {
        for entry in [Entry::ProfileAssumeRole, Entry::WebIdentityProfile] {
            let mut scenario = Scenario::new()
                .with_variable("AWS_PROFILE", "dev")
                .with_variable("AWS_REGION", "us-west-2")
                .with_file(FileKind::Credentials, &credentials)
                .with_entry(entry);
            scenario.construction = Some(Construction::New);
            scenario.no_static = true;
            assert_eq!(said("1.55.8", &scenario), outcome, "{credentials}");
        }
    }
}

/// aws/session/shared_config.go `updateString` takes an empty text too; `setFromIniFile` asks for the length of the setting.
#[test]
fn an_empty_value_of_the_credentials_file_hides_the_config_files_but_for_the_setting() {
    let region = |credentials| {
        shared("[default]\nregion = us-west-2\nsts_regional_endpoints = regional\n")
            .with_file(FileKind::Credentials, credentials)
    };
    assert_eq!(said("1.55.8", &region("[default]\nregion = \"\"\n")), GLOBAL);
    assert_eq!(said("1.55.8", &region("[default]\nsts_regional_endpoints = \"\"\n")), SIGNED);
}

/// aws/session/shared_config.go `updateUseFIPSEndpoint`: `section.ValueType` a boolean, or off.
#[test]
fn a_switch_of_a_profile_is_told_as_what_it_means() {
    for (text, means) in
        [("TRUE", "true"), ("truest", "true"), ("False", "false"), ("maybe", "false"), ("1", "false")]
    {
        let scenario = shared(&format!("[default]\nregion = us-west-2\nuse_fips_endpoint = {text}\n"));
        let policy = HISTORY.latest();
        let outcome = policy.resolve(&scenario);
        let settings = outcome.resolution().unwrap().settings;
        assert_eq!(settings.fips.unwrap().text, means, "{text}");
        assert_eq!(outcome.to_string().contains("sts-fips"), means == "true", "{text}");
    }
}
