//! The certificate (证书) as an A4 sheet, landscape, Chinese with English beside it. What may be
//! checked travels inside: `NUMBER.json` (the signed document the sheet was drawn from),
//! `NUMBER.tlog-proof`, `trust-list.json`.
//!
//! There is no emblem and no seal on it: the signature is in the attached document.

use super::error::PaperError;
use super::fit::{Block, Sizes};
use super::font::Weight;
use super::guilloche::{border, rosette};
use super::ink::{
    A4, Align, Colour, Frame, Ink, MM, Paint, Role, Style, TITLE, line, rectangle, stamp,
};
use super::press::{About, Attachment, Press};
use super::symbol;
use super::wording::{Field, Place, Stress, fields, statement};
use crate::credential::claims::Claims;
use crate::credential::disclosed::Disclosed;
use crate::credential::qr::Symbol;
use crate::domain::time::Instant;
use crate::locale::{self, Words};
use crate::tlog::Checkpoint;
use krilla::embed::AssociationKind;
use krilla::geom::{PathBuilder, Transform};
use sha2::{Digest, Sha256};

/// Everything that is printed or attached.
pub struct CertificatePaper<'a> {
    /// What it says.
    pub claims: &'a Claims,
    /// The QR code.
    pub symbol: &'a Symbol,
    /// Where a person may have it verified: a web address.
    pub verify_at: &'a str,
    /// The signed document, coat `vc-json`.
    pub vc_json: &'a [u8],
    /// Its proof of inclusion, `tlog-proof`.
    pub proof: &'a [u8],
    /// The trust list of that time.
    pub trust_list: &'a [u8],
    /// Where it stands in the log.
    pub log: LogPlace<'a>,
    /// Fingerprint of the authority's trust key, in hexadecimal.
    pub trust_fingerprint: &'a str,
    /// When the sheet is made.
    pub made_at: Instant,
}

/// Where a certificate stands in the log.
#[derive(Clone, Copy)]
pub struct LogPlace<'a> {
    /// Its position.
    pub position: u64,
    /// When it was written there.
    pub logged_at: Instant,
    /// The head under which it is proved.
    pub checkpoint: &'a Checkpoint,
}

const PAGE: (f32, f32) = (A4.1, A4.0);

/// Left edge and width of what is filled in, and of the column with the QR code.
const FIELDS: (f32, f32) = (26.0 * MM, 176.0 * MM);
const CODE: (f32, f32) = (214.0 * MM, 57.0 * MM);
/// Where the fields begin and must have ended.
const FIELDS_TOP: f32 = 63.0 * MM;
const FIELDS_END: f32 = 160.0 * MM;
const RECORD_TOP: f32 = 163.5 * MM;
const GAP: f32 = 6.0 * MM;
const LABEL: f32 = 25.0 * MM;
/// The smallest sizes of Chinese and of English values: footnotes of a law gazette.
const SMALLEST: (f32, f32) = (4.0, 3.4);
/// In how many steps sizes go from what is wished to the smallest.
const STEPS: u8 = 24;

impl Press {
    /// The certificate as PDF: the same input, the same bytes.
    pub fn certificate(&self, paper: &CertificatePaper<'_>) -> Result<Vec<u8>, PaperError> {
        let claims = paper.claims;
        claims.check()?;
        let kind = claims.attainment.kind();
        let number = claims.number.as_str();
        let about = About {
            title: format!("{} {number}", kind.certificate_zh()),
            author: claims.issuer.name.zh.clone(),
            document_id: hex::encode(Sha256::digest(paper.vc_json)),
            made_at: paper.made_at,
        };
        let attachments = [
            Attachment {
                name: format!("{number}.json"),
                media_type: "application/vc",
                says: "签名的证书 The signed certificate (W3C Verifiable Credential)",
                kind: AssociationKind::Source,
                bytes: paper.vc_json,
            },
            Attachment {
                name: format!("{number}.tlog-proof"),
                media_type: "text/plain",
                says: "台账收录证明 Proof that the certificate stands in the log",
                kind: AssociationKind::Data,
                bytes: paper.proof,
            },
            Attachment {
                name: "trust-list.json".to_owned(),
                media_type: "application/json",
                says: "信任列表 The trust list of the day",
                kind: AssociationKind::Data,
                bytes: paper.trust_list,
            },
        ];
        self.print(about, PAGE, &attachments, |ink, _| {
            ground(ink);
            head(ink, paper)?;
            filled_in(ink, fields(&Disclosed::from(claims)))?;
            code(ink, paper)?;
            record(ink, paper)?;
            Ok(false)
        })
    }
}

const fn style(weight: Weight, size: f32, colour: Colour, role: Role) -> Style {
    Style::new(weight, Sizes::only(size), colour, role)
}

/// Border and the ornament under the text.
fn ground(ink: &mut Ink<'_, '_>) {
    ink.decoration(|surface| {
        let (wide, high) = PAGE;
        let centre = Transform::from_translate(wide * 0.5, high * 0.52);
        surface.push_transform(&centre);
        for (radius, swing, petals, count) in [
            (62.0 * MM, 11.0 * MM, 24, 5),
            (40.0 * MM, 9.0 * MM, 18, 4),
            (20.0 * MM, 8.0 * MM, 12, 4),
        ] {
            if let Some(path) = rosette(radius, swing, petals, count) {
                stamp(surface, &path, Paint::Line(Colour::GROUND, 0.35));
            }
        }
        surface.pop();
        let inset = 12.6 * MM;
        for (away, colour, width) in [
            (-3.8 * MM, Colour::INK, 0.9),
            (3.8 * MM, Colour::INK, 0.4),
            (4.7 * MM, Colour::GOLD, 0.7),
        ] {
            let inset = inset + away;
            let frame = rectangle(inset, inset, wide - 2.0 * inset, high - 2.0 * inset);
            if let Some(frame) = frame {
                stamp(surface, &frame, Paint::Line(colour, width));
            }
        }
        border(
            surface,
            (inset, inset, wide - inset, high - inset),
            6.0 * MM,
        );
    });
}

/// Title, number, what it certifies.
fn head(ink: &mut Ink<'_, '_>, paper: &CertificatePaper<'_>) -> Result<(), PaperError> {
    let kind = paper.claims.attainment.kind();
    let across = |y: f32, high: f32| Frame {
        x: 20.0 * MM,
        y: y * MM,
        wide: PAGE.0 - 40.0 * MM,
        high: high * MM,
    };
    let title = style(Weight::Bold, 28.0, Colour::INK, TITLE)
        .align(Align::Centre)
        .spacing(0.22);
    ink.text(kind.certificate_zh(), "title", title, across(22.0, 11.0))?;
    let english = style(Weight::Regular, 11.0, Colour::INK, Role::English)
        .align(Align::Centre)
        .spacing(0.1);
    let words = kind.certificate_en().to_uppercase();
    ink.text(&words, "title", english, across(34.6, 5.0))?;
    ink.decoration(|surface| ornament(surface, PAGE.0 / 2.0, 42.3 * MM));

    let number = locale::words("paper-number", &[]);
    let line_of = |words: &str| format!("{words} {}", paper.claims.number);
    let whole = format!("{}　{}", number.zh, line_of(&number.en));
    let numbered = style(Weight::Bold, 10.0, Colour::INK, Role::Chinese).align(Align::Centre);
    ink.text(&whole, "number", numbered, across(45.6, 5.0))?;

    let says = statement(kind);
    let chinese = style(Weight::Regular, 10.5, Colour::TEXT, Role::Chinese).align(Align::Centre);
    ink.text(&says.zh, "statement", chinese, across(52.2, 5.0))?;
    let english = style(Weight::Regular, 7.0, Colour::GREY, Role::English).align(Align::Centre);
    ink.text(&says.en, "statement", english, across(57.0, 4.0))?;
    Ok(())
}

/// A short line with a lozenge in the middle.
fn ornament(surface: &mut krilla::surface::Surface<'_>, x: f32, y: f32) {
    let (reach, half) = (44.0 * MM, 1.1 * MM);
    line(
        surface,
        (x - reach, y),
        (x - 2.6 * MM, y),
        Colour::GOLD,
        0.6,
    );
    line(
        surface,
        (x + 2.6 * MM, y),
        (x + reach, y),
        Colour::GOLD,
        0.6,
    );
    let mut lozenge = PathBuilder::new();
    lozenge.move_to(x, y - half);
    lozenge.line_to(x + half, y);
    lozenge.line_to(x, y + half);
    lozenge.line_to(x - half, y);
    lozenge.close();
    if let Some(lozenge) = lozenge.finish() {
        stamp(surface, &lozenge, Paint::Fill(Colour::GOLD));
    }
}

/// A field with its lines broken, and where it goes.
struct Cell<'a> {
    field: &'a Field,
    zh: (Block, Style),
    en: Option<(Block, Style)>,
    x: f32,
    wide: f32,
}

impl Cell<'_> {
    fn height(&self) -> f32 {
        let en = self.en.as_ref();
        self.zh.0.height() + en.map_or(0.0, |(block, _)| block.height() + 0.28 * block.size)
    }
}

/// The fields, two beside each other, all smaller together if they are too many or too long.
fn filled_in(ink: &mut Ink<'_, '_>, fields: Vec<Field>) -> Result<(), PaperError> {
    let rows = paired(fields);
    let space = FIELDS_END - FIELDS_TOP;
    for step in (0..=STEPS).rev() {
        let ease = f32::from(step) / f32::from(STEPS);
        let heights = rows
            .iter()
            .map(|row| Ok(row_height(&set(ink, row, ease)?, ease)))
            .collect::<Result<Vec<f32>, PaperError>>()?;
        let used: f32 = heights.iter().sum();
        if used > space {
            continue;
        }
        // What is left over goes between the rows, but not so much that they fall apart.
        let more = ((space - used) / heights.len() as f32).min(3.0 * MM);
        let mut y = FIELDS_TOP;
        for (row, height) in rows.iter().zip(heights) {
            let cells = grown(ink, row, step, height)?;
            draw_row(ink, &cells, y, height + more)?;
            y += height + more;
        }
        return Ok(());
    }
    Err(PaperError::TooLong("fields"))
}

/// The cells of a row, each as large as the height of the row lets it be.
fn grown<'a>(
    ink: &Ink<'_, '_>,
    row: &'a [Field],
    least: u8,
    height: f32,
) -> Result<Vec<Cell<'a>>, PaperError> {
    let mut cells = set(ink, row, f32::from(least) / f32::from(STEPS))?;
    for step in least + 1..=STEPS {
        let ease = f32::from(step) / f32::from(STEPS);
        for (cell, larger) in cells.iter_mut().zip(set(ink, row, ease)?) {
            if larger.height() + padding(ease) <= height {
                *cell = larger;
            }
        }
    }
    Ok(cells)
}

/// Two fields a row; a wide one has a row to itself.
fn paired(fields: Vec<Field>) -> Vec<Vec<Field>> {
    let mut rows: Vec<Vec<Field>> = Vec::new();
    for field in fields {
        match rows.last_mut() {
            Some(row)
                if row.len() == 1 && row[0].place != Place::Wide && field.place == Place::Half =>
            {
                row.push(field);
            }
            _ => rows.push(vec![field]),
        }
    }
    rows
}

/// Breaks the lines of a row's fields; `ease` 1 is the size that is wished, 0 the smallest.
fn set<'a>(ink: &Ink<'_, '_>, row: &'a [Field], ease: f32) -> Result<Vec<Cell<'a>>, PaperError> {
    let half = (FIELDS.1 - GAP) / 2.0;
    let eased = |smallest: f32, wished: f32| smallest + (wished - smallest) * ease;
    let cell = |field: &'a Field, n: usize| {
        let size = match field.stress {
            Stress::Holder => 17.0,
            Stress::Strong => 13.0,
            Stress::Plain => 11.0,
        };
        let wide = match field.place {
            Place::Wide => FIELDS.1,
            Place::Half | Place::First => half,
        };
        let space = (wide - LABEL, f32::INFINITY);
        let zh = style(
            Weight::Regular,
            eased(SMALLEST.0, size),
            Colour::TEXT,
            Role::Chinese,
        );
        let zh = (ink.fitted(&field.zh, field.claim, zh, space)?, zh);
        let en = match &field.en {
            Some(text) => {
                let en = style(
                    Weight::Regular,
                    eased(SMALLEST.1, 7.4),
                    Colour::GREY,
                    Role::English,
                );
                Some((ink.fitted(text, field.claim, en, space)?, en))
            }
            None => None,
        };
        let x = FIELDS.0 + n as f32 * (half + GAP);
        Ok(Cell {
            field,
            zh,
            en,
            x,
            wide,
        })
    };
    row.iter().enumerate().map(|(n, it)| cell(it, n)).collect()
}

fn row_height(row: &[Cell<'_>], ease: f32) -> f32 {
    let label = 17.0;
    row.iter().map(Cell::height).fold(label, f32::max) + padding(ease)
}

fn padding(ease: f32) -> f32 {
    (0.8 + 1.8 * ease) * MM
}

/// Labels and values of a row, upon a hairline.
fn draw_row(ink: &mut Ink<'_, '_>, row: &[Cell<'_>], y: f32, high: f32) -> Result<(), PaperError> {
    for cell in row {
        let base = y + high;
        ink.decoration(|surface| {
            let (from, to) = ((cell.x, base), (cell.x + cell.wide, base));
            line(surface, from, to, Colour::HAIR, 0.5);
        });
        let label = &cell.field.label;
        let below = |size: f32, above: f32| Frame {
            x: cell.x,
            y: base - above - size,
            wide: LABEL - 2.0 * MM,
            high: size,
        };
        let zh = Style::new(
            Weight::Bold,
            Sizes::between(6.0, 9.0),
            Colour::INK,
            Role::Chinese,
        );
        let en = Style::new(
            Weight::Regular,
            Sizes::between(4.0, 6.2),
            Colour::GREY,
            Role::English,
        );
        ink.text(&label.zh, cell.field.claim, zh, below(9.0, 9.6))?;
        ink.text(&label.en, cell.field.claim, en, below(6.2, 2.4))?;

        let mut top = base - 2.4 - cell.height();
        let frame = |y: f32| Frame {
            x: cell.x + LABEL,
            y,
            wide: cell.wide - LABEL,
            high,
        };
        let (block, look) = &cell.zh;
        ink.block(block, &cell.field.zh, *look, frame(top));
        if let (Some((en, look)), Some(text)) = (&cell.en, &cell.field.en) {
            top += block.height() + 0.28 * en.size;
            ink.block(en, text, *look, frame(top));
        }
    }
    Ok(())
}

/// The QR code and how to verify.
fn code(ink: &mut Ink<'_, '_>, paper: &CertificatePaper<'_>) -> Result<(), PaperError> {
    let (left, wide) = CODE;
    let top = FIELDS_TOP + 1.0 * MM;
    let says = locale::words("paper-code", &[]);
    let side = symbol::draw(ink, paper.symbol, (left, top, wide), &says.zh);
    let mut y = top + side + 1.5 * MM;
    let centred =
        |size, colour, role, weight| style(weight, size, colour, role).align(Align::Centre);
    let frame = |y: f32, high: f32| Frame {
        x: left,
        y,
        wide,
        high,
    };
    let scan = locale::words("paper-scan", &[]);
    let look = centred(10.0, Colour::INK, Role::Chinese, Weight::Bold);
    y += ink.text(&scan.zh, "scan", look, frame(y, 12.0))? + 2.0;
    let look = centred(6.6, Colour::GREY, Role::English, Weight::Regular);
    y += ink.text(&scan.en, "scan", look, frame(y, 8.0))? + 2.4 * MM;
    let how = locale::words("paper-how", &[("address", paper.verify_at.to_owned())]);
    let look = Style::new(
        Weight::Regular,
        Sizes::between(5.0, 7.6),
        Colour::TEXT,
        Role::Chinese,
    );
    y += ink.text(&how.zh, "how", look, frame(y, 16.0 * MM))? + 1.4 * MM;
    let look = Style::new(
        Weight::Regular,
        Sizes::between(4.0, 6.0),
        Colour::GREY,
        Role::English,
    );
    ink.text(&how.en, "how", look, frame(y, 14.0 * MM))?;
    Ok(())
}

/// Where it stands in the log, and which file is the original.
fn record(ink: &mut Ink<'_, '_>, paper: &CertificatePaper<'_>) -> Result<(), PaperError> {
    let (left, wide) = (FIELDS.0, CODE.0 + CODE.1 - FIELDS.0);
    let mut y = RECORD_TOP;
    ink.decoration(|surface| {
        line(surface, (left, y), (left + wide, y), Colour::GOLD, 0.6);
    });
    y += 1.6 * MM;
    let head = paper.log.checkpoint;
    let root = hex::encode(head.root);
    let args = [
        ("origin", head.origin.clone()),
        ("position", paper.log.position.to_string()),
        ("time", paper.log.logged_at.show_in_china()),
        ("size", head.size.to_string()),
        ("root", root[..32].to_owned()),
        ("fingerprint", paper.trust_fingerprint.to_owned()),
        ("number", paper.claims.number.to_string()),
    ];
    for key in ["paper-record", "paper-trust", "paper-original"] {
        let words: Words = locale::words(key, &args);
        let frame = |y: f32| Frame {
            x: left,
            y,
            wide,
            high: 10.0 * MM,
        };
        let look = Style::new(
            Weight::Regular,
            Sizes::between(4.5, 7.4),
            Colour::TEXT,
            Role::Chinese,
        );
        y += ink.text(&words.zh, "record", look, frame(y))? + 1.4;
        let look = Style::new(
            Weight::Regular,
            Sizes::between(4.0, 5.8),
            Colour::GREY,
            Role::English,
        );
        y += ink.text(&words.en, "record", look, frame(y))? + 1.7 * MM;
    }
    Ok(())
}
