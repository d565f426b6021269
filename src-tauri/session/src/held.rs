//! Messages of the client that cannot be passed on yet, in order of arrival.

use crate::id::Id;
use crate::limits::{MOST_HELD, MOST_REQUESTS};
use crate::message::{Kind, Message};
use crate::time::Moment;
use std::collections::VecDeque;

/// A message that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) arrived: Moment,
    pub(crate) message: Message,
}

/// All that wait.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held(VecDeque<Waiting>);

impl Held {
    pub(crate) fn push(&mut self, waiting: Waiting) {
        self.0.push_back(waiting);
    }

    /// Takes everything out.
    pub(crate) fn take(&mut self) -> VecDeque<Waiting> {
        std::mem::take(&mut self.0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Waiting> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn contains(&self, id: &Id) -> bool {
        self.0.iter().any(|waiting| is_request(waiting, id))
    }

    /// Takes out the request of this id.
    pub(crate) fn withdraw(&mut self, id: &Id) -> Option<Waiting> {
        let index = self.0.iter().position(|waiting| is_request(waiting, id))?;
        self.0.remove(index)
    }

    /// Whether there is room for as much as comes in one go.
    pub(crate) fn has_room(&self) -> bool {
        let bytes = |waiting: &Waiting| waiting.message.frame().as_bytes().len();
        self.0.len() < 2 * MOST_REQUESTS && self.0.iter().map(bytes).sum::<usize>() < MOST_HELD
    }
}

fn is_request(waiting: &Waiting, id: &Id) -> bool {
    matches!(waiting.message.kind(), Kind::Request { id: own, .. } if own == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_until_bytes_or_messages_are_too_many() {
        let json = r#"{"jsonrpc":"2.0","method":"a","params":{"x":""}}"#;
        let long = json.replace("\"\"", &format!("\"{}\"", "x".repeat(MOST_HELD / 16)));
        for (json, most) in [(json.to_owned(), 2 * MOST_REQUESTS), (long, 16)] {
            let message = Message::read(json).unwrap();
            let mut held = Held::default();
            while held.has_room() {
                held.push(Waiting {
                    arrived: Moment::default(),
                    message: message.clone(),
                });
            }
            assert_eq!(held.len(), most);
        }
    }
}
