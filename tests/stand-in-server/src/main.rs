//! A stdio MCP server that behaves as its arguments say: what a server of a third party does
//! well and badly, for tests of everything that stands between it and a client.
//!
//! Speaks both generations of the protocol. Each request is answered by a thread of its own, so
//! that a slow one holds up no other.
#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod answers;
mod client;
mod log;
mod options;
mod resources;
mod server;
mod tools;

use clap::Parser;
use options::Options;
use server::Server;
use std::io::{BufRead, BufReader};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let options = Options::parse();
    let server = Server::new(options);
    server.log.started();
    if let Some(code) = server.options.exit_code() {
        return ExitCode::from(code);
    }
    let _held = match server.options.hold() {
        Ok(held) => held,
        Err(code) => return ExitCode::from(code),
    };
    #[cfg(unix)]
    if server.options.deaf {
        let heard = Arc::default();
        signal_hook::flag::register(signal_hook::consts::SIGTERM, heard).unwrap();
    }
    if let Some(text) = &server.options.stderr {
        complain(text);
    }
    serve(&Arc::new(server));
    ExitCode::SUCCESS
}

#[expect(clippy::print_stderr, reason = "it is what the option is for")]
fn complain(text: &str) {
    eprintln!("{text}");
}

fn serve(server: &Arc<Server>) {
    let mut input = BufReader::with_capacity(64 * 1024, std::io::stdin());
    let mut line = String::new();
    while input.read_line(&mut line).is_ok_and(|length| length > 0) {
        if let Ok(message) = serde_json::from_str(&line) {
            server.take_in(message);
        }
        line.clear();
    }
    server.log.ended();
    if server.options.deaf {
        loop {
            std::thread::park();
        }
    }
}
