//! The other end: what is written to it, and what it is asked.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

/// Writes a message.
pub(crate) fn send(message: &Value) {
    write(&format!("{message}\n"));
}

/// Writes anything. A client that has gone reads nothing.
pub(crate) fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The client on standard output.
#[derive(Default)]
pub(crate) struct Client {
    asked: Mutex<HashMap<u64, Sender<Value>>>,
    next: AtomicU64,
}

impl Client {
    /// Tells the client something.
    #[expect(clippy::unused_self, reason = "it is the client that is told")]
    pub(crate) fn notify(&self, method: &str, params: &Value) {
        send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks the client and waits for its answer; `None` if it was told not to expect one.
    pub(crate) fn ask(&self, method: &str, params: &Value) -> Option<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = channel();
        self.asked.lock().unwrap().insert(id, answer);
        send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        answered.recv().ok()
    }

    /// An answer of the client's.
    pub(crate) fn answered(&self, message: &Value) {
        let id = message["id"].as_u64();
        let waiting = id.and_then(|id| self.asked.lock().unwrap().remove(&id));
        if let Some(waiting) = waiting {
            // Whoever asked is still there.
            let _unheard = waiting.send(message.clone());
        }
    }
}
