//! The press: fonts read once, sheets printed from them, by as many threads as want to.

use super::error::PaperError;
use super::font::Fonts;
use super::ink::Ink;
use crate::domain::time::Instant;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::TagTree;
use krilla::{Document, SerializeSettings};

/// Prints sheets. It keeps nothing of what it printed.
pub struct Press {
    fonts: Fonts,
}

/// What a document says of itself.
pub(super) struct About {
    pub title: String,
    pub author: String,
    /// The same for the same content.
    pub document_id: String,
    pub made_at: Instant,
}

/// A file that travels inside the PDF.
pub(super) struct Attachment<'a> {
    pub name: String,
    pub media_type: &'static str,
    pub says: &'static str,
    pub kind: AssociationKind,
    pub bytes: &'a [u8],
}

impl Press {
    /// Reads the embedded fonts.
    pub fn new() -> Result<Self, PaperError> {
        Ok(Self {
            fonts: Fonts::open()?,
        })
    }

    pub(super) const fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// A document of pages, each drawn by one call of `draw`, which says whether more follow.
    pub(super) fn print(
        &self,
        about: About,
        (wide, high): (f32, f32),
        attachments: &[Attachment<'_>],
        mut draw: impl FnMut(&mut Ink<'_, '_>, usize) -> Result<bool, PaperError>,
    ) -> Result<Vec<u8>, PaperError> {
        let assembly = PaperError::Assembly;
        let configuration = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A3_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|_| assembly("PDF/A-3a and PDF/UA-1"))?;
        let mut document = Document::new_with(SerializeSettings {
            configuration,
            ..SerializeSettings::default()
        });
        let made_at = date_time(about.made_at);
        let mut outline = Outline::new();
        let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(about.title.clone(), top));
        document.set_outline(outline);
        document.set_metadata(
            Metadata::new()
                .title(about.title)
                .authors(vec![about.author])
                .language("zh-CN".to_owned())
                .text_direction(TextDirection::LeftToRight)
                .creator("skill-ledger".to_owned())
                .creation_date(made_at)
                .document_id(about.document_id),
        );
        let mut structure = TagTree::new().with_lang(Some("zh-CN".to_owned()));
        for number in 0.. {
            let settings = PageSettings::from_wh(wide, high).ok_or(assembly("page size"))?;
            let mut page = document.start_page_with(settings);
            let mut ink = Ink::new(page.surface(), &self.fonts, number);
            let more = draw(&mut ink, number)?;
            for node in ink.finish() {
                structure.push(node);
            }
            page.finish();
            if !more {
                break;
            }
        }
        document.set_tag_tree(structure);
        for it in attachments {
            let file = EmbeddedFile {
                path: it.name.clone(),
                mime_type: MimeType::new(it.media_type),
                description: Some(it.says.to_owned()),
                association_kind: it.kind,
                data: it.bytes.to_vec().into(),
                modification_date: Some(made_at),
                compress: Some(true),
                location: None,
            };
            document
                .embed_file(file)
                .ok_or(assembly("two attachments of one name"))?;
        }
        document.finish().map_err(|error| {
            use krilla::error::KrillaError as E;
            assembly(match error {
                E::Font(..) => "font",
                E::Validation(_) => "PDF/A-3a and PDF/UA-1",
                E::Limit(_) => "too large",
                _ => "structure",
            })
        })
    }
}

fn date_time(at: Instant) -> DateTime {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    let small = |n: i8| u8::try_from(n).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
}
