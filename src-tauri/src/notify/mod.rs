//! What is worth interrupting somebody for, and that it is said once.
//!
//! An episode is a stretch of trouble with one account's token. In an episode each thing is
//! said at most once; it ends only with a proven recovery, a healthy newer token, and that
//! too is said once. Sending is the shell's business.

mod episode;
mod words;

pub use words::Notice;

use crate::clock::Clock;
use control::Snapshot;
use episode::Episode;
use lifecycle::WallTime;
use std::collections::BTreeMap;

/// What has been said of each account's trouble.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said(BTreeMap<String, Episode>);

/// What is to be said at `now`, and what has been said then. Nothing is due twice: given back
/// with the same snapshot, the answer is empty.
#[must_use]
pub fn due(said: &Said, snapshot: &Snapshot, now: WallTime, clock: &Clock) -> (Said, Vec<Notice>) {
    let mut next = Said::default();
    let mut notices = Vec::new();
    for account in &snapshot.accounts {
        let episode = said.0.get(&account.id).copied().unwrap_or_default();
        let (episode, news) = episode.step(account, snapshot.auto_refresh, now);
        next.0.insert(account.id.clone(), episode);
        notices.extend(news.map(|news| words::notice(news, account, now, clock)));
    }
    (next, notices)
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
