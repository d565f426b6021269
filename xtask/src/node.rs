//! Node, which builds the front end: whether it is there and new enough.

use std::process::Command;

/// What is wrong with Node here, in words, or `None`.
pub fn complaint() -> Option<String> {
    let found = Command::new("node").arg("--version").output();
    let version = found.ok().filter(|answer| answer.status.success());
    let version = version.map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned());
    complaint_about(version.as_deref())
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
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        return false;
    };
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    }
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
