//! Colours of icon and window. Every pair that carries text reaches a contrast of 4.5:1,
//! every ring on its disc 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); a test holds them to it.

use tiny_skia::Color;

/// What the picture is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// On paper, for light desktops.
    Light,
    /// On night, for dark desktops.
    Dark,
    /// Black on nothing, coloured by the macOS menu bar.
    Template,
}

/// What a colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Digits and signs.
    Ink,
    /// All is well.
    Teal,
    /// Time is running out.
    Amber,
    /// Something must be done.
    Vermilion,
    /// Nothing happens now.
    Grey,
}

impl Look {
    /// The opaque disc under everything; a template has none.
    pub(super) fn disc(self) -> Option<Color> {
        match self {
            Self::Light => Some(rgb(0xFB_FA_F7)),
            Self::Dark => Some(rgb(0x14_18_1F)),
            Self::Template => None,
        }
    }

    /// The colour of `tone`.
    pub(super) fn colour(self, tone: Tone) -> Color {
        match (self, tone) {
            (Self::Template, _) => Color::BLACK,
            (Self::Light, Tone::Ink) => rgb(0x1C_24_30),
            (Self::Light, Tone::Teal) => rgb(0x0F_8B_8D),
            (Self::Light, Tone::Amber) => rgb(0xB8_6E_00),
            (Self::Light, Tone::Vermilion) => rgb(0xC8_40_1F),
            (Self::Light, Tone::Grey) => rgb(0x5E_67_73),
            (Self::Dark, Tone::Ink) => rgb(0xFB_FA_F7),
            (Self::Dark, Tone::Teal) => rgb(0x3C_C4_C6),
            (Self::Dark, Tone::Amber) => rgb(0xF2_B0_4A),
            (Self::Dark, Tone::Vermilion) => rgb(0xFF_7A_59),
            (Self::Dark, Tone::Grey) => rgb(0x9A_A4_B2),
        }
    }

    /// The part of a ring that has run out: `tone`, faint.
    pub(super) fn track(self, tone: Tone) -> Color {
        let mut faint = self.colour(tone);
        faint.set_alpha(match self {
            Self::Light => 0.20,
            Self::Dark => 0.26,
            Self::Template => 0.28,
        });
        faint
    }
}

/// A colour from its hexadecimal red, green and blue.
fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::from_rgba8(red, green, blue, 0xFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONES: [Tone; 5] = [
        Tone::Ink,
        Tone::Teal,
        Tone::Amber,
        Tone::Vermilion,
        Tone::Grey,
    ];

    /// Contrast of two colours by WCAG 2.2.
    fn contrast(one: Color, other: Color) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(colour: Color) -> f32 {
        let linear = |part: f32| {
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour.red())
            + 0.7152 * linear(colour.green())
            + 0.0722 * linear(colour.blue())
    }

    #[test]
    fn every_tone_stands_out_from_its_disc() {
        for look in [Look::Light, Look::Dark] {
            let disc = look.disc().unwrap();
            for tone in TONES {
                let reached = contrast(look.colour(tone), disc);
                assert!(reached >= 3.0, "{look:?} {tone:?}: {reached}");
            }
        }
    }

    #[test]
    fn tones_of_digits_reach_the_contrast_of_text() {
        for look in [Look::Light, Look::Dark] {
            let disc = look.disc().unwrap();
            for tone in [Tone::Ink, Tone::Vermilion, Tone::Grey] {
                let reached = contrast(look.colour(tone), disc);
                assert!(reached >= 4.5, "{look:?} {tone:?}: {reached}");
            }
        }
    }

    #[test]
    fn known_contrasts_come_out() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color::WHITE, Color::WHITE) - 1.0).abs() < 0.01);
    }
}
