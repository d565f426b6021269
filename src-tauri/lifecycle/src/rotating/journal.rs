//! The journal entry that is in the vault before each request, and what a later process concludes
//! from it.
//!
//! The entry stays where it is until the next one replaces it. It says nothing about a refresh
//! token of another generation, and nothing about a request whose end [`Attempts`] remember.

use crate::attempts::Attempts;
use crate::generation::Generation;
use crate::time::WallTime;
use serde::{Deserialize, Serialize};

/// A request with a refresh token was about to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// With which.
    pub refresh: Generation,
    /// When the attempt was started.
    pub asked: WallTime,
    /// When the earliest of the attempts with this refresh token was started whose answer may
    /// have been lost, before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<WallTime>,
}

/// What the vault holds of a grant, beside its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The refresh token.
    pub refresh: Generation,
    /// The last journal entry, if it could be read.
    pub journal: Option<Journal>,
}

impl Grant {
    /// Since when it is not known whether Zoom has used the refresh token up.
    pub(crate) fn in_doubt_since(&self, attempts: &Attempts) -> Option<WallTime> {
        let journal = self
            .journal
            .filter(|journal| journal.refresh == self.refresh)?;
        let unanswered = (attempts.answered != Some(journal.asked)).then_some(journal.asked);
        journal.lost.or(unanswered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_doubt(refresh: u64, lost: Option<i64>, answered: Option<i64>) -> Option<i64> {
        let journal = Journal {
            refresh: Generation(7),
            asked: WallTime(500),
            lost: lost.map(WallTime),
        };
        let grant = Grant {
            refresh: Generation(refresh),
            journal: Some(journal),
        };
        let attempts = Attempts {
            answered: answered.map(WallTime),
            ..Attempts::default()
        };
        grant.in_doubt_since(&attempts).map(|since| since.0)
    }

    #[test]
    fn a_request_without_a_remembered_end_is_in_doubt() {
        assert_eq!(in_doubt(7, None, None), Some(500));
        assert_eq!(in_doubt(7, None, Some(400)), Some(500));
        assert_eq!(in_doubt(7, None, Some(500)), None);
    }

    #[test]
    fn the_earliest_loss_counts_whatever_came_after_it() {
        assert_eq!(in_doubt(7, Some(300), None), Some(300));
        assert_eq!(in_doubt(7, Some(300), Some(500)), Some(300));
    }

    #[test]
    fn a_newer_refresh_token_shows_that_the_answer_arrived() {
        assert_eq!(in_doubt(8, None, None), None);
        assert_eq!(in_doubt(8, Some(300), None), None);
    }

    #[test]
    fn an_entry_survives_json() {
        let entry = Journal {
            refresh: Generation(7),
            asked: WallTime(500),
            lost: None,
        };
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(text, r#"{"refresh":7,"asked":500}"#);
        assert_eq!(serde_json::from_str::<Journal>(&text).unwrap(), entry);
    }
}
