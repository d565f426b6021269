//! The bundled server's connection, with a real child process that behaves as told. Unix: it
//! runs under the guard of `test-process`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use gateway::{BundledLaunch, BundledServer, Connection, Failure, Inherited, Launch};
use lifecycle::WallTime;
use std::path::Path;
use tempfile::TempDir;
use tokio::sync::watch;

/// The program of `test-process`.
const PROCESS: &str = env!("CARGO_BIN_EXE_gateway-test-process");

fn start(folder: &Path, script: &str) -> BundledServer {
    let server = Launch {
        guard: PROCESS.into(),
        program: PROCESS.into(),
        arguments: vec!["server".into()],
        inherited: Inherited::All,
        folder: None,
        environment: vec![
            ("TEST_SERVER".into(), Some(script.into())),
            ("TEST_STARTS".into(), Some(folder.join("starts").into())),
        ],
    };
    BundledServer::start(BundledLaunch {
        server,
        log: folder.join("server.log"),
        secrets: vec!["planted-secret".into()],
        clock: || WallTime(1_700_000_000_000),
    })
}

async fn wait_for(server: &BundledServer, wanted: impl Fn(&Connection) -> bool) -> Connection {
    server.connection().wait_for(wanted).await.unwrap().clone()
}

/// Waits for it once more, after a change: what lies between may be over before it is seen.
async fn wait_for_again(
    seen: &mut watch::Receiver<Connection>,
    wanted: impl FnMut(&Connection) -> bool,
) {
    seen.changed().await.unwrap();
    seen.wait_for(wanted).await.unwrap();
}

fn is_connected(connection: &Connection) -> bool {
    matches!(connection, Connection::Connected { .. })
}

fn starts(folder: &TempDir) -> usize {
    fs_err::read(folder.path().join("starts")).unwrap().len()
}

#[tokio::test]
async fn an_answer_is_a_connection_and_reconnect_restarts_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), "fine");
    let connection = wait_for(&server, is_connected).await;
    let now = WallTime(1_700_000_000_000);
    let missing_scopes = vec!["a:b".to_owned()];
    assert_eq!(
        connection,
        Connection::Connected {
            since: now,
            last_answer: now,
            missing_scopes
        }
    );

    let mut seen = server.connection();
    seen.borrow_and_update();
    server.reconnect();
    wait_for_again(&mut seen, is_connected).await;
    assert_eq!(starts(&folder), 2);

    server.close().await.unwrap();
    let log = fs_err::read_to_string(folder.path().join("server.log")).unwrap();
    assert_eq!(log, "started with <redacted>\n".repeat(2));
}

#[tokio::test]
async fn a_lapsed_proof_is_renewed_by_the_same_process() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), "fine");
    let mut seen = server.connection();
    seen.wait_for(is_connected).await.unwrap();
    server.prove();
    wait_for_again(&mut seen, is_connected).await;
    assert_eq!(starts(&folder), 1);
}

#[tokio::test]
async fn a_rejected_token_is_no_connection() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), "rejects");
    let failed = wait_for(&server, |seen| matches!(seen, Connection::Failed { .. })).await;
    assert_eq!(
        failed,
        Connection::Failed {
            why: Failure::Rejected("no".to_owned())
        }
    );
}

#[tokio::test]
async fn a_crashed_server_is_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), "crashes");
    let crashed = Connection::Failed {
        why: Failure::Crashed,
    };
    let mut seen = server.connection();
    let is_crashed = |connection: &Connection| *connection == crashed;
    seen.wait_for(is_crashed).await.unwrap();
    wait_for_again(&mut seen, is_crashed).await;
    assert_eq!(starts(&folder), 2);
}

#[tokio::test]
async fn a_server_that_dies_at_start_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), "dies");
    let failed = wait_for(&server, |seen| matches!(seen, Connection::Failed { .. })).await;
    assert!(
        matches!(
            failed,
            Connection::Failed {
                why: Failure::Unusable(_)
            }
        ),
        "{failed:?}"
    );
}
