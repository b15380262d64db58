//! What changed, release by release. Where the release of a change is not known, it stands at the first release that is known
//! to have it.

use crate::quirks::QUIRKS;
use crate::{Provider, Runtime, SwiftSdk};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn release(numbers: &[u32]) -> Release {
    Release::new(numbers)
}

/// 0.33.0, with aws-c-auth v0.7.8.
const FIRST: SwiftSdk = SwiftSdk {
    default_region_variable: false,
    auth_scheme_first: false,
    configured_urls: false,
    wide_ports: false,
    vintage: Vintage { iso_e: true, iso_f: true, eusc: false, eusc_dual_stack: false, iso_dual_stack: false },
    web_identity: Provider::CommonRuntime,
    profile_role: Provider::CommonRuntime,
    runtime: Runtime { regional: false, partitions: false, overrides: false },
};

static CHANGES: &[Change<SwiftSdk>] = &[
    Change::by(
        release(&[1, 0, 0]),
        "2024-09-17",
        "a call's auth scheme is chosen before its endpoint, and wants a region; the Common Runtime assumes roles in the \
         region of AWS_REGION, AWS_DEFAULT_REGION or the profile, and reads AWS_REGION for web identity",
        Evidence::source(
            "smithy-lang/smithy-swift #665 (0.42.0), #694 (0.49.0); awslabs/aws-crt-swift 0.36.0 holds aws-c-auth v0.7.30, \
             whose #237 came in v0.7.20",
        ),
        |sdk| {
            sdk.auth_scheme_first = true;
            sdk.runtime.regional = true;
        },
    ),
    Change::by(
        release(&[1, 1, 0]),
        "2025-01-17",
        "AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, services, endpoint_url and the ignore switch; the Common Runtime's hosts go \
         by partition",
        Evidence::source(
            "awslabs/aws-sdk-swift #1861; awslabs/aws-crt-swift 0.37.0 holds aws-c-auth v0.7.31 with #253; 1.0.71 is of \
             January 2025",
        ),
        |sdk| {
            sdk.configured_urls = true;
            sdk.runtime.partitions = true;
        },
    ),
    Change::by(
        release(&[1, 3, 0]),
        "",
        "the Common Runtime's providers take endpoint overrides, for names of hosts; ports have 16 bits",
        Evidence::source(
            "awslabs/aws-crt-swift 0.47.0 (2025-03-04) holds aws-c-auth v0.8.6 with #263; smithy-lang/smithy-swift #924 \
             (2025-04-22)",
        ),
        |sdk| {
            sdk.runtime.overrides = true;
            sdk.wide_ports = true;
        },
    ),
    Change::by(
        release(&[1, 4, 0]),
        "2025-07-14",
        "web identity through the SDK's own client; partition aws-eusc",
        Evidence::source("awslabs/aws-sdk-swift #1949, #1971 (June 2025); #1986 is the bump to 1.4.0"),
        |sdk| {
            sdk.web_identity = Provider::Native;
            sdk.vintage.eusc = true;
        },
    ),
    Change::by(
        release(&[1, 5, 28]),
        "2025-08-25",
        "profiles and their roles through the SDK's own resolvers and client",
        Evidence::source("awslabs/aws-sdk-swift #1962, #1988 (July 2025); #2009 is the bump to 1.5.28"),
        |sdk| sdk.profile_role = Provider::Native,
    ),
    Change::by(
        release(&[1, 7, 85]),
        "",
        "AWS_DEFAULT_REGION is read after AWS_REGION; dual-stack hosts in aws-eusc and the aws-iso partitions",
        Evidence::source(
            "awslabs/aws-sdk-swift EnvironmentRegionProvider.swift (not so in 0.33.0), AWSPartitionDefinition.swift",
        ),
        |sdk| {
            sdk.default_region_variable = true;
            sdk.vintage = Vintage::NEWEST;
        },
    ),
];

/// Both editions have the same row: the setting not supported, regional, failure without a region. That is what the newest
/// release does.
fn documented() -> SwiftSdk {
    HISTORY.behaviour_at(HISTORY.newest)
}

/// The history of the AWS SDK for Swift.
pub static HISTORY: History<SwiftSdk> = History {
    sdk: Sdk::Swift,
    releases_of: "aws-sdk-swift",
    first: release(&[0, 33, 0]),
    newest: release(&[1, 7, 85]),
    recorded: &[],
    recorded_scenarios: 0,
    source: "sources of awslabs/aws-sdk-swift (0.33.0 whole, newer ones in single files), smithy-lang/smithy-swift, \
             awslabs/aws-crt-swift, awslabs/aws-c-auth, awslabs/aws-c-sdkutils; nothing was run",
    base: || FIRST,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use sts_endpoint_core::{Entry, FileKind, ResolutionPolicy, Scenario};

    fn at(numbers: &[u32], scenario: &Scenario) -> alloc::string::String {
        let (policy, _) = HISTORY.policy_at(release(numbers)).expect("a release of the history");
        policy.resolve(scenario).to_string()
    }

    #[test]
    fn changes_stand_in_order() {
        assert!(CHANGES.windows(2).all(|pair| pair[0].note.since <= pair[1].note.since));
    }

    #[test]
    fn a_role_moves_from_the_global_endpoint_to_the_region() {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_variable("AWS_PROFILE", "dev")
            .with_file(
                FileKind::Config,
                "[profile dev]\nrole_arn = r\nsource_profile = base\nregion = eu-west-2\n\
                 [profile base]\naws_access_key_id = a\naws_secret_access_key = b\n",
            );
        assert_eq!(at(&[0, 33, 0], &scenario), "https://sts.amazonaws.com/ signed for us-east-1");
        assert_eq!(at(&[1, 0, 0], &scenario), "https://sts.eu-west-2.amazonaws.com/ signed for eu-west-2");
        assert_eq!(at(&[1, 7, 85], &scenario), "https://sts.eu-west-2.amazonaws.com/ signed for eu-west-2");
    }

    #[test]
    fn a_role_without_a_region_fails_since_the_resolvers_are_native() {
        let scenario = Scenario::new()
            .with_entry(Entry::ProfileAssumeRole)
            .with_file(FileKind::Config, "[default]\nrole_arn = r\ncredential_source = Environment\n");
        assert_eq!(at(&[1, 4, 0], &scenario), "https://sts.amazonaws.com/ signed for us-east-1");
        assert_eq!(
            at(&[1, 5, 28], &scenario),
            "missing-region: ClientError.authError: Missing region in auth scheme parameters for SigV4 auth scheme."
        );
    }

    #[test]
    fn web_identity_wants_its_region_where_its_role_is() {
        let scenario = Scenario::new().with_entry(Entry::WebIdentityEnv);
        let by_variable = scenario.clone().with_variable("AWS_REGION", "us-west-2");
        assert_eq!(at(&[1, 7, 85], &by_variable), "https://sts.us-west-2.amazonaws.com/ unsigned");
        let by_profile = scenario.clone().with_file(FileKind::Config, "[default]\nregion = us-west-2\n");
        assert_eq!(
            at(&[1, 7, 85], &by_profile),
            "missing-region: AWSCredentialIdentityResolverError.failedToResolveAWSCredentials: \
             STSWebIdentityAWSCredentialIdentityResolver: Missing required environment variables."
        );
        // the Common Runtime did not mind
        assert_eq!(at(&[1, 3, 0], &by_profile), "https://sts.us-west-2.amazonaws.com/ unsigned");
        let by_default = scenario.with_variable("AWS_DEFAULT_REGION", "sa-east-1");
        assert_eq!(at(&[0, 33, 0], &by_default), "https://sts.sa-east-1.amazonaws.com/ unsigned");
    }
}
