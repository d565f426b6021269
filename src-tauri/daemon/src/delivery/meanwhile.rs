//! What becomes of orders while a restart of Claude Desktop is at work, which may take minutes
//! where the user has to quit it.
//!
//! Nobody waits for its end: a new token is in the `.env` at once and goes into the config with
//! this restart's own write, a look shows what was seen last, an answer is kept for later, and
//! what would touch config or journal in the middle is refused. A restart by force overtakes one
//! that has done nothing yet but ask the user to quit Claude Desktop.

use crate::board::Board;
use crate::delivery::env_target::EnvTarget;
use crate::delivery::inbox::Inbox;
use crate::delivery::order::{FreshToken, Order, Reply, failure};
use crate::restart_gate::RestartGate;
use std::sync::{Arc, Mutex, PoisonError};

/// The newest token that came during a restart and is not in the config yet.
#[derive(Clone, Default)]
pub(crate) struct Newest(Arc<Mutex<Option<FreshToken>>>);

impl Newest {
    /// Takes it out, if there is one.
    pub(crate) fn take(&self) -> Option<FreshToken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, token: FreshToken) {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *newest = Some(token);
    }
}

/// Stands in for the deliverer while it restarts Claude Desktop.
pub(crate) struct Meanwhile {
    pub(crate) board: Arc<Board>,
    /// None with a brief keeper, which writes nothing unasked.
    pub(crate) env_target: Option<EnvTarget>,
    /// The newest generation that was delivered.
    pub(crate) delivered: Option<u64>,
    pub(crate) newest: Newest,
    pub(crate) gate: RestartGate,
}

impl Meanwhile {
    /// Attends to whoever asks, until it is dropped or overtaken by the order returned.
    pub(crate) async fn attend(&mut self, inbox: &mut Inbox) -> Order {
        loop {
            match inbox.news().await {
                Order::Deliver(token) => self.deliver(token),
                order @ (Order::Have(_) | Order::Answer { .. }) => inbox.put_off(order),
                order @ Order::Restart { by_force: true, .. } if !self.gate.is_passed() => {
                    return order;
                }
                order => self.answer(order),
            }
        }
    }

    fn deliver(&mut self, token: FreshToken) {
        if self.delivered >= Some(token.generation) {
            return;
        }
        self.delivered = Some(token.generation);
        if let Some(env_target) = &self.env_target {
            env_target.load(&token.secret);
        }
        self.newest.put(token);
    }

    fn answer(&self, order: Order) {
        match order {
            Order::Look { reply } => {
                // Whoever asked and left wants no answer.
                let _unwanted = reply.send(self.board.snapshot().claude.clone());
            }
            Order::SetMode { reply, .. } | Order::Mend { reply } | Order::CutOut { reply, .. } => {
                refuse(reply);
            }
            Order::ConnectAll { reply } | Order::RestoreLost { reply } => refuse(reply),
            Order::Forget { reply, .. } => refuse(reply),
            Order::ListBackups { reply } => refuse(reply),
            Order::RestoreBackup { reply, .. } => refuse(reply),
            Order::Restart { reply, .. } => refuse(reply),
            Order::GiveAllBack { reply } => refuse(reply),
            Order::Deliver(_) | Order::Have(_) | Order::Answer { .. } => {}
        }
    }
}

fn refuse<T>(reply: Reply<T>) {
    let why = "Claude Desktop is being restarted. Try again when that is done.";
    // Whoever asked and left wants no answer.
    let _unwanted = reply.send(Err(failure(why)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use control::{EntryMode, Rank, RestartAnswer, Step};
    use tokio::sync::{mpsc, oneshot};

    fn token(generation: u64) -> FreshToken {
        FreshToken {
            generation,
            secret: "eyJ".to_owned().into(),
        }
    }

    /// What attends, its inbox, and where orders for it are put in.
    fn at_work() -> (Meanwhile, Inbox, mpsc::UnboundedSender<Order>) {
        let (orders, received) = mpsc::unbounded_channel();
        let meanwhile = Meanwhile {
            board: Arc::new(Board::new(Rank::Watch, true)),
            env_target: None,
            delivered: Some(4),
            newest: Newest::default(),
            gate: RestartGate::default(),
        };
        (meanwhile, Inbox::new(received), orders)
    }

    fn by_force() -> (
        Order,
        oneshot::Receiver<Result<Vec<Step>, control::Failure>>,
    ) {
        let (reply, restarted) = oneshot::channel();
        let by_force = true;
        (Order::Restart { by_force, reply }, restarted)
    }

    #[tokio::test]
    async fn what_would_change_the_config_is_refused_at_once() {
        let (mut meanwhile, mut inbox, orders) = at_work();
        let (reply, mode) = oneshot::channel();
        let name = "zoom".to_owned();
        let set = Order::SetMode {
            name,
            mode: EntryMode::Off,
            reply,
        };
        let _under_way = meanwhile.gate.pass().await;
        let (again, restarted) = by_force();
        let (reply, looked) = oneshot::channel();
        for order in [set, again, Order::Look { reply }] {
            orders.send(order).ok().unwrap();
        }
        let answers = async { (mode.await, restarted.await, looked.await) };
        let (mode, restarted, looked) = tokio::select! {
            _ = meanwhile.attend(&mut inbox) => panic!("overtaken"),
            answers = answers => answers,
        };
        let why = mode.unwrap().unwrap_err().to_string();
        assert!(why.contains("is being restarted"), "{why}");
        assert!(restarted.unwrap().is_err());
        assert!(looked.is_ok());
    }

    #[tokio::test]
    async fn force_overtakes_what_still_waits_for_the_user() {
        let (mut meanwhile, mut inbox, orders) = at_work();
        orders.send(by_force().0).ok().unwrap();
        let order = meanwhile.attend(&mut inbox).await;
        assert!(matches!(order, Order::Restart { by_force: true, .. }));
    }

    #[tokio::test]
    async fn the_newest_token_is_kept_and_an_answer_is_put_off() {
        let (mut meanwhile, mut inbox, orders) = at_work();
        let newest = meanwhile.newest.clone();
        let answer = Order::Answer {
            generation: 5,
            answer: RestartAnswer::Now,
        };
        let (reply, looked) = oneshot::channel();
        let fresh = [5, 6, 4].map(|generation| Order::Deliver(token(generation)));
        for order in [answer].into_iter().chain(fresh) {
            orders.send(order).ok().unwrap();
        }
        orders.send(Order::Look { reply }).ok().unwrap();
        tokio::select! {
            _ = meanwhile.attend(&mut inbox) => panic!("overtaken"),
            looked = looked => drop(looked.unwrap()),
        }
        assert_eq!(newest.take().map(|token| token.generation), Some(6));
        assert!(newest.take().is_none(), "it is taken once");
        assert!(matches!(
            inbox.next().await,
            Some(Order::Answer { generation: 5, .. })
        ));
    }
}
