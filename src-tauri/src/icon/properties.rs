//! What must hold of every picture, measured on its pixels.

use super::sheet::{STATES, exactly};
use super::{Face, Look, Picture, render};
use lifecycle::State;

const LOOKS: [Look; 3] = [Look::Light, Look::Dark, Look::Template];
/// The smallest picture: what is told apart here is told apart everywhere.
const SMALLEST: u32 = 16;

/// A pixel as an eye without colour sees it over its own kind of panel: 0 black, 255 white.
fn grey(pixel: &[u8], panel: f64) -> f64 {
    let [red, green, blue, alpha] = [0, 1, 2, 3].map(|part| f64::from(pixel[part]));
    let light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    (light * alpha + panel * (255.0 - alpha)) / 255.0
}

fn greys(picture: &Picture, look: Look) -> Vec<f64> {
    let panel = if look == Look::Dark { 48.0 } else { 230.0 };
    picture
        .rgba
        .chunks_exact(4)
        .map(|pixel| grey(pixel, panel))
        .collect()
}

/// How far two pictures lie apart, in pixels that went from the ground to full ink.
fn apart(one: Face, other: Face, look: Look) -> f64 {
    let [one, other] = [one, other].map(|face| greys(&render(face, SMALLEST, look), look));
    let differences = one
        .iter()
        .zip(&other)
        .map(|(one, other)| (one - other).abs());
    // Differences that an eye does not see must not add up.
    differences
        .filter(|difference| *difference > 32.0)
        .sum::<f64>()
        / 200.0
}

#[test]
fn every_two_states_differ_in_shape_without_colour() {
    for look in LOOKS {
        for (index, one) in STATES.into_iter().enumerate() {
            for other in &STATES[index + 1..] {
                // The same minutes in both, so that digits cannot make the difference.
                let face = |state| Face {
                    state,
                    remaining: Some(exactly(14)),
                };
                let pixels = apart(face(one), face(*other), look);
                assert!(
                    pixels >= 2.5,
                    "{look:?} {one:?} and {other:?}: {pixels:.1} pixels"
                );
            }
        }
    }
}

#[test]
fn every_two_digits_differ_at_the_smallest_size() {
    for look in LOOKS {
        for one in 1..=9 {
            for other in one + 1..=9 {
                let face = |minutes| Face {
                    state: State::Fresh,
                    remaining: Some(exactly(minutes)),
                };
                for base in [0, 50] {
                    let pixels = apart(face(base + one), face(base + other), look);
                    assert!(
                        pixels >= 5.0,
                        "{look:?} {one} and {other}: {pixels:.1} pixels"
                    );
                }
            }
        }
    }
}

/// The relative luminance of WCAG 2.2 of a grey of 0 to 255.
fn luminance(grey: f64) -> f64 {
    let part = grey / 255.0;
    if part <= 0.040_45 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}

#[test]
fn digits_reach_the_contrast_of_text_on_real_pixels() {
    for look in [Look::Light, Look::Dark] {
        for size in [16, 22, 44] {
            let face = Face {
                state: State::Fresh,
                remaining: Some(exactly(48)),
            };
            let picture = render(face, size, look);
            // The middle third of the rows holds digits and disc, and no ring but at its ends.
            let side = usize::try_from(size).unwrap();
            let greys = greys(&picture, look);
            let inside = (side / 3..side * 2 / 3)
                .flat_map(|row| &greys[row * side + side / 4..row * side + side * 3 / 4]);
            let (darkest, lightest) = inside
                .map(|grey| luminance(*grey))
                .fold((1.0_f64, 0.0_f64), |(low, high), light| {
                    (low.min(light), high.max(light))
                });
            let contrast = (lightest + 0.05) / (darkest + 0.05);
            assert!(contrast >= 4.5, "{look:?} {size} px: {contrast:.1}");
        }
    }
}

fn alpha(picture: &Picture, x: u32, y: u32) -> u8 {
    picture.rgba[usize::try_from((y * picture.size + x) * 4 + 3).unwrap()]
}

#[test]
fn the_disc_is_opaque_and_the_corners_are_clear() {
    for state in STATES {
        for look in [Look::Light, Look::Dark] {
            let picture = render(
                Face {
                    state,
                    remaining: Some(exactly(14)),
                },
                22,
                look,
            );
            for (x, y) in [(11, 11), (5, 5), (16, 16), (11, 2)] {
                assert_eq!(alpha(&picture, x, y), 255, "{state:?} {look:?} at {x},{y}");
            }
            assert_eq!(alpha(&picture, 0, 0), 0, "{state:?} {look:?}: a corner");
        }
    }
}

#[test]
fn a_template_is_black_and_lets_the_menu_bar_through() {
    for state in STATES {
        let picture = render(
            Face {
                state,
                remaining: Some(exactly(14)),
            },
            44,
            Look::Template,
        );
        let inked = picture.rgba.chunks_exact(4).filter(|pixel| pixel[3] > 0);
        assert!(
            inked.clone().all(|pixel| pixel[..3] == [0, 0, 0]),
            "{state:?} has a colour"
        );
        let share = inked.count() * 100 / (44 * 44);
        assert!((10..80).contains(&share), "{state:?}: {share} % is inked");
    }
}

#[test]
fn the_ring_empties_clockwise_from_the_top() {
    let quarter = Face {
        state: State::Fresh,
        remaining: Some(exactly(15)),
    };
    let picture = render(quarter, 44, Look::Template);
    // The ring's line is crossed where its diagonals are: 2.7 px from the edge at 45 degrees.
    assert_eq!(
        alpha(&picture, 8, 8),
        255,
        "upper left is what is left of a quarter"
    );
    for (x, y) in [(35, 8), (35, 35), (8, 35)] {
        assert!(alpha(&picture, x, y) < 128, "{x},{y} has run out");
    }
}

#[test]
fn a_size_of_zero_is_an_empty_picture() {
    let picture = render(
        Face {
            state: State::Fresh,
            remaining: None,
        },
        0,
        Look::Light,
    );
    assert!(picture.rgba.is_empty());
}
