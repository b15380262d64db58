//! The STS calls of credential providers.
//!
//! Sources: aws/aws-sdk-net `Core/Amazon.Runtime/Credentials/FallbackCredentialsFactory.cs`, `AssumeRoleAWSCredentials.cs`,
//! `AssumeRoleWithWebIdentityCredentials.cs`, `CredentialManagement/AWSCredentialsFactory.cs`,
//! `CredentialManagement/Internal/CredentialProfileTypeDetector.cs`.

use crate::decision::{Stage, call};
use crate::profile::{DotnetProfile, Files};
use crate::region::Region;
use crate::settings::{Caller, Reader};
use crate::{Dotnet, Generation, ProviderRegion};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::{
    Entry, Failure, FailureCategory, Look, Origin, Outcome, Profile, Scenario, Source, Sourced, Trace, Value,
    Verdict,
};

/// A call that a provider makes.
enum Call<'a> {
    /// `AssumeRole` for a role.
    Role(&'a str),
    /// `AssumeRoleWithWebIdentity` for a role.
    WebIdentity(&'a str),
    /// None: there are keys.
    None,
}

/// What a scenario's environment holds where the entry means that it is set.
const DEMO_ROLE: &str = "arn:aws:iam::123456789012:role/demo";

pub(crate) fn resolve<'a>(
    dotnet: &'a Dotnet,
    scenario: &'a Scenario,
    files: Files<'a>,
    profile: DotnetProfile<'a>,
    profile_name: &'a str,
    trace: &mut dyn Trace,
) -> Outcome<'a> {
    // the client that asks for credentials: its own failures come first, and it may not need a provider
    let is_asked = scenario.code.region.is_some() && !scenario.alone;
    let asking = |trace: &mut dyn Trace| {
        let look = Look::new(scenario, &profile, trace);
        let reader =
            Reader { dotnet, files, profile, profile_name, caller: Caller::Client, handed: None, look };
        if is_asked { call(reader, ProviderRegion::Chain, true).map(Some) } else { Ok(None) }
    };
    let wanting = |trace: &mut dyn Trace| {
        let mut look = Look::new(scenario, &profile, trace);
        find_call(dotnet, scenario, files, profile, profile_name, &mut look)
    };
    let (asked, made) = match dotnet.generation {
        // credentials are an argument of the constructor, after the region
        Generation::V3 => {
            if is_asked && let Err(failure) = region_in_code(dotnet, scenario) {
                return failure.into();
            }
            let made = match wanting(&mut *trace) {
                Ok(made) => made,
                Err(failure) => return failure.into(),
            };
            match asking(&mut *trace) {
                Ok(asked) => (asked, made),
                Err((_, failure)) => return failure.into(),
            }
        }
        // credentials are looked for when a request wants them
        Generation::V4 => {
            let asked = match asking(&mut *trace) {
                Ok(asked) => asked,
                Err((_, failure)) => return failure.into(),
            };
            match wanting(&mut *trace) {
                Ok(made) => (asked, made),
                Err(failure) => return failure.into(),
            }
        }
    };
    let (region, signed, role): (ProviderRegion, bool, &'a str) = match made {
        Call::None => {
            return asked.map_or_else(
                || {
                    Outcome::NotApplicable(
                        "no call to STS: there are keys in the environment or the profile".into(),
                    )
                },
                Outcome::from,
            );
        }
        Call::Role(role) => (dotnet.role_region, true, role),
        Call::WebIdentity(role) => (dotnet.web_identity_region, false, role),
    };
    let mut look = Look::new(scenario, &profile, trace);
    if is_asked {
        look.note("the region of the client that asks for credentials does not reach the provider's client");
    }
    let reader =
        Reader { dotnet, files, profile, profile_name, caller: Caller::Provider, handed: None, look };
    match call(reader, region, signed) {
        Ok(resolution) => resolution.into(),
        Err((stage, failure)) => reported(stage, failure, role).into(),
    }
}

/// `RegionEndpoint.GetBySystemName`, with the region that the code gives.
fn region_in_code<'a>(dotnet: &Dotnet, scenario: &'a Scenario) -> Result<(), Failure<'a>> {
    match scenario.code.region.as_deref() {
        Some(text) => {
            Region::named(Sourced { text, origin: Origin::Code("RegionEndpoint") }, dotnet).map(|_| ())
        }
        None => Ok(()),
    }
}

/// A provider wraps what happens to its client.
fn reported<'a>(stage: Stage, failure: Failure<'a>, role: &str) -> Failure<'a> {
    let (error_type, message): (&'static str, Cow<'a, str>) = match stage {
        Stage::Construction => (
            "InvalidOperationException",
            "Assembly AWSSDK.SecurityToken could not be found or loaded. This assembly must be available at runtime to \
             use Amazon.Runtime.AssumeRoleAWSCredentials."
                .into(),
        ),
        Stage::Request => ("AmazonClientException", format!("Error calling AssumeRole for role {role}").into()),
    };
    Failure::new(failure.category, error_type, message).with_settings(*failure.settings)
}

/// The credential chain, as far as the first provider that has something: web identity from the environment, the profile,
/// the environment's keys. v4's clients put the keys first; the entries mean the provider that they name.
fn find_call<'a>(
    dotnet: &Dotnet,
    scenario: &'a Scenario,
    files: Files<'a>,
    profile: DotnetProfile<'a>,
    profile_name: &'a str,
    look: &mut Look<'a, '_>,
) -> Result<Call<'a>, Failure<'a>> {
    if dotnet.web_identity {
        let token = scenario.non_empty_variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        let role = scenario.non_empty_variable("AWS_ROLE_ARN");
        if scenario.entry == Entry::WebIdentityEnv || (token.is_some() && role.is_some()) {
            look.note("web identity from the environment");
            return Ok(Call::WebIdentity(role.unwrap_or(DEMO_ROLE)));
        }
    }
    let from_profile = in_profile(dotnet, scenario, files, profile, profile_name, 0);
    let source = Source::Profile("role_arn");
    let found = profile.get("role_arn").map(Sourced::file);
    let problem = match from_profile {
        Ok(made) => {
            let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
            look.tell(Value::Role, source, found, verdict);
            return Ok(made);
        }
        Err(problem) => problem,
    };
    look.tell(
        Value::Role,
        source,
        found,
        Verdict::Ignored("the profile gives no credentials: the chain goes on"),
    );
    let forced = dotnet.generation == Generation::V4
        && scenario.entry == Entry::ProfileAssumeRole
        && scenario.code.region.is_some();
    if has_keys(scenario) && !forced {
        look.note("the environment's keys are used");
        return Ok(Call::None);
    }
    if dotnet.generation == Generation::V4
        && scenario.code.region.is_some()
        && !forced
        && scenario.non_empty_variable("AWS_PROFILE").is_some()
        && !profile.exists()
    {
        return Err(Failure::new(
            FailureCategory::ProfileNotFound,
            "ProfileNotFoundException",
            format!("Unable to find the \"{profile_name}\" profile."),
        ));
    }
    Err(no_credentials(dotnet, scenario, &problem))
}

fn has_keys(scenario: &Scenario) -> bool {
    !scenario.entry.is_web_identity() && !scenario.no_static
}

/// `AWSCredentialsFactory.GetAWSCredentials`: the call that a profile's credentials begin with, or the exception.
fn in_profile<'a>(
    dotnet: &Dotnet,
    scenario: &'a Scenario,
    files: Files<'a>,
    profile: DotnetProfile<'a>,
    name: &str,
    depth: u8,
) -> Result<Call<'a>, String> {
    const FACTORY: &str = "   at Amazon.Runtime.CredentialManagement.AWSCredentialsFactory.ThrowOrReturnNull(String message, Exception \
         innerException, Boolean doThrow)";
    if let Some((file, line, text)) = files.first_malformed() {
        return Err(format!(
            "System.IO.InvalidDataException: Line {line}:<{text}\n> in file {} does not contain a section, property or comment.",
            file.path().unwrap_or(match file.kind() {
                sts_endpoint_core::FileKind::Config => "$DIR/config",
                sts_endpoint_core::FileKind::Credentials => "$DIR/credentials",
            })
        ));
    }
    if profile.fatal(files).is_some() {
        return Err("System.ArgumentException: Invalid region endpoint provided".into());
    }
    if !profile.exists() {
        return Err(if depth == 0 {
            format!(
                "Amazon.Runtime.AmazonClientException: Unable to find the '{name}' profile in \
                 CredentialProfileStoreChain.\n   at Amazon.Runtime.FallbackCredentialsFactory.GetAWSCredentials\
                 (ICredentialProfileSource source)"
            )
        } else {
            format!("System.IO.InvalidDataException: Source profile [{name}] was not found.\n{FACTORY}")
        });
    }
    // an empty value is none (`GetPropertyNames`)
    let value = |key: &str| profile.get(key).filter(|value| !value.text.is_empty());
    let has = |key: &str| value(key).is_some();
    let keys = has("aws_access_key_id") || has("aws_secret_access_key") || has("aws_session_token");
    let (web_identity, source, credential_source) = (
        dotnet.web_identity && has("web_identity_token_file"),
        value("source_profile"),
        value("credential_source"),
    );
    let guarded = has("external_id") || has("mfa_serial");
    match (value("role_arn"), source, credential_source) {
        (None, None, None) if has("aws_access_key_id") && has("aws_secret_access_key") && !web_identity => {
            return Ok(Call::None);
        }
        (Some(role), None, None) if web_identity && !keys && !guarded => {
            if value("web_identity_token_file").is_some_and(|file| !is_absolute(file.text)) {
                return Err(format!(
                    "System.ArgumentException: {NOT_ABSOLUTE} (Parameter 'webIdentityTokenFile')"
                ));
            }
            return Ok(Call::WebIdentity(role.text));
        }
        (Some(role), Some(source), None) if !web_identity && !keys && !has("mfa_serial") => {
            if depth > 16 {
                return Err(format!(
                    "System.IO.InvalidDataException: Error reading profile [{name}]: the source profile definition is \
                     cyclical.\n{FACTORY}"
                ));
            }
            let inner = files.profile(source.text);
            let first = in_profile(dotnet, scenario, files, inner, source.text, depth + 1).map_err(|inner| {
                format!(
                    "System.IO.InvalidDataException: Error reading source profile [{}] for profile [{name}].\n ---> {inner}",
                    source.text
                )
            })?;
            // a chain of roles begins with the innermost
            return Ok(match first {
                Call::None => Call::Role(role.text),
                inner => inner,
            });
        }
        (Some(role), None, Some(source)) if !web_identity && !keys && !guarded => {
            let container = scenario.non_empty_variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").is_some();
            if source.text.eq_ignore_ascii_case("Environment") && has_keys(scenario)
                || source.text.eq_ignore_ascii_case("EcsContainer") && container
                || source.text.eq_ignore_ascii_case("Ec2InstanceMetadata") && scenario.imds_region.is_some()
            {
                return Ok(Call::Role(role.text));
            }
            if source.text.eq_ignore_ascii_case("Environment") {
                return Err(String::from(NO_KEYS));
            }
            return Err(format!(
                "System.IO.InvalidDataException: Error reading credential source [{}] for profile [{name}].",
                source.text
            ));
        }
        _ => {}
    }
    Err(format!(
        "System.IO.InvalidDataException: Credential profile [{name}] is not valid.  Please ensure the profile contains a \
         valid combination of properties.\n{FACTORY}"
    ))
}

const NOT_ABSOLUTE: &str = "The webIdentityTokenFile must be an absolute path.";

/// `AWSSDKUtils.IsAbsolutePath`: rooted, or what Windows takes for fully qualified. `$TOKEN_FILE` stands for the path of a
/// token file.
fn is_absolute(path: &str) -> bool {
    matches!(
        path.as_bytes(),
        [b'/' | b'$', ..]
            | [b'\\', b'\\' | b'/' | b'?', ..]
            | [b'a'..=b'z' | b'A'..=b'Z', b':', b'\\' | b'/', ..]
    )
}

const NO_KEYS: &str = "System.InvalidOperationException: The environment variables \
                       AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY/AWS_SESSION_TOKEN were not set with AWS credentials.\n   \
                       at Amazon.Runtime.EnvironmentVariablesAWSCredentials.FetchCredentials()";

/// The end of `FallbackCredentialsFactory.GetCredentials`: the first exceptions with the top of their stacks. v4's client
/// has shorter words.
fn no_credentials<'a>(dotnet: &Dotnet, scenario: &Scenario, problem: &str) -> Failure<'a> {
    const NO_TOKEN: &str =
        "The webIdentityTokenFile must be an absolute path. (Parameter 'webIdentityTokenFile')";
    if dotnet.generation == Generation::V4 && scenario.code.region.is_some() {
        let message = problem.lines().next().unwrap_or(problem);
        let message = message.split_once(": ").map_or(message, |(_, message)| message);
        return Failure::new(
            FailureCategory::MissingCredentials,
            "AmazonClientException",
            format!(
                "Failed to resolve AWS credentials. The credential providers used to search for credentials returned the \
                 following errors:\n\nException 1 of 4: The environment variables \
                 AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY/AWS_SESSION_TOKEN were not set with AWS credentials.\n\
                 Exception 2 of 4: {NO_TOKEN}\nException 3 of 4: {message}\nException 4 of 4: Failed to connect to EC2 \
                 instance metadata to retrieve credentials: Unable to retrieve credentials..\n"
            ),
        );
    }
    let message = if dotnet.web_identity {
        format!(
            "Unable to find credentials\n\nException 1 of 4:\nSystem.ArgumentNullException: {NO_TOKEN}\n   at \
             Amazon.Runtime.AssumeRoleWithWebIdentityCredentials..ctor(String webIdentityTokenFile, String roleArn, String \
             roleSessionName, AssumeRoleWithWebIdentityCredentialsOptions options)\n\nException 2 of 4:\n{problem}\n\n\
             Exception 3 of 4:\n{NO_KEYS}\n\nException 4 of 4:\nAmazon.Runtime.AmazonServiceException: Unable to retrieve \
             credentials.\n"
        )
    } else {
        format!(
            "Unable to find credentials\n\nException 1 of 3:\n{problem}\n\nException 2 of 3:\n{NO_KEYS}\n\nException 3 of \
             3:\nAmazon.Runtime.AmazonServiceException: Unable to retrieve credentials.\n"
        )
    };
    Failure::new(FailureCategory::MissingCredentials, "AmazonServiceException", message)
}
