//! Who asks gets a token, and Zoom one request.

use super::scene::{HOUR, SECOND, Scene, refresh, seen, token};
use crate::news::News;
use fake_zoom::Mode;
use lifecycle::{Generation, Stored};
use secrecy::ExposeSecret;
use tokio::task::JoinSet;

#[tokio::test]
async fn fifty_callers_with_an_expired_token_make_one_request() {
    let scene = Scene::new().await;
    scene.zoom.set_mode(Mode::Single);
    let keeper = scene.keeper();
    token(&keeper).await.unwrap();
    scene.clock.advance(2 * HOUR);
    let mut callers = JoinSet::new();
    for _ in 0..50 {
        let keeper = keeper.clone();
        callers.spawn(async move { token(&keeper).await.unwrap().generation });
    }
    let generations = callers.join_all().await;
    assert_eq!(generations.len(), 50);
    assert!(
        generations
            .iter()
            .all(|generation| *generation == generations[0])
    );
    assert_eq!(
        scene.requests(),
        2,
        "one for the first token, one for all fifty"
    );
}

#[tokio::test]
async fn a_valid_token_is_handed_out_from_memory() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    let first = token(&keeper).await.unwrap();
    fs_err::remove_dir_all(scene.vault_folder()).unwrap();
    let again = token(&keeper).await.unwrap();
    assert_eq!(again.generation, first.generation);
    assert_eq!(again.token.expose_secret(), first.token.expose_secret());
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_rejected_token_is_replaced_once() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    let first = token(&keeper).await.unwrap();
    scene.clock.advance(120 * SECOND);
    let newer = keeper.rejected(first.generation).await.unwrap();
    assert!(newer.generation > first.generation);
    let again = keeper.rejected(first.generation).await.unwrap();
    assert_eq!(again.generation, newer.generation);
    assert_eq!(scene.requests(), 2);
}

#[tokio::test]
async fn a_refresh_inside_the_cooldown_waits_and_says_until_when() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    let first = token(&keeper).await.unwrap();
    let (refreshing, mut told) = refresh(&keeper);
    let until = told.recv().await.unwrap();
    assert_eq!(until, first.span.issued.plus(30 * SECOND));
    assert_eq!(scene.requests(), 1);
    scene.clock.advance(30 * SECOND);
    assert!(refreshing.await.unwrap().unwrap().generation > first.generation);
    assert_eq!(scene.requests(), 2);
}

#[tokio::test]
async fn who_stops_waiting_causes_no_request() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    token(&keeper).await.unwrap();
    let (refreshing, mut told) = refresh(&keeper);
    told.recv().await.unwrap();
    refreshing.abort();
    assert!(refreshing.await.unwrap_err().is_cancelled());
    scene.clock.advance(60 * SECOND);
    // Answered after the departure: the queue is in order.
    token(&keeper).await.unwrap();
    keeper.woke().await;
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_token_is_refreshed_unasked_before_it_ends() {
    let mut scene = Scene::new().await;
    scene.auto_refresh = true;
    let keeper = scene.keeper();
    let first = seen(&keeper, |view| view.lifecycle.generation.is_some()).await;
    scene.clock.advance(3301 * SECOND);
    let generation = first.lifecycle.generation;
    seen(&keeper, |view| view.lifecycle.generation > generation).await;
    assert_eq!(scene.requests(), 2);
}

#[tokio::test]
async fn a_new_token_is_news() {
    let scene = Scene::new().await;
    let keeper = scene.keeper();
    let mut news = keeper.news();
    let lease = token(&keeper).await.unwrap();
    assert_eq!(lease.stored, Stored::Saved);
    let told = news.recv().await;
    assert!(
        matches!(&told, Ok(News::Warning(text)) if text.contains("clock")),
        "this scene's clock is not that of its Zoom: {told:?}"
    );
    let Ok(News::Fetched {
        generation, token, ..
    }) = news.recv().await
    else {
        panic!("no news of the new token");
    };
    assert_eq!(generation, lease.generation);
    assert_eq!(token.expose_secret(), lease.token.expose_secret());
    assert_ne!(generation, Generation(0));
}
