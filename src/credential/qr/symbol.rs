//! The symbol (QR code, ISO/IEC 18004): a text as dark and light modules.
//!
//! The smallest version that holds the text at error level M; level L only for a text that no
//! version holds at M. The text is cut into segments of numeric, alphanumeric and byte mode.

use qrcode::{Color, EcLevel, QrCode, Version};
use std::fmt::Write as _;

/// Light modules around the symbol (ISO/IEC 18004, section 9.1).
pub const QUIET_ZONE: usize = 4;
/// Most pixels a side of a picture.
const PNG_SIDE_MAX: u32 = 8_192;

/// How much of a symbol may be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorLevel {
    /// About 7 %.
    L,
    /// About 15 %.
    M,
}

/// A square of modules, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    side: usize,
    version: u8,
    level: ErrorLevel,
    dark: Vec<bool>,
}

/// A text that no symbol holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too long for a QR code")]
pub struct TooLong;

impl Symbol {
    /// The symbol for a text.
    pub fn of(text: &str) -> Result<Self, TooLong> {
        let code = |level| QrCode::with_error_correction_level(text, level);
        let (code, level) = match code(EcLevel::M) {
            Ok(code) => (code, ErrorLevel::M),
            Err(_) => (code(EcLevel::L).map_err(|_| TooLong)?, ErrorLevel::L),
        };
        let version = match code.version() {
            Version::Normal(version) | Version::Micro(version) => version,
        };
        Ok(Self {
            side: code.width(),
            version: u8::try_from(version).map_err(|_| TooLong)?,
            level,
            dark: code
                .into_colors()
                .iter()
                .map(|it| *it == Color::Dark)
                .collect(),
        })
    }

    /// Modules along one side: 17 and 4 for each version.
    pub const fn side(&self) -> usize {
        self.side
    }
    /// 1 to 40.
    pub const fn version(&self) -> u8 {
        self.version
    }
    /// The error level.
    pub const fn level(&self) -> ErrorLevel {
        self.level
    }
    /// Every module, row after row from the top left.
    pub fn dark(&self) -> &[bool] {
        &self.dark
    }
    /// Whether the module in this column and row is dark; light outside.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        let place = (column < self.side).then_some(row * self.side + column);
        place.and_then(|at| self.dark.get(at)).is_some_and(|it| *it)
    }

    /// Dark modules side by side in a row, as (column, row, how many): fewer things to draw.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for (place, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let (column, row) = (place % self.side, place / self.side);
            match runs.last_mut() {
                Some(last) if last.1 == row && last.0 + last.2 == column => last.2 += 1,
                _ => runs.push((column, row, 1)),
            }
        }
        runs
    }

    /// As PNG of black and white, its quiet zone around it, `module` pixels a module; `None` if it
    /// would be too large for a picture.
    pub fn to_png(&self, module: u32) -> Option<Vec<u8>> {
        let whole = u32::try_from(self.side + 2 * QUIET_ZONE).ok()?;
        let size = whole.checked_mul(module).filter(|it| *it <= PNG_SIDE_MAX)?;
        let row_bytes = size.div_ceil(8) as usize;
        let mut pixels = Vec::with_capacity(row_bytes * size as usize);
        for row in 0..whole as usize {
            let mut line = vec![0xff; row_bytes];
            for x in 0..size as usize {
                let column = x / module as usize;
                let dark = column >= QUIET_ZONE
                    && row >= QUIET_ZONE
                    && self.is_dark(column - QUIET_ZONE, row - QUIET_ZONE);
                if dark {
                    line[x / 8] &= !(0x80 >> (x % 8));
                }
            }
            for _ in 0..module {
                pixels.extend_from_slice(&line);
            }
        }
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, size, size);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&pixels).ok()?;
        writer.finish().ok()?;
        Some(file)
    }

    /// As text of half blocks, for a terminal: two rows of modules a line, light ones drawn, its quiet
    /// zone around it.
    pub fn to_text(&self) -> String {
        let whole = self.side + 2 * QUIET_ZONE;
        let is_light = |column: usize, row: usize| {
            let place = column
                .checked_sub(QUIET_ZONE)
                .zip(row.checked_sub(QUIET_ZONE));
            row < whole && !place.is_some_and(|(column, row)| self.is_dark(column, row))
        };
        let mut text = String::new();
        for row in (0..whole).step_by(2) {
            for column in 0..whole {
                text.push(match (is_light(column, row), is_light(column, row + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }

    /// As SVG, its quiet zone around it, `module` user units a module.
    pub fn to_svg(&self, module: u32) -> String {
        let whole = self.side + 2 * QUIET_ZONE;
        let size = whole * module as usize;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" \
             viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path d=\""
        );
        for (column, row, length) in self.runs() {
            // Writing to a String does not fail.
            let _ = write!(
                svg,
                "M{} {}h{length}v1h-{length}z",
                column + QUIET_ZONE,
                row + QUIET_ZONE
            );
        }
        svg.push_str("\"/></svg>\n");
        svg
    }
}
