//! An account's condition as every surface shows it: what holds until the next event.

use crate::health::{Health, Span};
use crate::time::WallTime;
use serde::{Deserialize, Serialize};

/// What the keeper is doing about an account's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Activity {
    /// Nothing to do before the next wake-up.
    Idle,
    /// A token request is in flight.
    Refreshing,
    /// The next attempt is due at `until`.
    Waiting {
        /// Why it is not made now.
        reason: WaitReason,
        /// When it is made.
        until: WallTime,
    },
    /// No attempt is made until the user acts or the credentials change.
    Suspended {
        /// What led here.
        reason: SuspendReason,
    },
}

/// Why an attempt is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// Less than the cooldown has passed since the last attempt.
    Cooldown,
    /// Earlier attempts failed on the way to Zoom.
    BackOff,
    /// Zoom named the moment.
    RetryAfter,
    /// Zoom could not be reached at all.
    Offline,
    /// The vault cannot be read or written now.
    Vault,
}

/// Why attempts have stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspendReason {
    /// Zoom refused three times in a row.
    Refused,
    /// Zoom's API rejected two new tokens within a minute of issue.
    NewTokensRejected,
    /// The refresh token is dead: only a new sign-in helps.
    SignInAgain,
}

/// The ten states that icon, menu, window and terminal tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A token with time to spare.
    Fresh,
    /// Within the last quarter.
    ExpiringSoon,
    /// Within the last twelfth.
    ExpiringVerySoon,
    /// A request is in flight.
    Refreshing,
    /// A user's or caller's refresh is put off.
    Waiting,
    /// Zoom cannot be reached.
    Offline,
    /// Auto-refresh stopped after refusals.
    Suspended,
    /// A new sign-in is needed.
    SignInAgain,
    /// There is no valid token.
    Expired,
    /// No account is saved.
    NoAccount,
}

impl State {
    /// Its name on every surface.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::ExpiringSoon => "Expiring soon",
            Self::ExpiringVerySoon => "Expiring very soon",
            Self::Refreshing => "Refreshing",
            Self::Waiting => "Waiting",
            Self::Offline => "Offline",
            Self::Suspended => "Suspended",
            Self::SignInAgain => "Sign in again",
            Self::Expired => "Expired",
            Self::NoAccount => "No account yet",
        }
    }
}

/// A token's span and what is being done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The token's life, if there is a token.
    pub token: Option<Span>,
    /// What the keeper is doing.
    pub activity: Activity,
}

impl Condition {
    /// The one state to show at `now`. Trouble outranks the time left; being
    /// offline or waiting is shown only once it matters (not while the token is fresh,
    /// unless somebody is waiting for the attempt).
    #[must_use]
    pub fn state(self, now: WallTime) -> State {
        match self.activity {
            Activity::Suspended {
                reason: SuspendReason::SignInAgain,
            } => State::SignInAgain,
            Activity::Suspended { .. } => State::Suspended,
            Activity::Refreshing => State::Refreshing,
            Activity::Waiting {
                reason: WaitReason::Offline,
                ..
            } => State::Offline,
            Activity::Waiting { .. } => State::Waiting,
            Activity::Idle => match self.token.map(|span| span.health(now)) {
                Some(Health::Fresh) => State::Fresh,
                Some(Health::ExpiringSoon) => State::ExpiringSoon,
                Some(Health::ExpiringVerySoon) => State::ExpiringVerySoon,
                Some(Health::Expired) | None => State::Expired,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NOW: WallTime = WallTime(1_800_000_000_000);

    fn condition(activity: Activity, left_s: u64) -> Condition {
        let expires = NOW.plus(Duration::from_secs(left_s));
        let issued = expires.minus(Duration::from_hours(1));
        Condition {
            token: Some(Span { issued, expires }),
            activity,
        }
    }

    #[test]
    fn an_idle_account_shows_what_is_left() {
        let cases = [
            (3600, State::Fresh),
            (901, State::Fresh),
            (900, State::ExpiringSoon),
            (300, State::ExpiringVerySoon),
            (0, State::Expired),
        ];
        for (left, state) in cases {
            assert_eq!(
                condition(Activity::Idle, left).state(NOW),
                state,
                "{left} s left"
            );
        }
        let none = Condition {
            token: None,
            activity: Activity::Idle,
        };
        assert_eq!(none.state(NOW), State::Expired);
    }

    #[test]
    fn what_is_being_done_outranks_what_is_left() {
        let waiting = |reason| Activity::Waiting { reason, until: NOW };
        let suspended = |reason| Activity::Suspended { reason };
        let cases = [
            (Activity::Refreshing, State::Refreshing),
            (waiting(WaitReason::Cooldown), State::Waiting),
            (waiting(WaitReason::Offline), State::Offline),
            (suspended(SuspendReason::Refused), State::Suspended),
            (
                suspended(SuspendReason::NewTokensRejected),
                State::Suspended,
            ),
            (suspended(SuspendReason::SignInAgain), State::SignInAgain),
        ];
        for (activity, state) in cases {
            assert_eq!(condition(activity, 3600).state(NOW), state, "{activity:?}");
        }
    }

    #[test]
    fn a_condition_survives_json() {
        let waiting = Activity::Waiting {
            reason: WaitReason::BackOff,
            until: NOW,
        };
        let before = condition(waiting, 60);
        let text = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<Condition>(&text).unwrap(), before);
    }
}
