//! Users of the account.

use crate::inputs::{Id, PageSize};
use crate::outcome::Success;
use crate::tool::{Hints, ToolSpec};
use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use zoom::ApiRequest;

/// The tools, under the names by which they are known.
pub(crate) fn tools() -> Vec<ToolSpec> {
    vec![list_users(), get_user()]
}

fn list_users() -> ToolSpec {
    ToolSpec::new::<ListUsers, UserPage, _>(
        "list_users",
        "List users",
        "Lists the account's users with their ids, addresses and licences (GET /users): the \
         active ones, or by status those inactive or invited and pending. Changes nothing. Needs \
         the scope user:read:list_users:admin (classic: user:read:admin). Limits: one medium API \
         request; 300 users a page, next_page_token leads to the next; at most 50 s. Fails if the \
         scope is missing, Zoom limits the rate or cannot be reached. For one user in full, or \
         the token's own, use get_user.",
        Hints::READ,
        |zoom, input: ListUsers| async move {
            let request = ApiRequest::get(&["users"])?
                .with("status", input.status.name())
                .with("page_size", input.page_size.get())
                .with_some("next_page_token", input.next_page_token.as_deref());
            Ok(Success::body(zoom.read(request).await?))
        },
    )
}

fn get_user() -> ToolSpec {
    ToolSpec::new::<GetUser, User, _>(
        "get_user",
        "Get a user",
        "Reads one user with name, address, licence, time zone and personal meeting id (GET \
         /users/{id}). Changes nothing. Needs the scope user:read:user or user:read:user:admin \
         (classic: user:read, user:read:admin). Limits: one light API request; at most 50 s. \
         Fails if there is no such user in the account, the scope is missing, Zoom limits the \
         rate or cannot be reached. To find the id use list_users; to learn only whether the \
         token works use test_zoom_connection.",
        Hints::READ,
        |zoom, input: GetUser| async move {
            let request = ApiRequest::get(&["users", input.user_id.as_str()])?;
            Ok(Success::body(zoom.read(request).await?))
        },
    )
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListUsers {
    /// Which users; `active` unless given.
    #[serde(default)]
    status: Status,
    /// Users a page, 1 to 300; 30 unless given.
    #[serde(default)]
    #[schemars(extend("default" = 30))]
    page_size: PageSize,
    /// `next_page_token` of the page before.
    next_page_token: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, serde::Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Status {
    #[default]
    Active,
    Inactive,
    Pending,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GetUser {
    /// The user's id or e-mail address; `me` for the token's owner.
    user_id: Id,
}

/// Zoom's page; no more strict than Zoom.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used: the body is Zoom's")]
struct UserPage {
    /// Users: `id`, `email`, `first_name`, `last_name`, `type`, `status`, `timezone` and more.
    users: Option<Vec<JsonObject>>,
    /// Users on all pages.
    total_records: Option<i64>,
    /// Users a page.
    page_size: Option<i64>,
    /// Leads to the next page; empty on the last.
    next_page_token: Option<String>,
}

/// Zoom's user; no more strict than Zoom.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used: the body is Zoom's")]
struct User {
    /// The user's id.
    id: Option<String>,
    /// The user's address.
    email: Option<String>,
    /// How the user is shown.
    display_name: Option<String>,
    /// 1 basic, 2 licensed, 99 none.
    r#type: Option<Value>,
    /// `active`, `inactive` or `pending`.
    status: Option<String>,
    /// The user's time zone.
    timezone: Option<String>,
    /// The personal meeting id.
    pmi: Option<Value>,
    /// The account the user belongs to.
    account_id: Option<String>,
}

impl Status {
    /// In Zoom's query.
    fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Pending => "pending",
        }
    }
}
