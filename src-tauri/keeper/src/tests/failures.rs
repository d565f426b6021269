//! What a failure tells whom, and what follows.

use super::scene::{HOUR, SECOND, Scene, refresh, seen, token};
use crate::configuration::ClientSecret;
use crate::error::KeeperError;
use crate::handle::KeeperHandle;
use crate::news::News;
use fake_zoom::{App, Fault};
use lifecycle::{Activity, SuspendReason, WaitReason};
use std::time::Duration;

#[tokio::test]
async fn a_refusal_reaches_caller_news_and_view_in_words() {
    let scene = Scene::new().await;
    scene.fault(Fault::InvalidClient, 1);
    let keeper = scene.keeper();
    let mut news = keeper.news();
    let error = token(&keeper).await.unwrap_err();
    let KeeperError::Refused {
        message,
        detail: Some(detail),
    } = error
    else {
        panic!("{error:?}");
    };
    assert!(detail.contains("invalid_client"), "{detail}");
    let view = seen(&keeper, |view| view.last_failure.is_some()).await;
    assert_eq!(view.last_failure.unwrap().message, message);
    assert_eq!(view.lifecycle.failures, 1);
    let told = news.recv().await.unwrap();
    assert!(matches!(told, News::Failed { message: told, .. } if told == message));
}

#[tokio::test]
async fn a_success_clears_the_failure() {
    let scene = Scene::new().await;
    scene.fault(Fault::ServerError { status: 503 }, 1);
    let keeper = scene.keeper();
    let error = token(&keeper).await.unwrap_err();
    assert!(
        matches!(error, KeeperError::Unreachable { .. }),
        "{error:?}"
    );
    scene.clock.advance(30 * SECOND);
    token(&keeper).await.unwrap();
    assert_eq!(keeper.view().last_failure, None);
}

#[tokio::test]
async fn three_refusals_suspend_until_the_user_acts() {
    let mut scene = Scene::new().await;
    scene.auto_refresh = true;
    scene.fault(Fault::InvalidClient, 3);
    let keeper = scene.keeper();
    for failures in 1..=3 {
        seen(&keeper, |view| view.lifecycle.failures == failures).await;
        scene.clock.advance(30 * SECOND);
    }
    let error = token(&keeper).await.unwrap_err();
    assert!(
        matches!(
            error,
            KeeperError::Suspended {
                reason: SuspendReason::Refused,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(scene.requests(), 3);
    refresh(&keeper).0.await.unwrap().unwrap();
    assert_eq!(scene.requests(), 4);
}

#[tokio::test]
async fn another_secret_ends_the_suspension() {
    let scene = Scene::new().await;
    let keeper = scene.keeper_with(ClientSecret::Given("wrong".into()));
    for _ in 0..3 {
        token(&keeper).await.unwrap_err();
        scene.clock.advance(30 * SECOND);
    }
    keeper.set_secret("wrong".into()).await;
    let error = token(&keeper).await.unwrap_err();
    assert!(
        matches!(error, KeeperError::Suspended { .. }),
        "the same secret is no other: {error:?}"
    );
    keeper.set_secret(App::default().client_secret.into()).await;
    token(&keeper).await.unwrap();
}

#[tokio::test]
async fn zooms_wish_to_be_left_alone_is_told_to_callers() {
    let scene = Scene::new().await;
    scene.fault(
        Fault::RateLimited {
            retry_after: Some("600".to_owned()),
        },
        1,
    );
    let keeper = scene.keeper();
    token(&keeper).await.unwrap_err();
    let error = token(&keeper).await.unwrap_err();
    assert!(error.to_string().contains("another 600 s"), "{error}");
    assert_eq!(scene.requests(), 1);
}

/// The wait after a failure long after the token's end.
fn wait_of(view: &crate::View) -> Option<Duration> {
    match view.lifecycle.condition.activity {
        Activity::Waiting {
            reason: WaitReason::BackOff,
            until,
        } => Some(view.lifecycle.last_attempt?.until(until)),
        _ => None,
    }
}

/// The wait after each of the next failures, passed awake.
async fn waits(
    scene: &Scene,
    keeper: &KeeperHandle,
    failures: std::ops::Range<u32>,
) -> Vec<Duration> {
    let mut waits = Vec::new();
    for count in failures {
        let view = seen(keeper, |view| view.lifecycle.failures == count).await;
        waits.push(wait_of(&view).expect("it backs off"));
        while keeper.view().lifecycle.failures == count
            && keeper.view().lifecycle.condition.activity != Activity::Refreshing
        {
            scene.pass_awake(keeper, 4 * SECOND).await;
        }
    }
    waits
}

fn minutes(waits: &[Duration]) -> Vec<u64> {
    waits
        .iter()
        .map(|wait| (wait.as_secs() + 30) / 60)
        .collect()
}

#[tokio::test]
async fn waking_is_noticed_and_ends_the_back_off() {
    let mut scene = Scene::new().await;
    scene.auto_refresh = true;
    let keeper = scene.keeper();
    seen(&keeper, |view| view.lifecycle.generation.is_some()).await;
    scene.fault(Fault::Html { status: 200 }, 100);
    scene.clock.advance(2 * HOUR);
    assert_eq!(minutes(&waits(&scene, &keeper, 1..4).await), [1, 2, 5]);
    seen(&keeper, |view| view.lifecycle.failures == 4).await;
    scene.clock.advance(8 * HOUR);
    assert_eq!(
        minutes(&waits(&scene, &keeper, 5..6).await),
        [1],
        "as after the first failure"
    );
}
