//! Unix: a pipe or socket says that its writer has closed it, whatever it still holds.

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// A socket whose writer alone is closed says so only if it is asked.
#[cfg(target_os = "linux")]
const ASKED: PollFlags = PollFlags::RDHUP;
#[cfg(not(target_os = "linux"))]
const ASKED: PollFlags = PollFlags::empty();

/// Returns once standard input is closed by whoever writes it.
pub(super) fn wait() {
    let input = std::io::stdin();
    let mut watched = [PollFd::new(&input, ASKED)];
    loop {
        match poll(&mut watched, None) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => return,
            Err(error) => {
                // The reader sees the end as well, as long as it reads.
                tracing::warn!(%error, "the end of the input cannot be watched");
                loop {
                    std::thread::park();
                }
            }
        }
    }
}
