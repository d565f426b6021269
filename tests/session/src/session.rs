//! A whole private desktop: started in order, ended as one.

use crate::bus::Bus;
use crate::child::{SessionChild, bound};
use crate::display::{Display, Screen};
use crate::environment::{Folders, base};
use crate::error::SessionError;
use crate::events::Events;
use crate::keychain::Keychain;
use crate::keyring::{self, Keyring};
use crate::notifications::{self, Notifications};
use crate::panel::{self, Panel};
use crate::status_item::{self, StatusItem};
use crate::sweep::{LastSweep, sweep};
use crate::webdriver::WindowDriver;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What the desktop is made of.
#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// Where windows and the panel appear.
    pub display: Display,
    /// Size of the virtual screen, `WIDTHxHEIGHT` in pixels.
    pub size: String,
    /// A host for status items.
    pub panel: Panel,
    /// A keychain.
    pub keyring: Keyring,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            display: Display::Virtual,
            size: "1024x768".to_owned(),
            panel: Panel::WithTray,
            keyring: Keyring::Unlocked,
        }
    }
}

/// A running private desktop. Dropping it ends every program in it and deletes its folders.
pub struct DesktopSession {
    // Fields are dropped in this order: programs first, then bus and screen, then folders.
    programs: Vec<SessionChild>,
    bus: Arc<Bus>,
    _screen: Screen,
    environment: BTreeMap<OsString, OsString>,
    display: Display,
    folders: Folders,
    _root: tempfile::TempDir,
    _last_sweep: LastSweep,
}

impl DesktopSession {
    /// Starts one and waits until everything in it answers.
    ///
    /// # Errors
    /// The first program that does not start or does not appear on the bus within a minute.
    pub fn start(options: &SessionOptions) -> Result<Self, SessionError> {
        let root = tempfile::Builder::new().prefix("desktop-").tempdir()?;
        let folders = Folders::under(root.path());
        folders.make()?;
        let last_sweep = LastSweep::prepare(root.path())?;
        let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into());
        let mut environment = base(&folders, path);
        let screen = Screen::start(&folders.run, &options.size)?;
        let bus = Arc::new(Bus::start(
            &folders.run,
            &on_virtual(&environment, &screen),
        )?);
        environment.insert("DBUS_SESSION_BUS_ADDRESS".into(), bus.address().into());
        let hidden = on_virtual(&environment, &screen);
        let shown = on(&options.display, environment, &screen);
        let mut programs = vec![notifications::start(&bus, &folders, &hidden)?];
        if options.keyring == Keyring::Unlocked {
            programs.push(keyring::start(&bus, &folders, &hidden)?);
        }
        if options.panel == Panel::WithTray {
            programs.push(panel::start(&bus, &folders, &shown)?);
        }
        let display = options.display.clone();
        Ok(Self {
            programs,
            bus,
            _screen: screen,
            environment: shown,
            display,
            folders,
            _root: root,
            _last_sweep: last_sweep,
        })
    }

    /// Ends the session from elsewhere, such as when a signal comes.
    pub fn leftovers(&self) -> Leftovers {
        Leftovers {
            root: self.folders.root.clone(),
        }
    }

    /// The private home.
    pub fn home(&self) -> &Path {
        &self.folders.home
    }

    /// The private `XDG_RUNTIME_DIR`, 0700.
    pub fn run_folder(&self) -> &Path {
        &self.folders.run
    }

    /// Where the output of the session's programs is.
    pub fn logs(&self) -> &Path {
        &self.folders.logs
    }

    /// Every variable a program of the session sees. `ZOOMTRAY_HOME` is inside the private
    /// home.
    pub fn environment(&self) -> &BTreeMap<OsString, OsString> {
        &self.environment
    }

    /// A command in this session: its environment alone, no standard input, and killed when
    /// this process dies. For [`DesktopSession::spawn`], or to be run to its end.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = bound(program);
        command
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null());
        command.current_dir(&self.folders.home);
        command
    }

    /// Starts a command of [`DesktopSession::command`], known in messages as `name`. Its
    /// output goes to `NAME.log` in [`DesktopSession::logs`] unless `redirect` sets it
    /// otherwise.
    pub fn spawn(
        &self,
        name: &str,
        mut command: Command,
        redirect: Output,
    ) -> Result<SessionChild, SessionError> {
        if redirect == Output::ToLog {
            let log = self.folders.logs.join(format!("{name}.log"));
            let output = std::fs::File::from(fs_err::File::create(log)?);
            command.stdout(output.try_clone()?).stderr(output);
        }
        SessionChild::start(name, command)
    }

    /// Every status item in the tray.
    pub fn status_items(&self) -> Result<Vec<StatusItem>, SessionError> {
        status_item::registered(&self.bus)
    }

    /// Waits for a status item that `wanted` accepts.
    pub fn wait_for_status_item(
        &self,
        patience: Duration,
        wanted: impl Fn(&StatusItem) -> bool,
    ) -> Result<StatusItem, SessionError> {
        status_item::wait_for(&self.bus, patience, wanted)
    }

    /// Whether status items have a host.
    pub fn has_status_item_host(&self) -> Result<bool, SessionError> {
        self.bus.has_owner(panel::WATCHER)
    }

    /// What programs ask the notification daemon to show, from now on.
    pub fn notifications(&self) -> Result<Notifications, SessionError> {
        Notifications::watch(self.bus.address())
    }

    /// Chooses the action `label` of the notification on the screen, in the menu that the
    /// notification daemon has for them.
    pub fn choose_action(&self, label: &str) -> Result<(), SessionError> {
        notifications::choose(&self.bus, &self.folders, label)
    }

    /// The keychain, read as another program would.
    pub fn keychain(&self) -> Keychain {
        Keychain::new(self.bus.connection().clone(), self.bus.address())
    }

    /// Signals on the session bus that match `rule`, from now on.
    pub fn signals(&self, rule: &str) -> Result<Events, SessionError> {
        Events::signals(self.bus.address(), rule)
    }

    /// Writes every message on the bus to `path` as text, until the child is dropped.
    pub fn record_bus(&self, path: &Path) -> Result<SessionChild, SessionError> {
        let mut command = self.command("dbus-monitor");
        command
            .arg("--session")
            .stdout(std::fs::File::from(fs_err::File::create(path)?));
        self.spawn("dbus-monitor", command, Output::AsSet)
    }

    /// A `WebDriver` in this session that starts `program` with `arguments` when a window is
    /// opened. `variables` are added to the session's.
    pub fn window_driver(
        &self,
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<WindowDriver, SessionError> {
        let mut command = self.command("WebKitWebDriver");
        command
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(variables.iter().copied());
        WindowDriver::open(command, self, program, arguments)
    }

    /// A picture of the screen as PNG. On a user's display only the panel and the windows
    /// named `window` are looked at: the picture is of the first there is.
    pub fn screenshot(&self, path: &Path, window: &str) -> Result<(), SessionError> {
        let target = match self.display {
            Display::Virtual => "root",
            Display::Existing { .. } if self.window_exists(window)? => window,
            Display::Existing { .. } => "xfce4-panel",
        };
        // The program runs in the home of the session.
        let path = &std::path::absolute(path)?;
        let output = self
            .command("import")
            .args(["-silent", "-window", target])
            .arg(path)
            .output()?;
        if output.status.success() && path.exists() {
            return Ok(());
        }
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(SessionError::Screenshot {
            path: path.to_owned(),
            message,
        })
    }

    /// Waits until a window of that name is on the screen.
    ///
    /// # Errors
    /// [`SessionError::TimedOut`] after `patience`.
    pub fn wait_for_window(&self, name: &str, patience: Duration) -> Result<(), SessionError> {
        let deadline = Instant::now() + patience;
        // Each look is a program of its own and takes its time.
        while !self.window_exists(name)? {
            if Instant::now() >= deadline {
                return Err(SessionError::TimedOut {
                    what: format!("the window {name}"),
                    within: patience,
                });
            }
        }
        Ok(())
    }

    /// Whether a window of that name is on the screen.
    pub fn window_exists(&self, name: &str) -> Result<bool, SessionError> {
        Ok(self
            .command("xwininfo")
            .args(["-name", name])
            .output()?
            .status
            .success())
    }
}

/// What a session would leave behind if this process ended without dropping it.
#[derive(Clone, Debug)]
pub struct Leftovers {
    root: PathBuf,
}

impl Leftovers {
    /// Kills the session's programs and deletes its folders. To be followed by the end of
    /// this process, which ends the display.
    ///
    /// # Errors
    /// The folders cannot be deleted.
    pub fn remove(&self) -> std::io::Result<()> {
        sweep(&self.root);
        fs_err::remove_dir_all(&self.root)
    }
}

/// Where a program's output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// To a log file of the session.
    ToLog,
    /// Where the command says.
    AsSet,
}

impl Drop for DesktopSession {
    fn drop(&mut self) {
        // Last started, first ended: the panel before the bus it would miss.
        while self.programs.pop().is_some() {}
        sweep(&self.folders.root);
    }
}

fn on_virtual(
    environment: &BTreeMap<OsString, OsString>,
    screen: &Screen,
) -> BTreeMap<OsString, OsString> {
    on(&Display::Virtual, environment.clone(), screen)
}

/// `environment` with the variables that lead to `display`.
fn on(
    display: &Display,
    mut environment: BTreeMap<OsString, OsString>,
    screen: &Screen,
) -> BTreeMap<OsString, OsString> {
    let (name, authority) = match display {
        Display::Virtual => (screen.name().into(), Some(screen.authority().into())),
        Display::Existing { name, authority } => (name.clone(), authority.clone()),
    };
    environment.insert("DISPLAY".into(), name);
    environment.extend(authority.map(|file| ("XAUTHORITY".into(), file)));
    environment
}
