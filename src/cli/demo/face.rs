//! A certificate as a person would want to see it, on a terminal.

use crate::cli::output::Output;
use crate::credential::claims::Claims;
use crate::locale::Language;

/// The face of a certificate, line by line. No right border: Han characters are two columns wide
/// on some terminals and not on others.
pub(super) fn face(output: &Output, claims: &Claims) -> Vec<String> {
    let attained = &claims.attainment;
    let level = match output.language {
        Language::Zh => attained.grade_zh(),
        Language::En => format!("{}  {}", attained.grade_zh(), attained.grade_en()),
    };
    let code = attained.occupation().map_or_else(
        || attained.item().map(ToString::to_string),
        |code| Some(code.to_string()),
    );
    let both = |name: &crate::domain::name::Name| match &name.en {
        Some(en) => format!("{}  {en}", name.zh),
        None => name.zh.clone(),
    };
    let document = format!(
        "{} ···{}",
        claims.holder.document_type, claims.holder.document_last4
    );
    let rows = [
        ("face-name", claims.holder.name.clone()),
        ("face-document", document),
        (
            "face-occupation",
            format!("{}  {}", both(attained.name()), code.unwrap_or_default()),
        ),
        (
            "face-work-type",
            attained.work_type().unwrap_or_default().to_owned(),
        ),
        ("face-level", level),
        ("face-number", claims.number.to_string()),
        ("face-body", both(&claims.issuer.name)),
        (
            "face-region",
            format!("{}  {}", claims.region_name, claims.region),
        ),
        ("face-assessed", claims.assessed_on.to_string()),
        ("face-issued", claims.issued_on.to_string()),
    ];
    let rule = "─".repeat(64);
    let mut lines = vec![
        format!("  ┌{rule}"),
        format!("  │  {}", output.text("face-title", &[])),
    ];
    lines.push(format!("  ├{rule}"));
    for (key, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        lines.push(format!("  │  {}  {value}", output.text(key, &[])));
    }
    lines.push(format!("  └{rule}"));
    lines
}
