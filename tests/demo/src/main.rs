//! The demo: the real tray app, command line and keychain, a Zoom on loopback and a stand-in
//! for Claude Desktop, on a private desktop. It plays its acts, checks what it shows, and
//! succeeds only if all of it held.

#[cfg(target_os = "linux")]
mod acts;
#[cfg(target_os = "linux")]
mod claude;
#[cfg(target_os = "linux")]
mod play;
#[cfg(target_os = "linux")]
mod record;
#[cfg(target_os = "linux")]
mod signals;
#[cfg(target_os = "linux")]
mod status;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// The command line; `cargo xtask demo` fills it in.
#[derive(Debug, Parser)]
#[command(about = "Plays an hour of a token's life in three minutes")]
struct Arguments {
    /// Where the built programs are
    #[arg(long)]
    binaries: PathBuf,
    /// Where the pictures go
    #[arg(long)]
    pictures: PathBuf,
    /// Go on after the last act, until Ctrl-C
    #[arg(long)]
    keep: bool,
}

fn main() -> ExitCode {
    run(&Arguments::parse())
}

#[cfg(target_os = "linux")]
fn run(arguments: &Arguments) -> ExitCode {
    acts::run(arguments)
}

/// The private desktop is made of Linux programs.
#[cfg(not(target_os = "linux"))]
fn run(Arguments { .. }: &Arguments) -> ExitCode {
    ExitCode::FAILURE
}
