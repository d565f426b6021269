//! The least that a tool call over HTTP can cost: a bare server of the protocol's library, and
//! in it one bare request. What the bundled server adds is measured against it.

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer, ServiceExt};
use rmcp::{ErrorData, ServerHandler};
use std::process::ExitCode;

/// The variable with the address that each call asks.
pub const ADDRESS: &str = "BENCH_FLOOR_ADDRESS";

/// The variable with the access token, read once, as the servers of others do.
pub const TOKEN: &str = "ZOOM_ACCESS_TOKEN";

struct Floor {
    client: reqwest::Client,
    address: String,
    token: String,
}

impl ServerHandler for Floor {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let failed = |error: reqwest::Error| ErrorData::internal_error(error.to_string(), None);
        let request = self.client.get(&self.address).bearer_auth(&self.token);
        let answer = request.send().await.map_err(failed)?;
        let answer = answer.error_for_status().map_err(failed)?;
        let body: serde_json::Value = answer.json().await.map_err(failed)?;
        Ok(CallToolResult::structured(body).into())
    }
}

/// Serves on standard input and output until the client leaves.
pub fn serve() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return ExitCode::FAILURE;
    };
    let served = runtime.block_on(talk());
    runtime.shutdown_background();
    if served.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn talk() -> Result<(), Box<dyn std::error::Error>> {
    let floor = Floor {
        client: reqwest::Client::new(),
        address: std::env::var(ADDRESS)?,
        token: std::env::var(TOKEN)?,
    };
    let session = floor.serve(rmcp::transport::stdio_pipes()).await?;
    session.waiting().await?;
    Ok(())
}
