//! Which region an endpoint override is signed for: the one that can be read out of its URL.
//!
//! Sources: aws/aws-sdk-net `Core/Amazon.Util/AWSSDKUtils.cs` DetermineRegion (3.3), `Core/Amazon.Util/Internal/RegionFinder.cs`
//! (from 3.5).

use crate::UrlRegion;
use crate::region::lower_case;
use alloc::borrow::Cow;
use sts_endpoint_core::Partition;

/// The region of a URL.
pub(crate) fn find(url: &str, how: UrlRegion) -> Cow<'_, str> {
    match how {
        UrlRegion::LastLabel => last_label(url),
        UrlRegion::Finder => finder(url),
    }
}

/// `AWSSDKUtils.DetermineRegion` of 3.3: what stands before `.amazonaws.com`, from the last dot. A VPC endpoint's host
/// gives `vpce`.
fn last_label(url: &str) -> Cow<'_, str> {
    let url = url.split_once("//").map_or(url, |(_, rest)| rest);
    let Some((service_and_region, _)) = url.split_once(".amazonaws.com") else { return "us-east-1".into() };
    match service_and_region.find("queue") {
        Some(0) => return "us-east-1".into(),
        Some(at) => return service_and_region.get(..at.saturating_sub(1)).unwrap_or("").into(),
        None => {}
    }
    let Some((_, region)) = service_and_region.rsplit_once('.') else { return "us-east-1".into() };
    match region {
        "external-1" => "us-east-1".into(),
        "us-gov" => "us-gov-west-1".into(),
        // the signer's doing
        _ => lower_case(region.into()),
    }
}

fn finder(url: &str) -> Cow<'_, str> {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or(authority);
    if authority.chars().any(char::is_uppercase) {
        return Cow::Owned(in_authority(&authority.to_lowercase()).into());
    }
    Cow::Borrowed(in_authority(authority))
}

fn in_authority(authority: &str) -> &str {
    exact(authority).or_else(|| fuzzy(authority)).unwrap_or("us-east-1")
}

/// Labels from the right; in each, a known region at the end of the label, behind a hyphen or alone.
fn exact(authority: &str) -> Option<&'static str> {
    for label in authority.rsplit('.') {
        if label == "us-gov" {
            return Some("us-gov-west-1");
        }
        let known = label.rmatch_indices('-').map(|(at, _)| at + 1).chain([0]).find_map(|start| {
            let tail = label.get(start..)?;
            Partition::all()
                .iter()
                .flat_map(|partition| partition.regions)
                .find(|region| **region == tail && !region.ends_with("-global"))
        });
        if known.is_some() {
            return known.copied();
        }
    }
    None
}

/// Anything that looks like a region of a partition, the rightmost one, partition by partition.
fn fuzzy(authority: &str) -> Option<&str> {
    // the order of endpoints.json
    const ORDER: [&str; 8] =
        ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];
    ORDER.iter().filter_map(|id| Partition::named(id)).find_map(|partition| rightmost(authority, partition))
}

/// The rightmost match of `(prefix)\-\w+\-\d+`, matched from the right.
fn rightmost<'t>(text: &'t str, partition: &Partition) -> Option<&'t str> {
    let mut end = text.len();
    loop {
        let until = text.get(..end)?;
        let without_digits = until.trim_end_matches(|c: char| c.is_ascii_digit());
        let matched = (without_digits.len() < until.len())
            .then(|| {
                let before = without_digits.strip_suffix('-')?;
                let without_word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
                (without_word.len() < before.len()).then_some(())?;
                let head = without_word.strip_suffix('-')?;
                let prefix = partition.prefixes.iter().find(|prefix| head.ends_with(**prefix))?;
                text.get(head.len() - prefix.len()..end)
            })
            .flatten();
        if matched.is_some() {
            return matched;
        }
        end = until.char_indices().next_back()?.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_takes_the_last_label() {
        for (url, region) in [
            ("https://vpce-0abc-123.sts.us-east-1.vpce.amazonaws.com/", "vpce"),
            ("https://sts.us-west-2.amazonaws.com", "us-west-2"),
            ("https://sts.amazonaws.com", "us-east-1"),
            ("https://my.proxy.example/sts.us-west-2.amazonaws.com", "us-west-2"),
            ("https://queue.us-west-2.amazonaws.com", "us-east-1"),
            ("https://us-west-2.queue.amazonaws.com", "us-west-2"),
            ("https://sts.us-gov.amazonaws.com", "us-gov-west-1"),
            ("https://sts.external-1.amazonaws.com", "us-east-1"),
            ("https://STS.US-WEST-2.amazonaws.com", "us-west-2"),
            ("https://sts.ÜNÏCODE-1.amazonaws.com", "ünïcode-1"),
            ("http://localhost:4566", "us-east-1"),
        ] {
            assert_eq!(find(url, UrlRegion::LastLabel), region, "{url}");
        }
    }

    #[test]
    fn the_finder_knows_regions() {
        for (url, region) in [
            ("https://vpce-0abc-123.sts.us-west-2.vpce.amazonaws.com/", "us-west-2"),
            ("https://STS.US-WEST-2.AMAZONAWS.COM", "us-west-2"),
            ("https://my.proxy.example/sts.us-west-2.amazonaws.com", "us-east-1"),
            ("https://sts.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
            ("https://sts-us-west-2.example", "us-west-2"),
            // what is known comes before what looks like a region
            ("https://sts-us-west-2.us-mars-1.example", "us-west-2"),
            ("https://us-west-2.us-mars-1.example", "us-west-2"),
            ("https://sts.aws-global.example", "us-east-1"),
            ("https://us--1.example", "us-east-1"),
            ("https://sts.us-mars-1.example:80", "us-mars-1"),
            ("https://sts.us-gov-mars-1.example", "us-gov-mars-1"),
            ("https://us-west-2:4566", "us-west-2"),
            ("https://sts.amazonaws.com.cn", "us-east-1"),
            ("https://s3.us-gov.amazonaws.com", "us-gov-west-1"),
            ("http://ü-é-1-", "us-east-1"),
        ] {
            assert_eq!(find(url, UrlRegion::Finder), region, "{url}");
        }
    }
}
