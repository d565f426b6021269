//! Where secrets live: the OS keychain; a folder of files or memory by explicit choice.
//!
//! What always holds: a secret is never written where the user did not choose, no call made
//! in the background raises a dialog or waits longer than its deadline, and a call that
//! timed out has no late effect on what the caller sees.

mod account;
mod backend;
mod cached;
mod choice;
mod error;
mod file;
mod item;
mod keychain;
mod memory;
mod thread;
mod token_file;
mod vault;

pub use account::{AccountId, InvalidAccountId, Kind};
pub use choice::{ChoiceError, VaultChoice};
pub use error::{Lack, VaultError, VaultHealth};
pub use item::Item;
pub use vault::{CALL_DEADLINE, UNLOCK_DEADLINE, Vault, service_name};
