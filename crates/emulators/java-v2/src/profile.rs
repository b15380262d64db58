//! The shared files as Java 2.x reads them.
//!
//! Source: aws/aws-sdk-java-v2 `core/profiles/.../internal/ProfileFileReader.java` and `ProfileFile.java` (Aggregator).
//! The two files are laid over each other property by property; the credentials file wins. A line that is no header and
//! no property makes the whole file unreadable, and with it every client.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use sts_endpoint_core::profile::{FileValue, Reader};
use sts_endpoint_core::{FileKind, Profile, ProfileFile, Scenario};

/// What a release knows beside profiles and their properties. Unknown headers are skipped in the config file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reserved {
    /// None.
    None,
    /// `[sso-session x]` (2.17.270).
    SsoSession,
    /// The same, and a sub-property becomes the property `parent.child` (2.28.1).
    SubProperties,
    /// `[services x]` too (2.31.3).
    Services,
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    Profiles,
    SsoSession,
    Services,
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    reason: &'static str,
    line: u32,
}

/// The text of `[` alone: the reader cuts off both brackets before it looks.
const LONE_BRACKET: &str = "begin 1, end 0, length 1";

impl Unreadable {
    pub(crate) fn error_type(self) -> &'static str {
        if self.reason == LONE_BRACKET {
            "StringIndexOutOfBoundsException"
        } else {
            "IllegalArgumentException"
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.reason == LONE_BRACKET {
            return f.write_str(self.reason);
        }
        write!(f, "{} on line {}", self.reason, self.line)
    }
}

/// `String.trim`: everything up to the space goes.
pub(crate) fn java_trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

/// `^[A-Za-z0-9_\-/.%@:\+]*$`
fn is_identifier(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&b))
}

fn without_comment<'t>(line: &'t str, starts: &[&str]) -> &'t str {
    if !line.contains(['#', ';']) {
        return line;
    }
    let end = starts.iter().filter_map(|start| line.find(start)).min().unwrap_or(line.len());
    line.get(..end).unwrap_or(line)
}

/// What a line adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item<T> {
    /// A section begins, or goes on.
    Section,
    /// The properties of `[default]` read so far are dropped: `[profile default]` came.
    DropDefault,
    Property {
        key: T,
        value: T,
    },
    /// A line of the property above; `pair` where it is a sub-property.
    Continuation {
        of: T,
        text: T,
        pair: Option<(T, T)>,
    },
}

/// What a line adds, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed<T> {
    line: u32,
    section: Option<(Title, T)>,
    item: Item<T>,
}

/// `ProfileFileReader`: what lines add, up to the one that makes the file unreadable.
#[derive(Clone, Copy, Debug, PartialEq)]
struct ProfileFileReader(Reserved);

impl Reader for ProfileFileReader {
    type Item<T: Send + Sync> = Result<Placed<T>, Unreadable>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Self::Item<&str>> {
        Lines::new(file, self.0)
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        placed: &Self::Item<T>,
        mut text: impl FnMut(&T) -> U,
    ) -> Self::Item<U> {
        let Placed { line, section, item } = placed.as_ref().map_err(|unreadable| *unreadable)?;
        Ok(Placed {
            line: *line,
            section: section.as_ref().map(|(title, name)| (*title, text(name))),
            item: match item {
                Item::Section => Item::Section,
                Item::DropDefault => Item::DropDefault,
                Item::Property { key, value } => Item::Property { key: text(key), value: text(value) },
                Item::Continuation { of, text: line, pair } => Item::Continuation {
                    of: text(of),
                    text: text(line),
                    pair: pair.as_ref().map(|(key, value)| (text(key), text(value))),
                },
            },
        })
    }
}

/// The reader on its way through the file.
struct Lines<'f> {
    kind: FileKind,
    reserved: Reserved,
    rest: &'f str,
    line: u32,
    section: Option<(Title, &'f str)>,
    property: Option<&'f str>,
    ignoring_section: bool,
    ignoring_property: bool,
    sub_properties: bool,
    seen_prefixed_default: bool,
}

type Read<'f> = Result<Option<Item<&'f str>>, Unreadable>;

impl<'f> Lines<'f> {
    fn new(file: &'f ProfileFile, reserved: Reserved) -> Self {
        Self {
            kind: file.kind(),
            reserved,
            rest: file.text(),
            line: 0,
            section: None,
            property: None,
            ignoring_section: false,
            ignoring_property: false,
            sub_properties: false,
            seen_prefixed_default: false,
        }
    }

    fn fail<T>(&self, reason: &'static str) -> Result<T, Unreadable> {
        Err(Unreadable { reason, line: self.line })
    }

    /// `BufferedReader.readLine`: a line ends with `\n`, `\r` or both.
    fn next_line(&mut self) -> Option<&'f str> {
        if self.rest.is_empty() {
            return None;
        }
        self.line = self.line.saturating_add(1);
        let end = self.rest.find(['\n', '\r']).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix('\n'))
            .or_else(|| rest.strip_prefix('\r'))
            .unwrap_or(rest);
        Some(line)
    }

    fn read(&mut self, line: &'f str) -> Read<'f> {
        if line.bytes().all(|b| b == b' ' || b == b'\t') || line.starts_with(['#', ';']) {
            return Ok(None);
        }
        if line.starts_with('[') {
            return self.header(line);
        }
        if line.starts_with([' ', '\t']) {
            return self.continuation(java_trim(line));
        }
        self.property_line(line)
    }

    /// The title of a reserved section. The reader drops first and last character of the whole line, comment included.
    fn reserved_title(&self, line: &str) -> Result<Option<Title>, Unreadable> {
        if self.reserved == Reserved::None {
            return Ok(None);
        }
        if line.len() == 1 {
            return self.fail(LONE_BRACKET);
        }
        let inner = line.get(1..).unwrap_or("");
        let inner = java_trim(inner.strip_suffix(|_: char| true).unwrap_or(inner));
        let is = |title: &str| inner.strip_prefix(title).is_some_and(|rest| rest.starts_with([' ', '\t']));
        Ok(if is("sso-session") {
            Some(Title::SsoSession)
        } else if self.reserved >= Reserved::Services && is("services") {
            Some(Title::Services)
        } else {
            None
        })
    }

    fn header(&mut self, line: &'f str) -> Read<'f> {
        let reserved = self.reserved_title(line)?;
        let cut = java_trim(without_comment(line, &["#", ";"]));
        let Some(inner) = cut.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) else {
            return self.fail(match reserved {
                Some(_) => "Section definition must end with ']'",
                None => "Profile definition must end with ']'",
            });
        };
        let raw = java_trim(inner);
        self.ignoring_section = true;
        let (title, name) = match reserved {
            Some(title) => {
                let prefix = if title == Title::Services { "services" } else { "sso-session" };
                match raw.strip_prefix(prefix) {
                    Some(name) if self.kind == FileKind::Config => (title, java_trim(name)),
                    _ => return Ok(None),
                }
            }
            None => match self.profile_name(raw) {
                Some(name) => (Title::Profiles, name),
                None => return Ok(None),
            },
        };
        if !is_identifier(name) {
            return Ok(None);
        }
        let mut item = Some(Item::Section);
        if title == Title::Profiles && name == "default" {
            let prefixed = raw.starts_with("profile ") || raw.starts_with("profile\t");
            if !prefixed && self.seen_prefixed_default {
                return Ok(None);
            }
            if prefixed && !self.seen_prefixed_default {
                item = Some(Item::DropDefault);
            }
            self.seen_prefixed_default |= prefixed;
        }
        self.section = Some((title, name));
        self.property = None;
        self.ignoring_section = false;
        self.ignoring_property = false;
        Ok(item)
    }

    /// In the config file a profile other than `default` needs its prefix; in the credentials file none has one.
    fn profile_name(&self, raw: &'f str) -> Option<&'f str> {
        match self.kind {
            FileKind::Config => match raw.strip_prefix("profile") {
                Some(name) if name.starts_with([' ', '\t']) => Some(java_trim(name)),
                _ => (raw == "default").then_some(raw),
            },
            FileKind::Credentials => Some(raw),
        }
    }

    /// Key and value; `None` where the key is no identifier, and the property is passed over.
    fn pair(&self, text: &'f str) -> Result<Option<(&'f str, &'f str)>, Unreadable> {
        let Some((key, value)) = text.split_once('=') else {
            return self.fail("Expected an '=' sign defining a property");
        };
        let key = java_trim(key);
        if key.is_empty() {
            return self.fail("Property did not have a name");
        }
        Ok(is_identifier(key).then(|| (key, java_trim(value))))
    }

    fn property_line(&mut self, line: &'f str) -> Read<'f> {
        if self.ignoring_section {
            return Ok(None);
        }
        if self.section.is_none() {
            return self.fail("Expected a profile definition");
        }
        let Some((key, value)) = self.pair(java_trim(without_comment(line, &[" #", " ;", "\t#", "\t;"])))?
        else {
            self.ignoring_property = true;
            return Ok(None);
        };
        self.property = Some(key);
        self.ignoring_property = false;
        self.sub_properties = value.is_empty();
        Ok(Some(Item::Property { key, value }))
    }

    fn continuation(&mut self, text: &'f str) -> Read<'f> {
        if self.ignoring_section || self.ignoring_property {
            return Ok(None);
        }
        let (Some(_), Some(of)) = (self.section, self.property) else {
            return self.fail("Expected a profile or property definition");
        };
        // Comments are part of a continuation.
        let pair = if self.sub_properties { self.pair(text)? } else { None };
        let pair = pair.filter(|_| self.reserved >= Reserved::SubProperties);
        Ok(Some(Item::Continuation { of, text, pair }))
    }
}

impl<'f> Iterator for Lines<'f> {
    type Item = Result<Placed<&'f str>, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.next_line()?;
            match self.read(line) {
                Ok(None) => {}
                Ok(Some(item)) => {
                    return Some(Ok(Placed { line: self.line, section: self.section, item }));
                }
                Err(error) => {
                    self.rest = "";
                    return Some(Err(error));
                }
            }
        }
    }
}

/// A property: its first line, and whether indented lines below it belong to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property<'f> {
    pub(crate) value: FileValue<'f>,
    continued: bool,
}

/// Both files, as one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files<'f> {
    files: [Option<&'f ProfileFile>; 2],
    reserved: Reserved,
}

impl<'f> Files<'f> {
    pub(crate) fn of(scenario: &'f Scenario, reserved: Reserved) -> Self {
        Self { files: [scenario.credentials.as_ref(), scenario.config.as_ref()], reserved }
    }

    /// The first line that makes a file unreadable; the credentials file is read first.
    pub(crate) fn check(&self) -> Result<(), Unreadable> {
        self.files.iter().flatten().try_for_each(|file| {
            file.read(ProfileFileReader(self.reserved)).try_for_each(|placed| placed.map(|_| ()))
        })
    }

    /// A property of a section, sub-properties named `parent.child`.
    pub(crate) fn property(&self, title: Title, name: &str, wanted: &str) -> Option<Property<'f>> {
        self.files.iter().flatten().filter(|file| file.may_mention(wanted)).find_map(|file| {
            let mut found: Option<Property<'f>> = None;
            self.walk(file, title, name, |item, line| match item {
                Item::DropDefault => found = None,
                Item::Property { key, value } if key == wanted => {
                    let value = FileValue { text: value, file: file.kind(), line, key };
                    found = Some(Property { value, continued: false });
                }
                Item::Continuation { of, pair, .. } => {
                    if of == wanted {
                        found = found.map(|found| Property { continued: true, ..found });
                    }
                    let sub = wanted.strip_prefix(of).and_then(|rest| rest.strip_prefix('.'));
                    if let Some((key, value)) = pair.filter(|(key, _)| sub == Some(*key)) {
                        let value = FileValue { text: value, file: file.kind(), line, key };
                        found = Some(Property { value, continued: false });
                    }
                }
                Item::Section | Item::Property { .. } => {}
            });
            found
        })
    }

    /// The whole value of a property: its lines joined.
    pub(crate) fn whole(&self, title: Title, name: &str, property: Property<'f>) -> Cow<'f, str> {
        if !property.continued {
            return Cow::Borrowed(property.value.text);
        }
        let mut text = String::new();
        if let Some(file) = self.files.iter().flatten().find(|file| file.kind() == property.value.file) {
            self.walk(file, title, name, |item, _| match item {
                Item::Property { key, value } if key == property.value.key => text = value.into(),
                Item::Continuation { of, text: more, .. } if of == property.value.key => {
                    text.push('\n');
                    text.push_str(more);
                }
                _ => {}
            });
        }
        Cow::Owned(text)
    }

    /// `ProfileFile.toString`, which stands in an error.
    pub(crate) fn describe(&self, names_sections: bool) -> String {
        let titles: &[(Title, &str)] = match self.reserved {
            Reserved::Services => &[
                (Title::Profiles, "profiles"),
                (Title::SsoSession, "sso-session"),
                (Title::Services, "services"),
            ],
            _ => &[(Title::Profiles, "profiles"), (Title::SsoSession, "sso-session")],
        };
        let none = self.files.iter().flatten().next().is_none();
        let titles = if none { &[] } else { titles };
        let mut maps: Vec<Vec<(&str, Vec<&str>)>> = titles.iter().map(|_| Vec::new()).collect();
        // The Aggregator begins with the file added last.
        for file in self.files.iter().rev().flatten() {
            for Placed { section, item, .. } in file.read(ProfileFileReader(self.reserved)).flatten() {
                let Some((title, name)) = section else { continue };
                let at = titles.iter().position(|(known, _)| *known == title);
                let Some(map) = at.and_then(|at| maps.get_mut(at)) else { continue };
                if item == Item::DropDefault {
                    map.retain(|(name, _)| *name != "default");
                }
                if !map.iter().any(|(known, _)| *known == name) {
                    map.push((name, Vec::new()));
                }
                let keys = map.iter_mut().find(|(known, _)| *known == name).map(|(_, keys)| keys);
                if let (Some(keys), Item::Property { key, .. }) = (keys, item)
                    && !keys.contains(&key)
                {
                    keys.push(key);
                }
            }
        }
        let profile = |(name, keys): &(&str, Vec<&str>)| {
            format!("Profile(name={name}, properties=[{}])", in_hash_order(keys).join(", "))
        };
        if names_sections {
            let names: Vec<&str> = titles.iter().map(|(_, name)| *name).collect();
            let names = names.join(", ");
            return match maps.first() {
                None => format!("ProfileFile(sections=[{names}])"),
                Some(profiles) => {
                    let profiles: Vec<String> = profiles.iter().map(profile).collect();
                    format!("ProfileFile(sections=[{names}], profiles=[{}])", profiles.join(", "))
                }
            };
        }
        let map = |map: &Vec<(&str, Vec<&str>)>| {
            let entries: Vec<String> =
                map.iter().map(|entry| format!("{}={}", entry.0, profile(entry))).collect();
            format!("{{{}}}", entries.join(", "))
        };
        let maps: Vec<String> = maps.iter().map(map).collect();
        format!("ProfileFile(profilesAndSectionsMap=[{}])", maps.join(", "))
    }

    fn walk(
        &self,
        file: &'f ProfileFile,
        title: Title,
        name: &str,
        mut tell: impl FnMut(Item<&'f str>, u32),
    ) {
        for Placed { line, section, item } in file.read(ProfileFileReader(self.reserved)).flatten() {
            if section == Some((title, name)) {
                tell(item, line);
            }
        }
    }
}

/// Keys as a `HashMap` made from a map of that size hands them out.
fn in_hash_order<'k>(keys: &[&'k str]) -> Vec<&'k str> {
    let wanted = keys.len() * 4 / 3 + 1;
    let buckets = u32::try_from(wanted.next_power_of_two()).unwrap_or(u32::MAX);
    let hash = |key: &str| {
        let hash =
            key.encode_utf16().fold(0u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
        (hash ^ (hash >> 16)) & (buckets - 1)
    };
    let mut keys = keys.to_vec();
    keys.sort_by_key(|key| hash(key));
    keys
}

/// The profile in use. Where a file is unreadable, nothing is found.
pub(crate) struct Active<'f> {
    pub(crate) files: Files<'f>,
    pub(crate) name: &'f str,
    pub(crate) readable: bool,
}

impl<'f> Active<'f> {
    pub(crate) fn property(&self, key: &str) -> Option<Property<'f>> {
        if self.readable { self.files.property(Title::Profiles, self.name, key) } else { None }
    }
}

impl<'f> Profile<'f> for Active<'f> {
    fn get(&self, key: &str) -> Option<FileValue<'f>> {
        self.property(key).map(|property| property.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn config(text: &str) -> ProfileFile {
        ProfileFile::new(FileKind::Config, text)
    }

    fn find(text: &str, title: Title, name: &str, key: &str) -> Option<String> {
        let file = config(text);
        let files = Files { files: [None, Some(&file)], reserved: Reserved::Services };
        files.check().unwrap();
        files.property(title, name, key).map(|found| files.whole(title, name, found).into_owned())
    }

    #[test]
    fn a_line_that_is_nothing_makes_the_file_unreadable() {
        for (text, message) in [
            ("[default\n", "Profile definition must end with ']' on line 1"),
            ("[services xyz\n", "Section definition must end with ']' on line 1"),
            ("region = x\n", "Expected a profile definition on line 1"),
            ("[default]\nregion\n", "Expected an '=' sign defining a property on line 2"),
            ("[default]\n= x\n", "Property did not have a name on line 2"),
            ("[default]\n  region = x\n", "Expected a profile or property definition on line 2"),
            ("[default]\ns3 =\n  x\n", "Expected an '=' sign defining a property on line 3"),
            ("[\n", "begin 1, end 0, length 1"),
        ] {
            let file = config(text);
            let files = Files { files: [None, Some(&file)], reserved: Reserved::Services };
            assert_eq!(files.check().unwrap_err().to_string(), message, "{text}");
        }
    }

    #[test]
    fn profile_default_replaces_default_wherever_it_stands() {
        let region = |text: &str| find(text, Title::Profiles, "default", "region");
        assert_eq!(region("[profile default]\nregion=a\n[default]\nregion=b\n").as_deref(), Some("a"));
        assert_eq!(region("[default]\nregion=b\n[profile default]\noutput=a\n"), None);
        assert_eq!(region("[default]\nregion=a\n[default]\nregion=b\n").as_deref(), Some("b"));
        assert_eq!(region("[default]\nregion=a\n[default]\noutput=b\n").as_deref(), Some("a"));
        assert_eq!(region("[profile dev]\nregion=a\n[default]\nregion=b\n").as_deref(), Some("b"));
        let prefixed = "[profile default]\nregion=a\n[profile default]\noutput=b\n";
        assert_eq!(region(prefixed).as_deref(), Some("a"));
        assert_eq!(region(&format!("{prefixed}[default]\nregion=c\n")).as_deref(), Some("a"));
        assert_eq!(region("[dev]\nregion\n[ default ]\nregion = c # note\r\n").as_deref(), Some("c"));
        assert_eq!(region("[default]\nregion=us-west-2;note\n").as_deref(), Some("us-west-2;note"));
        assert_eq!(region("[default]\nregion = a\n b\n").as_deref(), Some("a\nb"));
    }

    #[test]
    fn a_value_goes_on_in_the_indented_lines_below_it() {
        for (text, region) in [
            ("region = a\n b\n c\n", "a\nb\nc"),
            ("s3 =\n x = y\nregion = a\n b\ns3 =\n x = y\noutput = json\n", "a\nb"),
            ("region = x\n y\nregion = a\n b\n", "a\nb"),
            ("region = x\n y\nregion = a\n", "a"),
            ("region = a\n \t\n\nregion2 = b\n", "a"),
            ("  \nregion = a\n", "a"),
        ] {
            let text = format!("[default]\n{text}");
            assert_eq!(find(&text, Title::Profiles, "default", "region").as_deref(), Some(region), "{text}");
        }
    }

    #[test]
    fn a_profile_has_its_prefix_and_white_space_before_its_name() {
        let region = |header: &str| find(&format!("{header}\nregion=a\n"), Title::Profiles, "dev", "region");
        for header in ["[profile dev]", "[ profile\tdev ]", "[profile dev] # note"] {
            assert_eq!(region(header).as_deref(), Some("a"), "{header}");
        }
        assert_eq!(
            region("[profile dev]\nregion=a\n[profile dev]\noutput=b\n[profile other]").as_deref(),
            Some("a")
        );
        for header in ["[dev]", "[profiledev]", "[profile]", "[Profile dev]"] {
            assert_eq!(region(header), None, "{header}");
        }
    }

    #[test]
    fn sub_properties_have_dotted_names() {
        let url = |text| find(text, Title::Services, "local", "sts.endpoint_url");
        assert_eq!(
            url("[services local]\nsts =\n  endpoint_url = a\n  endpoint_url=b\n").as_deref(),
            Some("b")
        );
        assert_eq!(url("[services local]\nsts.endpoint_url = a\n").as_deref(), Some("a"));
        assert_eq!(url("[services local]\nsts = x\n  endpoint_url = a\n"), None);
        assert_eq!(url("[services local]\ns3 =\n  endpoint_url = a\n"), None);
    }

    #[test]
    fn a_described_file_lists_keys_in_the_order_of_a_hash_map() {
        let file = config("[profile dev]\nrole_arn = x\nweb_identity_token_file = y\nregion = z\n");
        let files = Files { files: [None, Some(&file)], reserved: Reserved::Services };
        assert_eq!(
            files.describe(true),
            "ProfileFile(sections=[profiles, sso-session, services], profiles=[Profile(name=dev, properties=[role_arn, web_identity_token_file, region])])"
        );
        assert_eq!(
            Files { files: [None, None], reserved: Reserved::Services }.describe(false),
            "ProfileFile(profilesAndSectionsMap=[])"
        );
    }

    #[test]
    fn hostile_text_is_only_unreadable() {
        for text in ["[ü", "[é]\nü = ü\n ü", "[\u{1f600}", "ü", "[default]\n\u{a0}=x\n"] {
            let file = config(text);
            let files = Files { files: [None, Some(&file)], reserved: Reserved::Services };
            let _ = files.check();
            let _ = files.property(Title::Profiles, "default", "region");
        }
    }
}
