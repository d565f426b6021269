//! `token`: prints the access token alone.

use crate::exit::{Failed, YES};
use crate::session::Session;
use crate::terminal;
use control::GetToken;
use secrecy::ExposeSecret;
use std::process::ExitCode;

pub(crate) async fn run(min_ttl_s: u64) -> Result<ExitCode, Failed> {
    let mut session = Session::open().await?;
    let outcome = session.ask(|account| GetToken { account, min_ttl_s }).await;
    session.close().await;
    terminal::say(outcome?.access_token.0.expose_secret())?;
    Ok(YES.into())
}
