//! xfce4-panel with nothing but a tray, as the host of status items.

use crate::bus::{Bus, START_PATIENCE};
use crate::child::{SessionChild, bound};
use crate::environment::Folders;
use crate::error::SessionError;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::Stdio;

/// Whether the session has a host for status items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// xfce4-panel with a tray.
    WithTray,
    /// No panel and no `StatusNotifierWatcher`, as on a bare GNOME.
    Absent,
}

/// Status items register with its owner.
pub const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// A panel at the top right, as long as its tray, with icons of the usual 22 px and none
/// hidden behind an arrow.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=2;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="10"/>
      <property name="length-adjust" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
      <property name="hide-new-items" type="bool" value="false"/>
    </property>
  </property>
</channel>
"#;

/// Starts the panel and waits until status items can register.
pub fn start(
    bus: &Bus,
    folders: &Folders,
    environment: &BTreeMap<OsString, OsString>,
) -> Result<SessionChild, SessionError> {
    let settings = folders.config.join("xfce4/xfconf/xfce-perchannel-xml");
    fs_err::create_dir_all(&settings)?;
    fs_err::write(settings.join("xfce4-panel.xml"), SETTINGS)?;
    let log = folders.logs.join("xfce4-panel.log");
    let output = std::fs::File::from(fs_err::File::create(&log)?);
    let mut command = bound("xfce4-panel");
    command.arg("--disable-wm-check");
    command.env_clear().envs(environment).stdin(Stdio::null());
    command.stdout(output.try_clone()?).stderr(output);
    let mut panel = SessionChild::start("xfce4-panel", command)?;
    bus.wait_for_name(WATCHER, START_PATIENCE)?;
    panel.still_runs(&log.display().to_string())?;
    Ok(panel)
}
