//! `net/url` as Go 1.26 does it: the tables are what `url.Parse` answered there.

use sts_endpoint_core::go_url::{GoUrl, Quoted};

/// Text, scheme, host, escaped path, and the URL as `net/http` writes it into messages.
const TAKEN: &[(&str, &str, &str, &str, &str)] = &[
    ("http://%C3%BC.example", "http", "ü.example", "", "http://%C3%BC.example"),
    ("http://a%25b", "http", "a%b", "", "http://a%25b"),
    ("http://[fe80::1%25en0]/", "http", "[fe80::1%en0]", "/", "http://[fe80::1%25en0]/"),
    ("http://[fe80::1%25en0]:80/", "http", "[fe80::1%en0]:80", "/", "http://[fe80::1%25en0]:80/"),
    ("http://[::1]:80/x", "http", "[::1]:80", "/x", "http://[::1]:80/x"),
    ("http://h:", "http", "h:", "", "http://h:"),
    ("x://a:b:80", "x", "a:b:80", "", "x://a:b:80"),
    ("http://u@h/", "http", "h", "/", "http://u@h/"),
    ("http://u:p@h/", "http", "h", "/", "http://u:***@h/"),
    ("http:///x", "http", "", "/x", "http:///x"),
    ("///x", "", "", "///x", "///x"),
    ("///h:x", "", "", "///h:x", "///h:x"),
    ("//h/x", "", "h", "/x", "//h/x"),
    ("//h:80", "", "h:80", "", "//h:80"),
    ("http:/path", "http", "", "/path", "http:/path"),
    ("http:path", "http", "", "", "http:path"),
    ("http:", "http", "", "", "http:"),
    ("*", "", "", "*", "*"),
    ("http://h/*", "http", "h", "/*", "http://h/*"),
    ("http://h/a*b", "http", "h", "/a*b", "http://h/a*b"),
    ("a:b", "a", "", "", "a:b"),
    ("a1+-.Z:b", "a1+-.z", "", "", "a1+-.z:b"),
    ("A1:b", "a1", "", "", "a1:b"),
    ("a b", "", "", "a%20b", "a%20b"),
    ("a/b:c", "", "", "a/b:c", "a/b:c"),
    ("./a:b", "", "", "./a:b", "./a:b"),
    ("a:b/c", "a", "", "", "a:b/c"),
    ("http://h?x#y", "http", "h", "", "http://h?x#y"),
    ("http://h/?x", "http", "h", "/", "http://h/?x"),
    ("http://h/?", "http", "h", "/", "http://h/?"),
    ("http://h/#", "http", "h", "/", "http://h/"),
    ("http://h/#y", "http", "h", "/", "http://h/#y"),
    ("http://h/a?b?c", "http", "h", "/a", "http://h/a?b?c"),
    ("http://h/%41", "http", "h", "/%41", "http://h/%41"),
    ("http://h/%2f%2F", "http", "h", "/%2f%2F", "http://h/%2f%2F"),
    ("http://h/%c3%bc", "http", "h", "/%c3%bc", "http://h/%c3%bc"),
    ("http://h/ü", "http", "h", "/%C3%BC", "http://h/%C3%BC"),
    ("http://h/a\"b", "http", "h", "/a%22b", "http://h/a%22b"),
    ("http://h/[x]", "http", "h", "/[x]", "http://h/[x]"),
    ("http://h/a!b", "http", "h", "/a!b", "http://h/a!b"),
    ("http://h/a(b)", "http", "h", "/a(b)", "http://h/a(b)"),
    ("http://h/a'b ü", "http", "h", "/a%27b%20%C3%BC", "http://h/a%27b%20%C3%BC"),
    ("http://h/%ff", "http", "h", "/%ff", "http://h/%ff"),
    ("http://h/a%25", "http", "h", "/a%25", "http://h/a%25"),
    ("HTTP://H/X", "http", "H", "/X", "http://H/X"),
    ("hTTp://h", "http", "h", "", "http://h"),
    ("http://h<x>\"", "http", "h<x>\"", "", "http://h<x>\""),
    ("http://a_b~c", "http", "a_b~c", "", "http://a_b~c"),
    ("http://a!$&'()*+,;=b", "http", "a!$&'()*+,;=b", "", "http://a!$&'()*+,;=b"),
    ("http://ü:8", "http", "ü:8", "", "http://%C3%BC:8"),
    ("http:opaque?q#f", "http", "", "", "http:opaque?q#f"),
    ("mailto:a@b?x", "mailto", "", "", "mailto:a@b?x"),
    ("x:", "x", "", "", "x:"),
    ("x:#f", "x", "", "", "x:#f"),
    ("x:?q", "x", "", "", "x:?q"),
    ("x:/", "x", "", "/", "x:/"),
    ("x://", "x", "", "", "x:"),
    ("x:///p", "x", "", "/p", "x:///p"),
    ("x:/p", "x", "", "/p", "x:/p"),
    ("x://h", "x", "h", "", "x://h"),
    ("/a b", "", "", "/a%20b", "/a%20b"),
    ("/a?b#c", "", "", "/a", "/a?b#c"),
    ("?x", "", "", "", "?x"),
    ("#x", "", "", "", "#x"),
    ("", "", "", "", ""),
    ("//u:p@h/x", "", "h", "/x", "//u:***@h/x"),
    ("//u@/x", "", "", "/x", "//u@/x"),
    ("//@h", "", "h", "", "//@h"),
    ("http://@h", "http", "h", "", "http://@h"),
    ("http://u:@h", "http", "h", "", "http://u:***@h"),
    ("http://:p@h", "http", "h", "", "http://:***@h"),
];

/// Text, message, whether the error is an `InvalidHostError`, whether it is an `EscapeError`.
const REFUSED: &[(&str, &str, bool, bool)] = &[
    ("http://a%7Fb", "parse \"http://a%7Fb\": invalid URL escape \"%7F\"", false, true),
    ("http://a%41b", "parse \"http://a%41b\": invalid URL escape \"%41\"", false, true),
    ("http://[::1]x", "parse \"http://[::1]x\": invalid port \"x\" after host", false, false),
    ("http://[::1]:x", "parse \"http://[::1]:x\": invalid port \":x\" after host", false, false),
    ("http://[::1", "parse \"http://[::1\": missing ']' in host", false, false),
    ("http://[1.2.3.4]", "parse \"http://[1.2.3.4]\": invalid IP-literal", false, false),
    ("http://a[::1]", "parse \"http://a[::1]\": invalid IP-literal", false, false),
    ("http://h:80:90", "parse \"http://h:80:90\": invalid port \":80:90\" after host", false, false),
    ("http://h:8a", "parse \"http://h:8a\": invalid port \":8a\" after host", false, false),
    ("x://a:b:c", "parse \"x://a:b:c\": invalid port \":c\" after host", false, false),
    ("http://u<@h/", "parse \"http://u<@h/\": net/url: invalid userinfo", false, false),
    ("http://u%zz@h/", "parse \"http://u%zz@h/\": invalid URL escape \"%zz\"", false, true),
    ("1a:b", "parse \"1a:b\": first path segment in URL cannot contain colon", false, false),
    ("+a:b", "parse \"+a:b\": first path segment in URL cannot contain colon", false, false),
    ("-a:b", "parse \"-a:b\": first path segment in URL cannot contain colon", false, false),
    (".a:b", "parse \".a:b\": first path segment in URL cannot contain colon", false, false),
    (":b", "parse \":b\": missing protocol scheme", false, false),
    ("é:b", "parse \"é:b\": first path segment in URL cannot contain colon", false, false),
    ("http://h#%zz", "parse \"http://h#%zz\": invalid URL escape \"%zz\"", false, true),
    ("http://h/%2", "parse \"http://h/%2\": invalid URL escape \"%2\"", false, true),
    ("http://h/%", "parse \"http://h/%\": invalid URL escape \"%\"", false, true),
    ("http://h/%x1", "parse \"http://h/%x1\": invalid URL escape \"%x1\"", false, true),
    ("http://h/%1x", "parse \"http://h/%1x\": invalid URL escape \"%1x\"", false, true),
    ("http://h|x", "parse \"http://h|x\": invalid character \"|\" in host name", true, false),
    ("http://h^x", "parse \"http://h^x\": invalid character \"^\" in host name", true, false),
    ("http://a\\b", "parse \"http://a\\\\b\": invalid character \"\\\\\" in host name", true, false),
    ("http://ü:p", "parse \"http://ü:p\": invalid port \":p\" after host", false, false),
];

#[test]
fn parts_are_those_of_go() {
    for (text, scheme, host, path, whole) in TAKEN {
        let url = GoUrl::parse(text).unwrap();
        let parts = (&*url.scheme, &*url.host, &*url.escaped_path(), &*url.to_string());
        assert_eq!(parts, (*scheme, *host, *path, *whole), "{text}");
    }
}

#[test]
fn messages_are_those_of_go() {
    for (text, message, invalid_host, invalid_escape) in REFUSED {
        let error = GoUrl::parse(text).unwrap_err();
        let is = (error.is_invalid_host(), error.is_invalid_escape());
        assert_eq!((&*error.to_string(), is), (*message, (*invalid_host, *invalid_escape)), "{text}");
    }
}

#[test]
fn texts_are_quoted_as_strconv_does() {
    for (text, quoted) in [
        ("a\"\\b", r#""a\"\\b""#),
        ("\u{7}\u{8}\u{c}\n\r\t\u{b}", r#""\a\b\f\n\r\t\v""#),
        ("\0\u{1}\u{1f}\u{7f}", r#""\x00\x01\x1f\x7f""#),
        ("\u{85}\u{9f}", r#""\u0085\u009f""#),
        ("\u{a0}\u{ad}", r#""\u00a0\u00ad""#),
        ("\u{378}", r#""\u0378""#),
        ("\u{200b}\u{2028}", r#""\u200b\u2028""#),
        ("\u{3000}\u{feff}", r#""\u3000\ufeff""#),
        ("\u{e000}\u{ffff}", r#""\ue000\uffff""#),
        ("é日😀\u{10000} ", "\"é日😀\u{10000} \""),
        ("\u{e0001}\u{10ffff}", r#""\U000e0001\U0010ffff""#),
    ] {
        assert_eq!(Quoted(text.as_bytes()).to_string(), quoted);
    }
    assert_eq!(Quoted(b"\xff\xc3(").to_string(), r#""\xff\xc3(""#);
}

#[test]
fn what_is_sent_has_a_host_header_that_go_writes() {
    let sent = |text: &str| GoUrl::parse(text).unwrap().sent().unwrap();
    // An IPv6 address goes without its zone (`net/http` `removeZone`).
    assert_eq!(sent("http://[fe80::1%25en0]:80/x"), "http://[fe80::1]:80/x");
    assert_eq!(sent("http://[::1]"), "http://[::1]/");
    assert_eq!(sent("http://a%25b/"), "http://a%b/");
}

#[test]
fn only_the_port_of_the_scheme_is_taken_off() {
    for (text, host) in [
        ("http://h:80", "h"),
        ("http://h:443", "h:443"),
        ("https://h:443", "h"),
        ("https://h:80", "h:80"),
        ("https://%C3%BC:443", "ü"),
        ("ftp://h:80", "h:80"),
        ("http://:80", ":80"),
    ] {
        let mut url = GoUrl::parse(text).unwrap();
        url.strip_default_port();
        assert_eq!(url.host, host, "{text}");
    }
}

#[test]
fn parts_that_no_message_shows() {
    let url = |text| GoUrl::parse(text).unwrap();
    // `RawPath` is set where the usual escaping of the path is another one; `OmitHost` where a scheme has a path alone.
    assert_eq!((&*url("http://h/a%20b").raw_path, &*url("http://h/%61").raw_path), ("", "/%61"));
    assert_eq!((&*url("http://h/a b").raw_path, &*url("http://h/a").raw_path), ("/a b", ""));
    assert_eq!([url("http:/x"), url("/x"), url("http://h/x")].map(|url| url.omit_host), [true, false, false]);
    assert_eq!(url("http://a%C2%8Ab").host, "a\u{8a}b");
}
