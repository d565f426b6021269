//! Every platform's table, run on every platform.

mod linux;
mod mac;
mod named;
mod profiles;
mod third_party;
mod windows;

use super::*;
use crate::process::{Install, Role};
use std::collections::{BTreeMap, HashMap};

/// A machine on paper.
pub(super) struct Machine {
    platform: Platform,
    home: &'static str,
    env: HashMap<&'static str, String>,
    /// Files and what they hold. Their folders are there too.
    files: BTreeMap<String, &'static str>,
    /// Empty folders.
    folders: Vec<String>,
    running: Vec<Instance>,
}

impl Machine {
    pub(super) fn linux() -> Self {
        Self::new(Platform::Linux, "/home/u")
    }

    pub(super) fn mac() -> Self {
        Self::new(Platform::MacOs, "/Users/u")
    }

    pub(super) fn windows() -> Self {
        Self::new(Platform::Windows, r"C:\Users\u")
    }

    fn new(platform: Platform, home: &'static str) -> Self {
        Self {
            platform,
            home,
            env: HashMap::new(),
            files: BTreeMap::new(),
            folders: Vec::new(),
            running: Vec::new(),
        }
    }

    /// With this variable.
    pub(super) fn env(mut self, name: &'static str, value: &str) -> Self {
        self.env.insert(name, value.to_owned());
        self
    }

    /// With a config file without a word about third-party mode.
    pub(super) fn file(self, path: &str) -> Self {
        self.holding(path, "{}")
    }

    /// With a file that holds this.
    pub(super) fn holding(mut self, path: &str, text: &'static str) -> Self {
        self.files.insert(path.to_owned(), text);
        self
    }

    /// With an empty folder.
    pub(super) fn folder(mut self, path: &str) -> Self {
        self.folders.push(path.to_owned());
        self
    }

    /// With a process.
    pub(super) fn runs(mut self, install: Install, role: Role, folder: Option<&str>) -> Self {
        self.running.push(Instance {
            install,
            role,
            user_data_dir: folder.map(PathBuf::from),
        });
        self
    }

    pub(super) fn locate(&self) -> Located {
        self.look(locate)
    }

    pub(super) fn installs(&self) -> Vec<Install> {
        self.look(installed)
    }

    fn look<T>(&self, look: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        look(&Surroundings {
            platform: self.platform,
            env: &|name| self.env.get(name).map(OsString::from),
            home: Path::new(self.home),
            disk: self,
            running: &self.running,
        })
    }

    /// The file in use, as text.
    pub(super) fn in_use(&self) -> Option<String> {
        self.locate()
            .in_use()
            .map(|path| path.to_string_lossy().into_owned())
    }

    pub(super) fn doubt(&self) -> Option<Doubt> {
        match self.locate() {
            Located::Ambiguous { doubt, .. } => Some(doubt),
            _ => None,
        }
    }

    /// The candidates, as text.
    pub(super) fn candidates(&self) -> Vec<String> {
        self.locate()
            .candidates()
            .iter()
            .map(|candidate| candidate.path.to_string_lossy().into_owned())
            .collect()
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.files.keys().chain(&self.folders)
    }
}

impl Disk for Machine {
    fn exists(&self, path: &Path) -> bool {
        let path = path.to_string_lossy();
        self.all().any(|known| {
            known
                .strip_prefix(path.as_ref())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '\\']))
        })
    }

    fn names(&self, path: &Path) -> Vec<String> {
        let prefix = format!("{}\\", path.to_string_lossy());
        let mut names: Vec<String> = self
            .all()
            .filter_map(|known| known.strip_prefix(&prefix)?.split('\\').next())
            .map(str::to_owned)
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let text = self.files.get(path.to_string_lossy().as_ref())?;
        Some(text.as_bytes().to_vec())
    }
}
