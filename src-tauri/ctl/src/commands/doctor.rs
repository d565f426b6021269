//! `doctor`: what is installed, found and missing, a line each.

use crate::exit::{Failed, NO, YES};
use crate::session::Session;
use crate::terminal;
use daemon::{Finding, Setup, Verdict};
use std::process::ExitCode;

pub(crate) async fn run(json: bool) -> Result<ExitCode, Failed> {
    let setup = Setup::from_process()?;
    let mut session = Session::open().await?;
    let looked = session.look().await;
    session.close().await;
    let findings = daemon::examine(&setup, &looked?.0);
    if json {
        terminal::say(&as_json(&findings)?)?;
    } else {
        for finding in &findings {
            terminal::say(&line(finding))?;
        }
    }
    let well = findings
        .iter()
        .all(|finding| finding.verdict != Verdict::Wrong);
    Ok(if well { YES } else { NO }.into())
}

fn as_json(findings: &[Finding]) -> Result<String, Failed> {
    serde_json::to_string_pretty(findings)
        .map_err(|error| Failed::new(format!("the findings cannot be written as JSON: {error}")))
}

/// The code comes last: it is for searching, not for reading.
fn line(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Well => "ok     ",
        Verdict::Note => "note   ",
        Verdict::Wrong => "problem",
    };
    let Finding {
        code,
        subject,
        text,
        ..
    } = finding;
    format!("{verdict}  {subject}: {text} [{code}]")
}
