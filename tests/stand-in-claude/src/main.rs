//! A program that treats its config and its processes as Claude Desktop does.
//!
//! It reads the config once, when it starts, takes one that it cannot parse for empty, and
//! writes the whole of it anew from memory, in place and not atomically: when a preference is
//! changed (SIGUSR1), when it is quit, on a timer and at its start if it is told so. What it
//! does not know, at the top level and in an entry, is lost then. It holds the lock of its
//! profile, keeps helpers, which are the same executable with `--type=`, and starts each server
//! several times with almost no environment. What it does it tells in a log of JSON lines; of a
//! variable it tells the SHA-256 alone.

mod app;
mod bystander;
mod config;
mod helper;
mod lock;
mod log;
mod options;
mod servers;
mod update;
mod wish;

use clap::Parser;
use log::Log;
use options::{Arguments, Beside, Options};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let beside = Beside::read()?;
    if beside.bystander {
        return bystander::run(&Log::new(beside.log())).await;
    }
    let arguments = Arguments::parse();
    let kind = arguments.kind.clone();
    let options = Options::gather(arguments, beside);
    let log = Log::new(options.log.clone());
    match kind {
        Some(kind) => helper::run(&kind, &options, &log).await,
        None => app::run(&options, &log).await,
    }
}
