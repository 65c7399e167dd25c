//! A reader of a container that stops once its parts have been inflated more often than a
//! workbook has use for. Several sheets of a workbook may all name one part, so what the
//! container inflates to bounds neither time nor memory of what reads it.

use std::io::{Cursor, Error, Read, Result, Seek, SeekFrom};

/// One part of a container: where its bytes lie and what they inflate to.
pub(super) struct Part {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) inflated: u64,
}

/// The container's bytes, each read charged with what it inflates to.
pub(super) struct Metered<'a> {
    bytes: Cursor<&'a [u8]>,
    parts: &'a [Part],
    /// Inflated bytes that may still be asked for.
    left: u64,
}

impl<'a> Metered<'a> {
    pub(super) const fn new(bytes: &'a [u8], parts: &'a [Part], left: u64) -> Self {
        Self {
            bytes: Cursor::new(bytes),
            parts,
            left,
        }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let at = self.bytes.position();
        let read = self.bytes.read(buffer)?;
        let part = self.parts.iter().find(|p| (p.start..p.end).contains(&at));
        if let Some(part) = part {
            // At most 5 MiB times 50 MiB: no overflow.
            let cost = read as u64 * part.inflated / (part.end - part.start).max(1);
            self.left = self
                .left
                .checked_sub(cost)
                .ok_or_else(|| Error::other("the workbook asks for its parts too often"))?;
        }
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_read_again_is_charged_again() {
        let parts = [Part {
            start: 10,
            end: 20,
            inflated: 1_000,
        }];
        let bytes = [0; 30];
        let mut metered = Metered::new(&bytes, &parts, 2_500);
        let mut buffer = [0; 10];
        for _ in 0..2 {
            metered.seek(SeekFrom::Start(10)).unwrap();
            metered.read_exact(&mut buffer).unwrap();
        }
        // What lies between the parts is free.
        metered.seek(SeekFrom::Start(0)).unwrap();
        metered.read_exact(&mut buffer).unwrap();
        assert!(metered.read_exact(&mut buffer).is_err());
    }
}
