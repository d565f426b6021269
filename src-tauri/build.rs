//! Checks the window's rights, and that there is a page for the window to show.
//!
//! `cargo check` on a fresh checkout works without Node: where the page was not built, a
//! page that says so stands in its place, and the build warns.

use std::path::Path;
use tauri_build::{AppManifest, Attributes};

/// The commands the window may be given the right to.
const COMMANDS: &[&str] = &["follow", "act", "answer", "approve", "asked", "quit"];

/// In the page that says that there is none; the real one has no such comment.
const MARK: &str = "<!-- not built -->";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist");
    ensure_page(Path::new("ui/dist/index.html"))?;
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes)?;
    Ok(())
}

fn ensure_page(page: &Path) -> Result<(), Box<dyn std::error::Error>> {
    if !page.exists() {
        fs_err::create_dir_all(page.parent().ok_or("a page lies in a folder")?)?;
        fs_err::write(page, format!("{MARK}\n{INSTEAD}"))?;
    }
    if fs_err::read_to_string(page)?.contains(MARK) {
        println!(
            "cargo:warning=The window's page was not built: the app will show a note instead. \
             Run `npm ci && npm run build` in ui/, or build with `cargo xtask`."
        );
    }
    Ok(())
}

/// Shown in place of the real page.
const INSTEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>Zoomtray</title>
<p>This build of Zoomtray has no window. Run <code>npm ci &amp;&amp; npm run build</code> in
<code>ui/</code> and build it again. The tray icon and its menu work without it.</p>
</html>
";
