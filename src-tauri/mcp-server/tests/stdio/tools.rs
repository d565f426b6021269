//! What the tools say and do, by the real binary against the fake Zoom.

use crate::server::Server;
use fake_zoom::{Config, Endpoint, FakeZoom, Fault};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// A token that the fake Zoom has never issued.
const PLANTED: &str = "eyJhbGciOiJIUzUxMiJ9.planted-token.signature";

/// The fake Zoom, and the variables of an account there.
async fn account(config: Config) -> (FakeZoom, Vec<(&'static str, String)>) {
    let zoom = FakeZoom::start(config).await.unwrap();
    let app = Config::default().apps.remove(0);
    let variables = vec![
        ("ZOOM_ACCOUNT_ID", app.account_id),
        ("ZOOM_CLIENT_ID", app.client_id),
        ("ZOOM_CLIENT_SECRET", app.client_secret),
        ("ZOOM_OAUTH_URL", zoom.oauth_url()),
        ("ZOOM_API_URL", zoom.api_url()),
    ];
    (zoom, variables)
}

fn start(variables: &[(&'static str, String)]) -> Server {
    let variables: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let mut server = Server::start(&variables);
    server.initialize();
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_proven_with_a_token_of_its_own() {
    let (zoom, variables) = account(Config::default()).await;
    let mut server = start(&variables);
    let result = server.call("test_zoom_connection");
    let report = &result["structuredContent"];
    assert_eq!(report["status"], "success", "{result}");
    assert_eq!(report["account_id"], variables[0].1.as_str());
    assert_eq!(report["client_id"], variables[1].1.as_str());
    assert_eq!(
        (&report["token_cached"], &result["isError"]),
        (&json!(true), &json!(false))
    );

    let status = server.call("zoom_token_status");
    assert_eq!(status["structuredContent"]["state"], "fresh", "{status}");
    assert!(
        status["structuredContent"]["remaining_seconds"]
            .as_u64()
            .unwrap()
            > 3000
    );

    server.call("test_zoom_connection");
    let counters = zoom.counters();
    assert_eq!(counters.token.requests, 1, "one token for all calls");
    assert_eq!(counters.complaints, Vec::<String>::new());
}

/// A folder with a token for `account_id` in the documented form, valid by its clock for an hour.
fn token_cache(account_id: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("zoom_token_{account_id}.json"));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let token = json!({
        "access_token": PLANTED,
        "expires_in": 3600,
        "expires_at": now.as_secs() + 3600,
    });
    fs_err::write(&path, token.to_string()).unwrap();
    #[cfg(unix)]
    for (path, mode) in [(folder.path(), 0o700), (path.as_path(), 0o600)] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs_err::set_permissions(path, mode).unwrap();
    }
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_token_is_replaced_once_and_the_call_repeated_once() {
    let (zoom, mut variables) = account(Config::default()).await;
    let cache = token_cache(&variables[0].1);
    variables.push(("ZOOMTRAY_VAULT", "file".to_owned()));
    variables.push(("TOKEN_CACHE_DIR", cache.path().display().to_string()));
    let mut server = start(&variables);
    let result = server.call("test_zoom_connection");
    assert_eq!(result["structuredContent"]["status"], "success", "{result}");
    assert_eq!(zoom.counters().token.requests, 1);
    assert_eq!(zoom.counters().api_calls("GET /v2/users/me", 401), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_scope_is_a_connection_with_a_warning() {
    let (zoom, variables) = account(Config::default()).await;
    let mut server = start(&variables);
    zoom.push_fault(
        Endpoint::Api,
        Fault::MissingScope {
            scopes: vec!["user:read:user".into()],
        },
        Some(1),
    );
    let result = server.call("test_zoom_connection");
    let report = &result["structuredContent"];
    assert_eq!(
        (&report["status"], &result["isError"]),
        (&json!("success"), &json!(false))
    );
    assert_eq!(report["missing_scopes"], json!(["user:read:user"]));
    assert!(
        report["warning"].as_str().unwrap().contains("Scopes page"),
        "{result}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_brings_a_new_token_that_nobody_sees() {
    let (zoom, variables) = account(Config::default()).await;
    let mut server = start(&variables);
    let result = server.call("zoom_refresh_token");
    assert_eq!(result["isError"], false, "{result}");
    assert_eq!(result["structuredContent"]["expires_in"], 3600, "{result}");
    assert!(
        !result.to_string().contains("eyJ"),
        "a token is never returned: {result}"
    );
    assert_eq!(zoom.counters().token.requests, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_an_error_result_that_says_what_to_do() {
    let (_zoom, mut variables) = account(Config::default()).await;
    variables[2].1 = "not-the-planted-secret".to_owned();
    let mut server = start(&variables);
    let result = server.call("test_zoom_connection");
    assert_eq!(result["isError"], true, "{result}");
    assert_eq!(
        result["structuredContent"]["problem"], "refused",
        "{result}"
    );
    assert_eq!(result["content"].as_array().unwrap().len(), 1);
    let (_, rest, complaints) = server.close();
    for text in [result.to_string(), rest, complaints] {
        assert!(!text.contains("not-the-planted-secret"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_environment_is_used_and_never_refreshed() {
    let zoom = FakeZoom::start(Config::default()).await.unwrap();
    let api = zoom.api_url();
    let mut server = Server::start(&[("ZOOM_ACCESS_TOKEN", PLANTED), ("ZOOM_API_URL", &api)]);
    server.initialize();
    let status = server.call("zoom_token_status");
    assert_eq!(status["structuredContent"]["state"], "unknown", "{status}");
    let refresh = server.call("zoom_refresh_token");
    assert_eq!(refresh["isError"], true);
    assert!(
        refresh["content"][0]["text"]
            .as_str()
            .unwrap()
            .contains("ZOOM_ACCESS_TOKEN")
    );
    let test = server.call("test_zoom_connection");
    assert_eq!(
        test["structuredContent"]["problem"], "token_rejected",
        "{test}"
    );
    assert_eq!(test["isError"], true);
    assert_eq!(zoom.counters().token.requests, 0);
    assert!(!server.has_touched_its_home(), "no keeper is needed");
    let (_, rest, complaints) = server.close();
    for text in [
        status.to_string(),
        refresh.to_string(),
        test.to_string(),
        rest,
        complaints,
    ] {
        assert!(!text.contains("planted-token"), "{text}");
    }
}

#[test]
fn arguments_are_refused_by_name_and_their_values_not_repeated() {
    let mut server = Server::start(&[("ZOOM_ACCESS_TOKEN", PLANTED)]);
    server.initialize();
    let arguments = json!({"zoom_client_secret": "planted-secret"});
    let params = json!({"name": "zoom_refresh_token", "arguments": arguments});
    let answer = server.request(4, "tools/call", &params);
    assert_eq!(answer["result"]["isError"], true, "{answer}");
    assert!(
        answer.to_string().contains("zoom_client_secret"),
        "{answer}"
    );
    assert!(!answer.to_string().contains("planted-secret"), "{answer}");
}

#[test]
fn an_unreachable_zoom_is_named() {
    let variables = [
        ("ZOOM_ACCESS_TOKEN", PLANTED),
        ("ZOOM_API_URL", "http://127.0.0.1:1"),
    ];
    let mut server = Server::start(&variables);
    server.initialize();
    let test = server.call("test_zoom_connection");
    assert_eq!(
        test["structuredContent"]["problem"], "unreachable",
        "{test}"
    );
}
