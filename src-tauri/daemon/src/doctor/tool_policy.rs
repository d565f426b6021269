//! The policy between relayed calls and their servers.

use super::finding::About;
use super::{Code, Finding};
use crate::gating::mistake;
use control::{PolicyInForce, Snapshot};

const POLICY: About = About("policy");

pub(super) fn finding(snapshot: &Snapshot) -> Finding {
    let policy = &snapshot.gate.policy;
    let path = policy.path.display();
    match policy.in_force {
        PolicyInForce::Nothing => POLICY.note(
            Code::PolicyNone,
            format!(
                "there is no {path}, so every call of a relayed server is forwarded. `zoomtrayctl \
                 policy init` writes one to begin with."
            ),
        ),
        PolicyInForce::File => POLICY.well(Code::PolicyInForce, format!("{path} is in force")),
        PolicyInForce::LastGood | PolicyInForce::Broken => {
            POLICY.wrong(Code::PolicyInvalid, mistake(policy).unwrap_or_default())
        }
    }
}
