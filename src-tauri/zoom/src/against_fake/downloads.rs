//! Files of recordings: to whom the token goes, and what a file is.

use super::api::token;
use super::{PATIENT, start};
use crate::{ApiClient, ApiOutcome, ForeignAddress, OutageCause, ServiceUrls};
use fake_zoom::{Config, Endpoint, FakeZoom, Fault};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// A transcript of the example.
const FILE: &str = "a6ea71c1-9eb6-4bf1-8a2d-0d1d4d8bdb4e";

fn address(urls: &ServiceUrls) -> String {
    let host = urls.api().strip_suffix("/v2").unwrap();
    format!("{host}/rec/download/{FILE}")
}

async fn download(urls: &ServiceUrls, address: &str) -> Result<ApiOutcome<String>, ForeignAddress> {
    let token = token(urls).await;
    let client = ApiClient::new(PATIENT).unwrap();
    client.download(urls, &token, address).await
}

fn redirect_to(zoom: &FakeZoom, location: String) {
    zoom.push_fault(Endpoint::Download, Fault::Redirect { location }, Some(1));
}

/// A host that is not Zoom's; tells the head of each request and answers a file.
async fn elsewhere() -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/file.vtt", listener.local_addr().unwrap());
    let (requests, heard) = mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                asked.push(stream.read_u8().await.unwrap());
            }
            requests
                .send(String::from_utf8(asked).unwrap())
                .await
                .unwrap();
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nWEBVTT";
            stream.write_all(answer).await.unwrap();
        }
    });
    (address, heard)
}

#[tokio::test]
async fn a_file_of_zooms_is_fetched_with_the_token() {
    let (_zoom, urls) = start(Config::default()).await;
    let outcome = download(&urls, &address(&urls)).await.unwrap();
    assert!(
        matches!(&outcome, ApiOutcome::Ok(text) if text.starts_with("WEBVTT\r\n")),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_redirect_within_zoom_keeps_the_token() {
    let (zoom, urls) = start(Config::default()).await;
    redirect_to(&zoom, format!("/rec/download/{FILE}?again"));
    let outcome = download(&urls, &address(&urls)).await.unwrap();
    assert!(matches!(outcome, ApiOutcome::Ok(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_redirect_elsewhere_is_followed_without_the_token() {
    let (zoom, urls) = start(Config::default()).await;
    let (elsewhere, mut heard) = elsewhere().await;
    redirect_to(&zoom, elsewhere);
    let outcome = download(&urls, &address(&urls)).await.unwrap();
    assert_eq!(outcome, ApiOutcome::Ok("WEBVTT".into()));
    let request = heard.recv().await.unwrap().to_ascii_lowercase();
    assert!(request.starts_with("get /file.vtt"), "{request}");
    assert!(!request.contains("authorization"), "{request}");
}

#[tokio::test]
async fn an_address_elsewhere_is_not_asked() {
    let (_zoom, urls) = start(Config::default()).await;
    let (elsewhere, mut heard) = elsewhere().await;
    let refused = download(&urls, &elsewhere).await.unwrap_err();
    assert_eq!(refused.host, "127.0.0.1");
    assert!(heard.try_recv().is_err(), "it heard nothing");
}

#[tokio::test]
async fn redirects_without_end_are_given_up() {
    let (zoom, urls) = start(Config::default()).await;
    let location = address(&urls);
    zoom.push_fault(Endpoint::Download, Fault::Redirect { location }, None);
    assert!(download(&urls, &address(&urls)).await.is_err());
}

#[tokio::test]
async fn what_is_no_file_is_told_as_what_it_is() {
    let (zoom, urls) = start(Config::default()).await;
    for (fault, cause) in [
        (Fault::Html { status: 200 }, OutageCause::Html),
        (Fault::CutJson, OutageCause::CutBody),
        (
            Fault::ServerError { status: 502 },
            OutageCause::ServerError(502),
        ),
    ] {
        zoom.push_fault(Endpoint::Download, fault.clone(), Some(1));
        let outcome = download(&urls, &address(&urls)).await.unwrap();
        assert!(
            matches!(&outcome, ApiOutcome::Unavailable(outage) if outage.outage.cause == cause),
            "{fault:?}: {outcome:?}"
        );
    }
    zoom.push_fault(Endpoint::Download, Fault::TokenRejected, Some(1));
    let outcome = download(&urls, &address(&urls)).await.unwrap();
    assert!(
        matches!(outcome, ApiOutcome::TokenRejected(_)),
        "{outcome:?}"
    );
}
