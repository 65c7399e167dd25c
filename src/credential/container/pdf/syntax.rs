//! The objects of a PDF (ISO 32000-1, 7.2 and 7.3), read from bytes. Numbers with a fraction are
//! passed over, and so is what booleans say: nothing here depends on them.

use super::InvalidPdf;

/// How deep arrays and dictionaries may be in each other.
const DEPTH_MAX: usize = 24;

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// `null`, `true`, `false`, or a number with a fraction.
    Other,
    Integer(i64),
    Name(Vec<u8>),
    String(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// Number and generation of another object.
    Reference(u32, u16),
}

/// A dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Object)>);

impl Dictionary {
    pub(super) fn get(&self, key: &[u8]) -> Option<&Object> {
        let found = self.0.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value)
    }

    /// A member that is an integer of at least nought.
    pub(super) fn size(&self, key: &[u8]) -> Option<usize> {
        match self.get(key) {
            Some(Object::Integer(n)) => usize::try_from(*n).ok(),
            _ => None,
        }
    }

    pub(super) fn is(&self, key: &[u8], name: &[u8]) -> bool {
        matches!(self.get(key), Some(Object::Name(it)) if it == name)
    }
}

/// Reads objects one after another.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// Passes over white space and comments.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                let line = self
                    .rest()
                    .iter()
                    .position(|it| matches!(it, b'\r' | b'\n'));
                self.at += line.unwrap_or(self.rest().len());
            } else {
                break;
            }
        }
    }

    /// Takes these bytes, if they come next.
    pub(super) fn take(&mut self, token: &[u8]) -> bool {
        let there = self.rest().starts_with(token);
        self.at += if there { token.len() } else { 0 };
        there
    }

    /// Takes a word, which ends where white space or a delimiter begins.
    pub(super) fn keyword(&mut self, word: &[u8]) -> bool {
        let after = self.rest().get(word.len()).copied();
        let ends = after.is_none_or(|it| is_space(it) || is_delimiter(it));
        ends && self.take(word)
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest
            .iter()
            .position(|it| is_space(*it) || is_delimiter(*it));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// An integer of at least nought, after white space.
    pub(super) fn size(&mut self) -> Option<usize> {
        self.space();
        let start = self.at;
        let found = match self.regular() {
            digits if digits.iter().all(u8::is_ascii_digit) && digits.len() <= 12 => {
                std::str::from_utf8(digits).ok()?.parse().ok()
            }
            _ => None,
        };
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// The next object.
    pub(super) fn object(&mut self) -> Result<Object, InvalidPdf> {
        self.object_at(0)
    }

    fn object_at(&mut self, depth: usize) -> Result<Object, InvalidPdf> {
        if depth > DEPTH_MAX {
            return Err(InvalidPdf::TooLarge);
        }
        self.space();
        match self.peek().ok_or(InvalidPdf::Malformed)? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal().map(Object::String),
            b'[' => self.array(depth),
            b'<' if self.rest().starts_with(b"<<") => {
                self.dictionary(depth).map(Object::Dictionary)
            }
            b'<' => self.hexadecimal().map(Object::String),
            _ => self.number_or_word(),
        }
    }

    fn number_or_word(&mut self) -> Result<Object, InvalidPdf> {
        let start = self.at;
        if let Some(number) = self.size() {
            let after = self.at;
            if let (Ok(number), Some(generation)) = (u32::try_from(number), self.size())
                && let Ok(generation) = u16::try_from(generation)
            {
                self.space();
                if self.keyword(b"R") {
                    return Ok(Object::Reference(number, generation));
                }
            }
            self.at = after;
            let number = i64::try_from(number).map_err(|_| InvalidPdf::Malformed)?;
            return Ok(Object::Integer(number));
        }
        self.at = start;
        let word = self.regular();
        let numeric = |it: &u8| it.is_ascii_digit() || matches!(it, b'+' | b'-' | b'.');
        match word {
            b"null" | b"true" | b"false" => Ok(Object::Other),
            _ if !word.is_empty() && word.iter().all(numeric) => Ok(Object::Other),
            _ => Err(InvalidPdf::Malformed),
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, InvalidPdf> {
        self.at += 1;
        let written = self.regular();
        let mut name = Vec::with_capacity(written.len());
        let mut bytes = written.iter();
        while let Some(byte) = bytes.next() {
            if *byte == b'#' {
                let high = bytes.next().and_then(|it| digit(*it));
                let low = bytes.next().and_then(|it| digit(*it));
                let (Some(high), Some(low)) = (high, low) else {
                    return Err(InvalidPdf::Malformed);
                };
                name.push(high << 4 | low);
            } else {
                name.push(*byte);
            }
        }
        Ok(name)
    }

    fn array(&mut self, depth: usize) -> Result<Object, InvalidPdf> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.take(b"]") {
                return Ok(Object::Array(items));
            }
            items.push(self.object_at(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dictionary, InvalidPdf> {
        self.at += 2;
        let mut members: Vec<(Vec<u8>, Object)> = Vec::new();
        loop {
            self.space();
            if self.take(b">>") {
                break;
            }
            if self.peek() != Some(b'/') {
                return Err(InvalidPdf::Malformed);
            }
            let key = self.name()?;
            members.push((key, self.object_at(depth + 1)?));
        }
        let mut keys: Vec<&[u8]> = members.iter().map(|(key, _)| key.as_slice()).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(InvalidPdf::Malformed);
        }
        Ok(Dictionary(members))
    }

    /// `<…>`
    fn hexadecimal(&mut self) -> Result<Vec<u8>, InvalidPdf> {
        self.at += 1;
        let end = self.rest().iter().position(|it| *it == b'>');
        let written = &self.rest()[..end.ok_or(InvalidPdf::Malformed)?];
        self.at += written.len() + 1;
        let digits = written.iter().filter(|it| !is_space(**it));
        let digits: Option<Vec<u8>> = digits.map(|it| digit(*it)).collect();
        let digits = digits.ok_or(InvalidPdf::Malformed)?;
        let byte = |pair: &[u8]| pair[0] << 4 | pair.get(1).copied().unwrap_or(0);
        Ok(digits.chunks(2).map(byte).collect())
    }

    /// `(…)`
    fn literal(&mut self) -> Result<Vec<u8>, InvalidPdf> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1_usize;
        loop {
            let byte = self.peek().ok_or(InvalidPdf::Malformed)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' if open == 1 => return Ok(text),
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                // An end of line is one line feed, however it is written.
                b'\r' => {
                    self.take(b"\n");
                    text.push(b'\n');
                    continue;
                }
                _ => (),
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), InvalidPdf> {
        let byte = self.peek().ok_or(InvalidPdf::Malformed)?;
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\n' => (),
            b'\r' => {
                self.take(b"\n");
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value << 3 | u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                // Digits beyond a byte are passed over (table 3).
                text.push(value.to_le_bytes()[0]);
            }
            other => text.push(other),
        }
        Ok(())
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
