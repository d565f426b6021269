//! From the start of the process to its end.
//!
//! The status item is on the screen before the keeper starts, and so before any vault is
//! touched.

use crate::arguments::Starter;
use crate::frame::Keeper;
use crate::keeper::{Core, Other, Started, give_way};
use crate::notify::{self, Said};
use crate::shell::Shell;
use crate::tray::{Item, Tray};
use crate::window::WebData;
use crate::{arguments, commands, login_item, pulse, shell, stop, window};
use daemon::{Leave, Setup};
use files::Folders;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::async_runtime::{block_on, spawn};
use tauri::{App, AppHandle, RunEvent, WindowEvent};

/// Runs the app until it is quit. A second start by the user opens the window of the first; any
/// second one ends.
pub fn run() -> ExitCode {
    log_to_stderr();
    let home = arguments::home(std::env::args_os());
    let starter = arguments::starter(std::env::args_os());
    let setup = set_up(home.clone());
    if let Ok(setup) = &setup
        && block_on(give_way(setup, starter)).is_ok_and(|other| other == Other::Runs)
    {
        return ExitCode::SUCCESS;
    }
    match build(setup, home, starter) {
        Ok(app) => {
            app.run(handle);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the desktop cannot be used; run `zoomtrayctl watch` instead");
            ExitCode::FAILURE
        }
    }
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ZOOMTRAY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}

/// What this process starts from; why not, in a sentence.
fn set_up(home: Option<PathBuf>) -> Result<Setup, String> {
    let mut setup = Setup::from_process().map_err(|error| error.to_string())?;
    if let Some(home) = home {
        setup.folders = Folders::under(&home).map_err(|error| error.to_string())?;
    }
    Ok(setup)
}

fn build(
    setup: Result<Setup, String>,
    home: Option<PathBuf>,
    starter: Starter,
) -> tauri::Result<App> {
    let folders = setup.as_ref().ok().map(|setup| &setup.folders);
    let home = home.or_else(|| std::env::var_os("ZOOMTRAY_HOME").map(PathBuf::from));
    tauri::Builder::default()
        .plugin(login_item::plugin(folders, home.as_deref()))
        .manage(Arc::new(Shell::new()))
        .manage(WebData(folders.map(|folders| folders.run.join("webview"))))
        .invoke_handler(tauri::generate_handler![
            commands::follow,
            commands::act,
            commands::answer,
            commands::approve,
            commands::asked,
            commands::quit,
        ])
        .on_menu_event(|app, event| {
            if let Some(item) = Item::of(event.id().as_ref()) {
                shell::choose(app, item);
            }
        })
        .setup(move |app| Ok(start(app, setup, starter)?))
        .build(tauri::generate_context!())
}

fn start(app: &mut App, setup: Result<Setup, String>, starter: Starter) -> tauri::Result<()> {
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Accessory);
    let app = app.handle();
    let shell = shell::of(app);
    let frame = shell.frames.borrow().clone();
    let tray = Tray::build(app, &frame, daemon::wall_now(), &shell.clock)?;
    spawn(beat(app.clone(), tray));
    spawn(keep(app.clone(), setup, starter));
    spawn(end_when_asked(app.clone()));
    #[cfg(target_os = "linux")]
    spawn(crate::desktop::follow(app.clone()));
    Ok(())
}

/// The app goes on without a window, and ends only when it is quit.
fn handle(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::ExitRequested {
            code: None, api, ..
        } => api.prevent_exit(),
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::Destroyed,
            ..
        } if label == window::LABEL => {
            shell::leave(&shell::of(app));
        }
        _ => {}
    }
}

async fn end_when_asked(app: AppHandle) {
    stop::asked().await;
    shell::quit(&app).await;
}

/// Starts the keeper and passes on what it says.
async fn keep(app: AppHandle, setup: Result<Setup, String>, starter: Starter) {
    let shell = shell::of(&app);
    let keeper = match setup {
        Ok(setup) => Core::start(setup, starter)
            .await
            .map_err(|error| error.to_string()),
        Err(error) => Err(error),
    };
    match keeper {
        Ok(Started::Here(core)) => {
            let core = shell.core.get_or_init(|| *core);
            tokio::join!(
                pass_on_snapshots(&shell, core),
                open_on_demand(&app, core),
                end_with_keeper(&app, core),
            );
        }
        Ok(Started::Elsewhere) => app.exit(0),
        Err(problem) => {
            tracing::error!(problem, "the keeper did not start");
            shell
                .frames
                .send_modify(|frame| frame.keeper = Keeper::Failed(problem));
            show_window(&app);
        }
    }
}

async fn pass_on_snapshots(shell: &Shell, core: &Core) {
    let mut snapshots = core.snapshots();
    snapshots.mark_changed();
    while snapshots.changed().await.is_ok() {
        let snapshot = snapshots.borrow_and_update().clone();
        shell
            .frames
            .send_modify(|frame| frame.keeper = Keeper::Running(snapshot));
    }
}

async fn open_on_demand(app: &AppHandle, core: &Core) {
    let mut wishes = core.windows();
    // A wish from before this loop is one too.
    if *wishes.borrow_and_update() > 0 {
        show_window(app);
    }
    while wishes.changed().await.is_ok() {
        show_window(app);
    }
}

/// Ends the app once the keeper has nothing left to keep: after an uninstall.
async fn end_with_keeper(app: &AppHandle, core: &Core) {
    let mut leaving = core.leaving();
    if leaving
        .wait_for(|leave| *leave == Leave::Quit)
        .await
        .is_ok()
    {
        shell::quit(app).await;
    }
}

/// Opens the window; a desktop that cannot show it is said in the log.
pub(crate) fn show_window(app: &AppHandle) {
    if let Err(error) = window::open(app) {
        tracing::error!(%error, "the window could not be opened");
    }
}

/// Puts every change on the screen, the keeper's and time's.
async fn beat(app: AppHandle, mut tray: Tray) {
    let shell = shell::of(&app);
    let mut frames = shell.frames.subscribe();
    let mut said = Said::default();
    loop {
        let (frame, now) = (frames.borrow_and_update().clone(), daemon::wall_now());
        if let Err(error) = tray.show(&frame, now, &shell.clock) {
            tracing::warn!(%error, "the status item could not be changed");
        }
        let view = frame.view(now, &shell.clock);
        shell
            .views
            .send_if_modified(|shown| std::mem::replace(shown, view.clone()) != view);
        if let Some(snapshot) = frame.snapshot() {
            let (next, messages) = notify::due(&said, snapshot, now, &shell.clock);
            said = next;
            for message in messages {
                shell::show(&app, message);
            }
        }
        let next = frame
            .snapshot()
            .and_then(|snapshot| pulse::next_change(snapshot, now));
        tokio::select! {
            changed = frames.changed() => if changed.is_err() { return },
            () = until(next) => {}
        }
    }
}

/// Waits until the user's clock says `instant`, as far as it goes evenly; for ever without one.
async fn until(instant: Option<lifecycle::WallTime>) {
    match instant {
        Some(instant) => {
            tokio::time::sleep(daemon::wall_now().until(instant)).await;
            tracing::trace!(target: "timer", "the icon is looked at");
        }
        None => std::future::pending().await,
    }
}
