//! The fake itself, over real connections: strict where Zoom is, at fault where it was told to be.

use crate::{App, Config, Counters, Endpoint, FakeZoom, Fault, FaultOrder, Lifetime, Mode};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

const FORM: &str = "application/x-www-form-urlencoded";

fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

fn good_form() -> String {
    format!(
        "grant_type=account_credentials&account_id={}",
        App::default().account_id
    )
}

/// A right request, to be spoiled by the test.
fn request(zoom: &FakeZoom, method: Method, content_type: &str, body: String) -> RequestBuilder {
    let App {
        client_id,
        client_secret,
        ..
    } = App::default();
    client()
        .request(method, format!("{}/token", zoom.oauth_url()))
        .basic_auth(client_id, Some(client_secret))
        .header("content-type", content_type)
        .body(body)
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    assert!(response.headers().contains_key("x-zm-trackingid"));
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn token(zoom: &FakeZoom) -> String {
    let (status, body) = answer(request(zoom, Method::POST, FORM, good_form())).await;
    assert_eq!(status, 200, "{body}");
    body["access_token"].as_str().unwrap().to_owned()
}

async fn get(zoom: &FakeZoom, path: &str, token: &str) -> (u16, Value) {
    answer(
        client()
            .get(format!("{}{path}", zoom.api_url()))
            .bearer_auth(token),
    )
    .await
}

async fn control(zoom: &FakeZoom, what: &str, body: Value) -> StatusCode {
    let url = format!("{}/{what}", zoom.control_url());
    client()
        .post(url)
        .json(&body)
        .send()
        .await
        .unwrap()
        .status()
}

#[tokio::test]
async fn a_right_request_gets_a_token_and_no_complaint() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let (status, body) = answer(request(&zoom, Method::POST, FORM, good_form())).await;
    assert_eq!(
        (status, &body["expires_in"], &body["token_type"]),
        (200, &json!(3600), &json!("bearer"))
    );
    assert!(body.get("refresh_token").is_none(), "this grant has none");
    assert_eq!(zoom.counters().complaints, Vec::<String>::new());
}

#[tokio::test]
async fn a_request_of_a_wrong_form_is_refused_and_named() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let good = good_form();
    let cases = [
        (
            Method::GET,
            FORM,
            good.clone(),
            "invalid_request",
            "GET /oauth/token",
        ),
        (
            Method::POST,
            "application/json",
            good.clone(),
            "unsupported_grant_type",
            "content type",
        ),
        (
            Method::POST,
            FORM,
            format!("{good}&x=1"),
            "invalid_request",
            "unknown parameter x",
        ),
        (
            Method::POST,
            FORM,
            format!("{good}&{good}"),
            "invalid_request",
            "given twice",
        ),
    ];
    for (method, content_type, body, error, complaint) in cases {
        zoom.reset();
        let (status, answer) = answer(request(&zoom, method, content_type, body)).await;
        assert_ne!(status, 200);
        assert_eq!(answer["error"], error, "{complaint}");
        let complaints = zoom.counters().complaints;
        assert!(
            complaints.iter().any(|text| text.contains(complaint)),
            "{complaints:?}"
        );
    }
}

#[tokio::test]
async fn wrong_values_get_the_bodies_seen_from_zoom() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let good = good_form();
    let cases = [
        (
            good.replace("account_credentials", "password"),
            "unsupported grant type",
            "unsupported_grant_type",
        ),
        (format!("{good}x"), "Bad Request", "invalid_request"),
        (
            format!("{good}&token_index=1"),
            "Invalid Grant",
            "invalid_request",
        ),
    ];
    for (body, reason, error) in cases {
        let answer = answer(request(&zoom, Method::POST, FORM, body)).await;
        assert_eq!(answer, (400, json!({"reason": reason, "error": error})));
    }
    let stranger = client()
        .post(format!("{}/token", zoom.oauth_url()))
        .basic_auth(App::default().client_id, Some("wrong"))
        .header("content-type", FORM)
        .body(good);
    let reason = "Invalid client_id or client_secret";
    let body = json!({"reason": reason, "error": "invalid_client"});
    assert_eq!(answer(stranger).await, (400, body));
    assert_eq!(zoom.counters().token.refused, 4);
}

#[tokio::test]
async fn the_mode_decides_which_tokens_live() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    for (mode, first_lives) in [
        (Mode::Multi, true),
        (Mode::Single, false),
        (Mode::Cap(2), true),
    ] {
        zoom.revoke_all();
        zoom.set_mode(mode);
        let (first, second) = (token(&zoom).await, token(&zoom).await);
        let expected = if first_lives { 200 } else { 401 };
        assert_eq!(get(&zoom, "/users/me", &first).await.0, expected, "{mode}");
        assert_eq!(get(&zoom, "/users/me", &second).await.0, 200, "{mode}");
    }
}

#[tokio::test]
async fn the_api_answers_as_zoom_does() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let token = token(&zoom).await;
    let me = get(&zoom, "/users/me", &token).await.1;
    let by_id = format!("/users/{}", me["id"].as_str().unwrap());
    assert_eq!(get(&zoom, &by_id, &token).await, (200, me));
    let (status, body) = get(&zoom, "/users/nobody", &token).await;
    assert_eq!((status, &body["code"]), (404, &json!(1001)));
    assert_eq!(get(&zoom, "/nothing", &token).await.1["code"], 2300);
    assert_eq!(
        get(&zoom, "/users/me", "x").await.1["message"],
        "Invalid access token."
    );
    assert_eq!(zoom.counters().api_calls("GET /v2/users/me", 401), 1);
}

#[tokio::test]
async fn a_revoked_token_is_dead() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let token = token(&zoom).await;
    let App {
        client_id,
        client_secret,
        ..
    } = App::default();
    let revoke = || {
        client()
            .post(format!("{}/revoke", zoom.oauth_url()))
            .basic_auth(&client_id, Some(&client_secret))
            .header("content-type", FORM)
            .body(format!("token={token}"))
    };
    assert_eq!(answer(revoke()).await, (200, json!({"status": "success"})));
    assert_eq!(get(&zoom, "/users/me", &token).await.0, 401);
    assert_eq!(answer(revoke()).await.0, 400);
    assert_eq!(zoom.counters().revoke_requests, 2);
}

#[tokio::test]
async fn a_cut_answer_has_still_granted_its_token() {
    let zoom = FakeZoom::start(Config {
        mode: Mode::Single,
        ..Config::default()
    })
    .await
    .unwrap();
    let first = token(&zoom).await;
    zoom.push_fault(Endpoint::Token, Fault::CutJson, Some(1));
    let response = request(&zoom, Method::POST, FORM, good_form())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200, "the head arrives");
    assert!(response.bytes().await.is_err(), "the body does not");
    assert_eq!(
        get(&zoom, "/users/me", &first).await.0,
        401,
        "the lost token killed it"
    );
    let counters = zoom.counters().token;
    assert_eq!((counters.granted, counters.faulted), (2, 1));
}

#[tokio::test]
async fn requests_answered_at_once_are_counted() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    zoom.push_fault(Endpoint::Token, Fault::Slow { seconds: 0.5 }, None);
    tokio::join!(token(&zoom), token(&zoom), token(&zoom));
    let counters = zoom.counters().token;
    assert_eq!((counters.requests, counters.peak_in_flight), (3, 3));
}

#[tokio::test]
async fn another_process_can_drive_it() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let order = FaultOrder {
        endpoint: Endpoint::Token,
        fault: Fault::InvalidClient,
        times: Some(1),
    };
    assert_eq!(control(&zoom, "faults", json!(order)).await, 204);
    assert_eq!(
        control(&zoom, "lifetime", json!(Lifetime { seconds: 20 })).await,
        204
    );
    assert_eq!(control(&zoom, "mode", json!("cap:2")).await, 204);
    assert_eq!(control(&zoom, "mode", json!("cap:0")).await, 400);
    assert_eq!(control(&zoom, "nonsense", json!(null)).await, 404);
    assert_eq!(
        answer(request(&zoom, Method::POST, FORM, good_form()))
            .await
            .0,
        400
    );
    let grant = answer(request(&zoom, Method::POST, FORM, good_form()))
        .await
        .1;
    assert_eq!(grant["expires_in"], 20);
    let url = format!("{}/counters", zoom.control_url());
    let counters: Counters = client()
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(counters, zoom.counters());
    assert_eq!((counters.token.requests, counters.token.refused), (2, 1));
    assert_eq!(control(&zoom, "reset", json!(null)).await, 204);
    assert_eq!(zoom.counters(), Counters::default());
}

#[tokio::test]
async fn the_port_is_free_again_once_it_is_dropped() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let port = zoom.address().port();
    let config = Config {
        port,
        ..Config::default()
    };
    assert!(
        FakeZoom::start(config).await.is_err(),
        "taken while it runs"
    );
    let connection = tokio::net::TcpStream::connect(zoom.address())
        .await
        .unwrap();
    drop(zoom);
    connection.readable().await.unwrap();
    let end = connection
        .try_read(&mut [0; 1])
        .or_else(|error| match error.kind() {
            std::io::ErrorKind::ConnectionReset => Ok(0),
            _ => Err(error),
        });
    assert_eq!(end.unwrap(), 0, "connections end with it");
    assert!(
        tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
    );
}
