//! Claude Desktop: everything goes through the one deliverer.

use crate::calls::tokens;
use crate::core::Core;
use crate::delivery::deliverer::Order;
use control::{
    ClaudeView, EntryMode, Failure, FailureKind, RestartClaude, SetEntryMode, Steps, answered,
};
use serde_json::Value;
use tokio::sync::oneshot;

/// Looks at config and processes now.
pub(crate) async fn look(core: &Core) -> Result<ClaudeView, Failure> {
    ask(core, |reply| Order::Look { reply }).await
}

/// Sets how an entry gets its token. To inject, there must be one.
pub(crate) async fn set_mode(core: &Core, call: SetEntryMode) -> Result<Value, Failure> {
    let SetEntryMode { name, mode } = call;
    if mode == EntryMode::Inject {
        let token = tokens::fresh(core).await?;
        core.orders
            .send(Order::Have(token))
            .map_err(|_| closing())?;
    }
    let delivery = ask(core, |reply| Order::SetMode { name, mode, reply }).await??;
    answered::<SetEntryMode>(&delivery)
}

/// Quits Claude Desktop, writes what is pending, starts it. Asks Zoom for nothing.
pub(crate) async fn restart(core: &Core) -> Result<Value, Failure> {
    if let Some(token) = tokens::valid(core).await {
        core.orders
            .send(Order::Have(token))
            .map_err(|_| closing())?;
    }
    let steps = ask(core, |reply| Order::Restart { reply }).await?;
    answered::<RestartClaude>(&Steps { steps })
}

fn closing() -> Failure {
    Failure::new(FailureKind::Internal, "Zoomtray is closing. Try again.")
}

async fn ask<T>(
    core: &Core,
    order: impl FnOnce(oneshot::Sender<T>) -> Order,
) -> Result<T, Failure> {
    let (reply, answer) = oneshot::channel();
    core.orders.send(order(reply)).map_err(|_| closing())?;
    answer.await.map_err(|_| closing())
}
