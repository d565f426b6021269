//! The characters of the icon, as centre lines in a box one wide and one high.
//!
//! Tabular: every character fills the same box. They are part of the program because a tray
//! icon must look the same on a system without fonts.

use super::canvas::{Canvas, Line};
use super::metrics::Digits;
use super::palette::Tone;
use crate::minutes::Minutes;
use tiny_skia::{Path, PathBuilder};

/// How heavy characters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// For reading.
    Regular,
    /// For urgency.
    Bold,
}

/// One step of a centre line.
#[derive(Clone, Copy, Debug)]
enum Step {
    Move(f32, f32),
    Line(f32, f32),
    Curve(f32, f32, f32, f32, f32, f32),
}

use Step::{Curve as C, Line as L, Move as M};

const ZERO: &[Step] = &[
    M(0.5, 0.0),
    C(0.9, 0.0, 1.0, 0.22, 1.0, 0.5),
    C(1.0, 0.78, 0.9, 1.0, 0.5, 1.0),
    C(0.1, 1.0, 0.0, 0.78, 0.0, 0.5),
    C(0.0, 0.22, 0.1, 0.0, 0.5, 0.0),
];
const ONE: &[Step] = &[M(0.08, 0.24), L(0.62, 0.0), L(0.62, 1.0)];
const TWO: &[Step] = &[
    M(0.0, 0.2),
    C(0.12, -0.05, 1.0, -0.1, 1.0, 0.28),
    C(1.0, 0.55, 0.35, 0.7, 0.0, 1.0),
    L(1.0, 1.0),
];
const THREE: &[Step] = &[
    M(0.0, 0.1),
    C(0.25, -0.04, 0.95, -0.08, 0.95, 0.23),
    C(0.95, 0.4, 0.75, 0.47, 0.4, 0.47),
    C(0.8, 0.47, 1.0, 0.56, 1.0, 0.74),
    C(1.0, 1.07, 0.25, 1.05, 0.0, 0.9),
];
const FOUR: &[Step] = &[M(0.78, 1.0), L(0.78, 0.0), L(0.0, 0.7), L(1.05, 0.7)];
const FIVE: &[Step] = &[
    M(0.95, 0.0),
    L(0.12, 0.0),
    L(0.05, 0.44),
    C(0.35, 0.3, 1.0, 0.34, 1.0, 0.67),
    C(1.0, 1.03, 0.3, 1.08, 0.0, 0.88),
];
const SIX: &[Step] = &[
    M(0.88, 0.03),
    C(0.3, 0.02, 0.0, 0.35, 0.0, 0.66),
    C(0.0, 0.9, 0.22, 1.0, 0.5, 1.0),
    C(0.82, 1.0, 1.0, 0.88, 1.0, 0.69),
    C(1.0, 0.5, 0.82, 0.4, 0.52, 0.4),
    C(0.22, 0.4, 0.0, 0.52, 0.0, 0.66),
];
const SEVEN: &[Step] = &[M(0.0, 0.0), L(1.0, 0.0), L(0.36, 1.0)];
const EIGHT: &[Step] = &[
    M(0.5, 0.46),
    C(0.2, 0.46, 0.06, 0.37, 0.06, 0.23),
    C(0.06, 0.08, 0.24, 0.0, 0.5, 0.0),
    C(0.76, 0.0, 0.94, 0.08, 0.94, 0.23),
    C(0.94, 0.37, 0.8, 0.46, 0.5, 0.46),
    C(0.16, 0.46, 0.0, 0.57, 0.0, 0.73),
    C(0.0, 0.91, 0.18, 1.0, 0.5, 1.0),
    C(0.82, 1.0, 1.0, 0.91, 1.0, 0.73),
    C(1.0, 0.57, 0.84, 0.46, 0.5, 0.46),
];
const NINE: &[Step] = &[
    M(0.12, 0.97),
    C(0.7, 0.98, 1.0, 0.65, 1.0, 0.34),
    C(1.0, 0.1, 0.78, 0.0, 0.5, 0.0),
    C(0.18, 0.0, 0.0, 0.12, 0.0, 0.31),
    C(0.0, 0.5, 0.18, 0.6, 0.48, 0.6),
    C(0.78, 0.6, 1.0, 0.48, 1.0, 0.34),
];
const LESS: &[Step] = &[M(0.9, 0.2), L(0.05, 0.52), L(0.9, 0.84)];
const HOUR: &[Step] = &[
    M(0.0, 0.0),
    L(0.0, 1.0),
    M(0.0, 0.58),
    C(0.15, 0.32, 1.0, 0.22, 1.0, 0.66),
    L(1.0, 1.0),
];
const DIGITS: [&[Step]; 10] = [ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE];

/// Writes `minutes` in the middle of the picture.
pub(super) fn write(canvas: &mut Canvas, minutes: Minutes, tone: Tone, weight: Weight) {
    match minutes {
        Minutes::UnderOne => write_pair(canvas, LESS, ONE, tone, weight),
        Minutes::Exactly(count @ 10..) => {
            write_pair(canvas, digit(count / 10), digit(count % 10), tone, weight);
        }
        Minutes::Exactly(count) => write_single(canvas, digit(count), tone, weight),
        Minutes::Hours(hours) => {
            let hours = u8::try_from(hours.min(9)).unwrap_or(9);
            write_pair(canvas, digit(hours), HOUR, tone, weight);
        }
    }
}

fn digit(value: u8) -> &'static [Step] {
    DIGITS[usize::from(value % 10)]
}

fn write_pair(canvas: &mut Canvas, one: &[Step], two: &[Step], tone: Tone, weight: Weight) {
    let first = canvas.metrics.pair;
    let second = Digits {
        left: first.left + first.advance,
        ..first
    };
    for (steps, place) in [(one, first), (two, second)] {
        canvas.line(outline(steps, place), tone, Line::of(width(place, weight)));
    }
}

fn write_single(canvas: &mut Canvas, steps: &[Step], tone: Tone, weight: Weight) {
    let place = canvas.metrics.single;
    canvas.line(outline(steps, place), tone, Line::of(width(place, weight)));
}

fn width(place: Digits, weight: Weight) -> f32 {
    match weight {
        Weight::Regular => place.line,
        Weight::Bold => place.line * 1.3,
    }
}

fn outline(steps: &[Step], place: Digits) -> Option<Path> {
    let across = |x: f32| place.left + x * place.width;
    let down = |y: f32| place.top + y * place.height;
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            M(x, y) => path.move_to(across(x), down(y)),
            L(x, y) => path.line_to(across(x), down(y)),
            C(x1, y1, x2, y2, x, y) => {
                path.cubic_to(
                    across(x1),
                    down(y1),
                    across(x2),
                    down(y2),
                    across(x),
                    down(y),
                );
            }
        }
    }
    path.finish()
}
