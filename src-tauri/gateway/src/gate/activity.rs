//! The activity log: a JSON object a line, a file a day, seven days.

use super::day;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Most bytes that are read at once: hundreds of times the longest line.
const MOST_AT_ONCE: u64 = 4 * 1024 * 1024;

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When it came, as RFC 3339 in UTC.
    pub time: String,
    /// The entry that it came through.
    pub entry: String,
    /// The tool.
    pub tool: String,
    /// What was decided.
    pub decision: Decided,
    /// What became of it, if it was let through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The place in the policy file that decided; none without a file.
    pub rule: Option<String>,
    /// From its arrival to its end, in milliseconds; the time a person took included.
    pub latency_ms: u64,
    /// The names of its arguments, sorted; never a value.
    pub arguments: Vec<String>,
}

/// What was decided about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// The policy lets it through.
    Allowed,
    /// A person let it through.
    Approved,
    /// The policy or a person said no, or no person said yes.
    Denied,
    /// The client took it back before a person answered.
    Withdrawn,
}

/// What became of a call that was let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The server answered, whatever it says.
    Answered,
    /// It reached no server.
    Unsent,
    /// It reached a server, and no answer came or was wanted any more.
    Lost,
}

/// What a reader finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The line as it is written.
    pub line: String,
    /// What it says.
    pub record: Record,
}

/// Reads the log from its oldest line on, and then what is added.
#[derive(Debug)]
pub struct ActivityReader {
    folder: PathBuf,
    /// The file that was read last, and how far.
    place: Option<(String, u64)>,
}

impl ActivityReader {
    /// A reader at the beginning of the log in this folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            place: None,
        }
    }

    /// More of what was added since the last time, oldest first; nothing once it has all been
    /// read. A line that is being written, and one that cannot be read, is left out: the former
    /// comes later. A log that is not there is empty.
    pub fn read(&mut self) -> io::Result<Vec<Activity>> {
        for name in days(&self.folder)? {
            if self.place.as_ref().is_some_and(|(last, _)| *last > name) {
                continue;
            }
            while let Some(added) = self.read_day(&name)? {
                if !added.is_empty() {
                    return Ok(added);
                }
            }
        }
        Ok(Vec::new())
    }

    /// The next lines of a day; none once there is no whole one.
    fn read_day(&mut self, name: &str) -> io::Result<Option<Vec<Activity>>> {
        let from = match &self.place {
            Some((last, place)) if last == name => *place,
            _ => 0,
        };
        let bytes = read_from(&self.folder.join(name), from)?;
        let end = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = end.map_or(0, |end| end + 1);
        self.place = Some((name.to_owned(), from + whole as u64));
        let lines = String::from_utf8_lossy(&bytes[..whole]);
        Ok((whole > 0).then(|| lines.lines().filter_map(activity).collect()))
    }
}

fn activity(line: &str) -> Option<Activity> {
    let record = serde_json::from_str(line).ok()?;
    let line = line.to_owned();
    Some(Activity { line, record })
}

/// The files of the log, oldest first.
pub(super) fn days(folder: &Path) -> io::Result<Vec<String>> {
    let listing = match fs_err::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let names = listing
        .flatten()
        .filter_map(|file| file.file_name().into_string().ok());
    let mut days: Vec<String> = names.filter(|name| day::is_a_day(name)).collect();
    days.sort_unstable();
    Ok(days)
}

/// Some bytes of a file from a place on; none if the file has gone meanwhile.
fn read_from(path: &Path, from: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match fs_err::File::open(path) {
        Ok(mut file) => {
            file.seek(SeekFrom::Start(from))?;
            file.take(MOST_AT_ONCE).read_to_end(&mut bytes)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(tool: &str) -> String {
        format!(
            r#"{{"time":"2026-11-21T15:07:30Z","entry":"zoom","tool":"{tool}","decision":"allowed","outcome":"answered","rule":"/default","latency_ms":3,"arguments":["a"]}}"#
        ) + "\n"
    }

    fn tools(reader: &mut ActivityReader) -> Vec<String> {
        let more = std::iter::from_fn(|| Some(reader.read().unwrap()));
        let added = more.take_while(|added| !added.is_empty()).flatten();
        added.map(|one| one.record.tool).collect()
    }

    #[test]
    fn what_is_added_is_read_once_over_the_end_of_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = ActivityReader::new(&folder.path().join("activity"));
        assert_eq!(tools(&mut reader), [""; 0], "no log yet");
        let mut reader = ActivityReader::new(folder.path());
        let write = |name: &str, text: String| fs_err::write(folder.path().join(name), text);
        write("2026-11-20.jsonl", line("one")).unwrap();
        write("other.txt", line("no")).unwrap();
        assert_eq!(tools(&mut reader), ["one"]);
        write("2026-11-20.jsonl", line("one") + &line("two") + "{\"ti").unwrap();
        assert_eq!(tools(&mut reader), ["two"]);
        write(
            "2026-11-20.jsonl",
            line("one") + &line("two") + &line("three"),
        )
        .unwrap();
        write("2026-11-21.jsonl", "no line\n".to_owned() + &line("four")).unwrap();
        assert_eq!(tools(&mut reader), ["three", "four"]);
        assert_eq!(tools(&mut reader), [""; 0]);
    }
}
