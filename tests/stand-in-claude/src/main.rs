//! A program that treats its config and its processes as Claude Desktop does.
//!
//! It reads the config once, when it starts. It keeps two helpers, which are the same executable
//! with `--type=`. Asked to end (SIGTERM, Ctrl-C), it writes the whole config anew from memory,
//! in place and not atomically, and ends. A config that it cannot parse it takes for empty.
//! What it does it tells in a log of JSON lines; of a variable it tells the SHA-256 alone.

mod config;
mod end;
mod helper;
mod log;
mod options;
mod servers;

use clap::Parser;
use config::Config;
use end::End;
use log::Log;
use options::{Arguments, Options};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let kind = arguments.kind.clone();
    let options = Options::gather(arguments)?;
    let log = Log::new(options.log.clone());
    match kind {
        Some(kind) => helper::run(&kind, &options, &log).await,
        None => run(&options, &log).await,
    }
}

async fn run(options: &Options, log: &Log) -> std::io::Result<()> {
    // Before the log line, so that whoever has read it may send the signal.
    let mut end = End::expect()?;
    let config = Config::read(&options.config);
    let helpers = helper::start_all(options)?;
    let servers = servers::start_all(options, &config, log)?;
    log.tell(
        "started",
        json!({"config": options.config, "read": config.told()}),
    )?;
    loop {
        end.come().await;
        log.tell("asked_to_quit", json!({}))?;
        if !options.ignore_quit {
            break;
        }
    }
    servers::stop_all(servers).await;
    config.write(&options.config, options.strip_unknown)?;
    log.tell("wrote", json!({"read": config.told()}))?;
    helper::stop_all(helpers, options).await;
    log.tell("exited", json!({}))
}
