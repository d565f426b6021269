//! The words of a notification: what happened, to what, and what to do now.

use super::Message;
use super::episode::News;
use crate::clock::Clock;
use crate::minutes::Minutes;
use crate::question::restart;
use crate::words::{sentence, without_code_marks};
use control::{AccountView, AlertView, ClaudeView};
use lifecycle::{Activity, SuspendReason, WallTime};

/// A notification, ready to be sent. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about: a newer notice about the same takes its place on the screen.
    pub topic: String,
    /// What happened.
    pub title: String,
    /// To what, and what to do now.
    pub body: String,
    /// Whether it needs the user.
    pub urgent: bool,
}

pub(super) fn notice(news: News, account: &AccountView, now: WallTime, clock: &Clock) -> Notice {
    let label = &account.label;
    match news {
        News::ExpiresSoon => Notice {
            topic: account.id.clone(),
            title: expires_in(account, now),
            body: format!("{label} is not being refreshed. {}", what_to_do(account)),
            urgent: true,
        },
        News::Expired => Notice {
            topic: account.id.clone(),
            title: "Zoom token expired".to_owned(),
            body: format!("{label} has no valid token. {}", what_to_do(account)),
            urgent: true,
        },
        News::Suspended => Notice {
            topic: account.id.clone(),
            title: "Zoom refresh suspended".to_owned(),
            body: without_code_marks(&format!(
                "{label}: {} {}",
                why(account),
                what_to_do(account)
            )),
            urgent: true,
        },
        News::Recovered => Notice {
            topic: account.id.clone(),
            title: "Zoom token fresh again".to_owned(),
            body: account.condition.token.map_or_else(
                || format!("{label} is well again."),
                |span| format!("{label}: valid until {}.", clock.minute(span.expires, now)),
            ),
            urgent: false,
        },
    }
}

/// The topic of what is lost from Claude Desktop's config.
pub(super) const GUARDIAN: &str = "guardian";

/// What the guardian of Claude Desktop's config tells.
pub(super) fn alert(alert: &AlertView) -> Message {
    Message::Say(Notice {
        topic: GUARDIAN.to_owned(),
        title: alert.title.clone(),
        body: without_code_marks(&alert.text),
        urgent: true,
    })
}

/// The question about `generation`, or that there is none any more.
pub(super) fn question(generation: Option<u64>, claude: &ClaudeView) -> Message {
    match generation {
        Some(generation) => Message::Ask {
            generation,
            notice: Notice {
                topic: restart::TOPIC.to_owned(),
                title: restart::TITLE.to_owned(),
                body: restart::text(claude),
                urgent: true,
            },
        },
        None => Message::Withdraw,
    }
}

/// A restart goes on once the user has done this.
pub(super) fn restart_waits(what: &str) -> Message {
    Message::Say(Notice {
        topic: "restart".to_owned(),
        title: "Claude Desktop restarts once you quit it".to_owned(),
        body: without_code_marks(&sentence(what)),
        urgent: true,
    })
}

fn expires_in(account: &AccountView, now: WallTime) -> String {
    let left = account
        .condition
        .token
        .and_then(|span| Minutes::of(span.remaining(now)));
    left.map_or_else(
        || "Zoom token expires now".to_owned(),
        |left| format!("Zoom token expires in {left}"),
    )
}

/// What Zoom or the network said last, where it said something.
fn why(account: &AccountView) -> String {
    let last = account
        .last_refresh
        .as_ref()
        .map(|last| last.message.trim());
    match (
        last.filter(|message| !message.is_empty()),
        account.condition.activity,
    ) {
        (Some(message), _) => message.to_owned(),
        (
            None,
            Activity::Suspended {
                reason: SuspendReason::NewTokensRejected,
            },
        ) => "Zoom rejects new tokens.".to_owned(),
        (None, _) => "Zoom refused the last attempts.".to_owned(),
    }
}

fn what_to_do(account: &AccountView) -> &'static str {
    match account.condition.activity {
        Activity::Suspended {
            reason: SuspendReason::SignInAgain,
        } => "Open Zoomtray and sign in again.",
        Activity::Suspended { .. } => "Choose Try again now in the tray once that is put right.",
        Activity::Waiting { .. } => "Zoomtray goes on trying; open it to see why.",
        Activity::Idle | Activity::Refreshing => "Choose Refresh now in the tray.",
    }
}
