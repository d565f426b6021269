//! The one task that delivers: it owns every write to Claude's config and every restart, so that
//! nothing overlaps.
//!
//! Each token is delivered once. What fails is told and left for the next token, the next quit of
//! Claude Desktop, or the user; nothing here asks for another token.

use crate::board::Board;
use crate::clock::wall_now;
use crate::delivery::claude_desktop::ClaudeDesktop;
use crate::delivery::env_target::EnvTarget;
use crate::delivery::following::{Following, News};
use crate::delivery::guard::Guard;
use crate::delivery::inbox::Inbox;
use crate::delivery::journal::Journal;
use crate::delivery::order::{FreshToken, Order};
use crate::delivery::relay_entry::Relay;
use crate::delivery::steps::Sequence;
use crate::guardian::Event;
use crate::restart_gate::RestartGate;
use crate::settings_file::SettingsFile;
use claude::{Cut, Restarts};
use control::EventKind;
use lifecycle::WallTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that a delivery touches.
pub(crate) struct Deliverer {
    pub(crate) board: Arc<Board>,
    pub(crate) settings: Arc<SettingsFile>,
    pub(crate) desktop: ClaudeDesktop,
    pub(crate) journal: Journal,
    pub(crate) relay: Relay,
    pub(crate) guard: Guard,
    pub(crate) following: Following,
    pub(crate) sequence: Sequence,
    /// The variable that new entries get.
    pub(crate) key: String,
    /// The entry that the environment names, besides those of the settings. A brief keeper shows
    /// it, and leaves it alone.
    pub(crate) from_environment: Option<String>,
    pub(crate) env_target: EnvTarget,
    /// Whether tokens are delivered as they come, or only where that is asked for: a brief
    /// keeper changes nothing unasked.
    pub(crate) unasked: bool,
    pub(crate) state: State,
}

/// What was delivered, and what waits.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) token: Option<FreshToken>,
    /// The newest generation that was brought everywhere.
    pub(crate) delivered: Option<u64>,
    /// When each entry was last written, and with which generation.
    pub(crate) deliveries: BTreeMap<String, (u64, WallTime)>,
    /// Credentials that wait to be taken out of the config.
    pub(crate) cuts: Vec<Cut>,
    pub(crate) restarts: Restarts,
    /// Passed by each restart, so that none is cut off in the middle.
    pub(crate) restart_gate: RestartGate,
}

impl Deliverer {
    /// Carries out orders until nobody can give any more.
    pub(crate) async fn run(mut self, mut inbox: Inbox) {
        loop {
            tokio::select! {
                news = self.following.next() => self.hear(news, &mut inbox).await,
                () = self.guard.woken() => self.guard.tell(Event::Woke),
                order = inbox.next() => match order {
                    Some(order) => self.carry_out(order, &mut inbox).await,
                    None => return,
                },
            }
            self.do_what_the_guard_wants(&mut inbox).await;
            self.show();
        }
    }

    /// What was left undone when the last keeper ended is done first.
    pub(crate) async fn begin(&mut self, inbox: &mut Inbox) {
        self.follow();
        if self.unasked && self.desktop.is_gone() {
            self.guard.tell(Event::Gone);
            self.do_what_the_guard_wants(inbox).await;
            self.write_what_waits().await;
        }
        self.show();
    }

    /// Follows config and processes as soon as there is a config.
    fn follow(&mut self) {
        for problem in self.following.begin(&self.desktop) {
            self.board.event(wall_now(), EventKind::Notice, problem);
        }
    }

    async fn hear(&mut self, news: News, inbox: &mut Inbox) {
        match news {
            News::Config(change) => {
                self.say(
                    EventKind::Notice,
                    crate::delivery::following::sentence(change),
                );
                self.look();
            }
            News::Started => {
                self.look_again();
                self.guard.tell(Event::Started);
            }
            News::Gone => {
                self.look_again();
                self.guard.tell(Event::Gone);
                // Before anything is written: what Claude Desktop has left is looked at.
                self.do_what_the_guard_wants(inbox).await;
                self.write_what_waits().await;
            }
        }
    }

    async fn carry_out(&mut self, order: Order, inbox: &mut Inbox) {
        self.look_again_for(&order);
        self.follow();
        // Whoever asked and left wants no answer.
        match order {
            Order::Deliver(token) => self.deliver(token).await,
            Order::Have(token) => self.have(token),
            Order::Answer { generation, answer } => {
                self.guard.tell(Event::Answered { generation, answer });
            }
            Order::SetMode { name, mode, reply } => {
                let _unwanted = reply.send(self.set_mode(&name, mode).await);
            }
            Order::ConnectAll { reply } => {
                let _unwanted = reply.send(self.connect_all().await);
            }
            Order::Forget { name, reply } => {
                let _unwanted = reply.send(self.forget(&name).await);
            }
            Order::CutOut { cuts, reply } => {
                let _unwanted = reply.send(self.cut_out(cuts));
            }
            Order::Mend { reply } => {
                let _unwanted = reply.send(self.mend());
            }
            Order::RestoreLost { reply } => {
                let _unwanted = reply.send(self.restore_lost().await);
            }
            Order::ListBackups { reply } => {
                let _unwanted = reply.send(self.backups());
            }
            Order::RestoreBackup { number, reply } => {
                let _unwanted = reply.send(self.restore_backup(number).await);
            }
            Order::Restart { by_force, reply } => {
                let _unwanted = reply.send(Ok(self.restart_by_order(by_force, inbox).await));
            }
            Order::GiveAllBack { reply } => {
                let _unwanted = reply.send(self.give_all_back().await);
            }
            Order::Look { reply } => {
                self.show();
                let _unwanted = reply.send(self.board.snapshot().claude.clone());
            }
        }
    }

    pub(crate) fn say(&self, kind: EventKind, text: impl Into<String>) {
        self.board.event(wall_now(), kind, text);
    }
}
