//! The main process: what Claude does from its start to its end.

use crate::config::Config;
use crate::lock::{Held, Lock};
use crate::log::Log;
use crate::options::{Options, Update};
use crate::wish::{Wish, Wishes};
use crate::{helper, servers, update};
use serde_json::json;
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// A running main process.
struct App<'o> {
    options: &'o Options,
    log: &'o Log,
    config: Config,
}

/// Why it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Quit,
    Update,
}

/// Runs until it is quit or updated.
pub async fn run(options: &Options, log: &Log) -> io::Result<()> {
    // Before the log line, so that whoever has read it may send the signal.
    let mut wishes = Wishes::expect()?;
    let program = std::env::current_exe()?;
    fs_err::create_dir_all(options.profile())?;
    let lock = match Lock::take(&options.profile())? {
        Ok(lock) => lock,
        Err(Held::Running) => return log.tell("second_instance", json!({})),
        Err(Held::Elsewhere) => {
            tokio::time::sleep(Duration::from_millis(options.locked_out_after_ms)).await;
            return log.tell("locked_out", json!({}));
        }
    };
    let config = Config::read(&options.config);
    let app = App {
        options,
        log,
        config,
    };
    app.live(&mut wishes, lock, program).await
}

impl App<'_> {
    async fn live(&self, wishes: &mut Wishes, lock: Lock, program: PathBuf) -> io::Result<()> {
        let (options, log) = (self.options, self.log);
        let helpers = helper::start_all(options)?;
        let servers = servers::start_all(options, &self.config, log)?;
        let read = json!({"config": options.config, "read": self.config.told()});
        log.tell("started", read)?;
        if options.write_at_launch {
            self.write("launch")?;
        }
        let end = self.until_the_end(wishes).await?;
        servers::stop_all(servers).await;
        if end == End::Quit {
            self.write("quit")?;
        }
        helper::stop_all(helpers, options).await;
        let updates = end == End::Update || options.update_on_quit;
        if updates {
            update::install(options.update)?;
            log.tell("updated", json!({}))?;
        }
        log.tell("exited", json!({}))?;
        drop(lock);
        if options.come_back || (updates && options.update == Update::Restarted) {
            update::start_again(&program)?;
        }
        Ok(())
    }

    async fn until_the_end(&self, wishes: &mut Wishes) -> io::Result<End> {
        let mut timer = self.options.write_every_ms.map(every);
        loop {
            tokio::select! {
                wish = wishes.next() => match wish {
                    Wish::Update => return Ok(End::Update),
                    Wish::Write => self.write("preference")?,
                    Wish::Quit => {
                        self.log.tell("asked_to_quit", json!({}))?;
                        if !self.options.ignore_quit {
                            return Ok(End::Quit);
                        }
                    }
                },
                () = tick(&mut timer) => self.write("timer")?,
            }
        }
    }

    fn write(&self, why: &str) -> io::Result<()> {
        self.config
            .write(&self.options.config, self.options.keep_unknown)?;
        let told = json!({"why": why, "read": self.config.told()});
        self.log.tell("wrote", told)
    }
}

fn every(milliseconds: u64) -> Interval {
    let mut timer = interval(Duration::from_millis(milliseconds.max(1)));
    timer.set_missed_tick_behavior(MissedTickBehavior::Skip);
    // The first tick is at once.
    timer.reset();
    timer
}

async fn tick(timer: &mut Option<Interval>) {
    match timer {
        Some(timer) => {
            timer.tick().await;
        }
        None => std::future::pending().await,
    }
}
