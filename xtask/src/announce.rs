//! What a command is about to install, build and show, said before it does.

use crate::packages::{MEGABYTES, Missing};
use crate::workspace::Workspace;

/// Minutes of a clean debug build on two cores, tests included.
const BUILD_MINUTES: &str = "about 10 minutes on two cores";

/// Room of `target/` after it.
const BUILD_ROOM: &str = "up to 10 GB";

/// The three lines of a command.
pub fn announcement(
    command: &str,
    lacking: &Missing,
    workspace: &Workspace,
    profile: &str,
    shows: &str,
) -> String {
    let built = workspace.target().join(profile).join("deps").exists();
    format!(
        "cargo xtask {command}\n  installs  {}\n  builds    {}\n  shows     {shows}",
        installs(lacking),
        builds(built),
    )
}

fn installs(lacking: &Missing) -> String {
    match lacking {
        Missing::Nothing => "no system package: nothing is missing".to_owned(),
        Missing::ByHand(_) => "nothing; something is missing".to_owned(),
        Missing::Packages(packages) => format!(
            "{} system packages, at most {MEGABYTES} MB on disk, about a minute: {}",
            packages.len(),
            packages.join(" ")
        ),
    }
}

fn builds(before: bool) -> String {
    if before {
        "what has changed since the last build".to_owned()
    } else {
        format!("everything for the first time: {BUILD_MINUTES}, {BUILD_ROOM} in target/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_said_beforehand() {
        let lacking = Missing::Packages(vec!["xvfb"]);
        let text = installs(&lacking) + &builds(false);
        for part in ["1 system packages", "MB", "minutes", "GB", "xvfb"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
