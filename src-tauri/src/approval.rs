//! Calls that wait for a person: the same words in the notification, the menu and the window.
//! Pure. Names tool and entry alone; arguments are shown where the user asks for them.

use crate::clock::Clock;
use control::{Answered, ApprovalAnswer, GateView, QuestionView};
use lifecycle::WallTime;
use serde::Serialize;

/// The answers, in their order.
pub const ANSWERS: [ApprovalAnswer; 2] = [ApprovalAnswer::AllowOnce, ApprovalAnswer::Deny];

/// What an answer says.
#[must_use]
pub fn label(answer: ApprovalAnswer) -> &'static str {
    match answer {
        ApprovalAnswer::AllowOnce => "Allow once",
        ApprovalAnswer::Deny => "Deny",
    }
}

/// The name by which a notification's action comes back.
#[must_use]
pub fn key(answer: ApprovalAnswer) -> &'static str {
    match answer {
        ApprovalAnswer::AllowOnce => "allow-once",
        ApprovalAnswer::Deny => "deny",
    }
}

/// The answer of this name.
#[must_use]
pub fn of_key(name: &str) -> Option<ApprovalAnswer> {
    ANSWERS.into_iter().find(|answer| key(*answer) == name)
}

/// The question.
#[must_use]
pub fn title(question: &QuestionView) -> String {
    format!("Allow {}?", question.tool)
}

/// Who asks, and until when.
#[must_use]
pub fn text(question: &QuestionView, now: WallTime, clock: &Clock) -> String {
    let entry = &question.entry;
    let until = clock.second(question.until, now);
    if question.waits {
        format!("A call through entry {entry} waits until {until}.")
    } else {
        format!(
            "A call through entry {entry} timed out at {until}. Allowed now, it holds for the same \
             call for five minutes."
        )
    }
}

/// What the user has to hear of their answer, as title and text; nothing where it did what it
/// says.
#[must_use]
pub fn told(
    answer: ApprovalAnswer,
    answered: &Answered,
    now: WallTime,
    clock: &Clock,
) -> Option<(&'static str, String)> {
    match (answered, answer) {
        (Answered::Forwarded, _) | (Answered::Denied { .. }, ApprovalAnswer::Deny) => None,
        (Answered::Denied { words }, ApprovalAnswer::AllowOnce) => {
            Some(("The call is denied nevertheless", words.clone()))
        }
        (Answered::Kept { until }, _) => {
            let until = clock.second(*until, now);
            let text = format!("The same call is let through once until {until}.");
            Some((TIMED_OUT, text))
        }
        (Answered::Closed, _) => Some((TIMED_OUT, "It was denied.".to_owned())),
    }
}

const TIMED_OUT: &str = "The call had timed out";

/// The menu's line.
#[must_use]
pub fn line(gate: &GateView) -> String {
    match waiting(gate) {
        0 => "No call waits for you".to_owned(),
        1 => "1 call waits for you…".to_owned(),
        count => format!("{count} calls wait for you…"),
    }
}

/// How many calls wait.
#[must_use]
pub fn waiting(gate: &GateView) -> usize {
    gate.questions.iter().filter(|asked| asked.waits).count()
}

/// A question as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApprovalView {
    /// Its number.
    pub id: u32,
    /// The question itself.
    pub title: String,
    /// Who asks, and until when.
    pub text: String,
    /// What the button that lets the call through says.
    pub allow: &'static str,
    /// What the other one says.
    pub deny: &'static str,
}

/// The questions for the window, oldest first.
#[must_use]
pub fn views(gate: &GateView, now: WallTime, clock: &Clock) -> Vec<ApprovalView> {
    let view = |question: &QuestionView| ApprovalView {
        id: question.id,
        title: title(question),
        text: text(question, now, clock),
        allow: label(ApprovalAnswer::AllowOnce),
        deny: label(ApprovalAnswer::Deny),
    };
    gate.questions.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{before, question};
    use jiff::tz::TimeZone;

    #[test]
    fn a_question_names_tool_entry_and_time() {
        let clock = Clock::in_zone(TimeZone::UTC);
        let mut asked = question(7);
        assert_eq!(title(&asked), "Allow create_meeting?");
        assert_eq!(
            text(&asked, before(42), &clock),
            "A call through entry zoom waits until 14:26:20."
        );
        asked.waits = false;
        assert_eq!(
            text(&asked, before(42), &clock),
            "A call through entry zoom timed out at 14:26:20. Allowed now, it holds for the same \
             call for five minutes."
        );
    }

    #[test]
    fn the_menu_counts_the_calls_that_wait() {
        let mut gate = GateView::default();
        assert_eq!(line(&gate), "No call waits for you");
        gate.questions = vec![question(1)];
        assert_eq!(line(&gate), "1 call waits for you…");
        gate.questions.push(question(2));
        assert_eq!(line(&gate), "2 calls wait for you…");
        gate.questions[0].waits = false;
        assert_eq!(line(&gate), "1 call waits for you…");
    }

    #[test]
    fn an_answer_that_did_something_else_is_told() {
        let clock = Clock::in_zone(TimeZone::UTC);
        let told = |answer, answered| told(answer, &answered, before(42), &clock);
        let denied = || Answered::Denied {
            words: "Denied by the policy's rule /hide/0.".to_owned(),
        };
        let until = question(7).until;
        let [allow, deny] = ANSWERS;
        assert_eq!(told(allow, Answered::Forwarded), None);
        assert_eq!(told(deny, denied()), None);
        let (_, text) = told(allow, denied()).unwrap();
        assert_eq!(text, "Denied by the policy's rule /hide/0.");
        let (title, text) = told(allow, Answered::Kept { until }).unwrap();
        assert_eq!(
            (title, text.as_str()),
            (
                TIMED_OUT,
                "The same call is let through once until 14:26:20."
            )
        );
        assert_eq!(told(deny, Answered::Closed).unwrap().0, TIMED_OUT);
    }

    #[test]
    fn every_answer_is_known_by_its_key() {
        for answer in ANSWERS {
            assert_eq!(of_key(key(answer)), Some(answer));
        }
        assert_eq!(of_key("restart-now"), None);
    }
}
