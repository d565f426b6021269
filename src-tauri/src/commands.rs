//! What the window may ask for. The same words are in `build.rs` and in the capability file.

use crate::shell::{self, Shell};
use crate::view::View;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// Sends the view now and each time it changes, until the window is gone.
#[tauri::command]
pub(crate) async fn follow(
    shell: State<'_, Arc<Shell>>,
    channel: Channel<View>,
) -> Result<(), String> {
    let mut views = shell.views.subscribe();
    views.mark_changed();
    while views.changed().await.is_ok() {
        let view = views.borrow_and_update().clone();
        if channel.send(view).is_err() {
            break;
        }
    }
    Ok(())
}

/// Does the one thing to do now.
#[tauri::command]
pub(crate) async fn act(app: AppHandle) -> Result<(), String> {
    shell::act(&app).await.map_err(|error| error.to_string())
}

/// Removes the account, after the window has asked.
#[tauri::command]
pub(crate) async fn remove(app: AppHandle) -> Result<(), String> {
    shell::remove(&app).await.map_err(|error| error.to_string())
}

/// Keeps the account, after the window has asked.
#[tauri::command]
pub(crate) async fn keep(shell: State<'_, Arc<Shell>>) -> Result<(), String> {
    shell::keep(&shell);
    Ok(())
}

/// Ends the app: the only way where there is no menu.
#[tauri::command]
pub(crate) async fn quit(app: AppHandle) {
    shell::quit(&app).await;
}
