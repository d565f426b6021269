//! The lock that a running Claude holds on its profile folder.
//!
//! On Unix Chromium makes `SingletonLock`, a link to `HOST-PID`; on Windows it keeps `lockfile`
//! open, so that nobody else can. Both are Claude's: they are read, never changed. It is held if
//! it is held in any of the folders in which it can be.

use super::outcome::Part;
use std::path::Path;
use std::time::{Duration, SystemTime};

#[cfg_attr(windows, path = "lock_windows.rs")]
#[cfg_attr(not(windows), path = "lock_unix.rs")]
mod platform;

/// A process that is older than the lock, give or take what a clock may be set by. A younger
/// one only has the number of whoever made it.
const CLOCK_TOLERANCE: Duration = Duration::from_mins(1);

/// Who holds a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileLock {
    /// Nobody.
    Free,
    /// A living process, or whoever keeps the file open.
    Held {
        /// Which.
        by: Part,
    },
    /// Nobody: the process that it names is dead, or another one has its number now.
    Stale {
        /// The number.
        pid: u32,
    },
    /// It was made on a computer of another name. A Claude of this one does not start on it.
    OtherHost {
        /// That computer.
        host: String,
    },
}

/// What is found in a profile folder.
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "a platform finds one kind of lock; the decision knows both"
    )
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No lock.
    Nothing,
    /// A link with this target, made then.
    Link { target: String, made: SystemTime },
    /// A file that somebody keeps open: its path.
    Open { path: String },
}

/// A living process of this user.
pub(super) struct Living {
    /// Its executable's file name.
    pub name: String,
    /// When it was started.
    pub started: SystemTime,
}

/// Reads the lock of `profile`.
pub(super) fn find(profile: &Path) -> Found {
    platform::find(profile)
}

/// Who holds what was found. `living` tells of a process of this user by its number.
pub(super) fn judge(
    found: Found,
    host: Option<&str>,
    living: impl Fn(u32) -> Option<Living>,
) -> ProfileLock {
    let (target, made) = match found {
        Found::Nothing => return ProfileLock::Free,
        Found::Open { path } => {
            let name = format!("whoever keeps {path} open");
            let by = Part { pid: None, name };
            return ProfileLock::Held { by };
        }
        Found::Link { target, made } => (target, made),
    };
    let Some((maker, pid)) = parse(&target) else {
        return ProfileLock::Free;
    };
    if host.is_some_and(|host| host != maker) {
        let host = maker.to_owned();
        return ProfileLock::OtherHost { host };
    }
    match living(pid) {
        Some(process) if process.started <= made + CLOCK_TOLERANCE => ProfileLock::Held {
            by: Part {
                pid: Some(pid),
                name: process.name,
            },
        },
        _ => ProfileLock::Stale { pid },
    }
}

/// Who holds a profile whose lock can be in several folders.
pub(super) fn of_all(locks: impl Iterator<Item = ProfileLock>) -> ProfileLock {
    let weight = |lock: &ProfileLock| match lock {
        ProfileLock::Free => 0,
        ProfileLock::Stale { .. } => 1,
        ProfileLock::OtherHost { .. } => 2,
        ProfileLock::Held { .. } => 3,
    };
    locks.max_by_key(weight).unwrap_or(ProfileLock::Free)
}

/// `HOST-PID`; a host's name may have hyphens too.
fn parse(target: &str) -> Option<(&str, u32)> {
    let (host, pid) = target.rsplit_once('-')?;
    Some((host, pid.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(target: &str, made: u64) -> Found {
        Found::Link {
            target: target.to_owned(),
            made: at(made),
        }
    }

    fn at(second: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(second)
    }

    /// Process 7 alone lives, since second 1,000.
    fn judged(found: Found) -> ProfileLock {
        judge(found, Some("my-host"), |pid| {
            (pid == 7).then(|| Living {
                name: "claude-desktop".to_owned(),
                started: at(1_000),
            })
        })
    }

    #[test]
    fn a_lock_is_held_by_the_living_process_that_made_it() {
        let held = ProfileLock::Held {
            by: Part {
                pid: Some(7),
                name: "claude-desktop".to_owned(),
            },
        };
        let elsewhere = ProfileLock::OtherHost {
            host: "other".to_owned(),
        };
        let table = [
            (Found::Nothing, ProfileLock::Free),
            (link("my-host-7", 1_001), held.clone()),
            (link("my-host-7", 1_000), held.clone()),
            // The clock was set forward by half a minute since.
            (link("my-host-7", 970), held),
            // The number is another process's by now.
            (link("my-host-7", 500), ProfileLock::Stale { pid: 7 }),
            (link("my-host-8", 1_001), ProfileLock::Stale { pid: 8 }),
            (link("other-7", 1_001), elsewhere),
            (link("my-host", 1_001), ProfileLock::Free),
            (link("my-host-", 1_001), ProfileLock::Free),
            (link("", 1_001), ProfileLock::Free),
        ];
        for (found, expected) in table {
            assert_eq!(judged(found.clone()), expected, "{found:?}");
        }
    }

    #[test]
    fn a_profile_is_held_if_its_lock_is_held_in_any_of_its_folders() {
        let held = || ProfileLock::Held {
            by: Part {
                pid: None,
                name: "whoever".to_owned(),
            },
        };
        let elsewhere = || ProfileLock::OtherHost {
            host: "other".to_owned(),
        };
        let stale = || ProfileLock::Stale { pid: 7 };
        let free = || ProfileLock::Free;
        let table = [
            (vec![], free()),
            (vec![free(), free()], free()),
            (vec![free(), held()], held()),
            (vec![held(), free()], held()),
            (vec![stale(), held()], held()),
            (vec![stale(), elsewhere()], elsewhere()),
            (vec![elsewhere(), held()], held()),
            (vec![stale(), free()], stale()),
            (vec![elsewhere()], elsewhere()),
        ];
        for (locks, expected) in table {
            assert_eq!(of_all(locks.clone().into_iter()), expected, "{locks:?}");
        }
    }

    #[test]
    fn a_host_without_a_name_trusts_the_number() {
        let living = |_| {
            Some(Living {
                name: "claude".to_owned(),
                started: at(1),
            })
        };
        let lock = judge(link("any-7", 2), None, living);
        assert!(matches!(lock, ProfileLock::Held { .. }), "{lock:?}");
    }

    #[test]
    fn a_file_kept_open_is_held_by_somebody() {
        let ProfileLock::Held { by } = judged(Found::Open {
            path: r"C:\p\lockfile".to_owned(),
        }) else {
            panic!("not held")
        };
        assert_eq!(by.to_string(), r"whoever keeps C:\p\lockfile open");
    }
}
