//! A ledger, a policy, a time that passes only when told, and short words for what happens.

use crate::arguments::Arguments;
use crate::call::{Call, Origin};
use crate::denial::{Cause, Denial};
use crate::explanation::Explanation;
use crate::governing::{Found, Governing};
use crate::ledger::{Answer, Answered, Asked, Decision, Elapsed, Ledger, Pass, QuestionId};
use crate::time::Now;
use std::time::Duration;

pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const MINUTE: Duration = Duration::from_mins(1);

pub(super) struct Stage {
    pub(super) ledger: Ledger,
    pub(super) governing: Governing,
    pub(super) now: Now,
    pub(super) origin: Origin,
}

pub(super) fn origin(session: &str, entry: &str, account: &str) -> Origin {
    Origin {
        session: session.to_owned(),
        entry: entry.to_owned(),
        account: account.to_owned(),
    }
}

/// What governs by a file with these tools and a default.
pub(super) fn governing(default: &str, tools: &str) -> Governing {
    let file = format!(r#"{{"version":"1","default":"{default}","tools":{tools}}}"#);
    of_file(&file)
}

pub(super) fn of_file(file: &str) -> Governing {
    let governing = Governing::of(Found::Bytes(file.as_bytes()), None);
    assert!(matches!(governing, Governing::File(_)), "{governing:?}");
    governing
}

impl Stage {
    /// A policy that lists these tools and denies others.
    pub(super) fn with(tools: &str) -> Self {
        Self::under(governing("deny", tools))
    }

    pub(super) fn under(governing: Governing) -> Self {
        Self {
            ledger: Ledger::default(),
            governing,
            now: Now {
                wall_ms: 1_800_000_000_000,
                boot_ms: 7_000_000,
            },
            origin: origin("s1", "zoom", "acc"),
        }
    }

    pub(super) fn pass(&mut self, span: Duration) -> Vec<Elapsed> {
        let ms = i64::try_from(span.as_millis()).unwrap();
        self.now.boot_ms += ms;
        self.now.wall_ms += ms;
        self.ledger.tick(self.now)
    }

    pub(super) fn decide(&mut self, tool: &str, arguments: &str) -> Decision {
        let arguments = Arguments::read(Some(arguments));
        let call = Call {
            origin: &self.origin,
            tool,
            arguments: &arguments,
        };
        self.ledger.decide(self.now, &self.governing, &call)
    }

    pub(super) fn explain(&self, tool: &str, arguments: &str) -> Explanation {
        let arguments = Arguments::read(Some(arguments));
        let call = Call {
            origin: &self.origin,
            tool,
            arguments: &arguments,
        };
        self.ledger.explain(self.now, &self.governing, &call)
    }

    /// A call that is let through and forwarded at once.
    pub(super) fn forward(&mut self, tool: &str) -> Pass {
        let pass = self.pass_of(tool);
        self.ledger.forwarded(self.now, &pass);
        pass
    }

    /// A call that is let through.
    pub(super) fn pass_of(&mut self, tool: &str) -> Pass {
        match self.decide(tool, "{}") {
            Decision::Forward(pass) => pass,
            other => panic!("{other:?}"),
        }
    }

    /// A call that a person is asked about.
    pub(super) fn ask(&mut self, tool: &str, arguments: &str) -> Asked {
        match self.decide(tool, arguments) {
            Decision::Ask(asked) => asked,
            other => panic!("{other:?}"),
        }
    }

    /// A call that is denied.
    pub(super) fn deny(&mut self, tool: &str, arguments: &str) -> Denial {
        match self.decide(tool, arguments) {
            Decision::Deny(denial) => denial,
            other => panic!("{other:?}"),
        }
    }

    /// In how many milliseconds there is room again.
    pub(super) fn room_in(&mut self, tool: &str) -> Option<u128> {
        match self.deny(tool, "{}").cause {
            Cause::Limit { retry_in } => retry_in.map(|wait| wait.as_millis()),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn answer(&mut self, question: QuestionId, answer: Answer) -> Answered {
        self.ledger
            .answer(self.now, &self.governing, question, answer)
    }

    /// The same ledger in a new process.
    pub(super) fn restarted(&mut self) {
        let saved = serde_json::to_string(&self.ledger.save(self.now)).unwrap();
        self.ledger = Ledger::load(self.now, serde_json::from_str(&saved).unwrap());
    }
}
