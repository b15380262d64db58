//! The shared files, read as the SDK reads them.
//!
//! Sources: aws/aws-sdk-net `Core/Amazon.Runtime/Internal/Util/IniFile.cs`, `ProfileIniFile.cs`,
//! `CredentialManagement/SharedCredentialsFile.cs`.

use crate::{Dotnet, Generation, RegionNames};
use alloc::collections::BTreeSet;
use sts_endpoint_core::profile::{FileValue, Items, Reader};
use sts_endpoint_core::{Profile, ProfileFile, Scenario};

/// The profile keys that a release reads. Each generation knows those of the one before. A known key whose value cannot
/// be read makes the profile count as absent, so what is known matters even for keys that have nothing to do with
/// endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProfileKeys {
    /// The first release known.
    First,
    /// `sts_regional_endpoints`.
    StsRegional,
    /// `s3_use_arn_region`.
    S3Arn,
    /// `s3_us_east_1_regional_endpoint`.
    S3Regional,
    /// `retry_mode`, `max_attempts`.
    Retries,
    /// `ec2_metadata_service_endpoint`, `ec2_metadata_service_endpoint_mode`.
    Metadata,
    /// `use_fips_endpoint`, `use_dualstack_endpoint`.
    Variants,
    /// `sso_session`.
    Sso,
    /// `endpoint_url`, `services`, `ignore_configured_endpoint_urls`, request compression.
    Urls,
    /// Account endpoints and checksums.
    Checksums,
}

/// What a value must be.
#[derive(Clone, Copy)]
enum Check {
    Boolean,
    OneOf(&'static [&'static str]),
    /// `legacy`, which v4 gave up, `standard`, `adaptive`.
    RetryMode,
    Guid,
    PositiveNumber,
    UpTo(u64),
}

/// Known keys whose values are checked.
const CHECKED: &[(&str, ProfileKeys, Check)] = &[
    ("toolkit_artifact_guid", ProfileKeys::First, Check::Guid),
    ("endpoint_discovery_enabled", ProfileKeys::First, Check::Boolean),
    ("sts_regional_endpoints", ProfileKeys::StsRegional, Check::OneOf(&["legacy", "regional"])),
    ("s3_use_arn_region", ProfileKeys::S3Arn, Check::Boolean),
    ("s3_us_east_1_regional_endpoint", ProfileKeys::S3Regional, Check::OneOf(&["legacy", "regional"])),
    ("retry_mode", ProfileKeys::Retries, Check::RetryMode),
    ("max_attempts", ProfileKeys::Retries, Check::PositiveNumber),
    ("ec2_metadata_service_endpoint_mode", ProfileKeys::Metadata, Check::OneOf(&["ipv4", "ipv6"])),
    ("s3_disable_multiregion_access_points", ProfileKeys::Variants, Check::Boolean),
    ("use_dualstack_endpoint", ProfileKeys::Variants, Check::Boolean),
    ("use_fips_endpoint", ProfileKeys::Variants, Check::Boolean),
    ("ignore_configured_endpoint_urls", ProfileKeys::Urls, Check::Boolean),
    ("disable_request_compression", ProfileKeys::Urls, Check::Boolean),
    ("request_min_compression_size_bytes", ProfileKeys::Urls, Check::UpTo(10_485_760)),
    ("ec2_metadata_v1_disabled", ProfileKeys::Checksums, Check::Boolean),
    (
        "account_id_endpoint_mode",
        ProfileKeys::Checksums,
        Check::OneOf(&["preferred", "disabled", "required"]),
    ),
    (
        "request_checksum_calculation",
        ProfileKeys::Checksums,
        Check::OneOf(&["when_supported", "when_required"]),
    ),
    (
        "response_checksum_validation",
        ProfileKeys::Checksums,
        Check::OneOf(&["when_supported", "when_required"]),
    ),
    ("s3_disable_express_session_auth", ProfileKeys::Checksums, Check::Boolean),
];

/// Keys that v4 gave up (recorded: a bad value no longer matters).
const GONE_IN_V4: [&str; 2] = ["sts_regional_endpoints", "ec2_metadata_v1_disabled"];

impl Check {
    fn passes(self, text: &str, dotnet: &Dotnet) -> bool {
        match self {
            Self::Boolean => parse_bool(text).is_some(),
            Self::RetryMode if dotnet.generation == Generation::V3 => {
                parse_enum(text, &["legacy", "standard", "adaptive"]).is_some()
            }
            Self::RetryMode => parse_enum(text, &["standard", "adaptive"]).is_some(),
            Self::OneOf(names) => parse_enum(text, names).is_some(),
            Self::Guid => is_guid(text.trim()),
            Self::PositiveNumber => text.trim().parse::<i32>().is_ok_and(|number| number > 0),
            Self::UpTo(most) => text.trim().parse::<u64>().is_ok_and(|number| number <= most),
        }
    }
}

/// `bool.TryParse`: without case and outer white space.
pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// `Enum.TryParse` without case, for an enum whose members count from 0: a name, names joined by commas (their values
/// or-ed), or any number.
pub(crate) fn parse_enum(text: &str, names: &[&str]) -> Option<i32> {
    let text = text.trim();
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
        return text.parse().ok();
    }
    text.split(',').try_fold(0, |value, name| {
        let at = names.iter().position(|known| known.eq_ignore_ascii_case(name.trim()))?;
        Some(value | i32::try_from(at).ok()?)
    })
}

/// `new Guid(string)`: 32 digits, or five groups of them, which may stand in brackets. (Nobody writes the format of numbers
/// with `0x` into a profile.)
fn is_guid(text: &str) -> bool {
    let inside = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    let is_grouped =
        |text: &str| text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.split('-').all(is_hex);
    match inside('{', '}').or_else(|| inside('(', ')')) {
        Some(inside) => is_grouped(inside),
        None => is_grouped(text) || text.len() == 32 && is_hex(text),
    }
}

/// The lines of a file with their numbers: ended by `\n`, `\r` or both; a byte order mark is skipped.
#[derive(Clone, Copy)]
struct Lines<'a> {
    rest: &'a str,
    number: u32,
}

impl<'a> Lines<'a> {
    fn of(file: &'a ProfileFile) -> Self {
        let text = file.text();
        Self { rest: text.strip_prefix('\u{feff}').unwrap_or(text), number: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let end = self.rest.bytes().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        // a line feed behind a carriage return belongs to it
        let after_return = rest.strip_prefix('\r').map(|rest| rest.strip_prefix('\n').unwrap_or(rest));
        self.rest = after_return.or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
        Some((self.number, line))
    }
}

/// `IniFile.IsCommentOrBlank`.
fn is_comment_or_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with([';', '#'])
}

/// `IniFile.TryParseSection`.
fn header(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix('[')?.strip_suffix(']')?.trim())
}

/// `IniFile.TryParseProperty`. Asked before [`header`] inside a section: `[a=b]` is a property there.
fn property(line: &str) -> Option<(&str, &str)> {
    if is_comment_or_blank(line) {
        return None;
    }
    let (key, value) = line.trim().split_once('=')?;
    Some((key.trim(), value.trim()))
}

/// What a line may be: which of it counts depends on where it stands.
#[derive(Clone, Copy)]
struct Line<T> {
    number: u32,
    header: Option<T>,
    property: Option<(T, T)>,
    /// White space and nothing else.
    blank: bool,
    comment: bool,
    indented: bool,
}

/// `IniFile`: the lines of a file.
#[derive(Clone, Copy, PartialEq)]
struct IniFile;

impl Reader for IniFile {
    type Item<T: Send + Sync> = Line<T>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Line<&str>> {
        Lines::of(file).map(|(number, line)| Line {
            number,
            header: header(line),
            property: property(line),
            blank: line.trim().is_empty(),
            comment: line.trim().starts_with([';', '#']),
            indented: line.starts_with(char::is_whitespace),
        })
    }

    fn map<T: Send + Sync, U: Send + Sync>(line: &Line<T>, mut text: impl FnMut(&T) -> U) -> Line<U> {
        Line {
            number: line.number,
            header: line.header.as_ref().map(&mut text),
            property: line.property.as_ref().map(|(key, value)| (text(key), text(value))),
            blank: line.blank,
            comment: line.comment,
            indented: line.indented,
        }
    }
}

/// One section of a file: the lines behind its header.
#[derive(Clone, Copy)]
struct Section<'a> {
    file: &'a ProfileFile,
    body: Items<'a, IniFile>,
    nested: bool,
}

/// What a line of a section is.
enum Item<'a> {
    Property(&'a str, &'a str),
    Nested(&'a str, &'a str, &'a str),
}

struct SectionItems<'a> {
    lines: Items<'a, IniFile>,
    nested: bool,
    parent: Option<&'a str>,
}

impl<'a> Iterator for SectionItems<'a> {
    type Item = (u32, Item<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.lines.next()?;
            // sub-properties (3.7.300): the indented and blank lines behind a property without a value
            if let Some(parent) = self.parent {
                match line.property {
                    _ if line.blank => continue,
                    Some((key, value)) if line.indented => {
                        return Some((line.number, Item::Nested(parent, key, value)));
                    }
                    None if line.indented => continue,
                    _ => self.parent = None,
                }
            }
            if let Some((key, value)) = line.property {
                if self.nested && value.is_empty() {
                    self.parent = Some(key);
                }
                return Some((line.number, Item::Property(key, value)));
            }
            if !line.blank && !line.comment {
                return None; // the next header; a malformed line has failed the file before
            }
        }
    }
}

impl<'a> Section<'a> {
    fn items(self) -> SectionItems<'a> {
        SectionItems { lines: self.body, nested: self.nested, parent: None }
    }

    /// The first section whose header satisfies a condition.
    fn first(file: &'a ProfileFile, nested: bool, is: impl Fn(&str) -> bool) -> Option<Self> {
        let mut lines = file.read(IniFile);
        while let Some(line) = lines.next() {
            if line.header.is_some_and(&is) {
                return Some(Self { file, body: lines, nested });
            }
        }
        None
    }

    /// The first section whose header satisfies a condition, unless one of its keys is given twice: then there is none.
    fn find(file: &'a ProfileFile, nested: bool, is: impl Fn(&str) -> bool) -> Option<Self> {
        Self::first(file, nested, is).filter(|section| !section.repeats_a_key())
    }

    /// `IniFile.IsDuplicateProperty`: keys are compared without case.
    fn repeats_a_key(self) -> bool {
        let keys = || {
            self.items().filter_map(|(_, item)| match item {
                Item::Property(key, _) => Some(key),
                Item::Nested(..) => None,
            })
        };
        if keys().nth(128).is_some() {
            let mut seen = BTreeSet::new();
            return keys().any(|key| !seen.insert(key.to_lowercase()));
        }
        // the first keys are kept, so that a section of ordinary size is read once
        let mut first = [""; 16];
        keys().enumerate().any(|(at, key)| {
            let same = |other: &str| other.eq_ignore_ascii_case(key);
            let repeated = if at <= first.len() {
                first.iter().take(at).any(|other| same(other))
            } else {
                keys().take(at).any(same)
            };
            if let Some(slot) = first.get_mut(at) {
                *slot = key;
            }
            repeated
        })
    }

    fn get(self, wanted: &str, fold: bool) -> Option<FileValue<'a>> {
        if !self.file.may_mention(wanted) {
            return None;
        }
        self.items().find_map(|(line, item)| match item {
            Item::Property(key, text) if same(key, wanted, fold) => {
                Some(FileValue { text, file: self.file.kind(), line, key })
            }
            _ => None,
        })
    }

    /// The last sub-property of a name below the properties of a name.
    fn nested(self, under: &str, wanted: &str, fold: bool) -> Option<FileValue<'a>> {
        self.items()
            .filter_map(|(line, item)| match item {
                Item::Nested(parent, key, text)
                    if parent.eq_ignore_ascii_case(under) && same(key, wanted, fold) =>
                {
                    Some(FileValue { text, file: self.file.kind(), line, key })
                }
                _ => None,
            })
            .last()
    }
}

fn same(key: &str, wanted: &str, fold: bool) -> bool {
    if fold { key.eq_ignore_ascii_case(wanted) } else { key == wanted }
}

/// Whether a header is `{marker}[ \t]+{name}`.
fn is_marked(header: &str, marker: &str, name: &str) -> bool {
    header.strip_prefix(marker).is_some_and(|rest| {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        trimmed.len() < rest.len() && trimmed == name
    })
}

/// Both files.
#[derive(Clone, Copy)]
pub(crate) struct Files<'a> {
    credentials: Option<&'a ProfileFile>,
    config: Option<&'a ProfileFile>,
    dotnet: &'a Dotnet,
}

impl<'a> Files<'a> {
    pub(crate) fn of(scenario: &'a Scenario, dotnet: &'a Dotnet) -> Self {
        Self { credentials: scenario.credentials.as_ref(), config: scenario.config.as_ref(), dotnet }
    }

    /// `IniFile.Validate`: the first line that is nothing at all, credentials file first.
    pub(crate) fn first_malformed(self) -> Option<(&'a ProfileFile, u32, &'a str)> {
        [self.credentials, self.config].into_iter().flatten().find_map(|file| {
            let is_nothing = |line: &Line<&str>| {
                line.property.is_none() && line.header.is_none() && !line.blank && !line.comment
            };
            let number = file.read(IniFile).find(is_nothing)?.number;
            let (_, text) = Lines::of(file).find(|(line, _)| *line == number)?;
            Some((file, number, text))
        })
    }

    /// `SharedCredentialsFile.TryGetSection`: in the credentials file `[name]`, else `[profile name]`; in the config file
    /// `[profile name]`, and `[default]` first for `default`.
    pub(crate) fn profile(self, name: &str) -> DotnetProfile<'a> {
        if name.is_empty() {
            return DotnetProfile::ABSENT;
        }
        let nested = self.dotnet.configured_urls;
        let marked = |file| Section::find(file, nested, |header| is_marked(header, "profile", name));
        let plain = |file| Section::find(file, nested, |header| header == name);
        let section = |file: Option<&'a ProfileFile>, plain_too: bool| {
            let file = file?;
            if plain_too { plain(file).or_else(|| marked(file)) } else { marked(file) }
        };
        let mut profile = DotnetProfile {
            credentials: section(self.credentials, true),
            config: section(self.config, name == "default"),
            fold: self.dotnet.folds_keys,
            spoilt_by: None,
        };
        profile.spoilt_by = profile.bad_value(self.dotnet);
        profile
    }

    /// The `endpoint_url` of a `[services NAME]` section of the config file, below `sts`. For `default` a section `[NAME]`
    /// comes first, and has no sub-properties.
    pub(crate) fn services_url(self, services: &str, of_default: bool) -> Option<FileValue<'a>> {
        let config = self.config?;
        if of_default && Section::find(config, true, |header| header == services).is_some() {
            return None;
        }
        Section::first(config, true, |header| is_marked(header, "services", services))?.nested(
            "sts",
            "endpoint_url",
            self.dotnet.folds_keys,
        )
    }
}

/// A profile: its section in either file.
#[derive(Clone, Copy)]
pub(crate) struct DotnetProfile<'a> {
    credentials: Option<Section<'a>>,
    config: Option<Section<'a>>,
    fold: bool,
    /// A known key whose value cannot be read: the profile counts as absent.
    spoilt_by: Option<FileValue<'a>>,
}

impl<'a> DotnetProfile<'a> {
    /// No profile.
    pub(crate) const ABSENT: Self = Self { credentials: None, config: None, fold: false, spoilt_by: None };

    /// Whether a file has it, readable or not.
    pub(crate) fn is_written(self) -> bool {
        self.credentials.is_some() || self.config.is_some()
    }

    /// Whether the SDK takes it for a profile.
    pub(crate) fn exists(self) -> bool {
        self.is_written() && self.spoilt_by.is_none()
    }

    /// The value that makes it count as absent.
    pub(crate) fn spoilt_by(self) -> Option<FileValue<'a>> {
        self.spoilt_by
    }

    /// A value, whether or not another one spoils the profile. Keys that have never been case-sensitive are asked with
    /// `fold`.
    pub(crate) fn raw(self, key: &str, fold: bool) -> Option<FileValue<'a>> {
        [self.credentials, self.config].into_iter().flatten().find_map(|section| section.get(key, fold))
    }

    fn bad_value(self, dotnet: &Dotnet) -> Option<FileValue<'a>> {
        if !self.is_written() {
            return None;
        }
        CHECKED
            .iter()
            .filter(|(key, since, _)| {
                *since <= dotnet.keys && !(dotnet.generation == Generation::V4 && GONE_IN_V4.contains(key))
            })
            .find_map(|(key, _, check)| {
                self.raw(key, self.fold).filter(|value| !check.passes(value.text, dotnet))
            })
    }

    /// What fails the reading of the profile altogether, if something does.
    pub(crate) fn fatal(self, files: Files<'_>) -> Option<Fatal> {
        if !self.is_written() {
            return None;
        }
        let dotnet = files.dotnet;
        let value = |key: &str| self.raw(key, self.fold).map(|value| value.text);
        if dotnet.region_names == RegionNames::Label
            && value("region").is_some_and(|region| !crate::region::is_acceptable(region, dotnet))
        {
            return Some(Fatal::Region);
        }
        if dotnet.keys >= ProfileKeys::Metadata
            && value("ec2_metadata_service_endpoint").is_some_and(|url| !url.contains("://"))
        {
            return Some(Fatal::MetadataEndpoint);
        }
        if dotnet.keys >= ProfileKeys::Sso
            && let Some(session) = value("sso_session")
        {
            let is_there = [files.credentials, files.config].into_iter().flatten().any(|file| {
                Section::first(file, true, |header| is_marked(header, "sso-session", session)).is_some()
            });
            return (!is_there).then_some(Fatal::SsoSession);
        }
        None
    }
}

/// What fails the reading of a profile.
#[derive(Clone, Copy)]
pub(crate) enum Fatal {
    /// A region that is refused (3.7).
    Region,
    /// `ec2_metadata_service_endpoint` is not a URL.
    MetadataEndpoint,
    /// `sso_session` names no section.
    SsoSession,
}

impl<'a> Profile<'a> for DotnetProfile<'a> {
    fn get(&self, key: &str) -> Option<FileValue<'a>> {
        if self.exists() { self.raw(key, self.fold) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HISTORY;
    use sts_endpoint_core::{FileKind, Release};

    fn at(numbers: &[u32]) -> Dotnet {
        HISTORY.behaviour_at(Release::new(numbers))
    }

    fn region(dotnet: &Dotnet, config: &str, name: &str) -> Option<alloc::string::String> {
        let scenario = Scenario::new().with_file(FileKind::Config, config);
        let profile = Files::of(&scenario, dotnet).profile(name);
        Profile::get(&profile, "region").map(|value| value.text.into())
    }

    #[test]
    fn default_may_be_marked_and_others_must() {
        let dotnet = at(&[4, 0, 3, 3]);
        assert_eq!(region(&dotnet, "[profile default]\nregion = a\n", "default").as_deref(), Some("a"));
        assert_eq!(
            region(&dotnet, "[profile default]\nregion=a\n[default]\nregion=b", "default").as_deref(),
            Some("b")
        );
        assert_eq!(region(&dotnet, "[dev]\nregion = a\n", "dev"), None);
        assert_eq!(region(&dotnet, "[profile \t dev]\nregion = a\n", "dev").as_deref(), Some("a"));
    }

    #[test]
    fn a_key_given_twice_hides_its_section() {
        let dotnet = at(&[4, 0, 3, 3]);
        assert_eq!(region(&dotnet, "[default]\nregion = a\nREGION = b\n", "default"), None);
        // comments do not count
        let comments = "[default]\n# region = x\n# region = y\nregion = a\n";
        assert_eq!(region(&dotnet, comments, "default").as_deref(), Some("a"));
        // sub-properties do not count
        let nested = "[default]\ns3 =\n  a = 1\n  a = 2\nregion = b\n";
        assert_eq!(region(&dotnet, nested, "default").as_deref(), Some("b"));
        assert_eq!(region(&at(&[3, 7, 106, 32]), nested, "default"), None);
        // the first section counts
        let twice = "[default]\noutput = json\n[default]\nregion = b\n";
        assert_eq!(region(&dotnet, twice, "default"), None);
    }

    #[test]
    fn many_keys_are_compared_too() {
        let dotnet = at(&[4, 0, 3, 3]);
        for count in [20, 40, 300] {
            let many: alloc::string::String = (0..count).map(|i| alloc::format!("key{i} = x\n")).collect();
            let text = alloc::format!("[default]\nregion = a\n{many}");
            assert_eq!(region(&dotnet, &text, "default").as_deref(), Some("a"), "{count}");
            let text = alloc::format!("{text}KEY17 = y\n");
            assert_eq!(region(&dotnet, &text, "default"), None, "{count}");
        }
    }

    #[test]
    fn sub_properties_reach_to_the_next_line_that_is_neither_indented_nor_blank() {
        let dotnet = at(&[4, 0, 3, 3]);
        for between in ["", "\n", " \n", "  # note\n", "  a = b\n"] {
            let text = alloc::format!("[default]\ns3 =\n{between}  region = x\nregion = a\n");
            assert_eq!(region(&dotnet, &text, "default").as_deref(), Some("a"), "{text:?}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_read_hides_the_profile() {
        let text = "[default]\nregion = a\nuse_fips_endpoint = maybe\n";
        assert_eq!(region(&at(&[4, 0, 3, 3]), text, "default"), None);
        assert_eq!(region(&at(&[3, 7, 2, 7]), text, "default").as_deref(), Some("a"));
        let text = "[default]\nregion = a\nsts_regional_endpoints = bogus\n";
        assert_eq!(region(&at(&[3, 7, 2, 7]), text, "default"), None);
        assert_eq!(region(&at(&[4, 0, 3, 3]), text, "default").as_deref(), Some("a"));
        let text = "[default]\nregion = a\nretry_mode = legacy\n";
        assert_eq!(region(&at(&[4, 0, 3, 3]), text, "default"), None);
        assert_eq!(region(&at(&[3, 7, 300, 0]), text, "default").as_deref(), Some("a"));
    }

    #[test]
    fn values_are_read_as_the_release_reads_them() {
        const DIGITS: &str = "0123456789abcdefABCDEF0123456789";
        const GROUPS: &str = "01234567-89ab-cdef-ABCD-EF0123456789";
        let in_brackets = |open, close| alloc::format!("{open}{GROUPS}{close}");
        let first = &[3, 3, 103, 32][..];
        let retries = &[3, 3, 106, 0][..];
        let urls = &[3, 7, 300, 0][..];
        for (numbers, key, value, is_read) in [
            // Guid
            (first, "toolkit_artifact_guid", DIGITS, true),
            (first, "toolkit_artifact_guid", GROUPS, true),
            (first, "toolkit_artifact_guid", &in_brackets('{', '}'), true),
            (first, "toolkit_artifact_guid", &in_brackets('(', ')'), true),
            (first, "toolkit_artifact_guid", &in_brackets('(', '}'), false),
            (first, "toolkit_artifact_guid", &in_brackets('{', ' '), false),
            (first, "toolkit_artifact_guid", &DIGITS[1..], false),
            (first, "toolkit_artifact_guid", &DIGITS.replace('a', "g"), false),
            (first, "toolkit_artifact_guid", &GROUPS.replace('a', "g"), false),
            (first, "toolkit_artifact_guid", "0123456789-ab-cdef-ABCD-EF0123456789", false),
            (first, "toolkit_artifact_guid", "01234567-89ab-cdef-ABCD-EF0123456", false),
            (first, "toolkit_artifact_guid", "", false),
            // a positive int
            (retries, "max_attempts", "1", true),
            (retries, "max_attempts", " 2147483647", true),
            (retries, "max_attempts", "2147483648", false),
            (retries, "max_attempts", "0", false),
            (retries, "max_attempts", "-1", false),
            (retries, "max_attempts", "many", false),
            // a long from 0 to 10 MiB
            (urls, "request_min_compression_size_bytes", "0", true),
            (urls, "request_min_compression_size_bytes", "10485760", true),
            (urls, "request_min_compression_size_bytes", "10485761", false),
            (urls, "request_min_compression_size_bytes", "-1", false),
        ] {
            let text = alloc::format!("[default]\nregion = a\n{key} = {value}\n");
            let expected = if is_read { Some("a") } else { None };
            assert_eq!(region(&at(numbers), &text, "default").as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn lines_end_in_any_way() {
        let dotnet = at(&[4, 0, 3, 3]);
        for text in
            ["\u{feff}[default]\nregion = a\r\n", "[default]\rregion = a\r", " [ default ] \r\n region=a"]
        {
            assert_eq!(region(&dotnet, text, "default").as_deref(), Some("a"), "{text:?}");
        }
        assert_eq!(region(&dotnet, "[default]x=y\nregion = a\n", "default"), None);
        // nothing between marker and name
        assert_eq!(region(&dotnet, "[profiledev]\nregion = a\n", "dev"), None);
        // a property with brackets does not end the section
        assert_eq!(region(&dotnet, "[default]\n[a=b]\nregion = a\n", "default").as_deref(), Some("a"));
    }

    #[test]
    fn enums_are_read_as_dotnet_reads_them() {
        let names = ["legacy", "regional"];
        assert_eq!(parse_enum(" Regional ", &names), Some(1));
        assert_eq!(parse_enum("legacy,regional", &names), Some(1));
        assert_eq!(parse_enum("regional, regional", &names), Some(1));
        assert_eq!(parse_enum("7", &names), Some(7));
        assert_eq!(parse_enum("+1", &names), Some(1));
        assert_eq!(parse_enum("-1", &names), Some(-1));
        assert_eq!(parse_enum("legacy,1", &names), None);
        assert_eq!(parse_enum("", &names), None);
        assert_eq!(parse_enum("bogus", &names), None);
    }
}
