//! The verifier that runs in the browser (`assets/verify/`): its files as they are served, and the
//! vocabulary it shares with the verifier here, so that nothing is written twice.
//!
//! All files lie in one folder whose name changes with any of them: a page and its scripts are always of
//! one version.

use crate::credential::qr::attained;
use crate::credential::rdf::certificate;
use crate::credential::vc::{achievement, result, v2};
use crate::domain::attainment::AttainmentKind;
use crate::domain::identity::DocumentType;
use crate::domain::level::SkillLevel;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::score::Component;
use crate::domain::session::event::StandardKind;
use crate::locale;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// One file of the verifier.
pub struct VerifierFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub text: String,
}

macro_rules! scripts {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("assets/verify/", $name)))),*]
    };
}

static FILES: LazyLock<Vec<VerifierFile>> = LazyLock::new(|| {
    let scripts = scripts![
        "attainment.js" "canonical.js" "cbor.js" "certificate.js" "claims.js" "coats.js" "codes.js"
        "data_integrity.js" "did.js" "disclosures.js" "ed25519.js" "element.js" "encoding.js" "inputs.js" "jwt.js" "known.js"
        "language.js" "main.js" "note.js" "online.js" "pipeline.js" "place.js" "qr/decode.js"
        "qr/index.js" "qr_attained.js" "qr_certificate.js" "qr_contents.js" "qr_image.js" "qr_text.js"
        "report.js" "result_view.js" "sd_jwt.js" "sd_jwt_claims.js" "statements.js" "status.js" "status_documents.js" "strict_json.js" "time.js" "tlog_proof.js"
        "trust_list.js" "trust_panel.js" "trust_store.js"
    ];
    let written = scripts.into_iter().map(|(name, text)| VerifierFile {
        name,
        content_type: SCRIPT,
        text: text.to_owned(),
    });
    let vocabulary = VerifierFile {
        name: "vocabulary.js",
        content_type: SCRIPT,
        text: format!("export default {};\n", vocabulary()),
    };
    written.chain([vocabulary]).collect()
});

static FOLDER: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for file in FILES.iter() {
        hasher.update(file.name);
        hasher.update([0]);
        hasher.update(&file.text);
        hasher.update([0]);
    }
    hex::encode(&hasher.finalize()[..8])
});

/// Every file of the verifier.
pub fn verifier_files() -> &'static [VerifierFile] {
    &FILES
}

/// The name of the folder they are served in.
pub(super) fn folder() -> &'static str {
    &FOLDER
}

/// What is constant in certificates, and the words of the answers.
fn vocabulary() -> Value {
    let kinds = AttainmentKind::ALL.map(|kind| {
        let kind_of = json!({"achievement": achievement::achievement_type(kind),
            "zh": kind.certificate_zh(), "en": kind.certificate_en()});
        (kind.name().to_owned(), kind_of)
    });
    let levels = [SkillLevel::Special, SkillLevel::Chief]
        .into_iter()
        .chain(SkillLevel::CERTIFIED);
    let named_levels = levels.clone().map(|level| {
        json!({"code": achievement::level_code(level), "digit": level.digit(),
            "zh": level.name_zh(), "en": level.name_en()})
    });
    let routes = Route::ALL.map(|route| {
        let words = locale::words("route", &[("route", route.name().to_owned())]);
        json!({"code": route.name(), "zh": route.name_zh(), "en": words.en,
            "narrative": achievement::narrative(route)})
    });
    let standards = [
        StandardKind::National,
        StandardKind::Industry,
        StandardKind::SpecialSkill,
    ]
    .map(|kind| {
        let word = v2::standard_word(kind).to_owned();
        (word, Value::from(v2::standard_name(kind)))
    });
    let numbers = json!({
        "documents": Map::from_iter(attained::DOCUMENT_TYPES.map(|(n, it)| (it.to_owned(), n.into()))),
        "levels": Map::from_iter(levels.clone().filter_map(|level| {
            Some((achievement::level_code(level), attained::level(level)?.into()))
        })),
        "routes": Map::from_iter(
            Route::ALL.map(|it| (it.name().to_owned(), attained::route(it).into())),
        ),
    });
    let provinces = RegionCode::provinces().map(|code| code.to_string()[..2].to_owned());
    let documents = DocumentType::ALL.map(|it| (it.name_zh().to_owned(), it.name_en().into()));
    let components = Component::ALL
        .map(|component| json!({"code": component.name(), "name": result::name(component)}));
    json!({
        "components": components,
        "contexts": v2::CONTEXTS,
        "frameworks": {
            "catalogue": achievement::CATALOGUE,
            "levels": achievement::LEVELS,
            "special_skills": achievement::SPECIAL_SKILLS,
            "micro_skills": achievement::MICRO_SKILLS,
            "enterprise": achievement::ENTERPRISE,
            "regions": v2::REGIONS,
            "standards": v2::STANDARDS,
        },
        "kinds": Map::from_iter(kinds),
        "levels": named_levels.collect::<Vec<_>>(),
        "numbers": numbers,
        "routes": routes,
        "shapes": certificate::shapes(),
        "standards": Map::from_iter(standards),
        "provinces": provinces.collect::<Vec<_>>(),
        "documents": Map::<String, Value>::from_iter(documents),
        "messages": messages(),
    })
}

/// The messages that the page shows: Chinese and English by key, variables as `{$name}`.
fn messages() -> Map<String, Value> {
    let shown = [
        ("verify", "verify-"),
        ("verify", "coat-"),
        ("verify_page", "verify-page-"),
        ("web", "web-field-"),
        ("web", "web-outcome-"),
        ("web", "web-result-"),
        ("web", "web-all-passed"),
        ("web", "web-certificate"),
        ("web", "web-checked-at"),
        ("web", "web-checks"),
        ("web", "web-document-ending"),
        ("web", "web-issue-n"),
        ("web", "web-no-level"),
        ("web", "web-own-grade"),
        ("web", "web-score-"),
        ("web", "web-with-code"),
    ];
    let patterns = shown
        .into_iter()
        .flat_map(|(room, prefix)| locale::patterns(room, prefix));
    patterns
        .map(|(key, words)| (key.to_owned(), json!([words.zh, words.en])))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Coat;

    /// The quoted words that stand behind `before` in the scripts whose name ends so.
    fn quoted(name: &str, before: &str) -> Vec<&'static str> {
        let texts = verifier_files().iter();
        let texts = texts.filter(|it| it.name != "vocabulary.js" && it.name.ends_with(name));
        let behind = texts.flat_map(|it| it.text.split(before).skip(1));
        behind.filter_map(|it| it.split('"').next()).collect()
    }

    #[test]
    fn the_page_has_words_for_all_it_says() {
        let messages = messages();
        let said = ["said", "words"].map(|call| quoted("", &format!("{call}(\"")));
        let said = said.into_iter().flatten().map(str::to_owned);
        let fields = ["fact", "named", "put", "always"]
            .map(|call| quoted("result_view.js", &format!("{call}(\"")));
        let fields = fields.into_iter().flatten();
        let coats = Coat::ALL.map(|coat| format!("coat-{coat}"));
        let scores = Component::ALL.map(|it| format!("web-score-{}", it.name()));
        let keys: Vec<String> = said
            .chain(fields.map(|it| format!("web-field-{it}")))
            .chain(coats)
            .chain(scores)
            .collect();
        assert!(keys.len() > 50, "{keys:?}");
        for key in keys {
            assert!(messages.contains_key(&key), "{key}");
        }
    }
}
