//! Messages on the bus as they come, so that waiting ends with the event.

use crate::error::SessionError;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use zbus::Message;
use zbus::blocking::{Connection, MessageIterator, connection::Builder};

const BUS: &str = "org.freedesktop.DBus";
const BUS_PATH: &str = "/org/freedesktop/DBus";

/// A queue of messages that match a rule. It has a connection of its own.
pub struct Events {
    connection: Connection,
    queue: Receiver<Message>,
}

impl Events {
    /// Signals that match `rule` (the bus's match rule syntax), from now on.
    pub(crate) fn signals(address: &str, rule: &str) -> Result<Self, SessionError> {
        let connection = connect(address)?;
        let events = Self::listen(connection);
        events
            .connection
            .call_method(Some(BUS), BUS_PATH, Some(BUS), "AddMatch", &rule)?;
        Ok(events)
    }

    /// Every message between others that matches `rule`, from now on.
    pub(crate) fn eavesdrop(address: &str, rule: &str) -> Result<Self, SessionError> {
        let events = Self::listen(connect(address)?);
        let monitoring = Some("org.freedesktop.DBus.Monitoring");
        let rules: (&[&str], u32) = (&[rule], 0);
        events
            .connection
            .call_method(Some(BUS), BUS_PATH, monitoring, "BecomeMonitor", &rules)?;
        Ok(events)
    }

    fn listen(connection: Connection) -> Self {
        let (sender, queue) = channel();
        let messages = MessageIterator::from(&connection);
        std::thread::spawn(move || forward(messages, &sender));
        Self { connection, queue }
    }

    /// The next message, or `None` when none comes within `patience`.
    pub fn next(&self, patience: Duration) -> Option<Message> {
        self.queue.recv_timeout(patience).ok()
    }

    /// Probes now and after each event until the probe finds something.
    ///
    /// # Errors
    /// The probe's own, or [`SessionError::TimedOut`] naming `what`.
    pub fn wait_for<T>(
        &self,
        what: &str,
        patience: Duration,
        mut probe: impl FnMut() -> Result<Option<T>, SessionError>,
    ) -> Result<T, SessionError> {
        let begun = Instant::now();
        loop {
            if let Some(found) = probe()? {
                return Ok(found);
            }
            let left = patience.saturating_sub(begun.elapsed());
            if left.is_zero() || self.next(left).is_none() {
                return Err(SessionError::TimedOut {
                    what: what.to_owned(),
                    within: patience,
                });
            }
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        // Fails only if the bus is gone, which ends the listening thread as well.
        let _closed = self.connection.clone().close();
    }
}

fn forward(messages: MessageIterator, sender: &Sender<Message>) {
    for message in messages.map_while(Result::ok) {
        if sender.send(message).is_err() {
            return;
        }
    }
}

/// Opens a connection whose calls fail rather than hang.
pub fn connect(address: &str) -> Result<Connection, SessionError> {
    let builder = Builder::address(address)?.method_timeout(Duration::from_secs(20));
    Ok(builder.build()?)
}
