//! Claude's config file under fire: writers that are killed, readers that never pause, disks and
//! folders that fail, programs that write at the same moment. Whatever happens, the file is
//! whole, and the user reads one line, which stands in `lines.txt`.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_config_changed_between_read_and_write;
mod a_config_in_a_folder_that_is_read_only;
mod a_config_that_is_a_folder;
mod a_config_that_is_read_only;
mod a_config_that_may_not_be_read;
mod a_folder_that_vanishes;
#[cfg(target_os = "linux")]
mod a_full_disk;
mod a_reader_sees_no_torn_file;
mod a_write_killed_at_a_random_instant;
mod a_write_killed_at_each_step;
mod claude_writes_its_stale_copy_at_that_moment;
mod the_next_start_removes_what_a_killed_command_left;

mod interrupted;
mod place;
mod scene;
mod writer;

use place::Place;
use scene::Scene;
