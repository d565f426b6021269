use regex::Regex;
use std::path::{Path, PathBuf};

/// The page about Claude Desktop, and the folder that its paths begin in.
fn page() -> (PathBuf, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned();
    let text = fs_err::read_to_string(root.join("docs/claude-desktop.md")).unwrap();
    (root, text)
}

#[test]
fn each_test_is_there() {
    let (root, text) = page();
    let named = Regex::new(r"`([a-z0-9_/.-]+\.rs)::([a-z0-9_]+)`").unwrap();
    let mut missing = Vec::new();
    let mut count = 0;
    for name in named.captures_iter(&text) {
        count += 1;
        let below = if name[1].starts_with("tests/") {
            ""
        } else {
            "src-tauri"
        };
        let source = fs_err::read_to_string(root.join(below).join(&name[1])).unwrap_or_default();
        if !source.contains(&format!("fn {}(", &name[2])) {
            missing.push(name[0].to_owned());
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(
        count > 100,
        "the page names {count} tests: is its form another?"
    );
}

#[test]
fn each_row_says_what_shows_it() {
    let (_, text) = page();
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| |"));
    for row in rows {
        let shown = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        assert!(shown.contains('`'), "nothing shows this: {row}");
    }
}
