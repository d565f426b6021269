//! Whatever ends this program ends what it started.
//!
//! Every program is started as the leader of a group of its own, listed here while it runs.
//! On SIGINT, SIGTERM or SIGHUP the groups are asked to end, then killed.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Seconds a group has between TERM and KILL: what a gateway gives its children (2 s) and
/// a little more.
const GRACE_SECONDS: u32 = 4;

/// Starts to listen for signals.
pub fn watch() {
    #[cfg(unix)]
    watch_signals();
}

#[cfg(unix)]
fn watch_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    match signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) {
        Ok(mut signals) => {
            std::thread::spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    end_everything(128 + signal);
                }
            });
        }
        Err(error) => crate::terminal::complain(&format!(
            "Signals cannot be watched ({error}): end the programs of this run by hand."
        )),
    }
}

/// Makes `command` the leader of a group.
#[cfg(unix)]
fn lead_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Windows gives Ctrl-C to everything on the console.
#[cfg(not(unix))]
fn lead_group(_: &mut Command) {}

/// Starts `command` as the leader of a listed group. Never returns once everything is being
/// ended.
pub fn start(command: &mut Command) -> std::io::Result<Child> {
    lead_group(command);
    let mut groups = groups();
    let child = command.spawn()?;
    groups.insert(child.id());
    Ok(child)
}

/// Kills what a finished program left in its group.
pub fn finished(leader: u32) {
    groups().remove(&leader);
    signal_groups("KILL", &[leader]);
}

/// Asks a group to end and kills it if it does not.
pub fn end_group(leader: u32) {
    end_groups(&[leader]);
}

/// Ends every group and this program.
pub fn end_everything(code: i32) -> ! {
    // Held to the end: a stage whose program has just been killed must not start the next.
    let groups = groups();
    let all: Vec<u32> = groups.iter().copied().collect();
    end_groups(&all);
    std::process::exit(code)
}

fn end_groups(leaders: &[u32]) {
    if leaders.is_empty() || !cfg!(unix) {
        return;
    }
    signal_groups("TERM", leaders);
    let alive: Vec<String> = leaders
        .iter()
        .map(|leader| format!("kill -0 -{leader} 2>/dev/null"))
        .collect();
    let tenths = GRACE_SECONDS * 10;
    shell(&format!(
        "n=0; while [ $n -lt {tenths} ] && {{ {}; }}; do sleep 0.1; n=$((n+1)); done",
        alive.join(" || ")
    ));
    signal_groups("KILL", leaders);
}

/// The shell's own `kill`, because a slim system has no other.
fn signal_groups(signal: &str, leaders: &[u32]) {
    if !leaders.is_empty() && cfg!(unix) {
        let groups: Vec<String> = leaders.iter().map(|leader| format!("-{leader}")).collect();
        shell(&format!(
            "kill -{signal} {} 2>/dev/null || true",
            groups.join(" ")
        ));
    }
}

fn shell(script: &str) {
    let mut command = Command::new("/bin/sh");
    lead_group(&mut command);
    let ran = command.arg("-c").arg(script).stdin(Stdio::null()).status();
    // Not through `terminal`, which ends the program through here when nobody reads.
    debug_assert!(ran.is_ok(), "/bin/sh is on every Unix");
}

fn groups() -> MutexGuard<'static, BTreeSet<u32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::io::Read;

    fn shell_group(script: &str) -> std::process::Child {
        let mut command = Command::new("/bin/sh");
        lead_group(&mut command);
        command
            .args(["-c", script])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn first_byte(child: &mut std::process::Child) {
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    }

    #[test]
    fn a_group_ends_with_its_grandchildren() {
        let mut leader = shell_group("sleep 60 & echo .; wait");
        first_byte(&mut leader);
        end_group(leader.id());
        leader.wait().unwrap();
        let mut rest = Vec::new();
        // The grandchild holds the pipe open for as long as it lives.
        leader
            .stdout
            .take()
            .unwrap()
            .read_to_end(&mut rest)
            .unwrap();
    }

    #[test]
    fn a_group_that_ignores_the_request_is_killed() {
        let mut leader = shell_group("trap '' TERM; echo .; while :; do sleep 60; done");
        first_byte(&mut leader);
        end_group(leader.id());
        assert!(!leader.wait().unwrap().success());
    }

    #[test]
    fn what_a_finished_program_leaves_behind_is_killed() {
        let mut leader = shell_group("sleep 60 & echo .");
        first_byte(&mut leader);
        leader.wait().unwrap();
        finished(leader.id());
        let mut rest = Vec::new();
        leader
            .stdout
            .take()
            .unwrap()
            .read_to_end(&mut rest)
            .unwrap();
    }
}
