//! What JSON alone costs: scenarios from standard input, read and written again, a line each. `batch` is measured against it.

use std::io::{BufRead, BufWriter, Write};
use sts_endpoint::Scenario;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = std::io::stdin().lock();
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let scenario: Scenario = serde_json::from_str(&line)?;
        serde_json::to_writer(&mut out, &scenario)?;
        out.write_all(b"\n")?;
        line.clear();
    }
    Ok(out.flush()?)
}
