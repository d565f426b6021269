//! Golden files: what a person reads, compared whole, reviewed by eye when it changes.

use std::path::{Path, PathBuf};

/// Compares with `tests/NAME`. `UPDATE_GOLDEN=1` writes the file instead, to be reviewed.
pub fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs_err::write(&path, text).unwrap();
    }
    let wanted = fs_err::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run with UPDATE_GOLDEN=1", path.display()));
    assert_eq!(
        text,
        wanted,
        "{} differs; run with UPDATE_GOLDEN=1 and review",
        path.display()
    );
}

/// Compares one line of `tests/NAME`, which holds `subject: line` for each subject.
/// `UPDATE_GOLDEN=1` writes the line instead, to be reviewed; tests of one file one by one then.
pub fn golden_line(name: &str, subject: &str, line: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        update_line(&path, subject, line);
    }
    let text = fs_err::read_to_string(&path).unwrap();
    let prefix = format!("{subject}: ");
    let wanted = text.lines().find_map(|known| known.strip_prefix(&prefix));
    assert_eq!(
        Some(line),
        wanted,
        "{} differs at {subject}; run with UPDATE_GOLDEN=1 and review",
        path.display()
    );
}

fn update_line(path: &Path, subject: &str, line: &str) {
    let text = fs_err::read_to_string(path).unwrap_or_default();
    let prefix = format!("{subject}: ");
    let others = text.lines().filter(|known| !known.starts_with(&prefix));
    let mut lines: Vec<String> = others.map(str::to_owned).collect();
    lines.push(format!("{prefix}{line}"));
    lines.sort();
    fs_err::write(path, lines.join("\n") + "\n").unwrap();
}

/// Replaces what differs from home to home: its path, loopback ports, processes.
pub fn places_cut(text: &str, home: &Path) -> String {
    let port = regex::Regex::new(r"127\.0\.0\.1:\d+").unwrap();
    let process = regex::Regex::new(r"\bpid \d+").unwrap();
    let text = text.replace(&home.display().to_string(), "HOME");
    let text = port.replace_all(&text, "127.0.0.1:PORT");
    process.replace_all(&text, "pid PID").into_owned()
}

/// Replaces what differs from run to run: clock times, durations, milliseconds.
pub fn times_cut(text: &str) -> String {
    let clock = regex::Regex::new(r"\b\d{2}:\d{2}:\d{2}\b").unwrap();
    let left = regex::Regex::new(r"\b(\d+m )?\d+s\b").unwrap();
    let took = regex::Regex::new(r"\b\d+ ms\b").unwrap();
    let text = clock.replace_all(text, "HH:MM:SS");
    let text = left.replace_all(&text, "TIME");
    took.replace_all(&text, "N ms").into_owned()
}
