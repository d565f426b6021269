//! One pipe that is written to: what is put in comes out in that order, whoever writes it.
//!
//! Putting something in never waits. Writing does, so it is done by a thread that may: the one
//! whose own reading has to wait meanwhile, else the outlet's own.

use session::Frame;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A pipe and what is not written yet.
pub(super) struct Outlet {
    pending: Mutex<Pending>,
    /// Something was put in, written, or the outlet has ended.
    changed: Condvar,
    sink: Mutex<Box<dyn Write + Send>>,
}

#[derive(Default)]
struct Pending {
    bytes: Vec<u8>,
    ended: bool,
}

/// What came of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// All of it is out.
    All,
    /// Nobody reads the pipe any more.
    Broken,
}

impl Outlet {
    pub(super) fn new(sink: impl Write + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            pending: Mutex::default(),
            changed: Condvar::new(),
            sink: Mutex::new(Box::new(sink)),
        })
    }

    /// Starts the outlet's own thread, which writes whenever it is nudged; `broken` is called
    /// when nobody reads any more.
    pub(super) fn write_on_a_thread(
        self: &Arc<Self>,
        name: &str,
        broken: impl FnOnce() + Send + 'static,
    ) -> io::Result<()> {
        let outlet = Arc::clone(self);
        let thread = std::thread::Builder::new().name(name.to_owned());
        thread.spawn(move || {
            while outlet.wait_for_work() {
                if outlet.flush() == Written::Broken {
                    return broken();
                }
            }
        })?;
        Ok(())
    }

    /// Puts a frame behind the others. What an ended outlet gets is dropped.
    pub(super) fn put(&self, frame: Frame) {
        let mut pending = lock(&self.pending);
        if pending.ended {
            return;
        }
        if pending.bytes.is_empty() {
            pending.bytes = frame.into_bytes();
        } else {
            pending.bytes.extend_from_slice(frame.as_bytes());
        }
    }

    /// Has the outlet's own thread write.
    pub(super) fn nudge(&self) {
        self.changed.notify_all();
    }

    /// Writes everything, waiting for whoever reads the pipe.
    pub(super) fn flush(&self) -> Written {
        let mut sink = lock(&self.sink);
        loop {
            let bytes = std::mem::take(&mut lock(&self.pending).bytes);
            if bytes.is_empty() {
                return Written::All;
            }
            if let Err(error) = sink.write_all(&bytes).and_then(|()| sink.flush()) {
                tracing::debug!(%error, "a pipe cannot be written");
                self.end();
                return Written::Broken;
            }
            self.changed.notify_all();
        }
    }

    /// Drops what is not written, and all that comes.
    pub(super) fn end(&self) {
        let mut pending = lock(&self.pending);
        pending.ended = true;
        pending.bytes = Vec::new();
        drop(pending);
        self.changed.notify_all();
    }

    /// Waits until fewer than `most` bytes wait to be written.
    pub(super) fn wait_below(&self, most: usize) {
        let pending = lock(&self.pending);
        let full = |pending: &mut Pending| pending.bytes.len() >= most && !pending.ended;
        drop(self.changed.wait_while(pending, full));
    }

    /// Waits for something to write; `false` is the outlet's end.
    fn wait_for_work(&self) -> bool {
        let pending = lock(&self.pending);
        let idle = |pending: &mut Pending| pending.bytes.is_empty() && !pending.ended;
        let pending = self
            .changed
            .wait_while(pending, idle)
            .unwrap_or_else(PoisonError::into_inner);
        !pending.ended
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::{Line, Splitter};
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A pipe that takes a write only once it is allowed to.
    struct Gated {
        allowed: Receiver<()>,
        written: Sender<Vec<u8>>,
    }

    impl Write for Gated {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.allowed.recv().map_err(|_| io::ErrorKind::BrokenPipe)?;
            self.written
                .send(bytes.to_vec())
                .map_err(io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn frame(number: u32) -> Frame {
        let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":{number},\"method\":\"ping\"}}\n");
        match Splitter::default().feed(line.as_bytes()).pop() {
            Some(Line::Message(message)) => message.into_frame(),
            other => panic!("{other:?}"),
        }
    }

    fn gated() -> (Arc<Outlet>, Sender<()>, Receiver<Vec<u8>>) {
        let (allow, allowed) = channel();
        let (written, out) = channel();
        (Outlet::new(Gated { allowed, written }), allow, out)
    }

    #[test]
    fn what_is_put_in_during_a_write_comes_out_behind_it() {
        let (outlet, allow, out) = gated();
        outlet.write_on_a_thread("outlet", || {}).unwrap();
        outlet.put(frame(1));
        outlet.nudge();
        allow.send(()).unwrap();
        assert_eq!(out.recv().unwrap(), frame(1).as_bytes());
        outlet.put(frame(2));
        outlet.put(frame(3));
        allow.send(()).unwrap();
        assert_eq!(outlet.flush(), Written::All);
        let both = [frame(2).as_bytes(), frame(3).as_bytes()].concat();
        assert_eq!(out.recv().unwrap(), both);
    }

    #[test]
    fn a_reader_that_waits_for_room_goes_on_when_it_is_there() {
        let (outlet, allow, out) = gated();
        outlet.write_on_a_thread("outlet", || {}).unwrap();
        outlet.put(frame(1));
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| outlet.wait_below(1));
            outlet.nudge();
            allow.send(()).unwrap();
            waiting.join().unwrap();
        });
        assert_eq!(out.recv().unwrap(), frame(1).as_bytes());
    }

    #[test]
    fn a_pipe_that_nobody_reads_is_told_once_and_holds_up_nobody() {
        let (outlet, allow, _out) = gated();
        let (broken, told) = channel();
        outlet
            .write_on_a_thread("outlet", move || broken.send(()).unwrap())
            .unwrap();
        outlet.put(frame(1));
        drop(allow);
        outlet.nudge();
        told.recv().unwrap();
        outlet.put(frame(2));
        outlet.wait_below(1);
        assert_eq!(outlet.flush(), Written::All, "nothing is kept");
    }
}
