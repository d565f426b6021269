//! What the name of a tool says about its risk.

use super::{Risk, RiskClass, RiskSource};

const READ: [&str; 30] = [
    "check",
    "compare",
    "count",
    "describe",
    "download",
    "echo",
    "explain",
    "export",
    "fetch",
    "find",
    "get",
    "info",
    "inspect",
    "list",
    "lookup",
    "preview",
    "query",
    "read",
    "resolve",
    "search",
    "show",
    "status",
    "stat",
    "summarize",
    "test",
    "validate",
    "verify",
    "view",
    "watch",
    "whoami",
];
const WRITE: [&str; 35] = [
    "add", "append", "approve", "assign", "change", "comment", "copy", "create", "disable", "edit",
    "enable", "import", "insert", "invite", "make", "mark", "modify", "move", "patch", "post",
    "publish", "put", "register", "rename", "reply", "save", "schedule", "send", "set", "share",
    "store", "update", "upload", "upsert", "write",
];
const EXECUTE: [&str; 22] = [
    "call", "click", "control", "deploy", "eval", "exec", "execute", "install", "invoke", "join",
    "launch", "login", "open", "refresh", "restart", "run", "shell", "start", "stop", "submit",
    "trigger", "use",
];
const DESTRUCTIVE: [&str; 19] = [
    "cancel",
    "clear",
    "delete",
    "destroy",
    "drop",
    "empty",
    "erase",
    "kill",
    "overwrite",
    "prune",
    "purge",
    "remove",
    "reset",
    "revoke",
    "terminate",
    "truncate",
    "uninstall",
    "unregister",
    "wipe",
];

/// The class that the name tells: of the first word that is a known verb, but for a word that
/// takes things away, which counts anywhere, and for `get_or_create`, where the worst counts.
pub(super) fn by_name(tool: &str) -> Option<RiskClass> {
    let words = words(tool);
    let known: Vec<_> = words.iter().filter_map(|word| class(word)).collect();
    let is_joined = words.iter().any(|word| word == "or" || word == "and");
    let worst = known.iter().copied().max_by_key(|class| class.risk)?;
    if is_joined || worst.risk == Risk::Destructive {
        return Some(worst);
    }
    known.first().copied()
}

fn class(word: &str) -> Option<RiskClass> {
    let lists: [(Risk, &[&'static str]); 4] = [
        (Risk::Read, &READ),
        (Risk::Write, &WRITE),
        (Risk::Execute, &EXECUTE),
        (Risk::Destructive, &DESTRUCTIVE),
    ];
    lists.into_iter().find_map(|(risk, verbs)| {
        let verb = verbs.iter().find(|verb| **verb == word)?;
        Some(RiskClass {
            risk,
            source: RiskSource::Name(verb),
        })
    })
}

/// The words of `list_users`, `list-users` and `listUsers`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        let begins = letter.is_uppercase() && before.is_lowercase();
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_servers_tools_are_classed_by_their_names() {
        use Risk::{Destructive, Execute, Read, Write};
        for (tool, risk) in [
            ("list_meetings", Read),
            ("get_meeting", Read),
            ("create_meeting", Write),
            ("update_meeting", Write),
            ("delete_meeting", Destructive),
            ("list_users", Read),
            ("get_user", Read),
            ("get_meeting_participants", Read),
            ("get_meeting_recordings", Read),
            ("zoom_list_recordings", Read),
            ("zoom_get_recording_details", Read),
            ("zoom_get_meeting_transcript", Read),
            ("zoom_refresh_token", Execute),
            ("test_zoom_connection", Read),
            ("get_zoom_sites", Read),
            ("get_zoom_rooms", Read),
            ("get_room_details", Read),
            ("resolve_location", Read),
            ("zoom_token_status", Read),
        ] {
            assert_eq!(by_name(tool).map(|class| class.risk), Some(risk), "{tool}");
        }
    }

    #[test]
    fn verbs_are_found_however_the_name_is_written() {
        for (tool, word) in [
            ("deleteMeeting", Some("delete")),
            ("meetings.delete", Some("delete")),
            ("Bulk-Remove-Users", Some("remove")),
            ("get_update_history", Some("get")),
            ("get_or_create_room", Some("create")),
            ("list_and_purge", Some("purge")),
            ("list_users_to_purge", Some("purge")),
            ("send2fa", None),
            ("", None),
            ("getaway", None),
        ] {
            let found = by_name(tool).map(|class| class.source);
            assert_eq!(found, word.map(RiskSource::Name), "{tool}");
        }
    }
}
