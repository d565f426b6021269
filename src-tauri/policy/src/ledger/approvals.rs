//! Questions to people: put, answered, withdrawn, too late.

use super::Asked;
use super::counters::Slots;
use super::held::{HOLDS_MS, Held};
use super::question::{Question, QuestionId};
use crate::call::Call;
use crate::denial::{Cause, Denial, NotApproved};
use crate::rules::Approval;
use crate::time::{Now, millis, until};
use std::time::Duration;

/// Most calls that wait for a person at once: each holds its arguments.
pub(crate) const MOST_WAITING: usize = 50;

/// Most questions that are kept, those with nobody waiting included.
const MOST_KEPT: usize = 2 * MOST_WAITING;

/// How long after its time-out a question can still be answered: as long as the answer holds.
const ANSWERABLE_MS: i64 = HOLDS_MS;

/// One more than the largest number of a question.
const NUMBERS: u32 = 1_000_000;

/// Numbers this far behind the last one count as given: a clock that was set back gives none
/// out twice.
const NUMBERS_GIVEN: u32 = 100_000;

/// What is asked, and what was allowed and not yet used.
#[derive(Clone, Debug, Default)]
pub(super) struct Approvals {
    /// Oldest first.
    questions: Vec<Question>,
    held: Vec<Held>,
    last: Option<u32>,
}

/// What the passing of time did to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elapsed {
    /// Nobody answered in time: the waiting call is answered with this. The question stays.
    TimedOut {
        /// Which.
        question: QuestionId,
        /// What the call is answered with.
        denial: Denial,
    },
    /// It can no longer be answered.
    Closed {
        /// Which.
        question: QuestionId,
    },
}

/// What a client's cancellation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// The question is gone; the call is not answered.
    Withdrawn,
    /// No call waits for such a question.
    NotWaiting,
}

impl Approvals {
    /// Why nobody can be asked now, if so.
    pub(super) fn refusal(&self, approval: &Approval) -> Option<Denial> {
        let waiting = self.questions.iter().filter(|one| one.slots.is_some());
        if waiting.count() < MOST_WAITING {
            return None;
        }
        let reason = format!(
            "{MOST_WAITING} calls wait for a person already. Call again when some have ended."
        );
        let cause = Cause::NotApproved(NotApproved::TooManyWait);
        Some(Denial::new(&approval.rule, cause, reason))
    }

    /// Puts a question. One about the identical call for which nobody waits gives way to it.
    pub(super) fn ask(
        &mut self,
        now: Now,
        call: &Call<'_>,
        approval: &Approval,
        slots: Slots,
    ) -> Asked {
        let identical = self.drop_unanswered(|one| one.asks_about(call));
        let is_full = self.questions.len() >= MOST_KEPT;
        let oldest = self.drop_unanswered(|_| is_full);
        let id = self.number(now);
        let timeout_ms = millis(approval.timeout);
        self.questions.push(Question {
            id,
            origin: call.origin.clone(),
            tool: call.tool.to_owned(),
            arguments: call.arguments.clone(),
            rule: approval.rule.clone(),
            asked_ms: now.wall_ms,
            until_ms: now.wall_ms.saturating_add(timeout_ms),
            deadline_ms: now.boot_ms.saturating_add(timeout_ms),
            slots: Some(slots),
        });
        Asked {
            question: id,
            rule: approval.rule.clone(),
            closes: identical.into_iter().chain(oldest).collect(),
        }
    }

    /// The question, which is answered with that.
    pub(super) fn take(&mut self, id: QuestionId) -> Option<Question> {
        let at = self.questions.iter().position(|one| one.id == id)?;
        Some(self.questions.remove(at))
    }

    pub(super) fn withdraw(&mut self, id: QuestionId) -> (Withdrawal, Option<Slots>) {
        let is_it = |one: &Question| one.id == id && one.slots.is_some();
        match self.questions.iter().position(is_it) {
            Some(at) => (Withdrawal::Withdrawn, self.questions.remove(at).slots),
            None => (Withdrawal::NotWaiting, None),
        }
    }

    /// Ends what has had its time; the places of calls that no longer wait come back too.
    pub(super) fn elapse(&mut self, now: Now) -> (Vec<Elapsed>, Vec<Slots>) {
        self.held.retain(|held| held.lives(now));
        let (mut elapsed, mut freed) = (Vec::new(), Vec::new());
        for question in &mut self.questions {
            if question.deadline_ms > now.boot_ms {
                continue;
            }
            if let Some(slots) = question.slots.take() {
                freed.push(slots);
                question.deadline_ms = now.boot_ms.saturating_add(ANSWERABLE_MS);
                elapsed.push(Elapsed::TimedOut {
                    question: question.id,
                    denial: question.timed_out(),
                });
            }
        }
        let is_closed = |one: &mut Question| one.deadline_ms <= now.boot_ms;
        let closed = self.questions.extract_if(.., is_closed);
        elapsed.extend(closed.map(|one| Elapsed::Closed { question: one.id }));
        (elapsed, freed)
    }

    pub(super) fn next_wakeup(&self, now: Now) -> Option<Duration> {
        let deadlines = self.questions.iter().map(|one| one.deadline_ms);
        deadlines.min().map(|first| until(now.boot_ms, first))
    }

    pub(super) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter()
    }

    /// Whether the call was allowed beforehand.
    pub(super) fn holds(&self, now: Now, call: &Call<'_>) -> bool {
        self.held
            .iter()
            .any(|held| held.lives(now) && held.allows(call))
    }

    /// What allows the call, which is used up with that; of several what ends first.
    pub(super) fn take_held(&mut self, now: Now, call: &Call<'_>) -> Option<Held> {
        let allowing = self.held.iter().enumerate();
        let allowing = allowing.filter(|(_, held)| held.lives(now) && held.allows(call));
        let (at, _) = allowing.min_by_key(|(_, held)| held.until_ms)?;
        Some(self.held.remove(at))
    }

    pub(super) fn hold(&mut self, held: Held) {
        self.held.push(held);
    }

    /// Drops the oldest question of that kind for which nobody waits.
    fn drop_unanswered(&mut self, is_it: impl Fn(&Question) -> bool) -> Option<QuestionId> {
        let is_it = |one: &Question| one.slots.is_none() && is_it(one);
        let at = self.questions.iter().position(is_it)?;
        Some(self.questions.remove(at).id)
    }

    fn number(&mut self, now: Now) -> QuestionId {
        let seconds = now.wall_ms.div_euclid(1000).rem_euclid(NUMBERS.into());
        let by_clock = u32::try_from(seconds).unwrap_or(0);
        let number = match self.last {
            Some(last) if (last + NUMBERS - by_clock) % NUMBERS < NUMBERS_GIVEN => {
                (last + 1) % NUMBERS
            }
            _ => by_clock,
        };
        self.last = Some(number);
        QuestionId(number)
    }
}
