//! Where everything comes together: one session, stepped by whoever has something for it.
//!
//! A step is taken under one lock and its effects are carried out in order: what is to be
//! written is put into outlets under that lock, and written after it. Nobody waits for a pipe
//! holding the lock.

use super::clock;
use super::keeper::{self, Keepers};
use super::notices;
use super::outlet::{Outlet, Written};
use control::RelayLink;
use session::{
    ChildId, Coexistence, Effect, Event, Handshake, Moment, Session, Settings, Side, Start,
    TokenUse,
};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes for the client that may wait before it is not read any further: what it sends is
/// answered here faster than it reads.
const UNREAD: usize = 1024 * 1024;

/// Longest sleep until a known moment: the system's own waiting does not count the computer's
/// sleep, the session's clock does.
const LONGEST_LOOK: Duration = Duration::from_secs(5);

/// One relay.
pub(super) struct Desk {
    state: Mutex<State>,
    /// The next wake-up is another one, there is room for the client, or the relay is over.
    changed: Condvar,
    client: Arc<Outlet>,
    keepers: Keepers,
}

struct State {
    session: Session,
    /// The children; one that is not connected yet has no link.
    links: BTreeMap<ChildId, Option<Link>>,
    /// What the time keeper waits for.
    wake: Option<Moment>,
    client_waits: bool,
    over: bool,
}

/// A connection to a keeper that can be written to.
#[derive(Clone)]
struct Link {
    connection: Arc<RelayLink>,
    outlet: Arc<Outlet>,
}

/// Whose thread takes a step. It may wait for the pipe opposite the one it reads, and for that
/// one alone: else both sides could wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// The client's reader.
    Client,
    /// The keeper's reader.
    Keeper,
    /// The time keeper.
    Time,
}

/// A child whose end the session has asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unwanted;

impl Desk {
    pub(super) fn new(entry: &str, keepers: Keepers) -> io::Result<Arc<Self>> {
        let settings = Settings {
            side: Side::Relay,
            entry: entry.to_owned(),
            token_use: TokenUse::None,
            coexistence: Coexistence::Together,
        };
        let desk = Arc::new(Self {
            state: Mutex::new(State {
                session: Session::new(settings, Handshake::default()),
                links: BTreeMap::new(),
                wake: None,
                client_waits: false,
                over: false,
            }),
            changed: Condvar::new(),
            client: Outlet::new(io::stdout()),
            keepers,
        });
        let over = Arc::clone(&desk);
        desk.client
            .write_on_a_thread("to-client", move || over.client_gone())?;
        Ok(desk)
    }

    pub(super) fn open(self: &Arc<Self>) {
        self.take_in(Hand::Time, [Event::Opened]);
    }

    /// Where keepers are found.
    pub(super) fn keepers(&self) -> &Keepers {
        &self.keepers
    }

    /// Takes the events in and carries out what follows.
    pub(super) fn take_in(self: &Arc<Self>, hand: Hand, events: impl IntoIterator<Item = Event>) {
        let mut state = self.lock();
        let mut touched = Touched::default();
        for event in events {
            for effect in state.session.step(clock::now(), event) {
                self.carry_out(&mut state, effect, &mut touched);
            }
        }
        self.wake_others(&mut state);
        drop(state);
        self.write(hand, touched);
    }

    /// A keeper has answered the hello: the child can be written to.
    pub(super) fn child_up(
        self: &Arc<Self>,
        child: ChildId,
        connection: &Arc<RelayLink>,
    ) -> Result<(), Unwanted> {
        let outlet = Outlet::new(WriteHalf(Arc::clone(connection)));
        let link = Link {
            connection: Arc::clone(connection),
            outlet,
        };
        match self.lock().links.get_mut(&child) {
            Some(place) => *place = Some(link.clone()),
            None => return Err(Unwanted),
        }
        // The reader sees a broken connection as well, and tells.
        if let Err(error) = link.outlet.write_on_a_thread("to-keeper", || {}) {
            tracing::error!(%error, "there is no thread for the keeper");
            return Err(Unwanted);
        }
        self.take_in(Hand::Keeper, [Event::ChildUp(child)]);
        Ok(())
    }

    /// A child has ended, or never came up.
    pub(super) fn child_gone(self: &Arc<Self>, child: ChildId) {
        if let Some(Some(link)) = self.lock().links.remove(&child) {
            link.outlet.end();
        }
        self.take_in(Hand::Keeper, [Event::ChildExited(child)]);
    }

    /// The client is gone: the relay ends at once.
    pub(super) fn client_gone(&self) {
        self.lock().over = true;
        self.changed.notify_all();
    }

    /// Waits until the session takes more from the client, and the client has read enough.
    pub(super) fn wait_for_room(&self) {
        let mut state = self.lock();
        while !state.session.has_room() && !state.over {
            state.client_waits = true;
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.client_waits = false;
        drop(state);
        self.client.wait_below(UNREAD);
    }

    /// Steps the session whenever time makes something due, until the relay is over.
    pub(super) fn keep_time(self: &Arc<Self>) {
        let mut state = self.lock();
        while !state.over {
            let wake = state.session.next_wakeup();
            state.wake = wake;
            let left = wake.map(|wake| clock::now().until(wake));
            if left == Some(Duration::ZERO) {
                drop(state);
                self.take_in(Hand::Time, [Event::Tick]);
                state = self.lock();
                continue;
            }
            let left = left.map_or(Duration::MAX, |left| left.min(LONGEST_LOOK));
            state = self
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn carry_out(self: &Arc<Self>, state: &mut State, effect: Effect, touched: &mut Touched) {
        match effect {
            Effect::ToClient { frame, .. } => {
                self.client.put(frame);
                touched.client = true;
            }
            Effect::ToChild { child, frame } => {
                if let Some(Some(link)) = state.links.get(&child) {
                    link.outlet.put(frame);
                    touched.keeper = Some(Arc::clone(&link.outlet));
                }
            }
            Effect::StartChild { child, why } => self.start_child(state, child, why),
            Effect::EndChild { child } => {
                if let Some(Some(link)) = state.links.remove(&child) {
                    link.outlet.end();
                    touched.ended.push(link.connection);
                }
            }
            Effect::Tell(notice) => notices::tell(&notice),
            // A relay has no tokens, keeps no handshake, and nobody waits for its withdrawals.
            Effect::Drained | Effect::Keep(_) | Effect::Withdrawn { .. } => {}
        }
    }

    fn start_child(self: &Arc<Self>, state: &mut State, child: ChildId, why: Start) {
        state.links.insert(child, None);
        let desk = Arc::clone(self);
        let thread = std::thread::Builder::new().name("keeper".to_owned());
        if let Err(error) = thread.spawn(move || keeper::serve(&desk, child, why)) {
            tracing::error!(%error, "there is no thread for the keeper");
        }
    }

    /// Wakes the time keeper for an earlier moment, and the client's reader for room.
    fn wake_others(&self, state: &mut State) {
        let next = state.session.next_wakeup();
        let earlier = next.is_some_and(|next| state.wake.is_none_or(|wake| next < wake));
        if earlier || (state.client_waits && state.session.has_room()) {
            self.changed.notify_all();
        }
    }

    fn write(&self, hand: Hand, touched: Touched) {
        if let Some(outlet) = touched.keeper {
            match hand {
                Hand::Client => drop(outlet.flush()),
                Hand::Keeper | Hand::Time => outlet.nudge(),
            }
        }
        if touched.client {
            match hand {
                Hand::Keeper => {
                    if self.client.flush() == Written::Broken {
                        self.client_gone();
                    }
                }
                Hand::Client | Hand::Time => self.client.nudge(),
            }
        }
        for connection in touched.ended {
            connection.end();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is to be done once the lock is let go.
#[derive(Default)]
struct Touched {
    client: bool,
    /// One keeper at most takes frames: a lost one takes none any more.
    keeper: Option<Arc<Outlet>>,
    ended: Vec<Arc<RelayLink>>,
}

struct WriteHalf(Arc<RelayLink>);

impl io::Write for WriteHalf {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self.0).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
