//! Client and server over a real socket.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use control::{
    CallError, Client, ConnectError, Connection, Endpoint, Failure, FailureKind, Handler,
    OpenWindow, Progress, Refresh, Request, Server, Told, Yield, answered,
};
use lifecycle::WallTime;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Answers a few requests and reports the connections that ended.
struct Desk {
    ended: mpsc::UnboundedSender<Connection>,
}

impl Handler for Desk {
    async fn call(
        self: Arc<Self>,
        _connection: Connection,
        request: Request,
        progress: Progress,
    ) -> Result<Value, Failure> {
        match request {
            Request::OpenWindow(_) => answered::<OpenWindow>(&control::Done {}),
            Request::Refresh(_) => {
                progress
                    .waiting(WallTime(7))
                    .await
                    .expect("the caller is there");
                Err(Failure::new(
                    FailureKind::Refused,
                    "Zoom refused the client secret.",
                ))
            }
            Request::Yield(_) => std::future::pending().await,
            other => panic!("not asked here: {other:?}"),
        }
    }

    fn ended(&self, connection: Connection) {
        self.ended.send(connection).expect("the test listens");
    }
}

struct Setting {
    endpoint: Endpoint,
    ended: mpsc::UnboundedReceiver<Connection>,
    server: Server,
    _folder: tempfile::TempDir,
}

fn setting() -> Setting {
    let folder = tempfile::tempdir().unwrap();
    let tag = folder
        .path()
        .file_name()
        .unwrap()
        .to_string_lossy()
        .replace('.', "");
    let endpoint = Endpoint::new(folder.path(), Some(&tag));
    let (ended, listening) = mpsc::unbounded_channel();
    let server = Server::start(&endpoint, Arc::new(Desk { ended })).unwrap();
    Setting {
        endpoint,
        ended: listening,
        server,
        _folder: folder,
    }
}

#[tokio::test]
async fn a_call_is_answered() {
    let setting = setting();
    let (client, _told) = Client::connect(&setting.endpoint).await.unwrap();
    client.call(OpenWindow {}).await.unwrap();
    assert_eq!(client.keeper().pid, std::process::id());
}

#[tokio::test]
async fn a_failure_arrives_whole_after_what_was_told_first() {
    let setting = setting();
    let (client, mut told) = Client::connect(&setting.endpoint).await.unwrap();
    let failed = client.call(Refresh { account: None }).await.unwrap_err();
    assert_eq!(failed.kind(), Some(FailureKind::Refused));
    assert_eq!(failed.to_string(), "Zoom refused the client secret.");
    assert!(matches!(
        told.recv().await,
        Some(Told::Waiting {
            id: 1,
            until: WallTime(7)
        })
    ));
}

#[tokio::test]
async fn a_slow_call_does_not_hold_up_another() {
    let setting = setting();
    let (client, _told) = Client::connect(&setting.endpoint).await.unwrap();
    let slow = client.call(Yield {
        rank: control::Rank::App,
    });
    tokio::select! {
        _ = slow => panic!("it never answers"),
        quick = client.call(OpenWindow {}) => drop(quick.unwrap()),
    }
}

#[tokio::test]
async fn the_server_learns_that_a_client_has_gone() {
    let mut setting = setting();
    let (client, _told) = Client::connect(&setting.endpoint).await.unwrap();
    client.call(OpenWindow {}).await.unwrap();
    drop(client);
    assert_eq!(setting.ended.recv().await, Some(Connection(1)));
}

#[tokio::test]
async fn a_caller_learns_that_the_keeper_has_gone() {
    let setting = setting();
    let (client, _told) = Client::connect(&setting.endpoint).await.unwrap();
    let slow = client.call(Yield {
        rank: control::Rank::App,
    });
    let close = async {
        client.call(OpenWindow {}).await.unwrap();
        drop(setting.server);
    };
    let (outcome, ()) = tokio::join!(slow, close);
    assert!(matches!(outcome, Err(CallError::Gone)));
}

#[tokio::test]
async fn nobody_there_has_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Client::connect(&Endpoint::new(folder.path(), Some("nobody"))).await;
    assert!(matches!(outcome, Err(ConnectError::NobodyThere)));
}

#[cfg(unix)]
#[tokio::test]
async fn a_socket_file_left_by_a_crash_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::new(folder.path(), None);
    drop(std::os::unix::net::UnixListener::bind(endpoint.socket()).unwrap());
    assert!(matches!(
        Client::connect(&endpoint).await,
        Err(ConnectError::NobodyThere)
    ));
    let (ended, _listening) = mpsc::unbounded_channel();
    let _server = Server::start(&endpoint, Arc::new(Desk { ended })).unwrap();
    let (client, _told) = Client::connect(&endpoint).await.unwrap();
    client.call(OpenWindow {}).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn garbage_is_answered_and_does_not_hurt() {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let setting = setting();
    let mut stream = BufReader::new(
        tokio::net::UnixStream::connect(setting.endpoint.socket())
            .await
            .unwrap(),
    );
    let hello = br#"{"name":"zoomtray","protocol":1,"role":"control","pid":1}"#;
    stream.write_all(hello).await.unwrap();
    stream.write_all(b"\nwhat?\n").await.unwrap();
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    line.clear();
    stream.read_line(&mut line).await.unwrap();
    assert!(line.contains("not a request of this protocol"), "{line}");
}
