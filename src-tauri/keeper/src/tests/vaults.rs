//! Vaults that fail, lose, or have others in them.

use super::scene::{SECOND, Scene, refresh, token};
use crate::configuration::{ClientSecret, Custody};
use crate::error::KeeperError;
use crate::news::News;
use fake_zoom::App;
use lifecycle::{Notice, Stored};
use secrecy::ExposeSecret;
use vault::{Item, Kind};

/// Puts something in place of the vault's folder that no file can be made in.
fn break_vault(scene: &Scene) {
    fs_err::rename(scene.vault_folder(), scene.folder.path().join("aside")).unwrap();
    fs_err::write(scene.vault_folder(), "not a folder").unwrap();
}

fn mend_vault(scene: &Scene) {
    fs_err::remove_file(scene.vault_folder()).unwrap();
    fs_err::rename(scene.folder.path().join("aside"), scene.vault_folder()).unwrap();
}

#[tokio::test]
async fn a_token_that_cannot_be_saved_is_handed_out_with_a_warning() {
    let scene = Scene::new().await;
    break_vault(&scene);
    let keeper = scene.keeper();
    let mut news = keeper.news();
    let lease = token(&keeper).await.unwrap();
    assert_eq!(lease.stored, Stored::Unsaved);
    assert_eq!(token(&keeper).await.unwrap().generation, lease.generation);
    assert_eq!(scene.requests(), 1);
    loop {
        if let News::Notice(Notice::SaveFailed { generation, .. }) = news.recv().await.unwrap() {
            assert_eq!(generation, lease.generation);
            break;
        }
    }
}

#[tokio::test]
async fn the_client_secret_comes_from_the_vault() {
    let scene = Scene::new().await;
    let keeper = scene.keeper_with(ClientSecret::Vault);
    let error = token(&keeper).await.unwrap_err();
    assert!(
        matches!(&error, KeeperError::Vault { message } if message.contains("acc")),
        "{error}"
    );
    assert_eq!(scene.requests(), 0);
    let secret = Item::lasting(1, App::default().client_secret.into());
    scene
        .vault
        .write(&Scene::account(), Kind::ClientSecret, secret)
        .await
        .unwrap();
    scene.clock.advance(30 * SECOND);
    token(&keeper).await.unwrap();
}

#[tokio::test]
async fn a_token_that_others_deleted_or_damaged_is_replaced_at_the_next_hand_out() {
    let mut scene = Scene::new().await;
    scene.custody = Custody::Shared;
    let keeper = scene.keeper();
    let first = token(&keeper).await.unwrap();
    assert_eq!(token(&keeper).await.unwrap().generation, first.generation);
    scene.clock.advance(30 * SECOND);
    fs_err::remove_file(scene.token_file()).unwrap();
    let second = token(&keeper).await.unwrap();
    assert!(second.generation > first.generation);
    scene.clock.advance(30 * SECOND);
    fs_err::write(scene.token_file(), "{\"access_token\": \"x").unwrap();
    let third = token(&keeper).await.unwrap();
    assert!(third.generation > second.generation);
    assert_eq!(scene.requests(), 3);
}

#[tokio::test]
async fn a_vault_that_returns_gives_its_token_without_a_request() {
    let scene = Scene::new().await;
    let first = scene.keeper();
    let lease = token(&first).await.unwrap();
    first.close().await;
    break_vault(&scene);
    let keeper = scene.keeper();
    let (refreshing, mut told) = refresh(&keeper);
    told.recv().await.unwrap();
    refreshing.abort();
    assert!(keeper.view().lifecycle.generation.is_none());
    mend_vault(&scene);
    keeper.vault_returned().await;
    let again = token(&keeper).await.unwrap();
    assert_eq!(again.generation, lease.generation);
    assert_eq!(again.token.expose_secret(), lease.token.expose_secret());
    assert_eq!(scene.requests(), 1);
}
