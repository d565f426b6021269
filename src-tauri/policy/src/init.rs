//! The policy file to begin with.

use crate::risk::Risk;
use serde_json::{Map, Value, json};

/// The tool that makes Zoom issue a token: allowed, because that is what it is for, and limited,
/// because Zoom limits it.
const REFRESH: &str = "zoom_refresh_token";

/// Most calls of [`REFRESH`] in a minute.
const REFRESHES_A_MINUTE: u64 = 10;

/// A policy file over these tools: reads allowed, deletes denied, everything else with a person's
/// approval, and what is not listed denied. Of tools with the same name the riskier counts.
#[must_use]
pub fn init<'t>(tools: impl IntoIterator<Item = (&'t str, Risk)>) -> String {
    let mut tools: Vec<_> = tools.into_iter().collect();
    // The riskier of two comes later and takes the place of the other.
    tools.sort_unstable();
    let rules: Map<String, Value> = tools
        .into_iter()
        .map(|(tool, risk)| (tool.to_owned(), rules(tool, risk)))
        .collect();
    let file = json!({ "version": "1", "default": "deny", "hide": [], "tools": rules });
    format!("{file:#}\n")
}

fn rules(tool: &str, risk: Risk) -> Value {
    if tool == REFRESH {
        return json!({ "limits": [{
            "counter": "zoom_refresh_token_rate",
            "window": "minute",
            "max": REFRESHES_A_MINUTE,
            "scope": "grant",
        }] });
    }
    match risk {
        Risk::Read => json!({}),
        Risk::Write | Risk::Execute => json!({ "approval": { "timeout_s": 50 } }),
        Risk::Destructive => json!({
            "action": "deny",
            "reason": "Deletes are not allowed here. The user can do it in Zoom.",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::governing::{Found, Governing, Standing};

    const TOOLS: [(&str, Risk); 4] = [
        ("list_meetings", Risk::Read),
        ("create_meeting", Risk::Write),
        ("delete_meeting", Risk::Destructive),
        (REFRESH, Risk::Execute),
    ];

    #[test]
    fn reads_are_allowed_writes_asked_about_and_deletes_denied() {
        let file = init(TOOLS);
        let governing = Governing::of(Found::Bytes(file.as_bytes()), None);
        assert!(matches!(governing, Governing::File(_)), "{governing:?}");
        for (tool, standing) in [
            ("list_meetings", Standing::Allowed),
            ("create_meeting", Standing::Approval),
            ("delete_meeting", Standing::Denied),
            (REFRESH, Standing::Allowed),
            ("anything_else", Standing::Denied),
        ] {
            assert_eq!(governing.standing(tool).0, standing, "{tool}");
        }
    }

    #[test]
    fn the_riskier_of_two_tools_with_one_name_counts() {
        let file = init([("a", Risk::Destructive), ("a", Risk::Read)]);
        let governing = Governing::of(Found::Bytes(file.as_bytes()), None);
        assert_eq!(governing.standing("a").0, Standing::Denied);
    }

    #[test]
    fn the_file_is_laid_out_to_be_edited() {
        assert_eq!(
            init([("a", Risk::Read), (REFRESH, Risk::Execute)]),
            r#"{
  "version": "1",
  "default": "deny",
  "hide": [],
  "tools": {
    "a": {},
    "zoom_refresh_token": {
      "limits": [
        {
          "counter": "zoom_refresh_token_rate",
          "window": "minute",
          "max": 10,
          "scope": "grant"
        }
      ]
    }
  }
}
"#
        );
    }
}
