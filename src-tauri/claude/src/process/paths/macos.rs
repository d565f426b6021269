//! macOS: the bundle `Claude.app`, in either `Applications` folder or where it was named.

use super::{Part, Place};
use crate::process::identify::Install;

/// What `exe` is, of the bundles that the user with this `home` may have.
pub(super) fn place(exe: &str, home: &str) -> Option<Place> {
    let own = format!("{}/Applications", home.trim_end_matches('/'));
    ["/Applications", own.as_str()]
        .into_iter()
        .find_map(|root| {
            let bundle = format!("{root}/Claude.app");
            let part = part(exe, &bundle)?;
            let install = Install::MacApp { bundle };
            Some(Place { install, part })
        })
}

/// What `exe` is, of the bundle that the named executable is in.
pub(super) fn named(exe: &str, named: &str, install: Install) -> Option<Place> {
    let part = match named.split_once("/Contents/MacOS/") {
        _ if exe == named => Part::Main,
        Some((bundle, _)) => part(exe, bundle)?,
        None => return None,
    };
    Some(Place { install, part })
}

fn part(exe: &str, bundle: &str) -> Option<Part> {
    let inside = exe.strip_prefix(bundle)?.strip_prefix("/Contents/")?;
    match inside {
        "MacOS/Claude" => Some(Part::Main),
        helper if helper.starts_with("Frameworks/") => Some(Part::Helper),
        // The command line tool, should it be delivered inside the bundle.
        tool if tool.ends_with("/claude") => None,
        _ => Some(Part::Inside),
    }
}
