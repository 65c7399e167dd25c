//! A certificate as a person would want to see it, on a terminal.

use crate::cli::output::Output;
use crate::credential::Disclosed;
use crate::locale::Language;

/// The face of a certificate, line by line. No right border: Han characters are two columns wide
/// on some terminals and not on others.
pub(super) fn face(output: &Output, claims: &Disclosed) -> Vec<String> {
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
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let document = format!(
        "{} ···{}",
        text(&claims.document_type),
        text(&claims.document_last4)
    );
    let number = claims.number.as_ref().map(ToString::to_string);
    let assessed = claims.assessed_on.map(|day| day.to_string());
    let rows = [
        ("face-name", text(&claims.holder_name)),
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
        ("face-number", text(&number)),
        (
            "face-body",
            claims.body_name.as_ref().map(both).unwrap_or_default(),
        ),
        (
            "face-region",
            format!("{}  {}", text(&claims.region_name), claims.region),
        ),
        ("face-assessed", text(&assessed)),
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
