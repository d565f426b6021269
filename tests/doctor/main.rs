//! What the doctor finds on a machine, by the real programs: each finding by its code.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(target_os = "linux")]
mod a_claude_of_another_profile_alone_is_ambiguous;
#[cfg(unix)]
mod a_lock_left_behind_is_named;
mod credentials_in_clear_text_are_named;
mod each_defect_of_the_config_has_its_code;
#[cfg(target_os = "linux")]
mod the_config_in_use_and_the_others_are_told;
mod the_documentation_names_only_what_there_is;
mod the_json_says_what_the_lines_say;

use black_box_tests::Home;
use serde_json::Value;

/// Every finding, as `doctor --json` tells it.
fn findings(home: &Home) -> Vec<Value> {
    let told = home.ctl(&["doctor", "--json"]);
    let findings: Value = serde_json::from_str(&told.out)
        .unwrap_or_else(|error| panic!("{error}: {}{}", told.out, told.err));
    findings.as_array().unwrap().clone()
}

/// The text of the first finding of this code.
fn finding(home: &Home, code: &str) -> Option<String> {
    let all = findings(home);
    let found = all.iter().find(|finding| finding["code"] == code)?;
    Some(found["text"].as_str().unwrap().to_owned())
}
