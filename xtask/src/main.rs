//! `cargo xtask`: the two commands a person needs (`demo`, `test`), `bench` and `fuzz`.
//!
//! What always holds: it says first what it will install, build and show; and when it ends,
//! by itself, by a signal or with its terminal, so does everything it started.

mod announce;
mod arguments;
mod bench;
mod cargo;
mod counts;
mod demo;
mod endurance;
mod fuzz;
mod install;
mod interrupt;
mod node;
mod npm_packages;
mod packages;
mod python;
mod report;
mod run;
mod stage;
mod stages;
mod terminal;
mod test;
mod workspace;

use arguments::{Command, HELP};
use std::process::ExitCode;

/// The command line was not understood, as `clap` and most programs say it.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    interrupt::watch();
    let workspace = workspace::Workspace::here();
    match arguments::parse(std::env::args().skip(1)) {
        Ok(Command::Help) => {
            terminal::say(HELP);
            ExitCode::SUCCESS
        }
        Ok(Command::Test(choice)) => test::run(&workspace, &choice),
        Ok(Command::Demo { keep }) => demo::run(&workspace, keep),
        Ok(Command::Bench { full }) => bench::run(&workspace, full),
        Ok(Command::Endurance(choice)) => endurance::run(&workspace, &choice),
        Ok(Command::Fuzz { seconds }) => fuzz::run(&workspace, seconds),
        Err(complaint) => {
            terminal::complain(&format!("{complaint}\n\n{HELP}"));
            ExitCode::from(USAGE)
        }
    }
}
