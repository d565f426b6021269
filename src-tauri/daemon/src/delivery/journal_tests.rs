use super::*;
use crate::delivery::secrets::place;
use crate::delivery::writes::mark;
use secrecy::ExposeSecret;
use serde_json::Map;
use tempfile::TempDir;
use vault::{Kind, VaultChoice};

const TEXT: &str = r#"{"command":"node",  "env":{"ZOOM_CLIENT_SECRET":"hunter2","N":"1"}}"#;

struct Scene {
    folder: TempDir,
    vault: Vault,
}

impl Scene {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            vault: Vault::open(&VaultChoice::Memory, "zoomtray").unwrap(),
        }
    }

    /// As the next keeper opens it.
    fn journal(&self) -> Journal {
        let (journal, problem) = Journal::open(self.folder.path(), self.vault.clone());
        assert_eq!(problem, None);
        journal
    }

    fn files(&self) -> String {
        let files = fs_err::read_dir(self.folder.path()).unwrap().flatten();
        let read = |file: fs_err::DirEntry| fs_err::read_to_string(file.path()).unwrap();
        files.map(read).collect()
    }
}

fn original(text: &str) -> Original {
    Original::Value(text.to_owned().into())
}

fn relay(program: &str) -> Wrote {
    let entry = Map::from_iter([("command".to_owned(), program.into())]);
    Wrote::Relay { entry }
}

async fn begin(journal: &mut Journal, wrote: Wrote, original: &Original) {
    let begun = Begun {
        config: Path::new("/c.json"),
        pointer: &Pointer::entry("zoom"),
        wrote,
        original,
        whole: None,
    };
    journal.begin(begun).await.unwrap();
}

async fn begin_variable(scene: &Scene, wrote: Wrote, found: &str) {
    let begun = Begun {
        config: Path::new("/c.json"),
        pointer: &Pointer::env("zoom", "T"),
        wrote,
        original: &original(&format!("\"{found}\"")),
        whole: None,
    };
    scene.journal().begin(begun).await.unwrap();
}

async fn text_of(journal: &Journal) -> String {
    match journal.original("zoom").await.unwrap() {
        Original::Value(text) => text.expose_secret().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_original_comes_back_byte_for_byte_and_its_secret_is_in_no_file() {
    let scene = Scene::new();
    begin(&mut scene.journal(), relay("z"), &original(TEXT)).await;
    assert_eq!(text_of(&scene.journal()).await, TEXT);
    let files = scene.files();
    assert!(!files.contains("hunter2"), "{files}");
    assert!(files.contains("<secret 1>"), "{files}");
}

#[tokio::test]
async fn the_first_original_stays_whatever_is_written_later() {
    let scene = Scene::new();
    let mut journal = scene.journal();
    begin(&mut journal, relay("z"), &original(TEXT)).await;
    journal.confirm("zoom").unwrap();
    let ours = original(r#"{"command":"z"}"#);
    begin(&mut journal, relay("moved"), &ours).await;
    assert_eq!(text_of(&scene.journal()).await, TEXT);
}

#[tokio::test]
async fn a_write_that_was_cut_short_does_not_make_ours_the_original() {
    let scene = Scene::new();
    begin(&mut scene.journal(), relay("z"), &original(TEXT)).await;
    // The keeper ended before it could confirm: the write was made.
    let ours = original(r#"{ "command": "z" }"#);
    begin(&mut scene.journal(), relay("z"), &ours).await;
    assert_eq!(text_of(&scene.journal()).await, TEXT);
    // Or it was not made, and the user has changed the entry since.
    let scene = Scene::new();
    begin(&mut scene.journal(), relay("z"), &original(TEXT)).await;
    let newer = original(r#"{"command":"deno"}"#);
    begin(&mut scene.journal(), relay("z"), &newer).await;
    assert_eq!(text_of(&scene.journal()).await, r#"{"command":"deno"}"#);
}

#[tokio::test]
async fn nor_a_relay_of_another_place_or_an_entry_that_is_gone() {
    let scene = Scene::new();
    begin(
        &mut scene.journal(),
        relay("/old/zoomtrayctl"),
        &original(TEXT),
    )
    .await;
    let moved = original(r#"{"command":"/new/zoomtrayctl","args":["relay","zoom"]}"#);
    for found in [moved, Original::EntryAbsent, Original::FileAbsent] {
        begin(&mut scene.journal(), relay("z"), &found).await;
        assert_eq!(text_of(&scene.journal()).await, TEXT, "{found:?}");
    }
}

#[tokio::test]
async fn nor_the_token_before_one_that_was_not_written() {
    let scene = Scene::new();
    let token = |text: &str| Wrote::Token {
        mark: mark(&text.to_owned().into()),
    };
    begin_variable(&scene, token("token1"), "original-value").await;
    scene.journal().confirm("zoom").unwrap();
    begin_variable(&scene, token("token2"), "token1").await;
    begin_variable(&scene, token("token3"), "token1").await;
    assert_eq!(text_of(&scene.journal()).await, "\"original-value\"");
}

#[tokio::test]
async fn a_write_that_was_not_made_is_not_noted() {
    let scene = Scene::new();
    let mut journal = scene.journal();
    begin(&mut journal, relay("z"), &original(TEXT)).await;
    journal.confirm("zoom").unwrap();
    let done = journal.get("zoom").cloned();
    begin(
        &mut journal,
        relay("moved"),
        &original(r#"{"command":"z"}"#),
    )
    .await;
    journal.take_back("zoom").await.unwrap();
    assert_eq!(scene.journal().get("zoom").cloned(), done);
    journal.forget("zoom").await.unwrap();
    begin(&mut journal, relay("z"), &original(TEXT)).await;
    journal.take_back("zoom").await.unwrap();
    assert_eq!(scene.journal().get("zoom"), None);
    let place = place("zoom", 0).unwrap();
    let item = scene.vault.read(&place, Kind::Original).await.unwrap();
    assert!(item.is_none());
}

#[tokio::test]
async fn what_is_kept_of_another_config_is_given_back_first() {
    let scene = Scene::new();
    let mut journal = scene.journal();
    begin(&mut journal, relay("z"), &original(TEXT)).await;
    let begun = Begun {
        config: Path::new("/other.json"),
        pointer: &Pointer::entry("zoom"),
        wrote: relay("z"),
        original: &original(r#"{"command":"deno"}"#),
        whole: None,
    };
    let error = journal.begin(begun).await.unwrap_err();
    assert!(error.to_string().contains("/c.json"), "{error}");
    assert_eq!(text_of(&scene.journal()).await, TEXT);
}

#[tokio::test]
async fn the_variable_is_a_secret_in_the_entry_around_it_too() {
    let scene = Scene::new();
    let begun = Begun {
        config: Path::new("/c.json"),
        pointer: &Pointer::env("zoom", "ROOM"),
        wrote: Wrote::Token {
            mark: "new".to_owned(),
        },
        original: &original("\"harmless name\""),
        whole: Some(&original(r#"{"env":{"ROOM":"harmless name"}}"#)),
    };
    scene.journal().begin(begun).await.unwrap();
    assert!(
        !scene.files().contains("harmless name"),
        "{}",
        scene.files()
    );
}

#[tokio::test]
async fn nothing_is_left_of_an_entry_that_is_forgotten() {
    let scene = Scene::new();
    let mut journal = scene.journal();
    begin(&mut journal, relay("z"), &original(TEXT)).await;
    journal.forget("zoom").await.unwrap();
    assert!(scene.journal().all().is_empty());
    let place = place("zoom", 0).unwrap();
    let item = scene.vault.read(&place, Kind::Original).await.unwrap();
    assert!(item.is_none());
    assert!(!readable_path(scene.folder.path()).exists());
}

#[tokio::test]
async fn a_secret_that_is_gone_is_said_with_where_the_rest_is() {
    let scene = Scene::new();
    begin(&mut scene.journal(), relay("z"), &original(TEXT)).await;
    let place = place("zoom", 0).unwrap();
    scene.vault.delete(&place, Kind::Original).await.unwrap();
    let error = scene.journal().original("zoom").await.unwrap_err();
    assert!(
        error.to_string().contains("claude-originals.json"),
        "{error}"
    );
}

#[tokio::test]
async fn a_journal_that_cannot_be_read_is_not_overwritten() {
    let scene = Scene::new();
    let path = scene.folder.path().join("claude-journal.json");
    fs_err::write(&path, "{ cut").unwrap();
    let (mut journal, problem) = Journal::open(scene.folder.path(), scene.vault.clone());
    assert!(problem.unwrap().contains("claude-journal.json"));
    let begun = Begun {
        config: Path::new("/c.json"),
        pointer: &Pointer::entry("zoom"),
        wrote: relay("z"),
        original: &Original::EntryAbsent,
        whole: None,
    };
    assert!(journal.begin(begun).await.is_err());
    assert_eq!(fs_err::read_to_string(path).unwrap(), "{ cut");
}

#[tokio::test]
async fn the_entry_around_a_variable_is_kept_with_it() {
    let scene = Scene::new();
    let begun = Begun {
        config: Path::new("/c.json"),
        pointer: &Pointer::env("zoom", "T"),
        wrote: Wrote::Token {
            mark: "new".to_owned(),
        },
        original: &original("\"hunter1\""),
        whole: Some(&original(TEXT)),
    };
    scene.journal().begin(begun).await.unwrap();
    assert_eq!(text_of(&scene.journal()).await, "\"hunter1\"");
    let whole = scene.journal().whole("zoom").await.unwrap();
    assert!(matches!(whole, Some(Original::Value(text)) if text.expose_secret() == TEXT));
    assert!(!scene.files().contains("hunter"), "{}", scene.files());
    scene.journal().forget("zoom").await.unwrap();
    for number in 0..2 {
        let place = place("zoom", number).unwrap();
        let item = scene.vault.read(&place, Kind::Original).await.unwrap();
        assert!(item.is_none());
    }
}
