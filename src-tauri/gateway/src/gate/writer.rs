//! The one thread that writes: the activity log, and what limits have counted.
//!
//! Nobody waits for it. Of counts the newest are written, so a slow disk costs nothing; of lines
//! of the log so many may wait, and those over that are lost and said to be.

use super::activity::{Record, days};
use super::counters_file::{self, Saving};
use super::shared::{SharedState, lock};
use super::{GatePlaces, day};
use policy::Now;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Lines that may wait: about 2 MB at their longest.
const MOST_WAITING: usize = 1024;

/// Lines that are written at once.
const MOST_AT_ONCE: usize = 256;

/// The least time between two writes of the counts.
const SAVE_GAP: Duration = Duration::from_millis(50);

/// The least time between a write of the counts that failed and the next.
const RETRY_GAP: Duration = Duration::from_secs(5);

/// The share of the time that may go into writing counts: one part in so many.
const SAVE_SHARE: u32 = 10;

/// The largest file of a day, in bytes: some 300,000 calls. What follows is not written.
const LARGEST_DAY: u64 = 64 * 1024 * 1024;

/// The way to the thread.
pub(super) struct Writer {
    jobs: SyncSender<Job>,
    unsaved: Arc<AtomicBool>,
    lost: Arc<AtomicU64>,
}

enum Job {
    Record(Record),
    /// Look whether there is something to save.
    Save,
    /// Everything before this is on the disk when it is answered.
    Finish(oneshot::Sender<()>),
}

impl Writer {
    pub(super) fn start(places: GatePlaces, clock: fn() -> Now, state: SharedState) -> Self {
        let (jobs, received) = sync_channel(MOST_WAITING);
        let unsaved = Arc::new(AtomicBool::new(false));
        let lost = Arc::new(AtomicU64::new(0));
        let desk = Desk {
            places,
            clock,
            state,
            unsaved: Arc::clone(&unsaved),
            lost: Arc::clone(&lost),
            next_save: Instant::now(),
        };
        std::thread::spawn(move || desk.work(&received));
        Self {
            jobs,
            unsaved,
            lost,
        }
    }

    /// Adds a line to the log.
    pub(super) fn write(&self, record: Record) {
        if self.jobs.try_send(Job::Record(record)).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The counts have changed.
    pub(super) fn save_counters(&self) {
        if !self.unsaved.swap(true, Ordering::AcqRel) {
            // A full queue has work, after which the flag is looked at.
            let _busy = self.jobs.try_send(Job::Save);
        }
    }

    /// Returns when everything so far is on the disk.
    pub(super) async fn finish(&self) {
        let (done, finished) = oneshot::channel();
        let jobs = self.jobs.clone();
        // A queue may be full for a moment.
        let asked = tokio::task::spawn_blocking(move || jobs.send(Job::Finish(done)).is_ok());
        if asked.await.unwrap_or(false) {
            // It ends with an error only if the thread has ended.
            let _gone = finished.await;
        }
    }
}

/// The thread's side.
struct Desk {
    places: GatePlaces,
    clock: fn() -> Now,
    state: SharedState,
    unsaved: Arc<AtomicBool>,
    lost: Arc<AtomicU64>,
    next_save: Instant,
}

/// What the thread does next.
enum Next {
    Work(Job),
    /// Nobody can ask any more.
    Over,
}

impl Desk {
    fn work(mut self, jobs: &Receiver<Job>) {
        while let Next::Work(job) = self.next(jobs) {
            let (mut records, mut finished) = (Vec::new(), Vec::new());
            let more = std::iter::from_fn(|| jobs.try_recv().ok());
            for job in std::iter::once(job).chain(more).take(MOST_AT_ONCE) {
                match job {
                    Job::Record(record) => records.push(record),
                    Job::Save => {}
                    Job::Finish(done) => finished.push(done),
                }
            }
            self.log(&records);
            if !finished.is_empty() || Instant::now() >= self.next_save {
                self.save();
            }
            for done in finished {
                // Whoever asked may have gone.
                let _gone = done.send(());
            }
        }
        self.save();
    }

    /// What to do next: when it is time to save, to look whether there is something.
    fn next(&self, jobs: &Receiver<Job>) -> Next {
        if !self.unsaved.load(Ordering::Acquire) {
            return jobs.recv().map_or(Next::Over, Next::Work);
        }
        let wait = self.next_save.saturating_duration_since(Instant::now());
        match jobs.recv_timeout(wait) {
            Ok(job) => Next::Work(job),
            Err(RecvTimeoutError::Timeout) => Next::Work(Job::Save),
            Err(RecvTimeoutError::Disconnected) => Next::Over,
        }
    }

    fn save(&mut self) {
        if !self.unsaved.swap(false, Ordering::AcqRel) {
            return;
        }
        let began = Instant::now();
        let saved = lock(&self.state).ledger.save((self.clock)());
        let gap = match counters_file::save(&self.places.counters, &saved) {
            Saving::Done => SAVE_GAP,
            Saving::Failed => {
                self.unsaved.store(true, Ordering::Release);
                RETRY_GAP
            }
        };
        self.next_save = Instant::now() + gap.max(began.elapsed() * SAVE_SHARE);
    }

    fn log(&self, records: &[Record]) {
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            tracing::warn!(
                lost,
                "calls are missing from the activity log: the disk is too slow"
            );
        }
        if records.is_empty() {
            return;
        }
        if let Err(error) = self.append(records) {
            tracing::warn!(%error, "the activity log is not written");
        }
    }

    fn append(&self, records: &[Record]) -> io::Result<()> {
        let now_ms = (self.clock)().wall_ms;
        let path = self.places.activity.join(day::file_of(now_ms));
        if !path.exists() {
            self.begin_day(now_ms)?;
        }
        let mut lines = Vec::new();
        for record in records {
            serde_json::to_writer(&mut lines, record)?;
            lines.push(b'\n');
        }
        let mut options = fs_err::OpenOptions::new();
        options.create(true).append(true);
        let mut file = options.open(&path)?;
        if file.metadata()?.len() > LARGEST_DAY {
            return Err(io::Error::other("today's file is over 64 MiB"));
        }
        file.write_all(&lines)
    }

    /// Makes the folder, which only this user may enter, and removes the days that are past. One
    /// that cannot be removed stays.
    fn begin_day(&self, now_ms: i64) -> io::Result<()> {
        let folder = &self.places.activity;
        files::private_folder(folder).map_err(io::Error::other)?;
        for name in days(folder)? {
            if day::is_past(&name, now_ms)
                && let Err(error) = fs_err::remove_file(folder.join(name))
            {
                tracing::warn!(%error, "a past day of the activity log stays");
            }
        }
        Ok(())
    }
}
