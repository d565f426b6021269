//! An MCP server whose only tool behaves as `TEST_SERVER` says: `fine`, `rejects`, `crashes`
//! (when called), or `dies` (at start). It notes each of its starts in `TEST_STARTS`.

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler, ServiceExt as _};
use serde_json::json;
use std::io::Write as _;
use std::process::ExitCode;

struct Scripted(String);

impl ServerHandler for Scripted {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let schema = json!({"type": "object"}).as_object().cloned().unwrap();
        let tool = Tool::new("test_zoom_connection", "Scripted.", schema);
        Ok(ListToolsResult::with_all_items(vec![tool]))
    }

    async fn call_tool(
        &self,
        _request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let report = match self.0.as_str() {
            "crashes" => std::process::exit(3),
            "rejects" => json!({"status": "error", "problem": "token_rejected", "message": "no"}),
            _ => json!({"status": "success", "message": "yes", "missing_scopes": ["a:b"]}),
        };
        Ok(CallToolResult::structured(report).into())
    }
}

pub(crate) fn run() -> ExitCode {
    let script = std::env::var("TEST_SERVER").unwrap();
    let starts = std::env::var("TEST_STARTS").unwrap();
    let mut starts = fs_err::OpenOptions::new()
        .create(true)
        .append(true)
        .open(starts)
        .unwrap();
    starts.write_all(b"s").unwrap();
    std::io::stderr()
        .write_all(b"started with planted-secret\n")
        .unwrap();
    if script == "dies" {
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let pipes = (tokio::io::stdin(), tokio::io::stdout());
        Scripted(script)
            .serve(pipes)
            .await
            .unwrap()
            .waiting()
            .await
            .unwrap();
    });
    ExitCode::SUCCESS
}
