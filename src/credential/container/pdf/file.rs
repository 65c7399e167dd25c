//! A PDF as a file (ISO 32000-1, 7.5): where its objects are, and one at a time when it is asked
//! for. Nothing is read that nobody asks for, and all reading and unfolding together is bounded.

use super::InvalidPdf;
use super::syntax::{Dictionary, Object, Reader};
use flate2::read::ZlibDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Range;
use std::rc::Rc;

/// The work one file may make: bytes read as objects, looked up, or unfolded.
const WORK_MAX: usize = 64 * 1024 * 1024;
/// How long one object may be, its stream apart.
const OBJECT_BYTES_MAX: usize = 256 * 1024;
/// How far an object stream or a stream of cross-references may unfold.
const STREAM_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How many times a file may have been updated.
const SECTIONS_MAX: usize = 64;
/// How many references may lead from one to the next.
const REFERENCES_MAX: usize = 8;
/// How many objects a file may have.
const OBJECTS_MAX: usize = 250_000;
/// Where the file says where its cross-references begin.
const TAIL_BYTES: usize = 1024;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    Free,
    /// At this offset.
    At(usize),
    /// In this object stream.
    In(u32),
}

/// A stream: its dictionary and where its bytes are.
pub(super) struct Stream {
    pub dictionary: Dictionary,
    bytes: Range<usize>,
}

/// An object, or a stream.
pub(super) enum Value {
    Object(Object),
    Stream(Stream),
}

/// The unfolded bytes of an object stream, and where in them its objects are.
struct ObjectStream {
    bytes: Vec<u8>,
    objects: BTreeMap<u32, usize>,
}

/// A file of which objects are asked.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    places: BTreeMap<u32, Place>,
    root: Option<Object>,
    streams: BTreeMap<u32, Rc<ObjectStream>>,
    work: usize,
}

impl<'a> File<'a> {
    /// Reads where the objects are.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, InvalidPdf> {
        let mut file = Self {
            bytes,
            places: BTreeMap::new(),
            root: None,
            streams: BTreeMap::new(),
            work: 0,
        };
        let tail = bytes.len().saturating_sub(TAIL_BYTES);
        let word = b"startxref";
        let last = bytes[tail..].windows(word.len()).rposition(|it| it == word);
        let last = tail + last.ok_or(InvalidPdf::Malformed)? + word.len();
        let start = Reader::new(bytes, last).size();
        let mut next = Some(start.ok_or(InvalidPdf::Malformed)?);
        let mut seen = BTreeSet::new();
        while let Some(offset) = next {
            if !seen.insert(offset) || seen.len() > SECTIONS_MAX {
                return Err(InvalidPdf::Malformed);
            }
            next = file.section(offset)?;
        }
        Ok(file)
    }

    /// The catalogue, as the newest section names it.
    pub(super) fn root(&self) -> Result<Object, InvalidPdf> {
        self.root.clone().ok_or(InvalidPdf::Malformed)
    }

    fn worked(&mut self, bytes: usize) -> Result<(), InvalidPdf> {
        self.work = self.work.saturating_add(bytes);
        if self.work > WORK_MAX {
            return Err(InvalidPdf::TooLarge);
        }
        Ok(())
    }

    /// Reads one section of cross-references; the older one before it, if there is one.
    fn section(&mut self, offset: usize) -> Result<Option<usize>, InvalidPdf> {
        let mut reader = Reader::new(self.bytes, offset);
        reader.space();
        let trailer = match reader.keyword(b"xref") {
            true => self.table(reader)?,
            false => self.stream_of_references(offset)?,
        };
        if trailer.get(b"Encrypt").is_some() {
            return Err(InvalidPdf::Encrypted);
        }
        if self.root.is_none() {
            self.root = trailer.get(b"Root").cloned();
        }
        match trailer.get(b"Prev") {
            None => Ok(None),
            Some(_) => trailer.size(b"Prev").ok_or(InvalidPdf::Malformed).map(Some),
        }
    }

    fn known(&mut self, number: usize, place: Place) -> Result<(), InvalidPdf> {
        let number = u32::try_from(number).map_err(|_| InvalidPdf::Malformed)?;
        // The newest section comes first and stands.
        self.places.entry(number).or_insert(place);
        match self.places.len() > OBJECTS_MAX {
            true => Err(InvalidPdf::TooLarge),
            false => Ok(()),
        }
    }

    /// A table of cross-references and the trailer after it (7.5.4, 7.5.5).
    fn table(&mut self, mut reader: Reader<'a>) -> Result<Dictionary, InvalidPdf> {
        let start = reader.at;
        loop {
            reader.space();
            if reader.keyword(b"trailer") {
                break;
            }
            let (Some(first), Some(count)) = (reader.size(), reader.size()) else {
                return Err(InvalidPdf::Malformed);
            };
            if count > OBJECTS_MAX {
                return Err(InvalidPdf::TooLarge);
            }
            for n in 0..count {
                let (Some(offset), Some(_)) = (reader.size(), reader.size()) else {
                    return Err(InvalidPdf::Malformed);
                };
                reader.space();
                let place = match (reader.keyword(b"n"), reader.keyword(b"f")) {
                    (true, _) => Place::At(offset),
                    (_, true) => Place::Free,
                    _ => return Err(InvalidPdf::Malformed),
                };
                self.known(first + n, place)?;
            }
            self.worked(1)?;
        }
        let trailer = self.short(&mut reader)?;
        self.worked(reader.at - start)?;
        let Object::Dictionary(trailer) = trailer else {
            return Err(InvalidPdf::Malformed);
        };
        // A file for old and new readers has a stream beside the table (7.5.8.4).
        if trailer.get(b"XRefStm").is_some() {
            let offset = trailer.size(b"XRefStm").ok_or(InvalidPdf::Malformed)?;
            self.stream_of_references(offset)?;
        }
        Ok(trailer)
    }

    /// A stream of cross-references (7.5.8).
    fn stream_of_references(&mut self, offset: usize) -> Result<Dictionary, InvalidPdf> {
        let bad = InvalidPdf::Malformed;
        let (_, Value::Stream(stream)) = self.object_at(offset, REFERENCES_MAX)? else {
            return Err(bad);
        };
        let dictionary = stream.dictionary.clone();
        if !dictionary.is(b"Type", b"XRef") {
            return Err(bad);
        }
        let integers = |object: &Object| match object {
            Object::Array(items) => items
                .iter()
                .map(|it| match it {
                    Object::Integer(n) => usize::try_from(*n).ok(),
                    _ => None,
                })
                .collect::<Option<Vec<usize>>>(),
            _ => None,
        };
        let widths = dictionary.get(b"W").and_then(integers).ok_or(bad)?;
        let [kind, second, third] = *widths.as_slice() else {
            return Err(bad);
        };
        if kind > 8 || second > 8 || third > 8 || kind + second + third == 0 {
            return Err(bad);
        }
        let size = dictionary.size(b"Size").ok_or(bad)?;
        let index = match dictionary.get(b"Index") {
            Some(index) => integers(index).ok_or(bad)?,
            None => vec![0, size],
        };
        let bytes = self.decoded(&stream, STREAM_BYTES_MAX)?;
        let mut entries = bytes.chunks_exact(kind + second + third);
        for range in index.chunks(2) {
            let [first, count] = *range else {
                return Err(bad);
            };
            if count > OBJECTS_MAX {
                return Err(InvalidPdf::TooLarge);
            }
            for number in first..first.saturating_add(count) {
                let entry = entries.next().ok_or(bad)?;
                let (a, rest) = entry.split_at(kind);
                let (b, _) = rest.split_at(second);
                let value = |bytes: &[u8]| {
                    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
                    usize::try_from(bytes.iter().fold(0, add)).map_err(|_| bad)
                };
                // Without a kind, it is an offset.
                let sort = if kind == 0 { 1 } else { value(a)? };
                let place = match sort {
                    1 => Place::At(value(b)?),
                    2 => Place::In(u32::try_from(value(b)?).map_err(|_| bad)?),
                    _ => Place::Free,
                };
                self.known(number, place)?;
            }
        }
        Ok(dictionary)
    }

    /// One object of bounded length.
    fn short(&mut self, reader: &mut Reader<'a>) -> Result<Object, InvalidPdf> {
        let end = reader.at.saturating_add(OBJECT_BYTES_MAX);
        let mut bounded = Reader::new(&self.bytes[..end.min(self.bytes.len())], reader.at);
        let object = bounded.object();
        self.worked(bounded.at - reader.at)?;
        reader.at = bounded.at;
        object
    }

    /// `N G obj …` at an offset: its number and what it is.
    fn object_at(&mut self, offset: usize, hops: usize) -> Result<(u32, Value), InvalidPdf> {
        let bad = InvalidPdf::Malformed;
        let mut reader = Reader::new(self.bytes, offset);
        let (Some(number), Some(_)) = (reader.size(), reader.size()) else {
            return Err(bad);
        };
        let number = u32::try_from(number).map_err(|_| bad)?;
        reader.space();
        if !reader.keyword(b"obj") {
            return Err(bad);
        }
        let object = self.short(&mut reader)?;
        reader.space();
        let Object::Dictionary(dictionary) = object else {
            return Ok((number, Value::Object(object)));
        };
        if !reader.take(b"stream") {
            return Ok((number, Value::Object(Object::Dictionary(dictionary))));
        }
        if !reader.take(b"\r\n") && !reader.take(b"\n") {
            return Err(bad);
        }
        let start = reader.at;
        let length = match dictionary.get(b"Length") {
            Some(length @ Object::Reference(..)) => {
                let length = length.clone();
                match self.resolved(&length, hops.checked_sub(1).ok_or(bad)?)? {
                    Value::Object(Object::Integer(n)) => usize::try_from(n).ok(),
                    _ => None,
                }
            }
            _ => dictionary.size(b"Length"),
        };
        let end = start.checked_add(length.ok_or(bad)?).ok_or(bad)?;
        if end > self.bytes.len() {
            return Err(bad);
        }
        let mut after = Reader::new(self.bytes, end);
        after.space();
        if !after.keyword(b"endstream") {
            return Err(bad);
        }
        let bytes = start..end;
        Ok((number, Value::Stream(Stream { dictionary, bytes })))
    }

    /// What an object is, references followed.
    pub(super) fn resolve(&mut self, object: &Object) -> Result<Value, InvalidPdf> {
        self.resolved(object, REFERENCES_MAX)
    }

    fn resolved(&mut self, object: &Object, hops: usize) -> Result<Value, InvalidPdf> {
        let bad = InvalidPdf::Malformed;
        let Object::Reference(number, _) = object else {
            return Ok(Value::Object(object.clone()));
        };
        let hops = hops.checked_sub(1).ok_or(bad)?;
        self.worked(64)?;
        let value = match self.places.get(number).copied() {
            // A reference to nothing is null (7.3.10).
            None | Some(Place::Free) => Value::Object(Object::Other),
            Some(Place::At(offset)) => {
                let (found, value) = self.object_at(offset, hops)?;
                if found != *number {
                    return Err(bad);
                }
                value
            }
            Some(Place::In(stream)) => Value::Object(self.of_stream(stream, *number, hops)?),
        };
        match value {
            Value::Object(next @ Object::Reference(..)) => self.resolved(&next, hops),
            value => Ok(value),
        }
    }

    /// An object of an object stream (7.5.7).
    fn of_stream(&mut self, stream: u32, number: u32, hops: usize) -> Result<Object, InvalidPdf> {
        let bad = InvalidPdf::Malformed;
        let held = match self.streams.get(&stream) {
            Some(held) => Rc::clone(held),
            None => {
                let held = Rc::new(self.unfold(stream, hops)?);
                self.streams.insert(stream, Rc::clone(&held));
                held
            }
        };
        let at = *held.objects.get(&number).ok_or(bad)?;
        let end = at.saturating_add(OBJECT_BYTES_MAX).min(held.bytes.len());
        let mut reader = Reader::new(&held.bytes[..end], at);
        let object = reader.object();
        self.worked(reader.at - at)?;
        object
    }

    fn unfold(&mut self, stream: u32, hops: usize) -> Result<ObjectStream, InvalidPdf> {
        let bad = InvalidPdf::Malformed;
        let Some(Place::At(offset)) = self.places.get(&stream).copied() else {
            return Err(bad);
        };
        let (found, Value::Stream(value)) = self.object_at(offset, hops)? else {
            return Err(bad);
        };
        let dictionary = &value.dictionary;
        if found != stream || !dictionary.is(b"Type", b"ObjStm") {
            return Err(bad);
        }
        let count = dictionary.size(b"N").ok_or(bad)?;
        let first = dictionary.size(b"First").ok_or(bad)?;
        let bytes = self.decoded(&value, STREAM_BYTES_MAX)?;
        if count > bytes.len() {
            return Err(bad);
        }
        let mut objects = BTreeMap::new();
        let mut reader = Reader::new(&bytes, 0);
        for _ in 0..count {
            let (Some(number), Some(offset)) = (reader.size(), reader.size()) else {
                return Err(bad);
            };
            let number = u32::try_from(number).map_err(|_| bad)?;
            let at = first.checked_add(offset).filter(|at| *at < bytes.len());
            objects.insert(number, at.ok_or(bad)?);
        }
        Ok(ObjectStream { bytes, objects })
    }

    /// A dictionary, or where one is.
    pub(super) fn dictionary(&mut self, object: &Object) -> Result<Dictionary, InvalidPdf> {
        match self.resolve(object)? {
            Value::Object(Object::Dictionary(dictionary)) => Ok(dictionary),
            _ => Err(InvalidPdf::Malformed),
        }
    }

    /// An array, or where one is.
    pub(super) fn array(&mut self, object: &Object) -> Result<Vec<Object>, InvalidPdf> {
        match self.resolve(object)? {
            Value::Object(Object::Array(items)) => Ok(items),
            _ => Err(InvalidPdf::Malformed),
        }
    }

    /// The bytes of a stream, unfolded to at most `most` (7.4).
    pub(super) fn decoded(&mut self, of: &Stream, most: usize) -> Result<Vec<u8>, InvalidPdf> {
        let bad = InvalidPdf::Malformed;
        let raw = &self.bytes[of.bytes.clone()];
        let one = |object: &Object| match object {
            Object::Array(items) if items.len() == 1 => Some(items[0].clone()),
            Object::Array(items) if items.is_empty() => None,
            other => Some(other.clone()),
        };
        let filter = of.dictionary.get(b"Filter").and_then(one);
        let parameters = of.dictionary.get(b"DecodeParms").and_then(one);
        let predictor = match &parameters {
            None | Some(Object::Other) => None,
            Some(Object::Dictionary(it)) if it.size(b"Predictor").unwrap_or(1) == 1 => None,
            Some(Object::Dictionary(it)) => Some(it.clone()),
            Some(_) => return Err(bad),
        };
        let bytes = match filter {
            None if raw.len() > most => return Err(InvalidPdf::TooLarge),
            None => raw.to_vec(),
            Some(Object::Name(name)) if name == b"FlateDecode" => {
                let mut bytes = Vec::new();
                let mut bounded = ZlibDecoder::new(raw).take(most as u64 + 1);
                let read = bounded.read_to_end(&mut bytes);
                self.worked(bytes.len())?;
                if bytes.len() > most {
                    return Err(InvalidPdf::TooLarge);
                }
                read.map_err(|_| bad)?;
                bytes
            }
            Some(_) => return Err(bad),
        };
        self.worked(bytes.len())?;
        match predictor {
            None => Ok(bytes),
            Some(parameters) => unpredicted(&bytes, &parameters),
        }
    }
}

/// Takes back the predictors of PNG (7.4.4.4), for one colour of eight bits.
fn unpredicted(bytes: &[u8], parameters: &Dictionary) -> Result<Vec<u8>, InvalidPdf> {
    let bad = InvalidPdf::Malformed;
    let columns = parameters.size(b"Columns").unwrap_or(1);
    let plain = |key, value| parameters.size(key).is_none_or(|it| it == value);
    let png = parameters
        .size(b"Predictor")
        .is_some_and(|it| (10..=15).contains(&it));
    if !png || !plain(b"Colors", 1) || !plain(b"BitsPerComponent", 8) || columns == 0 {
        return Err(bad);
    }
    let line = columns.checked_add(1).ok_or(bad)?;
    if !bytes.len().is_multiple_of(line) {
        return Err(bad);
    }
    let mut above = vec![0_u8; columns.min(bytes.len())];
    let mut whole = Vec::with_capacity(bytes.len());
    for row in bytes.chunks_exact(line) {
        let (sort, row) = (row[0], &row[1..]);
        let mut left = 0_u8;
        let mut upper_left = 0_u8;
        for (at, byte) in row.iter().enumerate() {
            let up = above[at];
            let add = match sort {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, upper_left),
                _ => return Err(bad),
            };
            let value = byte.wrapping_add(add);
            (left, upper_left) = (value, up);
            above[at] = value;
            whole.push(value);
        }
    }
    Ok(whole)
}

fn paeth(left: u8, up: u8, upper_left: u8) -> u8 {
    let [a, b, c] = [left, up, upper_left].map(i16::from);
    let guess = a + b - c;
    let away = |it: i16| (guess - it).abs();
    if away(a) <= away(b) && away(a) <= away(c) {
        left
    } else if away(b) <= away(c) {
        up
    } else {
        upper_left
    }
}
