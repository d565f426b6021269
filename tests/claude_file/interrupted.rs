//! Commands that are stopped in the middle of a write. A test cannot reach into another process,
//! so it watches the folder, stops the process when the temporary file appears or takes its
//! name, does what is to happen at that moment, and lets it go on.

use crate::Scene;
use crate::scene::CONFIG;
use black_box_tests::Finished;
use notify::event::{CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// When a command is stopped.
#[derive(Clone, Copy, PartialEq)]
pub enum Moment {
    /// The new content is being written beside the file.
    BeforeRename,
    /// It has just taken the file's place.
    AfterRename,
}

/// A write takes milliseconds, and a loaded machine may sleep through the moment; then it is
/// another try.
const TRIES: usize = 40;

/// Between two looks whether the command has ended.
const LOOK: Duration = Duration::from_millis(100);

/// Far longer than anything here takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs the injecting command and does `deed` at that moment of its write.
pub fn interrupted(scene: &Scene, moment: Moment, mut deed: impl FnMut()) -> Finished {
    interrupted_often(scene, &[moment], |_| deed())
}

/// The same at each of these moments, one after the other; `deed` is told which.
pub fn interrupted_often(
    scene: &Scene,
    moments: &[Moment],
    mut deed: impl FnMut(usize),
) -> Finished {
    for _ in 0..TRIES {
        let mut command = Injecting::start(scene);
        let met = moments.iter().enumerate().all(|(index, moment)| {
            let met = command.stops_at(scene, *moment);
            if met {
                deed(index);
                command.send(Signal::CONT);
            }
            met
        });
        if met {
            return command.finished();
        }
        command.kill();
        scene.write(CONFIG);
    }
    panic!("the moment was missed {TRIES} times");
}

/// Whether it is so at one of several tries: a command can be stopped in the instant between its
/// last look and the rename, in which nobody's change can be kept.
pub fn sooner_or_later(attempt: impl Fn() -> bool) -> bool {
    (0..TRIES).any(|_| attempt())
}

/// Runs the injecting command and kills it at that moment of its write.
pub fn killed(scene: &Scene, moment: Moment) {
    for _ in 0..TRIES {
        let mut command = Injecting::start(scene);
        let met = command.stops_at(scene, moment);
        command.kill();
        if met {
            return;
        }
        scene.write(CONFIG);
    }
    panic!("the moment was missed {TRIES} times");
}

/// The command, and what happens in Claude's folder meanwhile.
struct Injecting {
    child: Child,
    events: Receiver<Event>,
    _watcher: RecommendedWatcher,
}

impl Injecting {
    fn start(scene: &Scene) -> Self {
        let (sender, events) = channel();
        let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
            // Nobody listens any more once the test has seen enough.
            let _late = sender.send(event.unwrap());
        })
        .unwrap();
        let mode = RecursiveMode::NonRecursive;
        watcher.watch(&scene.folder(), mode).unwrap();
        let mut command = scene.injecting();
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self {
            child: command.spawn().unwrap(),
            events,
            _watcher: watcher,
        }
    }

    /// Stops it at the next such moment; `false` if it was faster.
    fn stops_at(&mut self, scene: &Scene, moment: Moment) -> bool {
        if !self.comes_to(moment) {
            return false;
        }
        self.send(Signal::STOP);
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        waitid(WaitId::Pid(Pid::from_child(&self.child)), options).unwrap();
        let ended = self.child.try_wait().unwrap().is_some();
        !ended && lies_beside(scene) == (moment == Moment::BeforeRename)
    }

    /// Waits for that moment; `false` if the command ends without it, as one does that was
    /// stopped too late the time before.
    fn comes_to(&mut self, moment: Moment) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.events.recv_timeout(LOOK) {
                Ok(event) if is_at(&event, moment) => return true,
                Err(_) if self.child.try_wait().unwrap().is_some() => return false,
                Ok(_) | Err(_) => {}
            }
        }
        panic!("the command does nothing");
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn finished(self) -> Finished {
        let output = self.child.wait_with_output().unwrap();
        Finished {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn is_at(event: &Event, moment: Moment) -> bool {
    let kind = match moment {
        Moment::BeforeRename => EventKind::Create(CreateKind::File),
        Moment::AfterRename => EventKind::Modify(ModifyKind::Name(RenameMode::To)),
    };
    event.kind == kind
}

/// Whether the new content lies beside the file.
fn lies_beside(scene: &Scene) -> bool {
    let beside = fs_err::read_dir(scene.folder()).unwrap();
    beside.flatten().any(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().ends_with("zoomtray-new")
    })
}
