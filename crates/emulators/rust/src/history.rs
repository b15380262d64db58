//! What changed, release by release. Releases are those of aws-config; the aws-sdk-sts of the same day is named where a
//! change rides on it.

use crate::quirks::QUIRKS;
use crate::{Hosts, LabelCheck, Overrides, Pipeline, RustSdk, UriLibrary};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn release(numbers: &[u32]) -> Release {
    Release::new(numbers)
}

/// aws-config 0.52.0 with aws-sdk-sts 0.22.0.
const FIRST: RustSdk = RustSdk {
    hosts: Hosts::EndpointData,
    pipeline: Pipeline::Middleware { credentials_from: "provider" },
    uri_library: UriLibrary::Http02,
    label_check: LabelCheck::None,
    folds_keys: false,
    variants: false,
    overrides: Overrides::Code,
    provider_variants: false,
    lone_provider_variants: false,
    provider_overrides: false,
    signs_web_identity: false,
    identity_first: false,
    tolerates_missing_profile: false,
    custom_partitions: false,
    login_sessions: false,
    profile_parse_error_in_full: true,
    metadata_disabled: "IMDS disabled by $AWS_ECS_METADATA_DISABLED",
};

fn vintage(sdk: &mut RustSdk, newer: impl FnOnce(&mut Vintage)) {
    if let Hosts::Rules { vintage, .. } = &mut sdk.hosts {
        newer(vintage);
    }
}

static CHANGES: &[Change<RustSdk>] = &[
    Change::since(
        release(&[0, 53, 0]),
        "2023-01-13",
        "the STS endpoint rule set replaces the endpoint data; FIPS and dual-stack from code, variables and profile; \
         pseudo-regions such as us-west-2-fips are taken literally",
        Evidence::recorded("smithy-lang/smithy-rs #2074, #2168; aws-sdk-sts 0.23.0 src/endpoint.rs"),
        |sdk| {
            sdk.hosts = Hosts::Rules { region_required: true, vintage: Vintage::FIRST };
            sdk.variants = true;
            sdk.profile_parse_error_in_full = false;
        },
    ),
    Change::since(
        release(&[0, 54, 1]),
        "2023-01-26",
        "a client's error for want of credentials names the credentials cache",
        Evidence::source("aws-http 0.54.1 src/auth.rs"),
        |sdk| sdk.pipeline = Pipeline::Middleware { credentials_from: "cache" },
    ),
    Change::since(
        release(&[0, 55, 1]),
        "2023-04-12",
        "the rules need no region any more: \"Missing Region\" as message, an override works without a region for \
         unsigned operations, and an override that cannot be parsed is an error",
        Evidence::source("aws-sdk-sts 0.26.0 src/endpoint.rs; recorded at 0.53.0 and 0.55.3"),
        |sdk| sdk.hosts = Hosts::Rules { region_required: false, vintage: Vintage::FIRST },
    ),
    Change::since(
        release(&[0, 56, 0]),
        "2023-08-03",
        "calls run in the orchestrator: endpoint errors are dispatch failures; AssumeRoleWithWebIdentity and \
         AssumeRoleWithSAML are signed when the client has credentials",
        Evidence::recorded("smithy-lang/smithy-rs #2847"),
        |sdk| {
            sdk.pipeline = Pipeline::FirstOrchestrator;
            sdk.signs_web_identity = true;
        },
    ),
    Change::since(
        release(&[0, 57, 1]),
        "2023-11-02",
        "the clients of credential providers heed FIPS and dual-stack; other error texts",
        Evidence::recorded("smithy-lang/smithy-rs #3007; recorded at 0.56.1 and 1.1.2"),
        |sdk| {
            sdk.provider_variants = true;
            sdk.pipeline = Pipeline::Orchestrator;
            sdk.metadata_disabled = "IMDS disabled by AWS_ECS_METADATA_DISABLED env var";
        },
    ),
    Change::since(
        release(&[1, 1, 2]),
        "2024-01-11",
        "keys of the profile files are read without case; partitions aws-iso-e and aws-iso-f",
        Evidence::recorded("smithy-lang/smithy-rs #3344, commit 255be4aa74; aws-sdk-sts 1.10.0"),
        |sdk| {
            sdk.folds_keys = true;
            vintage(sdk, |vintage| (vintage.iso_e, vintage.iso_f) = (true, true));
        },
    ),
    Change::since(
        release(&[1, 1, 9]),
        "2024-03-26",
        "AWS_ENDPOINT_URL and the profile's endpoint_url, with the ignore switch",
        Evidence::recorded("smithy-lang/smithy-rs #3488"),
        |sdk| sdk.overrides = Overrides::Global,
    ),
    Change::since(
        release(&[1, 2, 0]),
        "2024-04-12",
        "AWS_ENDPOINT_URL_STS and the services section; texts are no longer checked (an empty one panics), and the ignore \
         switch loses its effect",
        Evidence::recorded("smithy-lang/smithy-rs #3493, #3568; aws-sdk-sts 1.20.0 src/config.rs"),
        |sdk| sdk.overrides = Overrides::Service { ignore_switch: false },
    ),
    Change::since(
        release(&[1, 3, 0]),
        "2024-05-01",
        "SMITHY_CLIENT_SDK_CUSTOM_PARTITION names a file that replaces the partitions; one that cannot be read panics",
        Evidence::source(
            "smithy-lang/smithy-rs #3610; aws-sdk-sts 1.22.0 src/endpoint_lib.rs; recorded at 1.5.9",
        ),
        |sdk| sdk.custom_partitions = true,
    ),
    Change::since(
        release(&[1, 5, 9]),
        "2024-10-25",
        "configured endpoint overrides reach the clients of credential providers (the ignore switch does not)",
        Evidence::recorded("smithy-lang/smithy-rs #3873; awslabs/aws-sdk-rust issue #1193"),
        |sdk| sdk.provider_overrides = true,
    ),
    Change::since(
        release(&[1, 6, 2]),
        "2025-04-24",
        "partition aws-eusc",
        Evidence::source(
            "aws-sdk-sts 1.66.0, partitions in src/endpoint_lib.rs; recorded at 1.5.9 and 1.8.10",
        ),
        |sdk| vintage(sdk, |vintage| vintage.eusc = true),
    ),
    Change::since(
        release(&[1, 8, 1]),
        "2025-07-01",
        "AssumeRoleWithWebIdentity and AssumeRoleWithSAML are never signed",
        Evidence::source("model of aws-sdk-sts 1.75.0; recorded at 1.5.9 and 1.8.10"),
        |sdk| sdk.signs_web_identity = false,
    ),
    Change::since(
        release(&[1, 8, 6]),
        "2025-08-29",
        "partition aws-eusc has dual-stack hosts",
        Evidence::source("aws-sdk-sts 1.85.0, partitions in src/endpoint_lib.rs; recorded at 1.8.10"),
        |sdk| vintage(sdk, |vintage| vintage.eusc_dual_stack = true),
    ),
    Change::since(
        release(&[1, 8, 7]),
        "2025-10-03",
        "the aws-iso partitions have dual-stack hosts",
        Evidence::source(
            "aws-sdk-sts 1.87.0, partitions in src/endpoint_lib.rs; recorded at 1.5.9 and 1.8.10",
        ),
        |sdk| vintage(sdk, |vintage| vintage.iso_dual_stack = true),
    ),
    Change::by(
        release(&[1, 8, 10]),
        "2025-11-01",
        "a call's credentials are resolved before its endpoint",
        Evidence::source("aws-smithy-runtime 1.9.4 src/client/orchestrator.rs; not so in 1.7.3 (1.5.9)"),
        |sdk| {
            sdk.identity_first = true;
            sdk.metadata_disabled = "IMDS disabled by AWS_EC2_METADATA_DISABLED env var set to `true`";
        },
    ),
    Change::since(
        release(&[1, 8, 11]),
        "2025-11-20",
        "the region must be a host label: an empty or odd one is an error instead of a request to an odd host",
        Evidence::recorded("smithy-lang/smithy-rs #4383; aws-sdk-sts 1.91.0 src/config/endpoint.rs"),
        |sdk| {
            sdk.label_check = LabelCheck::Unicode;
            sdk.login_sessions = true;
        },
    ),
    Change::since(
        release(&[1, 8, 17]),
        "2026-05-20",
        "the host label of a region is of ASCII letters and digits; a profile's role provider that was built by hand asks for FIPS and dual-stack itself",
        Evidence::source(
            "smithy-lang/smithy-rs #4595, #4629; aws-sdk-sts 1.104.0 src/endpoint_lib/host.rs; recorded at 1.9.0; aws-config src/profile/credentials.rs, recorded at 1.13.0",
        ),
        |sdk| {
            sdk.label_check = LabelCheck::Ascii;
            sdk.lone_provider_variants = true;
        },
    ),
    Change::since(
        release(&[1, 9, 0]),
        "2026-07-08",
        "the ignore switch works again for ordinary clients; a profile that does not exist lets the credential chain go on",
        Evidence::recorded("smithy-lang/smithy-rs #4730, #4725"),
        |sdk| {
            sdk.overrides = Overrides::Service { ignore_switch: true };
            sdk.tolerates_missing_profile = true;
        },
    ),
    Change::by(
        release(&[1, 13, 0]),
        "2026-10-20",
        "an override's path may hold characters beyond ASCII",
        Evidence::source(
            "aws-smithy-runtime-api 1.20.0 src/http/request.rs (http 1.x); not so in 1.13.0 of that crate",
        ),
        |sdk| sdk.uri_library = UriLibrary::Http1,
    ),
];

/// Both editions have the same row: the setting not supported, regional, failure without a region. That is what the newest
/// release does.
fn documented() -> RustSdk {
    HISTORY.behaviour_at(HISTORY.newest)
}

/// The history of the AWS SDK for Rust.
pub static HISTORY: History<RustSdk> = History {
    sdk: Sdk::Rust,
    releases_of: "aws-config (with the aws-sdk-sts of the same day)",
    first: release(&[0, 52, 0]),
    newest: release(&[1, 13, 0]),
    recorded: &[
        release(&[0, 52, 0]),
        release(&[0, 53, 0]),
        release(&[0, 55, 3]),
        release(&[0, 56, 1]),
        release(&[1, 1, 2]),
        release(&[1, 1, 8]),
        release(&[1, 1, 9]),
        release(&[1, 2, 0]),
        release(&[1, 5, 9]),
        release(&[1, 8, 10]),
        release(&[1, 8, 11]),
        release(&[1, 9, 0]),
        release(&[1, 13, 0]),
    ],
    recorded_scenarios: 1336,
    source: "sources of aws-config, aws-runtime and aws-sdk-sts of the releases; smithy-lang/smithy-rs",
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

    #[test]
    fn changes_stand_in_order() {
        assert!(CHANGES.windows(2).all(|pair| pair[0].note.since <= pair[1].note.since));
    }

    #[test]
    fn a_change_between_two_recorded_releases_is_dated() {
        let at = |numbers| HISTORY.behaviour_at(release(numbers));
        assert!(at(&[1, 8, 0]).signs_web_identity);
        assert!(!at(&[1, 8, 1]).signs_web_identity);
        assert_eq!(at(&[1, 8, 16]).label_check, LabelCheck::Unicode);
        assert_eq!(at(&[1, 8, 17]).label_check, LabelCheck::Ascii);
    }
}
