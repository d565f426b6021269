//! Windows: a pipe says that it is closed only to who reads it, so the reader alone sees it.

/// Never returns.
pub(super) fn wait() {
    loop {
        std::thread::park();
    }
}
