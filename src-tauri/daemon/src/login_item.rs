//! The app's login item: what it is called, and how any process of ours takes it away.
//!
//! The app sets it through tauri-plugin-autostart, which is the same crate underneath.

use auto_launch::AutoLaunchBuilder;
use files::Folders;

/// The login item of the app with these folders: each home has its own.
#[must_use]
pub fn login_item_name(folders: &Folders) -> String {
    match &folders.home_tag {
        Some(tag) => format!("Zoomtray-{tag}"),
        None => "Zoomtray".to_owned(),
    }
}

/// The system did not let go of the login item.
#[derive(Debug, thiserror::Error)]
#[error("the login item {name} was not removed: {source}; remove it in the system's settings")]
pub(crate) struct LoginItemError {
    name: String,
    source: auto_launch::Error,
}

/// Takes the login item away. None there is no error.
pub(crate) fn remove(folders: &Folders) -> Result<(), LoginItemError> {
    let name = login_item_name(folders);
    let outcome = AutoLaunchBuilder::new()
        .set_app_name(&name)
        // Only setting one needs the app's path.
        .set_app_path(&name)
        .build()
        .and_then(|item| item.disable());
    match outcome {
        Err(auto_launch::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(())
        }
        Ok(()) => Ok(()),
        Err(source) => Err(LoginItemError { name, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_home_has_a_login_item_of_its_own() {
        let root = std::env::temp_dir();
        let name = |home: &str| login_item_name(&Folders::under(&root.join(home)).unwrap());
        assert!(name("a").starts_with("Zoomtray-"));
        assert_ne!(name("a"), name("b"));
    }
}
