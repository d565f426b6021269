//! The token request: what is sent, and what each answer becomes.

use super::{PATIENT, ask, credentials, start};
use crate::{
    Grant, Notice, Outage, OutageCause, Refusal, ServerToServer, TokenClient, TokenOutcome,
};
use fake_zoom::{App, Config, Endpoint, Fault};
use lifecycle::{Answered, Basis, RetryAfter, WallTime};
use secrecy::ExposeSecret;
use serde_json::json;
use std::time::Duration;

fn granted(outcome: TokenOutcome) -> Grant {
    match outcome {
        TokenOutcome::Granted(grant) => grant,
        other => panic!("not granted: {other:?}"),
    }
}

fn refused(outcome: TokenOutcome) -> Refusal {
    match outcome {
        TokenOutcome::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn unavailable(outcome: TokenOutcome) -> Outage {
    match outcome {
        TokenOutcome::Unavailable(outage) => outage,
        other => panic!("not unavailable: {other:?}"),
    }
}

#[tokio::test]
async fn a_token_is_granted_by_one_request_without_fault() {
    let (zoom, urls) = start(Config {
        lifetime_seconds: 915,
        ..Config::default()
    })
    .await;
    let grant = granted(ask(&urls, &credentials()).await);
    assert_eq!(grant.expiry.expires_in, Some(915));
    assert_eq!(grant.scopes, Config::default().scopes);
    assert_eq!(grant.api_url.as_deref(), Some("https://api-us.zoom.us"));
    assert!(grant.notices.is_empty());
    let counters = zoom.counters();
    assert_eq!((counters.token.requests, counters.token.granted), (1, 1));
    assert_eq!(counters.complaints, Vec::<String>::new());
}

#[tokio::test]
async fn each_wrong_credential_has_its_refusal() {
    let (zoom, urls) = start(Config::default()).await;
    let right = credentials();
    let cases = [
        (
            ServerToServer {
                client_secret: "wrong".into(),
                ..right.clone()
            },
            Answered::InvalidClient,
        ),
        (
            ServerToServer {
                client_id: "wrong".into(),
                ..right.clone()
            },
            Answered::InvalidClient,
        ),
        (
            ServerToServer {
                account_id: "wrong".into(),
                ..right
            },
            Answered::UnknownAccount,
        ),
    ];
    for (credentials, kind) in cases {
        assert_eq!(
            refused(ask(&urls, &credentials).await).kind,
            kind,
            "{credentials:?}"
        );
    }
    assert_eq!(
        zoom.counters().complaints,
        Vec::<String>::new(),
        "the form itself was right"
    );
}

#[tokio::test]
async fn every_refusal_is_told_apart() {
    let (zoom, urls) = start(Config::default()).await;
    let cases = [
        (Fault::InvalidClient, Answered::InvalidClient),
        (Fault::InvalidGrant, Answered::InvalidGrant),
        (Fault::UnknownAccount, Answered::UnknownAccount),
        (Fault::UnsupportedGrant, Answered::UnsupportedGrant),
        (Fault::Disabled, Answered::Disabled),
        (
            Fault::Status {
                status: 401,
                body: r#"{"error":"new"}"#.into(),
            },
            Answered::Other,
        ),
    ];
    for (fault, kind) in cases {
        zoom.push_fault(Endpoint::Token, fault.clone(), Some(1));
        assert_eq!(
            refused(ask(&urls, &credentials()).await).kind,
            kind,
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn every_outage_is_told_apart() {
    let (zoom, urls) = start(Config::default()).await;
    let elsewhere = format!("{}/elsewhere", zoom.oauth_url());
    let cases = [
        (
            Fault::RateLimited { retry_after: None },
            OutageCause::RateLimited,
        ),
        (
            Fault::ServerError { status: 408 },
            OutageCause::ServerError(408),
        ),
        (
            Fault::ServerError { status: 503 },
            OutageCause::ServerError(503),
        ),
        (Fault::Html { status: 200 }, OutageCause::Html),
        (Fault::Html { status: 403 }, OutageCause::Html),
        (
            Fault::Redirect {
                location: elsewhere,
            },
            OutageCause::Redirected(302),
        ),
        (Fault::CutJson, OutageCause::CutBody),
        (Fault::ShortJson, OutageCause::CutBody),
        (
            Fault::Status {
                status: 200,
                body: "ok".into(),
            },
            OutageCause::NotJson,
        ),
        (
            Fault::Status {
                status: 200,
                body: "{}".into(),
            },
            OutageCause::Unrecognised(200),
        ),
        (Fault::Reset, OutageCause::ConnectionLost),
    ];
    for (fault, cause) in cases {
        zoom.push_fault(Endpoint::Token, fault.clone(), Some(1));
        assert_eq!(
            unavailable(ask(&urls, &credentials()).await).cause,
            cause,
            "{fault:?}"
        );
    }
    let complaints = zoom.counters().complaints;
    assert_eq!(
        complaints,
        Vec::<String>::new(),
        "the redirect was followed"
    );
}

#[tokio::test]
async fn silence_ends_with_the_time_out() {
    let (zoom, urls) = start(Config::default()).await;
    zoom.push_fault(Endpoint::Token, Fault::Hang { seconds: 600.0 }, None);
    let client = TokenClient::new(Duration::from_millis(100)).unwrap();
    let outage = unavailable(client.server_to_server(&urls, &credentials()).await);
    assert_eq!(outage.cause, OutageCause::Timeout);
}

#[tokio::test]
async fn the_wait_zoom_asks_for_is_handed_on() {
    let (zoom, urls) = start(Config::default()).await;
    let at = RetryAfter::At(WallTime(1_737_331_200_000));
    let cases = [
        ("7", Some(RetryAfter::In(Duration::from_secs(7)))),
        ("2025-01-20T00:00:00Z", Some(at)),
        ("Mon, 20 Jan 2025 00:00:00 GMT", Some(at)),
        ("later", None),
    ];
    for (value, expected) in cases {
        let fault = Fault::RateLimited {
            retry_after: Some(value.into()),
        };
        zoom.push_fault(Endpoint::Token, fault, Some(1));
        assert_eq!(
            unavailable(ask(&urls, &credentials()).await).retry_after,
            expected,
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_lifetime_not_given_comes_from_the_token_or_is_assumed() {
    let (zoom, urls) = start(Config::default()).await;
    for (fault, basis) in [
        (Fault::NoExpiresIn, Basis::Token),
        (Fault::ExpiresIn { value: json!(0) }, Basis::Token),
        (
            Fault::ExpiresIn {
                value: json!("3600"),
            },
            Basis::Token,
        ),
        (Fault::NothingAboutExpiry, Basis::Assumed),
    ] {
        zoom.push_fault(Endpoint::Token, fault.clone(), Some(1));
        let expiry = granted(ask(&urls, &credentials()).await).expiry;
        assert_eq!(expiry.lifetime(WallTime(0)).basis, basis, "{fault:?}");
    }
}

#[tokio::test]
async fn an_index_the_app_has_is_used() {
    let app = App {
        highest_index: 3,
        ..App::default()
    };
    let (zoom, urls) = start(Config {
        apps: vec![app],
        ..Config::default()
    })
    .await;
    let credentials = ServerToServer {
        token_index: Some(3),
        ..credentials()
    };
    assert!(granted(ask(&urls, &credentials).await).notices.is_empty());
    assert_eq!(zoom.counters().token.requests, 1);
}

#[tokio::test]
async fn an_index_the_app_has_not_is_left_out_once_and_said() {
    let (zoom, urls) = start(Config::default()).await;
    let credentials = ServerToServer {
        token_index: Some(3),
        ..credentials()
    };
    let grant = granted(ask(&urls, &credentials).await);
    assert_eq!(grant.notices, [Notice::IndexRefused(3)]);
    assert!(
        grant.notices[0]
            .to_string()
            .starts_with("This app has no index 3;")
    );
    assert_eq!(zoom.counters().token.requests, 2);
}

#[tokio::test]
async fn a_refusal_of_something_else_is_not_blamed_on_the_index() {
    let (zoom, urls) = start(Config::default()).await;
    let wrong = ServerToServer {
        token_index: Some(3),
        client_secret: "wrong".into(),
        ..credentials()
    };
    assert_eq!(
        refused(ask(&urls, &wrong).await).kind,
        Answered::InvalidClient
    );
    assert_eq!(zoom.counters().token.requests, 1);
}

#[tokio::test]
async fn the_request_without_the_index_is_the_last() {
    let (zoom, urls) = start(Config::default()).await;
    let body = r#"{"reason":"Invalid Grant","error":"invalid_request"}"#;
    zoom.push_fault(
        Endpoint::Token,
        Fault::Status {
            status: 400,
            body: body.into(),
        },
        None,
    );
    let credentials = ServerToServer {
        token_index: Some(3),
        ..credentials()
    };
    assert_eq!(
        refused(ask(&urls, &credentials).await).kind,
        Answered::InvalidGrant
    );
    assert_eq!(zoom.counters().token.requests, 2);
}

#[tokio::test]
async fn no_secret_is_printed() {
    let (zoom, urls) = start(Config::default()).await;
    let secret = App::default().client_secret;
    let client = TokenClient::new(PATIENT).unwrap();
    let outcome = client.server_to_server(&urls, &credentials()).await;
    let token = granted(outcome.clone())
        .access_token
        .expose_secret()
        .to_owned();
    zoom.push_fault(Endpoint::Token, Fault::Reset, Some(1));
    let outage = unavailable(ask(&urls, &credentials()).await);
    let echo = format!(r#"{{"error":"invalid_client","reason":"no {secret}"}}"#);
    zoom.push_fault(
        Endpoint::Token,
        Fault::Status {
            status: 400,
            body: echo,
        },
        Some(1),
    );
    let refusal = refused(ask(&urls, &credentials()).await);
    let printed = format!(
        "{:?} {client:?} {outcome:?} {outage:?} {outage} {refusal:?} {refusal} {}",
        credentials(),
        refusal.detail()
    );
    assert!(!printed.contains(&secret), "{printed}");
    assert!(!printed.contains(&token), "{printed}");
}
