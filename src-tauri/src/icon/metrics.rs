//! Where lines fall on the pixel grid, per size.
//!
//! A stem that straddles two pixels is grey; one that sits on them is sharp. So the boxes of
//! the digits are set by hand for the sizes that panels ask for and scaled for any other.

/// Lengths in pixels for one picture size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Metrics {
    /// Width and height of the picture.
    pub(super) size: u32,
    /// Width of the ring's line.
    pub(super) ring: f32,
    /// Disc showing outside the ring, so that the ring keeps its edge on any panel.
    pub(super) rim: f32,
    /// The box of two digits.
    pub(super) pair: Digits,
    /// The box of one digit alone, which may be larger.
    pub(super) single: Digits,
}

/// The box that a digit's centre line is drawn in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Digits {
    /// Width of the box.
    pub(super) width: f32,
    /// Height of the box.
    pub(super) height: f32,
    /// From one digit's left edge to the next one's.
    pub(super) advance: f32,
    /// Left edge of the first box.
    pub(super) left: f32,
    /// Top edge of the boxes.
    pub(super) top: f32,
    /// Width of the line.
    pub(super) line: f32,
}

/// Size, then ring and rim, then (width, height, advance, left, top, line) of pair and single.
type Row = (u32, [f32; 2], [f32; 6], [f32; 6]);

/// Set by eye on the contact sheet.
const ROWS: [Row; 6] = [
    (
        16,
        [1.5, 0.25],
        [3.0, 7.0, 5.0, 3.5, 4.5, 1.3],
        [4.0, 9.0, 0.0, 6.0, 3.5, 1.6],
    ),
    (
        20,
        [1.8, 0.35],
        [4.0, 8.0, 6.0, 5.0, 6.0, 1.6],
        [5.0, 11.0, 0.0, 7.5, 4.5, 1.9],
    ),
    (
        22,
        [2.0, 0.4],
        [4.0, 9.0, 7.0, 5.5, 6.5, 1.7],
        [6.0, 12.0, 0.0, 8.0, 5.0, 2.1],
    ),
    (
        24,
        [2.2, 0.4],
        [5.0, 10.0, 7.0, 6.0, 7.0, 1.9],
        [6.0, 12.0, 0.0, 9.0, 6.0, 2.3],
    ),
    (
        32,
        [2.9, 0.5],
        [6.0, 13.0, 10.0, 8.0, 9.5, 2.5],
        [8.0, 17.0, 0.0, 12.0, 7.5, 3.0],
    ),
    (
        44,
        [4.0, 0.7],
        [8.0, 18.0, 14.0, 11.0, 13.0, 3.4],
        [12.0, 24.0, 0.0, 16.0, 10.0, 4.2],
    ),
];

impl Metrics {
    /// The metrics of the nearest set size that is not larger, or the smallest, scaled.
    pub(super) fn of(size: u32) -> Self {
        let row = ROWS
            .iter()
            .rev()
            .find(|row| row.0 <= size)
            .unwrap_or(&ROWS[0]);
        let scale = pixels(size) / pixels(row.0);
        let [ring, rim] = row.1.map(|length| length * scale);
        let digits = |lengths: [f32; 6]| {
            let [width, height, advance, left, top, line] = lengths.map(|length| length * scale);
            Digits {
                width,
                height,
                advance,
                left,
                top,
                line,
            }
        };
        Self {
            size,
            ring,
            rim,
            pair: digits(row.2),
            single: digits(row.3),
        }
    }

    /// Half of the picture's side: its centre, and the radius of the disc.
    pub(super) fn middle(&self) -> f32 {
        pixels(self.size) / 2.0
    }

    /// One twenty-second of the side: the unit in which signs are drawn.
    pub(super) fn unit(&self) -> f32 {
        pixels(self.size) / 22.0
    }

    /// Radius of the centre line of a ring `line` pixels wide.
    pub(super) fn radius(&self, line: f32) -> f32 {
        self.middle() - self.rim - line / 2.0
    }
}

/// A number of pixels as a length.
fn pixels(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_stay_inside_the_ring_at_every_set_size() {
        for row in ROWS {
            let metrics = Metrics::of(row.0);
            let box_ = metrics.pair;
            let inside = metrics.radius(metrics.ring) - metrics.ring / 2.0;
            let across = (box_.advance + box_.width + box_.line) / 2.0;
            let up = f32::midpoint(box_.height, box_.line);
            // The corners of digits are round: a tenth of the diagonal is never inked.
            assert!(
                across.hypot(up) * 0.9 < inside,
                "{} px: {across} × {up}",
                row.0
            );
        }
    }

    #[test]
    fn an_unlisted_size_is_scaled() {
        let large = Metrics::of(88);
        assert!((large.ring - 8.0).abs() < f32::EPSILON);
        assert!((Metrics::of(8).ring - 0.75).abs() < f32::EPSILON);
    }
}
