//! Where Claude Desktop's executables stand on each platform. Pure, over text: a path of any
//! platform is taken apart on every platform.

use super::identify::{Install, Ours, Role};
use crate::platform::Platform;

/// The rules for paths of one platform and user.
pub struct Paths<'o> {
    ours: &'o Ours,
}

impl<'o> Paths<'o> {
    /// The rules for `ours`.
    pub fn new(ours: &'o Ours) -> Self {
        Self { ours }
    }

    /// The install that `exe` belongs to, and the part it is unless its arguments say helper.
    pub fn install(&self, exe: &str, argv: &[String]) -> Option<(Install, Role)> {
        if let Some(named) = &self.ours.app_path {
            return same_file(exe, named, self.ours.platform).then(|| {
                (
                    Install::Named {
                        executable: named.clone(),
                    },
                    Role::Main,
                )
            });
        }
        match self.ours.platform {
            Platform::MacOs => self.mac(exe),
            Platform::Windows => package(exe).or_else(|| self.squirrel(exe)),
            Platform::Linux => linux(exe, argv).map(|install| (install, Role::Main)),
        }
    }

    /// `Helpers/disclaimer`, which carries MCP servers and may outlive the app, is no part.
    fn mac(&self, exe: &str) -> Option<(Install, Role)> {
        let own = format!("{}/Applications", self.ours.home.trim_end_matches('/'));
        ["/Applications", own.as_str()]
            .into_iter()
            .find_map(|root| {
                let bundle = format!("{root}/Claude.app");
                let inside = exe.strip_prefix(&bundle)?.strip_prefix("/Contents/")?;
                let role = match inside {
                    "MacOS/Claude" => Role::Main,
                    helper if helper.starts_with("Frameworks/") => Role::Helper,
                    _ => return None,
                };
                Some((Install::MacApp { bundle }, role))
            })
    }

    /// `%LOCALAPPDATA%\AnthropicClaude\app-1.2.3\claude.exe`, and the stub beside `app-…`.
    fn squirrel(&self, exe: &str) -> Option<(Install, Role)> {
        let folder = format!(
            "{}\\AnthropicClaude",
            self.ours.local_app_data.trim_end_matches('\\')
        );
        let lower = exe.replace('/', "\\").to_lowercase();
        let inside = lower
            .strip_prefix(&folder.to_lowercase())?
            .strip_prefix('\\')?;
        let role = match inside.split('\\').collect::<Vec<_>>().as_slice() {
            ["claude.exe"] => Role::Helper,
            [version, "claude.exe"] if version.starts_with("app-") => Role::Main,
            _ => return None,
        };
        Some((
            Install::WindowsSquirrel {
                stub: format!("{folder}\\claude.exe"),
            },
            role,
        ))
    }
}

/// `…\WindowsApps\Claude_1.2.3.0_x64__pzs8sxrjxfjjc\app\Claude.exe`
fn package(exe: &str) -> Option<(Install, Role)> {
    let names: Vec<&str> = exe.split(['\\', '/']).collect();
    let [.., store, package, app, file] = names.as_slice() else {
        return None;
    };
    let fixed = [
        (*store, "WindowsApps"),
        (*app, "app"),
        (*file, "Claude.exe"),
    ];
    if !fixed
        .iter()
        .all(|(found, name)| found.eq_ignore_ascii_case(name))
    {
        return None;
    }
    let (name, rest) = package.split_once('_')?;
    let (_, publisher) = rest.rsplit_once("__")?;
    name.eq_ignore_ascii_case("Claude").then(|| {
        (
            Install::WindowsPackage {
                family: format!("Claude_{publisher}"),
            },
            Role::Main,
        )
    })
}

fn linux(exe: &str, argv: &[String]) -> Option<Install> {
    for command in ["claude-desktop", "claude-desktop-unofficial"] {
        let folder = format!("/usr/lib/{command}/");
        let Some(inside) = exe.strip_prefix(&folder) else {
            continue;
        };
        let electron = inside.ends_with("node_modules/electron/dist/electron")
            && argv.iter().any(|word| word.ends_with("app.asar"));
        return (inside == command || electron).then(|| Install::LinuxPackage {
            command: format!("/usr/bin/{command}"),
        });
    }
    let mounted = exe.strip_prefix("/tmp/.mount_")?.to_ascii_lowercase();
    let (mount, inside) = mounted.split_once('/')?;
    let file = inside.rsplit('/').next()?;
    let known = ["claude-desktop", "claude-desktop-unofficial", "electron"].contains(&file);
    (mount.starts_with("claude") && known).then_some(Install::LinuxAppImage)
}

fn same_file(one: &str, other: &str, platform: Platform) -> bool {
    match platform {
        Platform::Windows => {
            let plain = |path: &str| {
                path.strip_prefix(r"\\?\")
                    .unwrap_or(path)
                    .replace('/', "\\")
                    .to_lowercase()
            };
            plain(one) == plain(other)
        }
        Platform::Linux | Platform::MacOs => one == other,
    }
}
