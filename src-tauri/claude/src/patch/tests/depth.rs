use super::*;

/// Deeper than a parser that calls itself for each level can go.
const LEVELS: usize = 200_000;

#[test]
fn any_depth_is_patched_and_put_back() {
    let deep = format!("{}{}", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let before = format!(r#"{{"preferences":{deep},"mcpServers":{{"zoom":{{"command":"x"}}}}}}"#);
    for (pointer, value) in [(zoom(), relay("zoom")), (token(), variable("new"))] {
        assert_eq!(there_and_back(&before, &pointer, &value).1, before);
    }
    let inside = format!(r#"{{"mcpServers":{{"zoom":{{"command":"x","odd":{deep}}}}}}}"#);
    assert_eq!(there_and_back(&inside, &zoom(), &relay("zoom")).1, inside);
    assert_eq!(redact(inside.as_bytes(), &[]).unwrap(), inside.as_bytes());
}

/// The shape of a config of 1 MB with forty servers.
#[test]
fn a_large_config_is_patched_at_one_place() {
    let server = |index: usize| {
        let value =
            json!({"command": "npx", "args": ["-y", format!("server-{index}")], "env": {"A": "b"}});
        (format!("server-{index}"), value)
    };
    let mut servers: Map<String, Json> = (0..39).map(server).collect();
    servers.insert(
        "zoom".to_owned(),
        json!({"command": "node", "env": {"ZOOM_ACCESS_TOKEN": "old"}}),
    );
    let preferences: Map<String, Json> = (0..10_000)
        .map(|index| {
            (
                format!("key-{index}"),
                json!({"rowSplit": 0.5, "name": "zürich \"会议\"", "on": [true, null]}),
            )
        })
        .collect();
    let config = json!({"preferences": preferences, "mcpServers": servers});
    let before = serde_json::to_string_pretty(&config).unwrap();
    assert!(before.len() > 1_000_000, "{} bytes", before.len());
    let (there, back) = there_and_back(&before, &token(), &variable("new"));
    assert_eq!(there, before.replace("\"old\"", "\"new\""));
    assert_eq!(back, before);
    assert_eq!(there_and_back(&before, &zoom(), &relay("zoom")).1, before);
}
