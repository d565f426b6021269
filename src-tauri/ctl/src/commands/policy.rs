//! `policy`: check a file, explain a call, write a file to begin with.

use crate::arguments::PolicyCommand;
use crate::commands::{call, policy_init, servers};
use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::terminal;
use control::{ExplainCall, ExplainedDecision};
use daemon::Setup;
use gateway::LARGEST_POLICY;
use policy::Policy;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

pub(crate) async fn run(command: PolicyCommand) -> Result<ExitCode, Failed> {
    match command {
        PolicyCommand::Check { file } => check(&file),
        PolicyCommand::Explain {
            tool,
            arguments,
            server,
        } => explain(tool, arguments, server).await,
        PolicyCommand::Init => policy_init::run().await,
    }
}

/// Asks no keeper.
fn check(file: &Path) -> Result<ExitCode, Failed> {
    let shown = file.display();
    let bytes = read(file).map_err(|error| Failed::new(error.to_string()))?;
    if bytes.len() as u64 > LARGEST_POLICY {
        return Err(Failed::new(format!(
            "{shown} is over 1 MiB and is not read"
        )));
    }
    match Policy::parse(&bytes) {
        Ok(_) => {
            terminal::say(&format!("{shown} has no mistakes."))?;
            Ok(YES.into())
        }
        Err(mistakes) => {
            for mistake in mistakes {
                terminal::say(&format!("{shown}: {mistake}."))?;
            }
            Ok(NO.into())
        }
    }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs_err::File::open(file)?;
    file.take(LARGEST_POLICY + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

async fn explain(
    tool: String,
    arguments: Option<String>,
    server: Option<String>,
) -> Result<ExitCode, Failed> {
    if let Some(arguments) = &arguments {
        call::object(arguments)?;
    }
    let endpoint = daemon::endpoint(&Setup::from_process()?.folders);
    let mut session = Session::open().await?;
    let explained = match servers::of_tool(&mut session, &endpoint, server, &tool).await {
        Ok(entry) => {
            let call = |_| ExplainCall {
                entry: entry.clone(),
                tool: tool.clone(),
                arguments: arguments.clone(),
            };
            session.ask(call).await
        }
        Err(failed) => Err(failed),
    };
    session.close().await;
    let explained = explained?;
    terminal::say(&terminal::printable(&explained.words))?;
    let code = match explained.decision {
        ExplainedDecision::Forward | ExplainedDecision::Ask => YES,
        ExplainedDecision::Deny => NO,
    };
    Ok(code.into())
}
