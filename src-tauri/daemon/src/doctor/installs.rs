//! Which Claude Desktop is installed, and where this process is.

use super::finding::{About, CLAUDE};
use super::looked::Looked;
use super::{Code, Finding};
use claude::process::{Install, ProfileLock};
use claude::{Doubt, is_claude_package};
use claude::{Located, Why};
use control::Snapshot;

pub(super) fn findings(looked: &Looked, snapshot: &Snapshot) -> Vec<Finding> {
    let mut findings = vec![installed(looked, snapshot)];
    findings.extend(two_installs(&looked.installs));
    findings.push(running(snapshot));
    findings.extend(other_profiles(&looked.located));
    findings.extend(lock(&looked.lock));
    findings.extend(container(looked.container.as_deref()));
    findings
}

fn installed(looked: &Looked, snapshot: &Snapshot) -> Finding {
    let places: Vec<String> = looked.installs.iter().map(place).collect();
    if !places.is_empty() {
        let places = places.join(", ");
        return CLAUDE.well(Code::ClaudeInstalled, format!("installed: {places}"));
    }
    if snapshot.claude.running == Some(true) || looked.located.in_use().is_some() {
        return CLAUDE.note(
            Code::ClaudeInstalled,
            "installed where Zoomtray does not look; set CLAUDE_APP_PATH if it is not started \
             again after a restart",
        );
    }
    CLAUDE.wrong(
        Code::ClaudeNotInstalled,
        "not found. Install it and start it once.",
    )
}

fn place(install: &Install) -> String {
    match install {
        Install::Named { executable } => executable.clone(),
        Install::MacApp { bundle } => bundle.clone(),
        Install::WindowsPackage { family } => format!("package {family}"),
        Install::WindowsSquirrel { stub } => stub.clone(),
        Install::LinuxPackage { command } => command.clone(),
        Install::LinuxAppImage => "AppImage".to_owned(),
    }
}

/// They do not read the same file, and people edit the one and start the other.
fn two_installs(installs: &[Install]) -> Option<Finding> {
    let packages = installs
        .iter()
        .filter(|install| matches!(install, Install::WindowsPackage { .. }))
        .count();
    let older = installs
        .iter()
        .any(|install| matches!(install, Install::WindowsSquirrel { .. }));
    let text = match (packages, older) {
        (1.., true) => {
            "both the Windows package and the older installer's version are installed, and each \
             reads a config of its own. Uninstall one of them."
        }
        (2.., false) => {
            "several packages of it are installed, and each reads a config of its own. Uninstall \
             all but one."
        }
        _ => return None,
    };
    Some(CLAUDE.wrong(Code::ClaudeTwoInstalls, text))
}

fn running(snapshot: &Snapshot) -> Finding {
    let text = match snapshot.claude.running {
        Some(true) => "running",
        Some(false) => "not running",
        None => "not to be seen in the process list",
    };
    CLAUDE.well(Code::ClaudeRunning, text)
}

fn other_profiles(located: &Located) -> Vec<Finding> {
    // Where that is the doubt, the doubt is told.
    let told = matches!(
        located,
        Located::Ambiguous {
            doubt: Doubt::OtherProfile,
            ..
        }
    );
    let others = located
        .candidates()
        .iter()
        .filter(|found| found.why == Why::UserDataDir && !told);
    let tell = |other: &claude::Candidate| {
        let path = other.path.display();
        CLAUDE.note(
            Code::ClaudeOtherProfile,
            format!(
                "another Claude Desktop runs that reads {path}; it is left alone. Set \
                 CLAUDE_CONFIG_FILE to that file to serve it instead."
            ),
        )
    };
    others.map(tell).collect()
}

fn lock(lock: &ProfileLock) -> Option<Finding> {
    match lock {
        ProfileLock::Free | ProfileLock::Held { .. } => None,
        ProfileLock::Stale { pid } => Some(CLAUDE.note(
            Code::ClaudeLockStale,
            format!(
                "process {pid} left its lock SingletonLock behind. If Claude Desktop does not \
                 start, delete that link in its folder."
            ),
        )),
        ProfileLock::OtherHost { host } => Some(CLAUDE.wrong(
            Code::ClaudeLockOtherHost,
            format!(
                "its folder is locked from the computer {host}, so it does not start here. Quit \
                 it there; if nothing runs there, delete SingletonLock in its folder."
            ),
        )),
    }
}

/// Another package's is one that Zoomtray itself was packed into.
fn container(family: Option<&str>) -> Option<Finding> {
    let family = family.filter(|family| is_claude_package(family))?;
    Some(About("program").wrong(
        Code::ProgramInContainer,
        format!(
            "this was started inside the container of {family}, which hides files from it and \
             keeps what it writes to itself. Start it from the Start menu or a terminal of its \
             own."
        ),
    ))
}
