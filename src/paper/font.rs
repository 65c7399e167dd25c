//! The two faces of Noto Serif CJK SC, embedded in the program (`fonts/SOURCE.md`). Glyph by
//! character and its width are looked up here: Chinese and Latin need no shaping beyond that.

use super::error::PaperError;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use std::fmt::Write as _;

const REGULAR: &[u8] = include_bytes!("fonts/NotoSerifCJKsc-Regular.otf");
const BOLD: &[u8] = include_bytes!("fonts/NotoSerifCJKsc-Bold.otf");

/// Which face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// For everything that is filled in: all characters there are.
    Regular,
    /// For titles and labels, which are the product's own words: 8,105 characters of
    /// 《通用规范汉字表》 and Latin.
    Bold,
}

/// A glyph and how far it moves the pen, in parts of the font size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub id: u32,
    pub advance: f32,
}

struct Face {
    /// For the PDF.
    font: krilla::text::Font,
    /// For look-ups.
    reference: FontRef<'static>,
    units_per_em: f32,
}

impl Face {
    fn open(bytes: &'static [u8], name: &'static str) -> Result<Self, PaperError> {
        let reference = FontRef::new(bytes).map_err(|_| PaperError::Font(name))?;
        let font = krilla::text::Font::new(bytes.into(), 0).ok_or(PaperError::Font(name))?;
        let units_per_em = font.units_per_em();
        Ok(Self {
            font,
            reference,
            units_per_em,
        })
    }

    fn glyph(&self, character: char) -> Option<Glyph> {
        let id = self.reference.charmap().map(character)?;
        let metrics = self
            .reference
            .glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = metrics.advance_width(id)? / self.units_per_em;
        (id.to_u32() != 0).then_some(Glyph {
            id: id.to_u32(),
            advance,
        })
    }
}

/// Writes an outline as the path of an SVG, in parts of the font size, y downwards.
struct Path {
    text: String,
    units_per_em: f32,
}

impl Path {
    fn put(&mut self, verb: char, points: &[(f32, f32)]) {
        self.text.push(verb);
        for (n, (x, y)) in points.iter().enumerate() {
            let space = if n == 0 { "" } else { " " };
            let (x, y) = (x / self.units_per_em, -y / self.units_per_em);
            // Writing to a String does not fail.
            let _ = write!(self.text, "{space}{x:.3} {y:.3}");
        }
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[(cx, cy), (x, y)]);
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.put('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }
    fn close(&mut self) {
        self.text.push('z');
    }
}

/// Both faces.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
}

impl Fonts {
    pub(super) fn open() -> Result<Self, PaperError> {
        Ok(Self {
            regular: Face::open(REGULAR, "NotoSerifCJKsc-Regular")?,
            bold: Face::open(BOLD, "NotoSerifCJKsc-Bold")?,
        })
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The face as the PDF wants it.
    pub(super) fn of_pdf(&self, weight: Weight) -> krilla::text::Font {
        self.face(weight).font.clone()
    }

    /// The outline of a character of `field` as the path of an SVG, and how far it moves the pen, in
    /// parts of the font size.
    pub(super) fn outline(
        &self,
        weight: Weight,
        character: char,
        field: &'static str,
    ) -> Result<(String, f32), PaperError> {
        let glyph = self.glyph(weight, character, field)?;
        let face = self.face(weight);
        let mut path = Path {
            text: String::new(),
            units_per_em: face.units_per_em,
        };
        let outlines = face.reference.outline_glyphs();
        let outline = outlines.get(skrifa::GlyphId::new(glyph.id));
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        outline
            .and_then(|it| it.draw(settings, &mut path).ok())
            .ok_or(PaperError::Assembly("outline"))?;
        Ok((path.text, glyph.advance))
    }

    /// The glyph of a character of `field`.
    pub(super) fn glyph(
        &self,
        weight: Weight,
        character: char,
        field: &'static str,
    ) -> Result<Glyph, PaperError> {
        self.face(weight)
            .glyph(character)
            .ok_or(PaperError::NoGlyph { character, field })
    }
}
