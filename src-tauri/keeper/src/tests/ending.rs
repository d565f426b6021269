//! What an ending keeper leaves, and what the next one makes of it.

use super::scene::{SECOND, Scene, refresh, seen, token};
use crate::error::KeeperError;
use crate::news::News;
use fake_zoom::Fault;
use lifecycle::Activity;
use vault::Kind;

#[tokio::test]
async fn the_next_keeper_takes_the_token_over_without_a_request() {
    let scene = Scene::new().await;
    let first = scene.keeper();
    let lease = token(&first).await.unwrap();
    first.close().await;
    let next = scene.keeper();
    let mut news = next.news();
    assert_eq!(token(&next).await.unwrap().generation, lease.generation);
    assert!(
        matches!(news.recv().await, Ok(News::Loaded { generation, .. }) if generation == lease.generation)
    );
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_keeper_that_is_killed_leaves_the_cooldown() {
    let scene = Scene::new().await;
    scene.fault(Fault::Hang { seconds: 3600.0 }, 1);
    let killed = scene.keeper();
    let asking = tokio::spawn({
        let killed = killed.clone();
        async move { token(&killed).await }
    });
    seen(&killed, |view| {
        view.lifecycle.condition.activity == Activity::Refreshing
    })
    .await;
    let next = scene.keeper();
    let (refreshing, mut told) = refresh(&next);
    let until = told.recv().await.unwrap();
    assert_eq!(until, scene.clock_now().wall.plus(30 * SECOND));
    scene.clock.advance(30 * SECOND);
    refreshing.await.unwrap().unwrap();
    asking.abort();
}

#[tokio::test]
async fn closing_finishes_the_request_in_hand_and_saves_its_token() {
    let scene = Scene::new().await;
    scene.fault(Fault::Slow { seconds: 0.3 }, 1);
    let keeper = scene.keeper();
    let asking = tokio::spawn({
        let keeper = keeper.clone();
        async move { token(&keeper).await }
    });
    seen(&keeper, |view| {
        view.lifecycle.condition.activity == Activity::Refreshing
    })
    .await;
    keeper.close().await;
    assert!(matches!(asking.await.unwrap(), Err(KeeperError::Closed)));
    let saved = scene
        .vault
        .read(&Scene::account(), Kind::AccessToken)
        .await
        .unwrap();
    assert!(saved.is_some(), "the token of the request in hand was lost");
    token(&scene.keeper()).await.unwrap();
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_closed_keeper_hands_nothing_out() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    token(&keeper).await.unwrap();
    keeper.close().await;
    assert_eq!(token(&keeper).await.unwrap_err(), KeeperError::Closed);
    assert!(keeper.views().wait_for(|_| false).await.is_err());
    assert!(keeper.news().recv().await.is_err());
}

#[tokio::test]
async fn a_forgotten_account_leaves_no_attempts() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    token(&keeper).await.unwrap();
    let file = scene.folder.path().join("attempts_acc.json");
    assert!(file.exists());
    keeper.forget().await;
    assert!(!file.exists());
}
