//! The processes of this machine, through sysinfo.

use super::identify::{Install, Ours, Role, Seen, Verdict, identify};
use sysinfo::{Process, ProcessRefreshKind, ProcessStatus, ProcessesToUpdate, System, UpdateKind};

/// A fresh list of every process, with paths, arguments and owners.
pub struct Processes(System);

/// One process of Claude's.
pub struct Part<'l> {
    /// The process.
    pub process: &'l Process,
    /// What it is.
    pub role: Role,
    /// Of which install.
    pub install: Install,
}

impl Processes {
    /// Lists them now; `None` if the system does not let them be listed.
    pub fn list() -> Option<Self> {
        let mut system = System::new().ok()?;
        let kind = ProcessRefreshKind::nothing()
            .with_exe(UpdateKind::Always)
            .with_cmd(UpdateKind::Always)
            .with_user(UpdateKind::Always)
            .without_tasks();
        system.refresh_processes_specifics(ProcessesToUpdate::All, true, kind);
        Some(Self(system))
    }

    /// Those that are Claude's, by pid.
    pub fn of_claude(&self, ours: &Ours) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = self
            .0
            .processes()
            .values()
            .filter_map(|process| part(process, ours))
            .collect();
        parts.sort_by_key(|part| part.process.pid());
        parts
    }

    /// The owner and the logon session of this very process.
    pub fn own(&self) -> (Option<String>, Option<u32>) {
        let own = sysinfo::get_current_pid()
            .ok()
            .and_then(|pid| self.0.process(pid));
        own.map_or((None, None), |process| (user(process), session(process)))
    }
}

fn part<'l>(process: &'l Process, ours: &Ours) -> Option<Part<'l>> {
    // A dead child that nobody has waited for is gone.
    if process.status() == ProcessStatus::Zombie || process.thread_kind().is_some() {
        return None;
    }
    let argv: Vec<String> = process
        .cmd()
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let user = user(process);
    let seen = Seen {
        exe: process.exe().and_then(|path| path.to_str()),
        argv: &argv,
        user: user.as_deref(),
        session: session(process),
    };
    match identify(&seen, ours) {
        Verdict::Claude { role, install } => Some(Part {
            process,
            role,
            install,
        }),
        Verdict::Not(_) => None,
    }
}

fn user(process: &Process) -> Option<String> {
    process.user_id().map(|user| user.to_string())
}

fn session(process: &Process) -> Option<u32> {
    if cfg!(windows) {
        process.session_id().map(sysinfo::Pid::as_u32)
    } else {
        None
    }
}
