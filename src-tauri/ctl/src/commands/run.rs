//! `run`: a command with a fresh token in its environment.

use crate::exit::Failed;
use crate::session::Session;
use control::GetToken;
use secrecy::{ExposeSecret, SecretString};
use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// Seconds that the token must still live at the start, like seed 000's check before a run.
const MIN_TTL_S: u64 = 60;

pub(crate) async fn run(variable: &str, command: &[OsString]) -> Result<ExitCode, Failed> {
    let mut session = Session::open().await?;
    let outcome = session
        .ask(|account| GetToken {
            account,
            min_ttl_s: MIN_TTL_S,
        })
        .await;
    session.close().await;
    start(variable, &outcome?.access_token.0, command)
}

fn start(variable: &str, token: &SecretString, command: &[OsString]) -> Result<ExitCode, Failed> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failed::usage("No command was given. Write it behind --."));
    };
    let mut prepared = Command::new(program);
    prepared
        .args(arguments)
        .env(variable, token.expose_secret());
    become_it(&mut prepared).map_err(|error| {
        Failed::new(format!(
            "{} cannot be started: {error}",
            program.to_string_lossy()
        ))
    })
}

/// The command takes this process' place: its exit, its signals.
#[cfg(unix)]
fn become_it(command: &mut Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> std::io::Result<ExitCode> {
    let status = command.status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.unwrap_or(crate::exit::NO).into())
}
