//! Where Java 1.x looks for each value, in order.

use crate::profile::{Profiles, Scanner, java_trim};
use sts_endpoint_core::profile::FileValue;
use sts_endpoint_core::{
    Accept, Chain, FileKind, Look, NoProfile, Origin, Profile, ProfileFile, Scenario, Source, Sourced, Trace,
    Value, Verdict,
};

/// The profile's name: the variable before the property (Java 2.x has it the other way round); empty ones do not count.
/// Source: `auth/profile/internal/AwsProfileNameLoader`.
pub const PROFILE: Chain =
    Chain::new(Value::Profile, &[Source::Variable("AWS_PROFILE"), Source::Property("aws.profile")]);

/// The region given to the builder.
pub const REGION_IN_CODE: Chain = Chain::new(Value::Region, &[Source::Code("withRegion")]);

/// `DefaultAwsRegionProviderChain` up to the file: an empty variable or property is a region, if not a good one.
pub const REGION_SETTINGS: Chain =
    Chain::new(Value::Region, &[Source::Variable("AWS_REGION"), Source::Property("aws.region")]);

/// The profile's region; an empty one does not count. Source: `regions/AwsProfileRegionProvider`.
pub const REGION_PROFILE: Chain = Chain::new(Value::Region, &[Source::Profile("region")]);

/// Instance metadata.
pub const REGION_METADATA: Chain = Chain::new(Value::Region, &[Source::Metadata]);

/// The endpoint in code: `EndpointConfiguration`, or `setEndpoint`.
pub const ENDPOINT_IN_CODE: Chain =
    Chain::new(Value::EndpointUrl, &[Source::Code("withEndpointConfiguration")]);

/// The setting in the environment. Source: `services/securitytoken/RegionalEndpointsOptionResolver`.
pub const SETTING_VARIABLE: Chain =
    Chain::new(Value::Setting, &[Source::Variable("AWS_STS_REGIONAL_ENDPOINTS")]);

/// The setting in the config file, looked for only where the variable is not set at all.
pub const SETTING_PROFILE: Chain = Chain::new(Value::Setting, &[Source::Profile("sts_regional_endpoints")]);

/// Settings of other SDKs, looked for only to say that they do nothing here.
const UNREAD: [(Value, Source); 6] = [
    (Value::Region, Source::Variable("AWS_DEFAULT_REGION")),
    (Value::EndpointUrl, Source::Variable("AWS_ENDPOINT_URL_STS")),
    (Value::EndpointUrl, Source::Variable("AWS_ENDPOINT_URL")),
    (Value::Fips, Source::Variable("AWS_USE_FIPS_ENDPOINT")),
    (Value::DualStack, Source::Variable("AWS_USE_DUALSTACK_ENDPOINT")),
    (Value::Profile, Source::Variable("AWS_DEFAULT_PROFILE")),
];

/// Tells the trace of settings that Java 1.x never reads.
pub(crate) fn tell_unread(scenario: &Scenario, trace: &mut dyn Trace) {
    if !trace.wants_unreached() {
        return;
    }
    let mut look = Look::new(scenario, &NoProfile, trace);
    for (value, source) in UNREAD {
        if let Some(found) = look.at(value, source) {
            look.tell(value, source, Some(found), Verdict::Ignored("Java 1.x never reads it"));
        }
    }
}

/// The profile's name.
pub(crate) fn profile_name<'a>(scenario: &'a Scenario, trace: &mut dyn Trace) -> &'a str {
    PROFILE
        .first(&mut Look::new(scenario, &NoProfile, trace), Accept::NonBlank)
        .map_or("default", |found| java_trim(found.text))
}

/// The config file, as the region provider and the setting see it: `AWS_CONFIG_FILE`, else `~/.aws/config`. A file that
/// cannot be loaded is logged, and counts as absent.
pub(crate) struct Config<'f> {
    profiles: Option<Profiles<'f>>,
    name: &'f str,
}

impl<'f> Config<'f> {
    pub(crate) fn of(scenario: &'f Scenario, scanner: Scanner, name: &'f str) -> Self {
        let profiles = scenario.config.as_ref().map(|file| Profiles { file, scanner });
        Self { profiles: profiles.filter(|profiles| profiles.check().is_ok()), name }
    }
}

impl<'f> Profile<'f> for Config<'f> {
    /// The region is read through `AllProfiles`, the setting straight from the map of sections: newer releases find
    /// `[profile x]` for the one and not for the other.
    fn get(&self, key: &str) -> Option<FileValue<'f>> {
        let profiles = self.profiles?;
        if key == "sts_regional_endpoints" {
            profiles.exact(self.name, key)
        } else {
            profiles.get(self.name, key)
        }
    }
}

/// The region of the default chain. `can_disable_metadata`: metadata is not asked where `AWS_EC2_METADATA_DISABLED` is `true`.
pub(crate) fn default_region<'a>(look: &mut Look<'a, '_>, can_disable_metadata: bool) -> Option<Sourced<'a>> {
    REGION_SETTINGS
        .first(look, Accept::Present)
        .or_else(|| REGION_PROFILE.first(look, Accept::NonEmpty))
        .or_else(|| match can_disable_metadata {
            true => REGION_METADATA.first(look, Accept::Present),
            false => undisabled_metadata(look),
        })
}

/// Instance metadata, whatever the variable says.
fn undisabled_metadata<'a>(look: &mut Look<'a, '_>) -> Option<Sourced<'a>> {
    let found = look.scenario.imds_region.as_deref();
    let found = found.map(|text| Sourced { text, origin: Origin::Metadata });
    let verdict = if found.is_some() { Verdict::Used } else { Verdict::Absent };
    look.tell(Value::Region, Source::Metadata, found, verdict);
    found
}

/// The file that roles are read from: `AWS_CREDENTIAL_PROFILES_FILE`, else `~/.aws/credentials`, else `~/.aws/config`;
/// neither `AWS_SHARED_CREDENTIALS_FILE` nor `AWS_CONFIG_FILE`. A file of the scenario is at a default place if its path
/// says so. Source: `profile/path/AwsProfileFileLocationProvider.DEFAULT_CREDENTIALS_LOCATION_PROVIDER`.
pub(crate) fn role_file(scenario: &Scenario) -> RoleFile<'_> {
    if let Some(place) = scenario.variable("AWS_CREDENTIAL_PROFILES_FILE") {
        // `$CONFIG` stands for the config file's path where a scenario has no paths.
        let mut files = [&scenario.config, &scenario.credentials].into_iter().flatten();
        let file = match place {
            "$CONFIG" => scenario.config.as_ref(),
            _ => files.find(|file| file.path() == Some(place)),
        };
        return file.map_or(RoleFile::Missing(place), RoleFile::Found);
    }
    let at = |kind: FileKind, place: &str| {
        scenario.file(kind).filter(|file| file.path().is_some_and(|path| path.ends_with(place)))
    };
    let credentials = at(FileKind::Credentials, "/.aws/credentials");
    match credentials.or_else(|| at(FileKind::Config, "/.aws/config")) {
        Some(file) => RoleFile::Found(file),
        None => RoleFile::Unnamed,
    }
}

/// What became of the search for the file with the roles.
pub(crate) enum RoleFile<'f> {
    /// It was found.
    Found(&'f ProfileFile),
    /// The variable names a file that does not exist.
    Missing(&'f str),
    /// No place holds one.
    Unnamed,
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use sts_endpoint_core::{Entry, FileKind, ProfileFile, ResolutionPolicy, Scenario};

    #[test]
    fn the_variable_names_the_file_with_the_roles() {
        const ROLE: &str = "[dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\nsource_profile = keys\n\
            [keys]\naws_access_key_id = a\naws_secret_access_key = b\n";
        let answer = |place: &str| {
            let mut scenario = Scenario::new()
                .with_entry(Entry::ProfileAssumeRole)
                .with_variable("AWS_PROFILE", "dev")
                .with_variable("AWS_CREDENTIAL_PROFILES_FILE", place);
            scenario.config = Some(ProfileFile::new(FileKind::Config, "").at_path("/home/user/.aws/config"));
            scenario.credentials =
                Some(ProfileFile::new(FileKind::Credentials, ROLE).at_path("/etc/aws/roles"));
            crate::HISTORY.latest().resolve(&scenario).to_string()
        };
        assert_eq!(answer("/etc/aws/roles"), "https://sts.amazonaws.com/ signed for us-east-1");
        let missing = answer("/etc/aws/other");
        assert!(missing.contains("not found in the given path: /etc/aws/other"), "{missing}");
    }
}
