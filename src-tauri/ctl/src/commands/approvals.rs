//! `approvals`: the calls that wait for a person, and the person's answer.

use crate::arguments::ApprovalCommand;
use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::{terminal, words};
use control::{
    AnswerApproval, Answered, ApprovalAnswer, AskedCall, FailureKind, GetAskedCall, QuestionView,
};
use daemon::wall_now;
use std::process::ExitCode;

pub(crate) async fn run(command: Option<ApprovalCommand>) -> Result<ExitCode, Failed> {
    let mut session = Session::open().await?;
    let outcome = match command {
        None => list(&mut session).await,
        Some(ApprovalCommand::Allow { id }) => {
            answer(&mut session, id, ApprovalAnswer::AllowOnce).await
        }
        Some(ApprovalCommand::Deny { id }) => answer(&mut session, id, ApprovalAnswer::Deny).await,
    };
    session.close().await;
    outcome
}

async fn list(session: &mut Session) -> Result<ExitCode, Failed> {
    let mut told = Vec::new();
    for question in session.look().await?.0.gate.questions {
        let id = question.id;
        match session.client().call(GetAskedCall { id }).await {
            Ok(asked) => told.extend(lines(&question, &asked)),
            // It was answered meanwhile.
            Err(error) if error.kind() == Some(FailureKind::UnknownQuestion) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if told.is_empty() {
        told.push("No call waits for you.".to_owned());
    }
    told.iter().try_for_each(|line| terminal::say(line))?;
    Ok(YES.into())
}

fn lines(question: &QuestionView, asked: &AskedCall) -> [String; 3] {
    let QuestionView {
        id, tool, entry, ..
    } = question;
    let until = words::clock(question.until, wall_now());
    let state = if question.waits {
        format!("waits until {until}")
    } else {
        format!("timed out at {until}; allowed now, it holds for the same call")
    };
    let tool = terminal::printable(tool);
    let arguments = terminal::printable(&asked.arguments.to_string());
    [
        format!("{id:06}  {tool} through {entry}, {state}"),
        format!("        asked for by {}", asked.rule),
        format!("        {arguments}"),
    ]
}

async fn answer(
    session: &mut Session,
    id: u32,
    answer: ApprovalAnswer,
) -> Result<ExitCode, Failed> {
    let answered = session.client().call(AnswerApproval { id, answer }).await?;
    terminal::say(&terminal::printable(&told(&answered)))?;
    let is_as_wished = match answered {
        Answered::Forwarded | Answered::Kept { .. } | Answered::Closed => true,
        Answered::Denied { .. } => answer == ApprovalAnswer::Deny,
    };
    Ok(if is_as_wished { YES } else { NO }.into())
}

fn told(answered: &Answered) -> String {
    match answered {
        Answered::Forwarded => "The call goes on.".to_owned(),
        Answered::Denied { words } => format!("The call is answered: {words}"),
        Answered::Kept { until } => format!(
            "The call had timed out. The same call is let through once until {}.",
            words::clock(*until, wall_now())
        ),
        Answered::Closed => "The call had timed out already.".to_owned(),
    }
}
