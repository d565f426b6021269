//! A Python environment with the packages that a requirements file pins.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The copy of the requirements that says: these are installed.
const INSTALLED: &str = "installed.txt";

/// The environment's Python.
pub fn in_environment(folder: &Path) -> PathBuf {
    if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    }
}

/// Whether `folder` holds what `requirements` wants.
pub fn has_installed(folder: &Path, requirements: &Path) -> bool {
    let installed = fs_err::read(folder.join(INSTALLED)).ok();
    installed.is_some() && installed == fs_err::read(requirements).ok()
}

/// How to make it: the system's Python makes the environment anew, then its own pip installs
/// exactly what is written, dependencies included.
pub fn steps(folder: &Path, requirements: &Path) -> [(&'static str, Command); 2] {
    let system = if cfg!(windows) { "python" } else { "python3" };
    let mut create = Command::new(system);
    create.args(["-m", "venv", "--clear"]).arg(folder);
    let mut install = Command::new(in_environment(folder));
    install.args(["-m", "pip", "install", "--quiet", "--no-input", "--no-deps"]);
    install.args(["--disable-pip-version-check", "--requirement"]);
    install.arg(requirements);
    [("python -m venv", create), ("pip install", install)]
}

/// Remembers what is installed, once everything is.
///
/// # Errors
/// The copy cannot be written.
pub fn keep(folder: &Path, requirements: &Path) -> std::io::Result<()> {
    fs_err::copy(requirements, folder.join(INSTALLED)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_made_anew_when_the_requirements_change() {
        let folder = std::env::temp_dir().join(format!("xtask-python-{}", std::process::id()));
        fs_err::create_dir_all(&folder).unwrap();
        let requirements = folder.join("requirements.txt");
        assert!(!has_installed(&folder, &requirements), "neither is there");
        fs_err::write(&requirements, "mcp==1").unwrap();
        assert!(!has_installed(&folder, &requirements));
        keep(&folder, &requirements).unwrap();
        assert!(has_installed(&folder, &requirements));
        fs_err::write(&requirements, "mcp==2").unwrap();
        assert!(!has_installed(&folder, &requirements));
        fs_err::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn nothing_but_what_is_pinned_is_installed() {
        let [_, (_, install)] = steps(Path::new("e"), Path::new("r.txt"));
        let arguments: Vec<_> = install.get_args().collect();
        assert!(arguments.contains(&"--no-deps".as_ref()));
        assert_eq!(arguments.last(), Some(&"r.txt".as_ref()));
    }
}
