//! The record of the migrations against the steps this program knows; timings are outside.

use super::Findings;
use sqlx::migrate::Migrator;
use std::collections::BTreeMap;

/// A row of `_sqlx_migrations`; what cannot be read is missing.
#[derive(PartialEq, Eq)]
pub(in crate::store) struct Step {
    pub version: i64,
    pub description: Option<String>,
    pub success: Option<bool>,
    pub checksum: Option<Vec<u8>>,
}

/// Names what differs.
pub(in crate::store) fn compare_steps(known: &Migrator, rows: Vec<Step>, found: &mut Findings) {
    const TABLE: &str = "_sqlx_migrations";
    let mut there: BTreeMap<i64, Step> = rows.into_iter().map(|row| (row.version, row)).collect();
    for step in known.iter() {
        let wanted = Step {
            version: step.version,
            description: Some(step.description.to_string()),
            success: Some(true),
            checksum: Some(step.checksum.to_vec()),
        };
        match there.remove(&step.version) {
            None => found.add(TABLE, format!("version {}", step.version), "it is missing"),
            Some(says) if says != wanted => {
                let detail = "it is not the step this program knows";
                found.add(TABLE, format!("version {}", step.version), detail);
            }
            Some(_) => {}
        }
    }
    for version in there.into_keys() {
        let detail = "this program knows no such step";
        found.add(TABLE, format!("version {version}"), detail);
    }
}
