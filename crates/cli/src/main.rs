//! The command `sts-endpoint`: which AWS STS endpoint will each SDK call under a configuration, and what changes when an
//! SDK moves between releases. Nothing is ever sent.
//!
//! Rooms: [`arguments`] (what may be asked), [`configuration`] (flags, this process and its files -> a scenario),
//! [`tree`] (source trees -> workloads), [`bump`] (moves between releases), [`plan`] (settings that keep or steer a request), [`commands`] (one file each: a question -> an answer), [`render`] (an answer -> text, one function a format).
#![forbid(unsafe_code)]

mod arguments;
mod bump;
mod commands;
mod configuration;
mod plan;
mod render;
mod tree;
mod trouble;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::io::Write;
use std::process::ExitCode;
use trouble::Trouble;

/// What the command found: its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    /// Nothing changed, or there was nothing to find.
    Nothing,
    /// Something changed, or something was found.
    Something,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let stdout: Box<dyn Write> = match arguments.command {
        // Nothing but JSON, and much of it: there is no colour to take out.
        Command::Batch(_) => Box::new(std::io::stdout().lock()),
        _ => Box::new(anstream::stdout().lock()),
    };
    let mut out = std::io::BufWriter::with_capacity(1 << 16, stdout);
    let answered = run(arguments, &mut out).and_then(|finding| {
        out.flush()?;
        Ok(finding)
    });
    match answered {
        Ok(Finding::Nothing) => ExitCode::SUCCESS,
        Ok(Finding::Something) => ExitCode::from(1),
        // The reader has gone away: it has what it wanted.
        Err(Trouble::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(trouble) => {
            let _ = out.flush();
            let _ = writeln!(anstream::stderr(), "sts-endpoint: {trouble}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments, out: &mut dyn Write) -> Result<Finding, Trouble> {
    match arguments.command {
        Command::Matrix(asked) => commands::matrix::run(&asked, out),
        Command::Resolve(asked) => commands::resolve::run(&asked, out),
        Command::Explain(asked) => commands::explain::run(&asked, out),
        Command::Diff(asked) => commands::diff::run(&asked, out),
        Command::Changes(asked) => commands::changes::run(&asked, out),
        Command::Quirks(asked) => commands::quirks::run(&asked, out),
        Command::Scan(asked) => commands::scan::run(&asked, out),
        Command::Migrate(asked) => commands::migrate::run(&asked, out),
        Command::Allowlist(asked) => commands::allowlist::run(&asked, out),
        Command::Trail(asked) => commands::trail::run(&asked, out),
        Command::Snapshot(asked) => commands::snapshot::run(&asked, out),
        Command::List(asked) => commands::list::run(&asked, out),
        Command::Batch(asked) => commands::batch::run(&asked, out),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "sts-endpoint", out);
            Ok(Finding::Nothing)
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(out)?;
            Ok(Finding::Nothing)
        }
    }
}
