//! Measures the release build: medians beside goal and gate. Fails when one is over its gate.

#[cfg(target_os = "linux")]
mod app;
#[cfg(target_os = "linux")]
mod budget;
#[cfg(target_os = "linux")]
mod config;
#[cfg(target_os = "linux")]
mod measures;
#[cfg(target_os = "linux")]
mod process;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// The command line; `cargo xtask bench` fills it in.
#[derive(Debug, Parser)]
#[command(about = "Measures a release build against its budgets")]
struct Arguments {
    /// Where the built programs are
    #[arg(long)]
    binaries: PathBuf,
}

fn main() -> ExitCode {
    run(&Arguments::parse())
}

#[cfg(target_os = "linux")]
fn run(arguments: &Arguments) -> ExitCode {
    measures::run(&arguments.binaries)
}

/// The private desktop is made of Linux programs.
#[cfg(not(target_os = "linux"))]
fn run(Arguments { .. }: &Arguments) -> ExitCode {
    ExitCode::FAILURE
}
