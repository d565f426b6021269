//! Ctrl-C, a kill or a closed terminal ends the demo with all its programs and folders.

use desktop_session::Leftovers;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

static ENDING: AtomicBool = AtomicBool::new(false);

static LEFTOVERS: Mutex<Option<Leftovers>> = Mutex::new(None);

/// Starts to listen.
///
/// # Errors
/// The system does not allow it.
pub fn watch() -> std::io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            end(128 + signal);
        }
    });
    Ok(())
}

/// What is to be removed when a signal comes.
pub fn remember(leftovers: Leftovers) {
    *LEFTOVERS.lock().unwrap_or_else(PoisonError::into_inner) = Some(leftovers);
}

/// Whether everything is being ended: what fails from then on is nobody's news.
pub fn ending() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// Ends the session and this process.
pub fn end(code: i32) -> ! {
    ENDING.store(true, Ordering::SeqCst);
    let leftovers = LEFTOVERS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some(leftovers) = leftovers {
        // The folders are in the system's temporary folder, which is emptied anyway, and
        // there may be no terminal left to say anything on.
        let _removed = leftovers.remove();
    }
    std::process::exit(code)
}
