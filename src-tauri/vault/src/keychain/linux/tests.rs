//! The keychain against a real gnome-keyring on a session bus of the test's own.
//!
//! The bus's address is read from the process's environment, so each test runs again in a
//! child process whose environment is private.

use super::*;
use crate::account::{AccountId, Kind};
use crate::error::{Lack, VaultHealth};
use crate::vault::Vault;
use crate::{VaultChoice, service_name};
use secrecy::{ExposeSecret, SecretString};
use secret_service::{EncryptionType, SecretService};
use session::{Bus, Connected, Dialogs, Keyring, in_private_session};

mod session;

fn account() -> AccountId {
    AccountId::new("acc").unwrap()
}

fn open() -> Vault {
    Vault::open(&VaultChoice::Keychain, &service_name(Some("test"))).unwrap()
}

fn token(text: &str) -> Item {
    let span = lifecycle::Span {
        issued: lifecycle::WallTime(1_800_000_000_000),
        expires: lifecycle::WallTime(1_800_003_600_000),
    };
    Item {
        span: Some(span),
        ..Item::lasting(7, SecretString::from(text))
    }
}

async fn kept(vault: &Vault, kind: Kind) -> Option<String> {
    let item = vault.read(&account(), kind).await.unwrap();
    item.map(|item| item.secret.expose_secret().to_owned())
}

fn access_token() -> HashMap<&'static str, &'static str> {
    HashMap::from([
        ("service", "zoomtray-test"),
        ("username", "acc:access_token"),
    ])
}

/// What lies under the account's access token, as another program would see it.
async fn seen_by_others() -> Vec<Vec<u8>> {
    let service = SecretService::connect(EncryptionType::Plain).await.unwrap();
    let found = service.search_items(access_token()).await.unwrap();
    let mut secrets = Vec::new();
    for item in &found.unlocked {
        secrets.push(item.get_secret().await.unwrap());
    }
    secrets
}

async fn lock() {
    let service = SecretService::connect(EncryptionType::Plain).await.unwrap();
    let collection = service.get_default_collection().await.unwrap();
    collection.lock().await.unwrap();
    assert!(collection.is_locked().await.unwrap());
}

#[test]
fn items_are_kept_replaced_and_deleted() {
    in_private_session(
        "items_are_kept_replaced_and_deleted",
        Bus::Private,
        async || {
            let _keyring = Keyring::unlocked().await;
            assert!(matches!(open().probe().await, VaultHealth::Available));
            assert_eq!(kept(&open(), Kind::AccessToken).await, None);
            for text in ["one", "two", &"x".repeat(20_000)] {
                open()
                    .write_verified(&account(), Kind::AccessToken, token(text))
                    .await
                    .unwrap();
                assert_eq!(
                    kept(&open(), Kind::AccessToken).await.as_deref(),
                    Some(text)
                );
            }
            open()
                .write_verified(&account(), Kind::RefreshToken, token("other"))
                .await
                .unwrap();
            assert_eq!(
                seen_by_others().await.len(),
                1,
                "a write replaces and does not add"
            );
            open().delete(&account(), Kind::AccessToken).await.unwrap();
            open().delete(&account(), Kind::AccessToken).await.unwrap();
            assert_eq!(kept(&open(), Kind::AccessToken).await, None);
            assert_eq!(
                kept(&open(), Kind::RefreshToken).await.as_deref(),
                Some("other")
            );
        },
    );
}

#[test]
fn of_several_items_the_newest_counts_and_none_is_left_behind() {
    let name = "of_several_items_the_newest_counts_and_none_is_left_behind";
    in_private_session(name, Bus::Private, async || {
        let _keyring = Keyring::unlocked().await;
        for (mark, generation) in [("older", 5), ("newer", 9)] {
            let item = format!(r#"{{"version":1,"generation":{generation},"secret":"{mark}"}}"#);
            let mut attributes = access_token();
            attributes.insert("mark", mark);
            let service = SecretService::connect(EncryptionType::Plain).await.unwrap();
            let collection = service.get_default_collection().await.unwrap();
            collection
                .create_item(mark, attributes, item.as_bytes(), false, "text/plain")
                .await
                .unwrap();
        }
        let read = async || kept(&open(), Kind::AccessToken).await;
        assert_eq!(read().await.as_deref(), Some("newer"));
        open()
            .write_verified(&account(), Kind::AccessToken, token("one"))
            .await
            .unwrap();
        let seen = seen_by_others().await;
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0], seen[1], "an older secret was left behind");
        open().delete(&account(), Kind::AccessToken).await.unwrap();
        assert_eq!(seen_by_others().await.len(), 0);
    });
}

#[test]
fn a_call_leaves_nothing_connected() {
    let name = "a_call_leaves_nothing_connected";
    in_private_session(name, Bus::Private, async || {
        let _keyring = Keyring::unlocked().await;
        let (vault, before) = (open(), Connected::now().await);
        vault
            .write_verified(&account(), Kind::AccessToken, token("one"))
            .await
            .unwrap();
        before.wait_until_again().await;
    });
}

#[test]
fn a_locked_keyring_is_named_and_only_a_click_raises_a_dialog() {
    let name = "a_locked_keyring_is_named_and_only_a_click_raises_a_dialog";
    in_private_session(name, Bus::Private, async || {
        let _keyring = Keyring::unlocked().await;
        let (vault, mut dialogs) = (open(), Dialogs::watch().await);
        vault
            .write_verified(&account(), Kind::AccessToken, token("one"))
            .await
            .unwrap();
        vault.unlock().await.unwrap();
        lock().await;
        assert!(matches!(vault.probe().await, VaultHealth::Locked));
        let new = open();
        for outcome in [
            new.read(&account(), Kind::AccessToken).await.map(drop),
            new.read(&account(), Kind::ClientSecret).await.map(drop),
            new.write(&account(), Kind::AccessToken, token("two")).await,
            new.write(&account(), Kind::ClientSecret, token("new"))
                .await,
            new.delete(&account(), Kind::AccessToken).await,
        ] {
            assert!(matches!(outcome, Err(VaultError::Locked)), "{outcome:?}");
        }
        assert_eq!(
            kept(&vault, Kind::AccessToken).await.as_deref(),
            Some("one"),
            "from memory"
        );
        assert_eq!(
            dialogs.raised().await,
            0,
            "a background call raised a dialog"
        );
        let (clicked, ()) = tokio::join!(new.unlock(), dialogs.dismiss_next());
        assert!(matches!(clicked, Err(VaultError::Locked)), "{clicked:?}");
    });
}

#[test]
fn an_item_in_another_keyring_that_is_locked_is_not_passed_over() {
    let name = "an_item_in_another_keyring_that_is_locked_is_not_passed_over";
    in_private_session(name, Bus::Private, async || {
        let keyring = Keyring::unlocked().await;
        let second = keyring.add_second().await;
        let service = SecretService::connect(EncryptionType::Plain).await.unwrap();
        let second = service.get_collection_by_path(second).await.unwrap();
        let item = br#"{"version":1,"generation":9,"secret":"two"}"#;
        second
            .create_item("other", access_token(), item, false, "text/plain")
            .await
            .unwrap();
        assert_eq!(
            kept(&open(), Kind::AccessToken).await.as_deref(),
            Some("two")
        );
        second.lock().await.unwrap();
        let (vault, mut dialogs) = (open(), Dialogs::watch().await);
        assert!(matches!(vault.probe().await, VaultHealth::Available));
        for outcome in [
            vault.read(&account(), Kind::AccessToken).await.map(drop),
            vault
                .write(&account(), Kind::AccessToken, token("one"))
                .await,
            vault.delete(&account(), Kind::AccessToken).await,
        ] {
            assert!(matches!(outcome, Err(VaultError::Locked)), "{outcome:?}");
        }
        assert_eq!(
            dialogs.raised().await,
            0,
            "a background call raised a dialog"
        );
    });
}

#[test]
fn a_session_without_a_secret_service_says_what_to_install() {
    let name = "a_session_without_a_secret_service_says_what_to_install";
    in_private_session(name, Bus::Private, async || {
        let health = open().probe().await;
        assert!(
            matches!(health, VaultHealth::Missing(Lack::SecretService)),
            "{health:?}"
        );
        let error = open()
            .read(&account(), Kind::AccessToken)
            .await
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("install gnome-keyring or KWallet"),
            "{error}"
        );
        let refused = open()
            .write(&account(), Kind::AccessToken, token("one"))
            .await;
        assert!(
            matches!(refused, Err(VaultError::Missing(_))),
            "{refused:?}"
        );
    });
}

#[test]
fn a_process_without_a_session_bus_says_so() {
    let name = "a_process_without_a_session_bus_says_so";
    in_private_session(name, Bus::Absent, async || {
        let health = open().probe().await;
        assert!(
            matches!(health, VaultHealth::Missing(Lack::SessionBus)),
            "{health:?}"
        );
    });
}

#[test]
fn a_keyring_nobody_used_is_named_and_a_click_makes_a_collection() {
    let name = "a_keyring_nobody_used_is_named_and_a_click_makes_a_collection";
    in_private_session(name, Bus::Private, async || {
        let _keyring = Keyring::empty().await;
        let mut dialogs = Dialogs::watch().await;
        let health = open().probe().await;
        assert!(
            matches!(health, VaultHealth::Missing(Lack::DefaultCollection)),
            "{health:?}"
        );
        let refused = open()
            .write(&account(), Kind::AccessToken, token("one"))
            .await;
        assert!(
            matches!(refused, Err(VaultError::Missing(_))),
            "{refused:?}"
        );
        assert_eq!(
            dialogs.raised().await,
            0,
            "a background call raised a dialog"
        );
        let vault = open();
        let (clicked, ()) = tokio::join!(vault.unlock(), dialogs.dismiss_next());
        assert!(matches!(clicked, Err(VaultError::Locked)), "{clicked:?}");
    });
}

#[test]
fn an_item_of_another_version_is_named_and_left_alone() {
    let name = "an_item_of_another_version_is_named_and_left_alone";
    in_private_session(name, Bus::Private, async || {
        let _keyring = Keyring::unlocked().await;
        open()
            .write(&account(), Kind::AccessToken, token("one"))
            .await
            .unwrap();
        let newer = br#"{"version":2,"generation":9,"secret":"two"}"#;
        let service = SecretService::connect(EncryptionType::Plain).await.unwrap();
        let found = service.search_items(access_token()).await.unwrap();
        found.unlocked[0]
            .set_secret(newer, "text/plain")
            .await
            .unwrap();
        let error = open()
            .read(&account(), Kind::AccessToken)
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                VaultError::OtherVersion {
                    found: 2,
                    known: 1,
                    ..
                }
            ),
            "{error:?}"
        );
        assert_eq!(seen_by_others().await, [newer.to_vec()]);
    });
}

#[test]
fn a_keyring_restarted_meanwhile_is_found_again() {
    let name = "a_keyring_restarted_meanwhile_is_found_again";
    in_private_session(name, Bus::Private, async || {
        let (vault, keyring) = (open(), Keyring::unlocked().await);
        vault
            .write(&account(), Kind::AccessToken, token("one"))
            .await
            .unwrap();
        keyring.end().await;
        assert!(matches!(
            vault.probe().await,
            VaultHealth::Missing(Lack::SecretService)
        ));
        let _keyring = Keyring::unlocked().await;
        assert_eq!(
            kept(&open(), Kind::AccessToken).await.as_deref(),
            Some("one")
        );
        vault
            .write_verified(&account(), Kind::AccessToken, token("two"))
            .await
            .unwrap();
    });
}
