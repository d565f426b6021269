//! The real gateway without a keeper: tokens come from the test, as often as it likes, where a
//! keeper rests for half a minute between two. Relays find it where a keeper would be.

use control::{
    Connection, Endpoint, Failure, FailureKind, Progress, RelayHello, RelayRefusal, RelayStream,
    Request,
};
use gateway::{
    AccountToken, Entries, Entry, Found, Gate, GatePlaces, Gateway, GatewaySettings, NoEntry,
    Relay, Server, ThirdParty,
};
use serde_json::Value;
use session::{Coexistence, Moment, Token, TokenState};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Instant;
use tokio::runtime::Runtime;
use tokio::sync::{Notify, watch};

/// When this process first asked.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A gateway that serves relays; ends with its servers when it is dropped.
pub struct GatewayAlone {
    token: watch::Sender<AccountToken>,
    /// Before the runtime, in which it runs.
    _server: control::Server,
    _runtime: Runtime,
}

impl GatewayAlone {
    /// Serves `server` as the entry `name` to the relays of the home `zoomtray`.
    pub fn start(zoomtray: &Path, name: &str, server: ThirdParty) -> Self {
        let runtime = Runtime::new().unwrap();
        let _entered = runtime.enter();
        let token = watch::Sender::new(of_generation(1));
        let entries = Arc::new(OneEntry(Entry {
            name: name.to_owned(),
            server: Server::ThirdParty(server),
            coexistence: Coexistence::Together,
        }));
        let gateway = Gateway::new(settings(zoomtray, entries, token.subscribe()));
        let run = zoomtray.join("run");
        files::private_folder(&run).unwrap();
        let handler = Arc::new(Handler(gateway));
        Self {
            _server: control::Server::start(&Endpoint::new(&run, None), handler).unwrap(),
            token,
            _runtime: runtime,
        }
    }

    /// There is another token now; returns it.
    pub fn rotate(&self) -> String {
        let mut text = String::new();
        self.token.send_modify(|token| {
            let TokenState::Valid(Token { generation, .. }) = token.state else {
                panic!("no token");
            };
            *token = of_generation(generation + 1);
            text = token_text(generation + 1);
        });
        text
    }
}

fn settings(
    zoomtray: &Path,
    entries: Arc<dyn Entries>,
    token: watch::Receiver<AccountToken>,
) -> GatewaySettings {
    let places = GatePlaces {
        policy: zoomtray.join("config/policy.json"),
        last_good: zoomtray.join("data/policy-last-good.json"),
        counters: zoomtray.join("data/policy-counters.json"),
        activity: zoomtray.join("data/activity"),
    };
    GatewaySettings {
        guard: black_box_tests::program("zoomtrayctl"),
        logs: zoomtray.join("logs"),
        handshakes: zoomtray.join("data/handshakes"),
        clock: now,
        wall: || lifecycle::WallTime(0),
        goodbye: control::BYE,
        gate: Gate::open(places, policy_now),
        token,
        token_wanted: Arc::new(Notify::new()),
        entries,
    }
}

fn of_generation(generation: u64) -> AccountToken {
    let until = Moment(u64::MAX);
    AccountToken {
        account: "account".to_owned(),
        state: TokenState::Valid(Token { generation, until }),
        secret: Some(token_text(generation).into()),
    }
}

fn token_text(generation: u64) -> String {
    format!("token-of-generation-{generation:04}")
}

fn now() -> Moment {
    Moment(u64::try_from(START.elapsed().as_millis()).unwrap())
}

fn policy_now() -> policy::Now {
    let ms = i64::try_from(now().0).unwrap();
    policy::Now {
        wall_ms: ms,
        boot_ms: ms,
    }
}

struct OneEntry(Entry);

impl Entries for OneEntry {
    fn find<'a>(&'a self, name: &'a str) -> Found<'a> {
        let found = if name == self.0.name {
            Ok(self.0.clone())
        } else {
            Err(NoEntry(format!("There is no entry {name}.")))
        };
        Box::pin(std::future::ready(found))
    }
}

/// Serves relays and nothing else.
struct Handler(Gateway);

impl control::Handler for Handler {
    async fn call(
        self: Arc<Self>,
        _: Connection,
        _: Request,
        _: Progress,
    ) -> Result<Value, Failure> {
        Err(Failure::new(FailureKind::NotHere, "No keeper is here."))
    }

    fn ended(&self, _: Connection) {}

    fn admits(&self, _: &RelayHello) -> Result<(), RelayRefusal> {
        Ok(())
    }

    async fn relay(self: Arc<Self>, hello: RelayHello, stream: RelayStream) {
        let relay = Relay {
            entry: hello.entry,
            session: hello.session,
            environment: hello.environment,
            folder: hello.folder.map(Into::into),
        };
        self.0.serve(relay, stream.reading, stream.writing).await;
    }
}
