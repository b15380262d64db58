//! JSON and YAML documents as one tree whose nodes know their lines.

use crate::place::{Place, Unreadable};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use std::path::Path;

/// A node of a document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) data: Data,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    /// A scalar as text; `null` is the empty text.
    Text(String),
}

impl Node {
    /// The value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().find(|(name, _)| *name == key).map(|(_, node)| node)
    }

    /// The value at a path of keys.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entries of a map; of anything else, none.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries: &[(String, Self)] = match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        };
        entries.iter().map(|(key, node)| (key.as_str(), node))
    }

    /// The items of a list; of anything else, none.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// This node and all below it, top to bottom.
    pub(crate) fn walk<'n>(&'n self, visit: &mut dyn FnMut(&'n Self)) {
        visit(self);
        match &self.data {
            Data::Map(entries) => entries.iter().for_each(|(_, node)| node.walk(visit)),
            Data::List(items) => items.iter().for_each(|node| node.walk(visit)),
            Data::Text(_) => {}
        }
    }
}

/// Reads JSON (comments and trailing commas allowed).
pub(crate) fn json(path: &Path, text: &str) -> Result<Node, Unreadable> {
    let refuse = |place, what: String| Unreadable { place, what };
    let parsed =
        jsonc_parser::parse_to_ast(text, &Default::default(), &Default::default()).map_err(|error| {
            refuse(
                Place::of_byte(path, text, error.range().start),
                format!("expected JSON: {}", error.kind()),
            )
        })?;
    let value =
        parsed.value.ok_or_else(|| refuse(Place::new(path, 1), "expected JSON, found nothing".into()))?;
    let mut lines = Lines::new(text);
    Ok(from_json(&value, &mut lines))
}

/// Line numbers of ascending bytes, counted once.
pub(crate) struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of a byte, from 1.
    pub(crate) fn of(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if byte >= self.at {
            self.line += self.text[self.at..byte].iter().filter(|b| **b == b'\n').count();
            self.at = byte;
            self.line
        } else {
            self.text[..byte].iter().filter(|b| **b == b'\n').count() + 1
        }
    }
}

fn from_json(value: &ast::Value<'_>, lines: &mut Lines<'_>) -> Node {
    let line = lines.of(value.start());
    let data = match value {
        ast::Value::StringLit(text) => Data::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => Data::Text(number.value.to_string()),
        ast::Value::BooleanLit(on) => Data::Text(on.value.to_string()),
        ast::Value::NullKeyword(_) => Data::Text(String::new()),
        ast::Value::Object(object) => Data::Map(
            object
                .properties
                .iter()
                .map(|property| {
                    let line = lines.of(property.start());
                    let mut node = from_json(&property.value, lines);
                    node.line = line;
                    (property.name.as_str().to_owned(), node)
                })
                .collect(),
        ),
        ast::Value::Array(array) => {
            Data::List(array.elements.iter().map(|item| from_json(item, lines)).collect())
        }
    };
    Node { line, data }
}

/// The deepest indentation read. The reader goes down a call for every level of nesting, and blocks nest by indentation.
const DEEPEST: usize = 500;

/// Whether a line's content begins too deep, indicators of blocks in front of it counted (`- - - x`).
fn nests_too_deep(line: &str) -> bool {
    line.len() - line.trim_start_matches([' ', '\t', '-', '?', ':']).len() > DEEPEST
}

/// Reads the documents of a YAML stream. A scalar with a tag (`!Ref`, `!Sub`) keeps it in front of its text.
pub(crate) fn yaml(path: &Path, text: &str) -> Result<Vec<Node>, Unreadable> {
    if let Some(line) = text.lines().position(nests_too_deep) {
        let what = format!("expected YAML of at most {DEEPEST} columns of indentation");
        return Err(Unreadable { place: Place::new(path, line + 1), what });
    }
    let documents = MarkedYaml::load_from_str(text).map_err(|error| Unreadable {
        place: Place::new(path, error.marker().line()),
        what: format!("expected YAML: {}", error.info()),
    })?;
    Ok(documents.iter().map(from_yaml).collect())
}

fn from_yaml(node: &MarkedYaml<'_>) -> Node {
    let line = node.span.start.line();
    let data = match &node.data {
        YamlData::Value(scalar) => Data::Text(scalar_text(scalar)),
        YamlData::Representation(text, ..) => Data::Text(text.to_string()),
        YamlData::Mapping(entries) => Data::Map(
            entries
                .iter()
                .map(|(key, value)| {
                    let mut read = from_yaml(value);
                    read.line = key.span.start.line();
                    let key = from_yaml(key).text().unwrap_or_default().to_owned();
                    (key, read)
                })
                .collect(),
        ),
        YamlData::Sequence(items) => Data::List(items.iter().map(from_yaml).collect()),
        // A function of a template (`!Ref AWS::Region`, `!Sub …`): what it comes to is not said here.
        YamlData::Tagged(tag, inner) => match from_yaml(inner).data {
            Data::Text(text) => Data::Text(format!("!{} {text}", tag.suffix)),
            data => data,
        },
        _ => Data::Text(String::new()),
    };
    Node { line, data }
}

fn scalar_text(scalar: &Scalar<'_>) -> String {
    match scalar {
        Scalar::Null => String::new(),
        Scalar::Boolean(on) => on.to_string(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::FloatingPoint(number) => number.to_string(),
        Scalar::String(text) => text.to_string(),
    }
}
