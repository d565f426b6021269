//! What is said when entries are adrift: what happened, to what, and what to do now.

use super::entry::Plan;
use control::{AlertView, Drift};

/// When what was lost is put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PutBack {
    /// As soon as Claude Desktop is quit.
    WhenQuit,
    /// At once: it is closed.
    Now,
}

/// The notification for entries that share a plan. `lost` holds at least one.
pub(super) fn alert(
    number: u64,
    lost: &[(String, Drift)],
    plan: Plan,
    put_back: PutBack,
) -> AlertView {
    let (entries, there) = (names(lost), them(lost));
    let all_changed = lost.iter().all(|(_, drift)| *drift == Drift::Changed);
    let done = if all_changed { "changed" } else { "removed" };
    let (title, text) = match plan {
        Plan::Queued => (
            format!("Claude Desktop {done} {entries}"),
            match put_back {
                PutBack::WhenQuit => format!(
                    "Claude Desktop wrote its config from its own copy. Zoomtray puts {there} \
                     back once Claude Desktop is quit."
                ),
                PutBack::Now => format!(
                    "Claude Desktop wrote its config from its own copy when it was quit. Zoomtray \
                     puts {there} back now."
                ),
            },
        ),
        Plan::GivenUp => (
            format!("Claude Desktop {done} {entries} again"),
            format!(
                "Zoomtray put {there} back before and leaves {there} alone now. Choose Restore… \
                 in the tray, or run `zoomtrayctl claude restore`, to try once more."
            ),
        ),
        Plan::Offered => (
            format!("Another program {done} {entries} in Claude Desktop's config"),
            format!(
                "It was done while Claude Desktop was closed, so Zoomtray leaves it. Choose \
                 Restore… in the tray, or run `zoomtrayctl claude restore`, to put {there} back."
            ),
        ),
    };
    AlertView {
        number,
        title,
        text,
    }
}

/// `entry zoom`, `entries rooms and zoom`.
fn names(lost: &[(String, Drift)]) -> String {
    let names: Vec<&str> = lost.iter().map(|(name, _)| name.as_str()).collect();
    match names.split_last() {
        Some((name, [])) => format!("entry {name}"),
        Some((name, before)) => format!("entries {} and {name}", before.join(", ")),
        None => String::new(),
    }
}

fn them(lost: &[(String, Drift)]) -> &'static str {
    if lost.len() == 1 { "it" } else { "them" }
}
