//! Files we own, and how any file is replaced.
//!
//! What always holds: a file is replaced whole or not at all, a folder of ours belongs to
//! this user and to nobody else, and a lock is let go when its holder ends, however it ends.

mod backups;
mod folders;
mod folders_here;
mod json;
mod lock;
mod private;
mod replace;

pub use backups::{BACKUPS_KEPT, Backup, BackupError, BackupRing};
pub use folders::{Folders, FoldersError, Platform, SOCKET_PATH_LIMIT, Surroundings};
pub use json::{Fault, ReadError, read_json, write_json};
pub use lock::{FileLock, Holder, LockAttempt, LockError};
pub use private::{PrivateError, private_file, private_folder};
pub use replace::{
    Mode, ReplaceError, Staged, Step, remove, replace, sweep, sweep_beside, target_of, undisturbed,
};
