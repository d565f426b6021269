//! What lies between the client and Zoom: names, ports, certificates, proxies.
//!
//! Proxy and trusted roots come from the environment, which belongs to the whole process. So these
//! tests run this test binary again, with the environment they need and one test:
//! [`asks_where_its_parent_says`].

use super::{PATIENT, ask, closed_port, credentials, start};
use crate::http_client::{Connections, HttpClient};
use crate::scrub::Scrubber;
use crate::{OutageCause, ServiceUrls, TokenOutcome};
use fake_zoom::{Config, TlsFiles};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Resolves nowhere (RFC 2606): only a proxy can lead there.
const BEHIND_PROXY: &str = "zoom.invalid";
/// Where the child asks.
const TARGET: &str = "ZOOM_TEST_OAUTH_URL";

#[test]
#[ignore = "child: started by the other tests of this file, in an environment of its own"]
fn asks_where_its_parent_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let urls = ServiceUrls::parse(&std::env::var(TARGET).unwrap(), "https://zoom.invalid/v2");
    match runtime.block_on(ask(&urls.unwrap(), &credentials())) {
        TokenOutcome::Granted(_) => println!("outcome: granted"),
        TokenOutcome::Refused(refusal) => println!("outcome: {:?}", refusal.kind),
        TokenOutcome::Unavailable(outage) => println!("outcome: {:?}", outage.cause),
    }
}

/// The outcome in a process with this environment and none of the real one's network settings.
async fn outcome_of_child(oauth_url: &str, environment: &[(&str, &str)]) -> String {
    let name = "against_fake::network::asks_where_its_parent_says";
    let mut child = tokio::process::Command::new(std::env::current_exe().unwrap());
    child.args([
        "--exact",
        name,
        "--ignored",
        "--nocapture",
        "--test-threads=1",
    ]);
    for variable in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"] {
        child
            .env_remove(variable)
            .env_remove(variable.to_lowercase());
    }
    child
        .env(TARGET, oauth_url)
        .envs(environment.iter().copied());
    let output = child.output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text
        .lines()
        .find_map(|line| line.split_once("outcome: "))
        .map(|(_, rest)| rest);
    line.unwrap_or_else(|| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)))
        .to_owned()
}

async fn cause(oauth_url: &str) -> OutageCause {
    let urls = ServiceUrls::parse(oauth_url, oauth_url).unwrap();
    match ask(&urls, &credentials()).await {
        TokenOutcome::Unavailable(outage) => outage.cause,
        other => panic!("not unavailable: {other:?}"),
    }
}

/// A certificate authority known to nobody, and a certificate of it.
struct PrivateCa {
    #[cfg(target_os = "linux")]
    root_pem: String,
    server: TlsFiles,
}

impl PrivateCa {
    fn new() -> Self {
        let mut root = CertificateParams::new(Vec::new()).unwrap();
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap();
        let names = vec![BEHIND_PROXY.to_owned(), "127.0.0.1".to_owned()];
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(names)
            .unwrap()
            .signed_by(&key, &root)
            .unwrap();
        let server = TlsFiles {
            chain_pem: server.pem(),
            key_pem: key.serialize_pem(),
        };
        Self {
            #[cfg(target_os = "linux")]
            root_pem: root.pem(),
            server,
        }
    }
}

/// What a proxy does with a request.
#[derive(Clone, Copy)]
enum Manners {
    /// Connects to this address, whatever host was asked for.
    Tunnel(SocketAddr),
    /// Answers so and closes.
    Answer(&'static str),
}

/// An HTTP proxy on loopback.
struct Proxy {
    url: String,
    requests: Arc<AtomicU64>,
}

impl Proxy {
    async fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(handle(stream, manners));
            }
        });
        Self { url, requests }
    }

    fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn handle(stream: TcpStream, manners: Manners) {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await.unwrap() > 2 {
        line.clear();
    }
    match manners {
        Manners::Tunnel(address) => {
            let mut target = TcpStream::connect(address).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .await
                .unwrap();
            // Ends as either side closes; how it closes is not this test's business.
            drop(tokio::io::copy_bidirectional(&mut stream, &mut target).await);
        }
        Manners::Answer(text) => stream.write_all(text.as_bytes()).await.unwrap(),
    }
}

const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\
Connection: close\r\n\r\n<html>Sign in\n";
const UNWANTED: &str = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
const WHO_ARE_YOU: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";

#[tokio::test]
async fn a_name_that_cannot_be_looked_up() {
    // A label of 64 letters is refused by the resolver itself: nothing is asked of a network.
    // Without TLS, which would refuse the name before.
    let url = format!("http://{}.invalid/oauth", "a".repeat(64));
    let http = HttpClient::new(PATIENT, Connections::CloseAfterUse).unwrap();
    let scrubber = Scrubber::for_bearer(&"token".into());
    let answer = http.send(&url, http.requests().get(&url), &scrubber).await;
    assert_eq!(
        answer.err().map(|outage| outage.cause),
        Some(OutageCause::Dns)
    );
}

#[tokio::test]
async fn a_port_nobody_listens_on() {
    let url = format!("http://{}/oauth", closed_port().await);
    assert_eq!(cause(&url).await, OutageCause::Connect);
}

#[tokio::test]
async fn a_certificate_of_a_stranger() {
    let config = Config {
        tls: Some(PrivateCa::new().server),
        ..Config::default()
    };
    let (zoom, urls) = start(config).await;
    assert_eq!(cause(urls.oauth()).await, OutageCause::Tls);
    assert_eq!(
        zoom.counters().token.requests,
        0,
        "the secret went to a stranger"
    );
}

#[tokio::test]
async fn a_certificate_of_a_stranger_behind_the_proxy() {
    let config = Config {
        tls: Some(PrivateCa::new().server),
        ..Config::default()
    };
    let (zoom, _) = start(config).await;
    let proxy = Proxy::start(Manners::Tunnel(zoom.address())).await;
    let url = format!("https://{BEHIND_PROXY}/oauth");
    let outcome = outcome_of_child(&url, &[("HTTPS_PROXY", &proxy.url)]).await;
    assert_eq!((outcome.as_str(), proxy.requests()), ("Tls", 1));
    assert_eq!(
        zoom.counters().token.requests,
        0,
        "the secret went to a stranger"
    );
}

#[tokio::test]
async fn a_port_that_speaks_no_tls() {
    let (zoom, _) = start(Config::default()).await;
    let url = zoom.oauth_url().replace("http://", "https://");
    assert_eq!(cause(&url).await, OutageCause::Tls);
}

/// `SSL_CERT_FILE` is how Linux names further roots; macOS and Windows have their own stores.
#[cfg(target_os = "linux")]
mod private_ca {
    use super::*;
    use fake_zoom::FakeZoom;

    fn roots(ca: &PrivateCa) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs_err::write(file.path(), &ca.root_pem).unwrap();
        file
    }

    async fn zoom_of(ca: &PrivateCa) -> FakeZoom {
        let config = Config {
            tls: Some(ca.server.clone()),
            ..Config::default()
        };
        FakeZoom::start(config).await.unwrap()
    }

    #[tokio::test]
    async fn is_trusted_once_the_system_says_so() {
        let ca = PrivateCa::new();
        let zoom = zoom_of(&ca).await;
        let file = roots(&ca);
        let environment = [("SSL_CERT_FILE", file.path().to_str().unwrap())];
        assert_eq!(
            outcome_of_child(&zoom.oauth_url(), &environment).await,
            "granted"
        );
        assert_eq!(zoom.counters().token.granted, 1);
    }

    #[tokio::test]
    async fn is_reached_through_the_proxy_of_the_environment() {
        let ca = PrivateCa::new();
        let zoom = zoom_of(&ca).await;
        let proxy = Proxy::start(Manners::Tunnel(zoom.address())).await;
        let file = roots(&ca);
        let environment = [
            ("SSL_CERT_FILE", file.path().to_str().unwrap()),
            ("HTTPS_PROXY", proxy.url.as_str()),
        ];
        let url = format!("https://{BEHIND_PROXY}/oauth");
        assert_eq!(outcome_of_child(&url, &environment).await, "granted");
        assert_eq!((proxy.requests(), zoom.counters().token.granted), (1, 1));
    }
}

#[tokio::test]
async fn a_proxy_that_does_not_connect() {
    let url = format!("https://{BEHIND_PROXY}/oauth");
    for answer in [UNWANTED, WHO_ARE_YOU, PAGE] {
        let proxy = Proxy::start(Manners::Answer(answer)).await;
        let outcome = outcome_of_child(&url, &[("HTTPS_PROXY", &proxy.url)]).await;
        assert_eq!(outcome, "Proxy", "{answer}");
        assert_eq!(proxy.requests(), 1, "{answer}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there() {
    let proxy = format!("http://{}", closed_port().await);
    let url = format!("https://{BEHIND_PROXY}/oauth");
    assert_eq!(
        outcome_of_child(&url, &[("HTTPS_PROXY", &proxy)]).await,
        "Proxy"
    );
}

#[tokio::test]
async fn a_proxy_that_answers_with_a_page() {
    let (zoom, urls) = start(Config::default()).await;
    let proxy = Proxy::start(Manners::Answer(PAGE)).await;
    let outcome = outcome_of_child(urls.oauth(), &[("HTTP_PROXY", &proxy.url)]).await;
    assert_eq!((outcome.as_str(), proxy.requests()), ("Html", 1));
    assert_eq!(zoom.counters().token.requests, 0);
}

#[tokio::test]
async fn a_host_the_proxy_is_not_for() {
    let (zoom, urls) = start(Config::default()).await;
    let proxy = Proxy::start(Manners::Answer(PAGE)).await;
    let environment = [
        ("HTTP_PROXY", proxy.url.as_str()),
        ("NO_PROXY", "127.0.0.1"),
    ];
    assert_eq!(
        outcome_of_child(urls.oauth(), &environment).await,
        "granted"
    );
    assert_eq!((proxy.requests(), zoom.counters().token.granted), (0, 1));
}
