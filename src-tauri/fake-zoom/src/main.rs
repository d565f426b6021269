//! The fake Zoom as a program: prints one JSON line with its addresses, then serves until it is
//! told to stop. Driven through the control interface.

use clap::Parser;
use fake_zoom::{App, Config, Contents, FakeZoom, Mode, REDIRECT, TlsFiles, UserApp};
use serde_json::json;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Zoom on loopback, for tests and the demo. All credentials are fakes.
#[derive(Debug, Parser)]
#[command(name = "fake-zoom", version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 lets the system choose
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Redirect address that the apps with user sign-in have registered; may be given several times
    #[arg(long = "redirect", default_value = REDIRECT)]
    redirects: Vec<String>,
    /// Refresh token that is accepted once; each use brings another
    #[arg(long)]
    refresh_token: Option<String>,
    /// Lifetime of a token in seconds
    #[arg(long, default_value_t = 3600)]
    lifetime: u64,
    /// What a new token does to the last: multi, single or cap:N
    #[arg(long, default_value = "multi")]
    mode: Mode,
    /// Account id that is accepted
    #[arg(long, env = "FAKE_ZOOM_ACCOUNT_ID", default_value_t = App::default().account_id)]
    account_id: String,
    /// Client id that is accepted
    #[arg(long, env = "FAKE_ZOOM_CLIENT_ID", default_value_t = App::default().client_id)]
    client_id: String,
    /// Client secret that is accepted
    #[arg(long, env = "FAKE_ZOOM_CLIENT_SECRET", default_value_t = App::default().client_secret)]
    client_secret: String,
    /// Highest token index the app has
    #[arg(long, default_value_t = 0)]
    highest_index: u32,
    /// A scope a token carries; may be given several times
    #[arg(long = "scope", default_values_t = Config::default().scopes)]
    scopes: Vec<String>,
    /// JSON file with users, meetings, recordings; a small example without
    #[arg(long)]
    contents: Option<PathBuf>,
    /// PEM file with the certificate; speak TLS
    #[arg(long, requires = "tls_key")]
    tls_chain: Option<PathBuf>,
    /// PEM file with the certificate's key
    #[arg(long, requires = "tls_chain")]
    tls_key: Option<PathBuf>,
    /// Stop when standard input ends, so that no process outlives the one that started it
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&*error),
    }
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let until_stdin_closes = arguments.until_stdin_closes;
    let zoom = FakeZoom::start(arguments.config()?).await?;
    announce(&zoom)?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended?,
        () = stdin_end(), if until_stdin_closes => {}
    }
    Ok(())
}

/// If standard error is closed too, nobody is left to tell.
fn complain(error: &dyn Error) -> ExitCode {
    drop(writeln!(std::io::stderr(), "fake-zoom: {error}"));
    ExitCode::FAILURE
}

impl Arguments {
    fn config(self) -> Result<Config, std::io::Error> {
        let tls = match (self.tls_chain, self.tls_key) {
            (Some(chain), Some(key)) => Some(TlsFiles {
                chain_pem: fs_err::read_to_string(chain)?,
                key_pem: fs_err::read_to_string(key)?,
            }),
            _ => None,
        };
        let contents = match self.contents {
            Some(file) => serde_json::from_slice(&fs_err::read(file)?)?,
            None => Contents::example(),
        };
        let app = App {
            account_id: self.account_id,
            client_id: self.client_id,
            client_secret: self.client_secret,
            highest_index: self.highest_index,
        };
        Ok(Config {
            port: self.port,
            apps: vec![app],
            user_apps: user_apps(&self.redirects),
            refresh_token: self.refresh_token,
            lifetime_seconds: self.lifetime,
            mode: self.mode,
            scopes: self.scopes,
            contents,
            tls,
        })
    }
}

/// One app with a secret and one without.
fn user_apps(redirects: &[String]) -> Vec<UserApp> {
    let with = |app: UserApp| UserApp {
        redirects: redirects.to_vec(),
        ..app
    };
    vec![
        with(UserApp::confidential(REDIRECT)),
        with(UserApp::public(REDIRECT)),
    ]
}

fn announce(zoom: &FakeZoom) -> Result<(), std::io::Error> {
    let line = json!({
        "address": zoom.address().to_string(),
        "oauth_url": zoom.oauth_url(),
        "api_url": zoom.api_url(),
        "control_url": zoom.control_url(),
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Returns at the end of standard input, or when it cannot be read. Read by a thread of its own,
/// because a runtime waits for a pending read before it ends, and the process does not.
async fn stdin_end() {
    let (closed, seen) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let ended = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop((ended, closed));
    });
    // The sender is dropped without a message: that is the signal.
    drop(seen.await);
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_arguments_it_starts_as_the_library_does() {
        let config = Arguments::parse_from(["fake-zoom"]).config().unwrap();
        let library = Config::default();
        assert_eq!((config.port, config.mode), (library.port, library.mode));
        assert_eq!((config.apps, config.scopes), (library.apps, library.scopes));
        assert_eq!(config.user_apps, library.user_apps);
        assert_eq!(config.lifetime_seconds, library.lifetime_seconds);
    }
}
