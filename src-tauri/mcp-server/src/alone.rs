//! The token's upkeep while neither the app nor `zoomtrayctl watch` keeps it: refreshed at the
//! threshold by whoever is the keeper, and its state on standard error at intervals.
//!
//! What always holds: nothing is opened before the first interval is over, or the first call; a
//! resident keeper is not polled; standard error that nobody reads holds up nothing.

mod line;
mod log;
mod pace;

use crate::clock;
use crate::source::{SourceError, TokenSource, Upkeep};
use line::Lines;
use log::Log;
use pace::Pace;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

/// Settings are read once the session is open: it must not wait for them.
const OPENING: Duration = Duration::from_millis(500);

/// Looks after the token until it is dropped.
pub(crate) async fn keep(source: Arc<dyn TokenSource>) {
    let started = Instant::now();
    sleep(OPENING).await;
    let (pace, misread) = Pace::from_process();
    let mut due = started + pace.interval();
    sleep_until(due).await;
    let mut log = Log::default();
    for sentence in misread {
        log.write(format!("zoomtray-mcp: {sentence}"));
    }
    let mut tending = Tending::new(source, pace);
    loop {
        let is_due = Instant::now() >= due;
        if let Some(line) = tending.look(is_due).await {
            log.write(line);
        }
        while due <= Instant::now() {
            due += pace.interval();
        }
        sleep_until(due.min(Instant::now() + pace::LOOK)).await;
    }
}

/// What is known from look to look.
struct Tending {
    source: Arc<dyn TokenSource>,
    pace: Pace,
    lines: Lines,
    /// Why the token is not as fresh as it should be.
    trouble: Option<SourceError>,
    failures: u32,
    next_try: Instant,
}

impl Tending {
    fn new(source: Arc<dyn TokenSource>, pace: Pace) -> Self {
        Self {
            source,
            pace,
            lines: Lines::new(pace.shows()),
            trouble: None,
            failures: 0,
            next_try: Instant::now(),
        }
    }

    /// Sees to the token; the line to be said, if any.
    async fn look(&mut self, is_due: bool) -> Option<String> {
        if Instant::now() >= self.next_try {
            match self.source.upkeep(self.pace.threshold).await {
                Ok(Upkeep::Elsewhere) => {
                    // Who keeps it shows it.
                    self.source.unattended().await;
                    return None;
                }
                Ok(Upkeep::Here | Upkeep::Nobody) => (self.trouble, self.failures) = (None, 0),
                Err(error) => self.failed(error),
            }
        }
        let status = self.source.status().await;
        let trouble = self.trouble.clone();
        self.lines.after(status, trouble, clock::now(), is_due)
    }

    fn failed(&mut self, error: SourceError) {
        self.failures += 1;
        self.next_try = Instant::now() + pace::pause(self.failures);
        self.trouble = Some(error);
    }
}
