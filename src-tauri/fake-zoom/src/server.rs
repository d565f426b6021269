//! The listener on loopback and the handle that drives it.

use crate::config::{Config, Mode, TlsFiles};
use crate::contents::Contents;
use crate::control::FaultOrder;
use crate::counters::Counters;
use crate::fault::{Endpoint, Fault};
use crate::oauth::Consent;
use crate::reply::Reply;
use crate::wire::{HangUp, ReplyBody, Request};
use crate::world::World;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// It could not be started.
#[derive(Debug, Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}: {source}; choose another port, or 0 for any")]
    Listen {
        /// The port asked for.
        port: u16,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The PEM text holds no usable certificate or key.
    #[error("cannot read the certificate or key: {0}; give PEM text")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// Certificate and key do not serve.
    #[error("cannot speak TLS with this certificate and key: {0}")]
    Tls(#[from] rustls::Error),
}

/// A running fake Zoom. Dropped, it closes the listener and every connection.
#[derive(Debug)]
pub struct FakeZoom {
    address: SocketAddr,
    scheme: &'static str,
    world: Shared,
    listener: JoinHandle<()>,
}

type Shared = Arc<Mutex<World>>;

impl FakeZoom {
    /// Listens and serves on the current tokio runtime.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let port = config.port;
        let refused = |source| StartError::Listen { port, source };
        let tls = config.tls.as_ref().map(acceptor).transpose()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let world = Arc::new(Mutex::new(World::new(
            config,
            format!("{scheme}://{address}"),
        )));
        let listener = tokio::spawn(accept(listener, tls, Arc::clone(&world)));
        Ok(Self {
            address,
            scheme,
            world,
            listener,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// In place of `https://zoom.us/oauth`.
    #[must_use]
    pub fn oauth_url(&self) -> String {
        format!("{}://{}/oauth", self.scheme, self.address)
    }

    /// In place of `https://api.zoom.us/v2`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}://{}/v2", self.scheme, self.address)
    }

    /// The base of the control interface.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("{}://{}/_fake", self.scheme, self.address)
    }

    /// What was asked of it so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        lock(&self.world).counters.clone()
    }

    /// Clears counters and faults.
    pub fn reset(&self) {
        lock(&self.world).reset();
    }

    /// Puts a fault in the queue: for so many requests, or for all until cleared.
    pub fn push_fault(&self, endpoint: Endpoint, fault: Fault, times: Option<u32>) {
        lock(&self.world).order(FaultOrder {
            endpoint,
            fault,
            times,
        });
    }

    /// Clears the queue.
    pub fn clear_faults(&self) {
        lock(&self.world).plan.clear();
    }

    /// The lifetime of tokens to come.
    pub fn set_lifetime(&self, seconds: u64) {
        lock(&self.world).lifetime_seconds = seconds;
    }

    /// What tokens to come do to those before them.
    pub fn set_mode(&self, mode: Mode) {
        lock(&self.world).mode = mode;
    }

    /// The scopes of the app.
    pub fn set_scopes(&self, scopes: Vec<String>) {
        lock(&self.world).scopes = scopes;
    }

    /// What there is from now on.
    pub fn set_contents(&self, contents: Contents) {
        lock(&self.world).contents = contents;
    }

    /// What there is now, after what calls changed.
    #[must_use]
    pub fn contents(&self) -> Contents {
        lock(&self.world).contents.clone()
    }

    /// What the user does at the sign-in page from now on.
    pub fn set_consent(&self, consent: Consent) {
        lock(&self.world).consent = consent;
    }

    /// Signs in to an app without its page, ends the sign-in before, and returns the refresh token.
    #[must_use]
    pub fn sign_in(&self, client_id: &str) -> String {
        lock(&self.world).sign_in(client_id)
    }

    /// Kills every refresh token and what belongs to it, as a sign-in elsewhere does.
    pub fn end_sign_ins(&self) {
        lock(&self.world).end_sign_ins();
    }

    /// Kills every access token.
    pub fn revoke_all(&self) {
        lock(&self.world).ledger.revoke_all();
    }
}

impl Drop for FakeZoom {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// Connections live in the set, so that they end with the listener.
async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, world: Shared) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, tls.clone(), Arc::clone(&world)));
                }
                // The peer is gone already, or the process is out of descriptors.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, world: Shared) {
    // Small answers must not wait for an acknowledgement.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    match tls {
        Some(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, world).await;
            }
        }
        None => serve(stream, world).await,
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, world: Shared) {
    let service = service_fn(|request| respond(request, Arc::clone(&world)));
    let served = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A connection ended by a fault or by the client ends here too.
    drop(served);
}

async fn respond(
    request: hyper::Request<Incoming>,
    world: Shared,
) -> Result<hyper::Response<ReplyBody>, HangUp> {
    let request = Request::read(request).await?;
    let _in_flight = (request.path == "/oauth/token").then(|| InFlight::enter(&world));
    let reply = reply(&request, &world);
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    reply.into_response()
}

fn reply(request: &Request, world: &Shared) -> Reply {
    let mut world = lock(world);
    if request.path.starts_with("/_fake/") {
        return world.control(request);
    }
    if let Some(endpoint) = Endpoint::of(&request.path) {
        return world.answer(endpoint, request, unix_milliseconds());
    }
    let complaint = format!("unknown path {}", request.path);
    world.counters.complain(complaint);
    Reply::text(
        404,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><title>404</title>\n",
    )
}

/// Counts a token request for as long as its answer takes.
struct InFlight(Shared);

impl InFlight {
    fn enter(world: &Shared) -> Self {
        lock(world).counters.token.enter();
        Self(Arc::clone(world))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        lock(&self.0).counters.token.leave();
    }
}

/// A test that panicked elsewhere must not hide its reason behind a poisoned lock.
fn lock(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unix_milliseconds() -> i64 {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}

fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, StartError> {
    let chain = CertificateDer::pem_slice_iter(files.chain_pem.as_bytes())
        .collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(files.key_pem.as_bytes())?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
