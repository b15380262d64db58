//! Plants a tree to be scanned, the one of the benchmark: `plant-tree FOLDER [FILES]` (100,000 where no number is given).

#[path = "../benches/tree/mod.rs"]
mod tree;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or_else(|| std::io::Error::other("plant-tree FOLDER [FILES]"))?;
    let files = arguments.next().map_or(Ok(100_000), |files| files.parse()).map_err(std::io::Error::other)?;
    tree::plant(std::path::Path::new(&folder), files)
}
