//! `activity`: the calls of the last seven days, from the log that the keeper writes.

use crate::exit::{Failed, YES};
use crate::{terminal, words};
use daemon::{Setup, activity_folder, wall_now};
use gateway::{Activity, ActivityReader, Decided, Outcome, Record};
use jiff::Timestamp;
use lifecycle::WallTime;
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::sleep;

/// How often somebody who follows is told of what is new.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) async fn run(follow: bool, json: bool) -> Result<ExitCode, Failed> {
    let setup = Setup::from_process()?;
    let mut reader = ActivityReader::new(&activity_folder(&setup.folders));
    loop {
        let added = read(&mut reader)?;
        if added.is_empty() && !follow {
            return Ok(YES.into());
        }
        if added.is_empty() {
            sleep(LOOK).await;
        }
        for activity in added {
            terminal::say(&shown(activity, json))?;
        }
    }
}

fn read(reader: &mut ActivityReader) -> Result<Vec<Activity>, Failed> {
    let read = reader.read();
    read.map_err(|error| Failed::new(format!("the activity log cannot be read: {error}")))
}

fn shown(activity: Activity, json: bool) -> String {
    if json {
        activity.line
    } else {
        line(&activity.record, wall_now())
    }
}

/// `15:07:30  zoom  create_meeting  approved, answered after 320 ms by /tools/…  (agenda, topic)`.
fn line(record: &Record, now: WallTime) -> String {
    let at = record.time.parse::<Timestamp>();
    let at = at.map_or(record.time.clone(), |at| {
        words::clock(WallTime(at.as_millisecond()), now)
    });
    let rule = record.rule.iter().map(|rule| format!(" by {rule}"));
    let line = format!(
        "{at}  {}  {}  {} after {} ms{}  ({})",
        record.entry,
        record.tool,
        what(record),
        record.latency_ms,
        rule.collect::<String>(),
        record.arguments.join(", "),
    );
    terminal::printable(&line)
}

fn what(record: &Record) -> String {
    let decided = match record.decision {
        Decided::Allowed => "allowed",
        Decided::Approved => "approved",
        Decided::Denied => "denied",
        Decided::Withdrawn => "withdrawn",
    };
    match record.outcome {
        None => decided.to_owned(),
        Some(Outcome::Answered) => format!("{decided}, answered"),
        Some(Outcome::Unsent) => format!("{decided}, not sent"),
        Some(Outcome::Lost) => format!("{decided}, without an answer"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_when_what_and_why() {
        let record = Record {
            time: "2026-11-21T15:07:30Z".to_owned(),
            entry: "zoom".to_owned(),
            tool: "create\u{1b}[2J".to_owned(),
            decision: Decided::Approved,
            outcome: Some(Outcome::Answered),
            rule: Some("/tools/create/approval".to_owned()),
            latency_ms: 320,
            arguments: vec!["agenda".to_owned(), "topic".to_owned()],
        };
        let line = line(&record, WallTime(1_795_273_650_000));
        assert!(
            line.ends_with(
                "  zoom  create\u{fffd}[2J  approved, answered after 320 ms by \
                 /tools/create/approval  (agenda, topic)"
            ),
            "{line}"
        );
    }
}
