//! What the shell's parts share, and what its items and buttons do.

use crate::clipboard::TokenClipboard;
use crate::clock::Clock;
use crate::frame::Frame;
use crate::keeper::Core;
use crate::menu::Act;
use crate::notify::{Message, Notice, approval_topic};
use crate::question::{Answer, Asking, restart};
use crate::sending::{Choice, Sender};
use crate::tray::Item;
use crate::view::View;
use crate::words::without_code_marks;
use crate::{approval, login_item, window};
use control::{
    AnswerApproval, AnswerRestart, Answered, ApprovalAnswer, GetAskedCall, GetToken, Reconnect,
    Refresh, RestartAnswer, RestartClaude, RestoreLost, Uninstall, UnlockVault,
};
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
            say_failure(&app, error.as_ref());
        }
    });
}

/// Says in a notification what went wrong with something that was asked for outside the window.
fn say_failure(app: &AppHandle, error: &dyn std::error::Error) {
    of(app).sender.say(Notice {
        topic: "menu".to_owned(),
        title: "Zoomtray could not do that".to_owned(),
        body: without_code_marks(&error.to_string()),
        urgent: false,
    });
}

/// Shows what is due. A question's answer is carried out as if it was chosen in the menu.
pub(crate) fn show(app: &AppHandle, message: Message) {
    let sender = &of(app).sender;
    match message {
        Message::Say(notice) => sender.say(notice),
        Message::Withdraw => sender.withdraw(restart::TOPIC),
        Message::AskApproval { id, notice } => ask_about_call(app, id, &notice),
        Message::WithdrawApproval(id) => sender.withdraw(&approval_topic(id)),
        Message::TakeBack(topic) => sender.take_back(topic),
        Message::Ask { generation, notice } => {
            let app = app.clone();
            sender.ask(&notice, &restart_choices(), move |key| {
                if let Some(answer) = restart::of_key(&key) {
                    tauri::async_runtime::spawn(async move {
                        let call = AnswerRestart { generation, answer };
                        if let Err(error) = self::call(&app, call).await {
                            tracing::warn!(%error, "the answer was not taken");
                            say_failure(&app, error.as_ref());
                        }
                    });
                }
            });
        }
    }
}

fn restart_choices() -> [Choice; 3] {
    restart::ANSWERS.map(|answer| Choice {
        key: restart::key(answer),
        label: restart::label(answer),
        is_safe: answer == RestartAnswer::WhenQuit,
    })
}

/// Asks whether a call may be forwarded. An answer that comes too late is said to be.
fn ask_about_call(app: &AppHandle, id: u32, notice: &Notice) {
    let choices = approval::ANSWERS.map(|answer| Choice {
        key: approval::key(answer),
        label: approval::label(answer),
        is_safe: answer == ApprovalAnswer::Deny,
    });
    let asked = app.clone();
    of(app).sender.ask(notice, &choices, move |key| {
        if let Some(answer) = approval::of_key(&key) {
            tauri::async_runtime::spawn(async move {
                match send_answer(&asked, id, answer).await {
                    Ok(answered) => say_answered(&asked, id, answer, &answered),
                    Err(error) => {
                        tracing::warn!(%error, "the answer was not taken");
                        say_failure(&asked, error.as_ref());
                    }
                }
            });
        }
    });
}

/// Says what an answer did, where that is not what it says.
fn say_answered(app: &AppHandle, id: u32, answer: ApprovalAnswer, answered: &Answered) {
    let shell = of(app);
    let told = approval::told(answer, answered, daemon::wall_now(), &shell.clock);
    if let Some((title, body)) = told {
        shell.sender.say(Notice {
            topic: approval_topic(id),
            title: title.to_owned(),
            body,
            urgent: false,
        });
    }
}

/// Lets a call through, or has it denied.
pub(crate) async fn answer_approval(app: &AppHandle, id: u32, answer: ApprovalAnswer) -> Outcome {
    send_answer(app, id, answer).await.map(drop)
}

async fn send_answer(
    app: &AppHandle,
    id: u32,
    answer: ApprovalAnswer,
) -> Result<Answered, Box<dyn std::error::Error + Send + Sync>> {
    let shell = of(app);
    let Some(core) = shell.core.get() else {
        return Err(NOT_STARTED.into());
    };
    Ok(core.client().call(AnswerApproval { id, answer }).await?)
}

/// What a call that waits was made with, as indented JSON with its secrets masked.
pub(crate) async fn asked_call(
    app: &AppHandle,
    id: u32,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let shell = of(app);
    let Some(core) = shell.core.get() else {
        return Err(NOT_STARTED.into());
    };
    let asked = core.client().call(GetAskedCall { id }).await?;
    Ok(format!("{:#}", asked.arguments))
}

async fn carry_out(app: &AppHandle, item: Item) -> Outcome {
    match item {
        Item::Act => act(app).await,
        Item::Reconnect => call(app, Reconnect {}).await,
        Item::CopyToken => copy_token(app).await,
        Item::StartAtLogin => Ok(login_item::switch(app)?),
        Item::Approvals | Item::Open => Ok(window::open(app)?),
        Item::Restart(answer) => answer_restart(app, answer).await,
        Item::Restore => ask(app, Asking::Restore),
        Item::Remove => ask(app, Asking::Removal),
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

/// Asks in the window.
fn ask(app: &AppHandle, asking: Asking) -> Outcome {
    of(app)
        .frames
        .send_modify(|frame| frame.occasion.asking = Some(asking));
    Ok(window::open(app)?)
}

/// Carries out what the window's question was answered with. A refused answer leaves the
/// question where it is.
pub(crate) async fn answer(app: &AppHandle, answer: Answer) -> Outcome {
    match answer {
        Answer::Leave => {}
        // The keeper ends with it, and the app with the keeper.
        Answer::Remove => {
            let keep_accounts = false;
            call(app, Uninstall { keep_accounts }).await?;
        }
        Answer::Restore => call(app, RestoreLost {}).await?,
        Answer::RestartNow | Answer::WhenQuit | Answer::NotThisTime => {
            if let Some(answer) = answer.to_restart() {
                return answer_restart(app, answer).await;
            }
        }
    }
    leave(&of(app));
    Ok(())
}

/// Takes back what the user chose in the menu.
pub(crate) fn leave(shell: &Shell) {
    shell
        .frames
        .send_modify(|frame| frame.occasion.asking = None);
}

/// Answers the question that is open now.
async fn answer_restart(app: &AppHandle, answer: RestartAnswer) -> Outcome {
    let open = of(app)
        .frames
        .borrow()
        .snapshot()
        .and_then(|snapshot| snapshot.claude.question);
    match open {
        Some(question) => {
            let generation = question.generation;
            call(app, AnswerRestart { generation, answer }).await
        }
        None => Ok(()),
    }
}

/// Closes the window, whose web view has a file in a folder that may go with the keeper; ends
/// the keeper, then the app.
pub(crate) async fn quit(app: &AppHandle) {
    window::close(app);
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
