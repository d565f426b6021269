//! All tools, in a fixed order. Made when first asked for: `initialize` needs none.

use crate::tool::ToolSpec;
use crate::{meetings, recordings, rooms, token, users};
use std::sync::OnceLock;

/// Every tool.
pub(crate) fn all() -> &'static [ToolSpec] {
    static TOOLS: OnceLock<Vec<ToolSpec>> = OnceLock::new();
    TOOLS.get_or_init(specs)
}

fn specs() -> Vec<ToolSpec> {
    let mut specs = meetings::tools();
    specs.extend(users::tools());
    specs.extend(recordings::tools());
    specs.extend(rooms::tools());
    specs.extend(token::tools());
    specs
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Which tools do not only read, and what their hints say of destruction and repetition.
    const CHANGES: [(&str, bool, bool); 4] = [
        ("create_meeting", false, false),
        ("update_meeting", true, true),
        ("delete_meeting", true, true),
        ("zoom_refresh_token", true, false),
    ];

    fn described() -> Vec<Value> {
        let tools = all().iter().map(|spec| serde_json::to_value(spec.tool()));
        tools.collect::<Result<_, _>>().unwrap()
    }

    fn name(tool: &Value) -> &str {
        tool["name"].as_str().unwrap()
    }

    #[test]
    fn every_name_is_there_once() {
        let tools = described();
        let mut names: Vec<_> = tools.iter().map(name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        for expected in [
            "list_meetings",
            "get_meeting",
            "create_meeting",
            "update_meeting",
            "delete_meeting",
            "list_users",
            "get_user",
            "get_meeting_participants",
            "get_meeting_recordings",
            "zoom_list_recordings",
            "zoom_get_recording_details",
            "zoom_get_meeting_transcript",
            "zoom_refresh_token",
            "test_zoom_connection",
            "zoom_token_status",
        ] {
            assert!(names.contains(&expected), "{expected}");
        }
    }

    #[test]
    fn a_description_says_effect_scopes_limits_errors_and_neighbour() {
        let tools = described();
        let effects = [
            "Changes nothing",
            "changes nothing",
            "Makes no request",
            "makes another",
            "overwritten",
            "cannot be undone",
            "fetch a new access token",
        ];
        for tool in &tools {
            let text = tool["description"].as_str().unwrap();
            let says = |what: &str| assert!(text.contains(what), "{} says {what}", name(tool));
            let effect = effects.iter().any(|effect| text.contains(effect));
            assert!(effect, "{} says what it does to Zoom", name(tool));
            says("scope");
            says("imits");
            says("Fails ");
            let neighbours = tools.iter().map(name).filter(|other| *other != name(tool));
            let neighbour = neighbours.filter(|other| text.contains(other)).count();
            assert!(neighbour > 0, "{} names a neighbour", name(tool));
            assert!(text.contains("use "), "{} says when to use it", name(tool));
            assert!(text.len() < 1200, "{} has {}", name(tool), text.len());
        }
    }

    #[test]
    fn every_hint_is_given_and_true() {
        for tool in described() {
            let hints = &tool["annotations"];
            let change = CHANGES.iter().find(|(changes, ..)| *changes == name(&tool));
            let (destructive, idempotent) = change
                .map_or((false, true), |(_, destructive, idempotent)| {
                    (*destructive, *idempotent)
                });
            let expected = json!({
                "readOnlyHint": change.is_none(),
                "destructiveHint": destructive,
                "idempotentHint": idempotent,
                "openWorldHint": name(&tool) != "zoom_token_status",
            });
            assert_eq!(*hints, expected, "{}", name(&tool));
            assert!(!tool["title"].as_str().unwrap().is_empty());
        }
    }

    #[test]
    fn schemas_are_objects_in_plain_words_and_every_property_is_described() {
        for tool in described() {
            for schema in ["inputSchema", "outputSchema"] {
                let schema = &tool[schema];
                assert_eq!(schema["type"], "object", "{}", name(&tool));
                let text = schema.to_string();
                assert!(!text.contains("\"uint"), "{} {text}", name(&tool));
                assert!(!text.contains("$ref"), "{} {text}", name(&tool));
                for (property, schema) in schema["properties"].as_object().unwrap() {
                    let described = schema["description"].is_string();
                    assert!(described, "{property} of {}", name(&tool));
                }
            }
            let input = tool["inputSchema"].to_string();
            assert!(!input.contains("null"), "{} {input}", name(&tool));
            assert_eq!(tool["inputSchema"]["additionalProperties"], false);
        }
    }

    #[test]
    fn no_tool_takes_a_credential() {
        for tool in described() {
            for property in tool["inputSchema"]["properties"]
                .as_object()
                .unwrap()
                .keys()
            {
                let secret = ["token", "secret", "client"]
                    .iter()
                    .any(|word| property.contains(word));
                let paging = property == "next_page_token";
                assert!(!secret || paging, "{property} of {}", name(&tool));
            }
        }
    }
}
