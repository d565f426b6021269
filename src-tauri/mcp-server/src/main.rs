//! `zoomtray-mcp`: the bundled MCP server, on standard input and output.
//!
//! It answers `initialize` before it touches network, keeper or certificates, never returns or
//! logs a token, and exits within a second of the end of its standard input.

mod alone;
mod caller;
mod clock;
mod inputs;
mod meetings;
mod no_auth;
mod outcome;
mod prompts;
mod recordings;
mod rooms;
mod server;
mod source;
mod token;
mod tool;
mod tools;
mod transcripts;
mod transport;
mod users;

use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use server::{Credentials, Server};
use std::process::ExitCode;
use std::time::Duration;
use transport::{Ended, Opening};

/// What is left for answers and farewells after the end of standard input; with the time to
/// notice it and to exit, less than a second.
const FAREWELL: Duration = Duration::from_millis(800);

/// How it is started.
const USAGE: &str = "usage: zoomtray-mcp [--no-auth]

An MCP server for Zoom on standard input and output, with the token that Zoomtray keeps.

  --no-auth   only the recordings tools, with credentials in each call";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let credentials = match arguments.as_slice() {
        [] => Credentials::Kept,
        [only] if only == "--no-auth" => Credentials::Brought,
        _ => {
            complain(USAGE);
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return complain(&format!("cannot start: {error}")),
    };
    let code = runtime.block_on(serve(credentials));
    // Not awaited: a thread may be reading a standard input that has not ended.
    runtime.shutdown_background();
    code
}

async fn serve(credentials: Credentials) -> ExitCode {
    let source = source::from_environment();
    let (read, write) = rmcp::transport::stdio_pipes();
    let (transport, ended) = Opening::new(read, write);
    let upkeep = source.clone();
    let keeping = tokio::spawn(async move {
        if credentials == Credentials::Kept {
            alone::keep(upkeep).await;
        }
    });
    let talk = talk(Server::new(source.clone(), credentials), transport);
    let outcome = tokio::select! {
        outcome = talk => outcome,
        () = farewell_over(ended) => Ok(()),
    };
    keeping.abort();
    // It has ended then, and holds no connection.
    let _aborted = keeping.await;
    // Past its time a keeper in this process is left as a crash would leave it, which is safe.
    let _in_time_or_not = tokio::time::timeout(FAREWELL / 8, source.leave()).await;
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => complain(&problem),
    }
}

/// Serves until the client leaves and every answer is written.
async fn talk(server: Server, transport: Opening<impl Reads, impl Writes>) -> Result<(), String> {
    match server.serve(transport).await {
        Ok(session) => session
            .waiting()
            .await
            .map(|_reason| ())
            .map_err(|error| error.to_string()),
        // A probe that leaves without opening a session.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(format!("the client opened no session: {error}")),
    }
}

/// The reading half of the pipes.
trait Reads: tokio::io::AsyncRead + Send + Unpin + 'static {}
impl<T: tokio::io::AsyncRead + Send + Unpin + 'static> Reads for T {}
/// The writing half of the pipes.
trait Writes: tokio::io::AsyncWrite + Send + Unpin + 'static {}
impl<T: tokio::io::AsyncWrite + Send + Unpin + 'static> Writes for T {}

async fn farewell_over(ended: Ended) {
    ended.wait().await;
    tokio::time::sleep(FAREWELL).await;
}

#[expect(clippy::print_stderr, reason = "a stdio server's log is its stderr")]
fn complain(problem: &str) -> ExitCode {
    eprintln!("zoomtray-mcp: {problem}");
    ExitCode::FAILURE
}
