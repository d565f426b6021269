//! The menu's first line: the state in words and minutes.

use crate::clock::Clock;
use crate::minutes::Minutes;
use control::{AccountView, Snapshot};
use lifecycle::{Activity, Span, State, SuspendReason, WaitReason, WallTime};

/// The line for the account that needs attention most; its name comes first where there are
/// several.
pub(super) fn of(snapshot: &Snapshot, now: WallTime, clock: &Clock) -> String {
    let Some(account) = snapshot.foremost(now) else {
        return "No account".to_owned();
    };
    let said = Said {
        account,
        now,
        clock,
    };
    let off = if snapshot.auto_refresh {
        ""
    } else {
        " · auto-refresh off"
    };
    let line = said.line() + off;
    if snapshot.accounts.len() > 1 {
        format!("{}: {line}", account.label)
    } else {
        line
    }
}

struct Said<'a> {
    account: &'a AccountView,
    now: WallTime,
    clock: &'a Clock,
}

impl Said<'_> {
    fn line(&self) -> String {
        match self.account.condition.state(self.now) {
            State::Fresh => self.alive("Fresh"),
            State::ExpiringSoon => self.alive("Expiring soon"),
            State::ExpiringVerySoon => self.alive("Expiring very soon"),
            State::Refreshing => self.with_left("Refreshing"),
            State::Waiting => self.waiting(),
            State::Offline => self.with_next_try("Offline"),
            State::Suspended => self.with_left(self.suspension()),
            State::SignInAgain => "Sign in again · Zoom no longer accepts the sign-in".to_owned(),
            State::Expired => self.expired(),
            State::NoAccount => "No account".to_owned(),
        }
    }

    fn token(&self) -> Option<Span> {
        self.account.condition.token
    }

    fn left(&self) -> Option<Minutes> {
        Minutes::of(self.token()?.remaining(self.now))
    }

    fn alive(&self, state: &str) -> String {
        match (self.left(), self.token()) {
            (Some(left), Some(span)) => {
                format!(
                    "{state} · {left}, until {}",
                    self.clock.minute(span.expires, self.now)
                )
            }
            _ => state.to_owned(),
        }
    }

    fn with_left(&self, state: &str) -> String {
        self.left()
            .map_or_else(|| state.to_owned(), |left| format!("{state} · {left} left"))
    }

    fn with_next_try(&self, state: &str) -> String {
        let line = self.with_left(state);
        match self.account.condition.activity {
            Activity::Waiting { until, .. } => {
                format!(
                    "{line} · next try at {}",
                    self.clock.second(until, self.now)
                )
            }
            _ => line,
        }
    }

    fn waiting(&self) -> String {
        let vault = matches!(
            self.account.condition.activity,
            Activity::Waiting {
                reason: WaitReason::Vault,
                ..
            }
        );
        self.with_next_try(if vault {
            "Keychain not available"
        } else {
            "Waiting"
        })
    }

    fn suspension(&self) -> &'static str {
        match self.account.condition.activity {
            Activity::Suspended {
                reason: SuspendReason::NewTokensRejected,
            } => "Suspended: Zoom rejects new tokens",
            _ => "Suspended: Zoom refused three times",
        }
    }

    fn expired(&self) -> String {
        self.token().map_or_else(
            || "No token yet".to_owned(),
            |span| format!("Expired · at {}", self.clock.minute(span.expires, self.now)),
        )
    }
}
