//! The variables the seeds' users already have: read once, checked, each mistake named.
//!
//! Pure over a look-up. Process variables win over a `.env` in the working directory, and of
//! that file only the credentials and thresholds count.

use crate::problem::Misread;
use crate::settings::Settings;
use secrecy::SecretString;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// Credentials found in the environment.
#[derive(Clone, Debug)]
pub struct GuestCredentials {
    /// `ZOOM_ACCOUNT_ID`.
    pub account_id: String,
    /// `ZOOM_CLIENT_ID`.
    pub client_id: String,
    /// `ZOOM_CLIENT_SECRET`.
    pub client_secret: SecretString,
    /// `ZOOM_OAUTH_URL`, of the process alone.
    pub oauth_url: Option<String>,
    /// `ZOOM_API_URL`, of the process alone.
    pub api_url: Option<String>,
    /// Whether any of the three came from the working directory's `.env`.
    pub from_env_file: bool,
}

/// What the environment says.
#[derive(Clone, Debug)]
pub struct Environment {
    /// All three credentials, or none.
    pub guest: Option<GuestCredentials>,
    /// `ZOOM_TOKEN_DISPLAY_INTERVAL`: time between status lines; none is off.
    pub display_interval: Option<Duration>,
    /// `ZOOM_AUTO_REFRESH_THRESHOLD`: refresh below this; none is the setting's.
    pub refresh_threshold: Option<Duration>,
    /// `ZOOM_TOKEN_THRESHOLD`: what `check` demands.
    pub token_threshold: Duration,
    /// `CLAUDE_CONFIG_FILE`.
    pub claude_config: Option<PathBuf>,
    /// `CLAUDE_MCP_SERVER_NAME`: the entry that `watch` delivers to.
    pub claude_server: Option<String>,
    /// `CLAUDE_ZOOM_ENV_KEY`: the variable in that entry.
    pub claude_key: String,
    /// What could not be read, and what is used instead.
    pub misread: Vec<Misread>,
}

/// The default of `ZOOM_TOKEN_DISPLAY_INTERVAL` (seed 000).
const DISPLAY_INTERVAL: u64 = 60;
/// The default of `ZOOM_TOKEN_THRESHOLD` (seed 000).
const TOKEN_THRESHOLD: u64 = 60;
/// The default of `ZOOM_AUTO_REFRESH_THRESHOLD` (seed 000).
pub(crate) const REFRESH_THRESHOLD: u64 = 300;

impl Environment {
    /// Reads the process' variables and `env_file`, the pairs of the working directory's `.env`.
    pub fn read(process: impl Fn(&str) -> Option<OsString>, env_file: &[(String, String)]) -> Self {
        let mut reader = Reader {
            process,
            env_file,
            misread: Vec::new(),
        };
        let interval = reader.seconds("ZOOM_TOKEN_DISPLAY_INTERVAL", DISPLAY_INTERVAL);
        let threshold = reader.seconds_if_set("ZOOM_AUTO_REFRESH_THRESHOLD", REFRESH_THRESHOLD);
        let token_threshold = reader.seconds("ZOOM_TOKEN_THRESHOLD", TOKEN_THRESHOLD);
        Self {
            guest: reader.guest(),
            display_interval: (interval > 0).then(|| Duration::from_secs(interval)),
            refresh_threshold: threshold.map(Duration::from_secs),
            token_threshold: Duration::from_secs(token_threshold),
            claude_config: (reader.process)("CLAUDE_CONFIG_FILE")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            claude_server: reader.own("CLAUDE_MCP_SERVER_NAME"),
            claude_key: reader
                .own("CLAUDE_ZOOM_ENV_KEY")
                .unwrap_or_else(|| "ZOOM_ACCESS_TOKEN".to_owned()),
            misread: reader.misread,
        }
    }

    /// A token is refreshed when less is left: the environment's word, else the settings'.
    pub(crate) fn threshold(&self, settings: &Settings) -> Duration {
        self.refresh_threshold
            .unwrap_or(Duration::from_secs(settings.refresh_threshold_s))
    }
}

struct Reader<'a, P> {
    process: P,
    env_file: &'a [(String, String)],
    misread: Vec<Misread>,
}

impl<P: Fn(&str) -> Option<OsString>> Reader<'_, P> {
    /// A variable of the process; an empty one is named and counts as absent.
    fn own(&mut self, name: &'static str) -> Option<String> {
        let text = (self.process)(name)?.into_string().ok();
        match text.as_deref().map(str::trim) {
            Some("") => {
                self.misread.push(Misread::empty(name));
                None
            }
            Some(value) => Some(value.to_owned()),
            None => {
                self.misread.push(Misread::not_text(name));
                None
            }
        }
    }

    /// A variable of the process, else of the `.env`; with whether it is of the `.env`.
    fn shared(&mut self, name: &'static str) -> Option<(String, bool)> {
        if let Some(value) = self.own(name) {
            return Some((value, false));
        }
        let (_, value) = self.env_file.iter().find(|(key, _)| key == name)?;
        Some((value.clone(), true))
    }

    fn seconds(&mut self, name: &'static str, default: u64) -> u64 {
        self.seconds_if_set(name, default).unwrap_or(default)
    }

    fn seconds_if_set(&mut self, name: &'static str, default: u64) -> Option<u64> {
        if (self.process)(name).is_some_and(|value| value.to_string_lossy().trim().is_empty()) {
            self.misread.push(Misread::empty_number(name, default));
            return None;
        }
        let (value, _) = self.shared(name)?;
        if let Ok(seconds) = value.trim().parse() {
            return Some(seconds);
        }
        self.misread
            .push(Misread::not_seconds(name, &value, default));
        None
    }

    fn guest(&mut self) -> Option<GuestCredentials> {
        let account_id = self.shared("ZOOM_ACCOUNT_ID");
        let client_id = self.shared("ZOOM_CLIENT_ID");
        let client_secret = self.shared("ZOOM_CLIENT_SECRET");
        if let (Some(account), Some(client), Some(secret)) =
            (&account_id, &client_id, &client_secret)
        {
            return Some(GuestCredentials {
                account_id: account.0.clone(),
                client_id: client.0.clone(),
                client_secret: secret.0.clone().into(),
                oauth_url: self.own("ZOOM_OAUTH_URL"),
                api_url: self.own("ZOOM_API_URL"),
                from_env_file: account.1 || client.1 || secret.1,
            });
        }
        let missing: Vec<_> = [
            ("ZOOM_ACCOUNT_ID", account_id.is_none()),
            ("ZOOM_CLIENT_ID", client_id.is_none()),
            ("ZOOM_CLIENT_SECRET", client_secret.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, absent)| absent.then_some(name))
        .collect();
        if missing.len() < 3 {
            self.misread.push(Misread::incomplete(&missing));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(process: &[(&str, &str)], env_file: &[(&str, &str)]) -> Environment {
        let file: Vec<_> = env_file
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        let look_up = |name: &str| {
            process
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| OsString::from(value))
        };
        Environment::read(look_up, &file)
    }

    #[test]
    fn a_bad_number_is_named_and_the_default_used() {
        for bad in ["", "-5", "5m", "NaN", "1e3", "99999999999999999999"] {
            let environment = read(&[("ZOOM_AUTO_REFRESH_THRESHOLD", bad)], &[]);
            assert_eq!(environment.refresh_threshold, None, "{bad:?}");
            let named = environment.misread[0].to_string();
            assert!(named.contains("ZOOM_AUTO_REFRESH_THRESHOLD"), "{named}");
            assert!(named.contains("300 is used"), "{named}");
        }
    }

    #[test]
    fn zero_turns_the_status_line_off() {
        let environment = read(&[("ZOOM_TOKEN_DISPLAY_INTERVAL", "0")], &[]);
        assert_eq!(environment.display_interval, None);
        assert!(environment.misread.is_empty());
    }

    #[test]
    fn credentials_come_whole_or_not_at_all() {
        let whole = [
            ("ZOOM_ACCOUNT_ID", "a"),
            ("ZOOM_CLIENT_ID", "c"),
            ("ZOOM_CLIENT_SECRET", "s"),
        ];
        assert!(read(&whole, &[]).guest.is_some());
        let partial = read(&whole[..2], &[]);
        assert!(partial.guest.is_none());
        assert!(
            partial.misread[0]
                .to_string()
                .contains("ZOOM_CLIENT_SECRET")
        );
    }

    #[test]
    fn an_env_file_cannot_move_the_service() {
        let file = [
            ("ZOOM_ACCOUNT_ID", "a"),
            ("ZOOM_CLIENT_ID", "c"),
            ("ZOOM_CLIENT_SECRET", "s"),
            ("ZOOM_OAUTH_URL", "https://elsewhere.example"),
        ];
        let guest = read(&[], &file).guest.unwrap();
        assert!(guest.from_env_file);
        assert_eq!(guest.oauth_url, None);
    }

    #[test]
    fn the_process_wins_over_the_env_file() {
        let file = [("ZOOM_TOKEN_THRESHOLD", "10")];
        assert_eq!(read(&[], &file).token_threshold, Duration::from_secs(10));
        let own = read(&[("ZOOM_TOKEN_THRESHOLD", "20")], &file);
        assert_eq!(own.token_threshold, Duration::from_secs(20));
    }
}
