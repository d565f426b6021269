//! Waiting until Claude is gone: each process's end is waited for, then the list is made anew.

use super::claude::Claude;
use super::exit::all_ended;
use super::outcome::{Gone, Part, Parts, Running};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

impl Claude {
    /// Waits until no process of it is left and nobody holds its profile, at most `limit`.
    /// `asked` are the main processes that were to quit: another one, once they are gone, means
    /// that it came back.
    pub async fn wait_gone(&self, asked: &[u32], limit: Duration) -> Gone {
        let end = Instant::now() + limit;
        loop {
            let left = match self.gone(asked) {
                Gone::Not { left } => left,
                gone => return gone,
            };
            if timeout_at(end, all_ended(&left)).await.is_err() {
                return self.gone(asked);
            }
        }
    }

    /// Waits until the user has quit it: until the main processes `asked` have ended, all that
    /// is there if their numbers are not known, at most `limit`. False if one is left.
    pub async fn wait_quit(&self, asked: &[u32], limit: Duration) -> bool {
        let end = Instant::now() + limit;
        loop {
            let left = match self.running() {
                Running::No => return true,
                Running::Unknown => Vec::new(),
                Running::Yes(parts) => match of(&parts, asked) {
                    left if left.is_empty() => return true,
                    left => left,
                },
            };
            if timeout_at(end, all_ended(&left)).await.is_err() {
                return false;
            }
        }
    }

    fn gone(&self, asked: &[u32]) -> Gone {
        match self.running() {
            Running::No => Gone::All,
            Running::Unknown => Gone::Not { left: Vec::new() },
            Running::Yes(parts) => match parts.newcomer(asked) {
                Some(pid) => Gone::CameBack { pid },
                None => Gone::Not { left: parts.all() },
            },
        }
    }
}

fn of(parts: &Parts, asked: &[u32]) -> Vec<Part> {
    if asked.is_empty() {
        return parts.all();
    }
    let is_asked = |part: &&Part| part.pid.is_some_and(|pid| asked.contains(&pid));
    parts.main.iter().filter(is_asked).cloned().collect()
}
