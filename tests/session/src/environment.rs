//! The variables a program of the session sees: these and no others, so that nothing of the
//! user's desktop leaks in.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Marks every process of a session, whoever started it.
pub const MARK: &str = "DESKTOP_SESSION_ROOT";

/// The folders of a session, all under one root.
#[derive(Clone, Debug)]
pub struct Folders {
    pub root: PathBuf,
    pub home: PathBuf,
    pub run: PathBuf,
    pub config: PathBuf,
    pub data: PathBuf,
    pub logs: PathBuf,
}

impl Folders {
    /// Names only; nothing is made.
    pub fn under(root: &Path) -> Self {
        let home = root.join("home");
        Self {
            root: root.to_owned(),
            run: root.join("run"),
            config: home.join(".config"),
            data: home.join(".local/share"),
            logs: root.join("logs"),
            home,
        }
    }

    /// Makes them, the root and the run folder for this user alone.
    pub fn make(&self) -> std::io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        for folder in [&self.home, &self.run, &self.config, &self.data, &self.logs] {
            fs_err::create_dir_all(folder)?;
        }
        let private = std::fs::Permissions::from_mode(0o700);
        fs_err::set_permissions(&self.root, private.clone())?;
        fs_err::set_permissions(&self.run, private)
    }
}

/// The environment of every program in the session, before display and bus are known.
/// `path` is this process's own `PATH`.
pub fn base(folders: &Folders, path: OsString) -> BTreeMap<OsString, OsString> {
    let home = &folders.home;
    let private: [(&str, PathBuf); 8] = [
        (MARK, folders.root.clone()),
        ("HOME", home.clone()),
        ("XDG_RUNTIME_DIR", folders.run.clone()),
        ("XDG_CONFIG_HOME", folders.config.clone()),
        ("XDG_DATA_HOME", folders.data.clone()),
        ("XDG_CACHE_HOME", home.join(".cache")),
        ("XDG_STATE_HOME", home.join(".local/state")),
        ("ZOOMTRAY_HOME", home.join("zoomtray")),
    ];
    let fixed = [
        ("LANG", "C.UTF-8"),
        ("TZ", "UTC"),
        ("XDG_SESSION_TYPE", "x11"),
        ("XDG_CURRENT_DESKTOP", "XFCE"),
        ("GDK_BACKEND", "x11"),
        ("GTK_THEME", "Adwaita"),
        ("NO_AT_BRIDGE", "1"),
        // Neither the memory-backed file system nor a graphics card is needed for settings
        // and pictures.
        ("GSETTINGS_BACKEND", "memory"),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ("LIBGL_ALWAYS_SOFTWARE", "1"),
    ];
    let mut environment: BTreeMap<OsString, OsString> = BTreeMap::new();
    environment.insert("PATH".into(), path);
    environment.extend(private.map(|(name, value)| (name.into(), value.into())));
    environment.extend(fixed.map(|(name, value)| (name.into(), value.into())));
    environment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_in_the_environment_is_inside_the_root() {
        let root = Path::new("/tmp/root");
        let environment = base(&Folders::under(root), "/usr/bin".into());
        for (name, value) in &environment {
            if name != "PATH" && Path::new(value).is_absolute() {
                assert!(Path::new(value).starts_with(root), "{name:?} = {value:?}");
            }
        }
        assert!(environment.contains_key(&OsString::from("HOME")));
    }

    #[test]
    fn the_run_folder_is_this_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::under(root.path());
        folders.make().unwrap();
        let mode = fs_err::metadata(&folders.run).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
