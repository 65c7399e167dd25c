//! The rules of the routes to a level beside ordinary assessment: 竞赛晋升, 直接认定, 评聘, 转正定级.
//!
//! Each rule is dated data with a jurisdiction, a source and a mark whether it was verified, and a
//! plain function that says which level a route gives or why it gives none. The deciders of a
//! session call them with the facts of the worker's stream in hand:
//!
//! - [`promotion::promotion`] `(rules, placing, facts, on) -> Result<Promotion, RouteRejection>`
//! - [`direct::direct`] `(grounds, claim, region, on) -> Result<&DirectGround, RouteRejection>`
//! - [`appointment::appointment`] `(policies, claim, region, on) -> Result<&AppointmentPolicy, _>`
//! - [`apprenticeship::grading`] `(policies, claim, region) -> Result<&ApprenticeshipPolicy, _>`

pub mod appointment;
pub mod appointment_cn;
pub mod apprenticeship;
pub mod apprenticeship_cn;
pub mod direct;
pub mod direct_cn;
pub mod given;
pub mod jurisdiction;
pub mod promotion;
pub mod promotion_cn;
pub mod rejection;
pub mod table;

#[cfg(test)]
mod dated_tests;
#[cfg(test)]
mod given_tests;
#[cfg(test)]
mod tests;
