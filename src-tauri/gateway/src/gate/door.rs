//! The gate of a keeper: what its sessions share, and what people ask of it.

use super::caller::Caller;
use super::policy_file::{self, Content};
use super::seen::{Seen, ToolStanding};
use super::shared::{Settled, Shared, State};
use super::standing::{GateStanding, PolicyState};
use super::writer::Writer;
use super::{GatePlaces, counters_file};
use crate::scrub::scrub;
use policy::{
    Answer, Answered, Call, Denial, Explanation, Governing, Masking, Now, Origin, Pointer,
    QuestionId,
};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// How long the open questions are left alone at most: a computer that slept has to look at
/// them soon after it woke.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// The gate of one keeper. Its copies are the same gate.
#[derive(Clone)]
pub struct Gate {
    shared: Arc<Shared>,
}

/// What a person's answer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    /// The waiting call is forwarded.
    Forwarded,
    /// The waiting call is denied: by the person, or by what the policy says meanwhile.
    Denied(Denial),
    /// The call was denied already; an identical one is forwarded until then, in milliseconds
    /// since the Unix epoch.
    Kept(i64),
    /// The call was denied already, and that is that.
    Closed,
    /// There is no such question: answered, withdrawn, or too long ago.
    Unknown,
}

impl Gate {
    /// Reads the files and opens the gate. Needs a tokio runtime.
    #[must_use]
    pub fn open(places: GatePlaces, clock: fn() -> Now) -> Self {
        let (governing, read) = policy_file::first(&places);
        let ledger = counters_file::load(&places.counters, clock());
        let policy = PolicyState::of(places.policy.clone(), &governing, 0);
        let standing = GateStanding::of(policy, &ledger);
        let state = Arc::new(Mutex::new(State {
            governing,
            read,
            ledger,
            waiting: HashMap::new(),
            seen: Seen::default(),
        }));
        let shared = Arc::new(Shared {
            writer: Writer::start(places.clone(), clock, Arc::clone(&state)),
            places,
            clock,
            state,
            standing: watch::Sender::new(standing),
            policies: watch::Sender::new(0),
        });
        tokio::spawn(keep_time(
            Arc::downgrade(&shared),
            shared.standing.subscribe(),
        ));
        Self { shared }
    }

    /// One session at the gate.
    #[must_use]
    pub fn caller(&self, origin: Origin) -> Caller {
        Caller::new(&self.shared, origin)
    }

    /// Changes when other tools may be hidden than before: clients should list them again.
    #[must_use]
    pub fn lists_differ(&self) -> watch::Receiver<u64> {
        self.shared.policies.subscribe()
    }

    /// The policy in force and the open questions, now and from here on.
    #[must_use]
    pub fn standing(&self) -> watch::Receiver<GateStanding> {
        self.shared.standing.subscribe()
    }

    /// Reads the policy file again; the same as before changes nothing. Blocks for as long as
    /// that takes.
    pub fn look_again(&self) {
        let shared = &self.shared;
        let content = Content::of(&shared.places.policy);
        if shared.state().read == content {
            return;
        }
        // Parsing takes a moment, in which calls go on by the policy before.
        let alone = Governing::of(content.found(), None);
        let mut state = shared.state();
        state.read = content.clone();
        let before = std::mem::replace(&mut state.governing, Governing::Nothing);
        state.governing = before.then(alone);
        let governing = state.governing.clone();
        if !matches!(governing, Governing::LastGood { .. }) {
            shared.policies.send_modify(|count| *count += 1);
        }
        let revision = *shared.policies.borrow();
        let policy = PolicyState::of(shared.places.policy.clone(), &governing, revision);
        let standing = GateStanding::of(policy, &state.ledger);
        shared.standing.send_replace(standing);
        drop(state);
        policy_file::keep(&shared.places, &governing, &content);
    }

    /// What would become of a call made now. Nothing is counted, and nobody is asked.
    #[must_use]
    pub fn explain(&self, call: &Call<'_>) -> Explanation {
        let state = self.shared.state();
        let now = self.shared.now();
        state.ledger.explain(now, &state.governing, call)
    }

    /// The tools of an entry, hidden ones included, as its server last told them to anybody;
    /// none if it was not asked while this gate was open.
    #[must_use]
    pub fn tools(&self, entry: &str) -> Option<Vec<ToolStanding>> {
        let state = self.shared.state();
        state.seen.of(entry, &state.governing)
    }

    /// What a question asks about: the place in the policy that wants it, and the arguments
    /// with everything masked that looks secret or goes by a name that sounds so. None if there
    /// is no such question.
    #[must_use]
    pub fn asked(
        &self,
        id: QuestionId,
        sounds_secret: &dyn Fn(&str) -> bool,
    ) -> Option<(Pointer, Value)> {
        let masking = Masking {
            sounds_secret,
            scrub: &|text| scrub(text, &[]),
        };
        let state = self.shared.state();
        let mut questions = state.ledger.questions();
        let question = questions.find(|question| question.id == id)?;
        Some((question.rule.clone(), question.arguments.masked(&masking)))
    }

    /// A person answers a question.
    pub fn answer(&self, id: QuestionId, answer: Answer) -> Answering {
        let mut state = self.shared.state();
        // A call that timed out while nobody looked at the clock is not let through.
        state.end_elapsed(self.shared.now());
        let State {
            governing, ledger, ..
        } = &mut *state;
        let answered = ledger.answer(self.shared.now(), governing, id, answer);
        let answering = match answered {
            Answered::Forward(pass) => {
                state.settle(id, Settled::Forward(pass));
                Answering::Forwarded
            }
            Answered::Deny(denial) => {
                state.settle(id, Settled::Deny(denial.clone()));
                Answering::Denied(denial)
            }
            Answered::Kept { until_ms } => Answering::Kept(until_ms),
            Answered::Closed => Answering::Closed,
            Answered::Unknown => Answering::Unknown,
        };
        self.shared.show_questions(&state);
        answering
    }

    /// Returns when what was counted and written down so far is on the disk.
    pub async fn finish(&self) {
        self.shared.writer.finish().await;
    }
}

/// Ends questions whose time is up, until the gate is gone. Sleeps for good while none is open.
async fn keep_time(shared: Weak<Shared>, mut standing: watch::Receiver<GateStanding>) {
    loop {
        let wait = match shared.upgrade() {
            Some(shared) => {
                shared.tick();
                let now = shared.now();
                shared.state().ledger.next_wakeup(now)
            }
            None => return,
        };
        let nap = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait.min(LONGEST_NAP)).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = standing.changed() => if changed.is_err() { return },
            () = nap => {}
        }
    }
}
