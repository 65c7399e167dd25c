//! What is put on a page: text with its place in the document's structure, lines and shapes that
//! are mere decoration, the QR code. Lengths are points from the top left corner.

use super::error::PaperError;
use super::fit::{Block, LEADING, Letter, Sizes, letters, width};
use super::font::{Fonts, Weight};
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, Tag, TagGroup, TagKind,
};
use krilla::text::{GlyphId, KrillaGlyph};
use std::num::NonZeroU16;
use std::ops::Range;

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// A4, short side and long side, in points.
pub(super) const A4: (f32, f32) = (210.0 * MM, 297.0 * MM);

/// A colour of print: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Deep blue: titles, labels, border.
    pub(super) const INK: Self = Self(24, 62, 84);
    /// Fine lines beside it.
    pub(super) const GOLD: Self = Self(176, 138, 62);
    /// What is filled in.
    pub(super) const TEXT: Self = Self(22, 26, 30);
    /// English beside Chinese.
    pub(super) const GREY: Self = Self(92, 100, 108);
    /// Hairlines between fields.
    pub(super) const HAIR: Self = Self(198, 208, 214);
    /// The ornament under the text.
    pub(super) const GROUND: Self = Self(228, 235, 240);

    fn rgb(self) -> rgb::Color {
        rgb::Color::new(self.0, self.1, self.2)
    }
}

/// Which part of the width a line keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// What a text is in the document's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The heading of this level.
    Heading(NonZeroU16),
    /// Chinese, as the document is.
    Chinese,
    /// English beside it.
    English,
}

/// The heading of a document.
pub(super) const TITLE: Role = Role::Heading(NonZeroU16::MIN);

/// How a text looks and what it is.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub weight: Weight,
    pub sizes: Sizes,
    pub colour: Colour,
    pub align: Align,
    pub role: Role,
    /// Between letters, in parts of the size.
    pub spacing: f32,
}

impl Style {
    pub(super) const fn new(weight: Weight, sizes: Sizes, colour: Colour, role: Role) -> Self {
        Self {
            weight,
            sizes,
            colour,
            align: Align::Left,
            role,
            spacing: 0.0,
        }
    }
    pub(super) const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
    pub(super) const fn spacing(self, spacing: f32) -> Self {
        Self { spacing, ..self }
    }
}

impl Block {
    /// The lines of a text in `style`, at the largest size at which they fit `wide` × `high`.
    pub(super) fn of(
        fonts: &Fonts,
        text: &str,
        field: &'static str,
        style: Style,
        space: (f32, f32),
    ) -> Result<Self, PaperError> {
        let mut letters = letters(fonts, style.weight, text, field)?;
        for letter in &mut letters {
            letter.glyph.advance += style.spacing;
        }
        Self::fit(&letters, style.weight, style.sizes, space, field)
    }
}

/// A box a text must keep to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub x: f32,
    pub y: f32,
    pub wide: f32,
    pub high: f32,
}

/// A page while it is drawn.
pub(super) struct Ink<'s, 'f> {
    surface: Surface<'s>,
    fonts: &'f Fonts,
    page: usize,
    structure: Vec<Node>,
}

impl<'s, 'f> Ink<'s, 'f> {
    pub(super) fn new(surface: Surface<'s>, fonts: &'f Fonts, page: usize) -> Self {
        Self {
            surface,
            fonts,
            page,
            structure: Vec::new(),
        }
    }

    /// What was drawn, in reading order.
    pub(super) fn finish(self) -> Vec<Node> {
        self.surface.finish();
        self.structure
    }

    /// The text at the largest size at which it fits the box; how tall it became.
    pub(super) fn text(
        &mut self,
        text: &str,
        field: &'static str,
        style: Style,
        frame: Frame,
    ) -> Result<f32, PaperError> {
        let block = self.fitted(text, field, style, (frame.wide, frame.high))?;
        self.block(&block, text, style, frame);
        Ok(block.height())
    }

    /// The lines of a text in `style`, not drawn.
    pub(super) fn fitted(
        &self,
        text: &str,
        field: &'static str,
        style: Style,
        space: (f32, f32),
    ) -> Result<Block, PaperError> {
        Block::of(self.fonts, text, field, style, space)
    }

    /// Draws lines at the top of a box.
    pub(super) fn block(&mut self, block: &Block, text: &str, style: Style, frame: Frame) {
        let tag = match style.role {
            Role::Heading(level) => Tag::Hn(level, Some(text.to_owned())).into(),
            Role::Chinese => Tag::P.into(),
            Role::English => Tag::P.with_lang(Some("en".to_owned())).into(),
        };
        self.surface.set_fill(Some(fill(style.colour)));
        self.surface.set_stroke(None);
        let content = self.surface.start_tagged(ContentTag::Other);
        for (n, line) in block.lines.iter().enumerate() {
            // Ideographs reach from 0.88 above the base line to 0.12 below it.
            let y = frame.y + block.size * (0.88 + n as f32 * LEADING);
            let used = (width(line) - style.spacing) * block.size;
            let x = match style.align {
                Align::Left => frame.x,
                Align::Centre => frame.x + (frame.wide - used) / 2.0,
                Align::Right => frame.x + frame.wide - used,
            };
            self.line_of_text(line, block, (x, y));
        }
        self.surface.end_tagged();
        self.stands(tag, content);
    }

    fn line_of_text(&mut self, line: &[Letter], block: &Block, (x, y): (f32, f32)) {
        let mut text = String::new();
        let mut glyphs = Vec::with_capacity(line.len());
        for letter in line {
            let start = text.len();
            text.push(letter.character);
            let range: Range<usize> = start..text.len();
            let id = GlyphId::new(letter.glyph.id);
            let advance = letter.glyph.advance;
            glyphs.push(KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, range, None));
        }
        let font = self.fonts.of_pdf(block.weight);
        let start = Point::from_xy(x, y);
        self.surface
            .draw_glyphs(start, &glyphs, font, &text, block.size, false);
    }

    fn stands(&mut self, tag: TagKind, content: Identifier) {
        let group = TagGroup::with_children(tag, vec![Node::Leaf(content)]);
        self.structure.push(Node::Group(group));
    }

    /// Draws what says nothing: lines, shapes, grounds.
    pub(super) fn decoration(&mut self, draw: impl FnOnce(&mut Surface<'s>)) {
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        draw(&mut self.surface);
        self.surface.end_tagged();
    }

    /// Draws a shape that says something, in words too; the box is where it comes to stand.
    pub(super) fn figure(
        &mut self,
        says: &str,
        path: Option<Path>,
        paint: Paint,
        place: Transform,
        (x, y, wide, high): (f32, f32, f32, f32),
    ) {
        let Some(path) = path else { return };
        let content = self.surface.start_tagged(ContentTag::Other);
        self.surface.push_transform(&place);
        stamp(&mut self.surface, &path, paint);
        self.surface.pop();
        self.surface.end_tagged();
        let around = Rect::from_xywh(x, y, wide, high).map(|it| BBox::new(self.page, it));
        let tag = Tag::Figure(Some(says.to_owned())).with_bbox(around);
        self.stands(tag.into(), content);
    }
}

/// What a path is drawn with.
#[derive(Clone, Copy)]
pub(super) enum Paint {
    /// Its inside.
    Fill(Colour),
    /// Its line, of this width in points.
    Line(Colour, f32),
}

/// Draws a path.
pub(super) fn stamp(surface: &mut Surface<'_>, path: &Path, paint: Paint) {
    match paint {
        Paint::Fill(colour) => {
            surface.set_fill(Some(fill(colour)));
            surface.set_stroke(None);
        }
        Paint::Line(colour, width) => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour.rgb().into(),
                width,
                ..Stroke::default()
            }));
        }
    }
    surface.draw_path(path);
}

/// Draws a straight line.
pub(super) fn line(
    surface: &mut Surface<'_>,
    from: (f32, f32),
    to: (f32, f32),
    colour: Colour,
    width: f32,
) {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    if let Some(path) = path.finish() {
        stamp(surface, &path, Paint::Line(colour, width));
    }
}

/// A rectangle.
pub(super) fn rectangle(x: f32, y: f32, wide: f32, high: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, wide, high)?);
    path.finish()
}

fn fill(colour: Colour) -> Fill {
    Fill {
        paint: colour.rgb().into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}
