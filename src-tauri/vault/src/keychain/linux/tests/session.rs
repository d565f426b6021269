//! A session bus and a gnome-keyring of the test's own, and the child process that uses them.
//!
//! Nothing of the caller's session is used or seen: bus, home and folders are new, and the
//! bus starts no service by itself. Every process is killed at the end, or by the kernel
//! when the thread that started it ends.

use super::super::lock::SECRETS;
use std::collections::{BTreeSet, HashMap};
use std::future::poll_fn;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::pin::{Pin, pin};
use std::process::{Child, Command, Stdio};
use std::task::Poll;
use std::time::Duration;
use zbus::export::futures_core::Stream;
use zbus::fdo::DBusProxy;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, Message, MessageStream};

/// Set in the child process only.
const INSIDE: &str = "VAULT_TEST_SESSION";
/// The name gnome-keyring looks for when it wants to show a dialog.
const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";
/// Far longer than anything here takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_mins(1);
/// A bus without services to start.
const BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=FOLDER</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

/// Which bus a test's child process finds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bus {
    Private,
    Absent,
}

/// Runs `body` in a child process whose session is private. `test` is the name of the
/// calling test, which the child runs again to come here.
pub(super) fn in_private_session(test: &str, bus: Bus, body: impl AsyncFnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let test = async { tokio::time::timeout(PATIENCE, body()).await };
        return runtime.unwrap().block_on(test).expect("the test hangs");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        &format!("keychain::linux::tests::{test}"),
        "--nocapture",
    ]);
    command
        .env_clear()
        .env(INSIDE, "1")
        .env("PATH", std::env::var_os("PATH").unwrap());
    for name in [
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_RUNTIME_DIR",
    ] {
        command.env(name, folder.path());
    }
    let daemon = (bus == Bus::Private).then(|| {
        let (daemon, address) = start_bus(folder.path());
        command.env("DBUS_SESSION_BUS_ADDRESS", address);
        daemon
    });
    let outcome = command.output().unwrap();
    drop(daemon);
    let output =
        String::from_utf8_lossy(&outcome.stdout) + String::from_utf8_lossy(&outcome.stderr);
    assert!(
        outcome.status.success(),
        "in the private session:\n{output}"
    );
    assert!(
        output.contains("1 passed"),
        "{test} is not the name of a test:\n{output}"
    );
}

/// A process that is killed and reaped when dropped.
struct Daemon(Child);

impl Daemon {
    /// Starts `program`, to be killed with this thread.
    fn start(program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "--", program])
            .args(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn start_bus(folder: &Path) -> (Daemon, String) {
    let configuration = folder.join("bus.conf");
    fs_err::write(
        &configuration,
        BUS.replace("FOLDER", folder.to_str().unwrap()),
    )
    .unwrap();
    let file = format!("--config-file={}", configuration.display());
    let mut daemon = Daemon::start("dbus-daemon", &["--nofork", "--print-address=1", &file]);
    let lines = BufReader::new(daemon.0.stdout.take().unwrap());
    let address = lines
        .lines()
        .next()
        .expect("dbus-daemon gave no address")
        .unwrap();
    (daemon, address)
}

/// gnome-keyring on the private bus.
pub(super) struct Keyring(Daemon);

impl Keyring {
    /// With its default collection, unlocked.
    pub(super) async fn unlocked() -> Self {
        let mut daemon = Daemon::start(
            "gnome-keyring-daemon",
            &["--foreground", "--unlock", "--components=secrets"],
        );
        daemon
            .0
            .stdin
            .take()
            .unwrap()
            .write_all(b"throw-away")
            .unwrap();
        wait_for_secrets(true).await;
        Self(daemon)
    }

    /// As nobody ever used it.
    pub(super) async fn empty() -> Self {
        let arguments = ["--foreground", "--components=secrets"];
        let daemon = Daemon::start("gnome-keyring-daemon", &arguments);
        wait_for_secrets(true).await;
        Self(daemon)
    }

    /// Adds a second collection, unlocked; with the call gnome-keyring has for doing so
    /// without a dialog.
    pub(super) async fn add_second(&self) -> OwnedObjectPath {
        let connection = Connection::session().await.unwrap();
        let secrets = "/org/freedesktop/secrets";
        let (_, session): (OwnedValue, OwnedObjectPath) = connection
            .call_method(
                Some(SECRETS),
                secrets,
                Some("org.freedesktop.Secret.Service"),
                "OpenSession",
                &("plain", Value::from("")),
            )
            .await
            .unwrap()
            .body()
            .deserialize()
            .unwrap();
        let label = HashMap::from([(
            "org.freedesktop.Secret.Collection.Label",
            Value::from("second"),
        )]);
        let password = (session, &b""[..], &b"throw-away"[..], "text/plain");
        connection
            .call_method(
                Some(SECRETS),
                secrets,
                Some("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
                "CreateWithMasterPassword",
                &(label, password),
            )
            .await
            .unwrap()
            .body()
            .deserialize()
            .unwrap()
    }

    /// Ends it and waits until the bus has noticed.
    pub(super) async fn end(self) {
        drop(self.0);
        wait_for_secrets(false).await;
    }
}

/// Waits until somebody, or nobody, keeps secrets on the bus.
async fn wait_for_secrets(wanted: bool) {
    let connection = Connection::session().await.unwrap();
    let bus = DBusProxy::new(&connection).await.unwrap();
    wait_until(&bus, async || {
        bus.name_has_owner(SECRETS.into()).await.unwrap() == wanted
    })
    .await;
}

/// Looks whether `arrived` now and at every change of a name on `bus`.
async fn wait_until(bus: &DBusProxy<'_>, arrived: impl AsyncFn() -> bool) {
    let mut changes = pin!(bus.receive_name_owner_changed().await.unwrap());
    let wait = async {
        while !arrived().await {
            poll_fn(|context| changes.as_mut().poll_next(context))
                .await
                .expect("the bus is gone");
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .expect("the bus did not come to what was waited for");
}

/// Who is connected to the bus.
pub(super) struct Connected {
    bus: DBusProxy<'static>,
    names: BTreeSet<String>,
}

impl Connected {
    pub(super) async fn now() -> Self {
        let connection = Connection::session().await.unwrap();
        let bus = DBusProxy::new(&connection).await.unwrap();
        let names = names(&bus).await;
        Self { bus, names }
    }

    /// Waits until everybody who came later has gone.
    pub(super) async fn wait_until_again(&self) {
        wait_until(&self.bus, async || {
            names(&self.bus).await.is_subset(&self.names)
        })
        .await;
    }
}

async fn names(bus: &DBusProxy<'_>) -> BTreeSet<String> {
    let names = bus.list_names().await.unwrap();
    names.iter().map(ToString::to_string).collect()
}

/// The dialogs gnome-keyring wants to show: this stands where the desktop's prompter would.
pub(super) struct Dialogs {
    connection: Connection,
    messages: MessageStream,
}

impl Dialogs {
    pub(super) async fn watch() -> Self {
        let connection = Connection::session().await.unwrap();
        let messages = MessageStream::from(&connection);
        connection.request_name(PROMPTER).await.unwrap();
        Self {
            connection,
            messages,
        }
    }

    /// How many were wanted since the last look.
    pub(super) async fn raised(&mut self) -> usize {
        // What the bus sent before its answer to this has arrived with it.
        DBusProxy::new(&self.connection)
            .await
            .unwrap()
            .get_id()
            .await
            .unwrap();
        let mut raised = 0;
        poll_fn(|context| {
            while let Poll::Ready(Some(message)) = Pin::new(&mut self.messages).poll_next(context) {
                raised += usize::from(is_dialog(&message.unwrap()));
            }
            Poll::Ready(())
        })
        .await;
        raised
    }

    /// Waits for the next and dismisses it, as a user does who closes it.
    pub(super) async fn dismiss_next(&mut self) {
        loop {
            let next = poll_fn(|context| Pin::new(&mut self.messages).poll_next(context));
            let message = tokio::time::timeout(PATIENCE, next)
                .await
                .expect("no dialog was raised");
            let message = message.expect("the bus is gone").unwrap();
            if is_dialog(&message) {
                let header = message.header();
                let refusal = "org.freedesktop.DBus.Error.Failed";
                return self
                    .connection
                    .reply_error(&header, refusal, &"closed")
                    .await
                    .unwrap();
            }
        }
    }
}

fn is_dialog(message: &Message) -> bool {
    message
        .header()
        .member()
        .is_some_and(|member| member == "BeginPrompting")
}
