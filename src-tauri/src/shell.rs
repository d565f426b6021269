//! What the shell's parts share, and what its items and buttons do.

use crate::clipboard::TokenClipboard;
use crate::clock::Clock;
use crate::frame::Frame;
use crate::keeper::Core;
use crate::menu::Act;
use crate::notify::Notice;
use crate::sending::Sender;
use crate::tray::Item;
use crate::view::View;
use crate::{login_item, window};
use control::{GetToken, Reconnect, Refresh, RemoveAccount, RestartClaude, UnlockVault};
use std::sync::{Arc, OnceLock};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

/// What the shell's parts share.
pub(crate) struct Shell {
    /// What there is to show; the pulse puts it on the screen.
    pub(crate) frames: watch::Sender<Frame>,
    /// What the window shows.
    pub(crate) views: watch::Sender<View>,
    /// The user's clock.
    pub(crate) clock: Clock,
    /// The keeper, once it runs.
    pub(crate) core: OnceLock<Core>,
    /// Sends notifications.
    pub(crate) sender: Sender,
    clipboard: TokenClipboard,
}

/// What went wrong with something the user asked for, in a sentence.
type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

impl Shell {
    pub(crate) fn new() -> Self {
        let (frame, clock) = (Frame::default(), Clock::local());
        let view = frame.view(daemon::wall_now(), &clock);
        Self {
            frames: watch::Sender::new(frame),
            views: watch::Sender::new(view),
            clock,
            core: OnceLock::new(),
            sender: Sender::default(),
            clipboard: TokenClipboard::default(),
        }
    }
}

/// The shell of a running app.
pub(crate) fn of(app: &AppHandle) -> Arc<Shell> {
    app.state::<Arc<Shell>>().inner().clone()
}

/// Does what a menu item stands for, off the main thread. What goes wrong is said in a
/// notification, because a closed menu cannot say it.
pub(crate) fn choose(app: &AppHandle, item: Item) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = carry_out(&app, item).await {
            tracing::warn!(?item, %error, "a menu item failed");
            of(&app).sender.send(Notice {
                topic: "menu".to_owned(),
                title: "Zoomtray could not do that".to_owned(),
                body: error.to_string(),
                urgent: false,
            });
        }
    });
}

async fn carry_out(app: &AppHandle, item: Item) -> Outcome {
    match item {
        Item::Act => act(app).await,
        Item::Reconnect => call(app, Reconnect {}).await,
        Item::CopyToken => copy_token(app).await,
        Item::StartAtLogin => Ok(login_item::switch(app)?),
        Item::Open => Ok(window::open(app)?),
        Item::Remove => {
            of(app)
                .frames
                .send_modify(|frame| frame.occasion.removing = true);
            Ok(window::open(app)?)
        }
        Item::Quit => {
            quit(app).await;
            Ok(())
        }
    }
}

/// Does the one thing to do now. A refresh that Zoom refuses is no failure of the click: the
/// snapshot says it.
pub(crate) async fn act(app: &AppHandle) -> Outcome {
    let shell = of(app);
    let act = shell
        .frames
        .borrow()
        .menu(daemon::wall_now(), &shell.clock)
        .act;
    match act {
        Act::Refresh | Act::TryAgain => {
            let account = foremost(&shell);
            if let Err(error) = call(app, Refresh { account }).await {
                tracing::info!(%error, "the refresh that was asked for brought no token");
            }
            Ok(())
        }
        Act::UnlockKeychain => call(app, UnlockVault {}).await,
        Act::RestartClaude => call(app, RestartClaude {}).await,
        Act::SignInAgain | Act::AddAccount => Ok(window::open(app)?),
    }
}

/// Removes the account that the window asks about.
pub(crate) async fn remove(app: &AppHandle) -> Outcome {
    let shell = of(app);
    keep(&shell);
    match foremost(&shell) {
        Some(account) => call(app, RemoveAccount { account }).await,
        None => Ok(()),
    }
}

/// Takes back the question whether to remove the account.
pub(crate) fn keep(shell: &Shell) {
    shell
        .frames
        .send_modify(|frame| frame.occasion.removing = false);
}

/// Ends the keeper, then the app.
pub(crate) async fn quit(app: &AppHandle) {
    if let Some(core) = of(app).core.get() {
        core.quit().await;
    }
    app.exit(0);
}

async fn copy_token(app: &AppHandle) -> Outcome {
    let shell = of(app);
    let Some(core) = shell.core.get() else {
        return Err(NOT_STARTED.into());
    };
    let call = GetToken {
        account: foremost(&shell),
        min_ttl_s: 0,
    };
    let token = core.client().call(call).await?;
    Ok(shell.clipboard.copy(&token.access_token.0)?)
}

async fn call<C: control::Call>(app: &AppHandle, call: C) -> Outcome {
    let shell = of(app);
    let Some(core) = shell.core.get() else {
        return Err(NOT_STARTED.into());
    };
    core.client().call(call).await?;
    Ok(())
}

const NOT_STARTED: &str = "Zoomtray is still starting; try again in a moment.";

fn foremost(shell: &Shell) -> Option<String> {
    let frame = shell.frames.borrow();
    frame
        .snapshot()?
        .foremost(daemon::wall_now())
        .map(|account| account.id.clone())
}
