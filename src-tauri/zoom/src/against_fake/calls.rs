//! Calls of any route: ids that stay ids, bodies that are not there, faults.

use super::api::token;
use super::{PATIENT, start};
use crate::{ApiClient, ApiOutcome, ApiRequest, OutageCause, ServiceUrls};
use fake_zoom::{Config, Endpoint, FakeZoom, Fault};
use serde_json::{Value, json};

async fn call(urls: &ServiceUrls, request: &ApiRequest) -> ApiOutcome<Value> {
    let token = token(urls).await;
    let client = ApiClient::new(PATIENT).unwrap();
    client.call(urls, &token, request).await
}

async fn got(urls: &ServiceUrls, request: ApiRequest) -> Value {
    match call(urls, &request).await {
        ApiOutcome::Ok(body) => body,
        other => panic!("{request:?}: {other:?}"),
    }
}

async fn fake() -> (FakeZoom, ServiceUrls) {
    start(Config::default()).await
}

#[tokio::test]
async fn a_uuid_with_slashes_leads_to_its_recording() {
    let (zoom, urls) = fake().await;
    let uuid = "/cHkf//aQ9KzCZTD1t7pHg==";
    let request = ApiRequest::get(&["meetings", uuid, "recordings"]).unwrap();
    assert_eq!(got(&urls, request).await["uuid"], uuid);
    assert_eq!(zoom.counters().complaints, Vec::<String>::new());
}

#[tokio::test]
async fn an_id_leads_nowhere_else() {
    let (_zoom, urls) = fake().await;
    for id in [
        "x/../../users/me",
        "..%2F..%2Fusers%2Fme",
        "6840331990?type=1",
        "6840331990#",
    ] {
        let request = ApiRequest::get(&["meetings", id]).unwrap();
        let outcome = call(&urls, &request).await;
        let ApiOutcome::Refused(refusal) = outcome else {
            panic!("{id}: {outcome:?}")
        };
        assert_eq!(refusal.code, 3001, "{id}");
    }
}

#[tokio::test]
async fn a_meeting_is_made_changed_and_deleted() {
    let (zoom, urls) = fake().await;
    let before = zoom.contents().meetings.len();
    let body = json!({"topic": "Plan & more", "type": 2, "duration": 15});
    let made = ApiRequest::post(&["users", "me", "meetings"], body).unwrap();
    let made = got(&urls, made).await;
    assert_eq!(
        (&made["topic"], &made["duration"]),
        (&json!("Plan & more"), &json!(15))
    );
    let id = made["id"].to_string();
    let change = ApiRequest::patch(&["meetings", &id], json!({"duration": 30})).unwrap();
    assert_eq!(got(&urls, change).await, Value::Null, "204 has no body");
    let read = ApiRequest::get(&["meetings", &id]).unwrap();
    assert_eq!(got(&urls, read).await["duration"], 30);
    let delete = ApiRequest::delete(&["meetings", &id]).unwrap();
    assert_eq!(got(&urls, delete).await, Value::Null);
    assert_eq!(zoom.contents().meetings.len(), before);
}

#[tokio::test]
async fn a_validation_error_names_its_field() {
    let (_zoom, urls) = fake().await;
    let request = ApiRequest::get(&["users"]).unwrap().with("status", "gone");
    let outcome = call(&urls, &request).await;
    let ApiOutcome::Refused(refusal) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        refusal.message,
        "Validation Failed. (status: Invalid field.)"
    );
}

#[tokio::test]
async fn a_cut_body_and_a_cut_answer_are_no_answers() {
    let (zoom, urls) = fake().await;
    let request = ApiRequest::get(&["users"]).unwrap();
    for fault in [Fault::CutJson, Fault::ShortJson] {
        zoom.push_fault(Endpoint::Api, fault.clone(), Some(1));
        let outcome = call(&urls, &request).await;
        let ApiOutcome::Unavailable(outage) = outcome else {
            panic!("{fault:?}: {outcome:?}")
        };
        assert_eq!(outage.outage.cause, OutageCause::CutBody);
        assert!(outage.tracking_id.is_some());
    }
}
