//! Starting beside the search for a keeper: what a start asks of the system may never answer, and
//! whoever opens the app meanwhile is to be found.

use super::{StartError, Starter};
use std::thread::{Builder, JoinHandle};

/// The start that a search has begun; one at a time. One that is still going on when the search
/// ends is left to itself.
#[derive(Default)]
pub(in super::super) struct Starting {
    thread: Option<JoinHandle<Result<(), StartError>>>,
}

impl Starting {
    /// Begins a start, unless one goes on. Returns at once.
    pub(in super::super) fn begin(&mut self, starter: &Starter) -> Result<(), StartError> {
        let starter = starter.clone();
        self.run(move || starter.start())
    }

    fn run(
        &mut self,
        start: impl FnOnce() -> Result<(), StartError> + Send + 'static,
    ) -> Result<(), StartError> {
        if self.thread.is_none() {
            let thread = Builder::new().name("start".to_owned());
            self.thread = Some(thread.spawn(start).map_err(StartError::Thread)?);
        }
        Ok(())
    }

    /// What came of a start that has ended since this was asked last. Never waits for one.
    pub(in super::super) fn outcome(&mut self) -> Result<(), StartError> {
        match self.thread.take_if(|thread| thread.is_finished()) {
            // A panic has told of itself.
            Some(ended) => ended.join().unwrap_or(Ok(())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::mpsc::channel;

    #[test]
    fn a_start_that_hangs_holds_up_nobody_and_its_failure_is_told_once() {
        let (release, hanging) = channel::<()>();
        let mut starting = Starting::default();
        let hang = move || {
            hanging.recv().unwrap();
            Err(StartError::Mark(io::ErrorKind::Other.into()))
        };
        starting.run(hang).unwrap();
        starting.outcome().unwrap();
        starting
            .run(|| panic!("a second one beside the first"))
            .unwrap();
        release.send(()).unwrap();
        while !starting.thread.as_ref().unwrap().is_finished() {
            std::thread::yield_now();
        }
        assert!(starting.outcome().is_err());
        starting.outcome().unwrap();
        assert!(starting.thread.is_none(), "the next one may begin");
    }
}
