//! `check`: is the token good for a while? Makes no request.

use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::{terminal, words};
use daemon::{Setup, wall_now};
use std::process::ExitCode;
use std::time::Duration;

pub(crate) async fn run(threshold: Option<u64>, verbose: bool) -> Result<ExitCode, Failed> {
    let configured = Setup::from_process()?.environment.token_threshold;
    let threshold = threshold.map_or(configured, Duration::from_secs);
    let mut session = Session::open().await?;
    let looked = session.look().await;
    session.close().await;
    let now = wall_now();
    let (_, account) = looked?;
    let span = account.and_then(|account| account.condition.token);
    let good = span.is_some_and(|span| span.remaining(now) > threshold);
    if verbose {
        let found = span.map_or_else(
            || "There is no token.".to_owned(),
            |span| words::left(span, now),
        );
        terminal::say(&format!(
            "{found} (asked for more than {})",
            words::duration(threshold)
        ))?;
    }
    Ok(if good { YES } else { NO }.into())
}
