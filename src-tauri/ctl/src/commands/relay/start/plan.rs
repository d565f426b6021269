//! What is started, by which command. Pure.

use super::desktop::{Desktop, Host, Variables};
use files::Platform;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Zoomtray's programs, as far as they are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Programs {
    /// The app, if it is installed.
    pub(super) app: Option<PathBuf>,
    /// This program.
    pub(super) command_line: PathBuf,
}

/// A command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Launch {
    /// The program.
    pub(super) program: PathBuf,
    /// Its arguments.
    pub(super) arguments: Vec<OsString>,
    /// Its variables, beside those of this process that may be passed on.
    pub(super) variables: Variables,
    /// Whether it is what was to be started, or hands it over and ends.
    pub(super) role: Role,
}

/// What a command is to what it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It starts something else and ends; its exit code tells whether it could.
    HandsOver,
    /// The same, but its exit code tells nothing.
    HandsOverSilently,
    /// It is what was to be started.
    Itself,
}

/// What names the home to the keeper without a desktop.
const HOME_VARIABLE: &str = "ZOOMTRAY_HOME";

impl Programs {
    /// Those in this program's folder.
    pub(super) fn beside_this() -> Self {
        let name = |name: &str| format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let this = std::env::current_exe().unwrap_or_else(|_| name("zoomtrayctl").into());
        let app = this.with_file_name(name("zoomtray"));
        Self {
            app: app.is_file().then_some(app),
            command_line: this,
        }
    }
}

/// The command that starts a keeper on `platform`: the app where it can be shown. `desktop` is
/// asked on Linux alone; the others always have one.
pub(super) fn plan(
    platform: Platform,
    programs: &Programs,
    home: Option<&Path>,
    desktop: impl FnOnce() -> Desktop,
) -> Launch {
    match (platform, &programs.app) {
        (Platform::Linux, _) => on_linux(programs, home, desktop()),
        (Platform::MacOs, Some(app)) => on_macos(app, home),
        (Platform::Windows, Some(app)) => on_windows(app, home),
        (Platform::MacOs | Platform::Windows, None) => {
            let (arguments, variables) = without_desktop(home);
            itself(&programs.command_line, arguments, variables)
        }
    }
}

fn on_linux(programs: &Programs, home: Option<&Path>, desktop: Desktop) -> Launch {
    let shown = programs.app.as_ref().zip(desktop.variables);
    let (program, (arguments, variables)) = if let Some((app, variables)) = shown {
        (app, (app_arguments(home), variables))
    } else {
        (&programs.command_line, without_desktop(home))
    };
    match desktop.host {
        Host::Manager(way) => by_manager(program, arguments, variables, way),
        Host::None => set_free(program, arguments, variables),
    }
}

/// A service of the user's manager, forgotten when it ends. Its variables are named on the command
/// line, which everybody on the computer can read, and their values passed as the command's own.
fn by_manager(
    program: &Path,
    arguments: Vec<OsString>,
    mut variables: Variables,
    way: Variables,
) -> Launch {
    let fixed = ["--user", "--quiet", "--collect", "--description=Zoomtray"];
    let mut all: Vec<OsString> = fixed.map(OsString::from).into();
    all.extend(
        variables
            .keys()
            .map(|name| format!("--setenv={name}").into()),
    );
    all.push("--".into());
    all.push(program.into());
    all.extend(arguments);
    variables.extend(way);
    Launch {
        program: "systemd-run".into(),
        arguments: all,
        variables,
        role: Role::HandsOver,
    }
}

/// A session of its own; `setsid --fork` ends before the program begins.
fn set_free(program: &Path, arguments: Vec<OsString>, variables: Variables) -> Launch {
    let mut all = vec!["--fork".into(), program.into()];
    all.extend(arguments);
    Launch {
        program: "setsid".into(),
        arguments: all,
        variables,
        role: Role::HandsOver,
    }
}

/// Through `LaunchServices`, as if the user had opened it, and without taking the focus.
fn on_macos(app: &Path, home: Option<&Path>) -> Launch {
    let Some(bundle) = bundle_of(app) else {
        return itself(app, app_arguments(home), Variables::new());
    };
    let mut arguments: Vec<OsString> = vec!["-g".into(), "-a".into(), bundle.into()];
    arguments.push("--args".into());
    arguments.extend(app_arguments(home));
    Launch {
        program: "/usr/bin/open".into(),
        arguments,
        variables: Variables::new(),
        role: Role::HandsOver,
    }
}

/// The bundle in whose `Contents/MacOS` a program is.
fn bundle_of(program: &Path) -> Option<&Path> {
    let folder = program.parent()?;
    let bundle = folder.parent()?.parent()?;
    let is_bundle = folder.ends_with("Contents/MacOS")
        && bundle
            .extension()
            .is_some_and(|extension| extension == "app");
    is_bundle.then_some(bundle)
}

/// Through Explorer, which is in no package's container; it passes no arguments on, and the app
/// shows no window at a first start anyway. A home has to be named, so it is started directly.
fn on_windows(app: &Path, home: Option<&Path>) -> Launch {
    if home.is_some() {
        return itself(app, app_arguments(home), Variables::new());
    }
    Launch {
        program: "explorer.exe".into(),
        arguments: vec![app.into()],
        variables: Variables::new(),
        role: Role::HandsOverSilently,
    }
}

fn itself(program: &Path, arguments: Vec<OsString>, variables: Variables) -> Launch {
    Launch {
        program: program.to_owned(),
        arguments,
        variables,
        role: Role::Itself,
    }
}

fn app_arguments(home: Option<&Path>) -> Vec<OsString> {
    let home = home
        .into_iter()
        .flat_map(|home| ["--home".into(), home.into()]);
    std::iter::once("--background".into()).chain(home).collect()
}

/// The keeper without a desktop: its arguments, and the variable that names its home.
fn without_desktop(home: Option<&Path>) -> (Vec<OsString>, Variables) {
    let home = home.map(|home| {
        (
            HOME_VARIABLE.to_owned(),
            home.to_string_lossy().into_owned(),
        )
    });
    (vec!["watch".into()], home.into_iter().collect())
}

#[cfg(test)]
mod tests;
