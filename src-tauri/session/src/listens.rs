//! The open `subscriptions/listen` streams of the modern era.
//!
//! A stream outlives its child: it is opened again with the next one under the same id, and the
//! client learns of it only if the next child grants something else.

use crate::event::ChildId;
use crate::fields::{Filter, read};
use crate::id::Id;
use crate::message::Message;
use std::collections::BTreeMap;

/// An open stream.
#[derive(Clone, Debug)]
pub(crate) struct Listen {
    pub(crate) message: Message,
    /// Whose notifications are passed on.
    pub(crate) owner: Option<ChildId>,
    /// The raw filter that the client was told is granted.
    pub(crate) granted: Option<String>,
}

/// All of them, by their requests' ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listens(BTreeMap<Id, Listen>);

/// What an acknowledgement means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acknowledgement {
    /// The first: the client is told.
    First,
    /// The same again.
    Equal,
    /// Another one than the client knows.
    Different,
    /// Of no open stream.
    Stray,
}

impl Listens {
    pub(crate) fn open(&mut self, id: Id, message: Message, child: ChildId) {
        let listen = Listen {
            message,
            owner: Some(child),
            granted: None,
        };
        self.0.insert(id, listen);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, id: &Id) -> Option<&Listen> {
        self.0.get(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Id, &Listen)> {
        self.0.iter()
    }

    pub(crate) fn close(&mut self, id: &Id) -> Option<Listen> {
        self.0.remove(id)
    }

    pub(crate) fn acknowledged(
        &mut self,
        id: &Id,
        child: ChildId,
        filter: &str,
    ) -> Acknowledgement {
        let Some(listen) = self.0.get_mut(id) else {
            return Acknowledgement::Stray;
        };
        match &listen.granted {
            Some(granted) if granted != filter => return Acknowledgement::Different,
            Some(_) => {
                // The newest child to grant it has it: an older one is on its way out.
                listen.owner = listen.owner.max(Some(child));
                return Acknowledgement::Equal;
            }
            None => {}
        }
        listen.granted = Some(filter.to_owned());
        listen.owner = Some(child);
        Acknowledgement::First
    }

    pub(crate) fn owned_by(&self, id: &Id, child: ChildId) -> bool {
        self.0
            .get(id)
            .is_some_and(|listen| listen.owner == Some(child))
    }

    /// The child is gone; its streams are the heir's, or wait for the next child.
    pub(crate) fn inherit(&mut self, child: ChildId, heir: Option<ChildId>) {
        let theirs = self.0.values_mut();
        for listen in theirs.filter(|listen| listen.owner == Some(child)) {
            listen.owner = heir;
        }
    }

    /// The streams on which changes of the tool list are told.
    pub(crate) fn for_tools(&self) -> impl Iterator<Item = &Id> {
        let for_tools = |listen: &Listen| {
            let filter: Filter = read(listen.granted.as_deref());
            filter.tools_list_changed == Some(true)
        };
        let open = self.0.iter();
        open.filter(move |(_, listen)| for_tools(listen))
            .map(|(id, _)| id)
    }
}
