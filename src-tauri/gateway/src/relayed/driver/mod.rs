//! One relay's session at work: a single task that reads, steps the session, and writes.
//!
//! It waits for nothing but what [`Driver::next`] names, so that whatever happens first is
//! taken in first. A pipe that is not read by the other end stops those that feed it.

mod calls;
mod client;
mod effects;
mod inbox;
mod outbox;
mod pipes;
mod processes;
mod showing;

pub(super) use client::Client;

use super::entry::Entry;
use super::gateway::{Relay, Shared};
use super::news::News;
use super::registry::Registered;
use super::token::AccountToken;
use calls::Calls;
use pipes::{Piped, Pipes};
use processes::Running;
use session::{ChildId, Event, Line, Moment, Session, Settings, Side};
use showing::Shown;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Timers stand still while the computer sleeps: none is longer than this, so that the session
/// learns soon after a wake what has become due.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// A session and everything around it.
pub(super) struct Driver {
    shared: Arc<Shared>,
    entry: Entry,
    relay: Relay,
    session: Session,
    /// What the session has not been told yet.
    events: VecDeque<Event>,
    client: Client,
    children: BTreeMap<ChildId, Running>,
    pipes: Pipes,
    processes: JoinSet<()>,
    /// For those who have news later.
    mailbox: mpsc::UnboundedSender<News>,
    news: mpsc::UnboundedReceiver<News>,
    token: watch::Receiver<AccountToken>,
    /// Counts up when other tools are hidden.
    lists: watch::Receiver<u64>,
    calls: Calls,
    shown: Shown,
    /// Who waits until nothing is in flight.
    draining: Vec<oneshot::Sender<()>>,
    /// Whether it was told that a call waits for a token.
    asked_for_token: bool,
}

/// What a driver waits for.
enum Happened {
    News(News),
    Token,
    Lists,
    Piped(Piped),
    Time,
}

impl Driver {
    pub(super) fn new(
        shared: &Arc<Shared>,
        entry: Entry,
        relay: Relay,
        client: Client,
        mailbox: mpsc::UnboundedSender<News>,
        news: mpsc::UnboundedReceiver<News>,
        registered: Registered,
    ) -> Self {
        let settings = &shared.settings;
        let session = Session::new(
            Settings {
                side: Side::Gateway,
                entry: entry.name.clone(),
                token_use: entry.token_use(),
                coexistence: entry.coexistence,
            },
            shared.handshakes.get(&entry),
        );
        let token = settings.token.clone();
        let account = token.borrow().account.clone();
        Self {
            calls: Calls::new(&settings.gate, &entry.name, &relay.session, account),
            shown: Shown::new(registered, &entry, (settings.wall)()),
            lists: settings.gate.lists_differ(),
            shared: shared.clone(),
            entry,
            relay,
            session,
            events: VecDeque::new(),
            client,
            children: BTreeMap::new(),
            pipes: Pipes::default(),
            processes: JoinSet::new(),
            mailbox,
            news,
            token,
            draining: Vec::new(),
            asked_for_token: false,
        }
    }

    /// Serves the client, which has said `first`, until it is gone and the children are too.
    pub(super) async fn run(mut self, first: Vec<Line>) {
        self.take_token();
        self.tell(Event::Opened);
        for line in first {
            self.client_said(line);
        }
        while self.client.is_here() {
            self.shown
                .show(&self.session, (self.shared.settings.clock)());
            match self.next().await {
                Happened::News(news) => self.hear(news).await,
                Happened::Token => self.take_token(),
                Happened::Lists => self.tell(Event::ToolsChanged),
                Happened::Piped(piped) => self.take_in(piped),
                Happened::Time => self.tell(Event::Tick),
            }
        }
        self.tell(Event::ClientGone);
        self.calls.withdraw_all();
        while self.processes.join_next().await.is_some() {}
    }

    async fn next(&mut self) -> Happened {
        let wait = self.wait();
        let has_room = self.session.has_room();
        let Self {
            client,
            children,
            pipes,
            news,
            token,
            lists,
            ..
        } = self;
        tokio::select! {
            biased;
            Some(news) = news.recv() => Happened::News(news),
            Ok(()) = token.changed() => Happened::Token,
            Ok(()) = lists.changed() => Happened::Lists,
            piped = poll_fn(|context| pipes.poll(client, children, has_room, context)) => {
                Happened::Piped(piped)
            }
            () = sleep(wait.unwrap_or_default()), if wait.is_some() => Happened::Time,
        }
    }

    /// How long until time alone makes something due.
    fn wait(&self) -> Option<Duration> {
        let due = self.session.next_wakeup();
        let due = due.into_iter().chain(self.shown.due()).min();
        due.map(|due| self.now().until(due).min(LONGEST_SLEEP))
    }

    fn now(&self) -> Moment {
        (self.shared.settings.clock)()
    }

    async fn hear(&mut self, news: News) {
        match news {
            News::RequestAhead(drained) => {
                self.draining.push(drained);
                self.tell(Event::TokenRequestAhead);
            }
            News::RequestOver => {
                // A token that it brought comes first: held calls must not go to the old one.
                self.take_token();
                self.tell(Event::TokenRequestOver);
            }
            News::Close(farewell) => {
                let goodbye = self.shared.settings.goodbye;
                self.client.leave(farewell, goodbye).await;
            }
            News::Exited(child) => self.exited(child),
            News::Unheard(child) => self.unheard(child),
            News::Waited { number, waited } => self.waited(number, *waited),
        }
    }

    fn take_in(&mut self, piped: Piped) {
        match piped {
            Piped::FromClient(lines) => {
                for line in lines {
                    self.client_said(line);
                }
            }
            Piped::ClientGone => self.client.go(),
            Piped::FromChild(child, lines) => {
                for line in lines {
                    self.tell(Event::FromChild(child, line));
                }
            }
            Piped::Mute(child) => self.silence(child),
            Piped::Over(child) => {
                self.children.remove(&child);
                self.tell(Event::ChildExited(child));
            }
        }
    }

    fn take_token(&mut self) {
        let state = self.token.borrow_and_update().state.clone();
        self.tell(Event::Token(state));
    }

    /// Tells the session, and does what it says, until there is nothing left to do.
    fn tell(&mut self, event: Event) {
        self.events.push_back(event);
        while let Some(event) = self.events.pop_front() {
            let now = self.now();
            for effect in self.session.step(now, event) {
                self.carry_out(effect);
            }
        }
        self.ask_for_token();
    }

    /// Says once that a call waits for a token: with refreshing off, nobody else asks for one.
    fn ask_for_token(&mut self) {
        let waits = self.session.waits_for_token();
        if waits && !self.asked_for_token {
            self.shared.settings.token_wanted.notify_one();
        }
        self.asked_for_token = waits;
    }
}
