//! What the keeper knows, for every viewer: icon, menu, window, command line.
//!
//! A snapshot holds instants, never remaining seconds, and never a secret.

use crate::claude_view::ClaudeView;
use crate::gate_view::GateView;
use crate::relay_view::RelayView;
use lifecycle::{Condition, State, WallTime};
use serde::{Deserialize, Serialize};

/// Everything a viewer shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Version of the keeper's program.
    pub version: String,
    /// Who keeps tokens.
    pub keeper: KeeperView,
    /// Whether tokens are refreshed without being asked for.
    pub auto_refresh: bool,
    /// Every account, the default one first.
    pub accounts: Vec<AccountView>,
    /// Claude Desktop, as last looked at.
    pub claude: ClaudeView,
    /// The bundled server.
    pub server: ServerView,
    /// The relays that are connected, the oldest first.
    #[serde(default)]
    pub relays: Vec<RelayView>,
    /// The policy in force, and what people are asked.
    #[serde(default)]
    pub gate: GateView,
    /// What happened, newest first, at most [`EVENTS_KEPT`].
    pub events: Vec<EventView>,
    /// Things that are wrong and what to do, a sentence each.
    pub warnings: Vec<String>,
}

/// How many events a snapshot carries.
pub const EVENTS_KEPT: usize = 50;

impl Snapshot {
    /// The account that needs attention most at `now`: worst state, then fewest minutes.
    #[must_use]
    pub fn foremost(&self, now: WallTime) -> Option<&AccountView> {
        self.accounts.iter().min_by_key(|account| {
            let left = account.condition.token.map(|span| span.remaining(now));
            (
                std::cmp::Reverse(urgency(account.condition.state(now))),
                left,
            )
        })
    }

    /// The state to show for all accounts together at `now`.
    #[must_use]
    pub fn state(&self, now: WallTime) -> State {
        self.foremost(now)
            .map_or(State::NoAccount, |account| account.condition.state(now))
    }
}

/// How much a state asks for attention; higher is worse.
fn urgency(state: State) -> u8 {
    match state {
        State::SignInAgain => 9,
        State::Suspended => 8,
        State::Expired => 7,
        State::Offline => 6,
        State::Waiting => 5,
        State::ExpiringVerySoon => 4,
        State::Refreshing => 3,
        State::ExpiringSoon => 2,
        State::Fresh => 1,
        State::NoAccount => 0,
    }
}

/// Who may be the keeper, in rising order: a higher rank takes over from a lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// A command that serves until its own and others' work is done.
    Brief,
    /// `zoomtrayctl watch`.
    Watch,
    /// The tray app.
    App,
}

/// The process that keeps tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeeperView {
    /// Its process id.
    pub pid: u32,
    /// Its rank.
    pub rank: Rank,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountView {
    /// Our id for it, stable while it is saved.
    pub id: String,
    /// What the user calls it.
    pub label: String,
    /// Zoom's account id.
    pub account_id: String,
    /// The app's client id.
    pub client_id: String,
    /// Host of the token endpoint.
    pub host: String,
    /// Whether it lives only as long as those who brought it.
    pub guest: bool,
    /// Token and activity.
    pub condition: Condition,
    /// Generation of the token, if there is one.
    pub generation: Option<u64>,
    /// The last attempt that ended.
    pub last_refresh: Option<RefreshView>,
    /// Refusals since the last success.
    pub failures: u32,
    /// When the next attempt is due, if one is planned.
    pub next_attempt: Option<WallTime>,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshView {
    /// When it was made.
    pub at: WallTime,
    /// What came of it.
    pub outcome: RefreshOutcome,
    /// What happened and what to do, in a sentence; empty after a success.
    pub message: String,
    /// Zoom's own words, for who wants them.
    pub detail: Option<String>,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshOutcome {
    /// A new token.
    Refreshed,
    /// Zoom said no.
    Refused,
    /// Zoom could not be reached or gave no usable answer.
    Unreachable,
    /// The vault failed.
    Local,
}

/// The bundled server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ServerView {
    /// This keeper runs none.
    #[default]
    None,
    /// Started, not yet proven.
    Starting,
    /// It has reached Zoom since the last refresh, wake and start.
    Connected {
        /// Since when.
        since: WallTime,
        /// Scopes Zoom asked for that the app lacks; empty is all well.
        missing_scopes: Vec<String>,
    },
    /// It does not reach Zoom.
    Failed {
        /// What is wrong, in a sentence.
        message: String,
    },
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// When.
    pub at: WallTime,
    /// What kind of thing.
    pub kind: EventKind,
    /// What happened, in a sentence.
    pub text: String,
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A token came.
    Refreshed,
    /// An attempt failed.
    Failed,
    /// Attempts stopped, or started again.
    Suspension,
    /// A token was written somewhere.
    Delivered,
    /// Claude Desktop was restarted, or could not be.
    Restart,
    /// The bundled server started, connected or failed.
    Server,
    /// An account was added, removed or changed.
    Account,
    /// Something worth knowing.
    Notice,
}
