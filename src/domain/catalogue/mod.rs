//! Stream `catalogue` (目录): occupations, certificate number grammars, recognition rules, each
//! adopted as a dated edition.

pub mod event;
