//! Whether to disconnect Claude Desktop and remove everything.

use super::{Answer, AnswerView, Question, Weight, button, listed};
use control::{ClaudeView, EntryMode};

pub(super) fn question(claude: &ClaudeView) -> Question {
    let runs = claude.running == Some(true);
    Question {
        title: "Disconnect Claude Desktop and remove Zoomtray?".to_owned(),
        text: text(claude, runs),
        answers: vec![
            button(Answer::Leave, "Keep it", Weight::Safe),
            AnswerView {
                enabled: !(runs && serves(claude)),
                ..button(Answer::Remove, "Disconnect and remove", Weight::Danger)
            },
        ],
    }
}

fn text(claude: &ClaudeView, runs: bool) -> String {
    let served = served(claude);
    let entries = match served.as_slice() {
        [] => String::new(),
        [name] => format!("Claude Desktop's entry {name} gets back what it held before. "),
        names => format!(
            "Claude Desktop's entries {} get back what they held before. ",
            listed(names)
        ),
    };
    let quit_first = if runs && serves(claude) {
        " Quit Claude Desktop first: it would write its own copy of the config over it."
    } else {
        ""
    };
    format!(
        "{entries}Accounts, tokens and settings are deleted from this computer, and Zoomtray no \
         longer starts at login. The app in Zoom stays as it is.{quit_first}"
    )
}

fn served(claude: &ClaudeView) -> Vec<&str> {
    let entries = claude.entries.iter();
    let served = entries.filter(|entry| entry.mode != EntryMode::Off);
    served.map(|entry| entry.name.as_str()).collect()
}

fn serves(claude: &ClaudeView) -> bool {
    !served(claude).is_empty()
}
