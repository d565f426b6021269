//! What happens to a simulated world, and how its time passes.

use super::invariants as rule;
use super::kept::{Kept, Kind};
use super::operation::Operation;
use super::world::{InFlight, World, millis};
use crate::condition::SuspendReason;
use crate::event::{Attempt, Event};
use crate::outcome::{Answered, Outcome};
use crate::policy::REFUSALS_TO_SUSPEND;
use crate::rotating;
use crate::rotating::Ending;
use std::time::Duration;

impl World {
    pub(super) fn run(&mut self, operation: Operation) {
        match operation {
            Operation::Pass(span) => self.pass(span),
            Operation::Sleep { span, noticed } => self.sleep(span, noticed),
            Operation::SetClock { by_ms } => self.clocks.set(by_ms),
            Operation::NetworkReturned => self.tell(Event::NetworkReturned),
            Operation::Zoom { answer, latency } => self.answer = (answer, latency),
            Operation::Vault(saves) => self.vault = saves,
            Operation::Want { min_ttl } => self.want(min_ttl),
            Operation::Refresh => self.refresh(),
            Operation::Reject { back } => self.reject(back),
            Operation::Leave => self.leave(),
            Operation::StaleResult => self.stale_result(),
            Operation::DeleteToken => self.delete_token(),
            Operation::NewCredentials => self.new_credentials(),
            Operation::AutoRefresh(on) => {
                self.policy.auto_refresh = on;
                self.tell(Event::AutoRefresh(on));
            }
            Operation::Restart { reboot } => self.restart(reboot),
            other if self.kind == Kind::Rotating => self.run_rotating(other),
            _ => {}
        }
    }

    fn run_rotating(&mut self, operation: Operation) {
        match operation {
            Operation::Kill { after } => self.killed_after = Some(after),
            Operation::RevokedElsewhere => self.account.alive = None,
            Operation::DeleteRefreshToken => self.account.delete(),
            Operation::SignIn => self.sign_in(),
            other => panic!("{other:?} concerns every account"),
        }
    }

    fn pass(&mut self, span: Duration) {
        let end = self.at(span);
        while self.clocks.true_ms < end {
            let next = [
                self.next_tick(),
                self.request.as_ref().map(|request| request.ends),
                self.dues.keys().next().copied(),
                Some(end),
            ];
            let next = next
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(end)
                .max(self.clocks.true_ms);
            let passed = Duration::from_millis(next - self.clocks.true_ms);
            self.waiting
                .values_mut()
                .for_each(|waited| *waited += passed);
            self.clocks.true_ms = next;
            self.happen();
            rule::no_caller_waits_for_ever(self);
        }
    }

    fn next_tick(&self) -> Option<u64> {
        let wait = self.kept.next_wakeup(self.clocks.now())?;
        assert!(!wait.is_zero(), "a wake-up at once would spin");
        Some(self.clocks.true_ms + millis(wait))
    }

    /// Delivers what is due.
    fn happen(&mut self) {
        while let Some(due) = self
            .dues
            .first_entry()
            .filter(|due| *due.key() <= self.clocks.true_ms)
        {
            let due = due.remove();
            if let Some(write) = due.write {
                self.take(write);
            }
            self.step(due.event);
        }
        if let Some(request) = self
            .request
            .take_if(|request| request.ends <= self.clocks.true_ms)
        {
            self.deliver(request);
        }
        self.tell(Event::Tick);
    }

    fn deliver(&mut self, request: InFlight) {
        let InFlight {
            event, sent, stale, ..
        } = request;
        match &event {
            rotating::Event::AttemptFinished { attempt, ending } => {
                self.deliver_pair(*attempt, *ending, stale);
            }
            rotating::Event::Plain(Event::AttemptFinished { outcome, .. }) if !stale => {
                match outcome {
                    Outcome::Granted(granted) => self.granting = Some((sent, *granted)),
                    Outcome::Answered(_) => self.refuse(),
                    Outcome::Transient { .. } | Outcome::Local(_) => {}
                }
                self.step(event);
            }
            _ => self.step(event),
        }
    }

    fn deliver_pair(&mut self, attempt: Attempt, ending: Ending, stale: bool) {
        let is_current = self
            .account
            .begun
            .is_some_and(|(begun, _)| begun == attempt);
        let dead = Ending::Refused(Answered::InvalidGrant);
        if is_current && !stale && ending != dead && matches!(ending, Ending::Refused(_)) {
            self.refuse();
        }
        self.heard(attempt, ending);
        let life = self.lives;
        self.step(rotating::Event::AttemptFinished { attempt, ending });
        if is_current && ending == dead && self.lives == life {
            rule::rotating::no_pair_is_lost_without_sign_in_again(self);
        }
    }

    fn refuse(&mut self) {
        self.refusals += 1;
        self.suspended |= self.refusals >= REFUSALS_TO_SUSPEND;
    }

    fn sleep(&mut self, span: Duration, noticed: bool) {
        self.clocks.true_ms += millis(span);
        if noticed {
            self.tell(Event::Woke);
        }
        self.happen();
    }

    fn stale_result(&mut self) {
        let attempt = Attempt(0);
        let event = match self.kind {
            Kind::Lasting => {
                let outcome = Outcome::Answered(Answered::Other);
                rotating::Event::Plain(Event::AttemptFinished { attempt, outcome })
            }
            Kind::Rotating => {
                let ending = Ending::Refused(Answered::InvalidGrant);
                rotating::Event::AttemptFinished { attempt, ending }
            }
        };
        self.step(event);
    }

    fn delete_token(&mut self) {
        self.saved = None;
        self.newest = None;
        self.let_callers_wait_anew();
        self.tell(Event::TokenGone);
    }

    fn new_credentials(&mut self) {
        self.suspended = false;
        self.refusals = 0;
        if let Some(request) = &mut self.request {
            request.stale = true;
        }
        self.let_callers_wait_anew();
        self.tell(Event::CredentialsChanged);
    }

    /// The process ends at once, and the next one begins.
    pub(super) fn restart(&mut self, reboot: bool) {
        if reboot {
            self.clocks.reboot();
        }
        self.lives += 1;
        self.kept = Kept::new(self.kind, self.policy);
        self.account.killed();
        self.killed_after = None;
        self.request = None;
        self.dues.clear();
        self.waiting.clear();
        self.refreshing.clear();
        self.refusals = self.written.refusals;
        let suspended = self.written.suspended;
        self.suspended = suspended.is_some_and(|reason| reason != SuspendReason::SignInAgain);
        let written = self.written.rejected;
        self.rejected.retain(|rejected| Some(*rejected) <= written);
        self.start();
    }
}
