//! The menu's second line: the one thing to do now.

use control::Snapshot;
use lifecycle::{Activity, State, WaitReason, WallTime};

/// What the user can do about the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Fetch a token.
    Refresh,
    /// Try again after a suspension.
    TryAgain,
    /// Renew the sign-in.
    SignInAgain,
    /// Open the keychain, with its prompt.
    UnlockKeychain,
    /// Restart Claude Desktop so that it reads its config.
    RestartClaude,
    /// Add the first account.
    AddAccount,
}

impl Act {
    /// What helps most at `now`: trouble with the token before Claude Desktop's.
    pub(super) fn of(snapshot: &Snapshot, now: WallTime) -> Self {
        match snapshot.state(now) {
            State::NoAccount => Self::AddAccount,
            State::SignInAgain => Self::SignInAgain,
            State::Suspended => Self::TryAgain,
            State::Waiting if waits_for_vault(snapshot, now) => Self::UnlockKeychain,
            _ if snapshot.claude.restart_needed => Self::RestartClaude,
            _ => Self::Refresh,
        }
    }

    /// Whether it can be done at `now`; a refresh that is under way or due by itself cannot.
    pub(super) fn enabled(self, snapshot: &Snapshot, now: WallTime) -> bool {
        let busy = matches!(snapshot.state(now), State::Refreshing | State::Waiting);
        self != Self::Refresh || !busy
    }

    /// The item's text.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Refresh => "Refresh now",
            Self::TryAgain => "Try again now",
            Self::SignInAgain => "Sign in again…",
            Self::UnlockKeychain => "Unlock the keychain…",
            Self::RestartClaude => "Restart Claude to apply…",
            Self::AddAccount => "Add an account…",
        }
    }
}

fn waits_for_vault(snapshot: &Snapshot, now: WallTime) -> bool {
    snapshot.foremost(now).is_some_and(|account| {
        matches!(
            account.condition.activity,
            Activity::Waiting {
                reason: WaitReason::Vault,
                ..
            }
        )
    })
}
