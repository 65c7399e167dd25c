//! Whose rule it is (适用地区), and which of several is nearest.

use crate::domain::region::RegionCode;

/// National rules.
pub const NATIONAL: &str = "CN";
/// Demonstration tables: they answer where nobody else's rule does.
pub const DEMO: &str = "DEMO";

/// How near a jurisdiction's rule is to a place: a county's before a prefecture's, a province's,
/// the nation's, the demonstration's. `None` if it does not apply there.
pub fn nearness(jurisdiction: &str, place: RegionCode) -> Option<u8> {
    match jurisdiction {
        DEMO => Some(0),
        NATIONAL => Some(1),
        code => {
            let region: RegionCode = code.parse().ok()?;
            if !region.covers(place) {
                None
            } else if region.is_province() {
                Some(2)
            } else if region.prefecture() == region {
                Some(3)
            } else {
                Some(4)
            }
        }
    }
}

/// A jurisdiction's word that can be read: `CN`, `DEMO` or a division code.
pub fn is_known(jurisdiction: &str) -> bool {
    matches!(jurisdiction, NATIONAL | DEMO) || jurisdiction.parse::<RegionCode>().is_ok()
}

/// Of these rules the ones of the nearest jurisdiction that applies at the place: a province that
/// has rules of its own is not asked to follow the general ones beside them.
pub fn nearest<'a, T>(
    rules: impl IntoIterator<Item = &'a T>,
    jurisdiction: impl Fn(&T) -> &str,
    place: RegionCode,
) -> Vec<&'a T> {
    let mut best = None;
    let mut found = Vec::new();
    for rule in rules {
        let Some(near) = nearness(jurisdiction(rule), place) else {
            continue;
        };
        if best.is_none_or(|best| near > best) {
            best = Some(near);
            found.clear();
        }
        if best == Some(near) {
            found.push(rule);
        }
    }
    found
}
