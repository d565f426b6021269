//! `watch`: keeper and delivery in this terminal.
//!
//! Prints a status line each interval and each refresh step by step. While the app keeps
//! tokens, it only shows them.

use crate::commands::claude::step_line;
use crate::exit::{Failed, YES};
use crate::session::{bring, name_misread};
use crate::{terminal, words};
use control::{
    AccountView, Client, EventKind, EventView, Snapshot, Step, StepResult, Subscribe, Told,
};
use daemon::{Daemon, EnvFileWatch, Leave, Rank, Setup, StartError, wall_now};
use lifecycle::{Activity, WaitReason, WallTime};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::{Interval, MissedTickBehavior, interval_at};

pub(crate) async fn run(env_file: Option<PathBuf>) -> Result<ExitCode, Failed> {
    let mut setup = Setup::from_process()?;
    if env_file.is_some() {
        setup.env_target = env_file;
    }
    name_misread(&setup);
    match Daemon::start(setup.clone(), Rank::Watch).await {
        Ok(daemon) => keep(&setup, daemon).await,
        Err(StartError::Outranked {
            pid,
            rank: Rank::App,
        }) => {
            terminal::note(&format!(
                "Zoomtray (pid {pid}) keeps the tokens; this shows them."
            ));
            follow(&setup).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Keeps tokens until the user or a higher rank ends it.
async fn keep(setup: &Setup, daemon: Daemon) -> Result<ExitCode, Failed> {
    let guest = bring_guest(setup, &daemon).await?;
    let edits = keep_guest(setup, &daemon, guest);
    let mut screen = Screen::new(setup, daemon.subscribe(), Some(daemon.steps()));
    let ended = tokio::select! {
        ended = screen.run(daemon.leaving()) => ended,
        failed = edits => Err(failed),
    };
    if daemon.is_restarting() {
        // Where nobody reads any more, it is finished all the same.
        let _unread =
            terminal::say("Claude Desktop is being restarted. This ends as soon as it runs again.");
    }
    daemon.shut_down().await;
    match ended? {
        Ended::ByUser => Ok(YES.into()),
        Ended::ByHigherRank => {
            terminal::note("The Zoomtray app keeps the tokens now; this shows them.");
            follow(setup).await
        }
    }
}

/// Holds the guest's connection, and brings the credentials anew when their `.env` is edited.
/// Returns only with why that cannot go on.
async fn keep_guest(setup: &Setup, daemon: &Daemon, mut guest: Option<Client>) -> Failed {
    let mut edits = match EnvFileWatch::start(setup).await {
        Ok(Some(edits)) => edits,
        Ok(None) => std::future::pending().await,
        Err(error) => {
            terminal::note(&error.to_string());
            std::future::pending().await
        }
    };
    loop {
        edits.edited().await;
        match bring_anew(daemon).await {
            // The connection before it ends only now, so that an unchanged account stays.
            Ok(next) => drop(std::mem::replace(&mut guest, next)),
            Err(failed) => terminal::note(&failed.message),
        }
    }
}

async fn bring_anew(daemon: &Daemon) -> Result<Option<Client>, Failed> {
    let setup = Setup::from_process()?;
    name_misread(&setup);
    bring_guest(&setup, daemon).await
}

/// The environment's account, if none is saved; it lives as long as the connection.
async fn bring_guest(setup: &Setup, daemon: &Daemon) -> Result<Option<Client>, Failed> {
    let saved = daemon
        .snapshot()
        .accounts
        .iter()
        .any(|account| !account.guest);
    let Some(guest) = setup.environment.guest.clone().filter(|_| !saved) else {
        return Ok(None);
    };
    let reached = daemon::reach(setup).await?;
    bring(&reached.client, guest).await?;
    Ok(Some(reached.client))
}

/// Shows what another keeper keeps.
async fn follow(setup: &Setup) -> Result<ExitCode, Failed> {
    let mut reached = daemon::reach(setup).await?;
    let first = reached.client.call(Subscribe {}).await?;
    let (sender, snapshots) = watch::channel(Arc::new(first));
    let (leave, leaving) = watch::channel(Leave::Stay);
    let forward = async {
        forward(&mut reached.told, &sender).await;
        leave.send_replace(Leave::Quit);
        std::future::pending::<()>().await;
    };
    let mut screen = Screen::new(setup, snapshots, None);
    tokio::select! {
        ended = screen.run(leaving) => ended?,
        () = forward => Ended::ByUser,
    };
    Ok(YES.into())
}

async fn forward(told: &mut mpsc::Receiver<Told>, sender: &watch::Sender<Arc<Snapshot>>) {
    while let Some(telling) = told.recv().await {
        if let Told::Snapshot(snapshot) = telling {
            sender.send_replace(Arc::from(snapshot));
        }
    }
}

/// Why the terminal stopped showing.
enum Ended {
    ByUser,
    ByHigherRank,
}

/// What is printed, and when.
struct Screen {
    snapshots: watch::Receiver<Arc<Snapshot>>,
    /// The steps of this process' keeper; another's are not told.
    steps: Option<broadcast::Receiver<Step>>,
    status_lines: Option<Interval>,
    /// The newest event that was printed.
    newest: Option<EventView>,
    /// The generation whose status line was printed.
    generation: Option<u64>,
    /// The wait that was printed.
    waits_for: Option<WaitReason>,
}

impl Screen {
    fn new(
        setup: &Setup,
        snapshots: watch::Receiver<Arc<Snapshot>>,
        steps: Option<broadcast::Receiver<Step>>,
    ) -> Self {
        let status_lines = setup.environment.display_interval.map(|period| {
            let mut ticks = interval_at(tokio::time::Instant::now() + period, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
            ticks
        });
        Self {
            snapshots,
            steps,
            status_lines,
            newest: None,
            generation: None,
            waits_for: None,
        }
    }

    async fn run(&mut self, mut leaving: watch::Receiver<Leave>) -> Result<Ended, Failed> {
        let mut interrupted = std::pin::pin!(interrupted());
        self.show_news()?;
        loop {
            tokio::select! {
                biased;
                outcome = &mut interrupted => return outcome.map(|()| Ended::ByUser),
                step = next_step(&mut self.steps) => self.show_step(&step)?,
                Ok(()) = self.snapshots.changed() => self.show_news()?,
                () = tick(&mut self.status_lines) => self.show_status()?,
                Ok(()) = leaving.changed() => {
                    match *leaving.borrow() {
                        Leave::Stay => {}
                        Leave::Yield => return Ok(Ended::ByHigherRank),
                        Leave::Quit => return Ok(Ended::ByUser),
                    }
                }
            }
        }
    }

    /// A step, and the status line behind the last one of a sequence.
    fn show_step(&self, step: &Step) -> Result<(), Failed> {
        terminal::say(&step_line(step))?;
        let ends = step.result == StepResult::Failed || step.name == LAST_STEP;
        if ends { self.show_status() } else { Ok(()) }
    }

    /// New events that no step tells, and the status line where no steps are told.
    fn show_news(&mut self) -> Result<(), Failed> {
        let snapshot = self.snapshots.borrow_and_update().clone();
        let fresh: Vec<_> = snapshot
            .events
            .iter()
            .take_while(|event| Some(*event) != self.newest.as_ref())
            .filter(|event| !is_told_by_steps(event.kind))
            .collect();
        for event in fresh.iter().rev() {
            terminal::say(&format!(
                "{} {}",
                words::clock(event.at, wall_now()),
                event.text
            ))?;
        }
        self.newest = snapshot.events.first().cloned().or(self.newest.take());
        self.show_wait(&snapshot)?;
        let generation = snapshot
            .accounts
            .iter()
            .filter_map(|account| account.generation)
            .max();
        if self.steps.is_none() && generation != self.generation {
            self.show_status()?;
        }
        self.generation = generation;
        Ok(())
    }

    /// That an attempt is put off, once.
    fn show_wait(&mut self, snapshot: &Snapshot) -> Result<(), Failed> {
        let now = wall_now();
        let wait = snapshot
            .foremost(now)
            .and_then(|account| match account.condition.activity {
                Activity::Waiting { reason, until } => Some((reason, until)),
                _ => None,
            });
        let reason = wait.map(|(reason, _)| reason);
        if let Some((reason, until)) = wait
            && self.waits_for != Some(reason)
        {
            let (now, until) = (words::clock(now, now), words::clock(until, now));
            terminal::say(&format!(
                "{now} {} The next attempt is at {until}.",
                words::wait(reason)
            ))?;
        }
        self.waits_for = reason;
        Ok(())
    }

    fn show_status(&self) -> Result<(), Failed> {
        let snapshot = self.snapshots.borrow().clone();
        let now = wall_now();
        match snapshot.foremost(now) {
            Some(account) => terminal::say(&status_line(account, now)),
            None => terminal::say("No account. Add one with `zoomtrayctl accounts add`."),
        }
    }
}

fn status_line(account: &AccountView, now: WallTime) -> String {
    let mark = words::mark(account.condition, now);
    match account.condition.token {
        Some(span) if !span.remaining(now).is_zero() => {
            format!("{mark} {}", words::left(span, now))
        }
        Some(span) => format!("{mark} Expired at {}", words::clock(span.expires, now)),
        None => format!("{mark} No token yet"),
    }
}

/// The last step of a refresh sequence.
const LAST_STEP: &str = "restart";

fn is_told_by_steps(kind: EventKind) -> bool {
    match kind {
        EventKind::Refreshed | EventKind::Failed | EventKind::Delivered | EventKind::Restart => {
            true
        }
        EventKind::Suspension | EventKind::Server | EventKind::Account | EventKind::Notice => false,
    }
}

async fn next_step(steps: &mut Option<broadcast::Receiver<Step>>) -> Step {
    while let Some(receiver) = steps {
        match receiver.recv().await {
            Ok(step) => return step,
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => *steps = None,
        }
    }
    std::future::pending().await
}

async fn tick(status_lines: &mut Option<Interval>) {
    match status_lines {
        Some(ticks) => drop(ticks.tick().await),
        None => std::future::pending().await,
    }
}

/// Ctrl-C, or the ways a system ends a program.
async fn interrupted() -> Result<(), Failed> {
    let cannot = |error| Failed::new(format!("signals cannot be received: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(cannot)?;
        let mut hang_up = signal(SignalKind::hangup()).map_err(cannot)?;
        tokio::select! {
            outcome = tokio::signal::ctrl_c() => outcome.map_err(cannot),
            _ = terminate.recv() => Ok(()),
            _ = hang_up.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(cannot)
}
