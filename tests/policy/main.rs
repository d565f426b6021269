//! The policy between real relays and a real server, one behaviour a file. Every line that
//! people and models read stands in `lines.txt`.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_call_is_explained_without_being_made;
mod a_cancelled_call_takes_its_question_back;
mod a_command_calls_a_tool;
mod a_denial_names_its_rule;
mod a_file_is_checked;
mod a_hidden_tool_is_neither_listed_nor_called;
mod a_late_answer_holds_for_the_same_call;
mod a_person_allows_or_denies_a_call;
mod a_policy_to_begin_with_is_written_once;
mod activity_tells_names_and_no_values;
mod an_edit_takes_effect_at_once_and_a_wrong_one_not_at_all;
mod limits_hold_over_sessions_and_keepers;
mod stage;
mod tools_are_told_with_risk_and_decision;
