//! What a process of ours starts from: folders, variables, the working directory's `.env`.

use crate::environment::Environment;
use crate::settings_file::SettingsFile;
use files::{Folders, FoldersError};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use vault::VaultChoice;
use zoom::ServiceUrls;

/// The file read in the working directory.
const ENV_FILE: &str = ".env";

/// What a process of ours starts from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The folders we own.
    pub folders: Folders,
    /// The variables.
    pub environment: Environment,
    /// Where Zoom is, for accounts added now and for guests.
    pub service: ServiceAddresses,
    /// Where secrets live, if the environment says so.
    pub vault: Option<VaultChoice>,
    /// The `.env` whose token line is kept fresh.
    pub env_target: Option<PathBuf>,
}

/// `ZOOM_OAUTH_URL` and `ZOOM_API_URL`, as they were given.
#[derive(Clone, Debug, Default)]
pub struct ServiceAddresses {
    /// Base of the token endpoint; none is Zoom's own.
    pub oauth: Option<String>,
    /// Base of the API; none is Zoom's own.
    pub api: Option<String>,
}

/// A start that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The folders cannot be told.
    #[error(transparent)]
    Folders(#[from] FoldersError),
    /// The vault cannot be told.
    #[error(transparent)]
    Vault(#[from] vault::ChoiceError),
    /// The working directory's `.env` cannot be read.
    #[error("{path} cannot be read: {source}; correct the line or move the file away", path = path.display())]
    EnvFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: dotenvy::Error,
    },
}

impl Setup {
    /// Reads this process' environment and working directory.
    pub fn from_process() -> Result<Self, SetupError> {
        let folders = Folders::resolve()?;
        let env_file = env_file_in_working_directory();
        let pairs = env_file
            .as_deref()
            .map(read_env_file)
            .transpose()?
            .unwrap_or_default();
        let environment = Environment::read(variable, &pairs);
        let gave_credentials = environment
            .guest
            .as_ref()
            .is_some_and(|guest| guest.from_env_file);
        let vault = VaultChoice::from_environment(variable, &folders.data)?;
        Ok(Self {
            folders,
            environment,
            service: ServiceAddresses {
                oauth: text("ZOOM_OAUTH_URL"),
                api: text("ZOOM_API_URL"),
            },
            vault,
            env_target: env_file.filter(|_| gave_credentials),
        })
    }

    /// A token is refreshed when less than this is left.
    #[must_use]
    pub fn refresh_threshold(&self) -> Duration {
        let (file, _problems) = SettingsFile::open(self.folders.config.join("settings.json"));
        self.environment.threshold(&file.get())
    }
}

impl ServiceAddresses {
    /// The addresses, checked; Zoom's own where none was given.
    pub(crate) fn urls(
        oauth: Option<&str>,
        api: Option<&str>,
    ) -> Result<ServiceUrls, zoom::UrlError> {
        let default = ServiceUrls::default();
        ServiceUrls::parse(
            oauth.unwrap_or(default.oauth()),
            api.unwrap_or(default.api()),
        )
    }
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn text(name: &str) -> Option<String> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.trim().is_empty())
}

/// The `.env` beside the user, as an absolute path.
fn env_file_in_working_directory() -> Option<PathBuf> {
    let path = std::env::current_dir().ok()?.join(ENV_FILE);
    path.is_file().then_some(path)
}

/// The pairs of a `.env`, in order.
pub(crate) fn read_env_file(path: &Path) -> Result<Vec<(String, String)>, SetupError> {
    let wrong = |source| SetupError::EnvFile {
        path: path.to_owned(),
        source,
    };
    dotenvy::from_path_iter(path)
        .map_err(wrong)?
        .collect::<Result<_, _>>()
        .map_err(wrong)
}
