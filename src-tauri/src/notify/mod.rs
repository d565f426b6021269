//! What is worth interrupting somebody for, and that it is said once.
//!
//! An episode is a stretch of trouble with one account's token. In an episode each thing is
//! said at most once; it ends only with a proven recovery, a healthy newer token, and that
//! too is said once. What the guardian of Claude Desktop's config tells is said once, and a
//! question is asked once and withdrawn when it is no longer open. Sending is the shell's
//! business.

mod approvals;
mod episode;
mod words;

pub(crate) use approvals::topic as approval_topic;
pub use words::Notice;

use crate::clock::Clock;
use crate::menu::is_adrift;
use crate::restart_steps::waits_for;
use control::Snapshot;
use episode::Episode;
use lifecycle::WallTime;
use std::collections::{BTreeMap, BTreeSet};

/// What has been said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Of each account's trouble.
    episodes: BTreeMap<String, Episode>,
    /// The guardian's last alert.
    alert: u64,
    /// That it is about something that is still lost.
    alert_holds: bool,
    /// The generation that the question on the screen is about.
    question: Option<u64>,
    /// That a restart waits for the user.
    restart_waits: bool,
    /// The calls that are asked about on the screen.
    approvals: BTreeSet<u32>,
}

/// Something for the desktop to show, or to show no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Shows a notification.
    Say(Notice),
    /// Shows a notification with answers, in place of any before.
    Ask {
        /// The generation of the token that it is about.
        generation: u64,
        /// The question.
        notice: Notice,
    },
    /// Takes the question from the screen.
    Withdraw,
    /// Shows a notification that asks whether a call may be forwarded.
    AskApproval {
        /// The question's number.
        id: u32,
        /// The question.
        notice: Notice,
    },
    /// Takes the question of this number from the screen.
    WithdrawApproval(u32),
    /// Takes the last notification on this topic from the screen: it no longer holds.
    TakeBack(&'static str),
}

/// What is to be shown at `now`, and what has been said then. Nothing is due twice: given back
/// with the same snapshot, the answer is empty.
#[must_use]
pub fn due(said: &Said, snapshot: &Snapshot, now: WallTime, clock: &Clock) -> (Said, Vec<Message>) {
    let mut next = Said::default();
    let mut messages = Vec::new();
    for account in &snapshot.accounts {
        let episode = said.episodes.get(&account.id).copied().unwrap_or_default();
        let (episode, news) = episode.step(account, snapshot.auto_refresh, now);
        next.episodes.insert(account.id.clone(), episode);
        messages.extend(news.map(|news| Message::Say(words::notice(news, account, now, clock))));
    }
    let alert = snapshot.claude.alert.as_ref();
    next.alert = alert.map_or(said.alert, |alert| alert.number);
    let is_new = next.alert != said.alert;
    messages.extend(alert.filter(|_| is_new).map(words::alert));
    next.alert_holds = (is_new || said.alert_holds) && is_adrift(&snapshot.claude);
    if said.alert_holds && !next.alert_holds {
        messages.push(Message::TakeBack(words::GUARDIAN));
    }
    next.question = snapshot.claude.question.map(|asked| asked.generation);
    if next.question != said.question {
        messages.push(words::question(next.question, &snapshot.claude));
    }
    let waits_for = waits_for(&snapshot.claude.restarting);
    next.restart_waits = waits_for.is_some();
    messages.extend(
        waits_for
            .filter(|_| !said.restart_waits)
            .map(words::restart_waits),
    );
    let (approvals, about_calls) = approvals::step(&said.approvals, &snapshot.gate, now, clock);
    next.approvals = approvals;
    messages.extend(about_calls);
    (next, messages)
}

/// When the next notice may become due by the passing of time alone.
#[must_use]
pub fn next_due(snapshot: &Snapshot, now: WallTime) -> Option<WallTime> {
    let tokens = snapshot
        .accounts
        .iter()
        .filter_map(|account| account.condition.token);
    tokens
        .flat_map(|span| [episode::warned_from(span), span.expires])
        .filter(|at| *at > now)
        .min()
}

#[cfg(test)]
mod tests;
