//! The status item: icon, label and menu.
//!
//! The menu is built once. Afterwards only texts change, on kept handles, and only those that
//! differ: replacing a menu that is open crashes on macOS and closes it elsewhere.

use crate::appearance;
use crate::clock::Clock;
use crate::frame::Frame;
use crate::icon::{Face, Look, Picture, render};
use crate::login_item;
use crate::menu::{MenuTexts, fixed};
use crate::question::restart;
use control::RestartAnswer;
use lifecycle::WallTime;
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Wry};

/// What a click on an item asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// The one thing to do now.
    Act,
    /// Restart the bundled server.
    Reconnect,
    /// Answer whether to restart Claude Desktop.
    Restart(RestartAnswer),
    /// Ask whether to put back what Claude Desktop lost.
    Restore,
    /// Show the calls that wait for a person.
    Approvals,
    /// Copy the access token.
    CopyToken,
    /// Switch starting at login.
    StartAtLogin,
    /// Open the window.
    Open,
    /// Ask whether to remove everything.
    Remove,
    /// End the app.
    Quit,
}

impl Item {
    const ALL: [Self; 12] = [
        Self::Act,
        Self::Reconnect,
        Self::Restart(RestartAnswer::Now),
        Self::Restart(RestartAnswer::WhenQuit),
        Self::Restart(RestartAnswer::NotThisTime),
        Self::Restore,
        Self::Approvals,
        Self::CopyToken,
        Self::StartAtLogin,
        Self::Open,
        Self::Remove,
        Self::Quit,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Reconnect => "reconnect",
            Self::Restart(answer) => restart::key(answer),
            Self::Restore => "restore",
            Self::Approvals => "approvals",
            Self::CopyToken => "copy-token",
            Self::StartAtLogin => "start-at-login",
            Self::Open => "open",
            Self::Remove => "remove",
            Self::Quit => "quit",
        }
    }

    /// The item of this id.
    pub(crate) fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.id() == id)
    }
}

/// The status item and what it shows.
pub(crate) struct Tray {
    app: AppHandle,
    icon: TrayIcon,
    items: Items,
    face: Face,
    look: Look,
    texts: MenuTexts,
}

/// Handles of the items that change.
struct Items {
    state: MenuItem<Wry>,
    act: MenuItem<Wry>,
    reconnect: MenuItem<Wry>,
    claude: MenuItem<Wry>,
    question: Submenu<Wry>,
    restore: MenuItem<Wry>,
    approvals: MenuItem<Wry>,
    copy: MenuItem<Wry>,
    remove: MenuItem<Wry>,
}

impl Tray {
    /// Puts the status item on the screen.
    pub(crate) fn build(
        app: &AppHandle,
        frame: &Frame,
        now: WallTime,
        clock: &Clock,
    ) -> tauri::Result<Self> {
        let (face, look, texts) = (
            frame.face(now),
            appearance::look(frame.preferred_look),
            frame.menu(now, clock),
        );
        let (menu, items) = build_menu(app, &texts)?;
        let icon = TrayIconBuilder::with_id("zoomtray")
            .icon(image(draw(app, face, look)))
            .icon_as_template(look == Look::Template)
            .tooltip(&texts.state)
            .menu(&menu)
            .build(app)?;
        Ok(Self {
            app: app.clone(),
            icon,
            items,
            face,
            look,
            texts,
        })
    }

    /// Shows `frame` at `now`. Touches only what differs from what is shown.
    pub(crate) fn show(
        &mut self,
        frame: &Frame,
        now: WallTime,
        clock: &Clock,
    ) -> tauri::Result<()> {
        let (face, look) = (frame.face(now), appearance::look(frame.preferred_look));
        if face.replaces(self.face) || look != self.look {
            let picture = draw(&self.app, face, look);
            self.icon
                .set_icon_with_as_template(Some(image(picture)), look == Look::Template)?;
            self.icon.set_title(Some(label(face)))?;
            (self.face, self.look) = (face, look);
        }
        let texts = frame.menu(now, clock);
        if texts != self.texts {
            self.items.change(&self.texts, &texts)?;
            self.icon.set_tooltip(Some(&texts.state))?;
            self.texts = texts;
        }
        Ok(())
    }
}

impl Items {
    fn change(&self, old: &MenuTexts, new: &MenuTexts) -> tauri::Result<()> {
        for (item, old, new) in [
            (&self.state, old.state.as_str(), new.state.as_str()),
            (&self.act, old.act.text(), new.act.text()),
            (&self.claude, &old.claude, &new.claude),
            (&self.approvals, &old.approvals, &new.approvals),
        ] {
            if old != new {
                item.set_text(new)?;
            }
        }
        for (item, old, new) in [
            (&self.act, old.act_enabled, new.act_enabled),
            (
                &self.reconnect,
                old.reconnect_enabled,
                new.reconnect_enabled,
            ),
            (&self.restore, old.restore_enabled, new.restore_enabled),
            (
                &self.approvals,
                old.approvals_enabled,
                new.approvals_enabled,
            ),
            (&self.copy, old.copy_enabled, new.copy_enabled),
            (&self.remove, old.remove_enabled, new.remove_enabled),
        ] {
            if old != new {
                item.set_enabled(new)?;
            }
        }
        if old.question_enabled != new.question_enabled {
            self.question.set_enabled(new.question_enabled)?;
        }
        Ok(())
    }
}

fn build_menu(app: &AppHandle, texts: &MenuTexts) -> tauri::Result<(Menu<Wry>, Items)> {
    let line = |id: &str, text: &str| MenuItem::with_id(app, id, text, false, None::<&str>);
    let item = |item: Item, text: &str, enabled| {
        MenuItem::with_id(app, item.id(), text, enabled, None::<&str>)
    };
    let items = Items {
        state: line("state", &texts.state)?,
        act: item(Item::Act, texts.act.text(), texts.act_enabled)?,
        reconnect: item(Item::Reconnect, fixed::RECONNECT, texts.reconnect_enabled)?,
        claude: line("claude", &texts.claude)?,
        question: question(app, texts.question_enabled)?,
        restore: item(Item::Restore, fixed::RESTORE, texts.restore_enabled)?,
        approvals: item(Item::Approvals, &texts.approvals, texts.approvals_enabled)?,
        copy: item(Item::CopyToken, fixed::COPY_TOKEN, texts.copy_enabled)?,
        remove: item(Item::Remove, fixed::REMOVE, texts.remove_enabled)?,
    };
    let menu = Menu::with_items(
        app,
        &[
            &items.state,
            &items.act,
            &items.reconnect,
            &PredefinedMenuItem::separator(app)?,
            &items.claude,
            &items.question,
            &items.restore,
            &items.approvals,
            &PredefinedMenuItem::separator(app)?,
            &items.copy,
            &login_item::item(app, Item::StartAtLogin.id(), fixed::START_AT_LOGIN)?,
            &item(Item::Open, fixed::OPEN, true)?,
            &items.remove,
            &item(Item::Quit, fixed::QUIT, true)?,
        ],
    )?;
    Ok((menu, items))
}

/// The answers lie in a submenu, because items cannot come and go with a question.
fn question(app: &AppHandle, enabled: bool) -> tauri::Result<Submenu<Wry>> {
    let answer = |answer: RestartAnswer| {
        let id = Item::Restart(answer).id();
        MenuItem::with_id(app, id, restart::label(answer), true, None::<&str>)
    };
    let [now, when_quit, not_this_time] = restart::ANSWERS.map(answer);
    let answers: [&dyn IsMenuItem<Wry>; 3] = [&now?, &when_quit?, &not_this_time?];
    Submenu::with_items(app, restart::TITLE, enabled, &answers)
}

fn draw(app: &AppHandle, face: Face, look: Look) -> Picture {
    render(face, appearance::icon_size(app), look)
}

fn image(picture: Picture) -> Image<'static> {
    Image::new_owned(picture.rgba, picture.size, picture.size)
}

/// The text beside the icon, on macOS and on Linux desktops that show one.
fn label(face: Face) -> String {
    face.remaining
        .map(|left| left.minutes.short())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_known_by_its_id() {
        for item in Item::ALL {
            assert_eq!(Item::of(item.id()), Some(item));
        }
        assert_eq!(Item::of("state"), None, "a line of text does nothing");
    }
}
