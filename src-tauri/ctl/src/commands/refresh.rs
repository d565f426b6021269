//! `refresh`: a new token now; waits for the cooldown and says so.

use crate::exit::{Failed, YES};
use crate::session::{KEEPERS, Session};
use crate::{terminal, words};
use control::{CallError, Refresh, Refreshed, Told};
use daemon::wall_now;
use std::process::ExitCode;

pub(crate) async fn run() -> Result<ExitCode, Failed> {
    let mut session = Session::open().await?;
    let outcome = refresh(&mut session).await;
    session.close().await;
    let refreshed = outcome?;
    for notice in &refreshed.notices {
        terminal::note(notice);
    }
    let now = wall_now();
    let mark = refreshed.span.health(now).mark();
    terminal::say(&format!("{mark} {}", words::left(refreshed.span, now)))?;
    Ok(YES.into())
}

/// Asks, and asks the next keeper if one takes over while the cooldown passes.
async fn refresh(session: &mut Session) -> Result<Refreshed, Failed> {
    for _ in 1..KEEPERS {
        match ask(session).await {
            Err(CallError::Gone) => session.reopen().await?,
            outcome => return Ok(outcome?),
        }
    }
    Ok(ask(session).await?)
}

async fn ask(session: &mut Session) -> Result<Refreshed, CallError> {
    let account = session.account.clone();
    let (client, told) = session.split();
    let mut call = std::pin::pin!(client.call(Refresh { account }));
    loop {
        tokio::select! {
            outcome = &mut call => return outcome,
            Some(telling) = told.recv() => {
                if let Told::Waiting { until, .. } = telling {
                    let now = wall_now();
                    terminal::note(&format!(
                        "The last attempt was a moment ago; waiting {} before the next.",
                        words::duration(now.until(until))
                    ));
                }
            }
        }
    }
}
