//! Policies as the model knows them, and the files that say them.

use crate::limit::Scope;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// How many tools there are: `t0`, `t1` and so on.
pub(super) const TOOLS: usize = 4;

#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) allow_unlisted: bool,
    pub(super) hide_all: bool,
    /// Which tools, in this order.
    pub(super) hide: Vec<usize>,
    pub(super) limits: Vec<Quota>,
    pub(super) tools: Vec<Option<Rules>>,
}

#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) deny: bool,
    pub(super) require: Vec<Condition>,
    pub(super) deny_if: Vec<Condition>,
    pub(super) limits: Vec<Quota>,
    pub(super) rate_limit: Option<Quota>,
    pub(super) approval_s: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quota {
    pub(super) window_s: u64,
    pub(super) max: usize,
    pub(super) scope: Scope,
}

/// A condition on the argument `n`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Condition {
    Given,
    Over(i64),
    OneOf(i64, i64),
}

impl Condition {
    pub(super) fn holds(self, n: Option<i64>) -> bool {
        match (self, n) {
            (_, None) => false,
            (Self::Given, Some(_)) => true,
            (Self::Over(bound), Some(n)) => n > bound,
            (Self::OneOf(one, other), Some(n)) => n == one || n == other,
        }
    }

    fn json(self) -> Value {
        match self {
            Self::Given => json!({"path": "args.n", "op": "exists"}),
            Self::Over(bound) => json!({"path": "args.n", "op": "gt", "value": bound}),
            Self::OneOf(one, other) => {
                json!({"path": "args.n", "op": "in", "value": [one, other.to_string()]})
            }
        }
    }
}

impl Quota {
    fn json(&self) -> Value {
        let window = match self.window_s {
            60 => json!("minute"),
            seconds => json!(seconds),
        };
        json!({"counter": "c", "window": window, "max": self.max, "scope": self.scope})
    }

    fn json_of_rate_limit(&self) -> Value {
        json!({"window": self.window_s, "max": self.max, "scope": self.scope})
    }
}

impl Document {
    pub(super) fn json(&self) -> Value {
        let hide = self.hide.iter().map(|tool| json!(format!("t{tool}")));
        let hide: Vec<_> = hide.chain(self.hide_all.then(|| json!("*"))).collect();
        let tools = self.tools.iter().enumerate();
        let tools: Map<_, _> = tools
            .filter_map(|(tool, rules)| Some((format!("t{tool}"), rules.as_ref()?.json())))
            .collect();
        json!({
            "version": "1",
            "default": if self.allow_unlisted { "allow" } else { "deny" },
            "hide": hide,
            "all_tools": {"limits": quotas(&self.limits)},
            "tools": tools,
        })
    }
}

impl Rules {
    fn json(&self) -> Value {
        let conditions = |all: &[Condition]| all.iter().map(|one| one.json()).collect();
        let mut rules = Map::new();
        let mut put = |key: &str, value: Value| rules.insert(key.to_owned(), value);
        if self.deny {
            put("action", json!("deny"));
        }
        put("require", conditions(&self.require));
        put("deny_if", conditions(&self.deny_if));
        put("limits", quotas(&self.limits));
        if let Some(quota) = &self.rate_limit {
            put("rate_limit", quota.json_of_rate_limit());
        }
        if let Some(seconds) = self.approval_s {
            put("approval", json!({"timeout_s": seconds}));
        }
        Value::Object(rules)
    }
}

fn quotas(quotas: &[Quota]) -> Value {
    quotas.iter().map(Quota::json).collect()
}

pub(super) fn document() -> impl Strategy<Value = Document> {
    let tools = prop::collection::vec(prop::option::weighted(0.8, rules()), TOOLS);
    let hide = prop_oneof![
        3 => Just(Vec::new()),
        1 => prop::collection::vec(0..TOOLS, 1..3),
    ];
    let flags = (any::<bool>(), prop::bool::weighted(0.03));
    (flags, hide, limits(1), tools).prop_map(
        |((allow_unlisted, hide_all), mut hide, limits, tools)| {
            hide.dedup();
            Document {
                allow_unlisted,
                hide_all,
                hide,
                limits,
                tools,
            }
        },
    )
}

fn rules() -> impl Strategy<Value = Rules> {
    let conditions = || prop::collection::vec(condition(), 0..2);
    let approval = prop::option::weighted(0.3, 1_i64..=50);
    let rate_limit = prop::option::weighted(0.3, quota());
    let deny = prop::bool::weighted(0.1);
    (
        deny,
        conditions(),
        conditions(),
        limits(2),
        rate_limit,
        approval,
    )
        .prop_map(
            |(deny, require, deny_if, limits, rate_limit, approval_s)| Rules {
                deny,
                require,
                deny_if,
                limits,
                rate_limit,
                approval_s,
            },
        )
}

fn condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        Just(Condition::Given),
        (0_i64..5).prop_map(Condition::Over),
        (0_i64..4, 0_i64..4).prop_map(|(one, other)| Condition::OneOf(one, other)),
    ]
}

/// Up to so many limits, no two of which share a count.
fn limits(most: usize) -> impl Strategy<Value = Vec<Quota>> {
    prop::collection::vec(quota(), 0..=most).prop_map(|mut limits| {
        limits.sort_by_key(|quota| (quota.window_s, quota.scope));
        limits.dedup_by_key(|quota| (quota.window_s, quota.scope));
        limits
    })
}

fn quota() -> impl Strategy<Value = Quota> {
    let windows = prop::sample::select(vec![1_u64, 5, 30, 60, 400]);
    let scopes = prop::sample::select(vec![
        Scope::Session,
        Scope::Grant,
        Scope::Account,
        Scope::Global,
    ]);
    (windows, 1_usize..4, scopes).prop_map(|(window_s, max, scope)| Quota {
        window_s,
        max,
        scope,
    })
}
