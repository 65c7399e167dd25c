//! Fine-line ornament (底纹、花边): bundles of sine waves as paths. Each wave is drawn with the cubic
//! curves that share its tangents, four to a period, which is closer than a printer can show.

use super::ink::{Colour, Paint, stamp};
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::graphic::Graphic;
use krilla::surface::Surface;
use std::f32::consts::{PI, TAU};

/// A curve through `at(t)` with the tangent `towards(t)`, from t = 0 to t = 1.
fn curve(
    path: &mut PathBuilder,
    pieces: usize,
    at: impl Fn(f32) -> (f32, f32),
    towards: impl Fn(f32) -> (f32, f32),
) {
    let step = 1.0 / pieces as f32;
    let start = at(0.0);
    path.move_to(fine(start.0), fine(start.1));
    for n in 0..pieces {
        let (t, next) = (n as f32 * step, (n + 1) as f32 * step);
        let (a, b) = (at(t), at(next));
        let (from, to) = (towards(t), towards(next));
        let third = step / 3.0;
        path.cubic_to(
            fine(a.0 + from.0 * third),
            fine(a.1 + from.1 * third),
            fine(b.0 - to.0 * third),
            fine(b.1 - to.1 * third),
            fine(b.0),
            fine(b.1),
        );
    }
}

/// Hundredths of a point: finer than any printer, and half the digits in the file.
fn fine(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

/// `count` waves around a circle: each swings `swing` about `radius`, `petals` times, shifted
/// against the last.
pub(super) fn rosette(radius: f32, swing: f32, petals: u8, count: u8) -> Option<Path> {
    let mut path = PathBuilder::new();
    let petals_f = f32::from(petals);
    for n in 0..count {
        let shift = TAU * f32::from(n) / f32::from(count);
        let r = |angle: f32| radius + swing * (petals_f * angle + shift).sin();
        let dr = |angle: f32| swing * petals_f * (petals_f * angle + shift).cos();
        curve(
            &mut path,
            usize::from(petals) * 4,
            |t| {
                let angle = t * TAU;
                (r(angle) * angle.cos(), r(angle) * angle.sin())
            },
            |t| {
                let angle = t * TAU;
                let (sin, cos) = angle.sin_cos();
                (
                    TAU * (dr(angle) * cos - r(angle) * sin),
                    TAU * (dr(angle) * sin + r(angle) * cos),
                )
            },
        );
        path.close();
    }
    path.finish()
}

/// One period of a band: `count` waves of height `swing` about y = 0, from x = 0 to `period`.
fn band(period: f32, swing: f32, waves: f32, count: u8) -> Option<Path> {
    let mut path = PathBuilder::new();
    for n in 0..count {
        let shift = TAU * f32::from(n) / f32::from(count);
        curve(
            &mut path,
            (waves * 4.0) as usize,
            |t| (t * period, swing * (TAU * waves * t + shift).sin()),
            |t| {
                (
                    period,
                    swing * TAU * waves * (TAU * waves * t + shift).cos(),
                )
            },
        );
    }
    path.finish()
}

/// A border of woven waves, `wide` across, its middle line on the rectangle; a rosette in each
/// corner.
pub(super) fn border(
    surface: &mut Surface<'_>,
    (left, top, right, bottom): (f32, f32, f32, f32),
    wide: f32,
) {
    let corner = wide * 1.35;
    let period = wide * 1.25;
    let Some(unit) = unit(surface, period, wide) else {
        return;
    };
    let Some(knot) = knot(surface, corner) else {
        return;
    };
    let sides = [
        (left + corner, top, right - left, 0.0),
        (right - corner, bottom, right - left, PI),
        (right, top + corner, bottom - top, PI / 2.0),
        (left, bottom - corner, bottom - top, -PI / 2.0),
    ];
    for (x, y, length, angle) in sides {
        let length = length - 2.0 * corner;
        let count = (length / period).round().max(1.0);
        let stretch = length / (count * period);
        let (sin, cos) = angle.sin_cos();
        for n in 0..count as usize {
            let along = n as f32 * period * stretch;
            let place = Transform::from_row(
                cos * stretch,
                sin * stretch,
                -sin,
                cos,
                x + along * cos,
                y + along * sin,
            );
            surface.push_transform(&place);
            surface.draw_graphic(unit.clone());
            surface.pop();
        }
    }
    for (x, y) in [(left, top), (right, top), (right, bottom), (left, bottom)] {
        surface.push_transform(&Transform::from_translate(fine(x), fine(y)));
        surface.draw_graphic(knot.clone());
        surface.pop();
    }
}

/// One period of the border, drawn once and placed many times.
fn unit(surface: &mut Surface<'_>, period: f32, wide: f32) -> Option<Graphic> {
    let paths = [
        (band(period, wide * 0.46, 1.0, 8)?, Colour::INK, 0.28),
        (band(period, wide * 0.24, 2.0, 4)?, Colour::GOLD, 0.3),
    ];
    Some(graphic(surface, None, &paths))
}

/// A corner.
fn knot(surface: &mut Surface<'_>, radius: f32) -> Option<Graphic> {
    // The lines of the border end at the corner.
    let white = disc(radius * 0.97)?;
    let paths = [
        (
            rosette(radius * 0.62, radius * 0.34, 8, 6)?,
            Colour::INK,
            0.28,
        ),
        (
            rosette(radius * 0.4, radius * 0.16, 8, 4)?,
            Colour::GOLD,
            0.3,
        ),
        (
            rosette(radius * 0.13, radius * 0.06, 8, 2)?,
            Colour::INK,
            0.3,
        ),
    ];
    Some(graphic(surface, Some(&white), &paths))
}

fn disc(radius: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    curve(
        &mut path,
        8,
        |t| (radius * (TAU * t).cos(), radius * (TAU * t).sin()),
        |t| {
            let (sin, cos) = (TAU * t).sin_cos();
            (-TAU * radius * sin, TAU * radius * cos)
        },
    );
    path.close();
    path.finish()
}

fn graphic(
    surface: &mut Surface<'_>,
    white: Option<&Path>,
    paths: &[(Path, Colour, f32)],
) -> Graphic {
    let mut builder = surface.stream_builder();
    let mut inner = builder.surface();
    if let Some(white) = white {
        stamp(&mut inner, white, Paint::Fill(Colour(255, 255, 255)));
    }
    for (path, colour, width) in paths {
        stamp(&mut inner, path, Paint::Line(*colour, *width));
    }
    inner.finish();
    Graphic::new(builder.finish(), false)
}
