use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The file that the bundle's configuration names, below the workspace's folder.
fn named(key: &str) -> String {
    let config = fs_err::read_to_string(root().join("tauri.conf.json")).unwrap();
    let config: Value = serde_json::from_str(&config).unwrap();
    let path = config["bundle"]["macOS"][key].as_str();
    let path = path.unwrap_or_else(|| panic!("tauri.conf.json has no bundle.macOS.{key}"));
    fs_err::read_to_string(root().join(path)).unwrap()
}

#[test]
fn or_the_system_refuses_the_apple_event_without_a_question() {
    let info = named("infoPlist");
    let (_, usage) = info
        .split_once("<key>NSAppleEventsUsageDescription</key>")
        .unwrap();
    let text = usage.trim_start().strip_prefix("<string>").unwrap();
    let text = text.split("</string>").next().unwrap();
    assert!(text.contains("Claude Desktop") && text.len() > 40, "{text}");
}

#[test]
fn and_the_hardened_runtime_is_entitled_to_send_it() {
    let entitlements = named("entitlements");
    let key = "<key>com.apple.security.automation.apple-events</key>";
    let (_, value) = entitlements.split_once(key).unwrap();
    assert!(value.trim_start().starts_with("<true/>"));
}
