//! The handle over a store that can be made to hang or to lie.

use super::*;
use secrecy::{ExposeSecret, SecretString};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Waker};

/// Longer than any call of these tests takes unless it hangs.
const AMPLE: Duration = Duration::from_mins(1);

fn account() -> AccountId {
    AccountId::new("acc").unwrap()
}

fn secret(text: &str) -> Item {
    Item::lasting(1, SecretString::from(text))
}

async fn kept(vault: &Vault) -> Option<String> {
    let item = vault.read(&account(), Kind::RefreshToken).await.unwrap();
    item.map(|item| item.secret.expose_secret().to_owned())
}

fn vault_over<B: Backend + Send + 'static>(store: B, call: Duration) -> Vault {
    Vault {
        thread: VaultThread::start(move || store).unwrap(),
        call,
    }
}

/// Does nothing before it is told to, and tells what it was asked.
struct Slow {
    store: Memory,
    go_on: Receiver<()>,
    asked: Sender<&'static str>,
}

impl Backend for Slow {
    fn read(&mut self, place: &Place, patience: Duration) -> Result<Option<Item>, VaultError> {
        self.asked.send("read").unwrap();
        self.store.read(place, patience)
    }
    fn write(&mut self, place: &Place, item: &Item, patience: Duration) -> Result<(), VaultError> {
        self.asked.send("write").unwrap();
        self.store.write(place, item, patience)
    }
    fn delete(&mut self, _: &Place, _: Duration) -> Result<(), VaultError> {
        self.asked.send("delete").unwrap();
        self.go_on.recv().unwrap();
        Ok(())
    }
    fn check(&mut self, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }
    fn unlock(&mut self, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }
}

/// Says that it kept what it did not keep.
struct Liar;

impl Backend for Liar {
    fn read(&mut self, _: &Place, _: Duration) -> Result<Option<Item>, VaultError> {
        Ok(Some(secret("old")))
    }
    fn write(&mut self, _: &Place, _: &Item, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }
    fn delete(&mut self, _: &Place, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }
    fn check(&mut self, _: Duration) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn unlock(&mut self, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_vault_in_memory_keeps_and_forgets() {
    let vault = Vault::open(&VaultChoice::Memory, "zoomtray").unwrap();
    assert!(kept(&vault).await.is_none());
    vault
        .write(&account(), Kind::RefreshToken, secret("one"))
        .await
        .unwrap();
    vault
        .clone()
        .write_verified(&account(), Kind::RefreshToken, secret("two"))
        .await
        .unwrap();
    assert_eq!(kept(&vault).await.as_deref(), Some("two"));
    vault.delete(&account(), Kind::RefreshToken).await.unwrap();
    assert!(kept(&vault).await.is_none());
    assert!(matches!(vault.probe().await, VaultHealth::Available));
}

/// The short deadline can only run out: the store waits until the test lets it go on.
#[tokio::test]
async fn a_store_that_hangs_times_out_and_a_write_given_up_is_never_made() {
    let ((go, go_on), (asked, questions)) = (channel(), channel());
    let patient = vault_over(
        Slow {
            store: Memory::default(),
            go_on,
            asked,
        },
        AMPLE,
    );
    let hurried = Vault {
        call: Duration::from_millis(20),
        ..patient.clone()
    };
    let hanging = patient.clone();
    let hanging = tokio::spawn(async move { hanging.delete(&account(), Kind::AccessToken).await });
    let started = tokio::task::spawn_blocking(move || (questions.recv(), questions));
    let (first, questions) = started.await.unwrap();
    assert_eq!(first, Ok("delete"), "the store hangs from here on");
    let given_up = hurried
        .write(&account(), Kind::RefreshToken, secret("late"))
        .await;
    assert!(
        matches!(given_up, Err(VaultError::TimedOut(_))),
        "{given_up:?}"
    );
    go.send(()).unwrap();
    hanging.await.unwrap().unwrap();
    assert!(
        kept(&patient).await.is_none(),
        "the write given up was made all the same"
    );
    assert_eq!(questions.try_iter().collect::<Vec<_>>(), ["read"]);
}

/// Puts the question of `call` and leaves it there; `Some` if it is answered at once.
fn put<F: Future>(call: Pin<&mut F>) -> Option<F::Output> {
    match call.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

#[tokio::test]
async fn calls_to_a_store_that_hangs_do_not_pile_up() {
    let ((_go, go_on), (asked, _questions)) = (channel(), channel());
    let vault = vault_over(
        Slow {
            store: Memory::default(),
            go_on,
            asked,
        },
        AMPLE,
    );
    let account = account();
    let mut calls: Vec<_> = (0..200)
        .map(|_| Box::pin(vault.delete(&account, Kind::AccessToken)))
        .collect();
    let answers: Vec<_> = calls
        .iter_mut()
        .filter_map(|call| put(call.as_mut()))
        .collect();
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Err(VaultError::TimedOut(_))))
    );
    let refused = answers.len();
    assert!(
        (135..=136).contains(&refused),
        "64 wait and one is put, but {refused} were refused"
    );
}

#[tokio::test]
async fn a_write_whose_caller_has_gone_is_not_made() {
    let ((go, go_on), (asked, questions)) = (channel(), channel());
    let vault = vault_over(
        Slow {
            store: Memory::default(),
            go_on,
            asked,
        },
        AMPLE,
    );
    let account = account();
    let mut hanging = Box::pin(vault.delete(&account, Kind::AccessToken));
    assert!(put(hanging.as_mut()).is_none());
    let mut dropped = Box::pin(vault.write(&account, Kind::RefreshToken, secret("late")));
    assert!(put(dropped.as_mut()).is_none());
    drop(dropped);
    go.send(()).unwrap();
    hanging.await.unwrap();
    assert!(
        kept(&vault).await.is_none(),
        "the write given up was made all the same"
    );
    assert_eq!(questions.try_iter().collect::<Vec<_>>(), ["delete", "read"]);
}

#[tokio::test]
async fn what_was_not_kept_is_not_called_kept() {
    for vault in [
        vault_over(Liar, AMPLE),
        vault_over(Cached::new(Liar), AMPLE),
    ] {
        let outcome = vault
            .write_verified(&account(), Kind::RefreshToken, secret("new"))
            .await;
        assert!(
            matches!(outcome, Err(VaultError::NotKept { .. })),
            "{outcome:?}"
        );
        assert_eq!(
            kept(&vault).await.as_deref(),
            Some("old"),
            "the store's own word counts"
        );
        assert!(matches!(vault.probe().await, VaultHealth::Locked));
    }
}

#[tokio::test]
async fn what_was_read_once_is_kept_in_memory() {
    let ((_go, go_on), (asked, questions)) = (channel(), channel());
    let store = Slow {
        store: Memory::default(),
        go_on,
        asked,
    };
    let vault = vault_over(Cached::new(store), AMPLE);
    assert!(kept(&vault).await.is_none());
    assert!(kept(&vault).await.is_none());
    vault
        .write(&account(), Kind::RefreshToken, secret("one"))
        .await
        .unwrap();
    assert_eq!(kept(&vault).await.as_deref(), Some("one"));
    assert_eq!(
        questions.try_iter().collect::<Vec<_>>(),
        ["read", "read", "write"]
    );
}

#[test]
fn each_home_has_its_service() {
    assert_eq!(service_name(None), "zoomtray");
    assert_eq!(service_name(Some("0f3c")), "zoomtray-0f3c");
}

/// The Credential Manager of the user who runs the test, under a service of its own.
#[cfg(windows)]
#[tokio::test]
async fn the_credential_manager_keeps_and_forgets() {
    let service = format!("zoomtray-test-{}", std::process::id());
    let open = || Vault::open(&VaultChoice::Keychain, &service).unwrap();
    assert!(matches!(open().probe().await, VaultHealth::Available));
    open()
        .write_verified(&account(), Kind::RefreshToken, secret("one"))
        .await
        .unwrap();
    open()
        .write_verified(&account(), Kind::RefreshToken, secret("two"))
        .await
        .unwrap();
    assert_eq!(kept(&open()).await.as_deref(), Some("two"));
    let long = open()
        .write(&account(), Kind::RefreshToken, secret(&"x".repeat(2600)))
        .await;
    assert!(
        matches!(long, Err(VaultError::TooLong { limit: 2560, .. })),
        "{long:?}"
    );
    assert_eq!(kept(&open()).await.as_deref(), Some("two"));
    let wide = Item {
        scope: Some("s".repeat(3000)),
        ..secret("three")
    };
    open()
        .write_verified(&account(), Kind::RefreshToken, wide)
        .await
        .unwrap();
    assert_eq!(kept(&open()).await.as_deref(), Some("three"));
    open().delete(&account(), Kind::RefreshToken).await.unwrap();
    open().delete(&account(), Kind::RefreshToken).await.unwrap();
    assert!(kept(&open()).await.is_none());
}
