//! The tray icon, drawn from nothing but numbers: no font, no file, no window system.
//!
//! An hour that runs out and is quietly refilled: a ring, full at the top of the hour,
//! emptying clockwise, with the minutes left inside it. Each state has a shape of its own,
//! so that colour only helps. Everything lies on an opaque disc: digits stay legible on any
//! panel. On macOS the picture is a template: black on nothing, coloured by the menu bar.

mod canvas;
mod face;
mod glyphs;
mod metrics;
mod palette;
#[cfg(test)]
mod properties;
mod shapes;
#[cfg(test)]
mod sheet;

pub use face::{Face, Remaining};
pub use palette::Look;

use canvas::Canvas;
use lifecycle::State;
use metrics::Metrics;

/// Side of the picture for a panel of scale 1, in pixels.
pub const PANEL: u32 = 22;
/// Side of the picture for dense panels and for the macOS menu bar, in pixels.
pub const DENSE: u32 = 44;

/// A finished picture: rows from the top, four bytes a pixel (red, green, blue, alpha),
/// colours not multiplied by alpha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width and height in pixels.
    pub size: u32,
    /// `size * size * 4` bytes.
    pub rgba: Vec<u8>,
}

/// Draws `face` on a square of `size` pixels. Nothing is drawn for a size of zero.
#[must_use]
pub fn render(face: Face, size: u32, look: Look) -> Picture {
    let Some(mut canvas) = Canvas::new(Metrics::of(size), look) else {
        return Picture {
            size: 0,
            rgba: Vec::new(),
        };
    };
    canvas.disc();
    draw(&mut canvas, face);
    Picture {
        size,
        rgba: canvas.into_rgba(),
    }
}

fn draw(canvas: &mut Canvas, face: Face) {
    match face.state {
        State::Fresh => shapes::fresh(canvas, face.remaining),
        State::ExpiringSoon => shapes::expiring_soon(canvas, face.remaining),
        State::ExpiringVerySoon => shapes::expiring_very_soon(canvas, face.remaining),
        State::Refreshing => shapes::refreshing(canvas, face.remaining),
        State::Waiting => shapes::waiting(canvas, face.remaining),
        State::Offline => shapes::offline(canvas, face.remaining),
        State::Suspended => shapes::suspended(canvas),
        State::SignInAgain => shapes::sign_in_again(canvas),
        State::Expired => shapes::expired(canvas),
        State::NoAccount => shapes::no_account(canvas),
    }
}
