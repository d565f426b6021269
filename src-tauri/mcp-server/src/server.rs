//! The MCP server: which tool is called, by whom, until when. Protocol eras and framing are rmcp's.

use crate::caller::{Caller, Progress};
use crate::source::TokenSource;
use crate::tool::ToolSpec;
use crate::{clock, no_auth, outcome, prompts, tools, transcripts};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, GetPromptRequestParams, GetPromptResponse,
    Implementation, ListPromptsResult, ListResourceTemplatesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::{ErrorData, ServerHandler};
use std::sync::Arc;

/// What a model is told of the server as a whole.
const INSTRUCTIONS: &str = "Zoom through Zoomtray, which keeps the access token fresh. No \
                            credentials are needed or taken. Lists come in pages: pass \
                            next_page_token on to read further. If a Zoom call fails, use \
                            test_zoom_connection.";

/// The bundled server.
pub(crate) struct Server {
    caller: Arc<Caller>,
    credentials: Credentials,
}

/// Whose credentials the tools use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Those that Zoomtray keeps: no tool takes or returns one.
    Kept,
    /// Those that each call brings (`--no-auth`).
    Brought,
}

impl Server {
    /// A server that takes its tokens from `source`, or from each call.
    pub(crate) fn new(source: Arc<dyn TokenSource>, credentials: Credentials) -> Self {
        Self {
            caller: Arc::new(Caller::new(source, clock::now)),
            credentials,
        }
    }

    fn tools(&self) -> &'static [ToolSpec] {
        match self.credentials {
            Credentials::Kept => tools::all(),
            Credentials::Brought => no_auth::all(),
        }
    }

    fn find(&self, name: &str) -> Option<&'static ToolSpec> {
        self.tools().iter().find(|spec| spec.tool().name == name)
    }

    /// Prompts and resources are about the account that Zoomtray keeps.
    fn capabilities(&self) -> ServerCapabilities {
        let tools = ServerCapabilities::builder().enable_tools();
        match self.credentials {
            Credentials::Kept => tools.enable_prompts().enable_resources().build(),
            Credentials::Brought => tools.build(),
        }
    }

    fn instructions(&self) -> &'static str {
        match self.credentials {
            Credentials::Kept => INSTRUCTIONS,
            Credentials::Brought => no_auth::INSTRUCTIONS,
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let implementation =
            Implementation::new("zoomtray", env!("CARGO_PKG_VERSION")).with_title("Zoomtray");
        ServerConfig::new(self.capabilities())
            .with_server_info(implementation)
            .with_instructions(self.instructions())
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        first_page(request.as_ref())?;
        let tools = self.tools().iter().map(ToolSpec::tool).cloned();
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.find(name).map(|spec| spec.tool().clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(spec) = self.find(&request.name) else {
            let message = format!(
                "There is no tool {:?}; tools/list names them.",
                request.name
            );
            return Err(ErrorData::invalid_params(message, None));
        };
        let zoom = self.caller.begin(Progress::of(&context));
        let outcome = tokio::select! {
            biased;
            // Whoever cancels waits for no answer; what runs is dropped, and its request with it.
            () = context.ct.cancelled() => return Err(cancelled()),
            outcome = spec.run(zoom, request.arguments.unwrap_or_default()) => outcome,
        };
        Ok(outcome::result(outcome).into())
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        first_page(request.as_ref())?;
        Ok(ListPromptsResult::with_all_items(prompts::all()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        Ok(prompts::get(&request.name, &arguments)?.into())
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        first_page(request.as_ref())?;
        let templates = vec![transcripts::template()];
        Ok(ListResourceTemplatesResult::with_all_items(templates))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let zoom = self.caller.begin(Progress::of(&context));
        tokio::select! {
            biased;
            () = context.ct.cancelled() => Err(cancelled()),
            read = transcripts::read(zoom, request.uri) => Ok(read?.into()),
        }
    }
}

/// Lists here have one page each.
fn first_page(request: Option<&PaginatedRequestParams>) -> Result<(), ErrorData> {
    match request {
        Some(request) if request.cursor.is_some() => Err(ErrorData::invalid_params(
            "All there is stands on one page: send no cursor.",
            None,
        )),
        _ => Ok(()),
    }
}

fn cancelled() -> ErrorData {
    ErrorData::internal_error("The call was cancelled.", None)
}
