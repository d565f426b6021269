//! The end of a process that is not a child, known without asking again and again.

#[cfg_attr(target_os = "linux", path = "exit_linux.rs")]
#[cfg_attr(target_vendor = "apple", path = "exit_macos.rs")]
#[cfg_attr(windows, path = "exit_windows.rs")]
mod platform;

use super::outcome::Part;
use std::io;
use std::time::Duration;
use tokio::time::sleep;

/// Between two looks at a process whose end cannot be waited for.
const LOOK_ANYWAY: Duration = Duration::from_millis(250);

/// One process, alive when it was opened.
pub(crate) struct Exit(platform::Exit);

impl Exit {
    /// Opens the process; none if it has ended. Needs a tokio runtime.
    pub(crate) fn watch(pid: u32) -> io::Result<Option<Self>> {
        Ok(platform::Exit::watch(pid)?.map(Self))
    }

    /// Returns once it has ended.
    pub(crate) async fn ended(&mut self) -> io::Result<()> {
        self.0.ended().await
    }
}

/// Returns once none of `parts` is left, or, where one's end cannot be waited for, after a
/// moment: whoever waits looks again in either case.
pub(crate) async fn all_ended(parts: &[Part]) {
    let watched: Vec<_> = parts.iter().map(|part| part.pid.map(Exit::watch)).collect();
    let mut waited = false;
    for exit in watched {
        match exit {
            Some(Ok(None)) => {}
            Some(Ok(Some(mut exit))) => waited |= exit.ended().await.is_ok(),
            Some(Err(_)) | None => return sleep(LOOK_ANYWAY).await,
        }
    }
    if !waited {
        // None could be waited for, or all had ended before: the next look is not at once.
        sleep(LOOK_ANYWAY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};

    /// Runs as the other process of the tests below: lives until its input ends.
    #[test]
    #[ignore = "child: started by the other tests of this file"]
    fn live_until_the_input_ends() {
        println!("\nliving");
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
    }

    /// A process that lives until its standard input is closed: this program again, because
    /// what a system's own programs do with an open input differs; Wine's `findstr` ends at once.
    fn reader() -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let itself = "process::exit::tests::live_until_the_input_ends";
        command.args(["--exact", itself, "--ignored", "--nocapture"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(
            said.any(|line| line.unwrap() == "living"),
            "it never came up"
        );
        // What it says at its end has to be read.
        std::thread::spawn(move || said.for_each(drop));
        child
    }

    #[tokio::test]
    async fn the_end_of_another_process_is_known() {
        let mut child = reader();
        let mut exit = Exit::watch(child.id()).unwrap().expect("it lives");
        tokio::select! {
            biased;
            _ = exit.ended() => panic!("it lives still"),
            () = tokio::task::yield_now() => {}
        }
        drop(child.stdin.take());
        exit.ended().await.unwrap();
        child.wait().unwrap();
    }

    #[tokio::test]
    async fn the_end_of_all_is_waited_for() {
        let mut children = [reader(), reader()];
        let parts = children.each_ref().map(|child| Part {
            pid: Some(child.id()),
            name: "reader".to_owned(),
        });
        let end = all_ended(&parts);
        tokio::pin!(end);
        for child in &mut children {
            tokio::select! {
                biased;
                () = &mut end => panic!("one lives still"),
                () = tokio::task::yield_now() => {}
            }
            drop(child.stdin.take());
            child.wait().unwrap();
        }
        end.await;
    }

    #[tokio::test]
    async fn a_wait_can_be_given_up() {
        let mut child = reader();
        drop(Exit::watch(child.id()).unwrap().expect("it lives"));
        drop(child.stdin.take());
        child.wait().unwrap();
    }

    #[tokio::test]
    async fn one_that_has_ended_before_is_not_waited_for() {
        let mut child = reader();
        let pid = child.id();
        drop(child.stdin.take());
        child.wait().unwrap();
        drop(child);
        // Windows keeps what is left of a process for as long as anybody has a handle on it.
        if let Some(mut exit) = Exit::watch(pid).unwrap() {
            exit.ended().await.unwrap();
        }
    }
}
