//! What is said of a step that waits for the user or failed: what happened and what to do now.

use super::flow::{QUIT_LIMIT, START_LIMIT};
use crate::process::{Gone, NotStarted, Part, Quit};
use std::collections::BTreeMap;

/// The user has to quit it.
pub(super) const QUIT_YOURSELF: &str =
    "quit Claude Desktop from its icon in the taskbar: right-click it and choose Quit";

/// The user did not.
pub(super) const NOT_QUIT: &str = "Claude Desktop was not quit; the change waits until it is";

const NOT_LISTED: &str =
    "the processes cannot be listed; quit Claude Desktop yourself, then try again";

/// Why it could not be asked to quit.
pub(super) fn not_asked(quit: &Quit) -> String {
    match quit {
        Quit::Failed { part } => {
            format!("{part} does not take the signal; quit Claude Desktop yourself")
        }
        Quit::Unproven { holder } => format!(
            "{holder} uses Claude Desktop's profile but is not known for Claude Desktop; quit it \
             yourself, or set CLAUDE_APP_PATH to its executable"
        ),
        Quit::NotRunning | Quit::Asked { .. } | Quit::NeedsUser { .. } | Quit::Unknown => {
            NOT_LISTED.to_owned()
        }
    }
}

/// Why nothing is written; none if it is gone.
pub(super) fn not_gone(gone: &Gone) -> Option<String> {
    match gone {
        Gone::All => None,
        Gone::Not { left } if left.is_empty() => Some(NOT_LISTED.to_owned()),
        Gone::Not { left } => {
            let (within, left) = (QUIT_LIMIT.as_secs(), by_name(left));
            Some(format!(
                "still running after {within} s: {left}; quit Claude Desktop yourself"
            ))
        }
        Gone::CameBack { pid } => Some(format!(
            "Claude Desktop runs again (pid {pid}) before anything was written; the change waits \
             until it is quit"
        )),
    }
}

/// `claude-desktop (12, 34), disclaimer (56)`.
fn by_name(parts: &[Part]) -> String {
    let mut pids: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for part in parts {
        let named = pids.entry(&part.name).or_default();
        named.extend(part.pid.map(|pid| pid.to_string()));
    }
    let told = pids.iter().map(|(name, pids)| match pids.as_slice() {
        [] => (*name).to_owned(),
        pids => format!("{name} ({})", pids.join(", ")),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// It was started by somebody else around the write.
pub(super) fn meanwhile(pid: u32) -> String {
    format!(
        "Claude Desktop was started meanwhile (pid {pid}) and may have read the old config; \
         restart it once more"
    )
}

/// Why it does not run.
pub(super) fn not_started(reason: &NotStarted) -> String {
    let within = START_LIMIT.as_secs();
    match reason {
        NotStarted::NotSeen => {
            format!("no process stayed within {within} s; start Claude Desktop yourself")
        }
        NotStarted::LockedElsewhere { host } => format!(
            "no process stayed within {within} s: SingletonLock beside the config is of the \
             computer {host}; if Claude Desktop does not run there, delete SingletonLock and \
             start it yourself"
        ),
        NotStarted::Absent { program } => format!(
            "{program} is not there, as while Claude Desktop is updated; start it yourself once \
             it is there again"
        ),
        NotStarted::NoLaunch(reason) => reason.to_string(),
        NotStarted::Failed(error) => format!("{error}; start Claude Desktop yourself"),
    }
}
