//! What the bytes of a config say. Pure; shows names, never values.

use super::finding::CLAUDE;
use super::{Code, Finding};
use claude::{Reading, Refusal};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// The keys of an entry that Claude knows; others are gone after its next write.
const KNOWN: [&str; 4] = ["command", "args", "env", "extensionId"];

/// What is to be said of the config `bytes` at `path`.
pub(super) fn findings(path: &Path, bytes: &[u8]) -> Vec<Finding> {
    if bytes.trim_ascii().is_empty() {
        let text = format!(
            "{} is empty. Start Claude Desktop, which fills it.",
            path.display()
        );
        return vec![CLAUDE.note(Code::ClaudeConfigEmpty, text)];
    }
    let reading = match Reading::of(bytes) {
        Ok(reading) => reading,
        Err(refusal) => return vec![refused(path, &refusal)],
    };
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else {
        return Vec::new();
    };
    let mut findings: Vec<Finding> = servers_off(&document).into_iter().collect();
    findings.extend(repeated(&reading));
    let servers = document.get("mcpServers").and_then(Value::as_object);
    for (name, entry) in servers.into_iter().flatten() {
        findings.extend(entry_findings(name, entry));
    }
    findings
}

fn refused(path: &Path, refusal: &Refusal) -> Finding {
    let code = match refusal {
        Refusal::Bom => Code::ClaudeConfigBom,
        Refusal::Utf16 => Code::ClaudeConfigUtf16,
        Refusal::NotUtf8 { .. } => Code::ClaudeConfigNotUtf8,
        Refusal::NotAnObject { .. } => Code::ClaudeConfigNotAnObject,
        Refusal::DuplicateKeys { .. } => Code::ClaudeConfigDuplicateKey,
        Refusal::TooLarge { .. } => Code::ClaudeConfigTooLarge,
        _ => Code::ClaudeConfigNotJson,
    };
    CLAUDE.wrong(code, format!("{}: {refusal}.", path.display()))
}

/// Names that stand twice: Claude takes the last, other programs the first.
fn repeated(reading: &Reading) -> Vec<Finding> {
    let mut known = BTreeSet::new();
    let mut findings = Vec::new();
    for entry in &reading.entries {
        let name = &entry.name;
        if !known.insert(name) {
            findings.push(twice(&format!("the entry {name}")));
        }
        let mut variables = BTreeSet::new();
        let again = entry.variables.iter().filter(|it| !variables.insert(*it));
        findings.extend(again.map(|variable| twice(&format!("{variable} of the entry {name}"))));
    }
    findings
}

fn twice(what: &str) -> Finding {
    CLAUDE.wrong(
        Code::ClaudeConfigDuplicateKey,
        format!("{what} is there more than once, and only the last counts. Delete the others."),
    )
}

fn servers_off(document: &Value) -> Option<Finding> {
    let off = document.pointer("/features/isLocalDevMcpEnabled") == Some(&Value::Bool(false));
    let text = "its config turns servers off (features, isLocalDevMcpEnabled): they are shown and \
                never started. Turn them on in Claude Desktop's settings.";
    off.then(|| CLAUDE.wrong(Code::ClaudeLocalServersOff, text))
}

fn entry_findings(name: &str, entry: &Value) -> Vec<Finding> {
    let Some(fields) = entry.as_object() else {
        return vec![invalid(name, "it is no object")];
    };
    if fields.contains_key("extensionId") {
        let text = format!("entry {name} belongs to an extension and is left alone");
        return vec![CLAUDE.note(Code::ClaudeEntryExtension, text)];
    }
    let defect = defect(fields).map(|what| invalid(name, what));
    defect
        .into_iter()
        .chain(unknown_keys(name, fields))
        .collect()
}

fn invalid(name: &str, what: &str) -> Finding {
    CLAUDE.wrong(
        Code::ClaudeEntryInvalid,
        format!("Claude Desktop skips the entry {name}: {what}. Correct it."),
    )
}

/// What Claude's own check does not let pass.
fn defect(fields: &Map<String, Value>) -> Option<&'static str> {
    if !fields.get("command").is_some_and(Value::is_string) {
        return Some("it has no command that is a text");
    }
    let texts = |value: &Value| {
        value
            .as_array()
            .is_some_and(|all| all.iter().all(Value::is_string))
    };
    if !fields.get("args").is_none_or(texts) {
        return Some("its args are no list of texts");
    }
    let pairs = |value: &Value| {
        value
            .as_object()
            .is_some_and(|all| all.values().all(Value::is_string))
    };
    if !fields.get("env").is_none_or(pairs) {
        return Some("a value in its env is no text; put it in quotes");
    }
    None
}

fn unknown_keys(name: &str, fields: &Map<String, Value>) -> Option<Finding> {
    let unknown: Vec<&str> = fields
        .keys()
        .map(String::as_str)
        .filter(|key| !KNOWN.contains(key))
        .collect();
    (!unknown.is_empty()).then(|| {
        CLAUDE.note(
            Code::ClaudeEntryUnknownKeys,
            format!(
                "entry {name} has {}, which Claude Desktop ignores and drops when it writes its \
                 config",
                unknown.join(", ")
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(bytes: &[u8]) -> Vec<&'static str> {
        let findings = findings(Path::new("/c.json"), bytes);
        findings.iter().map(|found| found.code.as_str()).collect()
    }

    fn with_entry(entry: &str) -> Vec<u8> {
        format!(r#"{{"mcpServers": {{"zoom": {entry}}}}}"#).into_bytes()
    }

    #[test]
    fn a_config_that_claude_cannot_read_is_named_by_what_is_wrong() {
        let utf16: Vec<u8> = "\u{feff}{}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let table: [(&[u8], &str); 10] = [
            (b"", "claude-config-empty"),
            (b" \n", "claude-config-empty"),
            (b"\xEF\xBB\xBF{}", "claude-config-bom"),
            (&utf16, "claude-config-utf16"),
            (b"{\"a\": \"\xFF\"}", "claude-config-not-utf8"),
            (b"{\"a\": 1,}", "claude-config-not-json"),
            (b"{} {}", "claude-config-not-json"),
            (b"[]", "claude-config-not-an-object"),
            (b"{\"mcpServers\": []}", "claude-config-not-an-object"),
            (
                b"{\"mcpServers\": {}, \"mcpServers\": {}}",
                "claude-config-duplicate-key",
            ),
        ];
        for (bytes, code) in table {
            assert_eq!(codes(bytes), [code], "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn an_entry_that_claude_skips_or_shortens_is_named() {
        let table: [(&str, &[&str]); 10] = [
            (r#"{"command": "x", "args": [], "env": {"A": "1"}}"#, &[]),
            ("7", &["claude-entry-invalid"]),
            ("{}", &["claude-entry-invalid"]),
            (r#"{"command": 7}"#, &["claude-entry-invalid"]),
            (
                r#"{"command": "x", "args": [7]}"#,
                &["claude-entry-invalid"],
            ),
            (
                r#"{"command": "x", "env": {"A": 1}}"#,
                &["claude-entry-invalid"],
            ),
            (r#"{"command": "x", "env": []}"#, &["claude-entry-invalid"]),
            (
                r#"{"url": "https://x", "type": "http"}"#,
                &["claude-entry-invalid", "claude-entry-unknown-keys"],
            ),
            (
                r#"{"command": "x", "cwd": "/"}"#,
                &["claude-entry-unknown-keys"],
            ),
            (r#"{"extensionId": "e"}"#, &["claude-entry-extension"]),
        ];
        for (entry, expected) in table {
            assert_eq!(codes(&with_entry(entry)), expected, "{entry}");
        }
    }

    #[test]
    fn servers_that_are_turned_off_are_named() {
        let off = br#"{"features": {"isLocalDevMcpEnabled": false}}"#;
        assert_eq!(codes(off), ["claude-local-servers-off"]);
        assert!(codes(br#"{"features": {"isLocalDevMcpEnabled": true}}"#).is_empty());
    }

    #[test]
    fn what_stands_twice_is_named() {
        let twice = br#"{"mcpServers": {"z": {"command": "x"}, "z": {"command": "x"}}}"#;
        assert_eq!(codes(twice), ["claude-config-duplicate-key"]);
        let variable = r#"{"command": "x", "env": {"A": "1", "B": "1", "A": "2"}}"#;
        assert_eq!(
            codes(&with_entry(variable)),
            ["claude-config-duplicate-key"]
        );
    }

    #[test]
    fn no_value_is_shown() {
        let entry =
            r#"{"command": 7, "args": ["planted"], "env": {"A": "planted"}, "headers": "planted"}"#;
        let findings = findings(Path::new("/c.json"), &with_entry(entry));
        assert_eq!(findings.len(), 2);
        assert!(!format!("{findings:?}").contains("planted"));
    }
}
