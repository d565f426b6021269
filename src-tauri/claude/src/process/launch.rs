//! The command that starts Claude Desktop again, independent of this process. Pure.

use super::identify::Install;
use super::outcome::Origin;
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
    /// The mount that it ran from is gone, and what was mounted is not known.
    #[error("it is not known which AppImage it ran from; start Claude Desktop yourself")]
    AppImage,
    /// Only bundles are opened on macOS.
    #[error("CLAUDE_APP_PATH is not inside an app bundle; start Claude Desktop yourself")]
    NoBundle,
    /// What the store installed takes no arguments.
    #[error(
        "an app of the store cannot be started with --user-data-dir; start Claude Desktop yourself"
    )]
    StoreProfile,
}

/// The command that starts the Claude of `origin` on `platform` as it was started before: in a
/// session of its own, and without taking the focus where the platform allows it. `others`:
/// another profile's Claude runs, which macOS would bring to the front instead.
pub fn launch(platform: Platform, origin: &Origin, others: bool) -> Result<Launch, NoLaunch> {
    let profile = origin.user_data_dir.as_deref();
    Ok(match (platform, &origin.install) {
        (_, Install::LinuxAppImage) => {
            detached(origin.image.as_ref().ok_or(NoLaunch::AppImage)?, profile)
        }
        (_, Install::MacApp { bundle }) => open(bundle, profile, others),
        (Platform::MacOs, Install::Named { executable }) => {
            let inside = executable.split_once("/Contents/MacOS/");
            open(inside.ok_or(NoLaunch::NoBundle)?.0, profile, others)
        }
        (_, Install::WindowsPackage { .. }) if profile.is_some() => {
            return Err(NoLaunch::StoreProfile);
        }
        // The versioned path is not for starting: access is denied, and an update moves it.
        (_, Install::WindowsPackage { family }) => {
            let app = format!("shell:AppsFolder\\{family}!Claude");
            command("explorer.exe", vec![app])
        }
        (_, Install::WindowsSquirrel { stub: program })
        | (
            Platform::Windows,
            Install::Named {
                executable: program,
            },
        ) => command(program, switch(profile)),
        (_, Install::LinuxPackage { command: program })
        | (
            Platform::Linux,
            Install::Named {
                executable: program,
            },
        ) => detached(program, profile),
    })
}

fn command(program: &str, arguments: Vec<String>) -> Launch {
    Launch {
        program: program.to_owned(),
        arguments,
        target: None,
    }
}

fn switch(profile: Option<&str>) -> Vec<String> {
    let named = profile.map(|folder| format!("--user-data-dir={folder}"));
    named.into_iter().collect()
}

/// Opens an app bundle in the background; as an instance of its own where one of another
/// profile would be taken for it.
fn open(bundle: &str, profile: Option<&str>, others: bool) -> Launch {
    let new = (others || profile.is_some()).then_some("-n");
    let mut arguments: Vec<String> = ["-g"].into_iter().chain(new).map(str::to_owned).collect();
    arguments.push(bundle.to_owned());
    if profile.is_some() {
        arguments.push("--args".to_owned());
        arguments.extend(switch(profile));
    }
    command("/usr/bin/open", arguments)
}

/// A session of its own; `setsid --fork` ends before the program begins.
fn detached(program: &str, profile: Option<&str>) -> Launch {
    let mut arguments = vec!["--fork".to_owned(), program.to_owned()];
    arguments.extend(switch(profile));
    Launch {
        target: Some(program.to_owned()),
        ..command("setsid", arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(install: Install) -> Origin {
        Origin {
            install,
            user_data_dir: None,
            image: None,
        }
    }

    fn mac() -> Install {
        Install::MacApp {
            bundle: "/Applications/Claude.app".into(),
        }
    }

    fn named(path: &str) -> Install {
        Install::Named {
            executable: path.to_owned(),
        }
    }

    fn package() -> Install {
        Install::WindowsPackage {
            family: "Claude_pzs8sxrjxfjjc".into(),
        }
    }

    fn stub() -> Install {
        Install::WindowsSquirrel {
            stub: r"C:\L\AnthropicClaude\claude.exe".into(),
        }
    }

    fn linux() -> Install {
        Install::LinuxPackage {
            command: "/usr/bin/claude-desktop".into(),
        }
    }

    fn line(platform: Platform, origin: &Origin, others: bool) -> String {
        match launch(platform, origin, others) {
            Ok(launch) => [&[launch.program][..], &launch.arguments]
                .concat()
                .join(" "),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn each_install_is_started_its_own_way() {
        use Platform::{Linux, MacOs, Windows};
        let bundled = named("/opt/Claude.app/Contents/MacOS/Claude");
        let store = r"explorer.exe shell:AppsFolder\Claude_pzs8sxrjxfjjc!Claude";
        let table = [
            (MacOs, mac(), "/usr/bin/open -g /Applications/Claude.app"),
            (MacOs, bundled, "/usr/bin/open -g /opt/Claude.app"),
            (MacOs, named("/opt/claude"), "NoBundle"),
            (Windows, package(), store),
            (Windows, stub(), r"C:\L\AnthropicClaude\claude.exe"),
            (Windows, named(r"D:\Claude.exe"), r"D:\Claude.exe"),
            (Linux, linux(), "setsid --fork /usr/bin/claude-desktop"),
            (Linux, named("/opt/claude"), "setsid --fork /opt/claude"),
            (Linux, Install::LinuxAppImage, "AppImage"),
        ];
        for (platform, install, expected) in table {
            let line = line(platform, &origin(install.clone()), false);
            assert_eq!(line, expected, "{platform:?} {install:?}");
        }
    }

    #[test]
    fn a_profile_is_started_with_its_folder() {
        use Platform::{Linux, MacOs, Windows};
        let table = [
            (
                MacOs,
                mac(),
                "/usr/bin/open -g -n /Applications/Claude.app --args --user-data-dir=/p q",
            ),
            (Windows, package(), "StoreProfile"),
            (
                Windows,
                stub(),
                r"C:\L\AnthropicClaude\claude.exe --user-data-dir=/p q",
            ),
            (
                Linux,
                linux(),
                "setsid --fork /usr/bin/claude-desktop --user-data-dir=/p q",
            ),
        ];
        for (platform, install, expected) in table {
            let origin = Origin {
                user_data_dir: Some("/p q".into()),
                ..origin(install.clone())
            };
            assert_eq!(line(platform, &origin, false), expected, "{install:?}");
        }
    }

    #[test]
    fn beside_another_profile_an_instance_of_its_own_is_opened() {
        let line = line(Platform::MacOs, &origin(mac()), true);
        assert_eq!(line, "/usr/bin/open -g -n /Applications/Claude.app");
    }

    #[test]
    fn an_app_image_is_started_by_its_file() {
        let origin = Origin {
            image: Some("/home/u/Claude.AppImage".into()),
            ..origin(Install::LinuxAppImage)
        };
        let launch = launch(Platform::Linux, &origin, false).unwrap();
        assert_eq!(launch.target.as_deref(), Some("/home/u/Claude.AppImage"));
        assert_eq!(launch.arguments, ["--fork", "/home/u/Claude.AppImage"]);
    }
}
