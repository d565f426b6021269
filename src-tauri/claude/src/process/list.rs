//! The processes of this machine, through sysinfo.

use super::identify::{Install, Ours, Parent, Role, Seen, Verdict, identify};
use super::lock::{Living, ProfileLock, find, judge, of_all};
use super::outcome::{Origin, Part, Parts};
use super::profile::user_data_dir;
use std::path::Path;
use std::time::{Duration, SystemTime};
use sysinfo::{
    Pid, Process, ProcessRefreshKind, ProcessStatus, ProcessesToUpdate, System, UpdateKind,
};

/// A fresh list of every process, with paths, arguments and owners.
pub(crate) struct Processes(System);

/// One process of Claude's.
pub(super) struct Found<'l> {
    /// The process.
    pub process: &'l Process,
    /// What it is.
    pub role: Role,
    /// Of which install.
    pub install: Install,
}

impl Processes {
    /// Lists them now; `None` if the system does not let them be listed.
    pub(crate) fn list() -> Option<Self> {
        let mut system = System::new().ok()?;
        let kind = ProcessRefreshKind::nothing()
            .with_exe(UpdateKind::Always)
            .with_cmd(UpdateKind::Always)
            .with_user(UpdateKind::Always)
            .without_tasks();
        system.refresh_processes_specifics(ProcessesToUpdate::All, true, kind);
        Some(Self(system))
    }

    /// Shows every process to `look`.
    pub(crate) fn seen(&self, mut look: impl FnMut(&Seen<'_>)) {
        for process in self.alive() {
            self.see(process, None, |seen| look(seen));
        }
    }

    /// Those that are Claude's, by pid. A process that the lock of the profile names is of that
    /// profile, whatever its arguments say.
    pub(super) fn of_claude(&self, ours: &Ours) -> Vec<Found<'_>> {
        let holder = holder(&self.lock(ours));
        let judged = |process| match self.see(process, holder, |seen| identify(seen, ours)) {
            Verdict::Claude { role, install } => Some(Found {
                process,
                role,
                install,
            }),
            Verdict::Not(_) => None,
        };
        let mut found: Vec<Found<'_>> = self.alive().filter_map(judged).collect();
        found.sort_by_key(|found| found.process.pid());
        found
    }

    /// The same, sorted by what they are; `None` if there is nothing of it.
    pub(super) fn parts(&self, ours: &Ours) -> Option<Parts> {
        let found = self.of_claude(ours);
        let holder = match self.lock(ours) {
            ProfileLock::Held { by } => Some(by),
            _ => None,
        };
        let unknown = |holder: &Part| found.iter().all(|found| holder.pid != Some(pid(found)));
        let of = |role| {
            let parts = found.iter().filter(move |found| found.role == role);
            parts.map(Found::part).collect()
        };
        let parts = Parts {
            origin: origin(&found, ours),
            main: of(Role::Main),
            helpers: of(Role::Helper),
            // Who keeps the file open on Windows is not told: as long as a process of Claude's
            // is left, it is taken for that one.
            holder: holder
                .filter(unknown)
                .filter(|by| by.pid.is_some() || found.is_empty()),
        };
        (parts != Parts::default()).then_some(parts)
    }

    /// Who holds the profile in use.
    pub(super) fn lock(&self, ours: &Ours) -> ProfileLock {
        let host = System::host_name().ok();
        let living = |pid| self.living(pid, ours);
        let locks = ours.lock_folders.iter();
        of_all(locks.map(|folder| judge(find(folder), host.as_deref(), living)))
    }

    /// The process of this user that has this number.
    fn living(&self, pid: u32, ours: &Ours) -> Option<Living> {
        let process = self.0.process(Pid::from_u32(pid)).filter(|it| lives(it))?;
        let started = SystemTime::UNIX_EPOCH + Duration::from_secs(process.start_time());
        (user(process) == ours.user).then(|| Living {
            name: name(process),
            started,
        })
    }

    /// Whether a main process of another profile of this user's runs.
    pub(super) fn others(&self, ours: &Ours) -> bool {
        let own = self.of_claude(ours);
        let is_own = |process: &Process| own.iter().any(|own| own.process.pid() == process.pid());
        let is_main = |process: &Process| {
            let profile_left_out = Some(process.pid());
            let verdict = self.see(process, profile_left_out, |seen| identify(seen, ours));
            matches!(verdict, Verdict::Claude { role, .. } if role == Role::Main)
        };
        self.alive()
            .any(|process| !is_own(process) && is_main(process))
    }

    /// The owner and the logon session of this very process.
    pub(super) fn own(&self) -> (Option<String>, Option<u32>) {
        let own = sysinfo::get_current_pid()
            .ok()
            .and_then(|pid| self.0.process(pid));
        own.map_or((None, None), |process| (user(process), session(process)))
    }

    fn alive(&self) -> impl Iterator<Item = &Process> {
        self.0.processes().values().filter(|process| lives(process))
    }

    fn see<T>(
        &self,
        process: &Process,
        holder: Option<Pid>,
        look: impl FnOnce(&Seen<'_>) -> T,
    ) -> T {
        let above = self.parent(process);
        let above_argv = above.map(argv).unwrap_or_default();
        let user = user(process);
        look(&Seen {
            exe: exe(process),
            argv: &argv(process),
            user: user.as_deref(),
            session: session(process),
            parent: above.map(|above| Parent {
                exe: exe(above),
                argv: &above_argv,
            }),
            holds_profile: holder == Some(process.pid()),
        })
    }

    /// A younger process has only the number of a parent that is gone.
    fn parent(&self, process: &Process) -> Option<&Process> {
        let parent = self.0.process(process.parent()?)?;
        (parent.start_time() <= process.start_time()).then_some(parent)
    }
}

impl Found<'_> {
    /// What people are told of it.
    pub fn part(&self) -> Part {
        Part {
            pid: Some(pid(self)),
            name: name(self.process),
        }
    }
}

/// That of the main process if there is one, else of a helper.
fn origin(found: &[Found<'_>], ours: &Ours) -> Option<Origin> {
    let main = found.iter().find(|found| found.role == Role::Main);
    let first = main.or(found.first())?;
    let arguments = argv(first.process);
    let image = || app_image(first.process.pid()).or_else(|| ours.app_path.clone());
    Some(Origin {
        install: first.install.clone(),
        user_data_dir: user_data_dir(&arguments, ours.platform).map(str::to_owned),
        image: (first.install == Install::LinuxAppImage)
            .then(image)
            .flatten(),
    })
}

/// The file of an `AppImage`, as its start tells what it starts.
fn app_image(pid: Pid) -> Option<String> {
    let mut system = System::new().ok()?;
    let kind = ProcessRefreshKind::nothing().with_environ(UpdateKind::Always);
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), true, kind);
    let environment = system.process(pid)?.environ();
    environment
        .iter()
        .find_map(|pair| pair.to_str()?.strip_prefix("APPIMAGE=").map(str::to_owned))
}

fn holder(lock: &ProfileLock) -> Option<Pid> {
    match lock {
        ProfileLock::Held { by } => by.pid.map(Pid::from_u32),
        _ => None,
    }
}

fn pid(found: &Found<'_>) -> u32 {
    found.process.pid().as_u32()
}

/// A dead child that nobody has waited for is gone.
fn lives(process: &Process) -> bool {
    process.status() != ProcessStatus::Zombie && process.thread_kind().is_none()
}

fn exe(process: &Process) -> Option<&str> {
    process.exe().and_then(Path::to_str)
}

fn argv(process: &Process) -> Vec<String> {
    let words = process.cmd().iter();
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

fn name(process: &Process) -> String {
    let file = process.exe().and_then(Path::file_name);
    let name = file.unwrap_or(process.name()).to_string_lossy();
    name.strip_suffix(" (deleted)").unwrap_or(&name).to_owned()
}

fn user(process: &Process) -> Option<String> {
    process.user_id().map(|user| user.to_string())
}

fn session(process: &Process) -> Option<u32> {
    if cfg!(windows) {
        process.session_id().map(Pid::as_u32)
    } else {
        None
    }
}
