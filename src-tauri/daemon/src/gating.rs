//! The gate of this keeper: where its files are, when it looks at them, and what the board shows
//! of it.

use crate::board::Board;
use crate::clock::wall_now;
use crate::setup::Setup;
use claude::{ConfigFile, Watcher};
use control::{EventKind, GateView, PolicyInForce, PolicyView, QuestionView};
use files::Folders;
use gateway::{Gate, GatePlaces, GateStanding, OpenQuestion, PolicyKind, PolicyState};
use lifecycle::WallTime;
use policy::{Now, QuestionState};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Where the policy file is, or would be.
#[must_use]
pub fn policy_file(folders: &Folders) -> PathBuf {
    folders.config.join("policy.json")
}

/// The folder of the activity log.
#[must_use]
pub fn activity_folder(folders: &Folders) -> PathBuf {
    folders.data.join("activity")
}

/// Opens the gate. Must be called inside a tokio runtime.
pub(crate) fn open(folders: &Folders) -> Gate {
    let places = GatePlaces {
        policy: policy_file(folders),
        last_good: folders.data.join("policy-last-good.json"),
        counters: folders.data.join("policy-counters.json"),
        activity: activity_folder(folders),
    };
    Gate::open(places, now)
}

fn now() -> Now {
    let now = keeper::now();
    Now {
        wall_ms: now.wall.0,
        boot_ms: i64::try_from(now.boot.0).unwrap_or(i64::MAX),
    }
}

/// What looks at the policy file and shows the gate. Dropped, it ends.
pub(crate) struct Gating {
    tasks: [JoinHandle<()>; 2],
}

impl Gating {
    /// Shows the gate, and follows edits of its policy.
    pub(crate) fn start(gate: &Gate, setup: &Setup, board: &Arc<Board>) -> Self {
        board.change(|snapshot| snapshot.gate = view(&gate.standing().borrow()));
        let file = ConfigFile::new(policy_file(&setup.folders), &setup.folders.data);
        Self {
            tasks: [
                tokio::spawn(show(gate.clone(), Arc::clone(board))),
                tokio::spawn(follow_edits(gate.clone(), file)),
            ],
        }
    }
}

impl Drop for Gating {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn follow_edits(gate: Gate, file: ConfigFile) {
    let started = tokio::task::spawn_blocking(move || Watcher::start(&file)).await;
    let (_watcher, mut edits) = match started {
        Ok(Ok(started)) => started,
        Ok(Err(error)) => {
            tracing::warn!(%error, "edits of the policy are read at the next start alone");
            return;
        }
        // The runtime ends.
        Err(_) => return,
    };
    // It may have been edited before anybody watched.
    look_again(&gate).await;
    while edits.recv().await.is_some() {
        look_again(&gate).await;
    }
}

async fn look_again(gate: &Gate) {
    let gate = gate.clone();
    if let Err(error) = tokio::task::spawn_blocking(move || gate.look_again()).await {
        tracing::error!(%error, "the policy was not read again");
    }
}

async fn show(gate: Gate, board: Arc<Board>) {
    let mut standing = gate.standing();
    let mut told = None;
    loop {
        let now = standing.borrow_and_update().clone();
        if let Some(text) = news(told.as_ref(), &now.policy) {
            board.event(wall_now(), EventKind::Notice, text);
        }
        board.change(|snapshot| snapshot.gate = view(&now));
        told = Some(now.policy);
        if standing.changed().await.is_err() {
            return;
        }
    }
}

fn view(standing: &GateStanding) -> GateView {
    GateView {
        policy: policy_view(&standing.policy),
        questions: standing.questions.iter().map(question).collect(),
    }
}

fn policy_view(policy: &PolicyState) -> PolicyView {
    PolicyView {
        path: policy.path.clone(),
        in_force: match policy.kind {
            PolicyKind::Nothing => PolicyInForce::Nothing,
            PolicyKind::File => PolicyInForce::File,
            PolicyKind::LastGood => PolicyInForce::LastGood,
            PolicyKind::Broken => PolicyInForce::Broken,
        },
        mistakes: policy.mistakes.clone(),
    }
}

fn question(question: &OpenQuestion) -> QuestionView {
    QuestionView {
        id: question.id.0,
        tool: question.tool.clone(),
        entry: question.entry.clone(),
        asked_at: WallTime(question.asked_ms),
        until: WallTime(question.until_ms),
        waits: question.state == QuestionState::Waiting,
    }
}

/// What is worth telling: another policy in force, or other mistakes. A policy that was there
/// from the start is not.
fn news(before: Option<&PolicyState>, now: &PolicyState) -> Option<String> {
    let begins = before.is_none();
    if before == Some(now) {
        return None;
    }
    match now.kind {
        PolicyKind::Nothing | PolicyKind::File if begins => None,
        PolicyKind::Nothing => Some("The policy file is gone: every call is forwarded.".to_owned()),
        PolicyKind::File => Some("The policy was read and is in force.".to_owned()),
        PolicyKind::LastGood | PolicyKind::Broken => mistake(&policy_view(now)),
    }
}

/// What is wrong with the policy file and what is in force meanwhile; none if it is well.
pub(crate) fn mistake(policy: &PolicyView) -> Option<String> {
    let meanwhile = match policy.in_force {
        PolicyInForce::Nothing | PolicyInForce::File => return None,
        PolicyInForce::LastGood => "the policy before it is still in force",
        PolicyInForce::Broken => "every call is denied",
    };
    let path = policy.path.display();
    let (first, more) = policy.mistakes.split_first()?;
    let more = match more.len() {
        0 => String::new(),
        more => format!(" {more} more: `zoomtrayctl policy check` tells them."),
    };
    Some(format!(
        "{path} has a mistake, so {meanwhile}. Correct it: {first}.{more}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(kind: PolicyKind, revision: u64, mistakes: &[&str]) -> PolicyState {
        PolicyState {
            path: "/c/policy.json".into(),
            kind,
            revision,
            mistakes: mistakes.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn what_is_as_it_was_at_the_start_is_no_news_and_a_mistake_is() {
        for well in [PolicyKind::Nothing, PolicyKind::File] {
            assert_eq!(news(None, &policy(well, 0, &[])), None);
        }
        let broken = policy(PolicyKind::Broken, 0, &["line 2: x", "y"]);
        assert_eq!(
            news(None, &broken).unwrap(),
            "/c/policy.json has a mistake, so every call is denied. Correct it: line 2: x. \
             1 more: `zoomtrayctl policy check` tells them."
        );
    }

    #[test]
    fn each_change_is_told_once() {
        let file = policy(PolicyKind::File, 1, &[]);
        let kept = policy(PolicyKind::LastGood, 1, &["line 2: x"]);
        let told = news(Some(&file), &kept).unwrap();
        assert!(told.contains("before it is still in force"), "{told}");
        assert_eq!(news(Some(&kept), &kept), None);
        let in_force = "The policy was read and is in force.";
        assert_eq!(news(Some(&kept), &file).unwrap(), in_force);
        let another = policy(PolicyKind::File, 2, &[]);
        assert_eq!(news(Some(&file), &another).unwrap(), in_force);
        let gone = news(Some(&file), &policy(PolicyKind::Nothing, 3, &[])).unwrap();
        assert_eq!(gone, "The policy file is gone: every call is forwarded.");
    }
}
