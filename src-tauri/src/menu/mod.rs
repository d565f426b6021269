//! What the menu says, as one pure function of the snapshot.
//!
//! The items are fixed: built once, never added, removed or moved, because nothing can tell
//! whether a menu is open. Only texts and what is enabled change, at most once a minute or
//! with the state. What cannot be done now is disabled.

mod act;
mod claude_line;
mod state_line;

pub use act::Act;
pub use claude_line::in_full as claude_in_full;

use crate::approval;
use crate::clock::Clock;
use control::{ClaudeView, Drift, GateView, ServerView, Snapshot};
use lifecycle::WallTime;

/// The texts of the fixed items.
pub mod fixed {
    /// Restarts the bundled server.
    pub const RECONNECT: &str = "Reconnect";
    /// Puts the access token on the clipboard.
    pub const COPY_TOKEN: &str = "Copy token";
    /// Starts Zoomtray when the user logs in.
    pub const START_AT_LOGIN: &str = "Start at login";
    /// Opens the window.
    pub const OPEN: &str = "Open Zoomtray…";
    /// Asks, in the window, whether to put back what Claude Desktop's config lost.
    pub const RESTORE: &str = "Restore…";
    /// Asks, in the window, whether to give Claude Desktop's entries back and remove everything.
    pub const REMOVE: &str = "Disconnect and remove…";
    /// Ends the app.
    pub const QUIT: &str = "Quit";
}

/// Everything in the menu that changes.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one item is enabled"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuTexts {
    /// First line: the state in words and minutes.
    pub state: String,
    /// The one thing to do now.
    pub act: Act,
    /// Whether it can be done now.
    pub act_enabled: bool,
    /// Whether there is a server to reconnect.
    pub reconnect_enabled: bool,
    /// How Claude Desktop stands.
    pub claude: String,
    /// Whether it is asked if Claude Desktop may be restarted.
    pub question_enabled: bool,
    /// Whether something of Zoomtray's is lost from Claude Desktop's config.
    pub restore_enabled: bool,
    /// How many calls wait for a person.
    pub approvals: String,
    /// Whether any does.
    pub approvals_enabled: bool,
    /// Whether there is a token to copy.
    pub copy_enabled: bool,
    /// Whether there is a keeper that can remove everything.
    pub remove_enabled: bool,
}

/// The menu for `snapshot` at `now`.
#[must_use]
pub fn texts(snapshot: &Snapshot, now: WallTime, clock: &Clock) -> MenuTexts {
    let foremost = snapshot.foremost(now);
    let token = foremost.and_then(|account| account.condition.token);
    let act = Act::of(snapshot, now);
    MenuTexts {
        state: state_line::of(snapshot, now, clock),
        act,
        act_enabled: act.enabled(snapshot, now),
        reconnect_enabled: snapshot.server != ServerView::None,
        claude: claude_line::of(&snapshot.claude),
        question_enabled: snapshot.claude.question.is_some(),
        restore_enabled: is_adrift(&snapshot.claude),
        approvals: approval::line(&snapshot.gate),
        approvals_enabled: approval::waiting(&snapshot.gate) > 0,
        copy_enabled: token.is_some_and(|span| !span.remaining(now).is_zero()),
        remove_enabled: true,
    }
}

/// Whether something of Zoomtray's is lost from Claude Desktop's config.
pub(crate) fn is_adrift(claude: &ClaudeView) -> bool {
    let mut entries = claude.entries.iter();
    entries.any(|entry| entry.drift != Drift::None)
}

/// The menu while there is no keeper: one line says why, and nothing can be done.
#[must_use]
pub fn without_keeper(state: &str) -> MenuTexts {
    MenuTexts {
        state: state.to_owned(),
        act: Act::Refresh,
        act_enabled: false,
        reconnect_enabled: false,
        claude: "Claude Desktop: not looked at yet".to_owned(),
        question_enabled: false,
        restore_enabled: false,
        approvals: approval::line(&GateView::default()),
        approvals_enabled: false,
        copy_enabled: false,
        remove_enabled: false,
    }
}

#[cfg(test)]
mod tests;
