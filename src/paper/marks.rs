//! The marks of a verification: a tick in a disc, a cross in a square, a question mark in a
//! lozenge. Told apart by shape and by the words beside them, not by colour alone.

use super::ink::{Colour, Ink, Paint, stamp};
use crate::verify::{CheckResult, Outcome};
use krilla::geom::{Path, PathBuilder, Transform};

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Pass,
    Fail,
    Unknown,
}

impl From<CheckResult> for Mark {
    fn from(result: CheckResult) -> Self {
        match result {
            CheckResult::Pass => Self::Pass,
            CheckResult::Fail => Self::Fail,
            CheckResult::Unknown => Self::Unknown,
        }
    }
}

impl From<Outcome> for Mark {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Valid => Self::Pass,
            Outcome::Invalid => Self::Fail,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

impl Mark {
    /// Green, red, amber; each dark enough for white upon it.
    pub(super) const fn colour(self) -> Colour {
        match self {
            Self::Pass => Colour(23, 107, 63),
            Self::Fail => Colour(168, 33, 27),
            Self::Unknown => Colour(148, 92, 6),
        }
    }

    /// The ground of a verdict.
    pub(super) const fn ground(self) -> Colour {
        match self {
            Self::Pass => Colour(233, 244, 238),
            Self::Fail => Colour(250, 234, 232),
            Self::Unknown => Colour(251, 242, 226),
        }
    }

    /// The shape, in a square of one.
    fn shape(self) -> Option<Path> {
        let mut path = PathBuilder::new();
        match self {
            Self::Pass => {
                // A circle of four curves.
                let k = 0.5 * 0.552_284_8;
                path.move_to(1.0, 0.5);
                path.cubic_to(1.0, 0.5 + k, 0.5 + k, 1.0, 0.5, 1.0);
                path.cubic_to(0.5 - k, 1.0, 0.0, 0.5 + k, 0.0, 0.5);
                path.cubic_to(0.0, 0.5 - k, 0.5 - k, 0.0, 0.5, 0.0);
                path.cubic_to(0.5 + k, 0.0, 1.0, 0.5 - k, 1.0, 0.5);
            }
            Self::Fail => {
                for (n, (x, y)) in [(0.04, 0.04), (0.96, 0.04), (0.96, 0.96), (0.04, 0.96)]
                    .into_iter()
                    .enumerate()
                {
                    match n {
                        0 => path.move_to(x, y),
                        _ => path.line_to(x, y),
                    }
                }
            }
            Self::Unknown => {
                path.move_to(0.5, -0.06);
                path.line_to(1.06, 0.5);
                path.line_to(0.5, 1.06);
                path.line_to(-0.06, 0.5);
            }
        }
        path.close();
        path.finish()
    }

    /// The sign upon it.
    fn sign(self) -> Option<Path> {
        let mut path = PathBuilder::new();
        match self {
            Self::Pass => {
                path.move_to(0.26, 0.52);
                path.line_to(0.44, 0.7);
                path.line_to(0.75, 0.33);
            }
            Self::Fail => {
                path.move_to(0.28, 0.28);
                path.line_to(0.72, 0.72);
                path.move_to(0.72, 0.28);
                path.line_to(0.28, 0.72);
            }
            Self::Unknown => {
                path.move_to(0.36, 0.38);
                path.cubic_to(0.36, 0.17, 0.66, 0.17, 0.66, 0.38);
                path.cubic_to(0.66, 0.5, 0.5, 0.48, 0.5, 0.62);
                path.move_to(0.5, 0.72);
                path.line_to(0.5, 0.8);
            }
        }
        path.finish()
    }

    /// Draws it in a square; `says` is what a reader hears.
    pub(super) fn draw(self, ink: &mut Ink<'_, '_>, (x, y): (f32, f32), side: f32, says: &str) {
        let place = Transform::from_row(side, 0.0, 0.0, side, x, y);
        let fill = Paint::Fill(self.colour());
        ink.figure(says, self.shape(), fill, place, (x, y, side, side));
        ink.decoration(|surface| {
            surface.push_transform(&place);
            if let Some(sign) = self.sign() {
                stamp(surface, &sign, Paint::Line(Colour(255, 255, 255), 0.11));
            }
            surface.pop();
        });
    }
}
