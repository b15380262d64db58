//! Prints the page of all findings: `cargo run -p sts-endpoint-inventory --example findings-page`.

use sts_endpoint_inventory::findings::page;

fn main() {
    print!("{}", page());
}
