//! Which vault the user chose.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Chooses by name.
const VAULT_VARIABLE: &str = "ZOOMTRAY_VAULT";
/// Chooses the file vault and its folder, as chadkunsman/zoom-mcp documents it.
const FOLDER_VARIABLE: &str = "TOKEN_CACHE_DIR";

/// Where secrets are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultChoice {
    /// The keychain of the system.
    Keychain,
    /// Files in a folder of mode 0700.
    File(PathBuf),
    /// This process's memory only.
    Memory,
}

/// A choice that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no vault; give keychain, file or memory")]
pub struct ChoiceError(String);

impl VaultChoice {
    /// Reads `keychain`, `file` or `memory`; a file vault lies in `folder`.
    pub fn parse(word: &str, folder: &Path) -> Result<Self, ChoiceError> {
        match word {
            "keychain" => Ok(Self::Keychain),
            "file" => Ok(Self::File(folder.to_owned())),
            "memory" => Ok(Self::Memory),
            other => Err(ChoiceError(other.to_owned())),
        }
    }

    /// What the environment chooses: `ZOOMTRAY_VAULT` by name, or else `TOKEN_CACHE_DIR`
    /// the file vault; the latter is also the folder of a file vault chosen by name, which
    /// otherwise is `vault` in the `data` folder. `None`: nothing, the setting decides.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<OsString>,
        data: &Path,
    ) -> Result<Option<Self>, ChoiceError> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let folder = set(FOLDER_VARIABLE).map(PathBuf::from);
        match (set(VAULT_VARIABLE), folder) {
            (Some(word), folder) => {
                let folder = folder.unwrap_or_else(|| Self::folder_in(data));
                Self::parse(&word.to_string_lossy(), &folder).map(Some)
            }
            (None, Some(folder)) => Ok(Some(Self::File(folder))),
            (None, None) => Ok(None),
        }
    }

    /// The folder of a file vault for which none was named.
    #[must_use]
    pub fn folder_in(data: &Path) -> PathBuf {
        data.join("vault")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(vault: &str, folder: &str) -> Result<Option<VaultChoice>, ChoiceError> {
        let variable = |name: &str| match name {
            VAULT_VARIABLE => Some(OsString::from(vault)),
            FOLDER_VARIABLE => Some(OsString::from(folder)),
            _ => None,
        };
        VaultChoice::from_environment(variable, Path::new("/data"))
    }

    #[test]
    fn the_environment_chooses() {
        let file = |folder: &str| Ok(Some(VaultChoice::File(folder.into())));
        assert_eq!(chosen("", ""), Ok(None));
        assert_eq!(chosen("", "/cache"), file("/cache"));
        assert_eq!(chosen("file", "/cache"), file("/cache"));
        assert_eq!(chosen("file", ""), file("/data/vault"));
        assert_eq!(
            chosen("keychain", "/cache"),
            Ok(Some(VaultChoice::Keychain))
        );
        assert_eq!(chosen("memory", ""), Ok(Some(VaultChoice::Memory)));
    }

    #[test]
    fn another_word_is_named() {
        let error = chosen("keyring", "").unwrap_err();
        assert!(
            error.to_string().starts_with("`keyring` is no vault"),
            "{error}"
        );
    }
}
