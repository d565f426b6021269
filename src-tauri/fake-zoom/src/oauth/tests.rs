//! Sign-ins and refresh tokens over real connections.

use crate::{Config, Consent, Endpoint, FakeZoom, Fault, REDIRECT, UserApp};
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde_json::{Value, json};
use url::Url;

// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn start() -> FakeZoom {
    FakeZoom::start(Config::default()).await.unwrap()
}

fn client() -> Client {
    let builder = Client::builder().no_proxy();
    builder.redirect(redirect::Policy::none()).build().unwrap()
}

async fn authorize(zoom: &FakeZoom, app: &UserApp, redirect: &str) -> Response {
    let query = [
        ("response_type", "code"),
        ("client_id", &app.client_id),
        ("redirect_uri", redirect),
        ("state", "St4te"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let url = Url::parse_with_params(&format!("{}/authorize", zoom.oauth_url()), query).unwrap();
    client().get(url).send().await.unwrap()
}

/// The parameter of the address that the browser is led back to.
fn led_back(response: &Response, name: &str) -> Option<String> {
    let location = response.headers().get("location")?.to_str().unwrap();
    assert!(location.starts_with(REDIRECT), "{location}");
    let location = Url::parse(location).unwrap();
    let found = location.query_pairs().find(|(given, _)| given == name);
    found.map(|(_, value)| value.into_owned())
}

fn form(zoom: &FakeZoom, app: &UserApp, what: &str, form: &[(&str, &str)]) -> RequestBuilder {
    let request = client().post(format!("{}/{what}", zoom.oauth_url()));
    let mut form = form.to_vec();
    if let Some(secret) = &app.client_secret {
        return request.basic_auth(&app.client_id, Some(secret)).form(&form);
    }
    form.push(("client_id", &app.client_id));
    request.form(&form)
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn exchange(zoom: &FakeZoom, app: &UserApp, code: &str, verifier: &str) -> (u16, Value) {
    let parameters = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    answer(form(zoom, app, "token", &parameters)).await
}

async fn refresh(zoom: &FakeZoom, app: &UserApp, token: &str) -> (u16, Value) {
    let parameters = [("grant_type", "refresh_token"), ("refresh_token", token)];
    answer(form(zoom, app, "token", &parameters)).await
}

fn refresh_token(answer: &(u16, Value)) -> String {
    assert_eq!(answer.0, 200, "{answer:?}");
    answer.1["refresh_token"].as_str().unwrap().to_owned()
}

fn apps() -> [UserApp; 2] {
    [UserApp::confidential(REDIRECT), UserApp::public(REDIRECT)]
}

fn invalid_grant(reason: &str) -> (u16, Value) {
    (400, json!({"reason": reason, "error": "invalid_grant"}))
}

#[tokio::test]
async fn a_code_becomes_a_pair_once_for_either_kind_of_app() {
    for app in apps() {
        let zoom = start().await;
        let response = authorize(&zoom, &app, REDIRECT).await;
        assert_eq!(response.status(), 302);
        assert_eq!(led_back(&response, "state").as_deref(), Some("St4te"));
        let code = led_back(&response, "code").unwrap();
        let pair = exchange(&zoom, &app, &code, VERIFIER).await;
        refresh_token(&pair);
        assert_eq!(pair.1["expires_in"], 3600);
        let again = exchange(&zoom, &app, &code, VERIFIER).await;
        assert_eq!(again, invalid_grant("Invalid authorization code"));
        let grants = zoom.counters().grants;
        assert_eq!((grants.codes_redeemed, grants.codes_refused), (1, 1));
        assert_eq!(zoom.counters().complaints, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_wrong_verifier_spends_the_code() {
    let [app, _] = apps();
    let zoom = start().await;
    let response = authorize(&zoom, &app, REDIRECT).await;
    let code = led_back(&response, "code").unwrap();
    for verifier in [CHALLENGE, VERIFIER] {
        let answer = exchange(&zoom, &app, &code, verifier).await;
        assert_eq!(answer, invalid_grant("Invalid authorization code"));
    }
}

#[tokio::test]
async fn a_redirect_that_is_not_registered_ends_on_a_page() {
    let [app, _] = apps();
    let zoom = start().await;
    for redirect in [
        "http://127.0.0.1:8765/callback/",
        "http://localhost:8765/callback",
        "https://example.com/",
    ] {
        let response = authorize(&zoom, &app, redirect).await;
        assert_eq!(response.status(), 400, "{redirect}");
        assert!(response.headers().get("location").is_none());
    }
}

#[tokio::test]
async fn what_the_user_does_at_the_page_is_ordered() {
    let [app, _] = apps();
    let zoom = start().await;
    zoom.set_consent(Consent::Deny);
    let denied = authorize(&zoom, &app, REDIRECT).await;
    assert_eq!(led_back(&denied, "error").as_deref(), Some("access_denied"));
    assert_eq!(led_back(&denied, "state").as_deref(), Some("St4te"));
    let order = client().post(format!("{}/consent", zoom.control_url()));
    let ordered = order.json("wrong_state").send().await.unwrap();
    assert_eq!(ordered.status(), 204);
    let forged = authorize(&zoom, &app, REDIRECT).await;
    assert_ne!(led_back(&forged, "state").as_deref(), Some("St4te"));
    zoom.set_consent(Consent::Wait);
    assert_eq!(authorize(&zoom, &app, REDIRECT).await.status(), 200);
    let grants = zoom.counters().grants;
    assert_eq!(
        (grants.authorize_requests, grants.authorized, grants.denied),
        (3, 1, 1)
    );
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    for app in apps() {
        let zoom = start().await;
        let first = zoom.sign_in(&app.client_id);
        let second = refresh_token(&refresh(&zoom, &app, &first).await);
        assert_eq!(
            refresh(&zoom, &app, &first).await,
            invalid_grant("Invalid Token!")
        );
        refresh_token(&refresh(&zoom, &app, &second).await);
        let grants = zoom.counters().grants;
        assert_eq!(
            (grants.refreshed, grants.refresh_refused, grants.reused),
            (2, 1, 1)
        );
    }
}

#[tokio::test]
async fn a_lost_answer_has_used_the_refresh_token_up() {
    let [app, _] = apps();
    let zoom = start().await;
    let first = zoom.sign_in(&app.client_id);
    zoom.push_fault(Endpoint::Token, Fault::CutJson, Some(1));
    let parameters = [("grant_type", "refresh_token"), ("refresh_token", &*first)];
    let response = form(&zoom, &app, "token", &parameters)
        .send()
        .await
        .unwrap();
    assert!(response.bytes().await.is_err(), "the body does not arrive");
    assert_eq!(
        refresh(&zoom, &app, &first).await,
        invalid_grant("Invalid Token!")
    );
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_leaves_the_old_one() {
    let [app, _] = apps();
    let zoom = start().await;
    let first = zoom.sign_in(&app.client_id);
    zoom.push_fault(Endpoint::Token, Fault::NoRefreshToken, Some(1));
    let (status, body) = refresh(&zoom, &app, &first).await;
    assert_eq!((status, body.get("refresh_token")), (200, None));
    refresh_token(&refresh(&zoom, &app, &first).await);
}

#[tokio::test]
async fn a_sign_in_elsewhere_ends_the_pair_before_it() {
    let [app, other] = apps();
    let zoom = start().await;
    let (first, apart) = (zoom.sign_in(&app.client_id), zoom.sign_in(&other.client_id));
    let pair = refresh(&zoom, &app, &first).await;
    let access = pair.1["access_token"].as_str().unwrap();
    let me = || {
        client()
            .get(format!("{}/users/me", zoom.api_url()))
            .bearer_auth(access)
    };
    assert_eq!(answer(me()).await.0, 200);
    let newer = zoom.sign_in(&app.client_id);
    assert_eq!(answer(me()).await.0, 401);
    let dead = refresh(&zoom, &app, &refresh_token(&pair)).await;
    assert_eq!(dead, invalid_grant("Invalid Token!"));
    refresh_token(&refresh(&zoom, &app, &newer).await);
    refresh_token(&refresh(&zoom, &other, &apart).await);
}

#[tokio::test]
async fn a_revoked_pair_is_dead() {
    for app in apps() {
        let zoom = start().await;
        let first = zoom.sign_in(&app.client_id);
        let revoke = || form(&zoom, &app, "revoke", &[("token", &first)]);
        assert_eq!(answer(revoke()).await, (200, json!({"status": "success"})));
        assert_eq!(
            refresh(&zoom, &app, &first).await,
            invalid_grant("Invalid Token!")
        );
        assert_eq!(answer(revoke()).await.0, 400);
    }
}

#[tokio::test]
async fn an_app_proves_itself_in_its_own_way_alone() {
    let [confidential, public] = apps();
    let zoom = start().await;
    let without = UserApp {
        client_secret: None,
        ..confidential.clone()
    };
    let with = UserApp {
        client_secret: confidential.client_secret.clone(),
        ..public.clone()
    };
    for app in [without, with] {
        let (status, body) = refresh(&zoom, &app, "any").await;
        assert_eq!((status, &body["error"]), (400, &json!("invalid_client")));
    }
    let parameters = [("grant_type", "account_credentials"), ("account_id", "any")];
    let (_, body) = answer(form(&zoom, &confidential, "token", &parameters)).await;
    assert_eq!(body["error"], "unsupported_grant_type");
}
