//! What the deliverer is asked, in the order of asking; behind what was put off.

use crate::delivery::order::Order;
use std::collections::VecDeque;
use tokio::sync::mpsc;

/// The orders to come.
pub(crate) struct Inbox {
    put_off: VecDeque<Order>,
    orders: mpsc::UnboundedReceiver<Order>,
}

impl Inbox {
    pub(crate) fn new(orders: mpsc::UnboundedReceiver<Order>) -> Self {
        Self {
            put_off: VecDeque::new(),
            orders,
        }
    }

    /// The next one; none once nobody can give any more.
    pub(crate) async fn next(&mut self) -> Option<Order> {
        match self.put_off.pop_front() {
            Some(order) => Some(order),
            None => self.orders.recv().await,
        }
    }

    /// The next new one, whatever was put off; never if nobody can give any more.
    pub(crate) async fn news(&mut self) -> Order {
        match self.orders.recv().await {
            Some(order) => order,
            None => std::future::pending().await,
        }
    }

    /// Leaves `order` for later.
    pub(crate) fn put_off(&mut self, order: Order) {
        self.put_off.push_back(order);
    }
}
