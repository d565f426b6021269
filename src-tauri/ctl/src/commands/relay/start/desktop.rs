//! The user's desktop on Linux, and what an app needs to be on it. Pure.
//!
//! A client passes its servers almost no variables, so they are taken from the user's service
//! manager, or from the nearest process above the relay that has them: only those that lead to
//! the desktop, its bus, its language and the network's proxy.

use std::collections::BTreeMap;

/// Environment variables. What is not Unicode leads to no desktop.
pub(super) type Variables = BTreeMap<String, String>;

/// Where an app can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Desktop {
    /// What starts programs there.
    pub(super) host: Host,
    /// The variables that lead to the desktop, beside those that the host has; none: there is
    /// no desktop.
    pub(super) variables: Option<Variables>,
}

/// What a program is started by, so that it belongs to the session and not to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// The user's service manager, reached with these variables.
    Manager(Variables),
    /// Nothing: it is set free.
    None,
}

/// What is known of a service manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manager {
    /// The variables it is reached with.
    pub(super) way: Variables,
    /// The variables that it gives its programs.
    pub(super) environment: Variables,
}

/// Names of what is passed on, in upper case: the user, the desktop, and what no program of
/// Windows can do without.
const PASSED_ON: &[&str] = &[
    "APPDATA",
    "COMPUTERNAME",
    "COMSPEC",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "HOME",
    "HOMEDRIVE",
    "HOMEPATH",
    "LANG",
    "LANGUAGE",
    "LOCALAPPDATA",
    "LOGNAME",
    "PATH",
    "PATHEXT",
    "PROCESSOR_ARCHITECTURE",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "SHELL",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "USERNAME",
    "USERPROFILE",
    "WAYLAND_DISPLAY",
    "WINDIR",
    "XAUTHORITY",
];

/// How names begin of what is passed on.
const PASSED_ON_FROM: &[&str] = &["GDK_", "GTK_", "LC_", "XDG_", OURS];

/// How names end of what is passed on: proxies.
const PASSED_ON_TO: &str = "_PROXY";

/// How names begin of what is for our own programs.
const OURS: &str = "ZOOMTRAY_";

/// The variables that may be passed on: none that a client's entry sets for its server.
pub(super) fn passed_on(mut variables: Variables) -> Variables {
    variables.retain(|name, _| {
        let name = name.to_ascii_uppercase();
        PASSED_ON.contains(&name.as_str())
            || PASSED_ON_FROM.iter().any(|from| name.starts_with(from))
            || is_proxy(&name)
    });
    variables
}

/// The variables of another process that lead to its desktop.
fn of_desktop(variables: Variables) -> Variables {
    let mut variables = passed_on(variables);
    variables.retain(|name, _| !name.starts_with(OURS));
    variables
}

/// The desktop, from what the manager and the processes above the relay have, nearest first.
pub(super) fn choose(
    manager: Option<Manager>,
    above: impl IntoIterator<Item = Variables>,
) -> Desktop {
    let nearest = || {
        let mut desktops = above.into_iter().filter(has_display);
        desktops.next().map(of_desktop)
    };
    match manager {
        Some(manager) => Desktop {
            variables: if has_display(&manager.environment) {
                Some(Variables::new())
            } else {
                nearest().map(for_manager)
            },
            host: Host::Manager(manager.way),
        },
        None => Desktop {
            host: Host::None,
            variables: nearest().filter(has_bus),
        },
    }
}

fn has_display(variables: &Variables) -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| is_set(variables, name))
}

/// Programs look for their bus in the runtime folder where nothing names it.
fn has_bus(variables: &Variables) -> bool {
    ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"]
        .iter()
        .any(|name| is_set(variables, name))
}

fn is_set(variables: &Variables, name: &str) -> bool {
    variables.get(name).is_some_and(|value| !value.is_empty())
}

/// The manager has the bus that it is on, and its own way to programs. It keeps a service's
/// variables and tells them to whoever asks, so no password is among them.
fn for_manager(mut variables: Variables) -> Variables {
    for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "PATH"] {
        variables.remove(name);
    }
    variables.retain(|name, value| !is_proxy(name) || !value.contains('@'));
    variables
}

/// Whether a variable names a proxy; `user:password@` may stand before the proxy's address.
fn is_proxy(name: &str) -> bool {
    name.to_ascii_uppercase().ends_with(PASSED_ON_TO)
}

/// Reads `systemctl show-environment`: a line each, quoted where a shell would need it. A value
/// that is quoted as `$'…'` holds control characters, so it leads to no desktop.
pub(super) fn read_manager(output: &str) -> Variables {
    let pairs = output.lines().filter_map(|line| line.split_once('='));
    pairs
        .filter(|(_, value)| !value.starts_with("$'"))
        .map(|(name, value)| (name.to_owned(), unquoted(value)))
        .collect()
}

fn unquoted(value: &str) -> String {
    let inside = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    let Some(inside) = inside else {
        return value.to_owned();
    };
    let mut text = String::with_capacity(inside.len());
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        let escaped = (character == '\\').then(|| characters.next()).flatten();
        text.push(escaped.unwrap_or(character));
    }
    text
}

/// Reads `/proc/PID/environ`.
pub(super) fn read_environ(bytes: &[u8]) -> Variables {
    let parts = bytes.split(|byte| *byte == 0);
    parts
        .filter_map(|part| std::str::from_utf8(part).ok()?.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Reads the parent out of `/proc/PID/status`; none above the first process.
pub(super) fn read_parent(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok().filter(|parent| *parent > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Variables {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn way() -> Variables {
        variables(&[("XDG_RUNTIME_DIR", "/run/user/7")])
    }

    fn manager(pairs: &[(&str, &str)]) -> Manager {
        Manager {
            way: way(),
            environment: variables(pairs),
        }
    }

    fn claude() -> Variables {
        variables(&[
            ("DISPLAY", ":1"),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/b"),
            ("XDG_RUNTIME_DIR", "/run/user/7"),
            ("LD_LIBRARY_PATH", "/tmp/.mount_claude"),
            ("LC_ALL", "C.UTF-8"),
            ("https_proxy", "http://p"),
            ("PATH", "/bin"),
            ("SOME_API_KEY", "s"),
            ("ZOOMTRAY_HOME", "/elsewhere"),
        ])
    }

    #[test]
    fn a_manager_with_a_display_needs_nothing_more() {
        let desktop = choose(Some(manager(&[("WAYLAND_DISPLAY", "w")])), [claude()]);
        assert_eq!(desktop.host, Host::Manager(way()));
        assert_eq!(desktop.variables, Some(Variables::new()));
    }

    #[test]
    fn a_manager_without_a_display_is_told_the_clients() {
        let desktop = choose(Some(manager(&[("DISPLAY", "")])), [claude()]);
        let names: Vec<String> = desktop.variables.unwrap().into_keys().collect();
        assert_eq!(names, ["DISPLAY", "LC_ALL", "https_proxy"]);
    }

    #[test]
    fn a_manager_is_told_no_password_of_a_proxy() {
        let mut client = claude();
        client.extend(variables(&[
            ("HTTPS_PROXY", "http://user:password@p"),
            ("http_proxy", "user:password@p:8080"),
            ("no_proxy", "localhost"),
        ]));
        let desktop = choose(Some(manager(&[])), [client]);
        let names: Vec<String> = desktop.variables.unwrap().into_keys().collect();
        assert_eq!(names, ["DISPLAY", "LC_ALL", "https_proxy", "no_proxy"]);
    }

    #[test]
    fn without_a_manager_the_nearest_process_with_a_desktop_counts() {
        let bare = variables(&[("PATH", "/bin"), ("HOME", "/h")]);
        let further = variables(&[("DISPLAY", ":2"), ("XDG_RUNTIME_DIR", "/r")]);
        let desktop = choose(None, [bare, claude(), further]);
        assert_eq!(desktop.host, Host::None);
        let variables = desktop.variables.unwrap();
        assert_eq!(variables["DISPLAY"], ":1");
        assert_eq!(variables["PATH"], "/bin");
        assert!(!variables.contains_key("SOME_API_KEY"));
        assert!(!variables.contains_key("LD_LIBRARY_PATH"));
        assert!(
            !variables.contains_key("ZOOMTRAY_HOME"),
            "the relay's own counts"
        );
    }

    #[test]
    fn no_display_or_no_bus_is_no_desktop() {
        assert_eq!(choose(Some(manager(&[])), []).variables, None);
        assert_eq!(choose(None, []).variables, None);
        let without_bus = variables(&[("DISPLAY", ":1")]);
        assert_eq!(choose(None, [without_bus]).variables, None);
    }

    #[test]
    fn what_the_manager_says_is_read_as_it_was_meant() {
        let said = "DISPLAY=:0\nA=\"b c\\\"d\\\\e\"\nBAD=$'\\n'\nnoise\nEMPTY=\n";
        let read = read_manager(said);
        let expected = [("DISPLAY", ":0"), ("A", "b c\"d\\e"), ("EMPTY", "")];
        assert_eq!(read, variables(&expected));
    }

    #[test]
    fn a_process_is_read_as_the_kernel_tells_it() {
        let environ = read_environ(b"A=1\0B=x=y\0\xff=1\0no\0");
        assert_eq!(environ, variables(&[("A", "1"), ("B", "x=y")]));
        assert_eq!(read_parent("Name:\tx\nPPid:\t41\nUid:\t0\n"), Some(41));
        assert_eq!(read_parent("PPid:\t0\n"), None);
    }
}
