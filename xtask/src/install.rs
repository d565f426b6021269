//! Installs missing system packages, with as little asked as the system allows.
//!
//! As root directly; with a `sudo` that needs no password through it; else asked once on a
//! terminal with the whole command shown; else the command is printed and the run ends.

use crate::packages::{Missing, missing};
use crate::terminal;
use std::io::IsTerminal;
use std::process::{Command, Stdio};

/// The exit code for *install this first*.
pub const NOT_PREPARED: u8 = 3;

/// Seconds to wait for another `apt` to finish.
const LOCK_TIMEOUT: u32 = 300;

/// How packages can be installed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Directly,
    SudoWithoutPassword,
    AskFirst,
    PrintOnly,
}

/// What is known about who runs this.
#[derive(Clone, Copy)]
struct Rights {
    root: bool,
    sudo_without_password: bool,
    terminal: bool,
}

fn way(rights: Rights) -> Way {
    match rights {
        Rights { root: true, .. } => Way::Directly,
        Rights {
            sudo_without_password: true,
            ..
        } => Way::SudoWithoutPassword,
        Rights { terminal: true, .. } => Way::AskFirst,
        Rights { .. } => Way::PrintOnly,
    }
}

/// The whole command a person could type. Lists are fetched first; if that fails, old lists
/// may still do, and what decides is the installation.
fn script(packages: &[&str]) -> String {
    format!(
        "apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
         --no-install-recommends -o DPkg::Lock::Timeout={LOCK_TIMEOUT} {}",
        packages.join(" ")
    )
}

/// Installs what is missing.
///
/// # Errors
/// What to do by hand, for a run that ends with [`NOT_PREPARED`].
pub fn install(lacking: &Missing) -> Result<(), String> {
    let packages = match lacking {
        Missing::Nothing => return Ok(()),
        Missing::ByHand(words) => return Err(words.clone()),
        Missing::Packages(packages) => packages,
    };
    let script = script(packages);
    let whole = format!("sudo sh -c '{script}'");
    match way(rights()) {
        Way::Directly => shell(&mut Command::new("sh"), &script),
        Way::SudoWithoutPassword => shell(Command::new("sudo").args(["-n", "sh"]), &script),
        Way::AskFirst if agreed(&whole) => shell(Command::new("sudo").arg("sh"), &script),
        Way::AskFirst | Way::PrintOnly => {
            return Err(format!("Run this, then this command again:\n  {whole}"));
        }
    }?;
    match missing() {
        Missing::Nothing => Ok(()),
        still => Err(format!(
            "After the installation these are still missing: {still:?}"
        )),
    }
}

fn rights() -> Rights {
    Rights {
        root: Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|id| id.stdout.trim_ascii() == b"0"),
        sudo_without_password: Command::new("sudo")
            .args(["-n", "true"])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success()),
        terminal: std::io::stdin().is_terminal() && std::io::stdout().is_terminal(),
    }
}

fn agreed(whole: &str) -> bool {
    terminal::say(&format!(
        "These packages are missing. The command:\n  {whole}\nRun it? [y/N]"
    ));
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// In the terminal's own group, because `sudo` asks there.
fn shell(program: &mut Command, script: &str) -> Result<(), String> {
    let failed = |why: String| format!("The packages could not be installed ({why}):\n  {script}");
    let status = program
        .arg("-c")
        .arg(script)
        .status()
        .map_err(|error| failed(error.to_string()))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(status.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_who_need_not_be() {
        for (root, sudo_without_password, terminal, expected) in [
            (true, false, false, Way::Directly),
            (true, true, true, Way::Directly),
            (false, true, true, Way::SudoWithoutPassword),
            (false, true, false, Way::SudoWithoutPassword),
            (false, false, true, Way::AskFirst),
            (false, false, false, Way::PrintOnly),
        ] {
            assert_eq!(
                way(Rights {
                    root,
                    sudo_without_password,
                    terminal
                }),
                expected
            );
        }
    }

    #[test]
    fn the_command_asks_nothing_and_waits_for_no_lock_for_ever() {
        let script = script(&["xvfb", "dunst"]);
        for part in [
            "DEBIAN_FRONTEND=noninteractive",
            "--no-install-recommends",
            "DPkg::Lock::Timeout=300",
            " -y ",
            "xvfb dunst",
        ] {
            assert!(script.contains(part), "{part}: {script}");
        }
        assert!(!script.contains('\''), "it is shown inside quotes");
    }

    #[test]
    fn a_system_without_apt_is_told_what_to_install() {
        let words = "Install Apple's command line tools".to_owned();
        assert_eq!(install(&Missing::ByHand(words.clone())), Err(words));
        assert_eq!(install(&Missing::Nothing), Ok(()));
    }
}
