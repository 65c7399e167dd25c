//! Every refusal of the domain has words in both languages, and says them without a gap.

use skill_ledger::domain::{
    account, authority, body, catalogue, certificate, competition, rules, session, staff, worker,
};
use skill_ledger::locale::{self, Language};

#[test]
fn every_rejection_has_words() {
    let codes = [
        account::rejection::AccountRejection::codes(),
        authority::rejection::AuthorityRejection::codes(),
        body::rejection::BodyRejection::codes(),
        catalogue::rejection::CatalogueRejection::codes(),
        session::rejection::SessionRejection::codes(),
        certificate::rejection::CertificateRejection::codes(),
        worker::rejection::WorkerRejection::codes(),
        staff::rejection::StaffRejection::codes(),
        competition::rejection::CompetitionRejection::codes(),
        rules::routes::rejection::RouteRejection::codes(),
    ]
    .concat();
    assert!(codes.len() > 80);
    for code in codes {
        let shape = code.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        assert!(shape, "{code} is not kebab-case");
        assert!(
            locale::knows(&format!("reject-{code}")),
            "{code} has no words: add reject-{code} to a file of each language"
        );
        for language in [Language::Zh, Language::En] {
            for part in ["rule", "need"] {
                let said = locale::attribute(language, &format!("reject-{code}"), part, &[]);
                assert!(
                    said.is_some_and(|said| !said.is_empty()),
                    "{code} does not say its .{part} in {language:?}"
                );
            }
        }
    }
}

#[test]
fn words_are_filled_from_the_arguments() {
    let rejection = certificate::rejection::CertificateRejection::EndedIsFinal {
        end: skill_ledger::domain::proposal::End::Forfeited,
    };
    let words = locale::words(&format!("reject-{}", rejection.code()), &rejection.args());
    assert!(words.zh.contains("吊销，不可再变"), "{}", words.zh);
    assert!(words.en.contains("was forfeited"), "{}", words.en);

    let whole = locale::refusal(rejection.code(), &rejection.args());
    assert!(
        whole.zh.contains("（依据：") && whole.zh.contains("；需要："),
        "{}",
        whole.zh
    );
    assert!(
        whole.en.contains("(rule: ") && whole.en.contains("; needed: "),
        "{}",
        whole.en
    );

    let rejection = skill_ledger::domain::wording::TextRejection::Missing { field: "ground" };
    let words = locale::words(&format!("reject-{}", rejection.code()), &rejection.args());
    assert_eq!(words.zh, "“理由”不能为空");
    assert_eq!(words.en, "the ground is required");
}
