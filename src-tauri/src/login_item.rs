//! *Start at login*: the tick in the menu and the system's login item behind it.

use crate::arguments;
use files::Folders;
use std::path::Path;
use tauri::menu::CheckMenuItem;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_autostart::ManagerExt;

/// The tick, kept so that it always says what the system says.
struct Tick(CheckMenuItem<Wry>);

/// The plugin, with a login item of its own for each home.
pub(crate) fn plugin(folders: Option<&Folders>, home: Option<&Path>) -> TauriPlugin<Wry> {
    let name = folders.map_or_else(|| "Zoomtray".to_owned(), daemon::login_item_name);
    let plugin = tauri_plugin_autostart::Builder::new().app_name(name);
    let home = home.map(|home| home.to_string_lossy().into_owned());
    plugin
        .args(
            home.into_iter()
                .flat_map(|home| [arguments::HOME.to_owned(), home]),
        )
        .build()
}

/// The menu item, ticked as the system has it.
pub(crate) fn item(app: &AppHandle, id: &str, text: &str) -> tauri::Result<CheckMenuItem<Wry>> {
    let item = CheckMenuItem::with_id(app, id, text, true, is_on(app), None::<&str>)?;
    app.manage(Tick(item.clone()));
    Ok(item)
}

/// Switches the login item; the tick follows what the system then says.
pub(crate) fn switch(app: &AppHandle) -> Result<(), tauri_plugin_autostart::Error> {
    let login_item = app.autolaunch();
    let switched = if is_on(app) {
        login_item.disable()
    } else {
        login_item.enable()
    };
    if let Some(tick) = app.try_state::<Tick>()
        && let Err(error) = tick.0.set_checked(is_on(app))
    {
        tracing::warn!(%error, "the tick of Start at login could not be set");
    }
    switched
}

fn is_on(app: &AppHandle) -> bool {
    app.autolaunch().is_enabled().unwrap_or_else(|error| {
        tracing::warn!(%error, "the system's login items could not be read");
        false
    })
}
