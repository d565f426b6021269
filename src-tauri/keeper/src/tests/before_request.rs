//! Where a new token ends the last one, its users are given time first.

use super::scene::{HOUR, Scene, token};
use crate::before_request::BeforeRequest;
use fake_zoom::Fault;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

/// Says what it is told, and lets a request go when it is allowed.
struct Users {
    told: mpsc::UnboundedSender<&'static str>,
    done: Notify,
}

impl BeforeRequest for Users {
    fn ahead(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.told.send("ahead").unwrap();
        Box::pin(self.done.notified())
    }

    fn over(&self) {
        self.told.send("over").unwrap();
    }
}

/// A scene, the users of its tokens, and what they are told.
async fn with_users() -> (Scene, Arc<Users>, mpsc::UnboundedReceiver<&'static str>) {
    let mut scene = Scene::new().await;
    let (told, heard) = mpsc::unbounded_channel();
    let done = Notify::new();
    let users = Arc::new(Users { told, done });
    scene.before_request = Some(users.clone());
    (scene, users, heard)
}

#[tokio::test]
async fn the_request_is_made_when_the_last_tokens_users_are_done() {
    let (scene, users, mut heard) = with_users().await;
    let keeper = scene.keeper();
    let asking = tokio::spawn({
        let keeper = keeper.clone();
        async move { token(&keeper).await.unwrap() }
    });
    assert_eq!(heard.recv().await, Some("ahead"));
    assert_eq!(scene.requests(), 0);
    users.done.notify_one();
    assert_eq!(heard.recv().await, Some("over"));
    assert_eq!(scene.requests(), 1);
    let generation = keeper.current().unwrap().generation;
    assert_eq!(asking.await.unwrap().generation, generation);
}

#[tokio::test]
async fn a_request_that_fails_is_over_too_when_the_last_token_has_expired() {
    let (scene, users, mut heard) = with_users().await;
    users.done.notify_one();
    let keeper = scene.keeper();
    token(&keeper).await.unwrap();
    assert_eq!(heard.recv().await, Some("ahead"));
    assert_eq!(heard.recv().await, Some("over"));
    scene.fault(Fault::ServerError { status: 502 }, 1);
    scene.pass_awake(&keeper, 2 * HOUR).await;
    let asking = tokio::spawn(async move { token(&keeper).await });
    users.done.notify_one();
    assert_eq!(heard.recv().await, Some("ahead"));
    assert_eq!(heard.recv().await, Some("over"));
    asking.abort();
}
