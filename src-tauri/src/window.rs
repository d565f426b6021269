//! The one window: made when it is asked for, destroyed when it is closed. No web view exists
//! in between.

use std::path::PathBuf;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// Its name, which the capability file refers to.
pub(crate) const LABEL: &str = "main";

/// The folder for what a web view leaves behind: one of ours, so that it goes with the others.
/// None where no folders are known.
pub(crate) struct WebData(pub(crate) Option<PathBuf>);

/// Opens the window, or brings it to the front. Not to be called on the main thread: on
/// Windows a web view cannot be made from within an event.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Zoomtray")
        .inner_size(420.0, 640.0)
        .min_inner_size(320.0, 400.0);
    let window = match &app.state::<WebData>().0 {
        // There a web view has no folder to choose, but need not leave anything.
        Some(_) if cfg!(target_os = "macos") => window.incognito(true),
        Some(folder) => window.data_directory(folder.clone()),
        None => window,
    };
    window.build()?;
    Ok(())
}

/// Closes the window, if it is open, with the web view in it.
pub(crate) fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(%error, "the window was not closed");
    }
}
