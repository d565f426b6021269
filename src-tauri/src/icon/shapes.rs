//! One function a state. Lengths are in units of one twenty-second of the side.

use super::canvas::{Canvas, Line, arc, circle, on_circle, segment};
use super::face::Remaining;
use super::glyphs::{self, Weight};
use super::palette::Tone;
use tiny_skia::{LineCap, PathBuilder, Rect};

/// Ring by time left, and the minutes.
pub(super) fn fresh(canvas: &mut Canvas, remaining: Option<Remaining>) {
    ring_left(canvas, remaining, Tone::Teal, canvas.metrics.ring);
    minutes(canvas, remaining, Tone::Ink, Weight::Regular);
}

/// The same with a notch where the ring runs out.
pub(super) fn expiring_soon(canvas: &mut Canvas, remaining: Option<Remaining>) {
    let ring = canvas.metrics.ring;
    ring_left(canvas, remaining, Tone::Amber, ring);
    notch(canvas, remaining);
    minutes(canvas, remaining, Tone::Ink, Weight::Regular);
}

/// A thin ring and bold minutes.
pub(super) fn expiring_very_soon(canvas: &mut Canvas, remaining: Option<Remaining>) {
    let thin = canvas.metrics.ring * 0.5;
    let path = circle(canvas.metrics.middle(), canvas.metrics.radius(thin));
    canvas.line(path, Tone::Vermilion, Line::of(thin));
    minutes(canvas, remaining, Tone::Vermilion, Weight::Bold);
}

/// Two arcs that chase each other.
pub(super) fn refreshing(canvas: &mut Canvas, remaining: Option<Remaining>) {
    let ring = canvas.metrics.ring;
    let (middle, radius) = (canvas.metrics.middle(), canvas.metrics.radius(ring));
    for from in [0.06, 0.56] {
        canvas.line(
            arc(middle, radius, from, from + 0.34),
            Tone::Teal,
            Line::of(ring),
        );
    }
    match remaining {
        Some(_) => minutes(canvas, remaining, Tone::Ink, Weight::Regular),
        None => dots(canvas, Tone::Ink),
    }
}

/// A dashed ring; a clock's hands where there are no minutes to show.
pub(super) fn waiting(canvas: &mut Canvas, remaining: Option<Remaining>) {
    let ring = canvas.metrics.ring;
    let (middle, radius) = (canvas.metrics.middle(), canvas.metrics.radius(ring));
    // Eight dashes: more would melt into a line at 16 px.
    let step = radius * std::f32::consts::TAU / 8.0;
    let dashed = Line {
        width: ring,
        dash: Some([step * 0.55, step * 0.45]),
        cap: LineCap::Butt,
    };
    canvas.line(arc(middle, radius, -0.0344, 0.9656), Tone::Grey, dashed);
    match remaining {
        Some(_) => minutes(canvas, remaining, Tone::Ink, Weight::Regular),
        None => hands(canvas, Tone::Ink),
    }
}

/// The ring with a slash through it.
pub(super) fn offline(canvas: &mut Canvas, remaining: Option<Remaining>) {
    let ring = canvas.metrics.ring;
    let (middle, radius) = (canvas.metrics.middle(), canvas.metrics.radius(ring));
    match remaining {
        Some(_) => ring_left(canvas, remaining, Tone::Grey, ring),
        None => canvas.line(circle(middle, radius), Tone::Grey, Line::of(ring)),
    }
    let slash = |reach| {
        segment(
            on_circle(middle, reach, 0.875),
            on_circle(middle, reach, 0.375),
        )
    };
    let gap = Line {
        cap: LineCap::Butt,
        ..Line::of(ring * 2.4)
    };
    canvas.cut(slash(radius + ring * 0.5), gap);
    canvas.line(slash(radius), Tone::Ink, Line::of(ring));
}

/// Two bars in a ring: it stands still until somebody acts.
pub(super) fn suspended(canvas: &mut Canvas) {
    whole_ring(canvas, Tone::Vermilion);
    let (middle, unit) = (canvas.metrics.middle(), canvas.metrics.unit());
    // Whole pixels: the bars' edges are the whole sign.
    let (gap, width, half) = (
        (1.3 * unit).round(),
        (2.7 * unit).round(),
        (4.2 * unit).round(),
    );
    for left in [middle - gap - width, middle + gap] {
        let bar = Rect::from_xywh(left, middle - half, width, 2.0 * half);
        canvas.fill(bar.map(PathBuilder::from_rect), Tone::Ink);
    }
}

/// A key in a ring.
pub(super) fn sign_in_again(canvas: &mut Canvas) {
    whole_ring(canvas, Tone::Vermilion);
    let (middle, unit) = (canvas.metrics.middle(), canvas.metrics.unit());
    let at = |x: f32, y: f32| (middle + x * unit, middle + y * unit);
    let line = Line::of(1.9 * unit);
    let (x, y) = at(-2.6, 0.0);
    canvas.line(PathBuilder::from_circle(x, y, 2.3 * unit), Tone::Ink, line);
    canvas.line(segment(at(-0.3, 0.0), at(5.4, 0.0)), Tone::Ink, line);
    canvas.line(segment(at(2.4, 0.0), at(2.4, 2.6)), Tone::Ink, line);
    canvas.line(segment(at(5.4, 0.0), at(5.4, 2.6)), Tone::Ink, line);
}

/// A filled disc with `!`.
pub(super) fn expired(canvas: &mut Canvas) {
    let (middle, unit) = (canvas.metrics.middle(), canvas.metrics.unit());
    canvas.fill(circle(middle, middle - canvas.metrics.rim), Tone::Vermilion);
    let at = |y: f32| (middle, middle + y * unit);
    canvas.cut(segment(at(-5.0), at(0.9)), Line::of(2.7 * unit));
    canvas.cut(segment(at(5.0), at(5.001)), Line::of(3.1 * unit));
}

/// An outline with `+`.
pub(super) fn no_account(canvas: &mut Canvas) {
    let thin = canvas.metrics.ring * 0.5;
    let (middle, unit) = (canvas.metrics.middle(), canvas.metrics.unit());
    canvas.line(
        circle(middle, canvas.metrics.radius(thin)),
        Tone::Grey,
        Line::of(thin),
    );
    let line = Line::of(2.0 * unit);
    let reach = 4.4 * unit;
    canvas.line(
        segment((middle - reach, middle), (middle + reach, middle)),
        Tone::Ink,
        line,
    );
    canvas.line(
        segment((middle, middle - reach), (middle, middle + reach)),
        Tone::Ink,
        line,
    );
}

fn minutes(canvas: &mut Canvas, remaining: Option<Remaining>, tone: Tone, weight: Weight) {
    if let Some(left) = remaining {
        glyphs::write(canvas, left.minutes, tone, weight);
    }
}

fn whole_ring(canvas: &mut Canvas, tone: Tone) {
    let ring = canvas.metrics.ring;
    let path = circle(canvas.metrics.middle(), canvas.metrics.radius(ring));
    canvas.line(path, tone, Line::of(ring));
}

/// The turn at which what is left of the ring begins; the ring empties clockwise from the top.
fn emptied(remaining: Option<Remaining>) -> f32 {
    1.0 - remaining.map_or(0.0, |left| f32::from(left.sixtieths) / 60.0)
}

fn ring_left(canvas: &mut Canvas, remaining: Option<Remaining>, tone: Tone, width: f32) {
    let (middle, radius) = (canvas.metrics.middle(), canvas.metrics.radius(width));
    canvas.track(circle(middle, radius), tone, width);
    let from = emptied(remaining);
    if from < 1.0 {
        canvas.line(arc(middle, radius, from, 1.0), tone, Line::of(width));
    }
}

/// A gap in the ring and a bead, where the time runs out. The bead is larger than the ring
/// is wide and lies inwards, where at this time of the hour the digits leave room.
fn notch(canvas: &mut Canvas, remaining: Option<Remaining>) {
    let ring = canvas.metrics.ring;
    let (middle, radius) = (canvas.metrics.middle(), canvas.metrics.radius(ring));
    let end = emptied(remaining);
    let turns = |length: f32| length / (radius * std::f32::consts::TAU);
    let gap = Line {
        cap: LineCap::Butt,
        ..Line::of(ring * 1.15)
    };
    canvas.cut(
        arc(
            middle,
            radius,
            end - turns(ring * 1.5),
            end + turns(ring * 1.9),
        ),
        gap,
    );
    let (x, y) = on_circle(middle, radius - ring * 0.35, end);
    canvas.fill(PathBuilder::from_circle(x, y, ring * 0.95), Tone::Amber);
}

fn dots(canvas: &mut Canvas, tone: Tone) {
    let (middle, unit) = (canvas.metrics.middle(), canvas.metrics.unit());
    for x in [-3.8, 0.0, 3.8] {
        canvas.fill(
            PathBuilder::from_circle(middle + x * unit, middle, 1.3 * unit),
            tone,
        );
    }
}

fn hands(canvas: &mut Canvas, tone: Tone) {
    let (middle, unit) = (canvas.metrics.middle(), canvas.metrics.unit());
    let mut path = PathBuilder::new();
    path.move_to(middle, middle - 5.0 * unit);
    path.line_to(middle, middle);
    path.line_to(middle + 3.6 * unit, middle);
    canvas.line(path.finish(), tone, Line::of(2.0 * unit));
}
