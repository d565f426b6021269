//! Measures the release build: medians beside goal and gate. Fails when one is over its gate.

#[cfg(target_os = "linux")]
mod app;
#[cfg(target_os = "linux")]
mod budget;
#[cfg(target_os = "linux")]
mod config;
#[cfg(target_os = "linux")]
mod floor;
#[cfg(target_os = "linux")]
mod hops;
#[cfg(target_os = "linux")]
mod mcp;
#[cfg(target_os = "linux")]
mod measures;
#[cfg(target_os = "linux")]
mod place;
#[cfg(target_os = "linux")]
mod process;
#[cfg(target_os = "linux")]
mod race;
#[cfg(target_os = "linux")]
mod rotation;
#[cfg(target_os = "linux")]
mod server;
#[cfg(target_os = "linux")]
mod tray;

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
    /// Measure what takes minutes too: memory after 100,000 calls
    #[arg(long)]
    full: bool,
    /// Measure this part alone
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Be the bare server that others are measured against
    #[arg(long, hide = true)]
    floor: bool,
}

/// What belongs together in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The idle app, and starts
    Tray,
    /// The bundled server's calls
    Server,
    /// Relay, gateway and policy
    Hops,
    /// Fifty at once
    Race,
    /// A new token under a live session
    Rotation,
}

fn main() -> ExitCode {
    run(&Arguments::parse())
}

#[cfg(target_os = "linux")]
fn run(arguments: &Arguments) -> ExitCode {
    if arguments.floor {
        floor::serve()
    } else {
        measures::run(&arguments.binaries, arguments.full, arguments.only)
    }
}

/// The private desktop is made of Linux programs.
#[cfg(not(target_os = "linux"))]
fn run(Arguments { .. }: &Arguments) -> ExitCode {
    ExitCode::FAILURE
}
