//! What several areas do with Claude Desktop's config.

use crate::Home;
use fake_zoom::App;

/// Runs a `claude` command that must succeed, and returns what it said.
pub fn claude(home: &Home, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["claude"].iter().chain(arguments).copied().collect();
    let finished = home.ctl(&all);
    assert_eq!(
        finished.code,
        Some(0),
        "{all:?}: {}{}",
        finished.out,
        finished.err
    );
    finished.out
}

/// The next keeper finds the token expired and no recent attempt.
pub fn expire_token(home: &Home) {
    home.age_token(&App::default(), 3700);
    home.remember_attempts(&App::default(), "{}");
}
