//! Users: those of the account, and the token's owner as `me`.

use super::paging::{self, invalid, page};
use super::route::{Asked, Route};
use crate::reply::Reply;
use crate::world::World;
use serde_json::Value;

/// The largest page of users in Zoom's specification.
const LARGEST: usize = 2000;

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        pattern: "users",
        scopes: &["user:read:list_users:admin", "user:read:admin"],
        answer: list,
    },
    Route {
        method: "GET",
        pattern: "users/{id}",
        scopes: &[
            "user:read:user:admin",
            "user:read:user",
            "user:read:admin",
            "user:read",
        ],
        answer: get,
    },
];

fn list(world: &mut World, asked: &Asked) -> Reply {
    let status = asked.parameter("status").unwrap_or("active");
    if !["active", "inactive", "pending"].contains(&status) {
        return invalid("status");
    }
    let mut users = world.contents.users.clone();
    users.retain(|user| user["status"] == status);
    match page(asked, "users", users, LARGEST) {
        Ok(page) => Reply::json(200, &page),
        Err(refusal) => refusal,
    }
}

fn get(world: &mut World, asked: &Asked) -> Reply {
    match world.user(asked.id()) {
        Ok(user) => {
            let mut user = user.clone();
            user["account_id"] = asked.account_id.as_str().into();
            Reply::json(200, &user)
        }
        Err(refusal) => refusal,
    }
}

impl World {
    /// The user of an id or address; `me` is the owner of the token.
    pub(super) fn user(&self, who: &str) -> Result<&Value, Reply> {
        let mut users = self.contents.users.iter();
        let found = match who {
            "me" => users.next(),
            _ => users.find(|user| user["id"] == who || user["email"] == who),
        };
        found.ok_or_else(|| {
            let message = format!("User does not exist: {who}.");
            Reply::api_error(404, 1001, &message)
        })
    }

    /// Those of a list whose host this user is.
    pub(super) fn hosted_by(&self, list: &[Value], who: &str) -> Result<Vec<Value>, Reply> {
        let id = &self.user(who)?["id"];
        let hosted = list.iter().filter(|item| item["host_id"] == *id);
        Ok(hosted.cloned().collect())
    }
}

/// A list's page of the usual size.
pub(super) fn usual_page(asked: &Asked, items: &str, all: Vec<Value>) -> Reply {
    match page(asked, items, all, paging::LARGEST) {
        Ok(page) => Reply::json(200, &page),
        Err(refusal) => refusal,
    }
}
