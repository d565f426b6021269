//! What Zoomtray writes in place of an entry: its relay, by absolute path, with no secret.

use crate::delivery::program_place::{UnfitPlace, check_place};
use crate::server::companion;
use claude::Platform;
use files::Folders;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The variables that name temporary folders.
const TEMPORARY: [&str; 3] = ["TMPDIR", "TEMP", "TMP"];

/// Where the relay's program is, and which home it is to use.
#[derive(Clone, Debug)]
pub(crate) struct Relay {
    program: PathBuf,
    /// `ZOOMTRAY_HOME`, which the relay does not get from Claude's environment.
    home: Option<PathBuf>,
}

/// A program that no config may name.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnfitProgram {
    /// It will not stay where it is.
    #[error("Claude's config was left alone: {0}")]
    Place(#[from] UnfitPlace),
    /// It is not there.
    #[error(
        "Claude's config was left alone: {} is missing. Install Zoomtray again, then connect", .0.display()
    )]
    Missing(PathBuf),
    /// JSON holds text alone.
    #[error(
        "Claude's config was left alone: the path {} is not valid text, which Claude's config \
         cannot hold. Move Zoomtray to a path of plain letters, then connect again", .0.display()
    )]
    NotText(PathBuf),
}

impl Relay {
    /// The `zoomtrayctl` beside this program, for a keeper with these folders.
    pub(crate) fn of_this_program(folders: &Folders) -> Self {
        Self {
            program: companion("zoomtrayctl"),
            home: home_of(folders),
        }
    }

    /// What the entry `name` is to be, if the program's path may stand in a config.
    pub(crate) fn entry(&self, name: &str) -> Result<Map<String, Value>, UnfitProgram> {
        let program = text(&self.program)?;
        let temporary: Vec<String> = TEMPORARY
            .iter()
            .filter_map(|variable| std::env::var(variable).ok())
            .collect();
        let home = self.home.as_deref().map(text).transpose()?;
        check_program(Platform::current(), program, home, &temporary)?;
        if !self.program.is_file() {
            return Err(UnfitProgram::Missing(self.program.clone()));
        }
        Ok(entry(program, name, home))
    }
}

/// A Zoomtray whose home is temporary too is meant to be there no longer than that.
fn check_program(
    platform: Platform,
    program: &str,
    home: Option<&str>,
    temporary: &[String],
) -> Result<(), UnfitPlace> {
    let is_temporary = |path| {
        let place = check_place(platform, path, temporary);
        matches!(place, Err(UnfitPlace::Temporary(_)))
    };
    match check_place(platform, program, temporary) {
        Err(UnfitPlace::Temporary(_)) if home.is_some_and(is_temporary) => Ok(()),
        place => place,
    }
}

fn text(path: &Path) -> Result<&str, UnfitProgram> {
    path.to_str()
        .ok_or_else(|| UnfitProgram::NotText(path.to_owned()))
}

/// With a home all our folders are in it, and its tag is set.
fn home_of(folders: &Folders) -> Option<PathBuf> {
    let home = folders.home_tag.as_ref().and(folders.config.parent());
    home.map(Path::to_owned)
}

fn entry(program: &str, name: &str, home: Option<&str>) -> Map<String, Value> {
    let mut arguments = vec!["relay", name];
    arguments.extend(home.into_iter().flat_map(|home| ["--home", home]));
    Map::from_iter([
        ("command".to_owned(), program.into()),
        ("args".to_owned(), arguments.into()),
    ])
}

/// Whether `found` is a relay entry for `name`, of this or another place of the program.
pub(crate) fn is_relay(found: &Value, name: &str) -> bool {
    let program = found["command"].as_str().unwrap_or_default();
    let file = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let ours = file == "zoomtrayctl" || file.eq_ignore_ascii_case("zoomtrayctl.exe");
    ours && found["args"][0] == "relay" && found["args"][1] == name
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_home_is_named_because_claude_passes_no_variable_on() {
        let without = entry("/usr/bin/zoomtrayctl", "zoom", None);
        assert_eq!(
            Value::Object(without),
            json!({"command": "/usr/bin/zoomtrayctl", "args": ["relay", "zoom"]})
        );
        let ours = std::env::temp_dir().join("z");
        let home = home_of(&Folders::under(&ours).unwrap());
        let home = home.as_deref().and_then(Path::to_str);
        let with = entry("/usr/bin/zoomtrayctl", "zoom", home);
        assert_eq!(with["args"], json!(["relay", "zoom", "--home", ours]));
    }

    #[test]
    fn a_program_in_a_temporary_folder_is_fit_only_for_a_home_in_one() {
        let check = |program, home| check_program(Platform::Linux, program, home, &[]);
        for home in [None, Some("/home/ann/z")] {
            let why = check("/tmp/unpacked/zoomtrayctl", home).unwrap_err();
            assert!(why.to_string().contains("~/.local/opt"), "{why}");
        }
        assert!(check("/tmp/unpacked/zoomtrayctl", Some("/tmp/home")).is_ok());
        assert!(check("/usr/bin/zoomtrayctl", Some("/tmp/home")).is_ok());
    }

    #[test]
    fn a_relay_is_known_wherever_its_program_was() {
        let windows = json!({"command": r"D:\Zoomtray\ZOOMTRAYCTL.EXE", "args": ["relay", "zoom"]});
        let elsewhere = Value::Object(entry("/opt/zoomtrayctl", "zoom", Some("/h")));
        assert!(is_relay(&windows, "zoom"));
        assert!(is_relay(&elsewhere, "zoom"));
        assert!(!is_relay(&windows, "other"), "another entry's name");
        assert!(!is_relay(
            &json!({"command": "node", "args": ["relay", "zoom"]}),
            "zoom"
        ));
        assert!(!is_relay(&json!({"command": "/opt/zoomtrayctl"}), "zoom"));
    }
}
