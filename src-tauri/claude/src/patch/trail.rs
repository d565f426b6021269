//! How far a pointer leads into a document, and what forbids to follow it.

use super::document::{Document, child, object, unique};
use super::original::Original;
use super::pointer::Pointer;
use super::refusal::Refusal;
use super::value::{Member, Object, Value};
use secrecy::SecretString;

/// Where on the way an entry's name comes.
const ENTRY: usize = 1;

/// The objects on the way to a pointer's value.
pub struct Trail<'p, 'a> {
    /// The names on the way, from the root down.
    pub keys: Vec<&'p str>,
    /// Those of the objects that are there: the first holds the first name, and so on.
    pub objects: Vec<Object<'a>>,
    /// Whether the last name is there too.
    present: bool,
}

impl<'p, 'a> Trail<'p, 'a> {
    /// Follows `pointer` into `document`.
    pub fn find(document: &Document<'a>, pointer: &'p Pointer) -> Result<Self, Refusal> {
        let trail = Self::follow(document, pointer)?;
        match pointer {
            Pointer::Entry { .. } => {}
            Pointer::Env { server, .. } if trail.objects.len() <= ENTRY + 1 => {
                return Err(Refusal::NoSuchEntry {
                    name: server.clone(),
                });
            }
            Pointer::Env { .. } => check_variable(trail.target(), pointer)?,
        }
        Ok(trail)
    }

    fn follow(document: &Document<'a>, pointer: &'p Pointer) -> Result<Self, Refusal> {
        let keys = pointer.keys();
        let mut objects: Vec<Object<'a>> = document.root()?.into_iter().collect();
        let (mut path, mut present) = (String::new(), false);
        for (depth, key) in keys.iter().enumerate() {
            let Some(reached) = objects.get(depth) else {
                break;
            };
            let found = unique(reached, key, &path)?.map(|member| member.value);
            path = child(&path, key);
            if let Some(entry) = found.filter(|_| depth == ENTRY) {
                check_entry(entry, pointer)?;
            }
            match found {
                Some(_) if depth + 1 == keys.len() => present = true,
                Some(value) => objects.push(object(value, &path)?),
                None => break,
            }
        }
        Ok(Self {
            keys,
            objects,
            present,
        })
    }

    /// The value's member and the object that it is in, if it is there.
    pub fn target(&self) -> Option<(&Object<'a>, &Member<'a>)> {
        if !self.present {
            return None;
        }
        self.member(self.keys.len() - 1)
    }

    /// The object at `depth` and its member on the way.
    pub fn member(&self, depth: usize) -> Option<(&Object<'a>, &Member<'a>)> {
        let object = self.objects.get(depth)?;
        Some((object, object.get(self.keys.get(depth)?)?))
    }

    /// The last object that is there, and the names from it on.
    pub fn end(&self) -> Option<(&Object<'a>, &[&'p str])> {
        let depth = self.objects.len().checked_sub(1)?;
        Some((&self.objects[depth], &self.keys[depth..]))
    }

    /// What stands at the pointer.
    pub fn original(&self) -> Original {
        match (self.target(), self.objects.len()) {
            (Some((_, member)), _) => Original::Value(SecretString::from(member.value.raw())),
            (None, 0) => Original::DocumentEmpty,
            (None, 1) => Original::ServersAbsent,
            (None, 2) => Original::EntryAbsent,
            (None, 3) => Original::EnvAbsent,
            (None, _) => Original::KeyAbsent,
        }
    }
}

/// Refuses what is no entry, and an entry that is Claude's to change.
fn check_entry(value: Value<'_>, pointer: &Pointer) -> Result<(), Refusal> {
    let path = child("/mcpServers", pointer.server());
    let entry = object(value, &path)?;
    if entry.get("extensionId").is_some() {
        return Err(Refusal::OwnedByExtension {
            name: pointer.server().to_owned(),
        });
    }
    Ok(())
}

/// Refuses an entry that Claude itself could not start, because one of its variables is no
/// string: nobody else could start it either.
pub fn check_startable(entry: &Member<'_>, path: &str) -> Result<(), Refusal> {
    let entry = object(entry.value, path)?;
    match entry.get("env") {
        Some(env) => check_variables(env.value, &child(path, "env")),
        None => Ok(()),
    }
}

fn check_variables(env: Value<'_>, path: &str) -> Result<(), Refusal> {
    let env = object(env, path)?;
    let counts = |member: &&Member<'_>| {
        let last = member.name.as_deref().and_then(|name| env.get(name));
        last.is_none_or(|last| last.key.from == member.key.from)
    };
    let mut odd = env
        .members
        .iter()
        .filter(|member| !member.value.is_string());
    match odd.find(counts) {
        Some(member) => Err(Refusal::EnvValueNotString {
            path: child(path, member.name.as_deref().unwrap_or(member.key.raw())),
        }),
        None => Ok(()),
    }
}

fn check_variable(
    target: Option<(&Object<'_>, &Member<'_>)>,
    pointer: &Pointer,
) -> Result<(), Refusal> {
    match target {
        Some((_, member)) if !member.value.is_string() => Err(Refusal::EnvValueNotString {
            path: pointer.path(),
        }),
        _ => Ok(()),
    }
}
