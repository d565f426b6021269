//! The MCP server: which tool does what. Protocol eras and framing are rmcp's.

use crate::source::{Problem, SourceError, TokenSource};
use crate::{connection_test, refresh, reply, status, tools};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, JsonObject,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use zoom::ApiClient;

/// How long Zoom may take for one request; two of them and a refresh fit into a tool's limit.
const REQUEST: Duration = Duration::from_secs(12);

/// What a model is told of the server as a whole.
const INSTRUCTIONS: &str = "Zoom through Zoomtray, which keeps the access token fresh. No \
                            credentials are needed or taken. If a Zoom call fails, use \
                            test_zoom_connection.";

/// The bundled server.
pub(crate) struct Server {
    source: Arc<dyn TokenSource>,
    /// Made at the first request: certificates take longer to load than a session to open.
    api: OnceLock<ApiClient>,
}

impl Server {
    /// A server that takes its tokens from `source`.
    pub(crate) fn new(source: Arc<dyn TokenSource>) -> Self {
        Self {
            source,
            api: OnceLock::new(),
        }
    }

    fn api(&self) -> Result<&ApiClient, SourceError> {
        if let Some(api) = self.api.get() {
            return Ok(api);
        }
        let api = ApiClient::new(REQUEST)
            .map_err(|error| SourceError::new(Problem::Local, error.to_string()))?;
        Ok(self.api.get_or_init(|| api))
    }

    async fn test_connection(&self) -> CallToolResult {
        let source = self.source.as_ref();
        match tokio::time::timeout(refresh::LIMIT, connection_test::run(source, self.api())).await {
            Ok(result) => result,
            Err(_elapsed) => reply::failure(
                "Neither Zoomtray nor Zoom answered within 50 s. Look at zoom_token_status, then \
                 try again.",
            ),
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let implementation =
            Implementation::new("zoomtray", env!("CARGO_PKG_VERSION")).with_title("Zoomtray");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(implementation)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        if request.is_some_and(|request| request.cursor.is_some()) {
            return Err(ErrorData::invalid_params(
                "All tools are on one page: send no cursor.",
                None,
            ));
        }
        Ok(ListToolsResult::with_all_items(tools::all().to_vec()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::all().iter().find(|tool| tool.name == name).cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if let Some(refusal) = refuse_arguments(&request.name, request.arguments.as_ref()) {
            return Ok(refusal.into());
        }
        let result = match request.name.as_ref() {
            tools::TEST_CONNECTION => self.test_connection().await,
            tools::TOKEN_STATUS => status::run(self.source.as_ref()).await,
            tools::REFRESH_TOKEN => refresh::run(self.source.as_ref()).await,
            unknown => {
                let message = format!("There is no tool {unknown:?}; tools/list names them.");
                return Err(ErrorData::invalid_params(message, None));
            }
        };
        Ok(result.into())
    }
}

/// The names of the arguments are repeated, never their values: a model that knows another Zoom
/// server may have sent a secret.
fn refuse_arguments(tool: &str, arguments: Option<&JsonObject>) -> Option<CallToolResult> {
    let names: Vec<&str> = arguments?.keys().map(String::as_str).collect();
    if names.is_empty() {
        return None;
    }
    Some(reply::failure(&format!(
        "{tool} takes no arguments, but got {}. Call it without; Zoomtray holds the credentials.",
        names.join(", ")
    )))
}
