//! The badge (徽章): a round picture of what a certificate attests, with the signed credential inside
//! (Open Badges 3.0, baking). Its characters are outlines, so that it looks the same everywhere; it
//! names nobody.

use super::error::PaperError;
use super::font::Weight;
use super::press::Press;
use crate::credential::claims::Claims;
use crate::credential::container::badge::{png, svg};
use crate::domain::level::SkillLevel;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::f32::consts::TAU;
use std::fmt::Write as _;

/// Pixels a side as PNG, and user units a side as SVG.
const SIDE: u32 = 600;
const MIDDLE: f32 = 300.0;
/// Where the characters of the ring stand.
const RING: f32 = 252.0;
const GOLD: &str = "#d9b45b";

/// A line of characters: where its middle is, how large, and how wide it may be.
struct Line {
    field: &'static str,
    y: f32,
    size: f32,
    wide: f32,
    weight: Weight,
    colour: &'static str,
}

impl Press {
    /// The badge of a certificate as SVG, `credential` in it: the same input, the same bytes.
    pub fn badge_svg(&self, claims: &Claims, credential: &str) -> Result<Vec<u8>, PaperError> {
        let picture = self.emblem(claims)?;
        let baked = svg::bake(&picture, credential);
        Ok(baked.ok_or(PaperError::Assembly("badge"))?.into_bytes())
    }

    /// The same as PNG.
    pub fn badge_png(&self, claims: &Claims, credential: &str) -> Result<Vec<u8>, PaperError> {
        let failed = || PaperError::Assembly("badge");
        let picture = self.emblem(claims)?;
        let tree = Tree::from_str(&picture, &Options::default()).map_err(|_| failed())?;
        let mut pixels = Pixmap::new(SIDE, SIDE).ok_or_else(failed)?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        let rgba: Vec<u8> = pixels
            .pixels()
            .iter()
            .flat_map(|pixel| {
                let it = pixel.demultiply();
                [it.red(), it.green(), it.blue(), it.alpha()]
            })
            .collect();
        let picture = png::Pixels {
            width: SIDE,
            height: SIDE,
            rgba: &rgba,
        };
        png::bake(picture, credential).ok_or_else(failed)
    }

    fn emblem(&self, claims: &Claims) -> Result<String, PaperError> {
        claims.check()?;
        let attainment = &claims.attainment;
        let colour = colour(attainment.level());
        let mut drawn = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" \
             viewBox=\"0 0 {SIDE} {SIDE}\">\
             <circle cx=\"300\" cy=\"300\" r=\"296\" fill=\"{colour}\"/>\
             <g fill=\"none\" stroke=\"{GOLD}\">\
             <circle cx=\"300\" cy=\"300\" r=\"287\" stroke-width=\"3\"/>\
             <circle cx=\"300\" cy=\"300\" r=\"281\" stroke-width=\"1\"/></g>\
             <circle cx=\"300\" cy=\"300\" r=\"226\" fill=\"#fffdf6\" stroke=\"{GOLD}\" stroke-width=\"4\"/>\
             <path fill=\"none\" stroke=\"{colour}\" stroke-width=\".7\" opacity=\".22\" d=\"{}\"/>\
             <circle cx=\"300\" cy=\"300\" r=\"216\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\"/>",
            waves(),
        );
        let kind = attainment.kind();
        self.around(&mut drawn, kind.certificate_zh(), 31.0, true)?;
        let english = kind.certificate_en().to_uppercase();
        self.around(&mut drawn, &english, 19.0, false)?;

        let grade = attainment.grade_zh();
        let (above, grade) = grade.split_once('/').unwrap_or(("", &grade));
        let name = attainment.name();
        let bold = Weight::Bold;
        let line = |field, y, size, wide, colour| Line {
            field,
            y,
            size,
            wide,
            weight: bold,
            colour,
        };
        self.line(
            &mut drawn,
            above,
            &line("level", 205.0, 40.0, 260.0, colour),
        )?;
        self.line(
            &mut drawn,
            grade,
            &line("level", 300.0, 86.0, 380.0, colour),
        )?;
        let english = attainment.grade_en();
        let grey = "#5a5550";
        self.line(
            &mut drawn,
            &english,
            &line("level", 338.0, 21.0, 370.0, grey),
        )?;
        let _ = write!(
            drawn,
            "<path d=\"M170 360h260\" stroke=\"{GOLD}\" stroke-width=\"2\"/>"
        );
        let dark = "#26221e";
        let mut plain = line("occupation_name", 406.0, 36.0, 340.0, dark);
        plain.weight = Weight::Regular;
        self.line(&mut drawn, &name.zh, &plain)?;
        plain = Line {
            y: 434.0,
            size: 19.0,
            wide: 310.0,
            colour: grey,
            ..plain
        };
        self.line(&mut drawn, name.en.as_deref().unwrap_or_default(), &plain)?;
        plain = Line {
            field: "issuer.name",
            y: 474.0,
            size: 20.0,
            wide: 250.0,
            ..plain
        };
        self.line(&mut drawn, &claims.issuer.name.zh, &plain)?;
        drawn.push_str("</svg>\n");
        Ok(drawn)
    }

    /// A line about the middle, as small as it must be to be no wider than it may.
    fn line(&self, drawn: &mut String, text: &str, line: &Line) -> Result<(), PaperError> {
        let glyphs = self.outlines(text, line.weight, line.field)?;
        let wide: f32 = glyphs.iter().map(|(_, advance)| advance).sum();
        if wide == 0.0 {
            return Ok(());
        }
        let size = line.size.min(line.wide / wide);
        let mut x = MIDDLE - wide * size / 2.0;
        let _ = write!(drawn, "<g fill=\"{}\">", line.colour);
        for (outline, advance) in glyphs {
            let _ = write!(
                drawn,
                "<path transform=\"translate({x:.2} {:.2})scale({size:.3})\" d=\"{outline}\"/>",
                line.y
            );
            x += advance * size;
        }
        drawn.push_str("</g>");
        Ok(())
    }

    /// Characters around the ring: over the top, or under the bottom and upright there.
    fn around(
        &self,
        drawn: &mut String,
        text: &str,
        size: f32,
        over: bool,
    ) -> Result<(), PaperError> {
        let glyphs = self.outlines(text, Weight::Bold, "kind")?;
        let spaced = if over { 1.35 } else { 1.08 };
        let wide: f32 = glyphs.iter().map(|(_, advance)| advance * spaced).sum();
        // Of the upper and the lower half no more than two thirds.
        let size = size.min(TAU / 3.0 * RING / wide.max(1.0));
        let _ = write!(drawn, "<g fill=\"{GOLD}\">");
        let mut along = -wide * size / 2.0;
        for (outline, advance) in glyphs {
            let middle = along + advance * spaced * size / 2.0;
            let angle = (middle / RING).to_degrees();
            let (angle, y) = match over {
                true => (angle, MIDDLE - RING + size * 0.36),
                false => (-angle, MIDDLE + RING + size * 0.36),
            };
            let x = MIDDLE - advance * size / 2.0;
            let _ = write!(
                drawn,
                "<path transform=\"rotate({angle:.3} 300 300)translate({x:.2} {y:.2})scale({size:.3})\" \
                 d=\"{outline}\"/>"
            );
            along += advance * spaced * size;
        }
        drawn.push_str("</g>");
        Ok(())
    }

    /// The outline of each character and how far it moves the pen, in parts of the size.
    fn outlines(
        &self,
        text: &str,
        weight: Weight,
        field: &'static str,
    ) -> Result<Vec<(String, f32)>, PaperError> {
        let fonts = self.fonts();
        let one = |character| {
            // The bold face has the product's own words only.
            match fonts.outline(weight, character, field) {
                Err(_) if weight == Weight::Bold => {
                    fonts.outline(Weight::Regular, character, field)
                }
                found => found,
            }
        };
        text.chars().map(one).collect()
    }
}

/// The colour of a level: cooler below, warmer above.
const fn colour(level: Option<SkillLevel>) -> &'static str {
    match level {
        None | Some(SkillLevel::Apprentice) => "#33586b",
        Some(SkillLevel::Five) => "#1f5f8b",
        Some(SkillLevel::Four) => "#1f6f5c",
        Some(SkillLevel::Three) => "#8a5a12",
        Some(SkillLevel::Two) => "#8c2f39",
        Some(SkillLevel::One) => "#5b2a6e",
        Some(SkillLevel::Special) => "#2b2f5e",
        Some(SkillLevel::Chief) => "#7a1414",
    }
}

/// Six waves of nine petals about the middle (底纹).
fn waves() -> String {
    const PETALS: f32 = 9.0;
    const PIECES: u16 = 54;
    let mut path = String::new();
    for wave in 0..6_u8 {
        let shift = TAU * f32::from(wave) / 6.0;
        let radius = |angle: f32| 140.0 + 62.0 * (PETALS * angle + shift).sin();
        let slope = |angle: f32| 62.0 * PETALS * (PETALS * angle + shift).cos();
        let at = |angle: f32| {
            let (sin, cos) = angle.sin_cos();
            (MIDDLE + radius(angle) * cos, MIDDLE + radius(angle) * sin)
        };
        let towards = |angle: f32| {
            let (sin, cos) = angle.sin_cos();
            let (r, dr) = (radius(angle), slope(angle));
            (dr * cos - r * sin, dr * sin + r * cos)
        };
        let step = TAU / f32::from(PIECES);
        let (x, y) = at(0.0);
        let _ = write!(path, "M{x:.1} {y:.1}");
        for piece in 0..PIECES {
            let (from, to) = (f32::from(piece) * step, f32::from(piece + 1) * step);
            let ((ax, ay), (bx, by)) = (at(from), at(to));
            let ((dx, dy), (ex, ey)) = (towards(from), towards(to));
            let third = step / 3.0;
            let _ = write!(
                path,
                "C{:.1} {:.1} {:.1} {:.1} {bx:.1} {by:.1}",
                ax + dx * third,
                ay + dy * third,
                bx - ex * third,
                by - ey * third,
            );
        }
        path.push('z');
    }
    path
}
