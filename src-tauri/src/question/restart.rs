//! Whether to restart Claude Desktop for a new token: the same words in the notification, the
//! menu and the window.

use super::{Answer, Question, Weight, button, listed};
use control::{ClaudeView, EntryMode, RestartAnswer};

/// The question, also the text of the submenu.
pub const TITLE: &str = "Restart Claude Desktop?";

/// What its notification is about.
pub const TOPIC: &str = "restart";

/// The answers, in their order.
pub const ANSWERS: [RestartAnswer; 3] = [
    RestartAnswer::Now,
    RestartAnswer::WhenQuit,
    RestartAnswer::NotThisTime,
];

/// What an answer says.
#[must_use]
pub fn label(answer: RestartAnswer) -> &'static str {
    match answer {
        RestartAnswer::Now => "Restart now",
        RestartAnswer::WhenQuit => "When I quit Claude",
        RestartAnswer::NotThisTime => "Not this time",
    }
}

/// The name by which a notification's action comes back.
#[must_use]
pub fn key(answer: RestartAnswer) -> &'static str {
    match answer {
        RestartAnswer::Now => "restart-now",
        RestartAnswer::WhenQuit => "when-quit",
        RestartAnswer::NotThisTime => "not-this-time",
    }
}

/// The answer of this name.
#[must_use]
pub fn of_key(name: &str) -> Option<RestartAnswer> {
    ANSWERS.into_iter().find(|answer| key(*answer) == name)
}

/// What it means: which entries wait, and what a restart does.
#[must_use]
pub fn text(claude: &ClaudeView) -> String {
    let entries = claude.entries.iter();
    let injected = entries.filter(|entry| entry.mode == EntryMode::Inject);
    let names: Vec<&str> = injected.map(|entry| entry.name.as_str()).collect();
    let who = match names.as_slice() {
        [] => "Claude Desktop uses".to_owned(),
        [name] => format!("Claude Desktop's entry {name} uses"),
        names => format!("Claude Desktop's entries {} use", listed(names)),
    };
    format!(
        "There is a new Zoom token. {who} the old one until Claude Desktop is restarted, which \
         ends what it is doing."
    )
}

/// The question while it is open.
pub(super) fn question(claude: &ClaudeView) -> Option<Question> {
    claude.question.map(|_| Question {
        title: TITLE.to_owned(),
        text: text(claude),
        answers: ANSWERS.map(view).to_vec(),
    })
}

fn view(answer: RestartAnswer) -> super::AnswerView {
    let choice = match answer {
        RestartAnswer::Now => Answer::RestartNow,
        RestartAnswer::WhenQuit => Answer::WhenQuit,
        RestartAnswer::NotThisTime => Answer::NotThisTime,
    };
    button(choice, label(answer), Weight::Plain)
}
