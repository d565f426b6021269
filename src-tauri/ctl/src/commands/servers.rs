//! Which relayed servers there are, and which of them a command means.

use crate::commands::tools;
use crate::exit::Failed;
use crate::session::Session;
use control::{Endpoint, GetKnownTools, ListServers, ServerEntry, ToolView};

/// Every server that can be relayed.
pub(crate) async fn all(session: &mut Session) -> Result<Vec<ServerEntry>, Failed> {
    Ok(session.ask(|_| ListServers {}).await?.servers)
}

/// The entry that was named; else the only one, or the only one that has the tool.
pub(crate) async fn of_tool(
    session: &mut Session,
    endpoint: &Endpoint,
    wanted: Option<String>,
    tool: &str,
) -> Result<String, Failed> {
    if let Some(name) = wanted {
        return Ok(name);
    }
    let mut names = names(all(session).await?);
    if names.len() > 1 {
        let mut having = Vec::new();
        for name in &names {
            let tools = tools_of(session, endpoint, name).await?;
            if tools.iter().any(|known| known.name == tool) {
                having.push(name.clone());
            }
        }
        if having.len() != 1 {
            return Err(ambiguous(&names));
        }
        names = having;
    }
    names.pop().ok_or_else(|| ambiguous(&[]))
}

fn names(servers: Vec<ServerEntry>) -> Vec<String> {
    servers.into_iter().map(|server| server.name).collect()
}

fn ambiguous(names: &[String]) -> Failed {
    Failed::usage(&format!(
        "It cannot be told which server is meant. Name one of {} with --server.",
        names.join(", ")
    ))
}

/// What the server told somebody already, or tells now; nothing where it cannot be asked.
async fn tools_of(
    session: &mut Session,
    endpoint: &Endpoint,
    name: &str,
) -> Result<Vec<ToolView>, Failed> {
    let entry = name.to_owned();
    let known = session
        .ask(|_| GetKnownTools {
            entry: entry.clone(),
        })
        .await?;
    match known.tools {
        Some(tools) => Ok(tools),
        None => Ok(tools::of(session, endpoint, name).await.unwrap_or_default()),
    }
}
