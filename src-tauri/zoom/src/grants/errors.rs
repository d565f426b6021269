//! Every error of Zoom's OAuth endpoint in every grant: its class, and its lines for a person, in
//! one file that is compared whole. Bodies with an `error` were seen from Zoom; those with a
//! `code` are in the form of its API, with the words of its OAuth table.

use crate::grants::GrantType;
use crate::http_client::{Answer, Body};
use crate::scrub::Scrubber;
use crate::token::TokenOutcome;
use crate::token_answer::read;
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write;

const FIXTURES: &str = include_str!("fixtures/oauth_errors.json");
const GOLDEN: &str = include_str!("fixtures/oauth_errors.txt");

#[derive(Deserialize)]
struct Fixture {
    status: u16,
    body: Value,
}

fn outcome(fixture: &Fixture, grant: GrantType) -> TokenOutcome {
    let answer = Answer {
        host: "zoom.us".into(),
        status: fixture.status,
        headers: reqwest::header::HeaderMap::new(),
        body: Body::Complete(fixture.body.to_string().into_bytes()),
    };
    read(&answer, grant, &Scrubber::for_bearer(&"planted".into()))
}

fn lines(outcome: &TokenOutcome) -> (String, String) {
    match outcome {
        TokenOutcome::Granted(_) => panic!("a grant"),
        TokenOutcome::Refused(refusal) => (refusal.to_string(), refusal.detail()),
        TokenOutcome::Unavailable(outage) => (outage.to_string(), outage.detail().to_owned()),
    }
}

#[test]
fn every_error_has_its_class_and_its_line() {
    let fixtures: Vec<Fixture> = serde_json::from_str(FIXTURES).unwrap();
    let mut text = String::new();
    for fixture in &fixtures {
        writeln!(text, "HTTP {} {}", fixture.status, fixture.body).unwrap();
        for grant in [
            GrantType::AccountCredentials,
            GrantType::AuthorizationCode,
            GrantType::RefreshToken,
        ] {
            let outcome = outcome(fixture, grant);
            let class = outcome.class().expect("no token").name();
            let (line, detail) = lines(&outcome);
            let grant = grant.name();
            writeln!(text, "  {grant} {class}: {line}\n    {detail}").unwrap();
        }
    }
    // On Windows a checkout may have changed the line ends.
    assert_eq!(
        text,
        GOLDEN.replace("\r\n", "\n"),
        "the whole file should be:\n{text}"
    );
}
