//! What a tool is: what a client sees of it, and what it does. Tools are made when first asked for,
//! never before a session is open.

mod arguments;
mod schema;

use crate::caller::Zoom;
use crate::outcome::{Failure, Outcome};
use rmcp::handler::server::common::schema_for_type;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::pin::Pin;

type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;
type Run = Box<dyn Fn(Zoom, JsonObject) -> Running + Send + Sync>;

/// One tool.
pub(crate) struct ToolSpec {
    tool: Tool,
    run: Run,
    only_reads: bool,
}

/// What a call does to the world, said to clients that ask a person before riskier ones.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "MCP has four hints")]
pub(crate) struct Hints {
    read_only: bool,
    destructive: bool,
    idempotent: bool,
    open_world: bool,
}

/// The input of a tool that takes nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

impl Hints {
    /// Reads from Zoom and changes nothing.
    pub(crate) const READ: Self = Self::new(true, false, true, true);

    /// In the order of MCP's annotations.
    #[expect(clippy::fn_params_excessive_bools, reason = "MCP has four hints")]
    pub(crate) const fn new(
        read_only: bool,
        destructive: bool,
        idempotent: bool,
        open_world: bool,
    ) -> Self {
        Self {
            read_only,
            destructive,
            idempotent,
            open_world,
        }
    }

    fn annotations(self) -> ToolAnnotations {
        ToolAnnotations::new()
            .read_only(self.read_only)
            .destructive(self.destructive)
            .idempotent(self.idempotent)
            .open_world(self.open_world)
    }
}

impl ToolSpec {
    /// A tool that takes `Input`, whose fields' comments become the descriptions of its schema, and
    /// answers what `Output` describes. Arguments of another form never reach `run`.
    pub(crate) fn new<Input, Output, Done>(
        name: &'static str,
        title: &'static str,
        description: &'static str,
        hints: Hints,
        run: impl Fn(Zoom, Input) -> Done + Send + Sync + 'static,
    ) -> Self
    where
        Input: DeserializeOwned + JsonSchema + 'static,
        Output: JsonSchema + 'static,
        Done: Future<Output = Outcome> + Send + 'static,
    {
        let mut tool = Tool::new(
            name,
            description,
            schema::input(&schema_for_type::<Input>()),
        )
        .with_title(title)
        .with_output_schema::<Output>()
        .with_annotations(hints.annotations());
        tool.output_schema = tool.output_schema.as_deref().map(schema::output);
        let run: Run = Box::new(move |zoom, given| match arguments::read(name, given) {
            Ok(input) => Box::pin(run(zoom, input)),
            Err(refusal) => Box::pin(std::future::ready(Err(refusal))),
        });
        let only_reads = hints.read_only;
        Self {
            tool,
            run,
            only_reads,
        }
    }

    /// What clients see.
    pub(crate) fn tool(&self) -> &Tool {
        &self.tool
    }

    /// Does what the tool says; a failure when its time is over.
    pub(crate) async fn run(&self, zoom: Zoom, given: JsonObject) -> Outcome {
        let deadline = zoom.deadline();
        match tokio::time::timeout_at(deadline, (self.run)(zoom, given)).await {
            Ok(outcome) => outcome,
            Err(_elapsed) => Err(Failure::late(self.only_reads)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::{Caller, LIMIT, Progress};
    use crate::source::FixedToken;
    use lifecycle::WallTime;
    use std::sync::Arc;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn a_tool_ends_before_the_client_gives_it_up() {
        let source = FixedToken::new("planted".into(), None, WallTime(0));
        let caller = Arc::new(Caller::new(Arc::new(source), || WallTime(0)));
        let endless = ToolSpec::new::<Nothing, Nothing, _>(
            "endless",
            "Endless",
            "Never answers",
            Hints::new(false, false, false, true),
            |_zoom, Nothing {}| std::future::pending(),
        );
        let begun = Instant::now();
        let zoom = caller.begin(Progress::default());
        let failure = endless.run(zoom, JsonObject::new()).await.unwrap_err();
        assert_eq!(begun.elapsed(), LIMIT);
        assert!(
            failure.line().contains("is not known"),
            "{}",
            failure.line()
        );
    }
}
