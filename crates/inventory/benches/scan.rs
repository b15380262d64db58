//! A scan of a tree of 10,000 files, from the walk to the findings: `cargo bench -p sts-endpoint-inventory`.
//!
//! [`tree`] says what stands in it; `--example plant-tree` plants one of any size, and `benches/beside-ripgrep.sh` holds the
//! scan of it against `rg --files`.

mod tree;

use divan::Bencher;
use sts_endpoint_inventory::findings::examine;
use sts_endpoint_inventory::walk::walk;

const FILES: usize = 10_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn ten_thousand_files(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    tree::plant(folder.path(), FILES).unwrap();
    bencher.bench(|| {
        let inventory = walk(folder.path(), &());
        assert_eq!(inventory.files, FILES);
        let report = examine(&inventory.workloads(&[]));
        assert!(report.calls.len() >= FILES / tree::FILES_OF_A_SERVICE);
        report
    });
}
