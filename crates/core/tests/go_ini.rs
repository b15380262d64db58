//! Texts as `internal/ini` of three releases of the Go SDK read them: the table is what `ParseBytes` answered there.

use std::collections::BTreeMap;
use sts_endpoint_core::go_ini::{ErrorStyle, GoIni, Grammar, Item};
use sts_endpoint_core::{FileKind, ProfileFile};

/// v1.19.40.
const OLD: Grammar = Grammar {
    empty_values_end: false,
    may_end_at_equals: false,
    error_style: ErrorStyle::TreeAndToken,
    ..MIDDLE
};

/// v1.38.71.
const MIDDLE: Grammar = Grammar { separators_in_values: false, typed: true, ..Grammar::NEWEST };

/// A text, and what it is to v1.19.40, v1.38.71 and v1.55.6: sections and properties in order, or `!` and the error.
const TEXTS: &[(&str, [&str; 3])] = &[
    ("[a]\nx = y\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    (
        "[a]\nx = [y]\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {2 NONE 0 [91]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType sep",
            "[a]|x=[y]",
        ],
    ),
    ("[a]\nx = y[z]\nw = v\n", ["[a]|[z]|w=v", "[a]|x=y|[z]|w=v", "[a]|w=v|x=y[z]"]),
    ("[a]\nx = y [b]\nw = v\n", ["[a]|[b]|w=v", "[a]|x=y|[b]|w=v", "[a]|w=v|x=y [b]"]),
    ("[a]\nx = y:z=w\n", ["[a]|x=y:z=w", "[a]|x=y:z=w", "[a]|x=y:z=w"]),
    (
        "[a]\nx == y\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {4 NONE 0 [61]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType op",
            "[a]|x== y",
        ],
    ),
    (
        "[a]\nx = : y\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {4 NONE 0 [58]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType op",
            "[a]|x=: y",
        ],
    ),
    ("[a]\nx : y\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    (
        "[a]\nx=]\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {2 NONE 0 [93]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType sep",
            "[a]|x=]",
        ],
    ),
    (
        "[a]\nx =",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {0 NONE 0 []}",
            "[a]",
            "[a]",
        ],
    ),
    (
        "[a]\nx = ",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {0 NONE 0 []}",
            "[a]",
            "[a]",
        ],
    ),
    ("[a]\nx =\n", ["[a]", "[a]", "[a]"]),
    ("[a]\nx =\n[b]\ny = z\n", ["[a]|y=z", "[a]|[b]|y=z", "[a]|[b]|y=z"]),
    ("[a]\nx =\ny = z\nw = v\n", ["[a]|w=v", "[a]|w=v|y=z", "[a]|w=v|y=z"]),
    ("[a]\nx =\n\ny = z\n", ["[a]|y=z", "[a]|y=z", "[a]|y=z"]),
    ("[a]\n[b]\n", ["[b]", "[a]|[b]", "[a]|[b]"]),
    ("[a]\n[b]\nx = y\n", ["[b]|x=y", "[a]|[b]|x=y", "[a]|[b]|x=y"]),
    ("[a][b]\nx = y\n", ["[b]|x=y", "[a]|[b]|x=y", "[a]|[b]|x=y"]),
    ("[a] x = y\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    ("[a] # c\nx = y # c\n# c\nz = w;d\n", ["[a]|x=y|z=w;d", "[a]|x=y|z=w;d", "[a]|x=y|z=w;d"]),
    ("x = y\n[a]\n", ["[]|x=y|[a]", "[]|x=y|[a]", "[]|x=y|[a]"]),
    ("[a]\nx\n", ["[a]", "[a]", "[a]"]),
    ("[a]\nx\ny = z\n", ["[a]", "[a]|y=z", "[a]|y=z"]),
    ("[a]\nx y = z w\n", ["[a]|x y=z w", "[a]|x y=z w", "[a]|x y=z w"]),
    ("[a]\n x = y\n  z = w\n", ["[a]|x=y|z=w", "[a]|x=y|z=w", "[a]|x=y|z=w"]),
    ("[a]\nx = y\n z\nw = v\n", ["[a]|x=y", "[a]|w=v|x=y", "[a]|w=v|x=y"]),
    ("[a]\r\nx = y\r\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    ("[a\r\nb]\nx = y\n", ["[ab]|x=y", "[ab]|x=y", "[ab]|x=y"]),
    ("[a\rb]\nx = y\n", ["[a\rb]|x=y", "[a\rb]|x=y", "[a\rb]|x=y"]),
    ("[a\nb]\nx = y\n", ["[ab]|x=y", "[ab]|x=y", "[ab]|x=y"]),
    ("[ a b ]\nx = y\n", ["[a b]|x=y", "[a b]|x=y", "[a b]|x=y"]),
    ("[a:b=c]\nx = y\n", ["[a:b=c]|x=y", "[a:b=c]|x=y", "[a:b=c]|x=y"]),
    (
        "[a",
        [
            "!invalid state with ASTKind {section_stmt {1 STRING 0 [97]} true []} and TokenType {0 NONE 0 []}",
            "!invalid state with ASTKind {section_stmt {1 STRING 0 [97]} true []} and TokenType none",
            "!invalid state with ASTKind {section_stmt {1 STRING 0 [97]} true []} and TokenType none",
        ],
    ),
    ("[a]\nx = \"y\"\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    ("[a]\nx = \"y\" z\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    ("[a]\nx = \"y\nz\"\n", ["[a]|x=y\nz", "[a]|x=y\nz", "[a]|x=y\nz"]),
    ("[\"a\"]\nx = y\n", ["[\"a\"]|x=y", "[\"a\"]|x=y", "[\"a\"]|x=y"]),
    ("[a]\n\"x\" = y\n", ["[a]|\"x\"=y", "[a]|\"x\"=y", "[a]|\"x\"=y"]),
    ("[a]\nx = y, z\n", ["[a]|x=y, z", "[a]|x=y, z", "[a]|x=y, z"]),
    (
        "[a]\nx = , y\nz = w\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {3 NONE 0 [44]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType comma",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType comma",
        ],
    ),
    ("[a]\nx = y ,z\n  w\nv = u\n", ["[a]|v=u", "[a]|v=u", "[a]|v=u"]),
    ("[a]\nx = -1\n", ["", "", "[a]|x=-1"]),
    ("[a]\nx = -1.5\n", ["", "", "[a]|x=-1.5"]),
    ("[a]\nx = -1e5\n", ["", "", "[a]|x=-1e5"]),
    ("[a]\nx = -1.5e2\n", ["[a]|x=-1.5e2", "[a]|x=-1.5e2", "[a]|x=-1.5e2"]),
    ("[a]\nx = -1e\n", ["[a]|x=-1e", "[a]|x=-1e", "[a]|x=-1e"]),
    ("[a]\nx = -\n", ["[a]|x=-", "[a]|x=-", "[a]|x=-"]),
    ("[a]\nx = -y\n", ["[a]|x=-y", "[a]|x=-y", "[a]|x=-y"]),
    ("[a]\nx = -1y\n", ["[a]|x=-1y", "[a]|x=-1y", "[a]|x=-1y"]),
    ("[a]\nx = -1 y\n", ["", "", "[a]|x=-1 y"]),
    ("[a]\nx = y -1\n", ["", "", "[a]|x=y -1"]),
    ("[a]\nx = 1\n", ["[a]|x=1", "[a]|x=1", "[a]|x=1"]),
    ("[a]\nx-1 = y\n", ["[a]|x-1=y", "[a]|x-1=y", "[a]|x-1=y"]),
    ("[a]\nx = true\n", ["[a]|x=true", "[a]|x=true", "[a]|x=true"]),
    ("[a]\nx = True y\n", ["[a]|x=True y", "[a]|x=True y", "[a]|x=True y"]),
    ("[a]\nx = truest\n", ["[a]|x=truest", "[a]|x=truest", "[a]|x=truest"]),
    ("[a]\ntrue = y\n", ["[a]|true=y", "[a]|true=y", "[a]|true=y"]),
    ("[a]\ntruex = y\n", ["[a]|truex=y", "[a]|truex=y", "[a]|truex=y"]),
    ("[a]\nx = false\ny = 0\n", ["[a]|x=false|y=0", "[a]|x=false|y=0", "[a]|x=false|y=0"]),
    ("[true]\nx = y\n", ["[true]|x=y", "[true]|x=y", "[true]|x=y"]),
    ("[a]\nx\t=\ty\t\n", ["[a]|x=y\t", "[a]|x=y\t", "[a]|x=y\t"]),
    ("[a]\n\n\n#c\n\nx = y\n\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    (
        "[]\n",
        [
            "!unsupported child statement: ini.AST",
            "!unsupported child statement: ini.AST",
            "!unsupported child statement: ini.AST",
        ],
    ),
    ("[a]]\n", ["!expected '['", "!expected '['", "!expected '['"]),
    ("[[a]]\n", ["!expected ']'", "!expected ']'", "!expected ']'"]),
    (
        "= x\n",
        [
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType {4 NONE 0 [61]}",
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType op",
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType op",
        ],
    ),
    (
        "[a]\n= x\n",
        [
            "!invalid state with ASTKind {completed_stmt {0 NONE 0 []} false [{section_stmt {1 STRING 0 [97]} true []}]} and TokenType {4 NONE 0 [61]}",
            "!invalid state with ASTKind {completed_stmt {0 NONE 0 []} false [{section_stmt {1 STRING 0 [97]} true []}]} and TokenType op",
            "!invalid state with ASTKind {completed_stmt {0 NONE 0 []} false [{section_stmt {1 STRING 0 [97]} true []}]} and TokenType op",
        ],
    ),
    (
        "[a]\nx = # y\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {7 NONE 0 [35 32 121]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType comment",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType comment",
        ],
    ),
    (
        "[a]\nx = ;\nz = w\n",
        [
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType {7 NONE 0 [59]}",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType comment",
            "!invalid state with ASTKind { {4 NONE 0 [61]} true [{expr {1 STRING 0 [120]} true []}]} and TokenType comment",
        ],
    ),
    ("[a]\nx = y\nx = z\n", ["[a]|x=z", "[a]|x=z", "[a]|x=z"]),
    (
        "[a]\nx = y\n,\nz = w\n",
        [
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType {3 NONE 0 [44]}",
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType comma",
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType comma",
        ],
    ),
    (
        ",\n[a]\nx = y\n",
        [
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType {3 NONE 0 [44]}",
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType comma",
            "!invalid state with ASTKind {start {0 NONE 0 []} false [{none {0 NONE 0 []} false []}]} and TokenType comma",
        ],
    ),
    ("[a]\nx,y = z\n", ["[a]|x,y=z", "[a]|x,y=z", "[a]|x,y=z"]),
    ("", ["", "", ""]),
    ("\n", ["", "", ""]),
    ("#", ["", "", ""]),
    ("# c\n[a]\nx=y", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    ("[a]\nx=y\n  # c\nz=w\n", ["[a]|x=y|z=w", "[a]|x=y|z=w", "[a]|x=y|z=w"]),
    (
        "[a]\nx=y\n[b",
        [
            "!invalid state with ASTKind {section_stmt {1 STRING 0 [98]} true []} and TokenType {0 NONE 0 []}",
            "!invalid state with ASTKind {section_stmt {1 STRING 0 [98]} true []} and TokenType none",
            "!invalid state with ASTKind {section_stmt {1 STRING 0 [98]} true []} and TokenType none",
        ],
    ),
    (
        "x[a]\ny = z\n",
        [
            "[a]|y=z",
            "!unsupported expression {expr {1 STRING 0 [120]} true []}",
            "!unsupported expression {expr {1 STRING 0 [120]} true []}",
        ],
    ),
    ("x\n[a]\ny = z\n", ["[]|y=z", "[a]|y=z", "[a]|y=z"]),
    (
        "x [a]\ny = z\n",
        [
            "[a]|y=z",
            "!unsupported expression {expr {1 STRING 0 [120 32]} true []}",
            "!unsupported expression {expr {1 STRING 0 [120 32]} true []}",
        ],
    ),
    (
        "\"a\"",
        [
            "!unsupported expression {expr {1  0 [34 97 34]} true []}",
            "!unsupported expression {expr {1  0 [34 97 34]} true []}",
            "!unsupported expression {expr {1  0 [34 97 34]} true []}",
        ],
    ),
    ("\"a\"\n", ["", "", ""]),
    (
        "[\"a\"",
        [
            "!invalid state with ASTKind {section_stmt {1  0 [34 97 34]} true []} and TokenType {0 NONE 0 []}",
            "!invalid state with ASTKind {section_stmt {1  0 [34 97 34]} true []} and TokenType none",
            "!invalid state with ASTKind {section_stmt {1  0 [34 97 34]} true []} and TokenType none",
        ],
    ),
    ("[", ["!unsupported statement: stmt", "!unsupported statement: stmt", "!unsupported statement: stmt"]),
    ("[\n", ["!unsupported statement: stmt", "!unsupported statement: stmt", "!unsupported statement: stmt"]),
    ("[ ", ["!unsupported statement: stmt", "!unsupported statement: stmt", "!unsupported statement: stmt"]),
    ("[#", ["!unsupported statement: stmt", "!unsupported statement: stmt", "!unsupported statement: stmt"]),
    (
        "[a]\n[",
        ["!unsupported statement: stmt", "!unsupported statement: stmt", "!unsupported statement: stmt"],
    ),
    (
        "[#]\n",
        ["!unsupported statement: stmt", "!unsupported statement: stmt", "!unsupported statement: stmt"],
    ),
    ("[a]\nx = y\n[b] z\n", ["[a]|x=y|[b]", "[a]|x=y|[b]", "[a]|x=y|[b]"]),
    ("[a]\nx  y  = z\n", ["[a]|x  y=z", "[a]|x  y=z", "[a]|x  y=z"]),
    ("\t[a]\n\tx\t=\ty\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
    ("[a]\n \tx y\t= z\n", ["[a]|x y=z", "[a]|x y=z", "[a]|x y=z"]),
    ("[a]\nx = y\r\rz\r\n", ["[a]|x=y\r\rz", "[a]|x=y\r\rz", "[a]|x=y\r\rz"]),
    ("[a]\nx = y\rz\n", ["[a]|x=y\rz", "[a]|x=y\rz", "[a]|x=y\rz"]),
    ("[a]\rx = y\n", ["[a]|\rx=y", "[a]|\rx=y", "[a]|\rx=y"]),
    ("[a] # c\rd\nx = y\n", ["[a]|x=y", "[a]|x=y", "[a]|x=y"]),
];

/// Sections and properties sorted by name, as the releases' own maps are printed.
fn read(text: &str, grammar: Grammar) -> String {
    let file = ProfileFile::new(FileKind::Config, text);
    let ini = match GoIni::parse(&file, grammar) {
        Ok(ini) => ini,
        Err(error) => return format!("!{error}"),
    };
    let mut sections: BTreeMap<String, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut section = String::new();
    for item in ini.items() {
        match item {
            Item::Section(name) => {
                section = name.chars().collect();
                sections.entry(section.clone()).or_default();
            }
            Item::Property(property) => {
                sections.entry(section.clone()).or_default().insert(property.key, property.value());
            }
        }
    }
    let lines = sections.iter().flat_map(|(name, properties)| {
        let properties = properties.iter().map(|(key, value)| format!("{key}={value}"));
        std::iter::once(format!("[{name}]")).chain(properties)
    });
    lines.collect::<Vec<_>>().join("|")
}

#[test]
fn texts_are_read_as_the_releases_read_them() {
    for (text, expected) in TEXTS {
        for (grammar, expected) in [OLD, MIDDLE, Grammar::NEWEST].into_iter().zip(expected) {
            assert_eq!(read(text, grammar), *expected, "{text:?} {grammar:?}");
        }
    }
}
