//! The clients against a Zoom on loopback, over real connections.

mod api;
mod calls;
mod downloads;
mod grants;
mod network;
mod token;

use crate::{ServerToServer, ServiceUrls, TokenClient, TokenOutcome};
use fake_zoom::{App, Config, FakeZoom};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// Far above what loopback takes, so that only a hang reaches it.
const PATIENT: Duration = Duration::from_secs(20);

async fn start(config: Config) -> (FakeZoom, ServiceUrls) {
    let zoom = FakeZoom::start(config).await.unwrap();
    let urls = ServiceUrls::parse(&zoom.oauth_url(), &zoom.api_url()).unwrap();
    (zoom, urls)
}

/// An address at which nobody listens any more.
async fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
}

fn credentials() -> ServerToServer {
    let app = App::default();
    ServerToServer {
        account_id: app.account_id,
        client_id: app.client_id,
        client_secret: app.client_secret.into(),
        token_index: None,
    }
}

async fn ask(urls: &ServiceUrls, credentials: &ServerToServer) -> TokenOutcome {
    TokenClient::new(PATIENT)
        .unwrap()
        .server_to_server(urls, credentials)
        .await
}
