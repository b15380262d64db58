//! Lines of Dockerfiles and workflows that install the AWS CLI.

use super::{Dependency, Found, Pin};
use crate::place::Place;
use std::path::Path;
use sts_endpoint::Sdk;

/// `pip install awscli==1.42.0`, the CLI v2 installer with or without a version, a distribution's package.
fn installs(line: &str) -> Option<(Sdk, &'static str, Pin)> {
    if let Some(at) = line.find("awscli-exe-linux-") {
        // awscli-exe-linux-x86_64-2.15.62.zip; without a number, whatever is newest that day.
        let name =
            line[at..].split(|c: char| c.is_whitespace() || "\"'/".contains(c)).next().unwrap_or_default();
        let name = name.trim_end_matches(".sig").trim_end_matches(".zip");
        let version = name.rsplit('-').next().filter(|last| last.starts_with(|c: char| c.is_ascii_digit()));
        return Some((Sdk::CliV2, "awscli-exe", version.map_or(Pin::loose(""), Pin::read)));
    }
    if let Some(at) = line.find("amazon/aws-cli:") {
        let tag = line[at + "amazon/aws-cli:".len()..]
            .split(|c: char| c.is_whitespace() || "\"'@".contains(c))
            .next()?;
        return Some((Sdk::CliV2, "amazon/aws-cli", Pin::read(tag)));
    }
    let words: Vec<&str> =
        line.split_whitespace().map(|word| word.trim_matches(|c| "\"'".contains(c))).collect();
    let at = words.iter().position(|word| {
        *word == "awscli"
            || *word == "aws-cli"
            || word.strip_prefix("awscli").is_some_and(|rest| rest.starts_with(['=', '>', '<', '~']))
    })?;
    let before = &words[..at];
    let installs = before.iter().any(|word| matches!(*word, "install" | "add"));
    if !installs {
        return None;
    }
    if before.iter().any(|word| word.starts_with("pip") || *word == "uv") {
        let pin = words[at]
            .strip_prefix("awscli==")
            .map_or_else(|| Pin::loose(&words[at]["awscli".len()..]), Pin::read);
        return Some((Sdk::CliV1, "awscli", pin));
    }
    // A distribution's package: Debian 12 and Alpine have v2, older ones v1; the line does not tell.
    Some((Sdk::CliV2, "awscli", Pin::loose("the distribution's own release")))
}

pub(super) fn dockerfile(path: &Path, text: &str) -> Found {
    let found = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#')).filter_map(
        |(i, line)| {
            let (sdk, package, pin) = installs(line)?;
            Some(Dependency { sdk, package: package.into(), pin, place: Place::new(path, i + 1) })
        },
    );
    Ok(found.collect())
}

pub(super) fn workflow(path: &Path, text: &str) -> Found {
    dockerfile(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        dockerfile(Path::new("Dockerfile"), text).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn installers_of_the_cli() {
        assert_eq!(
            said("RUN pip install --no-cache-dir awscli==1.41.17 && rm -rf x\n"),
            ["cli-v1@1.41.17 (Dockerfile:1)"]
        );
        assert_eq!(
            said(
                "FROM x\nRUN curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64-2.15.62.zip -o a.zip\n"
            ),
            ["cli-v2@2.15.62 (Dockerfile:2)"]
        );
        assert_eq!(
            said("RUN curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip -o a.zip\n"),
            ["cli-v2 at no stated release (Dockerfile:1)"]
        );
        assert_eq!(said("FROM amazon/aws-cli:2.36.7\n"), ["cli-v2@2.36.7 (Dockerfile:1)"]);
        assert!(said("# RUN pip install awscli\nRUN echo awscli\n").is_empty());
    }
}
