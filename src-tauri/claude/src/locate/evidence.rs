//! What the processes that run tell about the folders in use. Pure.

use super::Surroundings;
use super::places::{Place, Profile};
use crate::process::{Install, Role};
use std::path::{Path, PathBuf};

/// The processes, seen against the profiles that installs have.
pub(super) struct Evidence<'s> {
    around: &'s Surroundings<'s>,
    usual: Vec<PathBuf>,
}

impl<'s> Evidence<'s> {
    pub(super) fn new(around: &'s Surroundings<'s>, profiles: &[Profile]) -> Self {
        let folders = profiles.iter().flat_map(Profile::folders);
        let usual = folders.map(|place| place.folder.clone()).collect();
        Self { around, usual }
    }

    /// Whether a process names one of these folders.
    pub(super) fn names_any<'p>(&self, mut places: impl Iterator<Item = &'p Place>) -> bool {
        places.any(|place| {
            self.named_folders()
                .any(|folder| self.same(folder, &place.folder))
        })
    }

    /// Whether a process of this install uses a folder of the install.
    pub(super) fn runs(&self, profile: &Profile) -> bool {
        self.around.running.iter().any(|instance| {
            let folder = instance.user_data_dir.as_ref();
            let usual = folder.is_none_or(|folder| self.is_usual(folder));
            let install = profile.install.as_ref();
            usual && install.is_some_and(|install| same_install(&instance.install, install))
        })
    }

    /// Whether a Claude runs that uses the folder it has by itself.
    pub(super) fn usual_runs(&self) -> bool {
        let mut instances = self.around.running.iter();
        instances.any(|instance| match &instance.user_data_dir {
            Some(folder) => self.is_usual(folder),
            None => instance.role == Role::Main,
        })
    }

    /// Folders that processes name and no install uses by itself.
    pub(super) fn others(&self) -> Vec<PathBuf> {
        let others = self.named_folders().filter(|folder| !self.is_usual(folder));
        let mut others: Vec<PathBuf> = others.cloned().collect();
        others.sort();
        others.dedup();
        others
    }

    fn named_folders(&self) -> impl Iterator<Item = &PathBuf> {
        let instances = self.around.running.iter();
        instances.filter_map(|instance| instance.user_data_dir.as_ref())
    }

    fn is_usual(&self, folder: &Path) -> bool {
        self.usual.iter().any(|usual| self.same(usual, folder))
    }

    fn same(&self, one: &Path, other: &Path) -> bool {
        let (one, other) = (one.to_string_lossy(), other.to_string_lossy());
        self.around.platform.same_folder(&one, &other)
    }
}

/// There is one older installer a user, but there may be several packages.
fn same_install(one: &Install, other: &Install) -> bool {
    match (one, other) {
        (Install::WindowsPackage { family: one }, Install::WindowsPackage { family: other }) => {
            one.eq_ignore_ascii_case(other)
        }
        (Install::WindowsSquirrel { .. }, Install::WindowsSquirrel { .. }) => true,
        _ => false,
    }
}
