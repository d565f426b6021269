//! Helper processes: the same executable with `--type=`. A helper lives as long as the pipe to
//! its standard input, so that none outlives a main process that was killed.

use crate::log::Log;
use crate::options::Options;
use crate::wish::Wishes;
use serde_json::json;
use std::io;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

/// The kinds that are kept.
const KINDS: [&str; 4] = [ZYGOTE, "gpu-process", "utility", "renderer"];

/// Alone is not told the folder of the profile.
const ZYGOTE: &str = "zygote";

/// Between two looks at the file that keeps them.
const LOOK: Duration = Duration::from_millis(10);

/// Starts one of each kind.
pub fn start_all(options: &Options) -> io::Result<Vec<Child>> {
    let program = std::env::current_exe()?;
    KINDS
        .iter()
        .map(|kind| {
            let mut command = Command::new(&program);
            command.arg(format!("--type={kind}"));
            if *kind != ZYGOTE {
                let folder = options.profile();
                command.arg(format!("--user-data-dir={}", folder.display()));
            }
            if let Some(log) = &options.log {
                command.arg("--log").arg(log);
            }
            command.stdin(Stdio::piped());
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()
        })
        .collect()
}

/// Lets go of them; those that are to linger are left to themselves.
pub async fn stop_all(helpers: Vec<Child>, options: &Options) {
    for mut helper in helpers {
        drop(helper.stdin.take());
        if options.helpers_linger_ms == 0 && options.helpers_linger_while.is_none() {
            // An error means that it is gone already.
            let _ = helper.wait().await;
        }
    }
}

/// What a helper does. Claude's helpers are not for others to end: a signal is told.
pub async fn run(kind: &str, options: &Options, log: &Log) -> io::Result<()> {
    let mut wishes = Wishes::expect()?;
    let (mut input, mut nothing) = (tokio::io::stdin(), Vec::new());
    tokio::select! {
        read = input.read_to_end(&mut nothing) => { read?; }
        _ = wishes.next() => log.tell("helper_signalled", json!({"type": kind}))?,
    }
    tokio::time::sleep(Duration::from_millis(options.helpers_linger_ms)).await;
    while options
        .helpers_linger_while
        .as_ref()
        .is_some_and(|file| file.exists())
    {
        tokio::time::sleep(LOOK).await;
    }
    log.tell("helper_exited", json!({"type": kind}))
}
