//! The children as they really are, whatever the session believes.

use super::operation::Reply;
use crate::event::ChildId;
use crate::message::{Kind, Message};
use crate::method::Method;
use crate::time::Moment;
use std::collections::BTreeMap;

/// One child.
#[derive(Debug)]
pub(super) struct Real {
    pub(super) state: State,
    /// When the token that it was started with ends.
    pub(super) token_until: Option<Moment>,
    /// Requests that it has not answered.
    pub(super) owed: Vec<(String, Method)>,
    /// What it wrote last.
    pub(super) last: Option<String>,
    /// Its open questions: own id and the id that the client was shown.
    pub(super) questions: BTreeMap<u8, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Starting,
    Up,
    /// Told to end.
    Ending,
    Exited,
}

impl Real {
    pub(super) fn starting(token_until: Option<Moment>) -> Self {
        Self {
            state: State::Starting,
            token_until,
            owed: Vec::new(),
            last: None,
            questions: BTreeMap::new(),
        }
    }

    /// Takes in what was written to it.
    pub(super) fn hears(&mut self, message: &Message) {
        if let Kind::Request { id, method } = message.kind() {
            self.owed.push((id.raw().to_owned(), *method));
        }
    }

    /// What it answers to the request that `which` chooses.
    pub(super) fn reply(&mut self, which: usize, reply: Reply) -> Option<String> {
        if self.owed.is_empty() {
            return None;
        }
        let (id, method) = self.owed.remove(which % self.owed.len());
        let result = match (reply, method) {
            (Reply::Error | Reply::Oversized, _) => {
                return Some(format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{}}}}"#));
            }
            (Reply::InputRequired, Method::ToolsCall) => {
                r#"{"resultType":"input_required","requestState":"s"}"#
            }
            (Reply::Task, Method::ToolsCall) => {
                r#"{"resultType":"task","taskId":"t","status":"working","task":{"taskId":"t"}}"#
            }
            (Reply::TaskOver, _) => r#"{"taskId":"t","status":"completed"}"#,
            (_, Method::ToolsList) if which.is_multiple_of(3) => r#"{"tools":[3]}"#,
            (_, Method::ToolsList) => r#"{"tools":[1]}"#,
            _ => "{}",
        };
        Some(format!(
            r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#
        ))
    }
}

/// The child that `which` chooses among those in one of these states.
pub(super) fn choose(
    children: &BTreeMap<ChildId, Real>,
    which: usize,
    states: &[State],
) -> Option<ChildId> {
    let there = children
        .iter()
        .filter(|(_, child)| states.contains(&child.state));
    let there: Vec<ChildId> = there.map(|(name, _)| *name).collect();
    (!there.is_empty()).then(|| there[which % there.len()])
}
