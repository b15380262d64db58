//! `java.net.URI` as OpenJDK 17 does it: the tables are what `new URI(text)` answered there.

use sts_endpoint_core::java_uri::JavaUri;

type Row = (
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
    Option<u32>,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
);

/// Text, scheme, user information, host, port, path, query, fragment.
const TAKEN: &[Row] = &[
    ("http://h:8a/", Some("http"), None, None, None, Some("/"), None, None),
    ("http://h:/", Some("http"), None, Some("h"), None, Some("/"), None, None),
    ("http://h:99999999999/", Some("http"), None, None, None, Some("/"), None, None),
    ("http://h:2147483647/", Some("http"), None, Some("h"), Some(2147483647), Some("/"), None, None),
    ("http://h:-1/", Some("http"), None, None, None, Some("/"), None, None),
    ("http://[::1]/", Some("http"), None, Some("[::1]"), None, Some("/"), None, None),
    ("http://[::1]:8/", Some("http"), None, Some("[::1]"), Some(8), Some("/"), None, None),
    ("http://[::1]:", Some("http"), None, Some("[::1]"), None, Some(""), None, None),
    ("http://[::1%eth0]", Some("http"), None, Some("[::1%eth0]"), None, Some(""), None, None),
    ("http://1.2.3.4", Some("http"), None, Some("1.2.3.4"), None, Some(""), None, None),
    ("http://1.2.3.4:80", Some("http"), None, Some("1.2.3.4"), Some(80), Some(""), None, None),
    ("http://1.2.3.256", Some("http"), None, None, None, Some(""), None, None),
    ("http://1.2.3", Some("http"), None, None, None, Some(""), None, None),
    ("http://1.2.3.", Some("http"), None, None, None, Some(""), None, None),
    ("http://1.2..4", Some("http"), None, None, None, Some(""), None, None),
    ("http://1.2.3.0004", Some("http"), None, Some("1.2.3.0004"), None, Some(""), None, None),
    ("http://1.2.3.4x", Some("http"), None, None, None, Some(""), None, None),
    ("http://1.2.3.4.", Some("http"), None, None, None, Some(""), None, None),
    ("http://a.1b", Some("http"), None, None, None, Some(""), None, None),
    ("http://a.1", Some("http"), None, None, None, Some(""), None, None),
    ("http://a.b1", Some("http"), None, Some("a.b1"), None, Some(""), None, None),
    ("http://1", Some("http"), None, Some("1"), None, Some(""), None, None),
    ("http://1a", Some("http"), None, Some("1a"), None, Some(""), None, None),
    ("http://a-", Some("http"), None, None, None, Some(""), None, None),
    ("http://a-.b", Some("http"), None, None, None, Some(""), None, None),
    ("http://a.-b", Some("http"), None, None, None, Some(""), None, None),
    ("http://a--b.c", Some("http"), None, Some("a--b.c"), None, Some(""), None, None),
    ("http://a..b", Some("http"), None, None, None, Some(""), None, None),
    ("http://.a", Some("http"), None, None, None, Some(""), None, None),
    ("http://a.", Some("http"), None, Some("a."), None, Some(""), None, None),
    ("http://a.:80", Some("http"), None, Some("a."), Some(80), Some(""), None, None),
    ("http://a,b", Some("http"), None, None, None, Some(""), None, None),
    ("http://a,b:80", Some("http"), None, None, None, Some(""), None, None),
    ("http://a%20b", Some("http"), None, None, None, Some(""), None, None),
    ("http://%20", Some("http"), None, None, None, Some(""), None, None),
    ("http://ü", Some("http"), None, None, None, Some(""), None, None),
    ("http://u@h", Some("http"), Some("u"), Some("h"), None, Some(""), None, None),
    ("http://u:p@h:80/x", Some("http"), Some("u:p"), Some("h"), Some(80), Some("/x"), None, None),
    ("http://u%20@h", Some("http"), Some("u%20"), Some("h"), None, Some(""), None, None),
    ("http://u@", Some("http"), None, None, None, Some(""), None, None),
    ("http://@h", Some("http"), Some(""), Some("h"), None, Some(""), None, None),
    ("http://u@h@i", Some("http"), None, None, None, Some(""), None, None),
    ("http:///x", Some("http"), None, None, None, Some("/x"), None, None),
    ("http:///", Some("http"), None, None, None, Some("/"), None, None),
    ("http://?q", Some("http"), None, None, None, Some(""), Some("q"), None),
    ("http://#f", Some("http"), None, None, None, Some(""), None, Some("f")),
    ("http:/x", Some("http"), None, None, None, Some("/x"), None, None),
    ("http:x", Some("http"), None, None, None, None, None, None),
    ("http://h/%20", Some("http"), None, Some("h"), None, Some("/%20"), None, None),
    ("http://h/ü", Some("http"), None, Some("h"), None, Some("/ü"), None, None),
    ("http://h?q%20r", Some("http"), None, Some("h"), None, Some(""), Some("q%20r"), None),
    ("http://h?q#f", Some("http"), None, Some("h"), None, Some(""), Some("q"), Some("f")),
    ("http://h?q?r", Some("http"), None, Some("h"), None, Some(""), Some("q?r"), None),
    ("h+-.1:x", Some("h+-.1"), None, None, None, None, None, None),
    ("x", None, None, None, None, Some("x"), None, None),
    ("/x", None, None, None, None, Some("/x"), None, None),
    ("/x?y", None, None, None, None, Some("/x"), Some("y"), None),
    ("//h", None, None, Some("h"), None, Some(""), None, None),
    ("//h/x", None, None, Some("h"), None, Some("/x"), None, None),
    ("///x", None, None, None, None, Some("/x"), None, None),
    ("?q", None, None, None, None, Some(""), Some("q"), None),
    ("#f", None, None, None, None, Some(""), None, Some("f")),
    ("a/b:c", None, None, None, None, Some("a/b:c"), None, None),
    ("a:b/c", Some("a"), None, None, None, None, None, None),
    ("http://h/;a=b", Some("http"), None, Some("h"), None, Some("/;a=b"), None, None),
    ("http://h?[x]", Some("http"), None, Some("h"), None, Some(""), Some("[x]"), None),
    ("", None, None, None, None, Some(""), None, None),
];

/// Text and message.
const REFUSED: &[(&str, &str)] = &[
    ("http://[::1]x", "Expected port number at index 12: http://[::1]x"),
    ("http://[::1]:x", "Illegal character in port number at index 13: http://[::1]:x"),
    ("http://[::1", "Expected closing bracket for IPv6 address at index 11: http://[::1"),
    ("http://[]", "Expected closing bracket for IPv6 address at index 8: http://[]"),
    ("http://[x]", "Malformed IPv6 address at index 8: http://[x]"),
    ("http://[1.2.3.4]", "Malformed IPv6 address at index 8: http://[1.2.3.4]"),
    ("http://[::1%e!]", "Illegal character in scope id at index 13: http://[::1%e!]"),
    ("http://a|b", "Illegal character in authority at index 7: http://a|b"),
    ("http://a%2", "Malformed escape pair at index 8: http://a%2"),
    ("http://a%zz", "Malformed escape pair at index 8: http://a%zz"),
    ("http://u[@h", "Illegal character in user info at index 8: http://u[@h"),
    ("http://u|@h", "Illegal character in authority at index 7: http://u|@h"),
    ("http://", "Expected authority at index 7: http://"),
    ("http:x|", "Illegal character in opaque part at index 6: http:x|"),
    ("http:", "Expected scheme-specific part at index 5: http:"),
    ("http:#f", "Expected scheme-specific part at index 5: http:#f"),
    ("http://h/%2", "Malformed escape pair at index 9: http://h/%2"),
    ("http://h/%g0", "Malformed escape pair at index 9: http://h/%g0"),
    ("http://h/a%", "Malformed escape pair at index 10: http://h/a%"),
    ("http://h/a b", "Illegal character in path at index 10: http://h/a b"),
    ("http://h?q r", "Illegal character in query at index 10: http://h?q r"),
    ("http://h?q%2", "Malformed escape pair at index 10: http://h?q%2"),
    ("http://h?q|", "Illegal character in query at index 10: http://h?q|"),
    ("http://h?q#f g", "Illegal character in fragment at index 12: http://h?q#f g"),
    ("http://h#f|", "Illegal character in fragment at index 10: http://h#f|"),
    ("http://h#f%2", "Malformed escape pair at index 10: http://h#f%2"),
    ("http://h#f#g", "Illegal character in fragment at index 10: http://h#f#g"),
    ("1h:x", "Illegal character in scheme name at index 0: 1h:x"),
    ("h|:x", "Illegal character in scheme name at index 1: h|:x"),
    ("h_:x", "Illegal character in scheme name at index 1: h_:x"),
    ("+h:x", "Illegal character in scheme name at index 0: +h:x"),
    (":x", "Expected scheme name at index 0: :x"),
    ("//", "Expected authority at index 2: //"),
    ("http://h/[x]", "Illegal character in path at index 9: http://h/[x]"),
    ("http://h/ x", "Illegal character in path at index 9: http://h/ x"),
    ("http://h/\u{9}x", "Illegal character in path at index 9: http://h/\u{9}x"),
    ("http://h /", "Illegal character in authority at index 7: http://h /"),
    ("http://h/\u{a0}x", "Illegal character in path at index 9: http://h/\u{a0}x"),
    ("http://h/\u{2001}x", "Illegal character in path at index 9: http://h/\u{2001}x"),
    ("http://h/\u{85}x", "Illegal character in path at index 9: http://h/\u{85}x"),
    ("http://h/\u{3000}", "Illegal character in path at index 9: http://h/\u{3000}"),
    ("http://h/😀|", "Illegal character in path at index 11: http://h/😀|"),
];

#[test]
fn parts_are_those_of_the_jdk() {
    for (text, scheme, user_info, host, port, path, query, fragment) in TAKEN.iter().copied() {
        let expected = JavaUri { scheme, user_info, host, port, path, query, fragment };
        assert_eq!(JavaUri::parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn messages_are_those_of_the_jdk() {
    for (text, message) in REFUSED {
        assert_eq!(JavaUri::parse(text).map_err(|error| error.to_string()), Err((*message).into()), "{text}");
    }
}
