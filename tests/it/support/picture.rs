//! QR codes as a camera and a gallery have them: small writers of PNG (RFC 2083) and of YUV4MPEG2 video.

use flate2::{Compression, Crc, write::ZlibEncoder};
use skill_ledger::credential::qr::Symbol;
use std::io::Write;

/// Grey pixels, row after row, 0 black.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

impl Picture {
    /// A white picture with this text's QR code in the middle, so many pixels a module.
    pub fn of_code(text: &str, width: usize, height: usize, module: usize) -> Self {
        let symbol = Symbol::of(text).unwrap();
        let side = symbol.side() * module;
        assert!(side + 8 * module <= width.min(height), "too small");
        let (left, top) = ((width - side) / 2, (height - side) / 2);
        let dark = |x: usize, y: usize| {
            let inside = x >= left && y >= top;
            inside && symbol.is_dark((x - left) / module, (y - top) / module)
        };
        let pixels = (0..width * height).map(|at| match dark(at % width, at / width) {
            true => 16,
            false => 235,
        });
        Self {
            width,
            height,
            grey: pixels.collect(),
        }
    }

    pub fn png(&self) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        for row in self.grey.chunks(self.width) {
            packed.write_all(&[0]).unwrap();
            packed.write_all(row).unwrap();
        }
        let size = [self.width as u32, self.height as u32].map(u32::to_be_bytes);
        // Eight bits of grey, and nothing of the kind that has a choice.
        let header = [&size.concat()[..], &[8, 0, 0, 0, 0]].concat();
        [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &header),
            chunk(b"IDAT", &packed.finish().unwrap()),
            chunk(b"IEND", &[]),
        ]
        .concat()
    }

    /// A film of this picture standing still.
    pub fn y4m(&self) -> Vec<u8> {
        let head = format!(
            "YUV4MPEG2 W{} H{} F15:1 Ip A1:1 C420\n",
            self.width, self.height
        );
        let colour = vec![128; self.width * self.height / 2];
        let frame = [b"FRAME\n".to_vec(), self.grey.clone(), colour].concat();
        [head.into_bytes(), frame.repeat(3)].concat()
    }
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    let (length, sum) = (data.len() as u32, sum.sum());
    [&length.to_be_bytes()[..], kind, data, &sum.to_be_bytes()].concat()
}
