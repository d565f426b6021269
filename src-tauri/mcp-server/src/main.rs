//! `zoomtray-mcp`: the bundled MCP server, on standard input and output.
//!
//! It answers `initialize` before it touches network, keeper or certificates, never returns or
//! logs a token, and exits within a second of the end of its standard input.

mod clock;
mod connection_test;
mod refresh;
mod reply;
mod server;
mod source;
mod status;
mod tools;
mod transport;

use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use server::Server;
use std::process::ExitCode;
use std::time::Duration;
use transport::{Ended, Opening};

/// What is left for answers and farewells after the end of standard input; with the time to
/// notice it and to exit, less than a second.
const FAREWELL: Duration = Duration::from_millis(800);

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return complain(&format!("cannot start: {error}")),
    };
    let code = runtime.block_on(serve());
    // Not awaited: a thread may be reading a standard input that has not ended.
    runtime.shutdown_background();
    code
}

async fn serve() -> ExitCode {
    let source = source::from_environment();
    let (read, write) = rmcp::transport::stdio_pipes();
    let (transport, ended) = Opening::new(read, write);
    let talk = talk(Server::new(source.clone()), transport);
    let outcome = tokio::select! {
        outcome = talk => outcome,
        () = farewell_over(ended) => Ok(()),
    };
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
