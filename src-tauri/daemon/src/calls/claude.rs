//! Claude Desktop: everything goes through the one deliverer.

use crate::core::Core;
use crate::delivery::deliverer::Order;
use control::{ClaudeView, Failure, FailureKind, RestartClaude, SetEntryMode, Steps, answered};
use serde_json::Value;
use tokio::sync::oneshot;

/// Looks at config and processes now.
pub(crate) async fn look(core: &Core) -> Result<ClaudeView, Failure> {
    ask(core, |reply| Order::Look { reply }).await
}

/// Sets how an entry gets its token.
pub(crate) async fn set_mode(core: &Core, call: SetEntryMode) -> Result<Value, Failure> {
    let SetEntryMode { name, mode } = call;
    let delivery = ask(core, |reply| Order::SetMode { name, mode, reply }).await??;
    answered::<SetEntryMode>(&delivery)
}

/// Quits Claude Desktop, writes what is pending, starts it.
pub(crate) async fn restart(core: &Core) -> Result<Value, Failure> {
    let steps = ask(core, |reply| Order::Restart { reply }).await?;
    answered::<RestartClaude>(&Steps { steps })
}

async fn ask<T>(
    core: &Core,
    order: impl FnOnce(oneshot::Sender<T>) -> Order,
) -> Result<T, Failure> {
    let (reply, answer) = oneshot::channel();
    let closing = || Failure::new(FailureKind::Internal, "Zoomtray is closing. Try again.");
    core.orders.send(order(reply)).map_err(|_| closing())?;
    answer.await.map_err(|_| closing())
}
