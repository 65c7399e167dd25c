//! How a rule says no: one variant per rule, a stable code for programs, and what its words are
//! filled with. The words themselves are in `locale/` under `reject-<code>`.

use crate::domain::level::SkillLevel;
use crate::domain::proposal::End;
use jiff::civil::Date;
use std::fmt::Display;

/// Declares why a stream's commands are refused. No field may hold personal data.
macro_rules! rejections {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $(
                $(#[$vdoc:meta])*
                $variant:ident $({ $( $(#[$fdoc:meta])* $field:ident: $type:ty ),* $(,)? })? = $code:literal;
            )*
            $( @nested $(#[$ndoc:meta])* $nested:ident($inner:ty); )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $(
                $(#[$vdoc])*
                #[doc = concat!("Code `", $code, "`.")]
                $variant $({ $( $(#[$fdoc])* $field: $type ),* })?,
            )*
            $( $(#[$ndoc])* $nested($inner), )*
        }

        impl $name {
            /// Every code there is.
            pub fn codes() -> Vec<&'static str> {
                #[allow(unused_mut)]
                let mut codes = vec![$($code),*];
                $( codes.extend(<$inner>::codes()); )*
                codes
            }
            /// The stable kebab-case name of the rule.
            pub fn code(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => $code, )*
                    $( Self::$nested(inner) => inner.code(), )*
                }
            }
            /// What the words are filled with; never personal data.
            pub fn args(&self) -> Vec<(&'static str, String)> {
                match self {
                    $( Self::$variant $({ $($field),* })? => vec![
                        $( $( (stringify!($field), $crate::domain::rejection::Argument::argument($field)) ),* )?
                    ], )*
                    $( Self::$nested(inner) => inner.args(), )*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
        impl std::error::Error for $name {}

        $( impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self::$nested(inner)
            }
        } )*
    };
}
pub(crate) use rejections;

/// A value that stands in the words of a rejection.
pub trait Argument {
    /// Its text, the same in both languages.
    fn argument(&self) -> String;
}

/// The digit of sheets and numbers; the Chinese name of grades that have none.
impl Argument for SkillLevel {
    fn argument(&self) -> String {
        self.digit()
            .map_or_else(|| self.name_zh().to_owned(), |digit| digit.to_string())
    }
}
/// The word that the messages select on.
impl Argument for End {
    fn argument(&self) -> String {
        self.name().to_owned()
    }
}

/// The word that the messages select on.
impl Argument for crate::domain::route::Route {
    fn argument(&self) -> String {
        self.name().to_owned()
    }
}

macro_rules! displayed {
    ($($type:ty),*) => {$(
        impl Argument for $type {
            fn argument(&self) -> String {
                shown(self)
            }
        }
    )*};
}
displayed!(
    &'static str,
    String,
    u8,
    u16,
    u32,
    u64,
    i16,
    Date,
    crate::domain::item::ItemCode,
    crate::domain::occupation::OccupationCode,
    crate::domain::region::RegionCode
);

fn shown(value: &impl Display) -> String {
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::route::Route;
    use crate::domain::worker::rejection::WorkerRejection as No;
    use jiff::civil::date;

    #[test]
    fn the_words_of_a_refusal_are_filled_with_what_people_write() {
        let args = |no: No| -> Vec<String> { no.args().into_iter().map(|it| it.1).collect() };
        let unfit = |level| No::RouteUnfit {
            level,
            route: Route::Recognition,
        };
        assert_eq!(
            args(unfit(SkillLevel::Three)),
            ["3".to_owned(), Route::Recognition.name().to_owned()]
        );
        assert_eq!(args(unfit(SkillLevel::Special))[0], "特级技师");
        assert_eq!(args(No::EndKeepsLevel { end: End::Voided }), ["voided"]);
        let earliest = date(2026, 7, 1);
        assert_eq!(args(No::DateBefore { earliest }), ["2026-07-01"]);
        assert_eq!(args(No::ReviewedTwice { year: 2026 }), ["2026"]);
        assert!(args(No::NotEnrolled).is_empty());
    }
}
