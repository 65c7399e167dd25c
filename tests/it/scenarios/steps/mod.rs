//! The sentences, one file an area. A new area is a file with `pub fn steps() -> Vec<Step>` and a
//! line in [`all`].

mod body;
mod candidate;
mod catalogue;
mod certificate;
mod eligibility;
mod item;
mod operation;
mod outcome;
mod process;
mod route;
mod session;
mod staff;
mod twin;
mod worker;

use super::feature::Scenario;
use super::step::Step;

/// Every sentence.
pub fn all() -> Vec<Step> {
    [
        body::steps(),
        candidate::steps(),
        catalogue::steps(),
        certificate::steps(),
        eligibility::steps(),
        item::steps(),
        operation::steps(),
        outcome::steps(),
        process::steps(),
        route::steps(),
        session::steps(),
        staff::steps(),
        twin::steps(),
        worker::steps(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The jurisdiction a scenario is in, before anything of it runs: `台账属于“320000”`, else `DEMO`.
pub fn jurisdiction(scenario: &Scenario) -> &str {
    scenario
        .sentences
        .iter()
        .find_map(|it| it.words.strip_prefix("台账属于“")?.strip_suffix('”'))
        .unwrap_or("DEMO")
}
