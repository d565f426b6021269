//! A square to draw on: lines and areas in a tone, and cuts that let the ground through.

use super::metrics::Metrics;
use super::palette::{Look, Tone};
use tiny_skia::{
    BlendMode, Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke,
    StrokeDash, Transform,
};

/// The picture being drawn.
pub(super) struct Canvas {
    pixmap: Pixmap,
    look: Look,
    pub(super) metrics: Metrics,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Width in pixels.
    pub(super) width: f32,
    /// Lengths of dash and gap, for a dashed line.
    pub(super) dash: Option<[f32; 2]>,
    /// How its ends look.
    pub(super) cap: LineCap,
}

impl Line {
    /// A plain line with round ends.
    pub(super) fn of(width: f32) -> Self {
        Self {
            width,
            dash: None,
            cap: LineCap::Round,
        }
    }

    fn stroke(self) -> Stroke {
        Stroke {
            width: self.width,
            line_cap: self.cap,
            line_join: LineJoin::Round,
            dash: self
                .dash
                .and_then(|lengths| StrokeDash::new(lengths.to_vec(), 0.0)),
            ..Stroke::default()
        }
    }
}

impl Canvas {
    /// An empty square; none for a size that has no pixels.
    pub(super) fn new(metrics: Metrics, look: Look) -> Option<Self> {
        Some(Self {
            pixmap: Pixmap::new(metrics.size, metrics.size)?,
            look,
            metrics,
        })
    }

    /// The ground: an opaque disc, where the look has one.
    pub(super) fn disc(&mut self) {
        if let Some(colour) = self.look.disc() {
            self.fill_with(
                circle(self.metrics.middle(), self.metrics.middle()),
                &solid(colour),
            );
        }
    }

    /// Draws `path` as a line.
    pub(super) fn line(&mut self, path: Option<Path>, tone: Tone, line: Line) {
        self.stroke_with(path, line, &solid(self.look.colour(tone)));
    }

    /// Draws `path` as a faint line.
    pub(super) fn track(&mut self, path: Option<Path>, tone: Tone, width: f32) {
        self.stroke_with(path, Line::of(width), &solid(self.look.track(tone)));
    }

    /// Fills `path`.
    pub(super) fn fill(&mut self, path: Option<Path>, tone: Tone) {
        self.fill_with(path, &solid(self.look.colour(tone)));
    }

    /// Lets the ground through along `path`.
    pub(super) fn cut(&mut self, path: Option<Path>, line: Line) {
        self.stroke_with(path, line, &self.ground());
    }

    /// The pixels, colours not multiplied by alpha.
    pub(super) fn into_rgba(self) -> Vec<u8> {
        let straight = |pixel: &tiny_skia::PremultipliedColorU8| {
            let colour = pixel.demultiply();
            [colour.red(), colour.green(), colour.blue(), colour.alpha()]
        };
        self.pixmap.pixels().iter().flat_map(straight).collect()
    }

    fn ground(&self) -> Paint<'static> {
        match self.look.disc() {
            Some(colour) => solid(colour),
            None => Paint {
                blend_mode: BlendMode::DestinationOut,
                ..solid(Color::BLACK)
            },
        }
    }

    fn stroke_with(&mut self, path: Option<Path>, line: Line, paint: &Paint<'_>) {
        if let Some(path) = path {
            let stroke = line.stroke();
            self.pixmap
                .stroke_path(&path, paint, &stroke, Transform::identity(), None);
        }
    }

    fn fill_with(&mut self, path: Option<Path>, paint: &Paint<'_>) {
        if let Some(path) = path {
            let rule = FillRule::Winding;
            self.pixmap
                .fill_path(&path, paint, rule, Transform::identity(), None);
        }
    }
}

fn solid(colour: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour);
    paint.anti_alias = true;
    paint
}

/// A circle about the middle of the picture.
pub(super) fn circle(middle: f32, radius: f32) -> Option<Path> {
    PathBuilder::from_circle(middle, middle, radius)
}

/// Part of a circle about the middle: clockwise from the top, in turns (1 is the whole).
pub(super) fn arc(middle: f32, radius: f32, from: f32, to: f32) -> Option<Path> {
    /// Straight pieces a turn: none is longer than a third of a pixel at 44 px.
    const PIECES: u8 = 240;
    let mut path = PathBuilder::new();
    for piece in 0..=PIECES {
        let turn = from + (to - from) * f32::from(piece) / f32::from(PIECES);
        let (x, y) = on_circle(middle, radius, turn);
        if piece == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    path.finish()
}

/// The point of a circle about the middle, `turn` turns clockwise from the top.
pub(super) fn on_circle(middle: f32, radius: f32, turn: f32) -> (f32, f32) {
    let (sine, cosine) = (turn * std::f32::consts::TAU).sin_cos();
    (middle + radius * sine, middle - radius * cosine)
}

/// A straight line.
pub(super) fn segment(from: (f32, f32), to: (f32, f32)) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    path.finish()
}
