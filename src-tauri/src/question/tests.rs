//! Each question as the user reads it.

use super::restart::{ANSWERS, key, label, of_key};
use super::{Answer, Asking, Question, Weight, of};
use crate::clock::Clock;
use crate::fixture::{before, snapshot};
use control::{ClaudeView, Drift, EntryMode, EntryView, LossView, RestartQuestion, Snapshot};
use jiff::tz::TimeZone;

fn entry(name: &str, mode: EntryMode, drift: Drift) -> EntryView {
    EntryView {
        name: name.to_owned(),
        mode,
        drift,
        ..EntryView::default()
    }
}

fn asked(claude: ClaudeView, asking: Option<Asking>) -> Option<Question> {
    let snapshot = Snapshot {
        claude,
        ..snapshot(vec![])
    };
    let clock = Clock::in_zone(TimeZone::UTC);
    of(&snapshot, asking, before(0), &clock)
}

fn injected(running: bool) -> ClaudeView {
    ClaudeView {
        entries: vec![entry("zoom", EntryMode::Inject, Drift::None)],
        running: Some(running),
        ..ClaudeView::default()
    }
}

#[test]
fn nothing_is_asked_without_a_reason() {
    assert_eq!(asked(injected(true), None), None);
    assert_eq!(
        asked(injected(true), Some(Asking::Restore)),
        None,
        "nothing is adrift"
    );
}

#[test]
fn a_removal_says_what_goes_and_waits_for_claude_to_be_quit() {
    let question = asked(injected(true), Some(Asking::Removal)).unwrap();
    assert_eq!(
        question.text,
        "Claude Desktop's entry zoom gets back what it held before. Accounts, tokens and settings \
         are deleted from this computer, and Zoomtray no longer starts at login. The app in Zoom \
         stays as it is. Quit Claude Desktop first: it would write its own copy of the config \
         over it."
    );
    let answers = |question: &Question| -> Vec<(Answer, Weight, bool)> {
        let answers = question.answers.iter();
        answers
            .map(|view| (view.answer, view.weight, view.enabled))
            .collect()
    };
    let leave = (Answer::Leave, Weight::Safe, true);
    let remove = |enabled| (Answer::Remove, Weight::Danger, enabled);
    assert_eq!(answers(&question), [leave, remove(false)]);

    let closed = asked(injected(false), Some(Asking::Removal)).unwrap();
    assert_eq!(answers(&closed), [leave, remove(true)]);
    assert!(!closed.text.contains("Quit"), "{}", closed.text);
    let none = ClaudeView {
        running: Some(true),
        ..ClaudeView::default()
    };
    let none = asked(none, Some(Asking::Removal)).unwrap();
    assert_eq!(answers(&none), [leave, remove(true)], "it serves nothing");
    assert!(none.text.starts_with("Accounts"), "{}", none.text);
}

#[test]
fn a_restore_says_what_was_lost_and_when_it_is_put_back() {
    let table = [
        (
            vec![("zoom", Drift::Lost)],
            Some(true),
            "Put entry zoom back?",
            "Entry zoom was found gone at 14:47. Zoomtray writes it once Claude Desktop is quit.",
        ),
        (
            vec![("rooms", Drift::Changed), ("zoom", Drift::Lost)],
            Some(false),
            "Put entries rooms and zoom back?",
            "Entry rooms was found changed at 14:47. Entry zoom was found gone at 14:47. Claude \
             Desktop is closed: Zoomtray writes them now.",
        ),
    ];
    for (adrift, running, title, text) in table {
        let loss = |(entry, drift): &(&str, Drift)| LossView {
            at: before(20),
            entry: (*entry).to_owned(),
            drift: *drift,
            restored: None,
        };
        let claude = ClaudeView {
            entries: adrift
                .iter()
                .map(|(name, drift)| entry(name, EntryMode::Relay, *drift))
                .collect(),
            losses: adrift.iter().map(loss).collect(),
            running,
            ..ClaudeView::default()
        };
        let question = asked(claude, Some(Asking::Restore)).unwrap();
        assert_eq!(
            (question.title.as_str(), question.text.as_str()),
            (title, text)
        );
        assert_eq!(question.answers[0].weight, Weight::Safe);
        assert_eq!(question.answers[1].answer, Answer::Restore);
    }
}

#[test]
fn a_restart_is_asked_with_three_answers_until_it_is_answered() {
    let claude = ClaudeView {
        question: Some(RestartQuestion {
            generation: 7,
            asked_at: before(1),
        }),
        ..injected(true)
    };
    let question = asked(claude, None).unwrap();
    assert_eq!(question.title, "Restart Claude Desktop?");
    assert_eq!(
        question.text,
        "There is a new Zoom token. Claude Desktop's entry zoom uses the old one until Claude \
         Desktop is restarted, which ends what it is doing."
    );
    let said: Vec<&str> = question.answers.iter().map(|view| view.text).collect();
    assert_eq!(said, ["Restart now", "When I quit Claude", "Not this time"]);
    for (view, answer) in question.answers.iter().zip(ANSWERS) {
        assert_eq!(view.answer.to_restart(), Some(answer));
        assert_eq!(of_key(key(answer)), Some(answer));
        assert_eq!(label(answer), view.text);
    }
    assert_eq!(of_key("default"), None, "a click beside the buttons");
}

#[test]
fn what_the_user_called_for_comes_first() {
    let claude = ClaudeView {
        question: Some(RestartQuestion {
            generation: 7,
            asked_at: before(1),
        }),
        ..injected(true)
    };
    let question = asked(claude.clone(), Some(Asking::Removal)).unwrap();
    assert!(question.title.starts_with("Disconnect"));
    let question = asked(claude, Some(Asking::Restore)).unwrap();
    assert_eq!(
        question.title, "Restart Claude Desktop?",
        "there is nothing to restore"
    );
}
