//! The children's processes: start, pipes, end.
//!
//! Each process has a task of its own, which sees to it that it ends, and tells when it has.

use super::Driver;
use super::inbox::Inbox;
use super::outbox::Outbox;
use super::pipes::Piped;
use crate::child::{Child, Inherited, Launch};
use crate::log::ServerLog;
use crate::relayed::entry::{Server, ThirdParty};
use crate::relayed::environment::{Names, variables};
use crate::relayed::handshakes::file_name;
use crate::relayed::news::News;
use secrecy::SecretString;
use session::{ChildId, Event};
use std::io;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

/// How long a child's output is read after its end, if it has no end itself.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A child that was not told to end.
pub(super) struct Running {
    pub(super) stdin: Outbox<ChildStdin>,
    /// None once it is at its end.
    stdout: Option<Inbox<ChildStdout>>,
    life: Life,
}

/// Whether a child's process lives.
enum Life {
    /// It does; used or dropped, the sender ends it.
    Lives(oneshot::Sender<Option<ChildStdout>>),
    /// It was told to end, because it says nothing any more.
    Ends,
    /// It is gone.
    Gone,
}

impl Running {
    /// What the child said, or how it stands with it.
    pub(super) fn poll(
        &mut self,
        id: ChildId,
        context: &mut Context<'_>,
        chunk: &mut [u8],
    ) -> Poll<Piped> {
        let is_gone = matches!(self.life, Life::Gone);
        let said = match &mut self.stdout {
            Some(_) if self.stdin.is_flooded() && !is_gone => return Poll::Pending,
            Some(stdout) => stdout.poll_lines(context, chunk),
            None if is_gone => return Poll::Ready(Piped::Over(id)),
            None => return Poll::Pending,
        };
        match said {
            Poll::Ready(Some(lines)) => Poll::Ready(Piped::FromChild(id, lines)),
            Poll::Ready(None) if is_gone => Poll::Ready(Piped::Over(id)),
            Poll::Ready(None) => {
                self.stdout = None;
                Poll::Ready(Piped::Mute(id))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    /// Ends the child: its stdin is closed, and what it still says is read and dropped.
    fn end(self) {
        if let Life::Lives(end) = self.life {
            // Its task is over if the process is gone.
            let _gone = end.send(self.stdout.map(Inbox::into_reader));
        }
    }
}

impl Driver {
    pub(super) fn start_child(&mut self, id: ChildId) {
        let secret = self.token.borrow().secret.clone();
        let launch = self.launch(secret.as_ref());
        match Child::start(&launch) {
            Ok((child, pipes)) => {
                tokio::spawn(self.log(secret).drain(pipes.stderr));
                let (end, ends) = oneshot::channel();
                let attending = attend(child, ends, id, self.mailbox.clone());
                self.processes.spawn(attending);
                let running = Running {
                    stdin: Outbox::new(pipes.stdin),
                    stdout: Some(Inbox::new(pipes.stdout)),
                    life: Life::Lives(end),
                };
                self.children.insert(id, running);
                self.events.push_back(Event::ChildUp(id));
            }
            Err(error) => {
                tracing::warn!(entry = self.entry.name, %error, "a server was not started");
                self.events.push_back(Event::ChildExited(id));
            }
        }
    }

    pub(super) fn end_child(&mut self, id: ChildId) {
        if let Some(child) = self.children.remove(&id) {
            child.end();
        }
    }

    /// A child's process is gone. What it said before may not be read yet.
    pub(super) fn exited(&mut self, id: ChildId) {
        let Some(child) = self.children.get_mut(&id) else {
            return self.tell(Event::ChildExited(id));
        };
        child.life = Life::Gone;
        let mailbox = self.mailbox.clone();
        tokio::spawn(async move {
            sleep(LAST_WORDS).await;
            // A session that is over does not want to know.
            let _over = mailbox.send(News::Unheard(id));
        });
    }

    /// A child that is gone has been read for long enough: somebody holds its pipe open.
    pub(super) fn unheard(&mut self, id: ChildId) {
        if let Some(child) = self.children.get_mut(&id) {
            child.stdout = None;
        }
    }

    /// A child that can say nothing any more is of no use.
    pub(super) fn silence(&mut self, id: ChildId) {
        let Some(child) = self.children.get_mut(&id) else {
            return;
        };
        if let Life::Lives(end) = std::mem::replace(&mut child.life, Life::Ends) {
            // Its task is over if the process is gone.
            let _gone = end.send(None);
        }
    }

    fn launch(&self, token: Option<&SecretString>) -> Launch {
        match &self.entry.server {
            Server::Bundled(launch) => launch.clone(),
            Server::ThirdParty(server) => self.launch_of(server, token),
        }
    }

    fn launch_of(&self, server: &ThirdParty, token: Option<&SecretString>) -> Launch {
        let folder = self.relay.folder.clone();
        Launch {
            guard: self.shared.settings.guard.clone(),
            program: server.program.clone().into(),
            arguments: server.arguments.iter().map(Into::into).collect(),
            inherited: Inherited::Nothing,
            environment: variables(Names::HERE, &self.relay.environment, server, token),
            folder: folder.filter(|folder| folder.is_dir()),
        }
    }

    fn log(&self, token: Option<SecretString>) -> ServerLog {
        let name = format!("server-{}.log", file_name(&self.entry.name));
        let of_entry = match &self.entry.server {
            Server::Bundled(_) => &[][..],
            Server::ThirdParty(server) => &server.secrets,
        };
        ServerLog {
            path: self.shared.settings.logs.join(name),
            secrets: of_entry.iter().cloned().chain(token).collect(),
        }
    }
}

/// Sees to a child's end, and tells it.
async fn attend(
    mut child: Child,
    ends: oneshot::Receiver<Option<ChildStdout>>,
    id: ChildId,
    mailbox: mpsc::UnboundedSender<News>,
) {
    let ended = tokio::select! {
        ended = child.ended() => ended,
        stdout = ends => end(child, stdout.ok().flatten()).await,
    };
    if let Err(error) = ended {
        tracing::warn!(%error, "a server may not have ended");
    }
    // A session that is over does not want to know.
    let _over = mailbox.send(News::Exited(id));
}

/// Ends a child, whose stdin is closed, while what it says is dropped: a full pipe would keep
/// it from leaving.
async fn end(child: Child, stdout: Option<ChildStdout>) -> io::Result<()> {
    let reading = async {
        if let Some(mut stdout) = stdout
            && let Err(error) = tokio::io::copy(&mut stdout, &mut tokio::io::sink()).await
        {
            tracing::debug!(%error, "a server's output broke off");
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        ended = child.close() => ended,
        () = reading => Ok(()),
    }
}
