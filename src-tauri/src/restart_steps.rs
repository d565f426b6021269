//! A restart of Claude Desktop as it goes: three steps, the same in window, menu and
//! notification. Pure.

use crate::words::sentence;
use control::{Step, StepResult};
use serde::Serialize;

/// The steps by the keeper's names, with what they are called. That its processes are waited
/// for belongs to quitting it.
const STEPS: [(&[&str], &str); 3] = [
    (&["quit", "wait"], "Quit Claude Desktop"),
    (&["config"], "Write its config"),
    (&["restart"], "Start it again"),
];

/// One step as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// What is done.
    pub text: &'static str,
    /// How far it is.
    pub progress: Progress,
    /// What the user has to do, or why it failed; empty where nothing is to be said.
    pub message: String,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Its turn has not come, or it is at work.
    ToCome,
    /// It goes on once the user acts.
    Waits,
    /// It is done, or there was nothing to do.
    Done,
    /// It failed; what follows is not tried.
    Failed,
}

/// All three steps while a restart is at work; none otherwise.
#[must_use]
pub fn of(told: &[Step]) -> Vec<StepView> {
    if told.is_empty() {
        return Vec::new();
    }
    STEPS.map(|(names, text)| view(told, names, text)).to_vec()
}

/// What the user has to do for the restart to go on.
#[must_use]
pub fn waits_for(told: &[Step]) -> Option<&str> {
    let last = told.last()?;
    (last.result == StepResult::Waits).then_some(last.message.as_str())
}

fn view(told: &[Step], names: &[&str], text: &'static str) -> StepView {
    let mut steps = told
        .iter()
        .filter(|step| names.contains(&step.name.as_str()));
    let last = steps.next_back();
    let progress = match last.map(|step| step.result) {
        None => Progress::ToCome,
        Some(StepResult::Waits) => Progress::Waits,
        Some(StepResult::Done | StepResult::NotNeeded) => Progress::Done,
        Some(StepResult::Failed) => Progress::Failed,
    };
    StepView {
        text,
        progress,
        message: last.map(|step| sentence(&step.message)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, result: StepResult, message: &str) -> Step {
        Step {
            name: name.to_owned(),
            result,
            message: message.to_owned(),
            milliseconds: 0,
        }
    }

    #[test]
    fn each_step_says_how_far_it_is() {
        use Progress::{Done, Failed, ToCome, Waits};
        let waits = told("quit", StepResult::Waits, "quit it from its icon");
        let quit = told("quit", StepResult::Done, "");
        let stays = told("wait", StepResult::Failed, "It is still there.");
        let gone = told("wait", StepResult::Done, "");
        let written = told("config", StepResult::Done, "");
        let so = told("config", StepResult::NotNeeded, "");
        let started = told("restart", StepResult::Done, "");
        let table = [
            (vec![waits.clone()], [Waits, ToCome, ToCome]),
            (vec![waits.clone(), quit.clone()], [Done, ToCome, ToCome]),
            (vec![quit.clone(), stays], [Failed, ToCome, ToCome]),
            (
                vec![quit.clone(), gone.clone(), written],
                [Done, Done, ToCome],
            ),
            (vec![quit, gone, so, started], [Done, Done, Done]),
        ];
        for (told, expected) in table {
            let steps = of(&told);
            let progress: Vec<Progress> = steps.iter().map(|step| step.progress).collect();
            assert_eq!(progress, expected, "{told:?}");
        }
        assert_eq!(of(&[]), []);
        assert_eq!(of(&[waits])[0].message, "Quit it from its icon.");
    }

    #[test]
    fn only_the_step_at_work_waits_for_the_user() {
        let waits = told("quit", StepResult::Waits, "Quit it from its icon.");
        let quit = told("quit", StepResult::Done, "");
        assert_eq!(
            waits_for(std::slice::from_ref(&waits)),
            Some("Quit it from its icon.")
        );
        assert_eq!(waits_for(&[waits, quit]), None);
        assert_eq!(waits_for(&[]), None);
    }
}
