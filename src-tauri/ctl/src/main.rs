//! `zoomtrayctl`: Zoomtray from the command line.
//!
//! Thin: every command asks the keeper, or becomes one for as long as it takes.

mod arguments;
mod commands;
mod exit;
mod mcp;
mod session;
mod terminal;
mod words;

use arguments::{Accounts, Arguments, Command};
use clap::Parser;
use exit::Failed;
use std::io::IsTerminal as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let command = match arguments.command {
        Command::Guard { command } => return gateway::guard::run(command),
        Command::Relay { name, home } => {
            log_if_asked();
            return commands::relay::run(&name, home.as_deref());
        }
        command => command,
    };
    log();
    let outcome = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(carry_out(command)),
        Err(error) => Err(Failed::new(format!(
            "the program cannot start its runtime: {error}"
        ))),
    };
    outcome.unwrap_or_else(|failed| {
        terminal::note(&words::sentence(&failed.message));
        if let Some(detail) = &failed.detail {
            terminal::note(&format!("  {detail}"));
        }
        failed.code()
    })
}

async fn carry_out(command: Command) -> Result<ExitCode, Failed> {
    match command {
        Command::Accounts(Accounts::Add(account)) => commands::accounts::add(account).await,
        Command::Accounts(Accounts::Import(import)) => commands::import::run(import).await,
        Command::Accounts(Accounts::List) => commands::accounts::list().await,
        Command::Accounts(Accounts::Remove { id, yes }) => {
            commands::accounts::remove(id, yes).await
        }
        Command::Status { json } => commands::status::run(json).await,
        Command::Refresh => commands::refresh::run().await,
        Command::Token { min_ttl } => commands::token::run(min_ttl).await,
        Command::Check { threshold, verbose } => commands::check::run(threshold, verbose).await,
        Command::Run { env, command } => commands::run::run(&env, &command).await,
        Command::Watch { env_file } => commands::watch::run(env_file).await,
        Command::Claude(command) => commands::claude::run(command).await,
        Command::Call {
            tool,
            arguments,
            server,
        } => commands::call::run(&tool, arguments.as_deref(), server).await,
        Command::Tools { json } => commands::tools::run(json).await,
        Command::Policy(command) => commands::policy::run(command).await,
        Command::Approvals { command } => commands::approvals::run(command).await,
        Command::Activity { follow, json } => commands::activity::run(follow, json).await,
        Command::Doctor { json } => commands::doctor::run(json).await,
        Command::Uninstall { keep_accounts, yes } => {
            commands::uninstall::run(keep_accounts, yes).await
        }
        Command::Entry { name, client } => commands::entry::run(&name, client),
        Command::Relay { name, home } => Ok(commands::relay::run(&name, home.as_deref())),
        Command::Guard { command } => Ok(gateway::guard::run(command)),
    }
}

/// A relay is started often and has to be quick.
fn log_if_asked() {
    if std::env::var_os("ZOOMTRAY_LOG").is_some() {
        log();
    }
}

/// The log goes to standard error, off unless `ZOOMTRAY_LOG` asks for it.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ZOOMTRAY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}
