//! The command that starts Claude Desktop again, independent of this process. Pure.

use super::identify::Install;
use crate::platform::Platform;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// The executable behind it, where the command does not tell that it is missing.
    pub target: Option<String>,
}

/// Why there is no such command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoLaunch {
    /// The mount that it ran from is gone.
    #[error("an AppImage cannot be started by the path it ran from; start Claude yourself")]
    AppImage,
    /// Only bundles are opened on macOS.
    #[error("CLAUDE_APP_PATH is not inside an app bundle; start Claude yourself")]
    NoBundle,
}

/// The command that starts the Claude of `install` on `platform`: in a session of its own, and
/// without taking the focus where the platform allows it.
pub fn launch(platform: Platform, install: &Install) -> Result<Launch, NoLaunch> {
    Ok(match (platform, install) {
        (_, Install::LinuxAppImage) => return Err(NoLaunch::AppImage),
        (_, Install::MacApp { bundle }) => open(bundle),
        (Platform::MacOs, Install::Named { executable }) => {
            let inside = executable.split_once("/Contents/MacOS/");
            open(inside.ok_or(NoLaunch::NoBundle)?.0)
        }
        // The versioned path is not for starting: access is denied, and an update moves it.
        (_, Install::WindowsPackage { family }) => command(
            "explorer.exe",
            &[&format!("shell:AppsFolder\\{family}!Claude")],
        ),
        (_, Install::WindowsSquirrel { stub: program })
        | (
            Platform::Windows,
            Install::Named {
                executable: program,
            },
        ) => command(program, &[]),
        (_, Install::LinuxPackage { command: program })
        | (
            Platform::Linux,
            Install::Named {
                executable: program,
            },
        ) => detached(program),
    })
}

fn command(program: &str, arguments: &[&str]) -> Launch {
    let arguments = arguments.iter().map(|word| (*word).to_owned()).collect();
    Launch {
        program: program.to_owned(),
        arguments,
        target: None,
    }
}

/// Opens an app bundle in the background.
fn open(bundle: &str) -> Launch {
    command("/usr/bin/open", &["-g", bundle])
}

/// A session of its own; `setsid --fork` ends before the program begins.
fn detached(program: &str) -> Launch {
    Launch {
        target: Some(program.to_owned()),
        ..command("setsid", &["--fork", program])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(platform: Platform, install: &Install) -> String {
        match launch(platform, install) {
            Ok(launch) => [&[launch.program][..], &launch.arguments]
                .concat()
                .join(" "),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn each_install_is_started_its_own_way() {
        let named = |path: &str| Install::Named {
            executable: path.to_owned(),
        };
        let table = [
            (
                Platform::MacOs,
                Install::MacApp {
                    bundle: "/Applications/Claude.app".into(),
                },
                "/usr/bin/open -g /Applications/Claude.app",
            ),
            (
                Platform::MacOs,
                named("/opt/Claude.app/Contents/MacOS/Claude"),
                "/usr/bin/open -g /opt/Claude.app",
            ),
            (Platform::MacOs, named("/opt/claude"), "NoBundle"),
            (
                Platform::Windows,
                Install::WindowsPackage {
                    family: "Claude_pzs8sxrjxfjjc".into(),
                },
                r"explorer.exe shell:AppsFolder\Claude_pzs8sxrjxfjjc!Claude",
            ),
            (
                Platform::Windows,
                Install::WindowsSquirrel {
                    stub: r"C:\L\AnthropicClaude\claude.exe".into(),
                },
                r"C:\L\AnthropicClaude\claude.exe",
            ),
            (Platform::Windows, named(r"D:\Claude.exe"), r"D:\Claude.exe"),
            (
                Platform::Linux,
                Install::LinuxPackage {
                    command: "/usr/bin/claude-desktop".into(),
                },
                "setsid --fork /usr/bin/claude-desktop",
            ),
            (
                Platform::Linux,
                named("/opt/claude"),
                "setsid --fork /opt/claude",
            ),
            (Platform::Linux, Install::LinuxAppImage, "AppImage"),
        ];
        for (platform, install, expected) in table {
            assert_eq!(
                line(platform, &install),
                expected,
                "{platform:?} {install:?}"
            );
        }
    }
}
