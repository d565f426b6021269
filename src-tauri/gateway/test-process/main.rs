//! One program for all parts that need a process of their own in the gateway's tests.
//!
//! `guard -- COMMAND …` is the guard. `parent COMMAND …` starts a guarded server and waits to be killed.
//! `server` is an MCP server that does what `TEST_SERVER` says.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod server;

use gateway::{Child, Inherited, Launch};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments
        .next()
        .as_deref()
        .and_then(std::ffi::OsStr::to_str)
    {
        Some("guard") => gateway::guard::run(arguments.skip(1)),
        Some("parent") => parent(arguments.collect()),
        Some("server") => server::run(),
        _ => ExitCode::FAILURE,
    }
}

/// Starts the server and lives until it is killed: its own stdin never ends.
fn parent(mut command: Vec<std::ffi::OsString>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let launch = Launch {
            guard: std::env::current_exe().unwrap(),
            program: command.remove(0).into(),
            arguments: command,
            inherited: Inherited::All,
            folder: None,
            environment: Vec::new(),
        };
        let (_child, mut pipes) = Child::start(&launch).unwrap();
        tokio::io::copy(&mut pipes.stdout, &mut tokio::io::stdout())
            .await
            .unwrap();
    });
    ExitCode::SUCCESS
}
