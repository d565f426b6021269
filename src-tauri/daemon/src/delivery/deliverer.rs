//! The one task that delivers: it owns every write to Claude's config and every restart.
//!
//! Each token is delivered once. What fails is told and left for the next token or the user;
//! nothing here asks for another one, and a token causes at most one restart.

use crate::board::Board;
use crate::clock::wall_now;
use crate::delivery::claude_desktop::{Applied, ApplyError, ClaudeDesktop, Deliveries, Wanted};
use crate::delivery::env_target;
use crate::delivery::foreign::{self, ForeignChanges};
use crate::delivery::originals::Originals;
use crate::delivery::steps::{self, Sequence};
use crate::settings::{Injected, Settings};
use crate::settings_file::SettingsFile;
use claude::{Consent, RestartOutcome};
use control::{ClaudeView, Delivery, EntryMode, EventKind, Failure, FailureKind, Step};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Between two looks whether Claude Desktop is gone, while a change waits for that.
const LOOK: Duration = Duration::from_secs(2);

/// A token on its way.
#[derive(Clone)]
pub(crate) struct FreshToken {
    /// Its generation.
    pub(crate) generation: u64,
    /// The token.
    pub(crate) secret: SecretString,
}

/// What the deliverer is asked.
pub(crate) enum Order {
    /// A new token: bring it everywhere.
    Deliver(FreshToken),
    /// The token that the next order is about.
    Have(FreshToken),
    /// Sets how an entry gets its token.
    SetMode {
        name: String,
        mode: EntryMode,
        reply: oneshot::Sender<Result<Delivery, Failure>>,
    },
    /// Quits Claude Desktop, writes, starts it.
    Restart { reply: oneshot::Sender<Vec<Step>> },
    /// Looks at config and processes.
    Look { reply: oneshot::Sender<ClaudeView> },
}

/// Everything that a delivery touches.
pub(crate) struct Deliverer {
    pub(crate) board: Arc<Board>,
    pub(crate) settings: Arc<SettingsFile>,
    pub(crate) desktop: ClaudeDesktop,
    pub(crate) originals: Originals,
    pub(crate) sequence: Sequence,
    /// The variable that new entries get.
    pub(crate) key: String,
    /// The entry that the environment names, besides those of the settings.
    pub(crate) from_environment: Option<String>,
    /// The `.env`, if one is kept fresh.
    pub(crate) env_target: Option<PathBuf>,
    /// Changes of the config by others.
    pub(crate) foreign: ForeignChanges,
    /// Whether tokens are delivered as they come, or only where that is asked for: a brief
    /// keeper changes nothing unasked.
    pub(crate) unasked: bool,
    pub(crate) state: State,
}

/// What was delivered, and what waits.
#[derive(Default)]
pub(crate) struct State {
    token: Option<FreshToken>,
    /// The newest generation that was brought everywhere.
    delivered: Option<u64>,
    deliveries: Deliveries,
    /// A change waits until Claude Desktop is gone.
    pending: bool,
    /// The generation that Claude Desktop was last restarted for.
    restarted_for: Option<u64>,
}

impl Deliverer {
    /// Carries out orders until nobody can give any more.
    pub(crate) async fn run(mut self, mut orders: mpsc::UnboundedReceiver<Order>) {
        self.watch_config();
        self.show();
        loop {
            tokio::select! {
                change = self.foreign.next() => {
                    self.board.event(wall_now(), EventKind::Notice, foreign::sentence(change));
                    self.show();
                }
                order = orders.recv() => match order {
                    Some(order) => self.carry_out(order).await,
                    None => return,
                },
                () = tokio::time::sleep(LOOK), if self.state.pending => {
                    if self.desktop.is_gone() {
                        self.write_now().await;
                    }
                }
            }
        }
    }

    async fn carry_out(&mut self, order: Order) {
        self.desktop.look_again();
        self.watch_config();
        match order {
            Order::Deliver(token) => self.deliver(token).await,
            Order::Have(token) => self.state.token = Some(token),
            // Whoever asked and left wants no answer.
            Order::SetMode { name, mode, reply } => {
                let _unwanted = reply.send(self.set_mode(name, mode).await);
            }
            Order::Restart { reply } => {
                let _unwanted = reply.send(self.restart().await);
            }
            Order::Look { reply } => {
                self.show();
                let _unwanted = reply.send(self.board.snapshot().claude.clone());
            }
        }
    }

    fn watch_config(&mut self) {
        if let Err(error) = self.foreign.follow(&self.desktop) {
            self.board
                .event(wall_now(), EventKind::Notice, format!("{error}."));
        }
    }

    async fn deliver(&mut self, token: FreshToken) {
        let generation = token.generation;
        if self.state.delivered >= Some(generation) {
            return;
        }
        self.state.delivered = Some(generation);
        self.state.token = Some(token.clone());
        if self.unasked {
            self.load(&token);
            self.bring_to_claude(generation).await;
            self.show();
        }
    }

    async fn bring_to_claude(&mut self, generation: u64) {
        let consent = self.settings.get().restart_consent;
        if self.injected().is_empty() || self.desktop.holds(&self.wanted().await) {
            self.sequence.not_needed(steps::CONFIG);
            self.sequence.not_needed(steps::RESTART);
        } else if self.desktop.is_gone() {
            self.write_now().await;
        } else if consent == Consent::Always && self.state.restarted_for != Some(generation) {
            self.state.restarted_for = Some(generation);
            self.restart().await;
        } else {
            self.wait_for_quit();
        }
    }

    /// The `.env` gets the token; memory and vault have it already.
    fn load(&mut self, token: &FreshToken) {
        let Some(path) = &self.env_target else {
            self.sequence.done(steps::LOAD, Duration::ZERO);
            return;
        };
        let watch = std::time::Instant::now();
        match env_target::write(path, &token.secret) {
            Ok(env_target::Written::Changed) => {
                let text = format!("The token was written to {}.", path.display());
                self.board.event(wall_now(), EventKind::Delivered, text);
                self.sequence.done(steps::LOAD, watch.elapsed());
            }
            Ok(env_target::Written::AlreadySo) => self.sequence.not_needed(steps::LOAD),
            Err(error) => {
                self.board
                    .event(wall_now(), EventKind::Failed, error.to_string());
                self.sequence.failed(steps::LOAD, watch.elapsed(), &error);
            }
        }
    }

    async fn write_now(&mut self) {
        let watch = std::time::Instant::now();
        let outcome = self.desktop.apply(&self.wanted().await);
        match &outcome {
            Ok(applied) if applied.is_nothing() => self.sequence.not_needed(steps::CONFIG),
            Ok(_) => self.sequence.done(steps::CONFIG, watch.elapsed()),
            Err(error) => self.sequence.failed(steps::CONFIG, watch.elapsed(), error),
        }
        self.sequence.not_needed(steps::RESTART);
        self.record(outcome).await;
    }

    fn wait_for_quit(&mut self) {
        self.state.pending = true;
        self.sequence
            .waits(steps::CONFIG, "until Claude Desktop is quit");
        self.sequence.waits(steps::RESTART, "for your consent");
        let text = "Claude Desktop must be restarted to get the new token.";
        self.board.event(wall_now(), EventKind::Notice, text);
    }

    /// Quits, writes, starts. Never more than one attempt.
    async fn restart(&mut self) -> Vec<Step> {
        let wanted = self.wanted().await;
        let mut reports = Vec::new();
        let desktop = &self.desktop;
        let outcome = claude::restart(
            desktop.claude(),
            || desktop.apply(&wanted),
            |report| reports.push(steps::of_restart(report)),
        )
        .await;
        for step in &reports {
            self.sequence.send(step.clone());
        }
        self.state.restarted_for = self.state.token.as_ref().map(|token| token.generation);
        self.conclude(outcome).await;
        self.show();
        reports
    }

    async fn conclude(&mut self, outcome: RestartOutcome<Applied, ApplyError>) {
        let kind = match outcome {
            RestartOutcome::Restarted { .. } | RestartOutcome::NotRunning { .. } => {
                EventKind::Restart
            }
            _ => EventKind::Failed,
        };
        self.board
            .event(wall_now(), kind, steps::sentence(&outcome));
        match outcome {
            RestartOutcome::Restarted { written, .. }
            | RestartOutcome::NotRunning { written }
            | RestartOutcome::StartedMeanwhile { written, .. }
            | RestartOutcome::NotStarted { written } => self.record(Ok(written)).await,
            RestartOutcome::NotWritten { error, .. } => self.record(Err(error)).await,
            RestartOutcome::NeedsUser
            | RestartOutcome::NotAsked
            | RestartOutcome::NotGone { .. } => {
                self.state.pending = true;
            }
        }
    }

    /// Remembers what was written, and what stood there before.
    async fn record(&mut self, outcome: Result<Applied, ApplyError>) {
        self.state.pending = false;
        let applied = match outcome {
            Ok(applied) => applied,
            Err(error) => {
                self.board
                    .event(wall_now(), EventKind::Failed, error.to_string());
                return;
            }
        };
        let generation = self
            .state
            .token
            .as_ref()
            .map_or(0, |token| token.generation);
        for name in &applied.changed {
            self.state
                .deliveries
                .insert(name.clone(), (generation, wall_now()));
            let text = format!("The token was written into Claude Desktop's entry {name}.");
            self.board.event(wall_now(), EventKind::Delivered, text);
        }
        if let Err(failure) = self.keep_originals(&applied).await {
            self.board.event(wall_now(), EventKind::Failed, failure);
        }
    }

    async fn keep_originals(&self, applied: &Applied) -> Result<(), String> {
        let mut kinds = BTreeMap::new();
        let known = self.settings.get().injected;
        for (name, original) in &applied.originals {
            if known
                .get(name)
                .is_some_and(|entry| entry.original.is_none())
            {
                self.originals.keep(name, original).await?;
                kinds.insert(name.clone(), original.kind());
            }
        }
        for name in &applied.given_back {
            self.originals.forget(name).await?;
        }
        let change = |settings: &mut Settings| {
            for (name, kind) in kinds {
                if let Some(entry) = settings.injected.get_mut(&name) {
                    entry.original = Some(kind);
                }
            }
            settings
                .injected
                .retain(|name, _| !applied.given_back.contains(name));
        };
        self.settings
            .change(change)
            .map_err(|error| error.to_string())
    }

    async fn set_mode(&mut self, name: String, mode: EntryMode) -> Result<Delivery, Failure> {
        self.check_entry(&name, mode)?;
        let key = self.key.clone();
        self.settings
            .change(|settings| match mode {
                EntryMode::Inject => {
                    let fresh = Injected {
                        key,
                        original: None,
                        leaving: false,
                    };
                    settings
                        .injected
                        .entry(name.clone())
                        .or_insert(fresh)
                        .leaving = false;
                }
                EntryMode::Off => {
                    if let Some(entry) = settings.injected.get_mut(&name) {
                        entry.leaving = true;
                    }
                }
            })
            .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))?;
        self.bring_about(&name).await
    }

    async fn bring_about(&mut self, name: &str) -> Result<Delivery, Failure> {
        let outcome = if self.desktop.is_gone() {
            let applied = self.desktop.apply(&self.wanted().await);
            let changed = applied.as_ref().is_ok_and(|applied| applied.touches(name));
            let failure = applied.as_ref().err().map(ToString::to_string);
            self.record(applied).await;
            match failure {
                Some(why) => Err(Failure::new(FailureKind::Claude, why)),
                None if changed => Ok(Delivery::Written),
                None => Ok(Delivery::AlreadySo),
            }
        } else {
            self.state.pending = true;
            Ok(Delivery::Pending)
        };
        self.show();
        outcome
    }

    fn check_entry(&self, name: &str, mode: EntryMode) -> Result<(), Failure> {
        let no = |why: String| Failure::new(FailureKind::Claude, why);
        if mode == EntryMode::Off && self.settings.get().injected.contains_key(name) {
            return Ok(());
        }
        let config = self.desktop.config().map_err(no)?;
        let entries = config
            .read()
            .map_err(|error| no(error.to_string()))?
            .entries;
        let Some(entry) = entries.iter().find(|entry| entry.name == name) else {
            let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
            return Err(no(format!(
                "{} has no entry {name}; it has {}. Name one of them.",
                config.path().display(),
                if names.is_empty() {
                    "none".to_owned()
                } else {
                    names.join(", ")
                }
            )));
        };
        if entry.owned_by_extension {
            return Err(no(format!(
                "Entry {name} belongs to a Claude Desktop extension, which alone may change it. \
                 Choose another entry."
            )));
        }
        Ok(())
    }

    async fn wanted(&self) -> Wanted {
        let entries = self.injected();
        let mut originals = BTreeMap::new();
        for (name, entry) in entries.iter().filter(|(_, entry)| entry.leaving) {
            if let Some(kind) = entry.original
                && let Some(original) = self.originals.read(name, kind).await
            {
                originals.insert(name.clone(), original);
            }
        }
        let token = self.state.token.as_ref().map(|token| token.secret.clone());
        Wanted {
            token,
            originals,
            entries,
        }
    }

    /// Every entry that gets the token, or gives it back.
    fn injected(&self) -> BTreeMap<String, Injected> {
        let mut entries = self.settings.get().injected;
        if let Some(name) = &self.from_environment {
            let named = Injected {
                key: self.key.clone(),
                original: None,
                leaving: false,
            };
            entries.entry(name.clone()).or_insert(named);
        }
        entries
    }

    /// Puts what is known of Claude Desktop on the board.
    fn show(&self) {
        let mut view = self.desktop.view(&self.injected(), &self.state.deliveries);
        view.restart_needed = self.state.pending;
        self.board.change(|snapshot| snapshot.claude = view);
    }
}
