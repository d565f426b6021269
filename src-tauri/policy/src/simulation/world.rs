//! A simulated gateway, clients and person around one ledger.

use super::clocks::Clocks;
use super::document::TOOLS;
use super::invariants as rule;
use super::model::{Allowed, Counted, Force, Model, Verdict, identical};
use super::operation::{File, Made, ORIGINS, Operation};
use crate::arguments::Arguments;
use crate::call::{Call, Origin};
use crate::explanation::Explanation;
use crate::governing::{Found, Governing};
use crate::ledger::{
    Answer, Answered, Decision, Elapsed, Ledger, Pass, QuestionId, QuestionState, Withdrawal,
};

/// A call that was let through.
pub(super) struct Live {
    pass: Pass,
    ticket: usize,
    allowance: Option<Allowed>,
    pub(super) is_forwarded: bool,
}

/// A question to the person.
pub(super) struct Asked {
    id: QuestionId,
    made: Made,
    /// The ticket of the call that waits; none once it was denied.
    ticket: Option<usize>,
    /// When it times out or, after that, closes.
    ends_ms: i64,
}

pub(super) struct World {
    pub(super) ledger: Ledger,
    pub(super) model: Model,
    pub(super) clocks: Clocks,
    pub(super) live: Vec<Live>,
    pub(super) questions: Vec<Asked>,
    /// All calls that were really forwarded and not given back, with their true times.
    pub(super) forwarded: Vec<Counted>,
    /// How many calls a person has allowed.
    pub(super) allowed: usize,
    /// How many calls were let through on a person's word.
    pub(super) approved: usize,
    pub(super) was_set_forward: bool,
    governing: Governing,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            ledger: Ledger::default(),
            model: Model::new(),
            clocks: Clocks::start(),
            live: Vec::new(),
            questions: Vec::new(),
            forwarded: Vec::new(),
            allowed: 0,
            approved: 0,
            was_set_forward: false,
            governing: Governing::Nothing,
        }
    }

    pub(super) fn run(&mut self, operation: Operation) {
        match operation {
            Operation::Call(made) => self.call(made),
            Operation::CallInVain(made) => self.call_in_vain(made),
            Operation::Forward { nth } => self.forward(nth),
            Operation::GiveBack { nth } => {
                if let Some(at) = nth.checked_rem(self.live.len()) {
                    self.give_back(at);
                }
            }
            Operation::Answer { nth, allow } => self.answer(nth, allow),
            Operation::Withdraw { nth } => self.withdraw(nth),
            Operation::Wait { ms } => self.wait(ms),
            Operation::File(file) => self.file(&file),
            Operation::Restart {
                down_ms,
                set_wall_ms,
                reboot,
            } => self.restart(down_ms, set_wall_ms, reboot),
        }
        rule::no_call_is_approved_that_no_person_allowed(self);
        rule::saved_and_reloaded_counts_decide_alike(self, 1_234);
        self.every_question_is_known();
    }

    /// One call of each tool.
    pub(super) fn calls() -> impl Iterator<Item = Made> {
        (0..TOOLS).map(|tool| Made {
            tool,
            n: Some(1),
            origin: tool % ORIGINS.len(),
        })
    }

    pub(super) fn explain(&self, ledger: &Ledger, clocks: Clocks, made: Made) -> Explanation {
        with(made, |call| {
            ledger.explain(clocks.now(), &self.governing, call)
        })
    }

    fn call(&mut self, made: Made) {
        let expected = self.model.verdict(self.clocks.true_ms, made);
        let told = self.explain(&self.ledger, self.clocks, made);
        let now = self.clocks.now();
        let decision = with(made, |call| self.ledger.decide(now, &self.governing, call));
        match decision {
            Decision::Forward(pass) => {
                assert_eq!(expected, Verdict::Forward, "{made:?}");
                rule::explaining_says_what_deciding_does(&told, "forward", None);
                self.let_through(pass, made);
            }
            Decision::Ask(asked) => {
                assert_eq!(expected, Verdict::Ask, "{made:?}");
                rule::explaining_says_what_deciding_does(&told, "ask", Some(&asked.rule));
                self.asked(asked.question, &asked.closes, made);
            }
            Decision::Deny(denial) => {
                let place = match self.model.force {
                    Force::Broken => String::new(),
                    _ => denial.rule.to_string(),
                };
                assert_eq!(expected, Verdict::Deny(place), "{made:?}");
                rule::explaining_says_what_deciding_does(&told, "deny", Some(&denial.rule));
            }
        }
    }

    fn let_through(&mut self, pass: Pass, made: Made) {
        rule::nothing_hidden_is_ever_reached(self, made);
        let needs_approval = self.model.approval_s(made).is_some();
        let now_ms = self.clocks.true_ms;
        let allowance = needs_approval.then(|| self.model.use_allowance(now_ms, made));
        self.live(pass, made, allowance.flatten());
    }

    fn live(&mut self, pass: Pass, made: Made, allowance: Option<Allowed>) {
        assert_eq!(pass.is_approved(), allowance.is_some());
        self.approved += usize::from(allowance.is_some());
        self.live.push(Live {
            pass,
            ticket: self.model.let_through(made),
            allowance,
            is_forwarded: false,
        });
    }

    fn asked(&mut self, id: QuestionId, closes: &[QuestionId], made: Made) {
        let gives_way = |one: &&Asked| one.ticket.is_none() && identical(one.made, made);
        let expected = self.questions.iter().find(gives_way).map(|one| one.id);
        assert_eq!(closes, Vec::from_iter(expected));
        self.questions.retain(|one| Some(one.id) != expected);
        let timeout_ms = self.model.approval_s(made).unwrap() * 1000;
        self.questions.push(Asked {
            id,
            made,
            ticket: Some(self.model.let_through(made)),
            ends_ms: self.clocks.true_ms + timeout_ms,
        });
    }

    /// What was given back has left no trace.
    fn call_in_vain(&mut self, made: Made) {
        let now = self.clocks.now();
        let told = self.explain(&self.ledger, self.clocks, made);
        if !matches!(told, Explanation::Forward { .. }) {
            return;
        }
        let before = self.ledger.save(now);
        let decision = with(made, |call| self.ledger.decide(now, &self.governing, call));
        let Decision::Forward(pass) = decision else {
            panic!("{decision:?}");
        };
        self.ledger.give_back(pass);
        assert_eq!(self.ledger.save(now), before, "{made:?} left a trace");
        assert_eq!(self.explain(&self.ledger, self.clocks, made), told);
    }

    fn forward(&mut self, nth: usize) {
        let mut waiting: Vec<_> = self
            .live
            .iter_mut()
            .filter(|live| !live.is_forwarded)
            .collect();
        let Some(at) = nth.checked_rem(waiting.len()) else {
            return;
        };
        let live = &mut *waiting[at];
        live.is_forwarded = true;
        let ticket = live.ticket;
        self.ledger.forwarded(self.clocks.now(), &live.pass);
        self.model.forwarded(self.clocks.true_ms, ticket);
        let counted = self.model.counted.iter().find(|call| call.ticket == ticket);
        self.forwarded.push(counted.unwrap().clone());
        rule::windows_hold_at_every_instant(self, ticket);
    }

    fn give_back(&mut self, at: usize) {
        let live = self.live.remove(at);
        self.model.give_back(live.ticket);
        self.forwarded.retain(|call| call.ticket != live.ticket);
        self.ledger.give_back(live.pass);
        if let Some(allowance) = live.allowance {
            self.approved -= 1;
            self.model.allowed.push(allowance);
        }
    }

    fn answer(&mut self, nth: usize, allow: bool) {
        let Some(at) = nth.checked_rem(self.questions.len()) else {
            return;
        };
        let Asked {
            id, made, ticket, ..
        } = self.questions.remove(at);
        let answer = if allow { Answer::Allow } else { Answer::Deny };
        let now = self.clocks.now();
        let answered = self.ledger.answer(now, &self.governing, id, answer);
        if let Some(ticket) = ticket {
            self.model.give_back(ticket);
        }
        self.allowed += usize::from(allow);
        let now_ms = self.clocks.true_ms;
        let allowance = Allowed::at(now_ms, made);
        if let Answered::Kept { until_ms } = answered {
            assert_eq!(until_ms - now.wall_ms, allowance.until_ms - now_ms);
        }
        self.answered((answered, allow, ticket), made, allowance);
    }

    fn answered(
        &mut self,
        (answered, allow, ticket): (Answered, bool, Option<usize>),
        made: Made,
        allowance: Allowed,
    ) {
        let now_ms = self.clocks.true_ms;
        match (answered, allow, ticket) {
            (Answered::Forward(pass), true, Some(_)) => {
                rule::nothing_hidden_is_ever_reached(self, made);
                rule::what_is_forbidden_is_never_forwarded_whoever_allowed_it(self, made);
                assert_eq!(self.model.exceeds(now_ms, made), None);
                self.live(pass, made, Some(allowance));
            }
            (Answered::Deny(_), true, Some(_)) => {
                let forbids = self.model.forbids(made);
                let exceeds = self.model.exceeds(now_ms, made);
                assert!(
                    forbids.or(exceeds).is_some(),
                    "denied for nothing: {made:?}"
                );
            }
            (Answered::Deny(_), false, Some(_)) | (Answered::Closed, false, None) => {}
            (Answered::Kept { .. }, true, None) => self.model.allowed.push(allowance),
            (answered, allow, _) => panic!("{answered:?} to {allow}"),
        }
    }

    fn withdraw(&mut self, nth: usize) {
        let Some(at) = nth.checked_rem(self.questions.len()) else {
            return;
        };
        let Asked { id, ticket, .. } = self.questions[at];
        let expected = match ticket {
            Some(ticket) => {
                self.questions.remove(at);
                self.model.give_back(ticket);
                Withdrawal::Withdrawn
            }
            None => Withdrawal::NotWaiting,
        };
        assert_eq!(self.ledger.withdraw(id), expected);
    }

    fn wait(&mut self, ms: i64) {
        self.clocks.pass(ms);
        let now_ms = self.clocks.true_ms;
        let (mut timed_out, mut closed) = (Vec::new(), Vec::new());
        for asked in self
            .questions
            .iter_mut()
            .filter(|one| one.ends_ms <= now_ms)
        {
            match asked.ticket.take() {
                Some(ticket) => {
                    self.model.give_back(ticket);
                    asked.ends_ms = now_ms + 300_000;
                    timed_out.push(asked.id);
                }
                None => closed.push(asked.id),
            }
        }
        self.questions.retain(|one| one.ends_ms > now_ms);
        let (mut found_timed_out, mut found_closed) = (Vec::new(), Vec::new());
        for elapsed in self.ledger.tick(self.clocks.now()) {
            match elapsed {
                Elapsed::TimedOut { question, .. } => found_timed_out.push(question),
                Elapsed::Closed { question } => found_closed.push(question),
            }
        }
        assert_eq!((found_timed_out, found_closed), (timed_out, closed));
    }

    fn file(&mut self, file: &File) {
        self.model.file(file);
        let bytes = match file {
            File::Good(document) => document.json().to_string().into_bytes(),
            File::Bad => b"{\"version\":".to_vec(),
            File::Gone => Vec::new(),
        };
        let found = match file {
            File::Gone => Found::Missing,
            File::Good(_) | File::Bad => Found::Bytes(&bytes),
        };
        let before = std::mem::replace(&mut self.governing, Governing::Nothing);
        self.governing = before.then(Governing::of(found, None));
        let is_file = matches!(self.governing, Governing::File(_));
        assert_eq!(
            is_file,
            matches!(file, File::Good(_)),
            "{:?}",
            self.governing
        );
    }

    fn restart(&mut self, down_ms: i64, set_wall_ms: i64, reboot: bool) {
        let saved_ms = self.clocks.true_ms;
        let saved = serde_json::to_string(&self.ledger.save(self.clocks.now())).unwrap();
        self.clocks.pass(down_ms);
        self.clocks.set_wall(set_wall_ms);
        self.was_set_forward |= set_wall_ms > 0;
        if reboot {
            self.clocks.reboot();
        }
        let passed_ms = down_ms + set_wall_ms;
        self.model
            .restarted(saved_ms, self.clocks.true_ms, passed_ms);
        self.ledger = Ledger::load(self.clocks.now(), serde_json::from_str(&saved).unwrap());
        self.live.clear();
        self.questions.clear();
    }

    fn every_question_is_known(&self) {
        let known = self.questions.iter();
        let known: Vec<_> = known.map(|one| (one.id, one.ticket.is_some())).collect();
        let found = self.ledger.questions();
        let found: Vec<_> = found
            .map(|one| (one.id, one.state() == QuestionState::Waiting))
            .collect();
        assert_eq!(found, known);
        let next = known.is_empty().then_some(None);
        let next = next.unwrap_or_else(|| self.questions.iter().map(|one| one.ends_ms).min());
        let wakeup = self.ledger.next_wakeup(self.clocks.now());
        let left = next.map(|ends_ms| u128::try_from(ends_ms - self.clocks.true_ms).unwrap());
        assert_eq!(wakeup.map(|wait| wait.as_millis()), left);
    }
}

fn with<T>(made: Made, then: impl FnOnce(&Call<'_>) -> T) -> T {
    let (session, entry, account) = ORIGINS[made.origin];
    let origin = Origin {
        session: session.to_owned(),
        entry: entry.to_owned(),
        account: account.to_owned(),
    };
    let text = made.n.map(|n| format!(r#"{{"n":{n}}}"#));
    let call = Call {
        origin: &origin,
        tool: &format!("t{}", made.tool),
        arguments: &Arguments::read(text.as_deref()),
    };
    then(&call)
}
