//! The page of findings is what the rules say.

use sts_endpoint_inventory::findings::page;

#[test]
fn the_page_of_findings_is_up_to_date() {
    let written = include_str!("../docs/findings.md");
    assert!(
        written == page(),
        "docs/findings.md is out of date: cargo run -p sts-endpoint-inventory --example findings-page > crates/inventory/docs/findings.md"
    );
}
