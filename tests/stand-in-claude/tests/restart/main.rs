//! Claude Desktop's processes and config under the `claude` crate, with real processes.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_claude_that_comes_back_is_left_alone;
mod a_claude_that_was_updated_is_still_known;
mod a_forced_end_is_another_function;
mod a_start_on_a_lock_of_another_computer_is_told;
mod an_app_image_is_started_by_its_file;
mod only_the_claude_at_that_path_is_quit;
mod presence_tells_starts_and_ends;
mod restart_delivers_although_claude_rewrites_its_stale_copy;
mod restart_does_only_what_is_needed;
mod restart_waits_for_every_process;
#[cfg(test)]
mod scene;
mod the_lock_tells_of_an_unknown_claude;
mod the_stand_in_behaves_as_claude_does;
