use crate::{claude, home};
use black_box_tests::{StandIn, Zoom};
use serde_json::{Value, json};

#[test]
fn without_any_value() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    let quit = claude(&home, &["status"]);
    let path = home.claude_config();
    let said = format!(
        "Config file: {} (CLAUDE_CONFIG_FILE names it)\nClaude Desktop: not running\n   zoom: off\n",
        path.display()
    );
    assert!(quit.starts_with(&said), "{quit}");
    stand_in.start();
    let runs = claude(&home, &["status"]);
    assert!(
        runs.starts_with(&said.replace("not running", "running")),
        "{runs}"
    );
    stand_in.quit();
    claude(&home, &["inject", "zoom"]);
    let injected = claude(&home, &["status"]);
    assert!(injected.contains("   zoom: inject"), "{injected}");
}

#[test]
fn and_everything_to_a_program() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let json: Value = serde_json::from_str(&claude(&home, &["status", "--json"])).unwrap();
    let path = home.claude_config();
    assert_eq!(json["config"], json!(path));
    assert_eq!(
        json["candidates"],
        json!([{
            "path": path, "why": "CLAUDE_CONFIG_FILE names it", "exists": true, "in_use": true
        }])
    );
    let entry = &json["entries"][0];
    assert_eq!(
        (
            &entry["name"],
            &entry["mode"],
            &entry["drift"],
            &entry["pending"]
        ),
        (
            &json!("zoom"),
            &json!("relay"),
            &json!("none"),
            &json!(false)
        )
    );
    assert_eq!(json["running"], false);
    assert_eq!(json["question"], Value::Null);
    assert_eq!(json["guardian"]["kind"], "idle");
}

#[test]
fn also_the_entry_that_the_environment_names() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.set("CLAUDE_MCP_SERVER_NAME", "zoom");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let kept = claude(&home, &["status"]);
    assert!(kept.contains("   zoom: inject"), "{kept}");
    watch.interrupt();
    let brief = claude(&home, &["status"]);
    assert!(brief.contains("   zoom: inject"), "{brief}");
}
