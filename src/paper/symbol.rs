//! The QR code in print (ISO/IEC 18004): dark modules as one path, so that no seam shows between
//! them, with its quiet zone around.

use super::ink::{Colour, Ink, MM, Paint, rectangle, stamp};
use crate::credential::qr::Symbol;
use crate::credential::qr::symbol::QUIET_ZONE;
use krilla::geom::{PathBuilder, Rect, Transform};

/// The least that is printed of the symbol itself: 30 mm.
const SYMBOL_MIN: f32 = 30.0 * MM;
/// Draws the symbol in the middle of a column of at least 57 mm, where the largest there is, 177
/// modules, has modules of 0.3 mm; how tall it became, quiet zone and all.
pub(super) fn draw(
    ink: &mut Ink<'_, '_>,
    symbol: &Symbol,
    (left, top, wide): (f32, f32, f32),
    says: &str,
) -> f32 {
    let side = symbol.side();
    let whole = (side + 2 * QUIET_ZONE) as f32;
    // Half a millimetre and more a module where there is room, never below 30 mm for the symbol.
    let module = (0.55 * MM).min(wide / whole).max(SYMBOL_MIN / side as f32);
    let around = module * whole;
    let x = left + (wide - around) / 2.0;
    ink.decoration(|surface| {
        if let Some(white) = rectangle(x, top, around, around) {
            stamp(surface, &white, Paint::Fill(Colour(255, 255, 255)));
        }
    });
    let (x, y) = (
        x + module * QUIET_ZONE as f32,
        top + module * QUIET_ZONE as f32,
    );
    // In modules, which are whole numbers and few digits in the file.
    let mut path = PathBuilder::new();
    for (column, row, length) in symbol.runs() {
        if let Some(dark) = Rect::from_xywh(column as f32, row as f32, length as f32, 1.0) {
            path.push_rect(dark);
        }
    }
    let place = Transform::from_row(module, 0.0, 0.0, module, x, y);
    let size = module * side as f32;
    let black = Paint::Fill(Colour(0, 0, 0));
    ink.figure(says, path.finish(), black, place, (x, y, size, size));
    around
}
