//! Claude Desktop: everything goes through the one deliverer.

use crate::calls::tokens;
use crate::core::Core;
use crate::delivery::order::{Order, Reply};
use control::{
    AnswerRestart, ClaudeView, ConnectAll, Done, EntryMode, Failure, FailureKind, ForgetEntry,
    ListBackups, MendConfig, Progress, RestartClaude, RestoreBackup, RestoreLost, SetEntryMode,
    Steps, Told, answered,
};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long a look may wait for what is at work, such as a file that blocks: then what was seen
/// last is shown.
const LOOK_LIMIT: Duration = Duration::from_secs(2);

/// Looks at config and processes now.
pub(crate) async fn look(core: &Core) -> Result<ClaudeView, Failure> {
    match timeout(LOOK_LIMIT, ask(core, |reply| Order::Look { reply })).await {
        Ok(looked) => looked,
        Err(_busy) => Ok(core.board.snapshot().claude.clone()),
    }
}

/// Sets how an entry gets its token. To inject, there must be one.
pub(crate) async fn set_mode(core: &Core, call: SetEntryMode) -> Result<Value, Failure> {
    let SetEntryMode { name, mode } = call;
    if mode == EntryMode::Inject {
        let token = tokens::fresh(core).await?;
        order(core, Order::Have(token))?;
    }
    let delivery = try_ask(core, |reply| Order::SetMode { name, mode, reply }).await?;
    answered::<SetEntryMode>(&delivery)
}

/// Connects every entry that has a Zoom variable.
pub(crate) async fn connect_all(core: &Core) -> Result<Value, Failure> {
    let deliveries = try_ask(core, |reply| Order::ConnectAll { reply }).await?;
    answered::<ConnectAll>(&deliveries)
}

/// Leaves an entry as it stands.
pub(crate) async fn forget(core: &Core, call: ForgetEntry) -> Result<Value, Failure> {
    let name = call.name;
    try_ask(core, |reply| Order::Forget { name, reply }).await?;
    answered::<ForgetEntry>(&Done {})
}

/// Puts back what Claude Desktop lost. A token that is put back is the one that is valid now.
pub(crate) async fn restore_lost(core: &Core) -> Result<Value, Failure> {
    have_token(core).await?;
    let deliveries = try_ask(core, |reply| Order::RestoreLost { reply }).await?;
    answered::<RestoreLost>(&deliveries)
}

/// Takes a byte order mark off the config.
pub(crate) async fn mend(core: &Core) -> Result<Value, Failure> {
    let delivery = try_ask(core, |reply| Order::Mend { reply }).await?;
    answered::<MendConfig>(&delivery)
}

/// The kept copies of the config.
pub(crate) async fn backups(core: &Core) -> Result<Value, Failure> {
    let backups = try_ask(core, |reply| Order::ListBackups { reply }).await?;
    answered::<ListBackups>(&backups)
}

/// Makes a kept copy the config again.
pub(crate) async fn restore_backup(core: &Core, call: RestoreBackup) -> Result<Value, Failure> {
    let number = call.number;
    let restored = try_ask(core, |reply| Order::RestoreBackup { number, reply }).await?;
    answered::<RestoreBackup>(&restored)
}

/// Quits Claude Desktop, writes what is pending, starts it; tells the caller each step. Asks
/// Zoom for nothing.
pub(crate) async fn restart(
    core: &Core,
    by_force: bool,
    progress: Progress,
) -> Result<Value, Failure> {
    have_token(core).await?;
    let mut steps = core.sequence.subscribe();
    let mut restarting = std::pin::pin!(try_ask(core, |reply| Order::Restart { by_force, reply }));
    let steps = loop {
        tokio::select! {
            biased;
            Ok(step) = steps.recv() => {
                // A caller that does not listen gets them all in the answer.
                let _unheard = progress.tell(Told::Step(step)).await;
            }
            restarted = &mut restarting => break restarted?,
        }
    };
    answered::<RestartClaude>(&Steps { steps })
}

/// Takes the answer to the question whether to restart.
pub(crate) fn answer_restart(core: &Core, call: &AnswerRestart) -> Result<Value, Failure> {
    let AnswerRestart { generation, answer } = *call;
    order(core, Order::Answer { generation, answer })?;
    answered::<AnswerRestart>(&Done {})
}

/// The token that is valid now is the one to write; without one, what else waits is written.
async fn have_token(core: &Core) -> Result<(), Failure> {
    match tokens::valid(core).await {
        Some(token) => order(core, Order::Have(token)),
        None => Ok(()),
    }
}

fn order(core: &Core, order: Order) -> Result<(), Failure> {
    core.orders.send(order).map_err(|_| closing())
}

fn closing() -> Failure {
    Failure::new(FailureKind::Internal, "Zoomtray is closing. Try again.")
}

/// Gives the deliverer an order and waits for its answer.
pub(crate) async fn ask<T>(
    core: &Core,
    what: impl FnOnce(oneshot::Sender<T>) -> Order,
) -> Result<T, Failure> {
    let (reply, answer) = oneshot::channel();
    order(core, what(reply))?;
    answer.await.map_err(|_| closing())
}

/// The same for an order that may fail.
pub(crate) async fn try_ask<T>(
    core: &Core,
    what: impl FnOnce(Reply<T>) -> Order,
) -> Result<T, Failure> {
    ask(core, what).await?
}
