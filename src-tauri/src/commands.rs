//! What the window may ask for. The same words are in `build.rs` and in the capability file.

use crate::question::Answer;
use crate::shell::{self, Shell};
use crate::view::View;
use control::ApprovalAnswer;
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

/// Answers what the window asks.
#[tauri::command]
pub(crate) async fn answer(app: AppHandle, answer: Answer) -> Result<(), String> {
    let done = shell::answer(&app, answer).await;
    done.map_err(|error| error.to_string())
}

/// Answers whether a call may be forwarded.
#[tauri::command]
pub(crate) async fn approve(app: AppHandle, id: u32, allow: bool) -> Result<(), String> {
    let answer = if allow {
        ApprovalAnswer::AllowOnce
    } else {
        ApprovalAnswer::Deny
    };
    let done = shell::answer_approval(&app, id, answer).await;
    done.map_err(|error| error.to_string())
}

/// What a call that waits was made with.
#[tauri::command]
pub(crate) async fn asked(app: AppHandle, id: u32) -> Result<String, String> {
    let asked = shell::asked_call(&app, id).await;
    asked.map_err(|error| error.to_string())
}

/// Ends the app: the only way where there is no menu.
#[tauri::command]
pub(crate) async fn quit(app: AppHandle) {
    shell::quit(&app).await;
}
