//! What a client is told of a call that is not passed on, or not yet: for whoever stands before
//! a [`crate::Session`].

use crate::answers::{self, Form};
use crate::era::Era;
use crate::frame::Frame;
use crate::from_client::form;
use crate::id::Id;
use crate::limits::LONGEST_ID;
use crate::message::{Kind, Message};

/// JSON-RPC's code for errors that an implementation defines itself.
const DENIED: i32 = -32000;

/// The way back to the client of one request.
#[derive(Clone, Debug)]
pub struct Reply {
    id: Id,
    form: Form,
    era: Era,
    /// The raw token under which its progress is told.
    token: Option<String>,
}

impl Reply {
    /// The way back of `message`, in a session of this era; none if it is no request.
    #[must_use]
    pub fn to(message: &Message, era: Era) -> Option<Self> {
        let Kind::Request { id, method } = message.kind() else {
            return None;
        };
        let token = message.progress_token();
        let token = token.filter(|token| token.len() <= LONGEST_ID);
        Some(Self {
            id: id.clone(),
            form: form(*method, message),
            era: era.after(*method),
            token: token.map(str::to_owned),
        })
    }

    /// The answer that says why it is not made: a tool's result with `isError`; an error where
    /// a task was wanted.
    #[must_use]
    pub fn denial(&self, words: &str) -> Frame {
        answers::refusal(&self.id, self.form, self.era, DENIED, words)
    }

    /// That it goes on; none if the client does not want to hear of it. `done` must rise from
    /// one to the next.
    #[must_use]
    pub fn progress(&self, done: u64, total: u64, words: &str) -> Option<Frame> {
        let token = self.token.as_ref()?;
        let message = serde_json::Value::from(words);
        Some(Frame::new(format!(
            r#"{{"jsonrpc":"2.0","method":"notifications/progress","params":{{"progressToken":{token},"progress":{done},"total":{total},"message":{message}}}}}"#
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(params: &str, era: Era) -> Reply {
        let json = format!(r#"{{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{params}}}"#);
        Reply::to(&Message::read(json).unwrap(), era).unwrap()
    }

    #[test]
    fn a_denial_has_the_form_that_the_client_expects() {
        let call = r#"{"name":"a"}"#;
        let legacy = reply(call, Era::Legacy).denial("no");
        assert_eq!(
            legacy.json(),
            r#"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"no"}],"isError":true}}"#
        );
        let first = reply(call, Era::Unknown).denial("no");
        assert!(first.json().contains(r#""resultType":"complete""#));
        let task = reply(r#"{"name":"a","task":{}}"#, Era::Legacy).denial("no");
        assert!(task.json().contains(r#""error":{"code":-32000"#));
    }

    #[test]
    fn progress_is_told_under_the_calls_own_token_only() {
        assert_eq!(
            reply(r#"{"name":"a"}"#, Era::Legacy).progress(1, 2, "x"),
            None
        );
        let told = reply(r#"{"name":"a","_meta":{"progressToken":"t"}}"#, Era::Legacy);
        assert_eq!(
            told.progress(1, 50, "\"x\"").unwrap().json(),
            r#"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":1,"total":50,"message":"\"x\""}}"#
        );
    }

    #[test]
    fn what_is_no_request_has_no_way_back() {
        let json = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
        let message = Message::read(json.to_owned()).unwrap();
        assert!(Reply::to(&message, Era::Legacy).is_none());
    }
}
