//! Node, which builds the front end: whether it is there and new enough.

use std::process::Command;

/// What is wrong with Node here, in words, or `None`.
pub fn complaint() -> Option<String> {
    complaint_about(version().as_deref())
}

/// Whether the Node here is of this major and minor version or later.
pub fn is_at_least(wanted: (u32, u32)) -> bool {
    let found = version();
    found.and_then(|version| major_and_minor(&version)) >= Some(wanted)
}

fn version() -> Option<String> {
    let found = Command::new("node").arg("--version").output();
    let version = found.ok().filter(|answer| answer.status.success());
    version.map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

/// `npm` as this system calls it.
pub fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn complaint_about(version: Option<&str>) -> Option<String> {
    match version {
        None => Some(format!(
            "Node is not installed. Install {WANTED}, then run this again."
        )),
        Some(version) if new_enough(version) => None,
        Some(version) => Some(format!(
            "Node {version} is too old. Install {WANTED}, then run this again."
        )),
    }
}

/// What Vite 7 asks for.
const WANTED: &str = "Node 20.19 or later of 20, or 22.12 or later";

fn new_enough(version: &str) -> bool {
    match major_and_minor(version) {
        Some((20, minor)) => minor >= 19,
        Some((22, minor)) => minor >= 12,
        Some((major, _)) => major > 22,
        None => false,
    }
}

fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim_start_matches('v').split('.');
    let mut next = || numbers.next()?.parse::<u32>().ok();
    Some((next()?, next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_vite_takes_is_new_enough() {
        for version in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"] {
            assert_eq!(complaint_about(Some(version)), None, "{version}");
        }
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(major_and_minor("v22.19.0") >= Some((22, 19)));
        assert!(major_and_minor("v22.9.0") < Some((22, 19)));
        assert!(major_and_minor("v24.0.1") > Some((22, 19)));
        assert!(None < Some((0, 0)), "no Node is older than every Node");
        assert_eq!(major_and_minor("no version"), None);
    }

    #[test]
    fn anything_else_is_named() {
        for version in ["v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", "no version"] {
            let complaint = complaint_about(Some(version)).unwrap();
            assert!(
                complaint.contains(version) && complaint.contains("20.19"),
                "{complaint}"
            );
        }
        assert!(complaint_about(None).unwrap().contains("not installed"));
    }
}
