//! The verification report (核验报告) for a personnel file: A4 portrait, as many pages as it takes.
//! What was checked, against what, when, with which answer; and what the certificate says, where
//! its signature held. It is a record of a check, signed by nobody: whoever doubts it verifies the
//! file again.

use super::error::PaperError;
use super::fit::{Block, LEADING, Sizes};
use super::font::{Fonts, Weight};
use super::ink::{
    A4, Align, Colour, Frame, Ink, MM, Paint, Role, Style, TITLE, line, rectangle, stamp,
};
use super::marks::Mark;
use super::press::{About, Press};
use super::wording::fields;
use crate::credential::trust_list::{TrustList, fingerprint};
use crate::domain::time::Instant;
use crate::locale::{self, Words};
use crate::verify::{Check, Report};
use sha2::{Digest, Sha256};
use std::num::NonZeroU16;

/// What was verified, by whom, against what.
pub struct ReportPaper<'a> {
    /// The answer.
    pub report: &'a Report,
    /// Name of the file that was verified, where it has one.
    pub file_name: Option<&'a str>,
    /// SHA-256 of its bytes; `None` if they could not be read.
    pub file_sha256: Option<[u8; 32]>,
    /// When it was verified; the sheet bears this time.
    pub verified_at: Instant,
    /// Who verified it, if that is to stand there.
    pub verifier: Option<&'a str>,
    /// The trust list it was judged against, if there was one.
    pub trust: Option<TrustUsed>,
}

/// The trust list a verification was judged against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustUsed {
    /// Fingerprint of the authority's trust key.
    pub fingerprint: String,
    /// Name of the authority, in Chinese.
    pub authority: String,
    /// Origin of the log.
    pub origin: String,
    /// Up to which position it speaks.
    pub as_of_position: u64,
    /// When it was signed.
    pub issued_at: Instant,
}

impl TrustUsed {
    /// What a report says of this list.
    pub fn of(list: &TrustList) -> Self {
        Self {
            fingerprint: fingerprint(&list.authority.trust_key),
            authority: list.authority.name.zh.clone(),
            origin: list.log.origin.clone(),
            as_of_position: list.as_of_position,
            issued_at: list.issued_at,
        }
    }
}

const MARGIN: f32 = 20.0 * MM;
const WIDE: f32 = A4.0 - 2.0 * MARGIN;
const TOP: f32 = 18.0 * MM;
const BOTTOM: f32 = A4.1 - 20.0 * MM;
/// No report is longer: 5,000 characters of every text there is would not fill it.
const PAGES_MAX: usize = 24;

/// Text with its style and place in a piece, lines broken.
struct Line {
    text: String,
    block: Block,
    style: Style,
    /// From the left edge and the top of the piece.
    at: (f32, f32),
    wide: f32,
}

/// What stays together on a page.
#[derive(Default)]
struct Piece {
    lines: Vec<Line>,
    mark: Option<(Mark, f32, String)>,
    /// A ground under it.
    ground: Option<Mark>,
    /// A hairline under it.
    ruled: bool,
    high: f32,
}

impl Press {
    /// The report as PDF: the same input, the same bytes. A character without a glyph stands there
    /// as its code point, since a report is made of what was found.
    pub fn report(&self, paper: &ReportPaper<'_>) -> Result<Vec<u8>, PaperError> {
        self.reports(std::slice::from_ref(paper))
    }

    /// Reports in one PDF, each from the top of a page: at least one.
    pub fn reports(&self, papers: &[ReportPaper<'_>]) -> Result<Vec<u8>, PaperError> {
        let first = papers.first().ok_or(PaperError::Assembly("no report"))?;
        let title = locale::words("paper-report", &[]);
        let about = About {
            title: format!("{} {}", title.zh, title.en),
            author: first.verifier.unwrap_or("skill-ledger").to_owned(),
            document_id: document_id(papers),
            made_at: first.verified_at,
        };
        let mut pages = Vec::new();
        for paper in papers {
            pages.extend(paginated(self.pieces(paper)?));
        }
        self.print(about, A4, &[], |ink, number| {
            let mut y = TOP;
            for piece in pages.get(number).into_iter().flatten() {
                piece.draw(ink, y);
                y += piece.high;
            }
            foot(ink, number + 1, pages.len())?;
            Ok(number + 1 < pages.len())
        })
    }

    fn pieces(&self, paper: &ReportPaper<'_>) -> Result<Vec<Piece>, PaperError> {
        let set = Setter {
            fonts: self.fonts(),
        };
        let mut pieces = vec![set.title()?, set.verdict(paper.report)?];
        pieces.push(set.heading("paper-report-what")?);
        for (label, value) in facts(paper) {
            pieces.push(set.fact(&label, &value, None)?);
        }
        pieces.push(set.heading("paper-report-checks")?);
        for check in &paper.report.checks {
            pieces.push(set.check(check)?);
        }
        if let Some(shown) = &paper.report.certificate {
            pieces.push(set.heading("paper-report-certificate")?);
            if !shown.claims.complete {
                pieces.push(set.note("paper-report-partial")?);
            }
            let kind = shown.claims.kind();
            let label = locale::words("paper-report-kind", &[]);
            pieces.push(set.fact(&label, kind.certificate_zh(), Some(kind.certificate_en()))?);
            if let Some(number) = &shown.claims.number {
                let label = locale::words("paper-number", &[]);
                pieces.push(set.fact(&label, number.as_str(), None)?);
            }
            for field in fields(&shown.claims) {
                pieces.push(set.fact(&field.label, &field.zh, field.en.as_deref())?);
            }
        }
        pieces.push(set.note("paper-report-note")?);
        Ok(pieces)
    }
}

fn document_id(papers: &[ReportPaper<'_>]) -> String {
    let mut digest = Sha256::new();
    for paper in papers {
        digest.update(paper.file_sha256.unwrap_or_default());
        digest.update(paper.verified_at.0.to_be_bytes());
        for check in &paper.report.checks {
            digest.update(check.code.as_bytes());
        }
    }
    hex::encode(digest.finalize())
}

/// What was verified and against what.
fn facts(paper: &ReportPaper<'_>) -> Vec<(Words, String)> {
    let report = paper.report;
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| {
        facts.push((locale::words(&format!("paper-report-{key}"), &[]), value));
    };
    let china = |at: Instant| format!("{} (UTC+8)", at.show_in_china());
    let unknown = || "—".to_owned();
    fact("file", paper.file_name.map_or_else(unknown, str::to_owned));
    fact(
        "sha256",
        paper.file_sha256.map_or_else(unknown, hex::encode),
    );
    fact(
        "form",
        report.coat.map_or("—", |coat| coat.name()).to_owned(),
    );
    fact("verified-at", china(paper.verified_at));
    if let Some(at) = report.as_of {
        fact("status-as-of", china(at));
    }
    if let Some(verifier) = paper.verifier {
        fact("verifier", verifier.to_owned());
    }
    match &paper.trust {
        Some(trust) => {
            fact("authority", trust.authority.clone());
            fact("trust-key", trust.fingerprint.clone());
            let list = format!(
                "{} · {} · {}",
                trust.origin,
                trust.as_of_position,
                china(trust.issued_at)
            );
            fact("trust-list", list);
        }
        None => fact("trust-list", unknown()),
    }
    facts
}

/// Breaks lines and puts pieces together.
struct Setter<'f> {
    fonts: &'f Fonts,
}

impl Setter<'_> {
    fn line(
        &self,
        text: &str,
        style: Style,
        at: (f32, f32),
        wide: f32,
    ) -> Result<Line, PaperError> {
        let text = self.drawable(text, style.weight);
        let block = Block::of(self.fonts, &text, "report", style, (wide, f32::INFINITY))?;
        Ok(Line {
            text,
            block,
            style,
            at,
            wide,
        })
    }

    /// The text with every character that has no glyph as its code point.
    fn drawable(&self, text: &str, weight: Weight) -> String {
        let known = |c| self.fonts.glyph(weight, c, "report").is_ok();
        let mut drawn = String::with_capacity(text.len());
        for character in text.chars() {
            match known(character) {
                true => drawn.push(character),
                false => drawn.push_str(&format!("〔U+{:04X}〕", u32::from(character))),
            }
        }
        drawn
    }

    fn title(&self) -> Result<Piece, PaperError> {
        let words = locale::words("paper-report", &[]);
        let zh = style(Weight::Bold, 22.0, Colour::INK, TITLE).spacing(0.12);
        let en = style(Weight::Regular, 10.0, Colour::GREY, Role::English).spacing(0.08);
        Ok(Piece {
            lines: vec![
                self.line(&words.zh, zh, (0.0, 0.0), WIDE)?,
                self.line(&words.en.to_uppercase(), en, (0.0, 27.0), WIDE)?,
            ],
            high: 48.0,
            ..Piece::default()
        })
    }

    fn verdict(&self, report: &Report) -> Result<Piece, PaperError> {
        let mark = Mark::from(report.outcome);
        let word = locale::words(&format!("outcome-{}", report.outcome.name()), &[]);
        let says = locale::words(&format!("paper-verdict-{}", report.outcome.name()), &[]);
        let left = 22.0 * MM;
        let wide = WIDE - left - 5.0 * MM;
        let bold = style(Weight::Bold, 19.0, mark.colour(), Role::Chinese);
        let zh = style(Weight::Regular, 9.6, Colour::TEXT, Role::Chinese);
        let en = style(Weight::Regular, 7.6, Colour::GREY, Role::English);
        let head = format!("{}　{}", word.zh, word.en);
        let mut y = 4.6 * MM;
        let head = self.line(&head, bold, (left, y), wide)?;
        y += head.block.height() + 7.0;
        let zh = self.line(&says.zh, zh, (left, y), wide)?;
        y += zh.block.height() + 3.0;
        let en = self.line(&says.en, en, (left, y), wide)?;
        y += en.block.height() + 4.6 * MM;
        Ok(Piece {
            lines: vec![head, zh, en],
            mark: Some((mark, 12.0 * MM, word.zh)),
            ground: Some(mark),
            high: y,
            ..Piece::default()
        })
    }

    fn heading(&self, key: &str) -> Result<Piece, PaperError> {
        let words = locale::words(key, &[]);
        let second = NonZeroU16::MIN.saturating_add(1);
        let zh = style(Weight::Bold, 11.5, Colour::INK, Role::Heading(second));
        let en = style(Weight::Regular, 8.0, Colour::GREY, Role::English).align(Align::Right);
        Ok(Piece {
            lines: vec![
                self.line(&words.zh, zh, (0.0, 17.0), WIDE * 0.6)?,
                self.line(&words.en, en, (WIDE * 0.6, 20.0), WIDE * 0.4)?,
            ],
            ruled: true,
            high: 35.0,
            ..Piece::default()
        })
    }

    fn fact(&self, label: &Words, value: &str, beside: Option<&str>) -> Result<Piece, PaperError> {
        let left = 46.0 * MM;
        let bold = style(Weight::Bold, 8.4, Colour::INK, Role::Chinese);
        let small = style(Weight::Regular, 6.4, Colour::GREY, Role::English);
        let zh = style(Weight::Regular, 9.6, Colour::TEXT, Role::Chinese);
        let en = style(Weight::Regular, 7.4, Colour::GREY, Role::English);
        let label_zh = self.line(&label.zh, bold, (0.0, 3.6), left - 8.0)?;
        let below = 3.6 + label_zh.block.height() + 2.0;
        let label_en = self.line(&label.en, small, (0.0, below), left - 8.0)?;
        let mut high = below + label_en.block.height();
        let value = self.line(value, zh, (left, 3.6), WIDE - left)?;
        let mut y = 3.6 + value.block.height();
        let mut lines = vec![label_zh, label_en, value];
        if let Some(beside) = beside {
            let beside = self.line(beside, en, (left, y + 2.4), WIDE - left)?;
            y += 2.4 + beside.block.height();
            lines.push(beside);
        }
        high = high.max(y) + 3.4;
        Ok(Piece {
            lines,
            ruled: true,
            high,
            ..Piece::default()
        })
    }

    fn check(&self, check: &Check) -> Result<Piece, PaperError> {
        let mark = Mark::from(check.result);
        let said = locale::words(&format!("paper-check-{}", check.result.name()), &[]);
        let (title, detail) = (check.title(), check.words());
        let left = 9.0 * MM;
        let right = 28.0 * MM;
        let bold = style(Weight::Bold, 9.6, Colour::TEXT, Role::Chinese);
        let zh = style(Weight::Regular, 9.2, Colour::TEXT, Role::Chinese);
        let en = style(Weight::Regular, 7.2, Colour::GREY, Role::English);
        let result = style(Weight::Bold, 8.6, mark.colour(), Role::Chinese).align(Align::Right);
        let head = format!("{}　{}", title.zh, title.en);
        let verdict = format!("{} {}", said.zh, said.en);
        let head = self.line(&head, bold, (left, 5.0), WIDE - left - right)?;
        let mut y = 5.0 + head.block.height() + 3.0;
        let verdict = self.line(&verdict, result, (WIDE - right, 5.0), right)?;
        let zh = self.line(&detail.zh, zh, (left, y), WIDE - left)?;
        y += zh.block.height() + 2.4;
        let en = self.line(&detail.en, en, (left, y), WIDE - left)?;
        y += en.block.height() + 5.0;
        Ok(Piece {
            lines: vec![head, verdict, zh, en],
            mark: Some((mark, 4.6 * MM, said.zh)),
            ruled: true,
            high: y,
            ..Piece::default()
        })
    }

    fn note(&self, key: &str) -> Result<Piece, PaperError> {
        let words = locale::words(key, &[]);
        let zh = style(Weight::Regular, 8.2, Colour::TEXT, Role::Chinese);
        let en = style(Weight::Regular, 6.8, Colour::GREY, Role::English);
        let zh = self.line(&words.zh, zh, (0.0, 9.0), WIDE)?;
        let below = 9.0 + zh.block.height() + 2.4;
        let en = self.line(&words.en, en, (0.0, below), WIDE)?;
        let high = below + en.block.height() + 4.0;
        Ok(Piece {
            lines: vec![zh, en],
            high,
            ..Piece::default()
        })
    }
}

const fn style(weight: Weight, size: f32, colour: Colour, role: Role) -> Style {
    Style::new(weight, Sizes::only(size), colour, role)
}

impl Piece {
    fn draw(&self, ink: &mut Ink<'_, '_>, y: f32) {
        let base = y + self.high;
        ink.decoration(|surface| {
            if let Some(mark) = self.ground {
                for (wide, colour) in [(WIDE, mark.ground()), (1.4 * MM, mark.colour())] {
                    if let Some(ground) = rectangle(MARGIN, y, wide, self.high) {
                        stamp(surface, &ground, Paint::Fill(colour));
                    }
                }
            }
            if self.ruled {
                let to = (MARGIN + WIDE, base);
                line(surface, (MARGIN, base), to, Colour::HAIR, 0.5);
            }
        });
        if let Some((mark, side, says)) = &self.mark {
            let (x, down) = match self.ground {
                Some(_) => (MARGIN + 6.0 * MM, (self.high - side) / 2.0),
                None => (MARGIN + 1.0 * MM, 4.6),
            };
            mark.draw(ink, (x, y + down), *side, says);
        }
        for it in &self.lines {
            let frame = Frame {
                x: MARGIN + it.at.0,
                y: y + it.at.1,
                wide: it.wide,
                high: self.high,
            };
            ink.block(&it.block, &it.text, it.style, frame);
        }
    }
}

/// Pieces onto pages: none is cut, and a heading stays with what follows it.
fn paginated(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut pages: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut y = TOP;
    let heights: Vec<f32> = pieces.iter().map(|it| it.high).collect();
    for (n, piece) in pieces.into_iter().enumerate() {
        let heading = piece
            .lines
            .iter()
            .any(|it| matches!(it.style.role, Role::Heading(_)));
        let next = heights.get(n + 1).filter(|_| heading).copied();
        if y + piece.high + next.unwrap_or(0.0) > BOTTOM && y > TOP && pages.len() < PAGES_MAX {
            pages.push(Vec::new());
            y = TOP;
        }
        y += piece.high;
        if let Some(page) = pages.last_mut() {
            page.push(piece);
        }
    }
    pages
}

fn foot(ink: &mut Ink<'_, '_>, page: usize, pages: usize) -> Result<(), PaperError> {
    let y = BOTTOM + 7.0 * MM;
    let numbers = [("page", page.to_string()), ("pages", pages.to_string())];
    let words = locale::words("paper-report-page", &numbers);
    let look = style(Weight::Regular, 7.0, Colour::GREY, Role::Chinese).align(Align::Centre);
    let frame = Frame {
        x: MARGIN,
        y,
        wide: WIDE,
        high: 7.0 * LEADING,
    };
    ink.text(
        &format!("{}　{}", words.zh, words.en),
        "report",
        look,
        frame,
    )?;
    Ok(())
}
