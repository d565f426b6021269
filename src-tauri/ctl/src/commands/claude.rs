//! `claude`: how its entries get their token, and the restart.

use crate::arguments::ClaudeCommand;
use crate::commands::{claude_restore, claude_status};
use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::terminal;
use control::{
    Call, ClaudeStatus, Client, ConnectAll, Delivery, EntryMode, ForgetEntry, MendConfig,
    RestartClaude, RestartClaudeByForce, SetEntryMode, Step, StepResult, Steps, Told,
};
use std::process::ExitCode;

pub(crate) async fn run(command: ClaudeCommand) -> Result<ExitCode, Failed> {
    if let ClaudeCommand::Restart { yes: false, force } = command
        && !terminal::agrees(question(force))?
    {
        return Ok(NO.into());
    }
    let mut session = Session::open().await?;
    let outcome = carry_out(&mut session, command).await;
    session.close().await;
    outcome
}

fn question(force: bool) -> &'static str {
    if force {
        "End Claude Desktop by force? What it has not saved is lost; on Windows it may not start \
         again before the computer does."
    } else {
        "Restart Claude Desktop? Answers that it is writing now are lost."
    }
}

async fn carry_out(session: &mut Session, command: ClaudeCommand) -> Result<ExitCode, Failed> {
    let client = session.client();
    match command {
        ClaudeCommand::Status { json } => {
            claude_status::run(&client.call(ClaudeStatus {}).await?, json)
        }
        ClaudeCommand::Connect {
            name: Some(name), ..
        } => set_mode(client, name, EntryMode::Relay).await,
        ClaudeCommand::Connect { name: None, .. } => connect_all(client).await,
        ClaudeCommand::Inject { name } => set_mode(client, name, EntryMode::Inject).await,
        ClaudeCommand::Off { name, as_is: false } => set_mode(client, name, EntryMode::Off).await,
        ClaudeCommand::Off { name, as_is: true } => forget(client, name).await,
        ClaudeCommand::Mend => mend(client).await,
        ClaudeCommand::Restore { list: true, .. } => claude_restore::list(client).await,
        ClaudeCommand::Restore {
            number: Some(number),
            ..
        } => claude_restore::backup(client, number).await,
        ClaudeCommand::Restore { number: None, .. } => claude_restore::lost(client).await,
        ClaudeCommand::Restart { force: false, .. } => restart(session, RestartClaude {}).await,
        ClaudeCommand::Restart { force: true, .. } => {
            restart(session, RestartClaudeByForce {}).await
        }
    }
}

async fn set_mode(client: &Client, name: String, mode: EntryMode) -> Result<ExitCode, Failed> {
    let call = SetEntryMode {
        name: name.clone(),
        mode,
    };
    let delivery = client.call(call).await?;
    terminal::say(&sentence(&name, mode, delivery))?;
    Ok(YES.into())
}

async fn connect_all(client: &Client) -> Result<ExitCode, Failed> {
    for entry in client.call(ConnectAll {}).await?.entries {
        terminal::say(&sentence(&entry.name, EntryMode::Relay, entry.delivery))?;
    }
    Ok(YES.into())
}

async fn forget(client: &Client, name: String) -> Result<ExitCode, Failed> {
    client.call(ForgetEntry { name: name.clone() }).await?;
    terminal::say(&format!("Entry {name} stays as it is and is yours."))?;
    Ok(YES.into())
}

async fn mend(client: &Client) -> Result<ExitCode, Failed> {
    terminal::say(match client.call(MendConfig {}).await? {
        Delivery::Written | Delivery::Pending => {
            "The byte order mark is off. Claude Desktop can read its config again."
        }
        Delivery::AlreadySo => "Claude Desktop's config has no byte order mark.",
    })?;
    Ok(YES.into())
}

fn sentence(name: &str, mode: EntryMode, delivery: Delivery) -> String {
    let changed = match mode {
        EntryMode::Off => "holds its own value again",
        EntryMode::Relay => "is connected: Claude Desktop starts Zoomtray's relay in its place",
        EntryMode::Inject => "holds the token now and gets each new one",
    };
    match delivery {
        Delivery::Written => format!("Entry {name} {changed}."),
        Delivery::AlreadySo => format!("Entry {name} needed no change."),
        Delivery::Pending => format!(
            "Entry {name} waits: Claude Desktop is running and would overwrite the change. It is \
             made once Claude Desktop is quit, or now with `zoomtrayctl claude restart`."
        ),
    }
}

/// Prints each step when it ends, or begins to wait for the user.
async fn restart<C: Call<Answer = Steps>>(
    session: &mut Session,
    call: C,
) -> Result<ExitCode, Failed> {
    let (client, told) = session.split();
    let mut restarting = std::pin::pin!(client.call(call));
    let mut printed = 0;
    let steps = loop {
        tokio::select! {
            biased;
            Some(telling) = told.recv() => if let Told::Step(step) = telling {
                terminal::say(&step_line(&step))?;
                printed += 1;
            },
            outcome = &mut restarting => break outcome?.steps,
        }
    };
    for step in steps.iter().skip(printed) {
        terminal::say(&step_line(step))?;
    }
    let failed = steps.iter().any(|step| step.result == StepResult::Failed);
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
