//! Who keeps tokens: the holder of `keeper.lock`, and how a higher rank takes over.
//!
//! Nobody waits for the lock while holding another.

use claude::{QUIT_LIMIT, START_LIMIT};
use control::{CallError, Client, ConnectError, Endpoint, FailureKind, GetSnapshot, Rank, Yield};
use files::{FileLock, Folders, LockAttempt};
use std::time::Duration;
use tokio::time::Instant;

/// How long a holder may go without a sign of life: a token request, its save, and a little.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one that answers may take to leave: it brings a restart of Claude Desktop to its end.
const UTMOST: Duration = QUIT_LIMIT
    .saturating_add(START_LIMIT)
    .saturating_add(PATIENCE);
/// Time between tries while the holder leaves or starts.
const RETRY: Duration = Duration::from_millis(20);

/// The right to keep tokens, for as long as it lives.
pub(crate) struct Office {
    _lock: FileLock,
}

/// What came of standing for keeper.
pub(crate) enum Election {
    /// This process keeps tokens.
    Won(Office),
    /// Another process does, of the same or a higher rank.
    Lost {
        /// Its process.
        pid: u32,
        /// Its rank.
        rank: Rank,
    },
}

/// Nobody could be made out as keeper.
#[derive(Debug, thiserror::Error)]
pub enum ElectionError {
    /// The lock file is out of reach.
    #[error(transparent)]
    Lock(#[from] files::LockError),
    /// Somebody holds the lock and does not answer.
    #[error(
        "another Zoomtray holds {lock} but does not answer ({last}); end that process and try again"
    )]
    Silent {
        /// The lock file.
        lock: String,
        /// What the last try said.
        last: String,
    },
}

/// Stands for keeper.
pub(crate) async fn stand(
    folders: &Folders,
    endpoint: &Endpoint,
    rank: Rank,
) -> Result<Election, ElectionError> {
    let path = folders.run.join("keeper.lock");
    let mut waiting = Waiting::from(Instant::now());
    let mut last = "nobody listens".to_owned();
    loop {
        if let LockAttempt::Held(lock) = FileLock::try_take(&path, word(rank))? {
            return Ok(Election::Won(Office { _lock: lock }));
        }
        match challenge(endpoint, rank).await {
            Ok(Challenge::Outranked { pid, rank }) => return Ok(Election::Lost { pid, rank }),
            Ok(Challenge::Leaving) => waiting.heard(Instant::now()),
            Err(Unanswered(reason)) => last = reason,
        }
        if waiting.is_over(Instant::now()) {
            return Err(ElectionError::Silent {
                lock: path.display().to_string(),
                last,
            });
        }
        tokio::time::sleep(RETRY).await;
    }
}

/// How long the holder of the lock is waited for.
struct Waiting {
    since: Instant,
    heard: Instant,
}

impl Waiting {
    fn from(now: Instant) -> Self {
        Self {
            since: now,
            heard: now,
        }
    }

    /// It answered that it leaves.
    fn heard(&mut self, now: Instant) {
        self.heard = now;
    }

    fn is_over(&self, now: Instant) -> bool {
        now >= self.heard + PATIENCE || now >= self.since + UTMOST
    }
}

/// A rank in the lock's message.
fn word(rank: Rank) -> &'static str {
    match rank {
        Rank::Brief => "brief",
        Rank::Watch => "watch",
        Rank::App => "app",
    }
}

enum Challenge {
    Outranked { pid: u32, rank: Rank },
    Leaving,
}

struct Unanswered(String);

async fn challenge(endpoint: &Endpoint, rank: Rank) -> Result<Challenge, Unanswered> {
    let (client, _told) = Client::connect(endpoint)
        .await
        .map_err(|error| match error {
            ConnectError::NobodyThere => Unanswered("it does not listen yet".to_owned()),
            other => Unanswered(other.to_string()),
        })?;
    let no_answer = |error: CallError| Unanswered(error.to_string());
    match client.call(Yield { rank }).await {
        Err(error) if error.kind() == Some(FailureKind::Outranked) => {
            let keeper = client.call(GetSnapshot {}).await.map_err(no_answer)?.keeper;
            Ok(Challenge::Outranked {
                pid: keeper.pid,
                rank: keeper.rank,
            })
        }
        // It may leave while it is asked.
        Ok(_) | Err(CallError::Gone) => Ok(Challenge::Leaving),
        Err(error) => Err(no_answer(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_that_answers_may_bring_a_restart_to_its_end() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        let mut waiting = Waiting::from(begun);
        assert!(!waiting.is_over(at(29)));
        assert!(waiting.is_over(at(30)), "nothing was heard of it");
        let restart = (QUIT_LIMIT + START_LIMIT).as_secs();
        for second in (20..=restart).step_by(20) {
            assert!(!waiting.is_over(at(second)), "{second}");
            waiting.heard(at(second));
        }
        assert!(!waiting.is_over(at(restart + 1)));
        waiting.heard(at(1_000));
        assert!(waiting.is_over(at(1_000)), "it never leaves");
    }
}
