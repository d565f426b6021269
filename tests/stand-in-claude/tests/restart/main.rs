//! Claude Desktop's processes and config under the `claude` crate, with real processes.
#![cfg(target_os = "linux")]

mod only_the_claude_at_that_path_is_quit;
mod restart_delivers_although_claude_rewrites_its_stale_copy;
mod restart_does_only_what_is_needed;
mod restart_waits_for_every_process;
#[cfg(test)]
mod scene;
