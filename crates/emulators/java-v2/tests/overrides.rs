//! What the newest release makes of an endpoint given in code: `UriBuilder` and the marshaller keep scheme, host and a port
//! that is not the scheme's own.

use sts_endpoint_core::{Outcome, ResolutionPolicy, Scenario};
use sts_endpoint_java_v2::HISTORY;

#[test]
fn overrides_lose_all_but_scheme_host_and_port() {
    for (url, wire) in [
        ("http://localhost:4566", "http://localhost:4566/"),
        ("http://localhost:4566/", "http://localhost:4566/"),
        ("http://localhost:4566/base", "http://localhost:4566/"),
        ("http://localhost:4566/base/", "http://localhost:4566/"),
        ("http://h/", "http://h/"),
        ("http://h:80/", "http://h/"),
        ("https://h:443/", "https://h/"),
        ("https://h:443", "https://h/"),
        ("http://h:443/", "http://h:443/"),
        ("https://h:80/", "https://h:80/"),
        ("HTTP://h:8080/", "http://h:8080/"),
        ("HttpS://h/", "https://h/"),
        ("http://h:08080/", "http://h:8080/"),
        ("http://h:/", "http://h/"),
        ("http://u@h/", "http://h/"),
        ("http://u:p@h:1/", "http://h:1/"),
        ("http://h/?q", "http://h/"),
        ("http://h:7?q", "http://h:7/"),
        ("http://h#f", "http://h/"),
        ("http://[::1]:81/", "http://[::1]:81/"),
    ] {
        let mut scenario = Scenario::new().with_code_region("us-west-2");
        scenario.code.endpoint = Some(url.into());
        let policy = HISTORY.latest();
        let outcome = policy.resolve(&scenario);
        let Outcome::Request(request) = &outcome else { panic!("{url}: {outcome}") };
        assert_eq!(request.endpoint.to_string(), wire, "{url}");
    }
}
