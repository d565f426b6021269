//! What a config says about third-party mode, in its `deploymentMode`.

use super::Surroundings;
use super::places::Place;
use serde::Deserialize;

/// What a config says about third-party mode.
#[derive(Clone, Copy)]
pub(super) enum Mode {
    /// It is on.
    ThirdParty,
    /// It is off.
    FirstParty,
    /// Nothing, or nothing that can be read.
    Unsaid,
    /// There is no config.
    NoFile,
}

#[derive(Deserialize)]
struct Deployment {
    #[serde(rename = "deploymentMode")]
    mode: Option<String>,
}

impl Mode {
    /// By the config in `place`.
    pub(super) fn of(around: &Surroundings<'_>, place: &Place) -> Self {
        let path = place.file(around);
        if !around.disk.exists(&path) {
            return Self::NoFile;
        }
        let bytes = around.disk.read(&path).unwrap_or_default();
        match serde_json::from_slice(&bytes) {
            Ok(Deployment { mode: Some(mode) }) if mode == "3p" => Self::ThirdParty,
            Ok(Deployment { mode: Some(mode) }) if mode == "1p" => Self::FirstParty,
            _ => Self::Unsaid,
        }
    }
}
