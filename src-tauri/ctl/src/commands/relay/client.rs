//! The client's side: reading standard input, line by line as it comes, and seeing its end even
//! while nothing is read.

use super::desk::{Desk, Hand};
use session::{Event, Splitter};
use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;

#[cfg_attr(unix, path = "client/hang_up_unix.rs")]
#[cfg_attr(windows, path = "client/hang_up_windows.rs")]
mod hang_up;

/// As much as a pipe holds on Linux.
const CHUNK: usize = 64 * 1024;

/// How long what a client has left in its pipe may still be passed on: a relay ends within a
/// second of its input.
const LINGER: Duration = Duration::from_millis(800);

/// Starts the threads that read the client until it ends; then the relay is over.
pub(super) fn read_on_a_thread(desk: &Arc<Desk>) -> io::Result<()> {
    let reading = Arc::clone(desk);
    let thread = std::thread::Builder::new().name("client".to_owned());
    thread.spawn(move || {
        read(&reading);
        reading.client_gone();
    })?;
    let watching = Arc::clone(desk);
    let thread = std::thread::Builder::new().name("client-end".to_owned());
    thread.spawn(move || {
        hang_up::wait();
        std::thread::sleep(LINGER);
        watching.client_gone();
    })?;
    Ok(())
}

fn read(desk: &Arc<Desk>) {
    let mut splitter = Splitter::default();
    let mut chunk = vec![0; CHUNK];
    loop {
        desk.wait_for_room();
        match io::stdin().lock().read(&mut chunk) {
            Ok(0) => return,
            Ok(length) => {
                let lines = splitter.feed(&chunk[..length]);
                desk.take_in(Hand::Client, lines.into_iter().map(Event::FromClient));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::warn!(%error, "the client cannot be read");
                return;
            }
        }
    }
}
