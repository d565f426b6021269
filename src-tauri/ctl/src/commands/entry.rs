//! `zoomtrayctl entry NAME --for CLIENT`: what other clients are told to start Zoomtray's relay
//! with. Nothing is written; standard output holds what to paste or run, and nothing else.

use crate::arguments::EntryClient;
use crate::exit::{Failed, YES};
use crate::terminal;
use files::{Folders, Platform};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Prints it.
pub(crate) fn run(name: &str, client: EntryClient) -> Result<ExitCode, Failed> {
    let relay = Relay::of_this_program(name)?;
    terminal::say(&relay.told_to(client, Platform::current()))?;
    terminal::note(place(client));
    Ok(YES.into())
}

/// The command that starts a relay.
struct Relay {
    name: String,
    program: String,
    arguments: Vec<String>,
}

impl Relay {
    fn of_this_program(name: &str) -> Result<Self, Failed> {
        let program = std::env::current_exe()
            .map_err(|error| Failed::new(format!("this program's place is not known: {error}")))?;
        let folders = Folders::resolve().map_err(|error| Failed::new(error.to_string()))?;
        let home = folders.home_tag.as_ref().and(folders.config.parent());
        Self::new(name, program, home)
    }

    fn new(name: &str, program: PathBuf, home: Option<&Path>) -> Result<Self, Failed> {
        let text = |path: PathBuf| {
            path.into_os_string().into_string().map_err(|path| {
                Failed::new(format!(
                    "the path {} is not valid text, which no config can hold; move it to a path \
                     of plain letters",
                    path.to_string_lossy()
                ))
            })
        };
        let mut arguments = vec!["relay".to_owned(), name.to_owned()];
        if let Some(home) = home {
            arguments.extend(["--home".to_owned(), text(home.to_owned())?]);
        }
        Ok(Self {
            name: name.to_owned(),
            program: text(program)?,
            arguments,
        })
    }

    fn told_to(&self, client: EntryClient, platform: Platform) -> String {
        let (program, arguments) = (&self.program, &self.arguments);
        match client {
            EntryClient::Cursor => self.under(
                "mcpServers",
                &json!({"command": program, "args": arguments}),
            ),
            EntryClient::Vscode => self.under(
                "servers",
                &json!({"type": "stdio", "command": program, "args": arguments}),
            ),
            EntryClient::ClaudeCode => {
                let fixed = ["claude", "mcp", "add", "--scope", "user"];
                let words = fixed.into_iter().chain([self.name.as_str(), "--", program]);
                let words = words.chain(arguments.iter().map(String::as_str));
                let quoted: Vec<String> = words.map(|word| quoted(word, platform)).collect();
                quoted.join(" ")
            }
        }
    }

    fn under(&self, key: &str, entry: &Value) -> String {
        let name = &self.name;
        format!("{:#}", json!({key: {name: entry}}))
    }
}

/// Where it belongs.
fn place(client: EntryClient) -> &'static str {
    match client {
        EntryClient::Cursor => {
            "Put this into ~/.cursor/mcp.json, or into .cursor/mcp.json of a project; then restart \
             Cursor."
        }
        EntryClient::Vscode => {
            "Put this into mcp.json, which “MCP: Open User Configuration” in the command palette \
             opens, or into .vscode/mcp.json of a project."
        }
        EntryClient::ClaudeCode => "Run this. It adds the server for all of your projects.",
    }
}

/// One word of a command line, as the platform's shells read it.
fn quoted(word: &str, platform: Platform) -> String {
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric()
            || "-_./:=@%+,".contains(character)
            || (platform == Platform::Windows && character == '\\')
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else if platform == Platform::Windows {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(program: &str, home: Option<&str>) -> Relay {
        Relay::new("zoom", program.into(), home.map(Path::new)).unwrap()
    }

    #[test]
    fn each_client_gets_its_own_form() {
        let relay = relay("/usr/bin/zoomtrayctl", None);
        let told = |client| relay.told_to(client, Platform::Linux);
        let json = |client| serde_json::from_str::<Value>(&told(client)).unwrap();
        assert_eq!(
            json(EntryClient::Cursor),
            json!({"mcpServers": {"zoom":
                {"command": "/usr/bin/zoomtrayctl", "args": ["relay", "zoom"]}}})
        );
        assert_eq!(
            json(EntryClient::Vscode),
            json!({"servers": {"zoom": {"type": "stdio",
                "command": "/usr/bin/zoomtrayctl", "args": ["relay", "zoom"]}}})
        );
        assert_eq!(
            told(EntryClient::ClaudeCode),
            "claude mcp add --scope user zoom -- /usr/bin/zoomtrayctl relay zoom"
        );
    }

    #[test]
    fn a_home_is_named_and_odd_paths_are_quoted() {
        let odd = relay("/opt/it's here/zoomtrayctl", Some("/h"));
        assert_eq!(
            odd.told_to(EntryClient::ClaudeCode, Platform::MacOs),
            r"claude mcp add --scope user zoom -- '/opt/it'\''s here/zoomtrayctl' relay zoom --home /h"
        );
        let windows = relay(r"C:\Program Files\Z\zoomtrayctl.exe", None);
        assert_eq!(
            windows.told_to(EntryClient::ClaudeCode, Platform::Windows),
            r#"claude mcp add --scope user zoom -- "C:\Program Files\Z\zoomtrayctl.exe" relay zoom"#
        );
    }
}
