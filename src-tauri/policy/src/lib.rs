//! The tool policy: which call of which tool is forwarded, denied, or asked about.
//!
//! Pure: no I/O, no clock, no async. A [`Policy`] is what a file says and never changes. A
//! [`Governing`] says which policy is in force, if any. A [`Ledger`] counts calls and keeps
//! questions to people; it decides, with the time passed in.
//!
//! What always holds: a hidden tool is reached by no way, whoever allowed it before; no stretch
//! of time as long as a limit's window has more forwarded calls than the limit allows; a call
//! that needs approval is forwarded only after a person allowed exactly that call.

mod arguments;
mod call;
mod denial;
mod document;
mod explanation;
mod governing;
mod init;
mod json;
mod ledger;
mod limit;
mod masking;
mod mistake;
mod numeric;
mod pointer;
mod predicate;
mod risk;
mod rules;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod simulation;
mod time;

pub use arguments::Arguments;
pub use call::{Call, Origin};
pub use denial::{Cause, Denial, NotApproved};
pub use explanation::Explanation;
pub use governing::{Found, Governing, Standing};
pub use init::init;
pub use ledger::{
    Answer, Answered, Asked, Decision, Elapsed, Ledger, Pass, Question, QuestionId, QuestionState,
    SavedCounter, SavedCounters, Withdrawal,
};
pub use limit::{CounterName, Scope};
pub use masking::Masking;
pub use mistake::{Mistake, Problem};
pub use pointer::Pointer;
pub use risk::{Hints, Risk, RiskClass, RiskSource};
pub use rules::Policy;
pub use time::Now;
