//! The rules.

use super::{Answer, Check, Hit, Level, Rule, Unanswered};
use crate::packages::Pin;
use crate::place::Place;
use crate::workload::Run;
use sts_endpoint::explain::{Explained, Ignored, VARIABLES, near_miss};
use sts_endpoint::profile::FileValue;
use sts_endpoint::{
    Endpoint, Failure, FailureCategory, FileKind, Origin, Outcome, Partition, Resolution, ResolutionPolicy,
    Sourced, Standing, Value, Verdict, Version,
};
use sts_endpoint_impact::{TokenClass, is_opt_in};

macro_rules! rules {
    ($($id:literal $level:ident $title:literal, $explanation:literal, $witness:expr => $check:expr;)+) => {
        [$(Rule {
            id: $id,
            level: Level::$level,
            title: $title,
            explanation: $explanation,
            witness: &$witness,
            check: $check,
        }),+]
    };
}

/// Every rule, by level and id.
pub static RULES: [Rule; 33] = rules! {
    "config-parse" Error "A profile file does not parse",
        "The SDK refuses the shared config or credentials file, and every call fails. SDKs differ: what one passes over, another refuses. Put the line right.",
        [("requirements.txt", "boto3==1.44.5\n"), (".aws/config", "region = us-west-2\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::ConfigParse));
    "dualstack-off" Error "Dual-stack endpoints are asked for and not used",
        "A dual-stack endpoint was asked for, and the request goes to an ordinary host: this SDK, release or entry does not read the place where it was asked.",
        [("requirements.txt", "boto3==1.9.253\n"), (".env", "AWS_USE_DUALSTACK_ENDPOINT=true\n")] =>
        Check::Answer(|answer| variant_off(answer, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", |host| host.contains("api.") || host.contains("dualstack")));
    "empty-region" Error "The request is made for an empty region",
        "A region is set to the empty text, and the SDK takes it for one: the host is `sts..amazonaws.com`, or the signature names no region. Unset the variable or the key instead of emptying it.",
        [("Cargo.lock", "version = 3\n\n[[package]]\nname = \"aws-config\"\nversion = \"1.5.9\"\n"), (".env", "AWS_REGION=\n")] =>
        Check::Answer(empty_region);
    "fips-off" Error "FIPS endpoints are asked for and not used",
        "A FIPS endpoint was asked for, and the request goes to an ordinary host: this SDK, release or entry does not read the place where it was asked, or its `legacy` mode comes first.",
        [("requirements.txt", "boto3==1.9.253\n"), (".env", "AWS_USE_FIPS_ENDPOINT=true\n")] =>
        Check::Answer(|answer| variant_off(answer, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", |host| host.contains("fips") || host.starts_with("sts.us-gov-")));
    "invalid-endpoint" Error "An endpoint override is refused",
        "The SDK cannot use the endpoint override, and the call fails. Give a whole URL: `https://host`.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_ENDPOINT_URL_STS=localhost:4566\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::InvalidEndpoint));
    "invalid-region" Error "A region is refused",
        "The SDK refuses the region's text, and the call fails. A comment behind the value, white space or a misspelling is the usual cause.",
        [("gradle.lockfile", "software.amazon.awssdk:sts:2.29.52=runtimeClasspath\n"), (".env", "AWS_REGION=\"us-west-2 # Oregon\"\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::InvalidRegion));
    "invalid-setting" Error "A setting is refused",
        "The value of `AWS_STS_REGIONAL_ENDPOINTS` (or of another setting) is none that this SDK takes, and it breaks the client. The values are `legacy` and `regional`.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_STS_REGIONAL_ENDPOINTS=true\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::InvalidSetting));
    "leaves-partition" Error "The request leaves its partition",
        "The region belongs to one partition and the request goes to a host of another. Credentials of one partition mean nothing in the other, and regulated workloads must not make the call.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_REGION=cn-north-1\n")] =>
        Check::Answer(leaves_partition);
    "misspelt-key" Error "A profile file has a misspelt key",
        "A key of a profile file is no key of any SDK, and one slip away from one that is. It has no effect.",
        [("requirements.txt", "boto3==1.44.5\n"), (".aws/config", "[default]\nsts_regional_endpoint = regional\n")] =>
        Check::Answer(|answer| ignored(answer, |ignored| ignored.meant.is_some() && !ignored.place.starts_with('$')));
    "misspelt-variable" Error "A variable is misspelt",
        "A variable is read by no SDK, and is one slip away from one that is. It has no effect.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_STS_REGIONAL_ENDPOINT=regional\n")] =>
        Check::Run(misspelt_variables);
    "missing-region" Error "No region is configured, and the call fails",
        "This SDK wants a region, and finds none in the places where it looks. A region in a variable or file that another SDK reads does not help it.",
        [("gradle.lockfile", "software.amazon.awssdk:sts:2.29.52=runtimeClasspath\n"), (".env", "AWS_DEFAULT_REGION=us-west-2\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::MissingRegion));
    "override-escaped" Error "A hidden call escapes the endpoint override",
        "The client's own calls go to the endpoint override; the call that its credential provider makes goes to AWS. With a local emulator that is a request with real consequences. Set `AWS_ENDPOINT_URL_STS`, move to a release that honours it there, or give the provider a client of your own.",
        [("go.mod", "module x\nrequire github.com/aws/aws-sdk-go-v2/config v1.32.7\n"), (".env", "AWS_REGION=us-west-2\nAWS_ENDPOINT_URL=http://localhost:4566\nAWS_ROLE_ARN=arn:aws:iam::123456789012:role/api\n")] =>
        Check::Answer(override_escaped);
    "profile-not-found" Error "The profile does not exist",
        "`AWS_PROFILE` names a profile that is in neither file. Some SDKs fail, others go on without it.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_PROFILE=dev\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::ProfileNotFound));
    "region-in-host" Error "A region's text steers the host",
        "The region holds characters that a host gives a meaning to, and this release puts it into the host unchecked: the signed request goes to a host that the region's text chose.",
        [("go.mod", "module x\nrequire github.com/aws/aws-sdk-go-v2/config v1.23.0\n"), (".env", "AWS_REGION=us-west-2.example.org#\n")] =>
        Check::Answer(region_in_host);
    "signing-region-mismatch" Error "Host and signing region do not match",
        "The host serves one region and the signature names another: the service answers SignatureDoesNotMatch, and verifiers that replay the request refuse it.",
        [("yarn.lock", "\"@aws-sdk/client-sts@^3.0.0\":\n  version \"3.846.0\"\n"), (".env", "AWS_REGION=US-WEST-2\n")] =>
        Check::Answer(signing_region_mismatch);
    "unsupported-variant" Error "FIPS or dual-stack is not to be had there",
        "The region's partition has no such endpoint by this release's data, and the call fails.",
        [("Cargo.lock", "version = 3\n\n[[package]]\nname = \"aws-config\"\nversion = \"1.5.9\"\n"), (".env", "AWS_REGION=us-iso-east-1\nAWS_USE_DUALSTACK_ENDPOINT=true\n")] =>
        Check::Answer(|answer| failed(answer, FailureCategory::UnsupportedVariant));
    "default-will-change" Warning "The newest release calls another host",
        "Nothing but a default decides here, and the newest release known decides otherwise under the same configuration. Set what you want before somebody moves the release: `AWS_STS_REGIONAL_ENDPOINTS` where the SDK reads it, a region where it falls back.",
        [("requirements.txt", "boto3==1.39.17\n"), (".env", "AWS_DEFAULT_REGION=us-west-2\n")] =>
        Check::Answer(default_will_change);
    "falls-back-to-us-east-1" Warning "No region is configured, and us-east-1 is called",
        "The SDK finds no region and falls back to us-east-1's own endpoint (which is not the global endpoint): a dependency on one region that nobody chose.",
        [("conanfile.txt", "[requires]\naws-sdk-cpp/1.7.365\n")] =>
        Check::Answer(falls_back);
    "global-endpoint" Warning "The workload depends on the global endpoint",
        "The request goes to `sts.amazonaws.com`: it is recorded in us-east-1, no VPC interface endpoint covers it, and it brings tokens that opt-in regions refuse. AWS recommends regional endpoints.",
        [("requirements.txt", "boto3==1.39.17\n")] =>
        Check::Answer(global_endpoint);
    "opt-in-region-global-token" Warning "An opt-in region is used with tokens of the global endpoint",
        "Tokens of the global endpoint are valid in regions that are enabled by default, and refused by opt-in regions unless the account has set GlobalEndpointTokenVersion to 2. Call the regional endpoint.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_REGION=me-south-1\n")] =>
        Check::Answer(opt_in_with_global_token);
    "plain-http" Warning "AWS is called over plain HTTP",
        "The request goes to a host of AWS's without TLS: a scheme from somewhere has overridden `https`.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_DEFAULT_REGION=us-west-2\nAWS_ENDPOINT_URL_STS=http://sts.us-west-2.amazonaws.com\n")] =>
        Check::Answer(plain_http);
    "provider-calls-another-host" Warning "The credential provider's call goes to another host than the client's",
        "The client's calls and the hidden call that fetches its credentials go to different hosts: firewalls and VPC endpoints have to serve both, and an outage of either region stops the workload.",
        [("conanfile.txt", "[requires]\naws-sdk-cpp/1.9.379\n"), (".env", "AWS_REGION=ap-east-1\nAWS_ROLE_ARN=arn:aws:iam::123456789012:role/api\n")] =>
        Check::Answer(provider_calls_another_host);
    "region-in-unread-file" Warning "A region stands in a file that is not read for it",
        "A region stands in a profile file, and this SDK does not look at it there: it reads another file, another section, or no file at all without a switch (`AWS_SDK_LOAD_CONFIG`).",
        [("yarn.lock", "aws-sdk@^2.0.0:\n  version \"2.1693.0\"\n"), (".aws/config", "[default]\nregion = us-west-2\n")] =>
        Check::Answer(|answer| unread_key(answer, "region", |answer| region_of(answer).is_none()));
    "region-variable-ignored" Warning "A region variable is not read by this SDK",
        "One of `AWS_REGION` and `AWS_DEFAULT_REGION` is set, and this SDK reads only the other (boto3 and CLI v1 read `AWS_DEFAULT_REGION`; most others read `AWS_REGION`). It goes on without the region.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_REGION=us-west-2\n")] =>
        Check::Answer(region_variable_ignored);
    "release-too-old-for-setting" Warning "The release is older than the setting",
        "`AWS_STS_REGIONAL_ENDPOINTS` or `sts_regional_endpoints` is set, and this release predates it; later releases of the SDK read it.",
        [("requirements.txt", "boto3==1.9.253\n"), (".env", "AWS_STS_REGIONAL_ENDPOINTS=regional\n")] =>
        Check::Answer(|answer| setting_unread(answer).filter(|_| later_release_reads_setting(answer)));
    "setting-ignored" Warning "The setting has no effect in this SDK",
        "`AWS_STS_REGIONAL_ENDPOINTS` or `sts_regional_endpoints` is set, and neither this release of the SDK nor a later one reads it. Such an SDK is regional; take the setting away.",
        [("go.mod", "module x\nrequire github.com/aws/aws-sdk-go-v2/config v1.32.7\n"), (".env", "AWS_STS_REGIONAL_ENDPOINTS=legacy\n")] =>
        Check::Answer(|answer| setting_unread(answer).filter(|_| !later_release_reads_setting(answer)));
    "setting-in-unread-file" Warning "The setting stands in a file that is not read for it",
        "`sts_regional_endpoints` stands in a profile file, and this SDK does not look at it there: it reads another file, another section, or no file at all without a switch (`AWS_SDK_LOAD_CONFIG`).",
        [("go.mod", "module x\nrequire github.com/aws/aws-sdk-go v1.44.256\n"), (".aws/config", "[default]\nsts_regional_endpoints = regional\n")] =>
        Check::Answer(|answer| unread_key(answer, "sts_regional_endpoints", |answer| reads_setting(answer.policy)));
    "legacy-setting" Note "The setting asks for the global endpoint",
        "`legacy` is set by hand. New major versions of the SDKs drop the setting and are regional: the workload will move when they do.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_STS_REGIONAL_ENDPOINTS=legacy\n")] =>
        Check::Run(legacy_setting);
    "nothing-configured" Note "Nothing says how the workload runs",
        "No variable and no profile file was found for this workload. What is listed for it is what it calls in an empty environment; of the findings, only those are told that hold with a region too. Name its configuration in `sts-endpoint.toml`, or scan the tree that has it.",
        [("requirements.txt", "boto3==1.44.5\n")] =>
        Check::Run(nothing_configured);
    "release-newer-than-known" Note "The release is newer than the newest known",
        "It is answered as the newest release known. If the SDK has changed since, the answer is wrong.",
        [("requirements.txt", "boto3==1.999.0\n")] =>
        Check::Answer(newer_than_known);
    "release-not-emulated" Note "The release is older than the history",
        "The emulator's history begins later: nothing is said about this dependency.",
        [("requirements.txt", "boto3==1.4.0\n")] =>
        Check::Dependency(|unanswered| unanswered.error.map(ToString::to_string));
    "release-not-pinned" Note "No exact release is stated",
        "A range, or nothing at all, is stated: which release runs is decided when it is installed. Lock it, or name the lock file.",
        [("requirements.txt", "boto3>=1.40\n")] =>
        Check::Dependency(not_pinned);
    "value-put-in-later" Note "A value that decides is put in later",
        "A variable's text is an interpolation or comes from a secret: the answers here leave it out.",
        [("requirements.txt", "boto3==1.44.5\n"), (".env", "AWS_DEFAULT_REGION=${REGION}\n")] =>
        Check::Run(put_in_later);
};

fn failure<'a>(answer: &'a Answer<'_>) -> Option<&'a Failure<'a>> {
    answer.explanation.outcome.failure()
}

fn request<'a>(answer: &'a Answer<'_>) -> Option<&'a Resolution<'a>> {
    answer.explanation.outcome.resolution()
}

fn said(answer: &Answer<'_>, what: impl std::fmt::Display) -> String {
    format!("{} through {}: {what}", answer.policy.id(), answer.scenario.entry)
}

/// Where a value stands: the place of its variable, or the line of its profile file.
fn place_of(answer: &Answer<'_>, origin: Origin<'_>) -> Option<Place> {
    match origin {
        Origin::Variable(name) => answer.run.places.get(name).cloned(),
        Origin::File { file, line, .. } => file_place(answer, file, line),
        _ => None,
    }
}

fn file_place(answer: &Answer<'_>, file: FileKind, line: u32) -> Option<Place> {
    let path = answer.scenario.file(file)?.path()?;
    Some(Place { path: path.into(), line })
}

/// Where something that was not looked at stands: `$AWS_REGION`, `config:3`.
fn ignored_place(answer: &Answer<'_>, ignored: &Ignored) -> Option<Place> {
    if let Some(name) = ignored.place.strip_prefix('$') {
        return answer.run.places.get(name).cloned();
    }
    let (file, line) = ignored.place.split_once(':')?;
    let kind = if file == FileKind::Config.name() { FileKind::Config } else { FileKind::Credentials };
    file_place(answer, kind, line.parse().ok()?)
}

fn region_of<'a>(answer: &'a Answer<'_>) -> Option<Sourced<'a>> {
    match &answer.explanation.outcome {
        Outcome::Request(request) => request.settings.region,
        Outcome::Error(failure) => failure.settings.region,
        Outcome::NotApplicable(_) => None,
    }
}

fn failed(answer: &Answer<'_>, category: FailureCategory) -> Option<Hit> {
    let failure = failure(answer).filter(|failure| failure.category == category)?;
    let settings = &failure.settings;
    let culprit = match category {
        FailureCategory::InvalidRegion => settings.region,
        FailureCategory::InvalidSetting => settings.setting,
        FailureCategory::InvalidEndpoint => settings.endpoint_url,
        _ => None,
    };
    // An emulator may fail before it has its settings together: then the trace knows what was refused.
    let refused = answer.explanation.steps.iter().find_map(|step| match step {
        Explained::Looked(looked) if matches!(looked.verdict, Verdict::Refused(_)) => looked.found.as_ref(),
        _ => None,
    });
    let place = culprit.and_then(|value| place_of(answer, value.origin)).or_else(|| {
        let (_, origin) = refused?;
        match origin.strip_prefix('$') {
            Some(name) => answer.run.places.get(name).cloned(),
            None => None,
        }
    });
    Some(Hit {
        message: said(answer, format_args!("fails with {}: {}", failure.error_type, failure.message)),
        place,
    })
}

fn ignored(answer: &Answer<'_>, matches: impl Fn(&Ignored) -> bool) -> Option<Hit> {
    let found = answer.explanation.ignored.iter().find(|ignored| matches(ignored))?;
    Some(Hit { message: format!("`{}`: {}", found.text, found.why), place: ignored_place(answer, found) })
}

fn misspelt_variables(run: &Run) -> Vec<Hit> {
    let names = run.places.iter().map(|(name, place)| (name.as_str(), place));
    let unknown = run.unknown.iter().map(|(name, place)| (name.as_str(), place));
    names
        .chain(unknown)
        .filter_map(|(name, place)| {
            let meant = near_miss(name, &VARIABLES)?;
            Some(Hit {
                message: format!("no SDK reads {name}; did you mean {meant}?"),
                place: Some(place.clone()),
            })
        })
        .collect()
}

fn legacy_setting(run: &Run) -> Vec<Hit> {
    let name = "AWS_STS_REGIONAL_ENDPOINTS";
    let legacy =
        run.scenarios.first().and_then(|scenario| scenario.variable(name)).filter(|text| *text == "legacy");
    legacy
        .map(|_| Hit {
            message: format!("{name}=legacy asks for the global endpoint"),
            place: run.places.get(name).cloned(),
        })
        .into_iter()
        .collect()
}

fn nothing_configured(run: &Run) -> Vec<Hit> {
    let said =
        run.is_bare().then(|| "no variable and no profile file was found for this workload".to_owned());
    said.map(Hit::from).into_iter().collect()
}

fn put_in_later(run: &Run) -> Vec<Hit> {
    run.unknown
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "AWS_ROLE_ARN" | "AWS_WEB_IDENTITY_TOKEN_FILE"))
        .map(|(name, place)| Hit {
            message: format!("{name} is put in later; the answers leave it out"),
            place: Some(place.clone()),
        })
        .collect()
}

fn not_pinned(unanswered: &Unanswered<'_>) -> Option<String> {
    let dependency = unanswered.dependency;
    match &dependency.pin {
        Pin::Loose(text) if text.is_empty() => {
            Some(format!("{} ({}) states no release", dependency.package, dependency.sdk))
        }
        Pin::Loose(text) => Some(format!(
            "{} ({}) states `{text}`, which is no exact release",
            dependency.package, dependency.sdk
        )),
        Pin::Exact(_) => None,
    }
}

fn newer_than_known(answer: &Answer<'_>) -> Option<Hit> {
    match answer.standing {
        Standing::NewerThan(newest) if answer.client.is_none() => Some(
            format!(
                "{} is newer than {newest}, the newest release known, and is answered as that one",
                answer.policy.id()
            )
            .into(),
        ),
        _ => None,
    }
}

/// Whether a variant is asked for somewhere, and the request goes to a host without it.
fn variant_off(answer: &Answer<'_>, variable: &str, key: &str, has: fn(&str) -> bool) -> Option<Hit> {
    let request = request(answer)?;
    let host = request.endpoint.host();
    // An endpoint override is what was asked for even more plainly.
    if has(&host) || matches!(request.endpoint, Endpoint::Given(_)) {
        return None;
    }
    let asked_by_variable =
        answer.scenario.variable(variable).filter(|text| text.eq_ignore_ascii_case("true"));
    let (what, place) = match asked_by_variable {
        Some(_) => (format!("{variable}=true"), answer.run.places.get(variable).cloned()),
        None => {
            let value =
                in_profile_files(answer, key).find(|value| value.text.eq_ignore_ascii_case("true"))?;
            (format!("{key} = true"), file_place(answer, value.file, value.line))
        }
    };
    Some(Hit { message: said(answer, format_args!("{what} has no effect, {host} is called")), place })
}

/// The values of a key in the profile in use and in `default`, in both files.
fn in_profile_files<'a>(answer: &'a Answer<'_>, key: &'a str) -> impl Iterator<Item = FileValue<'a>> {
    use sts_endpoint::profile::{Dialect, Section};
    let profile = answer.scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default");
    [&answer.scenario.config, &answer.scenario.credentials].into_iter().flatten().flat_map(move |file| {
        let named = Section::named(file, &Dialect::PLAIN, profile).get(key);
        let of_kind = Section::of_kind(file, &Dialect::PLAIN, "profile", profile).get(key);
        named.into_iter().chain(of_kind)
    })
}

fn empty_region(answer: &Answer<'_>) -> Option<Hit> {
    let request = request(answer)?;
    let host = request.endpoint.host();
    if !host.contains("..") && request.signing_region.as_deref() != Some("") {
        return None;
    }
    let place = request.settings.region.and_then(|region| place_of(answer, region.origin));
    Some(Hit { message: said(answer, format_args!("calls {host} for an empty region")), place })
}

fn leaves_partition(answer: &Answer<'_>) -> Option<Hit> {
    let (request, facts) = (request(answer)?, answer.facts.as_ref()?);
    if request.settings.endpoint_url.is_some() {
        return None;
    }
    // The region that the configuration names, whether or not this SDK looks at it.
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .find_map(|name| {
            Some((answer.scenario.non_empty_variable(name)?, answer.run.places.get(*name).cloned()))
        })
        .or_else(|| {
            let value = in_profile_files(answer, "region").next()?;
            Some((value.text, file_place(answer, value.file, value.line)))
        });
    let (region, place) = match request.settings.region {
        Some(region) if !region.text.is_empty() => (region.text, place_of(answer, region.origin)),
        _ => named?,
    };
    let own = Partition::of(region).id;
    match facts.partition {
        Some(partition) if partition != own => Some(Hit {
            message: said(
                answer,
                format_args!("{region} belongs to {own}, and {} of {partition} is called", facts.host),
            ),
            place,
        }),
        _ => None,
    }
}

fn override_escaped(answer: &Answer<'_>) -> Option<Hit> {
    let (client, facts) = (answer.client.as_ref()?, answer.facts.as_ref()?);
    if client.partition.is_some() || facts.partition.is_none() {
        return None;
    }
    Some(said(answer, format_args!("the client calls {}, the provider {}", client.host, facts.host)).into())
}

fn region_in_host(answer: &Answer<'_>) -> Option<Hit> {
    let (request, facts) = (request(answer)?, answer.facts.as_ref()?);
    let region = request.settings.region?;
    let hostile = region.text.contains(['.', '/', '#', '?', '@', ':', '\\']);
    let steered = facts.partition.is_none() || region.text.contains('.');
    if !hostile || !steered || request.settings.endpoint_url.is_some() {
        return None;
    }
    Some(Hit {
        message: said(
            answer,
            format_args!("region `{}` makes it call {}", region.text.escape_debug(), facts.host),
        ),
        place: place_of(answer, region.origin),
    })
}

fn signing_region_mismatch(answer: &Answer<'_>) -> Option<Hit> {
    let facts = answer.facts.as_ref()?;
    let (signed, served) = (facts.signing_region.as_deref()?, facts.event_region.as_deref()?);
    if signed == served
        || signed.is_empty()
        || request(answer)?.settings.endpoint_url.is_some() && facts.partition.is_none()
    {
        return None;
    }
    Some(
        said(answer, format_args!("{} serves {served}, and the request is signed for {signed}", facts.host))
            .into(),
    )
}

/// Whether nothing but a default or a built-in rule decided, as far as the emulator tells.
fn by_default(request: &Resolution<'_>) -> bool {
    match request.decided_by.or(request.settings.region) {
        Some(value) => matches!(value.origin, Origin::Default(_) | Origin::Rule(_)),
        None => true,
    }
}

fn default_will_change(answer: &Answer<'_>) -> Option<Hit> {
    let (request, facts) = (request(answer)?, answer.facts.as_ref()?);
    if !by_default(request) || request.settings.endpoint_url.is_some() {
        return None;
    }
    let emulator = sts_endpoint::emulator(answer.policy.id().sdk)?;
    let (newest, _) = emulator.at(emulator.newest()).ok()?;
    let then = newest.resolve(answer.scenario);
    let does = match &then {
        Outcome::Request(other) if other.endpoint.host() == facts.host => return None,
        Outcome::Request(other) => format!("calls {}", other.endpoint.host()),
        Outcome::Error(failure) => format!("fails ({})", failure.category),
        Outcome::NotApplicable(_) => return None,
    };
    Some(said(answer, format_args!("calls {} by default; {} {does}", facts.host, newest.id())).into())
}

fn falls_back(answer: &Answer<'_>) -> Option<Hit> {
    let (request, facts) = (request(answer)?, answer.facts.as_ref()?);
    let chosen = request
        .settings
        .region
        .is_some_and(|region| !matches!(region.origin, Origin::Default(_) | Origin::Rule(_)));
    let regional =
        facts.token == Some(TokenClass::Regional) && facts.event_region.as_deref() == Some("us-east-1");
    if chosen || !regional || request.settings.endpoint_url.is_some() {
        return None;
    }
    Some(said(answer, format_args!("finds no region and calls {}", facts.host)).into())
}

fn global_endpoint(answer: &Answer<'_>) -> Option<Hit> {
    let request = request(answer).filter(|request| request.endpoint.is_global())?;
    let place = request.decided_by.and_then(|value| place_of(answer, value.origin));
    let why = request.decided_by.map_or_else(String::new, |value| format!(" ({})", value.origin));
    Some(Hit { message: said(answer, format_args!("calls sts.amazonaws.com{why}")), place })
}

fn opt_in_with_global_token(answer: &Answer<'_>) -> Option<Hit> {
    let (request, facts) = (request(answer)?, answer.facts.as_ref()?);
    if facts.token != Some(TokenClass::Global) {
        return None;
    }
    let read = request.settings.region.map(|region| (region.text, place_of(answer, region.origin)));
    let named = || {
        ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .iter()
            .find_map(|name| Some((answer.scenario.variable(name)?, answer.run.places.get(*name).cloned())))
    };
    let (region, place) = read
        .filter(|(region, _)| is_opt_in(region))
        .or_else(|| named().filter(|(region, _)| is_opt_in(region)))?;
    Some(Hit {
        message: said(
            answer,
            format_args!("{region} is an opt-in region, and the token comes from sts.amazonaws.com"),
        ),
        place,
    })
}

fn plain_http(answer: &Answer<'_>) -> Option<Hit> {
    let (request, facts) = (request(answer)?, answer.facts.as_ref()?);
    let url = request.endpoint.to_string();
    if facts.partition.is_none() || !url.starts_with("http://") {
        return None;
    }
    Some(said(answer, format_args!("calls {url}")).into())
}

fn provider_calls_another_host(answer: &Answer<'_>) -> Option<Hit> {
    let (client, facts) = (answer.client.as_ref()?, answer.facts.as_ref()?);
    if client.host == facts.host || client.partition.is_none() {
        return None;
    }
    Some(said(answer, format_args!("the client calls {}, the provider {}", client.host, facts.host)).into())
}

/// Whether a policy looks for the setting, wherever.
fn reads_setting(policy: &dyn ResolutionPolicy) -> bool {
    let scenario = sts_endpoint::Scenario::new().with_code_region("us-west-2");
    let steps = sts_endpoint::explain::explain(policy, &scenario).steps;
    steps.iter().any(|step| matches!(step, Explained::Looked(looked) if looked.value == Value::Setting))
}

/// Whether a later release of the SDK does. Not all that did still do: .NET dropped it in 4.0, Tools for PowerShell in 5.0.
fn later_release_reads_setting(answer: &Answer<'_>) -> bool {
    let id = answer.policy.id();
    let Some(emulator) = sts_endpoint::emulator(id.sdk) else { return false };
    let Version::Release(own) = id.version else { return false };
    emulator
        .changes()
        .map(|change| change.since)
        .filter(|since| *since > own)
        .any(|since| emulator.at(since).is_ok_and(|(policy, _)| reads_setting(&*policy)))
}

const SETTING: &str = "AWS_STS_REGIONAL_ENDPOINTS";

/// The setting, in a variable or a profile file, where this release of the SDK reads it nowhere.
fn setting_unread(answer: &Answer<'_>) -> Option<Hit> {
    if reads_setting(answer.policy) {
        return None;
    }
    let place = format!("${SETTING}");
    let mut ignored = answer.explanation.ignored.iter();
    if answer.scenario.variable(SETTING).is_some() && ignored.any(|ignored| ignored.place == place) {
        return Some(Hit {
            message: said(answer, format_args!("{SETTING} is not read")),
            place: answer.run.places.get(SETTING).cloned(),
        });
    }
    unread_key(answer, "sts_regional_endpoints", |_| true)
}

fn region_variable_ignored(answer: &Answer<'_>) -> Option<Hit> {
    if region_of(answer).is_some_and(|region| !matches!(region.origin, Origin::Default(_) | Origin::Rule(_)))
    {
        return None;
    }
    let found = answer
        .explanation
        .ignored
        .iter()
        .find(|ignored| matches!(ignored.place.as_str(), "$AWS_REGION" | "$AWS_DEFAULT_REGION"))?;
    Some(Hit {
        message: said(
            answer,
            format_args!("{}={} is not read, and no region is found", &found.place[1..], found.text),
        ),
        place: ignored_place(answer, found),
    })
}

fn unread_key(answer: &Answer<'_>, key: &str, matters: fn(&Answer<'_>) -> bool) -> Option<Hit> {
    let profile = answer.scenario.non_empty_variable("AWS_PROFILE").unwrap_or("default");
    let found = answer.explanation.ignored.iter().find(|ignored| {
        let (section, rest) = ignored.text.split_once(']').unwrap_or(("", &ignored.text));
        let section = section.trim_start_matches('[').trim();
        let of_profile =
            section == profile || section.strip_prefix("profile ").is_some_and(|name| name.trim() == profile);
        of_profile
            && !ignored.place.starts_with('$')
            && rest.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    })?;
    if !matters(answer) {
        return None;
    }
    Some(Hit {
        message: said(answer, format_args!("`{}` is not read", found.text)),
        place: ignored_place(answer, found),
    })
}
