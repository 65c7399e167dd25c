//! The routes to a level beside ordinary assessment, and what goes with them: tables of rules,
//! competitions, results that rest on a place, a ground or a review, posts, apprenticeships,
//! honours. The rules themselves are in `domain/rules/routes/`.

pub mod apprenticeships;
pub mod awards;
pub mod competitions;
pub mod counts;
pub mod facts;
pub mod honours;
pub mod posts;
pub mod questions;
pub mod results;
pub mod tables;
