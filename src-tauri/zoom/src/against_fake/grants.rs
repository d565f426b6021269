//! A sign-in, its refresh tokens and its end.

use super::{PATIENT, closed_port, start};
use crate::{
    Class, Grant, GrantType, OutageCause, RedirectError, Refusal, RevokeOutcome, ServiceUrls,
    SignIn, TokenClient, TokenOutcome, UserApp,
};
use fake_zoom::{Config, Consent, Endpoint, FakeZoom, Fault, REDIRECT};
use lifecycle::rotating::{Arrival, Ending, Refresh};
use lifecycle::{Answered, Transient};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::time::Duration;

fn client() -> TokenClient {
    TokenClient::new(PATIENT).unwrap()
}

fn app(app: fake_zoom::UserApp) -> UserApp {
    UserApp {
        client_id: app.client_id,
        client_secret: app.client_secret.map(SecretString::from),
    }
}

fn apps() -> [UserApp; 2] {
    [
        app(fake_zoom::UserApp::confidential(REDIRECT)),
        app(fake_zoom::UserApp::public(REDIRECT)),
    ]
}

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

/// Where the browser is led after the sign-in page.
async fn browse(sign_in: &SignIn) -> String {
    let builder = reqwest::Client::builder().no_proxy();
    let browser = builder
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let response = browser.get(sign_in.address()).send().await.unwrap();
    let location = response.headers().get("location");
    location
        .unwrap_or_else(|| panic!("HTTP {}", response.status()))
        .to_str()
        .unwrap()
        .to_owned()
}

async fn signed_in(zoom: &FakeZoom, urls: &ServiceUrls, app: &UserApp) -> Grant {
    let sign_in = SignIn::begin(urls, app, REDIRECT).unwrap();
    let code = sign_in.read(&browse(&sign_in).await).unwrap();
    let grant = granted(client().exchange(urls, app, code).await);
    assert_eq!(zoom.counters().complaints, Vec::<String>::new());
    grant
}

async fn refresh(urls: &ServiceUrls, app: &UserApp, token: &SecretString) -> TokenOutcome {
    client().refresh(urls, app, token).await
}

fn of_zoom(zoom: &FakeZoom, app: &UserApp) -> SecretString {
    zoom.sign_in(&app.client_id).into()
}

#[tokio::test]
async fn a_sign_in_brings_a_pair_and_each_refresh_token_the_next() {
    for app in apps() {
        let (zoom, urls) = start(Config::default()).await;
        let mut token = signed_in(&zoom, &urls, &app).await.refresh_token.unwrap();
        for _ in 0..3 {
            let grant = granted(refresh(&urls, &app, &token).await);
            assert_eq!(grant.expiry.expires_in, Some(3600));
            token = grant.refresh_token.unwrap();
        }
        assert_eq!(zoom.counters().grants.refreshed, 3);
        assert_eq!(zoom.counters().complaints, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_code_that_was_used_is_refused_for_good() {
    let [app, _] = apps();
    let (_zoom, urls) = start(Config::default()).await;
    let sign_in = SignIn::begin(&urls, &app, REDIRECT).unwrap();
    let code = sign_in.read(&browse(&sign_in).await).unwrap();
    granted(client().exchange(&urls, &app, code.clone()).await);
    let refusal = refused(client().exchange(&urls, &app, code).await);
    assert_eq!(refusal.grant, GrantType::AuthorizationCode);
    assert_eq!(refusal.class(), Class::Terminal);
    assert!(
        refusal.to_string().contains("Start the sign-in again"),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_of_no_use() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    let (ours, stolen) = (
        SignIn::begin(&urls, &app, REDIRECT).unwrap(),
        SignIn::begin(&urls, &app, REDIRECT).unwrap(),
    );
    let theirs = browse(&stolen).await;
    assert_eq!(ours.read(&theirs).unwrap_err(), RedirectError::OtherState);
    // Even with our state on it, its verifier is not ours.
    let state = ours
        .address()
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let (kept, _) = theirs.split_once("state=").unwrap();
    let code = ours.read(&format!("{kept}state={state}")).unwrap();
    assert_eq!(
        refused(client().exchange(&urls, &app, code).await).class(),
        Class::Terminal
    );
    assert_eq!(zoom.counters().grants.codes_redeemed, 0);
}

#[tokio::test]
async fn what_happens_at_the_page_is_told_apart() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    let sign_in = SignIn::begin(&urls, &app, REDIRECT).unwrap();
    for (consent, error) in [
        (Consent::WrongState, RedirectError::OtherState),
        (Consent::Deny, RedirectError::Denied),
    ] {
        zoom.set_consent(consent);
        assert_eq!(sign_in.read(&browse(&sign_in).await).unwrap_err(), error);
    }
}

#[tokio::test]
async fn a_refresh_token_that_was_used_or_ended_is_terminal() {
    for app in apps() {
        let (zoom, urls) = start(Config::default()).await;
        let first = of_zoom(&zoom, &app);
        granted(refresh(&urls, &app, &first).await);
        let outcome = refresh(&urls, &app, &first).await;
        assert_eq!(outcome.class(), Some(Class::Terminal));
        assert_eq!(outcome.rotation(), Ending::Refused(Answered::InvalidGrant));
        let refusal = refused(outcome);
        assert!(refusal.to_string().ends_with("Sign in again."), "{refusal}");
        let second = of_zoom(&zoom, &app);
        zoom.end_sign_ins();
        let ended = refresh(&urls, &app, &second).await;
        assert_eq!(ended.class(), Some(Class::Terminal));
        assert_eq!(zoom.counters().grants.reused, 1);
    }
}

#[tokio::test]
async fn a_wrong_client_secret_leaves_the_refresh_token_alive() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    let token = of_zoom(&zoom, &app);
    let wrong = UserApp {
        client_secret: Some("wrong".into()),
        ..app.clone()
    };
    let refusal = refused(refresh(&urls, &wrong, &token).await);
    assert_eq!(
        (refusal.kind, refusal.class()),
        (Answered::InvalidClient, Class::Answered)
    );
    granted(refresh(&urls, &app, &token).await);
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_is_told() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    let token = of_zoom(&zoom, &app);
    for (fault, rotation) in [
        (Some(Fault::NoRefreshToken), Refresh::Kept),
        (None, Refresh::Replaced),
    ] {
        if let Some(fault) = fault {
            zoom.push_fault(Endpoint::Token, fault, Some(1));
        }
        let outcome = refresh(&urls, &app, &token).await;
        assert!(
            matches!(outcome.rotation(), Ending::Granted { refresh, .. } if refresh == rotation),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_may_be_lost_is_told_from_a_request_that_was_not_heard() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    let cases = [
        (Fault::CutJson, Arrival::Perhaps),
        (Fault::ShortJson, Arrival::Perhaps),
        (Fault::Reset, Arrival::Perhaps),
        (Fault::Html { status: 200 }, Arrival::Perhaps),
        (Fault::ServerError { status: 502 }, Arrival::Perhaps),
        (Fault::RateLimited { retry_after: None }, Arrival::Never),
    ];
    for (fault, expected) in cases {
        zoom.push_fault(Endpoint::Token, fault.clone(), Some(1));
        let token = of_zoom(&zoom, &app);
        let outcome = refresh(&urls, &app, &token).await;
        assert_eq!(outcome.class(), Some(Class::Transient), "{fault:?}");
        assert!(
            matches!(outcome.rotation(), Ending::Unavailable { arrival, .. } if arrival == expected),
            "{fault:?}: {outcome:?}"
        );
    }
    let nobody = format!("http://{}", closed_port().await);
    let urls = ServiceUrls::parse(&nobody, &nobody).unwrap();
    let outcome = refresh(&urls, &app, &of_zoom(&zoom, &app)).await;
    let ending = Ending::Unavailable {
        kind: Transient::Unreachable,
        retry_after: None,
        arrival: Arrival::Never,
    };
    assert_eq!(outcome.rotation(), ending);
}

#[tokio::test]
async fn silence_ends_with_the_time_out() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    zoom.push_fault(Endpoint::Token, Fault::Hang { seconds: 600.0 }, None);
    let client = TokenClient::new(Duration::from_millis(100)).unwrap();
    let token = of_zoom(&zoom, &app);
    let TokenOutcome::Unavailable(outage) = client.refresh(&urls, &app, &token).await else {
        panic!("answered");
    };
    assert_eq!(outage.cause, OutageCause::Timeout);
}

#[tokio::test]
async fn a_revoked_pair_is_dead_and_that_is_no_error_a_second_time() {
    for app in apps() {
        let (zoom, urls) = start(Config::default()).await;
        let token = of_zoom(&zoom, &app);
        assert_eq!(
            client().revoke(&urls, &app, &token).await,
            RevokeOutcome::Revoked
        );
        assert_eq!(
            client().revoke(&urls, &app, &token).await,
            RevokeOutcome::AlreadyDead
        );
        assert_eq!(
            refresh(&urls, &app, &token).await.class(),
            Some(Class::Terminal)
        );
        assert_eq!(zoom.counters().complaints, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_revocation_that_did_not_happen_is_told() {
    let [app, _] = apps();
    let (zoom, urls) = start(Config::default()).await;
    let token = of_zoom(&zoom, &app);
    for fault in [
        Fault::Html { status: 200 },
        Fault::ServerError { status: 503 },
        Fault::Status {
            status: 200,
            body: json!({"status": "failure"}).to_string(),
        },
    ] {
        zoom.push_fault(Endpoint::Revoke, fault.clone(), Some(1));
        let outcome = client().revoke(&urls, &app, &token).await;
        assert!(
            matches!(outcome, RevokeOutcome::Unavailable(_)),
            "{fault:?}: {outcome:?}"
        );
    }
    zoom.push_fault(Endpoint::Revoke, Fault::InvalidClient, Some(1));
    let outcome = client().revoke(&urls, &app, &token).await;
    assert!(matches!(outcome, RevokeOutcome::Refused(_)), "{outcome:?}");
}

#[tokio::test]
async fn no_secret_is_printed() {
    for app in apps() {
        let (zoom, urls) = start(Config::default()).await;
        let sign_in = SignIn::begin(&urls, &app, REDIRECT).unwrap();
        let code = sign_in.read(&browse(&sign_in).await).unwrap();
        let printed_before = format!("{app:?} {sign_in:?} {code:?}");
        let spent = code.clone();
        let grant = granted(client().exchange(&urls, &app, code).await);
        let token = grant.refresh_token.clone().unwrap();
        let echo = format!(
            r#"{{"error":"invalid_grant","reason":"{} {}"}}"#,
            token.expose_secret(),
            app.client_secret
                .as_ref()
                .map_or("", |secret| secret.expose_secret()),
        );
        let fault = Fault::Status {
            status: 400,
            body: echo,
        };
        zoom.push_fault(Endpoint::Token, fault, Some(1));
        let refusal = refused(refresh(&urls, &app, &token).await);
        let refused_code = refused(client().exchange(&urls, &app, spent).await);
        let printed = format!(
            "{printed_before} {grant:?} {refusal:?} {refusal} {} {refused_code:?}",
            refusal.detail()
        );
        let secrets = [
            Some(&token),
            Some(&grant.access_token),
            app.client_secret.as_ref(),
        ];
        for secret in secrets.into_iter().flatten() {
            assert!(!printed.contains(secret.expose_secret()), "{printed}");
        }
    }
}
