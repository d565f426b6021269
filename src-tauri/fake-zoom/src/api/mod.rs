//! The REST calls: who asks, which route it is, whether the scopes suffice, and Zoom's errors.

mod meetings;
pub(crate) mod paging;
mod recordings;
pub(crate) mod route;
mod users;

use crate::basic;
use crate::ledger::Standing;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use jiff::Timestamp;
use jiff::civil::Date;
pub(crate) use recordings::DOWNLOADS;
use route::{Asked, Route};
use serde_json::Value;

/// The user every token acts for. The id is that of Zoom's examples.
pub(crate) const OWNER_ID: &str = "KDcuGIm1QgePTO8WbOqwIQ";

/// Every route there is.
const TABLES: &[&[Route]] = &[
    users::ROUTES,
    meetings::ROUTES,
    recordings::ROUTES,
    crate::rooms::ROUTES,
];

/// The scope that Zoom names first for each route: enough for all of them.
pub(crate) fn all_scopes() -> Vec<String> {
    let firsts = routes().filter_map(|route| route.scopes.first());
    firsts.map(|&scope| scope.to_owned()).collect()
}

fn routes() -> impl Iterator<Item = &'static Route> {
    TABLES.iter().copied().flatten()
}

impl World {
    /// Everything below `/v2`. `now` in milliseconds since the Unix epoch.
    pub(crate) fn api(&mut self, request: &Request, now: i64) -> Reply {
        let token = basic::bearer(request).unwrap_or_default();
        let account_id = match self.ledger.standing(token, now) {
            Standing::Valid(account_id) => account_id,
            Standing::Expired => return Reply::api_error(401, 124, "Access token is expired."),
            Standing::Invalid => return Reply::api_error(401, 124, "Invalid access token."),
        };
        let found = routes().find_map(|route| Some((route, route.captures(request)?)));
        let Some((route, captures)) = found else {
            return Reply::api_error(400, 2300, "This API endpoint is not recognized.");
        };
        if let Some(missing) = self.missing_scope(route) {
            return Reply::missing_scope(missing);
        }
        if let Ok(asked) = Asked::new(request, &captures, account_id, now) {
            return (route.answer)(self, &asked);
        }
        let complaint = format!("an id with slashes encoded once: {}", route.pattern);
        self.counters.complain(complaint);
        Reply::api_error(400, 2300, "This API endpoint is not recognized.")
    }

    fn missing_scope(&self, route: &Route) -> Option<&'static str> {
        let has = |scope: &&str| self.scopes.iter().any(|owned| owned == scope);
        let enough = route.scopes.is_empty() || route.scopes.iter().any(has);
        (!enough).then(|| route.scopes.first().copied().unwrap_or_default())
    }
}

/// Milliseconds since the Unix epoch as Zoom writes instants.
fn instant(now: i64) -> String {
    let second = now.div_euclid(1000);
    Timestamp::from_second(second).map_or_else(|_| String::new(), |instant| instant.to_string())
}

/// The day of an instant as Zoom writes it.
fn day(instant: &Value) -> Option<Date> {
    instant.as_str()?.get(..10)?.parse().ok()
}
