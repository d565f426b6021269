//! Decides about calls: counts them against limits and keeps what people are asked.
//!
//! A call that is let through has a [`Pass`]. Until it is [`Ledger::forwarded`] or given back its
//! place under every limit is held, however long that takes; what was given back counts as if it
//! had never been.

mod approvals;
mod counter;
mod counters;
mod held;
mod pass;
mod question;
mod saved;

pub use approvals::{Elapsed, Withdrawal};
pub use pass::Pass;
pub use question::{Question, QuestionId, QuestionState};
pub use saved::{SavedCounter, SavedCounters};

use crate::call::Call;
use crate::denial::Denial;
use crate::explanation::Explanation;
use crate::governing::Governing;
use crate::pointer::Pointer;
use crate::rules::{Approval, Terms};
use crate::time::Now;
use approvals::Approvals;
use counters::Counters;
use held::Held;
use std::time::Duration;

/// What was counted and asked so far.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    counters: Counters,
    approvals: Approvals,
}

/// What becomes of a call.
#[derive(Debug)]
pub enum Decision {
    /// It is forwarded.
    Forward(Pass),
    /// It waits until a person answers.
    Ask(Asked),
    /// It is answered with this.
    Deny(Denial),
}

/// A question that was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its number.
    pub question: QuestionId,
    /// The place in the policy file that wants it.
    pub rule: Pointer,
    /// Older ones that give way to it, such as one about the identical call that timed out:
    /// they can no longer be answered.
    pub closes: Vec<QuestionId>,
}

/// What a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This call, once.
    Allow,
    /// Not this call.
    Deny,
}

/// What an answer did.
#[derive(Debug)]
pub enum Answered {
    /// The waiting call is forwarded.
    Forward(Pass),
    /// The waiting call is denied: by the person, or by what the policy says meanwhile.
    Deny(Denial),
    /// The call was denied already; an identical one is forwarded until then.
    Kept {
        /// Milliseconds since the Unix epoch.
        until_ms: i64,
    },
    /// The call was denied already, and that is that.
    Closed,
    /// There is no such question: answered, withdrawn, or too long ago.
    Unknown,
}

impl Ledger {
    /// Decides about a call that came at `now`, and counts it.
    pub fn decide(&mut self, now: Now, governing: &Governing, call: &Call<'_>) -> Decision {
        let terms = match governing.check(call) {
            Ok(terms) => terms,
            Err(denial) => return Decision::Deny(denial),
        };
        let slots = match self.counters.reserve(now, &terms.limits, call.origin) {
            Ok(slots) => slots,
            Err(denial) => return Decision::Deny(denial),
        };
        let Some(approval) = terms.approval else {
            return Decision::Forward(Pass::new(slots, None));
        };
        if let Some(held) = self.approvals.take_held(now, call) {
            return Decision::Forward(Pass::new(slots, Some(held)));
        }
        if let Some(denial) = self.approvals.refusal(approval) {
            self.counters.give_back(&slots);
            return Decision::Deny(denial);
        }
        Decision::Ask(self.approvals.ask(now, call, approval, slots))
    }

    /// What would become of a call made now. Nothing is counted, and nobody is asked.
    #[must_use]
    pub fn explain(&self, now: Now, governing: &Governing, call: &Call<'_>) -> Explanation {
        let Terms {
            rule,
            limits,
            approval,
        } = match governing.check(call) {
            Ok(terms) => terms,
            Err(denial) => return Explanation::Deny(denial),
        };
        if let Some(denial) = self.counters.refusal(now, &limits, call.origin) {
            return Explanation::Deny(denial);
        }
        match approval {
            Some(approval) if !self.approvals.holds(now, call) => self.explain_asking(approval),
            _ => Explanation::Forward { rule },
        }
    }

    fn explain_asking(&self, approval: &Approval) -> Explanation {
        match self.approvals.refusal(approval) {
            Some(denial) => Explanation::Deny(denial),
            None => Explanation::Ask {
                rule: approval.rule.clone(),
                timeout: approval.timeout,
            },
        }
    }

    /// The call is on its way to the server: its place under each limit counts from `now` on.
    pub fn forwarded(&mut self, now: Now, pass: &Pass) {
        self.counters.forwarded(now, &pass.slots);
    }

    /// The call did not reach the server, forwarded or not: it is as if it had not been made.
    /// What a person allowed stays allowed for the identical call, as long as a late answer.
    pub fn give_back(&mut self, pass: Pass) {
        self.counters.give_back(&pass.slots);
        if let Some(held) = pass.approval {
            self.approvals.hold(held);
        }
    }

    /// A person answers. The policy is asked again: it may have changed since the question.
    pub fn answer(
        &mut self,
        now: Now,
        governing: &Governing,
        id: QuestionId,
        answer: Answer,
    ) -> Answered {
        let Some(question) = self.approvals.take(id) else {
            return Answered::Unknown;
        };
        let slots = question.slots.as_ref();
        if let Some(slots) = slots {
            self.counters.give_back(slots);
        }
        match (answer, slots) {
            (Answer::Allow, Some(_)) => self.allow(now, governing, question),
            (Answer::Allow, None) => {
                self.approvals.hold(Held::of(now, question));
                let until_ms = now.wall_ms.saturating_add(held::HOLDS_MS);
                Answered::Kept { until_ms }
            }
            (Answer::Deny, Some(_)) => Answered::Deny(question.denied()),
            (Answer::Deny, None) => Answered::Closed,
        }
    }

    fn allow(&mut self, now: Now, governing: &Governing, question: Question) -> Answered {
        let call = question.call();
        let reserved = governing
            .check(&call)
            .and_then(|terms| self.counters.reserve(now, &terms.limits, call.origin));
        match reserved {
            Ok(slots) => {
                let held = Held::of(now, question);
                Answered::Forward(Pass::new(slots, Some(held)))
            }
            Err(denial) => Answered::Deny(denial),
        }
    }

    /// The client no longer waits for the call that `id` asks about.
    pub fn withdraw(&mut self, id: QuestionId) -> Withdrawal {
        let (withdrawal, slots) = self.approvals.withdraw(id);
        if let Some(slots) = slots {
            self.counters.give_back(&slots);
        }
        withdrawal
    }

    /// Ends the questions whose time is up.
    pub fn tick(&mut self, now: Now) -> Vec<Elapsed> {
        let (elapsed, slots) = self.approvals.elapse(now);
        for slots in slots {
            self.counters.give_back(&slots);
        }
        elapsed
    }

    /// How long until [`Self::tick`] has something to do; none while nothing is asked.
    #[must_use]
    pub fn next_wakeup(&self, now: Now) -> Option<Duration> {
        self.approvals.next_wakeup(now)
    }

    /// The questions that can be answered, oldest first.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.approvals.questions()
    }

    /// What must be kept for the next process. Forgets what has left its window.
    pub fn save(&mut self, now: Now) -> SavedCounters {
        self.counters.save(now)
    }

    /// A ledger that goes on from what an earlier process kept.
    #[must_use]
    pub fn load(now: Now, saved: SavedCounters) -> Self {
        Self {
            counters: Counters::load(now, saved),
            approvals: Approvals::default(),
        }
    }
}
