//! `tools`: the tools of every relayed server, how risky each is, and what is in force for it.

use crate::commands::servers;
use crate::exit::{Failed, NO, YES};
use crate::mcp::Mcp;
use crate::session::Session;
use crate::terminal;
use control::{Endpoint, GetKnownTools, ToolDecision, ToolRisk, ToolView};
use daemon::Setup;
use serde::Serialize;
use std::process::ExitCode;

/// A server, and its tools or why they are not known.
#[derive(Serialize)]
struct Listed {
    server: String,
    tools: Vec<ToolView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

pub(crate) async fn run(json: bool) -> Result<ExitCode, Failed> {
    let setup = Setup::from_process()?;
    let mut session = Session::open().await?;
    let servers = look(&mut session, &daemon::endpoint(&setup.folders)).await;
    session.close().await;
    let servers = servers?;
    if json {
        let text = serde_json::to_string_pretty(&servers)
            .map_err(|error| Failed::new(format!("the tools do not serialise: {error}")))?;
        terminal::say(&text)?;
    } else {
        servers
            .iter()
            .flat_map(lines)
            .try_for_each(|line| terminal::say(&line))?;
    }
    let is_whole = servers.iter().all(|server| server.problem.is_none());
    Ok(if is_whole { YES } else { NO }.into())
}

async fn look(session: &mut Session, endpoint: &Endpoint) -> Result<Vec<Listed>, Failed> {
    let mut all = Vec::new();
    for server in servers::all(session).await? {
        let server = server.name;
        let found = of(session, endpoint, &server).await;
        let (tools, problem) = match found {
            Ok(tools) => (tools, None),
            Err(failed) => (Vec::new(), Some(failed.message)),
        };
        all.push(Listed {
            server,
            tools,
            problem,
        });
    }
    Ok(all)
}

/// Has the server tell its tools; the gate, which sees hidden ones too, says what holds for each.
pub(crate) async fn of(
    session: &mut Session,
    endpoint: &Endpoint,
    entry: &str,
) -> Result<Vec<ToolView>, Failed> {
    Mcp::through_entry(endpoint, entry)
        .await?
        .list_tools()
        .await?;
    let entry = entry.to_owned();
    let known = session
        .ask(|_| GetKnownTools {
            entry: entry.clone(),
        })
        .await?;
    Ok(known.tools.unwrap_or_default())
}

fn lines(server: &Listed) -> Vec<String> {
    let problem = server.problem.as_deref().map(terminal::printable);
    let problem = problem.map(|problem| format!("  {problem}"));
    let width = |text: fn(&ToolView) -> String| {
        let widths = server.tools.iter().map(|tool| text(tool).chars().count());
        widths.max().unwrap_or(0)
    };
    let (names, sources) = (
        width(|tool| terminal::printable(&tool.name)),
        width(|tool| terminal::printable(&tool.risk_from)),
    );
    let tools = server.tools.iter().map(|tool| {
        let line = format!(
            "  {:<names$}  {:<11}  {:<sources$}  {:<11}  {}",
            terminal::printable(&tool.name),
            risk(tool.risk),
            terminal::printable(&tool.risk_from),
            decision(tool.decision),
            terminal::printable(tool.rule.as_deref().unwrap_or_default()),
        );
        line.trim_end().to_owned()
    });
    std::iter::once(terminal::printable(&server.server))
        .chain(problem)
        .chain(tools)
        .collect()
}

fn risk(risk: ToolRisk) -> &'static str {
    match risk {
        ToolRisk::Read => "read",
        ToolRisk::Write => "write",
        ToolRisk::Execute => "execute",
        ToolRisk::Destructive => "destructive",
    }
}

fn decision(decision: ToolDecision) -> &'static str {
    match decision {
        ToolDecision::Allowed => "allowed",
        ToolDecision::Conditional => "conditional",
        ToolDecision::Approval => "approval",
        ToolDecision::Denied => "denied",
        ToolDecision::Hidden => "hidden",
    }
}
