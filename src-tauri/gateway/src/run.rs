//! One run of the bundled server: open, prove, close. Speaks MCP to it.

use crate::child::{Child, Launch};
use crate::connection::{self, Failure};
use crate::log::ServerLog;
use rmcp::model::{CallToolRequestParams, ClientConfig};
use rmcp::service::{RoleClient, RunningService};
use rmcp::{ServiceError, ServiceExt as _};
use std::time::Duration;
use tokio::time::timeout;

/// The tool that proves a connection.
const TEST: &str = "test_zoom_connection";
/// How long the server may take to open; it does so without the network. Ten seconds leave
/// room for a machine that has just woken.
const OPENING: Duration = Duration::from_secs(10);
/// How long a proof may take: longer than the tool's own limit of 50 s, so that its own words
/// are read.
const PROOF: Duration = Duration::from_mins(1);

/// A server that has answered `initialize` and `tools/list`.
pub(crate) struct Session {
    child: Child,
    service: RunningService<RoleClient, ClientConfig>,
}

impl Session {
    /// Starts the server and opens the session. Its stderr goes to `log`.
    pub(crate) async fn open(launch: &Launch, log: ServerLog) -> Result<Self, Failure> {
        let (child, pipes) =
            Child::start(launch).map_err(|error| Failure::NotStarted(error.to_string()))?;
        tokio::spawn(log.drain(pipes.stderr));
        let opening = ClientConfig::default().serve((pipes.stdout, pipes.stdin));
        let service = timeout(OPENING, opening)
            .await
            .map_err(|_| Failure::Silent(OPENING.as_secs()))?
            .map_err(|error| Failure::Unusable(error.to_string()))?;
        let session = Self { child, service };
        session.find_test().await?;
        Ok(session)
    }

    async fn find_test(&self) -> Result<(), Failure> {
        let tools = timeout(OPENING, self.service.list_all_tools())
            .await
            .map_err(|_| Failure::Silent(OPENING.as_secs()))?
            .map_err(failure_of)?;
        if tools.iter().any(|tool| tool.name == TEST) {
            Ok(())
        } else {
            Err(Failure::Unusable(format!("it has no {TEST}")))
        }
    }

    /// Lets the server ask Zoom: the scopes that are missing, or why Zoom did not answer.
    /// Fails with [`Failure::Crashed`] as soon as the server ends.
    pub(crate) async fn prove(&mut self) -> Result<Vec<String>, Failure> {
        let asked = self.service.call_tool(CallToolRequestParams::new(TEST));
        tokio::select! {
            answer = timeout(PROOF, asked) => {
                let result = answer.map_err(|_| Failure::Silent(PROOF.as_secs()))?;
                connection::read(&result.map_err(failure_of)?)
            }
            () = ended(&mut self.child) => Err(Failure::Crashed),
        }
    }

    /// Returns once the server has ended by itself.
    pub(crate) async fn ended(&mut self) {
        ended(&mut self.child).await;
    }

    /// Closes the server's stdin and sees to it that it ends.
    pub(crate) async fn close(self) {
        if let Err(error) = self.service.cancel().await {
            tracing::warn!(%error, "the session's task failed");
        }
        if let Err(error) = self.child.close().await {
            tracing::warn!(%error, "the server may not have ended");
        }
    }
}

async fn ended(child: &mut Child) {
    if let Err(error) = child.ended().await {
        tracing::warn!(%error, "cannot wait for the server; it counts as ended");
    }
}

fn failure_of(error: ServiceError) -> Failure {
    match error {
        ServiceError::TransportClosed | ServiceError::TransportSend(_) => Failure::Crashed,
        other => Failure::Unusable(other.to_string()),
    }
}
