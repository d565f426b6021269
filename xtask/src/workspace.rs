//! Where things are in this checkout.

use std::path::{Path, PathBuf};

/// The checkout that this program was built from.
pub struct Workspace {
    /// The folder of the workspace's manifest.
    pub root: PathBuf,
}

impl Workspace {
    /// This one.
    pub fn here() -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: own.parent().unwrap_or(own).to_owned(),
        }
    }

    /// Where cargo builds.
    pub fn target(&self) -> PathBuf {
        let moved = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        self.root.join(moved.unwrap_or_else(|| "target".into()))
    }

    /// A program that cargo has built.
    pub fn binary(&self, profile: &str, name: &str) -> PathBuf {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.target().join(profile).join(file)
    }

    /// The front end's folder.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The folder of the tests with clients that others wrote.
    pub fn clients(&self) -> PathBuf {
        self.root.join("tests/clients")
    }

    /// The Python environment of these clients.
    pub fn python(&self) -> PathBuf {
        self.target().join("clients/venv")
    }

    /// Where the logs of this program's runs are.
    pub fn logs(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// The crates without a window: each folder directly under `src-tauri` with a manifest.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn windowless_crates(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs_err::read_dir(self.root.join("src-tauri"))? {
            let manifest = entry?.path().join("Cargo.toml");
            if manifest.is_file() {
                names.extend(package_name(&fs_err::read_to_string(manifest)?));
            }
        }
        names.sort();
        Ok(names)
    }
}

/// The first `name = "…"` of a manifest: cargo's own order puts the package first.
fn package_name(manifest: &str) -> Option<String> {
    let mut lines = manifest.lines().map(str::trim);
    let value = lines.find_map(|line| line.strip_prefix("name")?.trim_start().strip_prefix('='))?;
    Some(value.trim().trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_this_one() {
        assert!(Workspace::here().root.join("Cargo.lock").is_file());
    }

    #[test]
    fn crates_are_known_by_their_package_names() {
        let names = Workspace::here().windowless_crates().unwrap();
        assert!(names.contains(&"lifecycle".to_owned()));
        assert!(
            names.contains(&"zoomtray-mcp".to_owned()),
            "the folder is mcp-server: {names:?}"
        );
        assert!(!names.contains(&"black-box-tests".to_owned()));
    }
}
