//! All pipes of a session, looked at together: what can be written is written, and what may be
//! read is read, each pipe in its turn.

use super::client::Client;
use super::inbox::CHUNK;
use super::processes::Running;
use session::{ChildId, Line};
use std::collections::BTreeMap;
use std::task::{Context, Poll};

/// The turn of the pipes.
pub(super) struct Pipes {
    turn: usize,
    chunk: Box<[u8]>,
}

/// What came through a pipe.
pub(super) enum Piped {
    /// The client said this.
    FromClient(Vec<Line>),
    /// The client's pipe is at its end.
    ClientGone,
    /// The child said this.
    FromChild(ChildId, Vec<Line>),
    /// The child says nothing any more, but its process may live.
    Mute(ChildId),
    /// The child's process is gone, and all it said was read.
    Over(ChildId),
}

impl Default for Pipes {
    fn default() -> Self {
        Self {
            turn: 0,
            chunk: vec![0; CHUNK].into(),
        }
    }
}

impl Pipes {
    /// Writes what can be written; ready with what was read. `has_room`: whether the session
    /// takes more of the client.
    pub(super) fn poll(
        &mut self,
        client: &mut Client,
        children: &mut BTreeMap<ChildId, Running>,
        has_room: bool,
        context: &mut Context<'_>,
    ) -> Poll<Piped> {
        let _pending = client.outbox.poll_write(context);
        if client.outbox.is_broken() {
            return Poll::Ready(Piped::ClientGone);
        }
        for child in children.values_mut() {
            let _pending = child.stdin.poll_write(context);
        }
        if client.outbox.is_full() {
            return Poll::Pending;
        }
        let reads_client = has_room && !children.values().any(|child| child.stdin.is_full());
        let count = children.len() + 1;
        for step in 0..count {
            let index = (self.turn + step) % count;
            let piped = if index == 0 {
                self.poll_client(client, reads_client, context)
            } else {
                self.poll_child(children, index - 1, context)
            };
            if piped.is_ready() {
                self.turn = index + 1;
                return piped;
            }
        }
        Poll::Pending
    }

    fn poll_client(
        &mut self,
        client: &mut Client,
        may_be_read: bool,
        context: &mut Context<'_>,
    ) -> Poll<Piped> {
        if !may_be_read {
            return Poll::Pending;
        }
        let lines = client.inbox.poll_lines(context, &mut self.chunk);
        lines.map(|lines| lines.map_or(Piped::ClientGone, Piped::FromClient))
    }

    fn poll_child(
        &mut self,
        children: &mut BTreeMap<ChildId, Running>,
        index: usize,
        context: &mut Context<'_>,
    ) -> Poll<Piped> {
        match children.iter_mut().nth(index) {
            Some((id, child)) => child.poll(*id, context, &mut self.chunk),
            None => Poll::Pending,
        }
    }
}
