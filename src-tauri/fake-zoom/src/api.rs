//! The REST calls: who is asked for, and Zoom's errors.

use crate::basic;
use crate::ledger::Standing;
use crate::reply::Reply;
use crate::wire::Request;
use crate::world::World;
use serde_json::{Value, json};

/// The user every token acts for. The id is that of Zoom's examples.
pub(crate) const OWNER_ID: &str = "KDcuGIm1QgePTO8WbOqwIQ";
const OWNER_EMAIL: &str = "owner@example.com";
/// Any of these lets a token read a user.
const USER_SCOPES: [&str; 4] = [
    "user:read:user",
    "user:read:user:admin",
    "user:read",
    "user:read:admin",
];

impl World {
    /// Everything below `/v2`. `now` in milliseconds since the Unix epoch.
    pub(crate) fn api(&self, request: &Request, now: i64) -> Reply {
        let token = basic::bearer(request).unwrap_or_default();
        let account_id = match self.ledger.standing(token, now) {
            Standing::Valid(account_id) => account_id,
            Standing::Expired => return Reply::api_error(401, 124, "Access token is expired."),
            Standing::Invalid => return Reply::api_error(401, 124, "Invalid access token."),
        };
        match (
            request.method.as_str(),
            request.path.strip_prefix("/v2/users/"),
        ) {
            ("GET", Some(user)) if !user.is_empty() && !user.contains('/') => {
                self.user(user, &account_id)
            }
            _ => Reply::api_error(400, 2300, "This API endpoint is not recognized."),
        }
    }

    fn user(&self, user: &str, account_id: &str) -> Reply {
        if !self
            .scopes
            .iter()
            .any(|scope| USER_SCOPES.contains(&scope.as_str()))
        {
            return Reply::missing_scope("user:read:user:admin");
        }
        match user {
            "me" | OWNER_ID | OWNER_EMAIL => Reply::json(200, &owner(account_id)),
            _ => Reply::api_error(404, 1001, &format!("User does not exist: {user}.")),
        }
    }
}

fn owner(account_id: &str) -> Value {
    json!({
        "id": OWNER_ID,
        "first_name": "Olive",
        "last_name": "Owner",
        "display_name": "Olive Owner",
        "email": OWNER_EMAIL,
        "type": 2,
        "role_name": "Owner",
        "pmi": 3_542_471_135_i64,
        "timezone": "Europe/Berlin",
        "verified": 1,
        "created_at": "2018-10-25T05:51:33Z",
        "last_login_time": "2021-05-05T20:40:30Z",
        "cluster": "us04",
        "language": "en-US",
        "status": "active",
        "role_id": "0",
        "account_id": account_id,
        "account_number": 1_000_000_001,
    })
}
