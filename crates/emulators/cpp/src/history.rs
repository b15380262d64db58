//! What changed, release by release.

use crate::quirks::QUIRKS;
use crate::{
    Comments, CppSdk, FileParser, HostCheck, Hosts, PathEnd, ProfileRole, ProviderHosts, RuleRegion,
    SignerRegion, WebIdentity,
};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn release(numbers: &[u32]) -> Release {
    Release::new(numbers)
}

/// 1.7.156.
const FIRST: CppSdk = CppSdk {
    region_chain: false,
    file_parser: FileParser::Lenient,
    hosts: Hosts::Built { iso: false, aws_global: false },
    signer_region: SignerRegion::AsGiven,
    host_check: HostCheck::None,
    label_check: false,
    path_end: PathEnd::Slash,
    bracket_hosts: false,
    configured_urls: false,
    signs_web_identity: true,
    web_identity: WebIdentity::Core,
    profile_role: ProfileRole::Absent,
    keys_in_config_file: false,
    provider_hosts: ProviderHosts::OwnList,
};

fn vintage(sdk: &mut CppSdk, newer: impl FnOnce(&mut Vintage)) {
    if let Hosts::Rules { vintage, .. } = &mut sdk.hosts {
        newer(vintage);
    }
}

fn parser(sdk: &mut CppSdk, newer: impl FnOnce(&mut Comments, &mut bool, &mut bool)) {
    if let FileParser::Strict { comments, carriage_returns, services } = &mut sdk.file_parser {
        newer(comments, carriage_returns, services);
    }
}

fn rules(sdk: &mut CppSdk, newer: impl FnOnce(&mut RuleRegion, &mut bool)) {
    if let Hosts::Rules { region, miscut, .. } = &mut sdk.hosts {
        newer(region, miscut);
    }
}

static CHANGES: &[Change<CppSdk>] = &[
    Change::since(
        release(&[1, 7, 174]),
        "2019-08-30",
        "STSProfileCredentialsProvider assumes a profile's role",
        Evidence::source("aws-cpp-sdk-identity-management/source/auth/STSProfileCredentialsProvider.cpp"),
        |sdk| sdk.profile_role = ProfileRole::IdentityManagement,
    ),
    Change::since(
        release(&[1, 7, 254]),
        "2020-01-07",
        "hosts of us-iso-east-1 and us-isob-east-1",
        Evidence::source("aws-cpp-sdk-sts/source/STSEndpoint.cpp"),
        |sdk| sdk.hosts = Hosts::Built { iso: true, aws_global: false },
    ),
    Change::since(
        release(&[1, 8, 0]),
        "2020-04-13",
        "a client's region from AWS_DEFAULT_REGION, AWS_REGION, the config file's profile and instance metadata",
        Evidence::recorded(
            "aws-cpp-sdk-core/source/client/ClientConfiguration.cpp; recorded at 1.7.365 and 1.8.187",
        ),
        |sdk| sdk.region_chain = true,
    ),
    Change::since(
        release(&[1, 8, 1]),
        "2020-06-30",
        "region aws-global: the host of us-east-1; pseudo-regions are translated before they sign",
        Evidence::source("aws-cpp-sdk-sts/source/STSEndpoint.cpp; aws-cpp-sdk-core/source/Region.cpp"),
        |sdk| {
            sdk.hosts = Hosts::Built { iso: true, aws_global: true };
            sdk.signer_region = SignerRegion::Computed { fips_aws_global: false };
        },
    ),
    Change::since(
        release(&[1, 8, 11]),
        "2020-07-21",
        "hosts must be DNS labels",
        Evidence::source("aws-cpp-sdk-core/source/utils/DNS.cpp, source/client/AWSClient.cpp"),
        |sdk| sdk.host_check = HostCheck::Labels,
    ),
    Change::since(
        release(&[1, 9, 10]),
        "2021-04-30",
        "region fips-aws-global signs for us-east-1",
        Evidence::source("aws-cpp-sdk-core/source/Region.cpp"),
        |sdk| sdk.signer_region = SignerRegion::Computed { fips_aws_global: true },
    ),
    Change::since(
        release(&[1, 9, 29]),
        "2021-05-26",
        "no slash is appended to an override's path; one that is there is dropped",
        Evidence::source("commit b907335d3f; aws-cpp-sdk-core/source/http/URI.cpp"),
        |sdk| sdk.path_end = PathEnd::Segment,
    ),
    Change::since(
        release(&[1, 9, 50]),
        "2021-06-29",
        "the slash at the end of an override's path is kept",
        Evidence::source("commit 6dd8d33150; aws-cpp-sdk-core/source/http/URI.cpp"),
        |sdk| sdk.path_end = PathEnd::Kept,
    ),
    Change::since(
        release(&[1, 9, 99]),
        "2021-08-26",
        "hosts in brackets may hold colons",
        Evidence::source("commit cb67425a8e; aws-cpp-sdk-core/source/http/URI.cpp"),
        |sdk| sdk.bracket_hosts = true,
    ),
    Change::since(
        release(&[1, 9, 331]),
        "2022-08-23",
        "a new loader for the config file: comments, `[profile x]` and nothing else, malformed lines end it",
        Evidence::source(
            "commits 549106c, 7ad1276; aws-cpp-sdk-core/source/config/AWSConfigFileProfileConfigLoader.cpp",
        ),
        |sdk| {
            sdk.file_parser =
                FileParser::Strict { comments: Comments::Anywhere, carriage_returns: true, services: false };
        },
    ),
    Change::since(
        release(&[1, 10, 0]),
        "2022-11-06",
        "the STS endpoint rule set, FIPS in code, the global endpoint for region aws-global; FIPS pseudo-regions are cut at \
         wrong places",
        Evidence::recorded(
            "aws-cpp-sdk-core/source/endpoint/BuiltInParameters.cpp; recorded at 1.9.379 and 1.10.57",
        ),
        |sdk| {
            sdk.hosts = Hosts::Rules { region: RuleRegion::Required, miscut: true, vintage: Vintage::FIRST };
        },
    ),
    Change::since(
        release(&[1, 10, 55]),
        "2023-01-19",
        "an override works with an empty region: the rules get the region \"region-not-set\"",
        Evidence::source("aws-cpp-sdk-core/source/endpoint/BuiltInParameters.cpp; recorded at 1.10.57"),
        |sdk| rules(sdk, |region, _| *region = RuleRegion::DummyForOverride),
    ),
    Change::since(
        release(&[1, 11, 75]),
        "2023-05-08",
        "the rules need no region any more, and say that it is missing",
        Evidence::source("aws-cpp-sdk-sts/source/STSEndpointRules.cpp; recorded at 1.10.57 and 1.11.591"),
        |sdk| rules(sdk, |region, _| *region = RuleRegion::Optional),
    ),
    Change::since(
        release(&[1, 11, 77]),
        "2023-05-10",
        "FIPS pseudo-regions are cut where they should be",
        Evidence::source(
            "aws-cpp-sdk-core/source/endpoint/BuiltInParameters.cpp; recorded at 1.10.57 and 1.11.591",
        ),
        |sdk| rules(sdk, |_, miscut| *miscut = false),
    ),
    Change::since(
        release(&[1, 11, 89]),
        "2023-05-30",
        "lines of the config file may end in carriage return and line feed",
        Evidence::source("aws-cpp-sdk-core/source/config/AWSConfigFileProfileConfigLoader.cpp"),
        |sdk| parser(sdk, |_, carriage_returns, _| *carriage_returns = false),
    ),
    Change::since(
        release(&[1, 11, 131]),
        "2023-07-31",
        "partitions aws-iso-e and aws-iso-f",
        Evidence::source("aws-cpp-sdk-core/source/endpoint/AWSPartitions.cpp"),
        |sdk| vintage(sdk, |vintage| (vintage.iso_e, vintage.iso_f) = (true, true)),
    ),
    Change::by(
        release(&[1, 11, 591]),
        "",
        "comments in values need a blank in front of them; partition aws-eusc; whatever holds a bracket is taken for a host; \
         a core without the identity-management library finds keys in a profile, but no role",
        Evidence::recorded("at 1.11.591; not so in sources of 1.11.274"),
        |sdk| {
            parser(sdk, |comments, _, _| *comments = Comments::AfterBlank);
            vintage(sdk, |vintage| vintage.eusc = true);
            sdk.host_check = HostCheck::LabelsOrBrackets;
            sdk.profile_role = ProfileRole::KeysOnly;
        },
    ),
    Change::by(
        release(&[1, 11, 724]),
        "",
        "endpoint overrides from variables, `[services]` and the profile; web identity through the common runtime, which \
         reads AWS_REGION too; dual-stack hosts in aws-eusc and the aws-iso partitions",
        Evidence::recorded("at 1.11.591 and 1.11.724"),
        |sdk| {
            parser(sdk, |_, _, services| *services = true);
            vintage(sdk, |vintage| (vintage.eusc_dual_stack, vintage.iso_dual_stack) = (true, true));
            sdk.configured_urls = true;
            sdk.web_identity = WebIdentity::CommonRuntime { client_region: false };
        },
    ),
    Change::by(
        release(&[1, 11, 800]),
        "",
        "clients of the Smithy kind: overrides from outside of code are lost, a region that is no host label counts as \
         none, regions sign as they are given, AssumeRoleWithWebIdentity and AssumeRoleWithSAML are not signed; keys in the \
         config file count",
        Evidence::recorded("at 1.11.724 and 1.11.800"),
        |sdk| {
            sdk.configured_urls = false;
            sdk.label_check = true;
            sdk.host_check = HostCheck::Labels;
            sdk.signer_region = SignerRegion::AsGiven;
            sdk.signs_web_identity = false;
            sdk.keys_in_config_file = true;
        },
    ),
    Change::by(
        release(&[1, 11, 900]),
        "",
        "overrides from outside of code are back; the chain's web identity provider takes the client's region; profiles \
         are the common runtime's, which assumes their roles",
        Evidence::recorded("at 1.11.800 and 1.11.900; aws-c-auth source/credentials_provider_profile.c"),
        |sdk| {
            sdk.configured_urls = true;
            sdk.web_identity = WebIdentity::CommonRuntime { client_region: true };
            sdk.profile_role = ProfileRole::CommonRuntime;
        },
    ),
];

/// Both editions have the same row: the setting not supported, regional, us-east-1 (Regional) without a region. The newest
/// release does that but for the common runtime's providers, and for pseudo-regions, which it signs as they are.
fn documented() -> CppSdk {
    CppSdk {
        provider_hosts: ProviderHosts::Rules,
        signer_region: SignerRegion::Computed { fips_aws_global: true },
        ..HISTORY.behaviour_at(HISTORY.newest)
    }
}

/// The history of the AWS SDK for C++.
pub static HISTORY: History<CppSdk> = History {
    sdk: Sdk::Cpp,
    releases_of: "aws-sdk-cpp",
    first: release(&[1, 7, 156]),
    newest: release(&[1, 11, 900]),
    recorded: &[
        release(&[1, 7, 365]),
        release(&[1, 8, 187]),
        release(&[1, 9, 379]),
        release(&[1, 10, 57]),
        release(&[1, 11, 591]),
        release(&[1, 11, 724]),
        release(&[1, 11, 800]),
        release(&[1, 11, 900]),
    ],
    recorded_scenarios: 956,
    source: "sources of aws/aws-sdk-cpp 1.7.156 to 1.11.274 and awslabs/aws-c-auth; newer releases by observation",
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
    use alloc::format;
    use alloc::string::{String, ToString};
    use sts_endpoint_core::{ResolutionPolicy, Scenario};

    #[test]
    fn changes_stand_in_order() {
        assert!(CHANGES.windows(2).all(|pair| pair[0].note.since <= pair[1].note.since));
    }

    #[test]
    fn a_change_between_two_recorded_releases_is_dated() {
        let at = |numbers| HISTORY.behaviour_at(release(numbers));
        assert_eq!(at(&[1, 9, 28]).path_end, PathEnd::Slash);
        assert_eq!(at(&[1, 9, 29]).path_end, PathEnd::Segment);
        assert!(matches!(at(&[1, 11, 76]).hosts, Hosts::Rules { miscut: true, .. }));
        assert!(matches!(at(&[1, 11, 77]).hosts, Hosts::Rules { miscut: false, .. }));
    }

    fn answer(numbers: &[u32], scenario: &Scenario) -> String {
        let (policy, _) = HISTORY.policy_at(release(numbers)).expect("a release of the history");
        policy.resolve(scenario).to_string()
    }

    #[test]
    fn isolated_regions_get_hosts_of_their_own() {
        for (region, before, since) in [
            ("us-iso-east-1", "amazonaws.com", "c2s.ic.gov"),
            ("us-isob-east-1", "amazonaws.com", "sc2s.sgov.gov"),
            // generated code names those two, and no other one
            ("us-iso-west-1", "amazonaws.com", "amazonaws.com"),
        ] {
            let scenario = Scenario::new().with_code_region(region);
            let wanted = |suffix| format!("https://sts.{region}.{suffix}/ signed for {region}");
            assert_eq!(answer(&[1, 7, 253], &scenario), wanted(before));
            assert_eq!(answer(&[1, 7, 254], &scenario), wanted(since));
        }
    }

    #[test]
    fn the_global_fips_region_comes_to_sign_for_us_east_1() {
        let scenario = Scenario::new().with_code_region("fips-aws-global");
        const HOST: &str = "https://sts.fips-aws-global.amazonaws.com/";
        assert_eq!(answer(&[1, 9, 9], &scenario), format!("{HOST} signed for aws-global"));
        assert_eq!(answer(&[1, 9, 10], &scenario), format!("{HOST} signed for us-east-1"));
    }

    #[test]
    fn an_override_comes_to_need_no_region() {
        const FAILURE: &str = "missing-region: CoreErrors::ENDPOINT_RESOLUTION_FAILURE: Failed to evaluate the endpoint: null \
                               output from AWS CRT RuleEngine";
        let with_region = |region| {
            let mut scenario = Scenario::new().with_code_region(region);
            scenario.code.endpoint = Some("http://h".into());
            scenario
        };
        for (numbers, without) in
            [([1, 10, 54], FAILURE), ([1, 10, 55], "http://h/ signed for an empty region")]
        {
            assert_eq!(answer(&numbers, &with_region("")), without);
            assert_eq!(answer(&numbers, &with_region("us-west-2")), "http://h/ signed for us-west-2");
        }
    }
}
