//! `policy init`: writes a policy over the tools that there are, and never over a policy.

use crate::commands::{servers, tools};
use crate::exit::{Failed, YES};
use crate::mcp::Mcp;
use crate::session::Session;
use crate::terminal;
use control::{Endpoint, Rank, ToolRisk};
use daemon::{Setup, companion, policy_file};
use files::{Mode, Staged, undisturbed};
use policy::{Hints, Risk, RiskClass};
use serde_json::Value;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{ExitCode, Stdio};
use tokio::io::BufReader;
use tokio::process::Command;

pub(crate) async fn run() -> Result<ExitCode, Failed> {
    let setup = Setup::from_process()?;
    let path = policy_file(&setup.folders);
    if path.exists() {
        return Err(is_there(&path));
    }
    let mut tools = bundled().await?;
    tools.extend(relayed(&daemon::endpoint(&setup.folders)).await?);
    let text = policy::init(tools.iter().map(|(name, risk)| (name.as_str(), *risk)));
    setup
        .folders
        .create()
        .map_err(|error| Failed::new(error.to_string()))?;
    write(&path, &text)?;
    terminal::say(&format!(
        "{} is written: reads are allowed, writes need your approval, deletes and tools it does \
         not list are denied. Edit it as you like; an edit takes effect at once.",
        path.display()
    ))?;
    Ok(YES.into())
}

fn is_there(path: &Path) -> Failed {
    let path = path.display();
    Failed::new(format!(
        "{path} is there already and stays as it is. Move it away first."
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Failed> {
    let written = Staged::write(path, text.as_bytes(), Mode::Private, undisturbed)
        .and_then(|staged| staged.put_new(undisturbed));
    written.map_err(|error| match error.source.kind() {
        ErrorKind::AlreadyExists => is_there(path),
        _ => Failed::new(error.to_string()),
    })
}

/// The bundled server's tools. It tells them without a network and without a keeper.
async fn bundled() -> Result<Vec<(String, Risk)>, Failed> {
    let program = companion("zoomtray-mcp");
    let mut command = Command::new(&program);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let failed = |why: &dyn std::fmt::Display| {
        let program = program.display();
        Failed::new(format!(
            "{program} cannot tell its tools ({why}); install Zoomtray again"
        ))
    };
    let mut server = command.spawn().map_err(|error| failed(&error))?;
    let (Some(stdin), Some(stdout)) = (server.stdin.take(), server.stdout.take()) else {
        return Err(failed(&"it has no pipes"));
    };
    let reading = Box::pin(BufReader::new(stdout));
    let mut session = Mcp::open(reading, Box::pin(stdin)).await?;
    let tools = session.list_tools().await?;
    Ok(tools.iter().filter_map(risk).collect())
}

fn risk(tool: &Value) -> Option<(String, Risk)> {
    let name = tool.get("name")?.as_str()?;
    let hint = |hint: &str| tool.pointer(&format!("/annotations/{hint}"))?.as_bool();
    let hints = Hints {
        read_only: hint("readOnlyHint"),
        destructive: hint("destructiveHint"),
    };
    Some((name.to_owned(), RiskClass::of(name, hints).risk))
}

/// The tools of relayed servers, where a keeper serves relays. A server that cannot be asked is
/// named: what it has is denied until it is listed.
async fn relayed(endpoint: &Endpoint) -> Result<Vec<(String, Risk)>, Failed> {
    let mut session = Session::open().await?;
    let found = look(&mut session, endpoint).await;
    session.close().await;
    found
}

async fn look(session: &mut Session, endpoint: &Endpoint) -> Result<Vec<(String, Risk)>, Failed> {
    let has_keeper = session.look().await?.0.keeper.rank >= Rank::Watch;
    let mut found = Vec::new();
    let others = servers::all(session).await?.into_iter();
    for server in others.filter(|server| !server.bundled) {
        let server = server.name;
        let tools = if has_keeper {
            tools::of(session, endpoint, &server).await
        } else {
            Err(Failed::new("Zoomtray is not running"))
        };
        match tools {
            Ok(tools) => found.extend(tools.into_iter().map(|tool| (tool.name, class(tool.risk)))),
            Err(failed) => terminal::note(&format!(
                "The tools of {server} are not listed and so denied: {}.",
                failed.message.trim_end_matches('.')
            )),
        }
    }
    Ok(found)
}

fn class(risk: ToolRisk) -> Risk {
    match risk {
        ToolRisk::Read => Risk::Read,
        ToolRisk::Write => Risk::Write,
        ToolRisk::Execute => Risk::Execute,
        ToolRisk::Destructive => Risk::Destructive,
    }
}
