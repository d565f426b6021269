//! The search on this machine: its environment, its disk, its processes.

use super::{FileSystem, Instance, Located, Surroundings, installed, locate};
use crate::platform::Platform;
use crate::process::Install;

/// Finds the config file that this user's Claude Desktop reads.
#[must_use]
pub fn locate_here() -> Located {
    around(locate)
}

/// Every Claude Desktop that is installed here.
#[must_use]
pub fn installs_here() -> Vec<Install> {
    around(installed)
}

fn around<T>(look: impl FnOnce(&Surroundings<'_>) -> T) -> T {
    let env = |name: &str| std::env::var_os(name);
    let home = std::env::home_dir().unwrap_or_default();
    let running = Instance::all(&env, &home);
    look(&Surroundings {
        platform: Platform::current(),
        env: &env,
        home: &home,
        disk: &FileSystem,
        running: &running,
    })
}
