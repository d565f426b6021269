//! The API call that tells whether a token works.

use super::{PATIENT, ask, credentials, start};
use crate::{ApiClient, ApiOutcome, OutageCause, ServiceUrls, TokenOutcome, User};
use fake_zoom::{App, Config, Endpoint, FakeZoom, Fault, Mode};
use secrecy::SecretString;

const ME: &str = "GET /v2/users/me";

pub(super) async fn token(urls: &ServiceUrls) -> SecretString {
    match ask(urls, &credentials()).await {
        TokenOutcome::Granted(grant) => grant.access_token,
        other => panic!("not granted: {other:?}"),
    }
}

async fn me(urls: &ServiceUrls, token: &SecretString) -> ApiOutcome<User> {
    ApiClient::new(PATIENT).unwrap().get_me(urls, token).await
}

async fn me_with(zoom: &FakeZoom, urls: &ServiceUrls, fault: Fault) -> ApiOutcome<User> {
    let token = token(urls).await;
    zoom.push_fault(Endpoint::Api, fault, Some(1));
    me(urls, &token).await
}

#[tokio::test]
async fn a_good_token_names_its_owner() {
    let (zoom, urls) = start(Config::default()).await;
    let ApiOutcome::Ok(user) = me(&urls, &token(&urls).await).await else {
        panic!("not ok")
    };
    assert_eq!(user.account_id, App::default().account_id);
    assert_eq!(zoom.counters().api_calls(ME, 200), 1);
}

#[tokio::test]
async fn an_unknown_an_expired_and_a_killed_token_are_rejected() {
    let (zoom, urls) = start(Config {
        mode: Mode::Single,
        ..Config::default()
    })
    .await;
    let first = token(&urls).await;
    zoom.set_lifetime(0);
    let second = token(&urls).await;
    for (token, what) in [
        (first, "killed"),
        (second, "expired"),
        ("x".into(), "unknown"),
    ] {
        let outcome = me(&urls, &token).await;
        assert!(
            matches!(outcome, ApiOutcome::TokenRejected(_)),
            "{what}: {outcome:?}"
        );
    }
    assert_eq!(zoom.counters().api_calls(ME, 401), 3);
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let (zoom, urls) = start(Config {
        scopes: vec!["room:read:admin".into()],
        ..Config::default()
    })
    .await;
    let outcome = me(&urls, &token(&urls).await).await;
    let ApiOutcome::MissingScope { scopes, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(scopes, ["user:read:user:admin"]);
    zoom.set_scopes(vec!["user:read:admin".into()]);
    assert!(matches!(
        me(&urls, &token(&urls).await).await,
        ApiOutcome::Ok(_)
    ));
}

#[tokio::test]
async fn faults_of_the_api_have_their_outcomes() {
    let (zoom, urls) = start(Config::default()).await;
    let limited = me_with(
        &zoom,
        &urls,
        Fault::RateLimited {
            retry_after: Some("7".into()),
        },
    )
    .await;
    assert!(
        matches!(&limited, ApiOutcome::RateLimited(outage) if outage.outage.retry_after.is_some()),
        "{limited:?}"
    );
    for (fault, cause) in [
        (
            Fault::ServerError { status: 500 },
            OutageCause::ServerError(500),
        ),
        (Fault::Html { status: 200 }, OutageCause::Html),
        (Fault::CutJson, OutageCause::CutBody),
        (
            Fault::Redirect {
                location: "http://127.0.0.1:1/".into(),
            },
            OutageCause::Redirected(302),
        ),
    ] {
        let outcome = me_with(&zoom, &urls, fault.clone()).await;
        assert!(
            matches!(&outcome, ApiOutcome::Unavailable(outage) if outage.outage.cause == cause),
            "{fault:?}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_carries_what_support_asks_for() {
    let (zoom, urls) = start(Config::default()).await;
    let outcome = me_with(&zoom, &urls, Fault::ErrorUnder200).await;
    let ApiOutcome::Refused(refusal) = outcome else {
        panic!("not refused: {outcome:?}")
    };
    assert_eq!((refusal.status, refusal.code), (200, 200));
    let tracking = refusal.tracking_id.unwrap_or_default();
    assert!(
        tracking.starts_with("v=2.0;clid=us02;rid=WEB_"),
        "{tracking}"
    );
}
