//! `claude`: the config file, its entries, the restart.

use crate::arguments::ClaudeCommand;
use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::{terminal, words};
use control::{
    ClaudeStatus, ClaudeView, Client, Delivery, EntryMode, RestartClaude, SetEntryMode, Step,
    StepResult,
};
use daemon::wall_now;
use std::process::ExitCode;

pub(crate) async fn run(command: ClaudeCommand) -> Result<ExitCode, Failed> {
    if let ClaudeCommand::Restart { yes: false } = command {
        let question = "Restart Claude Desktop? Answers that it is writing now are lost.";
        if !terminal::agrees(question)? {
            return Ok(NO.into());
        }
    }
    let session = Session::open().await?;
    let outcome = carry_out(session.client(), command).await;
    session.close().await;
    outcome
}

async fn carry_out(client: &Client, command: ClaudeCommand) -> Result<ExitCode, Failed> {
    match command {
        ClaudeCommand::Status => status(&client.call(ClaudeStatus {}).await?),
        ClaudeCommand::Inject { name } => set_mode(client, name, EntryMode::Inject).await,
        ClaudeCommand::Off { name } => set_mode(client, name, EntryMode::Off).await,
        ClaudeCommand::Restart { .. } => restart(&client.call(RestartClaude {}).await?.steps),
    }
}

fn status(view: &ClaudeView) -> Result<ExitCode, Failed> {
    let file = view
        .config
        .as_ref()
        .map_or_else(|| "not found".to_owned(), |path| path.display().to_string());
    terminal::say(&format!("Config file: {file}"))?;
    if let Some(problem) = &view.problem {
        terminal::say(&format!("   {}", words::sentence(problem)))?;
    }
    let running = match view.running {
        Some(true) => "running",
        Some(false) => "not running",
        None => "not looked at",
    };
    terminal::say(&format!("Claude Desktop: {running}"))?;
    for entry in &view.entries {
        let mode = match entry.mode {
            EntryMode::Off => "off",
            EntryMode::Inject => "inject",
        };
        let delivered = entry.delivered_at.map_or_else(String::new, |at| {
            format!(", token written at {}", words::clock(at, wall_now()))
        });
        terminal::say(&format!("   {}: {mode}{delivered}", entry.name))?;
    }
    if view.restart_needed {
        terminal::say("A new token waits for a restart: `zoomtrayctl claude restart`.")?;
    }
    Ok(if view.problem.is_some() { NO } else { YES }.into())
}

async fn set_mode(client: &Client, name: String, mode: EntryMode) -> Result<ExitCode, Failed> {
    let delivery = client
        .call(SetEntryMode {
            name: name.clone(),
            mode,
        })
        .await?;
    let changed = match mode {
        EntryMode::Off => "holds its own value again",
        EntryMode::Inject => "holds the token now and gets each new one",
    };
    terminal::say(&match delivery {
        Delivery::Written => format!("Entry {name} {changed}."),
        Delivery::AlreadySo => format!("Entry {name} needed no change."),
        Delivery::Pending => {
            "Claude Desktop is running and would overwrite the change. It is made once Claude \
             Desktop is quit, or now with `zoomtrayctl claude restart`."
                .to_owned()
        }
    })?;
    Ok(YES.into())
}

fn restart(steps: &[Step]) -> Result<ExitCode, Failed> {
    let failed = steps.iter().any(|step| step.result == StepResult::Failed);
    for step in steps {
        terminal::say(&step_line(step))?;
    }
    Ok(if failed { NO } else { YES }.into())
}

/// `  restart   done in 812 ms`, `  config    not needed`.
pub(crate) fn step_line(step: &Step) -> String {
    let result = match step.result {
        StepResult::Done => format!("done in {} ms", step.milliseconds),
        StepResult::NotNeeded => "not needed".to_owned(),
        StepResult::Waits => return format!("   {:<8} waits {}", step.name, step.message),
        StepResult::Failed => format!("failed after {} ms", step.milliseconds),
    };
    let message = if step.message.is_empty() {
        String::new()
    } else {
        format!(": {}", step.message)
    };
    format!("   {:<8} {result}{message}", step.name)
}
