//! A status item's menu over `com.canonical.dbusmenu`: read as text, pressed by label.

use crate::error::SessionError;
use std::collections::HashMap;
use zbus::blocking::Connection;
use zbus::zvariant::{OwnedValue, Value};

const MENU: &str = "com.canonical.dbusmenu";

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// What events name it by.
    pub id: i32,
    /// Its text, without the underscores that mark access keys.
    pub label: String,
    /// Whether it can be pressed.
    pub enabled: bool,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether it is a line between items.
    pub separator: bool,
    /// Whether it is ticked; `None` if it cannot be.
    pub ticked: Option<bool>,
    /// Its submenu.
    pub children: Vec<MenuItem>,
}

/// The menu of one status item.
pub struct Menu {
    connection: Connection,
    owner: String,
    path: String,
}

/// Id, properties and children, as `GetLayout` gives a node.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Menu {
    pub(crate) fn new(connection: Connection, owner: &str, path: &str) -> Self {
        Self {
            connection,
            owner: owner.to_owned(),
            path: path.to_owned(),
        }
    }

    /// Its lines as they are now.
    pub fn items(&self) -> Result<Vec<MenuItem>, SessionError> {
        let everything: (i32, i32, Vec<String>) = (0, -1, Vec::new());
        let answer = self.call("GetLayout", &everything)?;
        let (_revision, root): (u32, Node) = answer.body().deserialize()?;
        Ok(item(root)?.children)
    }

    /// The texts of the visible lines, in order, separators left out.
    pub fn labels(&self) -> Result<Vec<String>, SessionError> {
        let shown = self
            .items()?
            .into_iter()
            .filter(|item| item.visible && !item.separator);
        Ok(shown.map(|item| item.label).collect())
    }

    /// Presses the line whose text is `label`.
    ///
    /// # Errors
    /// [`SessionError::Absent`] if no enabled, visible line has that text.
    pub fn press(&self, label: &str) -> Result<(), SessionError> {
        self.press_where(label, |text| text == label)
    }

    /// Presses the first line that can be pressed and whose text `wanted` accepts; `what`
    /// names it in the error.
    ///
    /// # Errors
    /// [`SessionError::Absent`] if there is none.
    pub fn press_where(
        &self,
        what: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<(), SessionError> {
        let items = self.items()?;
        let Some(id) = find(&items, &wanted) else {
            let what = format!("enabled menu item {what:?}");
            return Err(SessionError::Absent {
                what,
                present: format!("{:?}", texts(&items)),
            });
        };
        self.call("Event", &(id, "clicked", Value::from(0_i32), 0_u32))?;
        Ok(())
    }

    fn call<B: serde::Serialize + zbus::zvariant::DynamicType>(
        &self,
        method: &str,
        body: &B,
    ) -> Result<zbus::Message, SessionError> {
        let (owner, path) = (self.owner.as_str(), self.path.as_str());
        Ok(self
            .connection
            .call_method(Some(owner), path, Some(MENU), method, body)?)
    }
}

fn find(items: &[MenuItem], wanted: &impl Fn(&str) -> bool) -> Option<i32> {
    items.iter().filter(|item| item.visible).find_map(|item| {
        let this = item.enabled && !item.separator && wanted(&item.label);
        if this {
            Some(item.id)
        } else {
            find(&item.children, wanted)
        }
    })
}

fn texts(items: &[MenuItem]) -> Vec<String> {
    let shown = items.iter().filter(|item| item.visible && !item.separator);
    let note = |item: &MenuItem| if item.enabled { "" } else { " (disabled)" };
    shown
        .map(|item| format!("{}{}", item.label, note(item)))
        .collect()
}

/// Properties that are not sent have their defaults in the dbusmenu interface's text.
fn item((id, mut properties, nodes): Node) -> Result<MenuItem, SessionError> {
    let mut text = |name: &str| -> Option<String> { properties.remove(name)?.try_into().ok() };
    let label = plain(&text("label").unwrap_or_default());
    let separator = text("type").as_deref() == Some("separator");
    let can_be_ticked = text("toggle-type").is_some_and(|kind| !kind.is_empty());
    let state: Option<i32> = properties
        .remove("toggle-state")
        .and_then(|v| v.try_into().ok());
    let mut flag = |name: &str| properties.remove(name).and_then(|v| bool::try_from(v).ok());
    Ok(MenuItem {
        id,
        label,
        enabled: flag("enabled").unwrap_or(true),
        visible: flag("visible").unwrap_or(true),
        separator,
        ticked: can_be_ticked.then_some(state == Some(1)),
        children: nodes.into_iter().map(child).collect::<Result<_, _>>()?,
    })
}

fn child(value: OwnedValue) -> Result<MenuItem, SessionError> {
    let structure = zbus::zvariant::Structure::try_from(value)?;
    let [id, properties, children] =
        structure
            .into_fields()
            .try_into()
            .map_err(|fields| SessionError::Form {
                what: "a menu node".to_owned(),
                value: format!("{fields:?}"),
            })?;
    let properties: HashMap<String, Value<'_>> = properties.try_into()?;
    let properties = properties
        .into_iter()
        .map(|(name, value)| Ok((name, value.try_to_owned()?)))
        .collect::<Result<_, zbus::zvariant::Error>>()?;
    let children: Vec<Value<'_>> = children.try_into()?;
    let children = children
        .into_iter()
        .map(|value| value.try_to_owned())
        .collect::<Result<_, zbus::zvariant::Error>>()?;
    item((id.try_into()?, properties, children))
}

/// `_` marks the next letter as access key, `__` is an underscore.
fn plain(label: &str) -> String {
    let mut text = String::new();
    let mut letters = label.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '_' {
            text.push(letter);
        } else if letters.next_if_eq(&'_').is_some() {
            text.push('_');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: i32, label: &str) -> MenuItem {
        let label = label.to_owned();
        MenuItem {
            id,
            label,
            enabled: true,
            visible: true,
            separator: false,
            ticked: None,
            children: Vec::new(),
        }
    }

    #[test]
    fn access_keys_are_not_part_of_a_label() {
        assert_eq!(plain("_Refresh now"), "Refresh now");
        assert_eq!(plain("zoom__mcp _a"), "zoom_mcp a");
    }

    #[test]
    fn only_what_a_person_could_press_is_found() {
        let disabled = MenuItem {
            enabled: false,
            ..line(1, "Refresh now")
        };
        let hidden = MenuItem {
            visible: false,
            ..line(2, "Refresh now")
        };
        let shown = line(3, "Refresh now");
        let wanted = |text: &str| text == "Refresh now";
        assert_eq!(find(&[disabled.clone(), hidden.clone()], &wanted), None);
        assert_eq!(find(&[disabled, hidden, shown], &wanted), Some(3));
    }

    #[test]
    fn a_node_of_a_layout_is_read_with_its_defaults() {
        let value = |value: Value<'_>| value.try_to_owned().unwrap();
        let leaf: (i32, HashMap<String, Value<'_>>, Vec<Value<'_>>) = (
            7,
            HashMap::from([("label".to_owned(), Value::from("_Quit"))]),
            Vec::new(),
        );
        let properties = HashMap::from([
            ("type".to_owned(), value(Value::from("separator"))),
            ("enabled".to_owned(), value(Value::from(false))),
        ]);
        let root = item((0, properties, vec![value(Value::from(leaf))])).unwrap();
        assert!(root.separator && !root.enabled && root.visible);
        assert_eq!(root.children, [line(7, "Quit")]);
    }
}
