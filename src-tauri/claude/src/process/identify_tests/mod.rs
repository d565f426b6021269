//! Process lists as they are found on the three platforms, each process with its verdict.

mod linux;
mod macos;
mod owners;
mod windows;

use super::{Install, Ours, Parent, Role, Seen, Verdict, WhyNot, identify};
use crate::platform::Platform;

const USER: &str = "1000";

/// A process of a list: its number, its parent's, its executable, its arguments after the
/// program's name, and the verdict in a word.
type Row<'a> = (u32, u32, &'a str, &'a [&'a str], &'static str);

fn ours(platform: Platform) -> Ours {
    let (home, profile) = match platform {
        Platform::Linux => ("/home/u", "/home/u/.config/Claude"),
        Platform::MacOs => ("/Users/u", "/Users/u/Library/Application Support/Claude"),
        Platform::Windows => (r"C:\Users\u", r"C:\Users\u\AppData\Roaming\Claude"),
    };
    Ours {
        platform,
        home: home.to_owned(),
        local_app_data: r"C:\Users\u\AppData\Local".to_owned(),
        profile: Some(profile.to_owned()),
        lock_folders: vec![profile.into()],
        app_path: None,
        user: Some(USER.to_owned()),
        session: Some(1),
    }
}

fn argv(exe: &str, arguments: &[&str]) -> Vec<String> {
    std::iter::once(exe)
        .chain(arguments.iter().copied())
        .map(str::to_owned)
        .collect()
}

/// Checks each process of a list, with its parent where that is in the list too.
fn check(ours: &Ours, list: &[Row<'_>]) {
    for (pid, above, exe, arguments, expected) in list {
        let parent = list.iter().find(|(pid, ..)| pid == above);
        let above = parent.map(|(_, _, exe, arguments, _)| (*exe, argv(exe, arguments)));
        let own = argv(exe, arguments);
        let seen = Seen {
            exe: Some(exe),
            argv: &own,
            user: Some(USER),
            session: Some(1),
            parent: above.as_ref().map(|(exe, argv)| Parent {
                exe: Some(exe),
                argv,
            }),
            holds_profile: false,
        };
        let verdict = short(&identify(&seen, ours));
        assert_eq!(verdict, *expected, "{pid}: {exe} {arguments:?}");
    }
}

/// One process without a parent.
fn judge(ours: &Ours, exe: &str, arguments: &[&str]) -> &'static str {
    let argv = argv(exe, arguments);
    let seen = Seen {
        exe: Some(exe),
        argv: &argv,
        user: Some(USER),
        session: Some(1),
        ..Seen::default()
    };
    short(&identify(&seen, ours))
}

/// In a word each: main, helper, and why not.
fn short(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Claude {
            role: Role::Main, ..
        } => "main",
        Verdict::Claude {
            role: Role::Helper, ..
        } => "helper",
        Verdict::Not(WhyNot::OtherProgram) => "other program",
        Verdict::Not(WhyNot::OtherProfile) => "other profile",
        Verdict::Not(WhyNot::OtherUser) => "other user",
        Verdict::Not(WhyNot::OtherSession) => "other session",
        Verdict::Not(WhyNot::PathUnreadable) => "unreadable",
        Verdict::Not(WhyNot::NotRunByClaude) => "not run by Claude",
    }
}
