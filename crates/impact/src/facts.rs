//! What follows from one request.

use serde::Serialize;
use std::fmt;
use sts_endpoint::{Endpoint, Partition, Resolution};

/// What kind of session token an endpoint hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TokenClass {
    /// Of the global endpoint: valid only in regions that are enabled by default, unless the account has set
    /// `GlobalEndpointTokenVersion` to 2; shorter.
    Global,
    /// Of a regional endpoint: valid in every region; longer.
    Regional,
}

impl fmt::Display for TokenClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Global => "global",
            Self::Regional => "regional",
        })
    }
}

/// Opt-in regions of the commercial partition: regions that an account has to enable. (IAM User Guide, table "AWS STS
/// Regions", as of November 2025, with the regions that the SDKs' data has had since.)
const OPT_IN: [&str; 19] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "me-west-1",
    "mx-central-1",
    "sa-west-1",
];

/// Whether a region has to be enabled by the account before it can be used.
///
/// ```
/// assert!(sts_endpoint_impact::is_opt_in("ap-east-1"));
/// assert!(!sts_endpoint_impact::is_opt_in("us-west-2"));
/// ```
pub fn is_opt_in(region: &str) -> bool {
    OPT_IN.contains(&region)
}

/// What follows from one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Facts {
    /// The host that a firewall must let through, port included where the URL has one.
    pub host: String,
    /// The signing region; `None`: the request is unsigned.
    pub signing_region: Option<String>,
    /// The partition that the host belongs to; `None`: the host is none of AWS's.
    pub partition: Option<&'static str>,
    /// The region in which CloudTrail records the call, which is also what `aws:RequestedRegion` says; `None`: not known.
    pub event_region: Option<String>,
    /// What kind of token the call brings; `None`: not known.
    pub token: Option<TokenClass>,
    /// The VPC interface endpoint service whose private DNS name covers the host; `None`: no interface endpoint does.
    pub vpc_endpoint: Option<String>,
}

impl Facts {
    /// What follows from a request.
    ///
    /// ```
    /// use sts_endpoint::{Endpoint, Resolution};
    /// use sts_endpoint_impact::Facts;
    ///
    /// let facts = Facts::of(&Resolution::new(Endpoint::regional("eu-west-1", "amazonaws.com"), "eu-west-1"));
    /// assert_eq!(facts.vpc_endpoint.as_deref(), Some("com.amazonaws.eu-west-1.sts"));
    /// ```
    pub fn of(resolution: &Resolution<'_>) -> Self {
        let endpoint = &resolution.endpoint;
        let host = endpoint.host().into_owned();
        let signing_region = resolution.signing_region.as_deref().map(String::from);
        if endpoint.is_global() {
            return Self {
                host,
                signing_region,
                partition: Some("aws"),
                event_region: Some("us-east-1".into()),
                token: Some(TokenClass::Global),
                vpc_endpoint: None,
            };
        }
        let (service, region, partition) = match endpoint {
            Endpoint::Regional { service, region, suffix } => {
                (Some(*service), Some(region.to_string()), partition_of(suffix, region))
            }
            _ => read_host(&host),
        };
        let vpc_endpoint = match (service, &region, partition) {
            (Some(service @ ("sts" | "sts-fips")), Some(region), Some(partition)) => {
                let prefix = if partition == "aws-cn" { "cn." } else { "" };
                Some(format!("{prefix}com.amazonaws.{region}.{service}"))
            }
            _ => None,
        };
        Self {
            host,
            signing_region,
            partition,
            token: region.is_some().then_some(TokenClass::Regional),
            event_region: region,
            vpc_endpoint,
        }
    }
}

/// The partition of a DNS suffix. Two partitions share `amazonaws.com`: the region tells them apart.
fn partition_of(suffix: &str, region: &str) -> Option<&'static str> {
    let serves =
        |partition: &Partition| partition.dns_suffix == suffix || partition.dual_stack_dns_suffix == suffix;
    let own = Partition::of(region);
    if serves(own) {
        return Some(own.id);
    }
    Partition::all().iter().find(|partition| serves(partition)).map(|partition| partition.id)
}

/// Service, region and partition of a host that was given: one of AWS's own, or the DNS name of an interface endpoint
/// (`vpce-….sts.us-east-1.vpce.amazonaws.com`).
fn read_host(host: &str) -> (Option<&'static str>, Option<String>, Option<&'static str>) {
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    for partition in Partition::all() {
        for suffix in [partition.dual_stack_dns_suffix, partition.dns_suffix] {
            let Some(labels) = host.strip_suffix(suffix).and_then(|labels| labels.strip_suffix('.')) else {
                continue;
            };
            let (labels, through_endpoint) = match labels.strip_suffix(".vpce") {
                Some(labels) => (labels, true),
                None => (labels, false),
            };
            let mut parts = labels.rsplit('.');
            let (Some(region), Some(service)) = (parts.next(), parts.next()) else { continue };
            let service = match service {
                "sts" => "sts",
                "sts-fips" => "sts-fips",
                _ => continue,
            };
            if through_endpoint || parts.next().is_none() {
                return (
                    (!through_endpoint).then_some(service),
                    Some(region.into()),
                    partition_of(suffix, region),
                );
            }
        }
    }
    (None, None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Facts {
        Facts::of(&Resolution::new(Endpoint::given(url), "us-west-2"))
    }

    #[test]
    fn given_hosts_are_read() {
        let facts = of("https://sts.us-gov-west-1.amazonaws.com");
        assert_eq!(
            (facts.partition, facts.event_region.as_deref()),
            (Some("aws-us-gov"), Some("us-gov-west-1"))
        );
        let facts = of("https://vpce-0abc-123.sts.us-east-1.vpce.amazonaws.com");
        assert_eq!((facts.event_region.as_deref(), facts.vpc_endpoint), (Some("us-east-1"), None));
        let facts = of("http://localhost:4566");
        assert_eq!((facts.partition, facts.event_region, facts.token), (None, None, None));
    }

    #[test]
    fn the_global_endpoint_is_us_east_1s_affair_and_no_interface_endpoint_covers_it() {
        let facts = of("https://sts.amazonaws.com");
        assert_eq!(facts.event_region.as_deref(), Some("us-east-1"));
        assert_eq!((facts.token, facts.vpc_endpoint), (Some(TokenClass::Global), None));
    }

    #[test]
    fn china_has_service_names_of_its_own() {
        let facts =
            Facts::of(&Resolution::new(Endpoint::regional("cn-north-1", "amazonaws.com.cn"), "cn-north-1"));
        assert_eq!(facts.vpc_endpoint.as_deref(), Some("cn.com.amazonaws.cn-north-1.sts"));
    }

    #[test]
    fn a_fips_host_needs_the_fips_endpoint() {
        let facts = Facts::of(&Resolution::new(Endpoint::fips("us-east-1", "amazonaws.com"), "us-east-1"));
        assert_eq!(facts.vpc_endpoint.as_deref(), Some("com.amazonaws.us-east-1.sts-fips"));
    }
}
