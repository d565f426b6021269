//! Which call goes where.

use crate::calls;
use crate::core::{Core, Leave};
use control::{
    ClaudeStatus, Connection, Done, EventKind, Failure, FailureKind, GetSnapshot, Handler,
    OpenWindow, Progress, Rank, RelayHello, RelayRefusal, RelayStream, Request, Subscribe, Told,
    Yield, answered,
};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::watch;

impl Handler for Core {
    async fn call(
        self: Arc<Self>,
        connection: Connection,
        request: Request,
        progress: Progress,
    ) -> Result<Value, Failure> {
        let _at_work = AtWork::on(&self.busy);
        match request {
            Request::GetSnapshot(_) => answered::<GetSnapshot>(&self.board.snapshot()),
            Request::Subscribe(_) => self.follow_for(progress),
            Request::GetToken(call) => calls::tokens::get(&self, call).await,
            Request::Refresh(call) => calls::tokens::refresh(&self, call, progress).await,
            Request::Rejected(call) => calls::tokens::rejected(&self, call).await,
            Request::AddAccount(call) => calls::accounts::add(&self, call).await,
            Request::RemoveAccount(call) => calls::accounts::remove(&self, call).await,
            Request::FindCredentials(call) => calls::import::find(&self, call).await,
            Request::ImportCredentials(call) => calls::import::import(&self, call).await,
            Request::RemoveCredentials(call) => calls::import::remove(&self, call).await,
            Request::UseGuest(call) => calls::accounts::use_guest(&self, connection, call).await,
            Request::SetAutoRefresh(call) => calls::accounts::set_auto_refresh(&self, call).await,
            Request::ClaudeStatus(_) => {
                answered::<ClaudeStatus>(&calls::claude::look(&self).await?)
            }
            Request::SetEntryMode(call) => calls::claude::set_mode(&self, call).await,
            Request::ConnectAll(_) => calls::claude::connect_all(&self).await,
            Request::ForgetEntry(call) => calls::claude::forget(&self, call).await,
            Request::MendConfig(_) => calls::claude::mend(&self).await,
            Request::RestoreLost(_) => calls::claude::restore_lost(&self).await,
            Request::ListBackups(_) => calls::claude::backups(&self).await,
            Request::RestoreBackup(call) => calls::claude::restore_backup(&self, call).await,
            Request::RestartClaude(_) => calls::claude::restart(&self, false, progress).await,
            Request::RestartClaudeByForce(_) => calls::claude::restart(&self, true, progress).await,
            Request::AnswerRestart(call) => calls::claude::answer_restart(&self, &call),
            Request::GetAskedCall(call) => calls::gate::asked_call(&self, &call),
            Request::AnswerApproval(call) => calls::gate::answer(&self, &call),
            Request::ExplainCall(call) => calls::gate::explain(&self, call),
            Request::ListServers(_) => calls::gate::servers(&self),
            Request::GetKnownTools(call) => calls::gate::known_tools(&self, &call),
            Request::Uninstall(call) => calls::uninstall::uninstall(&self, call, progress).await,
            Request::Reconnect(_) => self.reconnect().await,
            Request::UnlockVault(_) => calls::accounts::unlock(&self).await,
            Request::OpenWindow(_) => self.open_window(),
            Request::Yield(call) => self.give_way(&call),
        }
    }

    fn ended(&self, connection: Connection) {
        let left = self.leavers.send(connection);
        if left.is_err() {
            tracing::debug!("a connection ended while the keeper was closing");
        }
    }

    fn admits(&self, _hello: &RelayHello) -> Result<(), RelayRefusal> {
        self.relays.admits()
    }

    async fn relay(self: Arc<Self>, hello: RelayHello, stream: RelayStream) {
        self.relays.serve(hello, stream).await;
    }
}

/// Counts a request while it is at work.
struct AtWork<'a>(&'a watch::Sender<usize>);

impl<'a> AtWork<'a> {
    fn on(busy: &'a watch::Sender<usize>) -> Self {
        busy.send_modify(|count| *count += 1);
        Self(busy)
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Core {
    /// Tells the caller every new snapshot and token, until it leaves.
    fn follow_for(&self, progress: Progress) -> Result<Value, Failure> {
        let mut snapshots = self.board.subscribe();
        let mut tokens = self.tokens.subscribe();
        let first = snapshots.borrow_and_update().clone();
        tokio::spawn(async move {
            loop {
                let telling = tokio::select! {
                    () = progress.gone() => return,
                    Ok(()) = snapshots.changed() => {
                        let snapshot = snapshots.borrow_and_update().clone();
                        Told::Snapshot(Box::new(Arc::unwrap_or_clone(snapshot)))
                    }
                    Ok(token) = tokens.recv() => {
                        Told::Token { account: token.account, generation: token.generation }
                    }
                    else => return,
                };
                if progress.tell(telling).await.is_err() {
                    return;
                }
            }
        });
        answered::<Subscribe>(&first)
    }

    async fn reconnect(&self) -> Result<Value, Failure> {
        let server = self.server.lock().await;
        let Some(server) = server.as_ref() else {
            return Err(not_here(
                "The bundled server runs in the Zoomtray app alone. Start the app.",
            ));
        };
        server.reconnect();
        self.board.event(
            crate::wall_now(),
            EventKind::Server,
            "The bundled server is restarted.",
        );
        answered::<control::Reconnect>(&Done {})
    }

    fn open_window(&self) -> Result<Value, Failure> {
        if self.rank != Rank::App {
            return Err(not_here(
                "There is no window: the Zoomtray app is not running. Start it.",
            ));
        }
        self.windows.send_modify(|count| *count += 1);
        answered::<OpenWindow>(&Done {})
    }

    fn give_way(&self, call: &Yield) -> Result<Value, Failure> {
        if call.rank <= self.rank {
            let pid = std::process::id();
            let message = format!("Zoomtray (pid {pid}) keeps the tokens already.");
            return Err(Failure::new(FailureKind::Outranked, message));
        }
        self.leave.send_replace(Leave::Yield);
        answered::<Yield>(&Done {})
    }
}

fn not_here(message: &str) -> Failure {
    Failure::new(FailureKind::NotHere, message)
}
