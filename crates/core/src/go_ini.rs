//! The profile files' parser that Go V1 has and Go V2 had until config 1.24.0: `internal/ini`, a lexer and an LL(1) state
//! machine, whose corners show.
//!
//! A comma in front of a word drops the whole property. A property without a value swallows the indented lines below it.
//! `key = # note` is an error, as is a last line of one word; but a quote that is never closed makes the whole file empty, and
//! is no error. Literals end at a space, not at a tab.
//!
//! Source: aws/aws-sdk-go `internal/ini/{ini_lexer,ini_parser,skipper,literal_tokens,value_util,visitor}.go`, v1.55.6; what
//! older releases did otherwise is a [`Grammar`]'s to say.
//!
//! ```
//! use sts_endpoint_core::go_ini::{GoIni, Grammar, Item};
//! use sts_endpoint_core::{FileKind, ProfileFile};
//!
//! let file = ProfileFile::new(FileKind::Config, "[default]\nregion = us-west-2 # home\n");
//! let ini = GoIni::parse(&file, Grammar::NEWEST)?;
//! let mut items = ini.items();
//! assert!(matches!(items.next(), Some(Item::Section(name)) if name.is("", "default")));
//! assert!(matches!(items.next(), Some(Item::Property(p)) if (p.key, p.value(), p.line) == ("region", "us-west-2", 2)));
//! # Ok::<(), sts_endpoint_core::go_ini::GoIniError>(())
//! ```

use crate::profile::{Items, ProfileFile, Reader};
use alloc::string::String;
use core::fmt;

/// What the parser of a release does otherwise than the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grammar {
    /// A property without a value ends with its line (v1.25.4); before, it swallows the line below too, and an open
    /// property is dropped where a section begins.
    pub empty_values_end: bool,
    /// The file may end behind a `=` (v1.35.12).
    pub may_end_at_equals: bool,
    /// Values may begin with, or hold, one of `[]=:` (v1.39.0); before, a bracket in a value opens a section.
    pub separators_in_values: bool,
    /// Words that look like booleans are tokens of their own, and a negative number empties the file (before v1.45.15): only
    /// `true` alone is true.
    pub typed: bool,
    /// Indented lines below a property are part of its value (Go V2, config 1.21.0).
    pub sub_properties: bool,
    /// An indented line below no property is an error (Go V2, config 1.23.0); before, it is passed over, and where it ends
    /// the text without a line end the file is empty.
    pub refuses_indented: bool,
    /// How an error of the state machine reads.
    pub error_style: ErrorStyle,
}

impl Grammar {
    /// v1.45.15 and later.
    pub const NEWEST: Self = Self {
        empty_values_end: true,
        may_end_at_equals: true,
        separators_in_values: true,
        typed: false,
        sub_properties: false,
        refuses_indented: false,
        error_style: ErrorStyle::Tree,
    };
}

/// How an error of the state machine reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// The syntax tree and the token, dumped (before v1.19.41).
    TreeAndToken,
    /// The syntax tree dumped, the kind of the token.
    Tree,
    /// The kinds of both (Go V2).
    Kinds,
}

/// A text that does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoIniError {
    message: String,
}

impl fmt::Display for GoIniError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for GoIniError {}

/// A file that parses.
#[derive(Clone, Copy, Debug)]
pub struct GoIni<'f> {
    items: Items<'f, Grammar>,
}

/// What a file holds, top to bottom. `T` is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<T> {
    /// A section begins.
    Section(Name<T>),
    /// A property.
    Property(Property<T>),
}

/// The name of a section: what stands between the brackets, line ends left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<T> {
    /// As it stands in the text.
    pub text: T,
}

impl Name<&str> {
    /// Whether it is a prefix followed by a text.
    pub fn is(&self, prefix: &str, text: &str) -> bool {
        if self.text.contains('\n') {
            return self.chars().eq(prefix.chars().chain(text.chars()));
        }
        self.text.strip_prefix(prefix) == Some(text)
    }

    /// Its characters.
    pub fn chars(&self) -> impl Iterator<Item = char> {
        let mut chars = self.text.chars().peekable();
        core::iter::from_fn(move || {
            loop {
                match chars.next()? {
                    '\n' => {}
                    '\r' if chars.peek() == Some(&'\n') => {}
                    c => return Some(c),
                }
            }
        })
    }
}

/// A property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property<T> {
    /// The key, as written.
    pub key: T,
    /// The value as it stands in the text, with what white space there is behind it.
    pub raw: T,
    /// The line of the key, from 1.
    pub line: u32,
    quoted: bool,
    alone: bool,
    typed: bool,
}

impl<'f> Property<&'f str> {
    /// The value (`StringValue`): spaces and line ends are trimmed, tabs are not; of a quoted value what stands between the
    /// quotes (escapes are left as they are).
    pub fn value(&self) -> &'f str {
        if self.quoted {
            return self.raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(self.raw);
        }
        self.raw.trim_matches(['\n', ' '])
    }

    /// The value as a boolean (`BoolValue`): true and false in any case, with anything behind them; or, where words are
    /// typed, alone. Everything else is `None`.
    pub fn boolean(&self) -> Option<bool> {
        if self.typed && !self.alone {
            return None;
        }
        let starts =
            |word: &str| self.raw.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if starts("true") {
            return Some(true);
        }
        starts("false").then_some(false)
    }
}

impl<'f> GoIni<'f> {
    /// Parses a file.
    ///
    /// # Errors
    ///
    /// Where the parser gives up, or what it made of the file is not a list of sections and properties.
    pub fn parse(file: &'f ProfileFile, grammar: Grammar) -> Result<Self, GoIniError> {
        let items = file.read(grammar);
        match { items }.next_back() {
            Some(Err(error)) => Err(error),
            _ => Ok(Self { items }),
        }
    }

    /// Sections and properties, top to bottom.
    pub fn items(&self) -> impl Iterator<Item = Item<&'f str>> {
        self.items.flatten()
    }
}

/// The items of a file that parses; of one that does not, at the end, why.
impl Reader for Grammar {
    type Item<T: Send + Sync> = Result<Item<T>, GoIniError>;

    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Self::Item<&str>> {
        let lexes = Lexer::new(file.text(), self).all(|token| token.kind != Kind::Broken);
        let source = Source { text: if lexes { file.text() } else { "" }, grammar: self };
        let (mut machine, mut first, mut ended) = (Machine::new(source), None, false);
        core::iter::from_fn(move || {
            while !ended {
                match machine.step() {
                    // What the visitor refuses does not keep the parser from going on, and from failing before it.
                    Ok(Some(done)) => match done.item() {
                        Ok(None) => {}
                        Ok(Some(item)) => return Some(Ok(item)),
                        Err(error) => first = first.take().or(Some(error)),
                    },
                    Ok(None) => {
                        ended = true;
                        return first.take().map(Err);
                    }
                    Err(error) => {
                        ended = true;
                        return Some(Err(error));
                    }
                }
            }
            None
        })
    }

    fn map<T: Send + Sync, U: Send + Sync>(
        item: &Self::Item<T>,
        mut text: impl FnMut(&T) -> U,
    ) -> Self::Item<U> {
        let item = match item {
            Ok(item) => item,
            Err(error) => return Err(error.clone()),
        };
        Ok(match item {
            Item::Section(name) => Item::Section(Name { text: text(&name.text) }),
            Item::Property(Property { key, raw, line, quoted, alone, typed }) => Item::Property(Property {
                key: text(key),
                raw: text(raw),
                line: *line,
                quoted: *quoted,
                alone: *alone,
                typed: *typed,
            }),
        })
    }
}

/// A text to be parsed.
#[derive(Clone, Copy, Debug)]
struct Source<'f> {
    text: &'f str,
    grammar: Grammar,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    None,
    Literal,
    Separator,
    Comma,
    Operator,
    Space,
    NewLine,
    Comment,
    /// A quote that is never closed, or a number that cannot be read.
    Broken,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::None | Self::Broken => "none",
            Self::Literal => "literal",
            Self::Separator => "sep",
            Self::Comma => "comma",
            Self::Operator => "op",
            Self::Space => "ws",
            Self::NewLine => "newline",
            Self::Comment => "comment",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token<'f> {
    kind: Kind,
    text: &'f str,
    /// Where it ends, in bytes.
    end: usize,
    line: u32,
}

impl Token<'_> {
    fn is_quoted(&self) -> bool {
        self.kind == Kind::Literal && self.text.starts_with('"')
    }
}

#[derive(Clone, Debug)]
struct Lexer<'f> {
    text: &'f str,
    at: usize,
    line: u32,
    grammar: Grammar,
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}

fn is_new_line(text: &str) -> bool {
    matches!(text.as_bytes(), [b'\n', ..] | [b'\r', b'\n', ..])
}

/// Where a text first has a character that stops it, or its end.
fn until(text: &str, stop: impl Fn(usize, char) -> bool) -> usize {
    text.char_indices().find(|(at, c)| stop(*at, *c)).map_or(text.len(), |(at, _)| at)
}

/// A line end with an indented line behind it, and an operator anywhere behind that.
fn is_sub_property(text: &str) -> bool {
    is_new_line(text)
        && text.trim_start_matches('\r').strip_prefix('\n').is_some_and(|next| next.starts_with(is_space))
        && text.contains(['=', ':'])
}

impl<'f> Lexer<'f> {
    fn new(text: &'f str, grammar: Grammar) -> Self {
        Self { text, at: 0, line: 1, grammar }
    }

    fn token(&mut self, kind: Kind, text: &'f str) -> Option<Token<'f>> {
        let token = Token { kind, text, end: self.at + text.len(), line: self.line };
        self.at = token.end;
        let ends = text.bytes().filter(|b| *b == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        Some(token)
    }
}

/// Where words are typed, a negative number is one (`isNumberValue`) that its reader then refuses (`getNumericalValue`).
fn is_negative_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let digits = digits.split(char::is_whitespace).next().unwrap_or(digits);
    let points = digits.bytes().filter(|b| matches!(b, b'.' | b'e' | b'E')).count();
    digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E'))
        && points <= 1
        && digits.ends_with(|c: char| c.is_ascii_digit())
}

impl<'f> Iterator for Lexer<'f> {
    type Item = Token<'f>;

    fn next(&mut self) -> Option<Token<'f>> {
        let rest = self.text.get(self.at..)?;
        let first = rest.chars().next()?;
        let from = |at: usize| rest.get(at..).unwrap_or_default();
        let (kind, length) = if self.grammar.sub_properties && is_sub_property(rest) {
            let length = until(rest, |at, c| c == '\n' && !is_sub_property(from(at)));
            let ends = length == rest.len() && !self.grammar.refuses_indented;
            (if ends { Kind::Broken } else { Kind::Literal }, length)
        } else if is_space(first) {
            (Kind::Space, until(rest, |_, c| !is_space(c)))
        } else if first == ',' {
            (Kind::Comma, 1)
        } else if matches!(first, '#' | ';') {
            (Kind::Comment, until(rest, |at, c| matches!(c, '\n' | '\r') && is_new_line(from(at))))
        } else if is_new_line(rest) {
            (Kind::NewLine, if first == '\r' { 2 } else { 1 })
        } else if matches!(first, '[' | ']') {
            (Kind::Separator, 1)
        } else if matches!(first, '=' | ':') {
            (Kind::Operator, 1)
        } else if first == '"' {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, c)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\';
                ends
            });
            end.map_or((Kind::Broken, rest.len()), |(at, _)| (Kind::Literal, at + 1))
        } else {
            let length = until(rest, |at, c| {
                matches!(c, '=' | ':' | '[' | ']' | ' ' | '\n') || c == '\r' && is_new_line(from(at))
            });
            let word = rest.get(..length).unwrap_or(rest);
            if self.grammar.typed && is_negative_number(rest) {
                return self.token(Kind::Broken, rest);
            }
            // A boolean in front of a word is a token of its own where words are typed.
            let boolean = ["true", "false"].into_iter().find(|boolean| {
                self.grammar.typed
                    && word.get(..boolean.len()).is_some_and(|start| start.eq_ignore_ascii_case(boolean))
            });
            (Kind::Literal, boolean.map_or(length, str::len))
        };
        self.token(kind, rest.get(..length).unwrap_or(rest))
    }
}

/// A piece of the text, of tokens that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    line: u32,
}

impl Span {
    fn of(token: Token<'_>) -> Self {
        Self { start: token.end - token.text.len(), end: token.end, line: token.line }
    }

    fn with(self, token: Token<'_>) -> Self {
        Self { end: token.end, ..self }
    }

    fn in_text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The right-hand side of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Right {
    span: Span,
    kind: Kind,
    quoted: bool,
    alone: bool,
}

/// What the state machine holds (`AST`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Start,
    Comment(Span),
    Expression { span: Span, quoted: bool },
    Equal { key: Span, quoted: bool, operator: Span },
    Property { key: Span, quoted: bool, operator: Span, right: Right },
    Statement,
    Section { span: Span, quoted: bool },
    Completed { name: Option<Span>, quoted: bool },
    Skipped,
}

impl Node {
    fn kind_name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Comment(_) => "comment",
            Self::Expression { .. } => "expr",
            Self::Equal { .. } => "",
            Self::Property { .. } => "expr_stmt",
            Self::Statement => "stmt",
            Self::Section { .. } => "section_stmt",
            Self::Completed { .. } => "completed_stmt",
            Self::Skipped => "skip",
        }
    }

    /// As `%v` prints it.
    fn dumped(self, text: &str) -> String {
        const EMPTY: &str = "{none {0 NONE 0 []} false []}";
        let leaf = |name: &str, kind: Kind, quoted: bool, span: Span, line_ends: bool, children: &str| {
            let token = dumped(kind, quoted, span.in_text(text), line_ends);
            alloc::format!("{{{name} {token} true [{children}]}}")
        };
        let tree = |name: &str, child: &str| alloc::format!("{{{name} {{0 NONE 0 []}} false [{child}]}}");
        match self {
            Self::Start | Self::Statement => tree(self.kind_name(), EMPTY),
            Self::Comment(span) => tree("comment", &leaf("expr", Kind::Comment, false, span, true, "")),
            Self::Expression { span, quoted } => leaf("expr", Kind::Literal, quoted, span, true, ""),
            Self::Section { span, quoted } => leaf("section_stmt", Kind::Literal, quoted, span, false, ""),
            Self::Equal { key, quoted, operator } | Self::Property { key, quoted, operator, .. } => {
                let left = leaf("expr", Kind::Literal, quoted, key, true, "");
                leaf("", Kind::Operator, false, operator, true, &left)
            }
            Self::Completed { name: Some(span), quoted } => {
                tree("completed_stmt", &Self::Section { span, quoted }.dumped(text))
            }
            Self::Completed { name: None, .. } => tree("completed_stmt", &Self::Statement.dumped(text)),
            Self::Skipped => tree("skip", EMPTY),
        }
    }
}

/// A token as `%v` prints it: its kind, its type, its characters as numbers.
fn dumped(kind: Kind, quoted: bool, text: &str, line_ends: bool) -> String {
    let number = match kind {
        Kind::None | Kind::Broken => 0,
        Kind::Literal => 1,
        Kind::Separator => 2,
        Kind::Comma => 3,
        Kind::Operator => 4,
        Kind::Space => 5,
        Kind::NewLine => 6,
        Kind::Comment => 7,
    };
    let value = match kind {
        Kind::Literal if quoted => "",
        Kind::Literal => "STRING",
        _ => "NONE",
    };
    let mut runes = String::new();
    let name = Name { text };
    let mut push = |c: char| {
        if !runes.is_empty() {
            runes.push(' ');
        }
        runes.push_str(&alloc::format!("{}", u32::from(c)));
    };
    if line_ends {
        text.chars().for_each(&mut push);
    } else {
        name.chars().for_each(&mut push);
    }
    alloc::format!("{{{number} {value} 0 [{runes}]}}")
}

/// A statement that is complete.
#[derive(Clone, Copy, Debug)]
struct Done<'f> {
    node: Node,
    source: Source<'f>,
}

impl<'f> Done<'f> {
    /// What the visitor makes of it.
    fn item(self) -> Result<Option<Item<&'f str>>, GoIniError> {
        let text = self.source.text;
        match self.node {
            Node::Property { key, right, .. } => {
                let separators = self.source.grammar.separators_in_values;
                let takes = |kind| {
                    kind == Kind::Literal || separators && matches!(kind, Kind::Operator | Kind::Separator)
                };
                if !takes(right.kind) {
                    return Err(error("unexpected token type"));
                }
                Ok(Some(Item::Property(Property {
                    key: key.in_text(text),
                    raw: right.span.in_text(text),
                    line: key.line,
                    quoted: right.quoted,
                    alone: right.alone,
                    typed: self.source.grammar.typed,
                })))
            }
            Node::Completed { name: Some(span), .. } => {
                Ok(Some(Item::Section(Name { text: span.in_text(text) })))
            }
            Node::Completed { name: None, .. } => Err(error("unsupported child statement: ini.AST")),
            Node::Statement => Err(error("unsupported statement: stmt")),
            Node::Expression { .. } => {
                let tree = self.node.dumped(text);
                Err(GoIniError { message: alloc::format!("unsupported expression {tree}") })
            }
            _ => Ok(None),
        }
    }
}

fn error(message: &str) -> GoIniError {
    GoIniError { message: message.into() }
}

/// `parse` with its `skipper`: steps from token to token, and stops at every statement that is complete.
#[derive(Clone, Debug)]
struct Machine<'f> {
    source: Source<'f>,
    lexer: Lexer<'f>,
    node: Node,
    ended: bool,
    skips: bool,
    before: Kind,
}

impl<'f> Machine<'f> {
    fn new(source: Source<'f>) -> Self {
        Self {
            source,
            lexer: Lexer::new(source.text, source.grammar),
            node: Node::Start,
            ended: false,
            skips: false,
            before: Kind::None,
        }
    }

    /// `skipper.ShouldSkip`.
    fn should_skip(&mut self, kind: Kind) -> bool {
        if self.skips && self.before == Kind::NewLine && kind != Kind::Space {
            self.skips = false;
            self.before = Kind::None;
            return false;
        }
        self.before = kind;
        self.skips
    }

    fn skip(&mut self) {
        self.node = Node::Skipped;
        self.skips = true;
        if !self.source.grammar.empty_values_end {
            self.before = Kind::None;
        }
    }

    /// Runs to the next statement that is complete; `None` at the end.
    fn step(&mut self) -> Result<Option<Done<'f>>, GoIniError> {
        let grammar = self.source.grammar;
        while !self.ended {
            let end =
                Token { kind: Kind::None, text: "", end: self.source.text.len(), line: self.lexer.line };
            let token = self.lexer.next().unwrap_or(end);
            let kind = token.kind;
            let node = self.node;
            if self.should_skip(kind) {
                self.ended = kind == Kind::None;
                continue;
            }
            let done = Done { node, source: self.source };
            let literal = Node::Expression { span: Span::of(token), quoted: token.is_quoted() };
            match (node, kind) {
                // Terminal.
                (Node::Start | Node::Skipped | Node::Property { .. }, Kind::None) => {
                    self.ended = true;
                    if node != Node::Start {
                        return Ok(Some(done));
                    }
                }
                // Skip the token.
                (
                    Node::Start | Node::Comment(_) | Node::Statement | Node::Completed { .. } | Node::Skipped,
                    Kind::Space | Kind::NewLine,
                )
                | (Node::Equal { .. }, Kind::Space)
                | (Node::Section { .. }, Kind::NewLine) => {}
                // A statement begins.
                (Node::Start | Node::Comment(_) | Node::Completed { .. } | Node::Skipped, Kind::Literal) => {
                    if node != Node::Start && grammar.refuses_indented && is_sub_property(token.text) {
                        let text = token.text;
                        return Err(GoIniError {
                            message: alloc::format!("Invalid token, remove leading whitespace {text}"),
                        });
                    }
                    self.node = literal;
                    if node != Node::Start {
                        return Ok(Some(done));
                    }
                }
                (Node::Expression { span, quoted }, Kind::Operator) => {
                    // It begins with a word.
                    let key = span.in_text(self.source.text).trim_end_matches(is_space);
                    let key = Span { end: span.start + key.len(), ..span };
                    self.node = Node::Equal { key, quoted, operator: Span::of(token) };
                }
                // Values.
                (Node::Expression { span, quoted }, Kind::Literal | Kind::Space) => {
                    self.node = Node::Expression { span: span.with(token), quoted };
                }
                (Node::Equal { key, quoted, operator }, Kind::Literal) => {
                    self.node = Node::Property { key, quoted, operator, right: right(token) };
                }
                (Node::Equal { key, quoted, operator }, Kind::Separator | Kind::Operator)
                    if grammar.separators_in_values =>
                {
                    self.node = Node::Property { key, quoted, operator, right: right(token) };
                }
                (Node::Property { .. }, Kind::Separator) if !grammar.separators_in_values => {
                    self.open(token)?;
                    if grammar.empty_values_end {
                        return Ok(Some(done));
                    }
                }
                (
                    Node::Property { key, quoted, operator, right },
                    Kind::Literal | Kind::Separator | Kind::Operator | Kind::Space,
                ) => {
                    let mut right = right;
                    if !right.quoted {
                        right.span = right.span.with(token);
                        right.alone = false;
                    }
                    self.node = Node::Property { key, quoted, operator, right };
                }
                // A section opens.
                (
                    Node::Start
                    | Node::Comment(_)
                    | Node::Expression { .. }
                    | Node::Completed { .. }
                    | Node::Skipped,
                    Kind::Separator,
                ) => {
                    self.open(token)?;
                    let dropped = matches!(node, Node::Expression { .. }) && !grammar.empty_values_end;
                    // Before 1.25.4 the section above was dropped too, where no property stood in it.
                    let dropped =
                        dropped || matches!(node, Node::Completed { .. }) && !grammar.empty_values_end;
                    if node != Node::Start && !dropped {
                        return Ok(Some(done));
                    }
                }
                (Node::Statement | Node::Section { .. }, Kind::Separator) => {
                    if token.text != "]" {
                        return Err(error("expected ']'"));
                    }
                    self.node = match node {
                        Node::Section { span, quoted } => {
                            let name = span.in_text(self.source.text);
                            let name = name.trim_end_matches(char::is_whitespace);
                            let span = Span { end: span.start + name.len(), ..span };
                            Node::Completed { name: Some(span), quoted }
                        }
                        _ => Node::Completed { name: None, quoted: false },
                    };
                }
                (Node::Statement, Kind::Literal) => {
                    self.node = Node::Section { span: Span::of(token), quoted: token.is_quoted() };
                }
                (Node::Section { span, quoted }, Kind::Literal | Kind::Operator | Kind::Space) => {
                    self.node = Node::Section { span: span.with(token), quoted };
                }
                // Complete.
                (
                    Node::Comment(_) | Node::Expression { .. } | Node::Statement | Node::Completed { .. },
                    Kind::None,
                )
                | (Node::Property { .. }, Kind::NewLine) => {
                    self.node = Node::Start;
                    return Ok(Some(done));
                }
                // What follows is skipped, up to a line that is not indented.
                (Node::Expression { .. } | Node::Equal { .. }, Kind::NewLine)
                | (Node::Property { .. }, Kind::Comma) => self.skip(),
                (Node::Equal { .. }, Kind::None) if grammar.may_end_at_equals => self.skip(),
                // Comments.
                (
                    Node::Start
                    | Node::Comment(_)
                    | Node::Expression { .. }
                    | Node::Statement
                    | Node::Property { .. }
                    | Node::Completed { .. }
                    | Node::Skipped,
                    Kind::Comment,
                ) => {
                    self.node = Node::Comment(Span::of(token));
                    if node != Node::Start {
                        return Ok(Some(done));
                    }
                }
                _ => return Err(self.invalid(token)),
            }
        }
        Ok(None)
    }

    fn open(&mut self, token: Token<'f>) -> Result<(), GoIniError> {
        if token.text != "[" {
            return Err(error("expected '['"));
        }
        self.node = Node::Statement;
        Ok(())
    }

    fn invalid(&self, token: Token<'f>) -> GoIniError {
        let tree = || self.node.dumped(self.source.text);
        let kind = token.kind.name();
        GoIniError {
            message: match self.source.grammar.error_style {
                ErrorStyle::Kinds => alloc::format!(
                    "invalid state with ASTKind {} and TokenType {kind}",
                    self.node.kind_name()
                ),
                ErrorStyle::Tree => {
                    alloc::format!("invalid state with ASTKind {} and TokenType {kind}", tree())
                }
                ErrorStyle::TreeAndToken => {
                    let token = dumped(token.kind, token.is_quoted(), token.text, true);
                    alloc::format!("invalid state with ASTKind {} and TokenType {token}", tree())
                }
            },
        }
    }
}

fn right(token: Token<'_>) -> Right {
    Right { span: Span::of(token), kind: token.kind, quoted: token.is_quoted(), alone: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::FileKind;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    fn read(text: &str, grammar: Grammar) -> Vec<String> {
        let file = ProfileFile::new(FileKind::Config, text);
        let ini = GoIni::parse(&file, grammar).unwrap();
        ini.items()
            .map(|item| match item {
                Item::Section(name) => alloc::format!("[{}]", name.chars().collect::<String>()),
                Item::Property(p) => alloc::format!("{}:{}={}", p.line, p.key, p.value()),
            })
            .collect()
    }

    fn newest(text: &str) -> Vec<String> {
        read(text, Grammar::NEWEST)
    }

    fn refused(text: &str) -> String {
        let file = ProfileFile::new(FileKind::Config, text);
        GoIni::parse(&file, Grammar::NEWEST).unwrap_err().to_string()
    }

    #[test]
    fn ordinary_files_read_as_one_expects() {
        let text = "; c\n# c\n\n[ profile dev ]\nregion   =   us-west-2   \n  other key=a b # note\n[x]\r\nk = v\r\n";
        assert_eq!(newest(text), ["[profile dev]", "5:region=us-west-2", "6:other key=a b", "[x]", "8:k=v"]);
    }

    #[test]
    fn values_end_where_a_comment_stands_behind_white_space() {
        assert_eq!(newest("a=x;note\nb = x ;note\nc = x\t# y"), ["1:a=x;note", "2:b=x", "3:c=x\t# y"]);
    }

    #[test]
    fn a_comma_in_front_of_a_word_drops_the_property() {
        assert_eq!(newest("[a]\nx = 1 ,2\ny = 1,2\n"), ["[a]", "3:y=1,2"]);
    }

    #[test]
    fn a_property_without_value_swallows_what_is_indented_below() {
        let text = "[a]\ns3 =\n  region = x\nregion = y\n";
        assert_eq!(newest(text), ["[a]", "4:region=y"]);
        let old = Grammar { empty_values_end: false, ..Grammar::NEWEST };
        assert_eq!(read("[a]\nx =\ny = 1\nz = 2\n", old), ["[a]", "4:z=2"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_empties_the_file() {
        assert!(newest("[a]\nx = 1\ny = \"open\n").is_empty());
        assert_eq!(newest("[a]\nx = \"a # b\" c\n"), ["[a]", "2:x=a # b"]);
        let typed = Grammar { typed: true, ..Grammar::NEWEST };
        assert!(read("[a]\nx = -1\n", typed).is_empty());
        assert_eq!(read("[a]\nx = -lead\n", typed), ["[a]", "2:x=-lead"]);
    }

    #[test]
    fn what_does_not_parse_says_why() {
        let tree = "{section_stmt {1 STRING 0 [97 120 61 49]} true []}";
        assert_eq!(
            refused("[a\nx=1\n"),
            alloc::format!("invalid state with ASTKind {tree} and TokenType none")
        );
        assert_eq!(refused("[[a]]"), "expected ']'");
        assert_eq!(refused("[a]]"), "expected '['");
        assert_eq!(refused("[]"), "unsupported child statement: ini.AST");
        assert_eq!(refused("word"), "unsupported expression {expr {1 STRING 0 [119 111 114 100]} true []}");
        let tree = "{ {4 NONE 0 [61]} true [{expr {1 STRING 0 [97]} true []}]}";
        assert_eq!(
            refused("a = # x"),
            alloc::format!("invalid state with ASTKind {tree} and TokenType comment")
        );
        let start = "{start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]}";
        assert_eq!(refused("= x"), alloc::format!("invalid state with ASTKind {start} and TokenType op"));
    }

    #[test]
    fn booleans_may_have_anything_behind_them_unless_words_are_typed() {
        let boolean = |text, typed| {
            let grammar = Grammar { typed, ..Grammar::NEWEST };
            let file = ProfileFile::new(FileKind::Config, text);
            let ini = GoIni::parse(&file, grammar).unwrap();
            match ini.items().next() {
                Some(Item::Property(p)) => p.boolean(),
                _ => panic!("a property"),
            }
        };
        assert_eq!(boolean("a = TRUE", false), Some(true));
        assert_eq!(boolean("a = truest # x", false), Some(true));
        assert_eq!(boolean("a = false", false), Some(false));
        assert_eq!(boolean("a = 1", false), None);
        assert_eq!(boolean("a = True", true), Some(true));
        assert_eq!(boolean("a = true # x", true), None);
    }

    #[test]
    fn sub_properties_are_part_of_the_value() {
        let grammar = Grammar { sub_properties: true, refuses_indented: true, ..Grammar::NEWEST };
        assert_eq!(
            read("[s]\nsts =\n  a = b\n  c = d\nx = y\n", grammar),
            ["[s]", "2:sts=a = b\n  c = d", "5:x=y"]
        );
        let indented = ProfileFile::new(FileKind::Config, "[s]\n  a = b\n");
        assert!(GoIni::parse(&indented, grammar).is_err());
        let lenient = Grammar { refuses_indented: false, ..grammar };
        assert_eq!(read("[s]\n  a = b\nx = y\n", lenient), ["[s]", "3:x=y"]);
        assert!(read("[s]\nx =\n  a = b", lenient).is_empty());
    }
}
