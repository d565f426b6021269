//! The contact sheet: all states × sizes × looks in one picture, `target/contact-sheet.png`.

use super::{Face, Look, Picture, Remaining, render};
use crate::minutes::Minutes;
use lifecycle::State;
use tiny_skia::{Color, IntSize, Pixmap, PixmapPaint, Transform};

pub(super) const STATES: [State; 10] = [
    State::Fresh,
    State::ExpiringSoon,
    State::ExpiringVerySoon,
    State::Refreshing,
    State::Waiting,
    State::Offline,
    State::Suspended,
    State::SignInAgain,
    State::Expired,
    State::NoAccount,
];
const SIZES: [u32; 6] = [16, 20, 22, 24, 32, 44];

/// Side of a cell of the sheet, in pixels.
const CELL: u32 = 52;

pub(super) fn exactly(minutes: u8) -> Remaining {
    Remaining {
        minutes: Minutes::Exactly(minutes),
        sixtieths: minutes.min(60),
    }
}

/// Faces as they occur: digits that suit the state.
fn faces() -> Vec<Face> {
    let with = |state, remaining| Face { state, remaining };
    let mut faces: Vec<Face> = STATES
        .into_iter()
        .map(|state| match state {
            State::Fresh => with(state, Some(exactly(42))),
            State::ExpiringSoon => with(state, Some(exactly(14))),
            State::ExpiringVerySoon => with(state, Some(exactly(4))),
            State::Refreshing | State::Waiting | State::Offline => with(state, Some(exactly(28))),
            _ => with(state, None),
        })
        .collect();
    faces.extend([
        with(State::Fresh, Some(exactly(60))),
        with(State::Fresh, Some(exactly(59))),
        with(State::Fresh, Some(exactly(37))),
        with(State::Fresh, Some(exactly(48))),
        with(State::Fresh, Some(exactly(23))),
        with(
            State::Fresh,
            Some(Remaining {
                minutes: Minutes::Hours(2),
                sixtieths: 60,
            }),
        ),
        with(State::ExpiringSoon, Some(exactly(6))),
        with(
            State::ExpiringVerySoon,
            Some(Remaining {
                minutes: Minutes::UnderOne,
                sixtieths: 1,
            }),
        ),
        with(State::ExpiringVerySoon, Some(exactly(1))),
        with(State::Refreshing, None),
        with(State::Waiting, None),
        with(State::Offline, None),
    ]);
    faces
}

/// A column of the sheet: a look on the panel it is made for.
fn panels() -> [(Look, Color); 4] {
    [
        (Look::Light, Color::from_rgba8(0xE4, 0xE6, 0xEA, 0xFF)),
        (Look::Light, Color::from_rgba8(0x2B, 0x30, 0x38, 0xFF)),
        (Look::Dark, Color::from_rgba8(0x2B, 0x30, 0x38, 0xFF)),
        (Look::Template, Color::from_rgba8(0xF0, 0xF0, 0xF0, 0xFF)),
    ]
}

fn pixmap(picture: &Picture) -> Pixmap {
    let multiplied = picture.rgba.chunks_exact(4).flat_map(|pixel| {
        let colour = tiny_skia::ColorU8::from_rgba(pixel[0], pixel[1], pixel[2], pixel[3]);
        let ready = colour.premultiply();
        [ready.red(), ready.green(), ready.blue(), ready.alpha()]
    });
    let side = IntSize::from_wh(picture.size, picture.size).unwrap();
    Pixmap::from_vec(multiplied.collect(), side).unwrap()
}

/// A cell of the sheet: one picture in the middle of a piece of panel.
fn cell(picture: &Picture, panel: Color) -> Pixmap {
    let mut cell = Pixmap::new(CELL, CELL).unwrap();
    cell.fill(panel);
    paste(
        &mut cell,
        &pixmap(picture),
        ((CELL - picture.size) / 2, (CELL - picture.size) / 2),
    );
    cell
}

fn paste(onto: &mut Pixmap, picture: &Pixmap, at: (u32, u32)) {
    let (x, y) = (i32::try_from(at.0).unwrap(), i32::try_from(at.1).unwrap());
    let (paint, place) = (PixmapPaint::default(), Transform::identity());
    onto.draw_pixmap(x, y, picture.as_ref(), &paint, place, None);
}

#[test]
fn contact_sheet_of_all_states_sizes_and_looks() {
    let faces = faces();
    let columns: Vec<_> = panels()
        .into_iter()
        .flat_map(|panel| SIZES.map(|size| (panel, size)))
        .collect();
    let side = |cells: usize| u32::try_from(cells).unwrap() * CELL;
    let mut sheet = Pixmap::new(side(columns.len()), side(faces.len())).unwrap();
    for (column, ((look, panel), size)) in columns.into_iter().enumerate() {
        for (row, face) in faces.iter().enumerate() {
            let cell = cell(&render(*face, size, look), panel);
            paste(&mut sheet, &cell, (side(column), side(row)));
        }
    }
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/target");
    fs_err::create_dir_all(target).unwrap();
    let path = format!("{target}/contact-sheet.png");
    sheet.save_png(&path).unwrap();
    assert_eq!(
        Pixmap::load_png(&path).unwrap(),
        sheet,
        "what was written is what was drawn"
    );
}
