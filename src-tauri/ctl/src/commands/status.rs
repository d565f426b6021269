//! `status`: what is known of the token. Makes no request.

use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::{terminal, words};
use control::{AccountView, EntryView, RefreshOutcome, Snapshot};
use daemon::wall_now;
use lifecycle::{State, WallTime};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::Duration;

pub(crate) async fn run(as_json: bool) -> Result<ExitCode, Failed> {
    let mut session = Session::open().await?;
    let looked = session.look().await;
    session.close().await;
    let (snapshot, account) = looked?;
    let now = wall_now();
    if as_json {
        let text = serde_json::to_string_pretty(&report(&snapshot, account.as_ref(), now))
            .map_err(|error| Failed::new(format!("the status does not serialise: {error}")))?;
        terminal::say(&text)?;
    } else {
        for line in lines(&snapshot, account.as_ref(), now) {
            terminal::say(&line)?;
        }
    }
    Ok(if remaining(account.as_ref(), now).is_zero() {
        NO
    } else {
        YES
    }
    .into())
}

fn remaining(account: Option<&AccountView>, now: WallTime) -> Duration {
    let span = account.and_then(|account| account.condition.token);
    span.map_or(Duration::ZERO, |span| span.remaining(now))
}

fn lines(snapshot: &Snapshot, account: Option<&AccountView>, now: WallTime) -> Vec<String> {
    let Some(account) = account else {
        return vec![
            "No account. Add one with `zoomtrayctl accounts add --server-to-server`, or set \
             ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET."
                .to_owned(),
        ];
    };
    let mut lines = vec![first_line(account, now)];
    if let Some(last) = &account.last_refresh {
        let outcome = match last.outcome {
            RefreshOutcome::Refreshed => "a new token",
            _ => &last.message,
        };
        lines.push(format!(
            "   Last refresh {}: {outcome}",
            words::clock(last.at, now)
        ));
    }
    if let Some(next) = account.next_attempt.filter(|next| *next > now) {
        lines.push(format!("   Next attempt {}", words::clock(next, now)));
    }
    lines.extend(
        snapshot
            .claude
            .entries
            .iter()
            .filter_map(|entry| delivered(entry, now)),
    );
    lines.extend(
        snapshot
            .warnings
            .iter()
            .map(|warning| format!("   {warning}")),
    );
    lines
}

fn first_line(account: &AccountView, now: WallTime) -> String {
    let state = account.condition.state(now).name();
    let mark = words::mark(account.condition, now);
    let left = match account.condition.token {
        Some(span) if !span.remaining(now).is_zero() => words::left(span, now),
        Some(span) => format!("expired {}", words::clock(span.expires, now)),
        None => "no token yet".to_owned(),
    };
    format!("{mark} {state} · {left} · {}", account.label)
}

fn delivered(entry: &EntryView, now: WallTime) -> Option<String> {
    let at = words::clock(entry.delivered_at?, now);
    Some(format!(
        "   Delivered to Claude Desktop's entry {} at {at}",
        entry.name
    ))
}

fn report(snapshot: &Snapshot, account: Option<&AccountView>, now: WallTime) -> Value {
    let span = account.and_then(|account| account.condition.token);
    json!({
        "state": account.map_or(State::NoAccount, |account| account.condition.state(now)),
        "mark": account.map(|account| words::mark(account.condition, now)),
        "remaining_s": remaining(account, now).as_secs(),
        "expires_at": span.map(|span| words::rfc3339(span.expires)),
        "lifetime_s": span.map(|span| span.lifetime().as_secs()),
        "account": account.map(|account| json!({
            "id": account.id,
            "label": account.label,
            "account_id": account.account_id,
            "client_id": account.client_id,
            "host": account.host,
            "guest": account.guest,
        })),
        "generation": account.and_then(|account| account.generation),
        "last_refresh": account.and_then(|account| account.last_refresh.as_ref()).map(|last| json!({
            "at": words::rfc3339(last.at),
            "outcome": last.outcome,
            "message": last.message,
        })),
        "failures": account.map_or(0, |account| account.failures),
        "next_attempt": account.and_then(|account| account.next_attempt).map(words::rfc3339),
        "auto_refresh": snapshot.auto_refresh,
        "deliveries": snapshot.claude.entries,
        "claude": snapshot.claude,
        "server": snapshot.server,
        "keeper": snapshot.keeper,
        "warnings": snapshot.warnings,
    })
}
