//! The one window: made when it is asked for, destroyed when it is closed. No web view exists
//! in between.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// Its name, which the capability file refers to.
pub(crate) const LABEL: &str = "main";

/// Opens the window, or brings it to the front. Not to be called on the main thread: on
/// Windows a web view cannot be made from within an event.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Zoomtray")
        .inner_size(420.0, 640.0)
        .min_inner_size(320.0, 400.0)
        .build()?;
    Ok(())
}
