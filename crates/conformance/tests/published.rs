//! The published data: partitions, and the endpoint rule set's own test cases.

use serde::Deserialize;
use std::path::Path;
use sts_endpoint::Partition;
use sts_endpoint::rules::{Parameters, resolve};

fn fixture<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[derive(Deserialize)]
struct Cases {
    count: usize,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    params: CaseParameters,
    expect: Expect,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct CaseParameters {
    region: Option<String>,
    #[serde(default, rename = "UseFIPS")]
    use_fips: bool,
    #[serde(default)]
    use_dual_stack: bool,
    endpoint: Option<String>,
    #[serde(default)]
    use_global_endpoint: bool,
}

#[derive(Deserialize)]
struct Expect {
    endpoint: Option<ExpectedEndpoint>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct ExpectedEndpoint {
    url: String,
    signing_region: Option<String>,
}

#[test]
fn all_published_cases_of_the_rule_set_hold() {
    let Cases { count, cases } = fixture("sts-endpoint-tests.json");
    assert_eq!((count, cases.len()), (69, 69));
    for Case { params, expect } in cases {
        let answer = resolve(&Parameters {
            region: params.region.as_deref(),
            use_fips: params.use_fips,
            use_dual_stack: params.use_dual_stack,
            endpoint: params.endpoint.as_deref(),
            use_global_endpoint: params.use_global_endpoint,
            ..Parameters::default()
        });
        match (answer, expect) {
            (Ok(answer), Expect { endpoint: Some(expected), .. }) => {
                let url = answer.endpoint.to_string();
                assert_eq!(url.trim_end_matches('/'), expected.url.trim_end_matches('/'), "{params:?}");
                assert_eq!(answer.signing_region, expected.signing_region.as_deref(), "{params:?}");
            }
            (Err(error), Expect { error: Some(expected), .. }) => {
                assert_eq!(error.message(), expected, "{params:?}")
            }
            (answer, _) => panic!("{params:?}: {answer:?}"),
        }
    }
}

#[derive(Deserialize)]
struct Published {
    partitions: Vec<PublishedPartition>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PublishedPartition {
    id: String,
    dns_suffix: String,
    dual_stack_dns_suffix: String,
    implicit_global_region: String,
    #[serde(rename = "supportsFIPS")]
    supports_fips: bool,
    supports_dual_stack: bool,
    region_regex: String,
    regions: Vec<String>,
}

#[test]
fn the_partition_table_is_the_published_one() {
    let Published { partitions } = fixture("partitions.json");
    assert_eq!(partitions.len(), Partition::all().len());
    for (published, ours) in partitions.iter().zip(Partition::all()) {
        assert_eq!(published.id, ours.id);
        assert_eq!(published.dns_suffix, ours.dns_suffix);
        assert_eq!(published.dual_stack_dns_suffix, ours.dual_stack_dns_suffix);
        assert_eq!(published.implicit_global_region, ours.implicit_global_region);
        assert_eq!(published.supports_fips, ours.supports_fips);
        assert_eq!(published.supports_dual_stack, ours.supports_dual_stack);
        assert_eq!(published.regions, ours.regions);
        let alternatives = ours.prefixes.join("|").replace('-', "\\-");
        let patterns = [
            format!("^({alternatives})\\-\\w+\\-\\d+$"),
            format!("^{alternatives}\\-\\w+\\-\\d+$"),
            format!("^{}\\-({})\\-\\w+\\-\\d+$", "eusc", alternatives.trim_start_matches("eusc\\-")),
        ];
        assert!(patterns.contains(&published.region_regex), "{}: {}", published.id, published.region_regex);
    }
}
