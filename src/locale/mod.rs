//! The words shown to people. Messages live in Fluent files, one pair per room
//! (`zh/ROOM.ftl`, `en/ROOM.ftl`); a test demands the same keys in both languages.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 简体中文
    Zh,
    /// English
    En,
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Words {
    /// 简体中文
    pub zh: String,
    /// English
    pub en: String,
}

/// The message files, (room, Chinese, English).
const FILES: &[(&str, &str, &str)] = &[
    (
        "app",
        include_str!("zh/app.ftl"),
        include_str!("en/app.ftl"),
    ),
    (
        "reading",
        include_str!("zh/reading.ftl"),
        include_str!("en/reading.ftl"),
    ),
    (
        "body",
        include_str!("zh/body.ftl"),
        include_str!("en/body.ftl"),
    ),
    (
        "staff",
        include_str!("zh/staff.ftl"),
        include_str!("en/staff.ftl"),
    ),
    (
        "certificate",
        include_str!("zh/certificate.ftl"),
        include_str!("en/certificate.ftl"),
    ),
    (
        "credential",
        include_str!("zh/credential.ftl"),
        include_str!("en/credential.ftl"),
    ),
    (
        "cli",
        include_str!("zh/cli.ftl"),
        include_str!("en/cli.ftl"),
    ),
    (
        "demo",
        include_str!("zh/demo.ftl"),
        include_str!("en/demo.ftl"),
    ),
    (
        "province",
        include_str!("zh/province.ftl"),
        include_str!("en/province.ftl"),
    ),
    (
        "general",
        include_str!("zh/general.ftl"),
        include_str!("en/general.ftl"),
    ),
    (
        "domain",
        include_str!("zh/domain.ftl"),
        include_str!("en/domain.ftl"),
    ),
    (
        "route",
        include_str!("zh/route.ftl"),
        include_str!("en/route.ftl"),
    ),
    (
        "session",
        include_str!("zh/session.ftl"),
        include_str!("en/session.ftl"),
    ),
    (
        "recognition",
        include_str!("zh/recognition.ftl"),
        include_str!("en/recognition.ftl"),
    ),
    (
        "sheet",
        include_str!("zh/sheet.ftl"),
        include_str!("en/sheet.ftl"),
    ),
    (
        "list",
        include_str!("zh/list.ftl"),
        include_str!("en/list.ftl"),
    ),
    (
        "catalogue",
        include_str!("zh/catalogue.ftl"),
        include_str!("en/catalogue.ftl"),
    ),
    (
        "vault",
        include_str!("zh/vault.ftl"),
        include_str!("en/vault.ftl"),
    ),
    (
        "store",
        include_str!("zh/store.ftl"),
        include_str!("en/store.ftl"),
    ),
    (
        "paper",
        include_str!("zh/paper.ftl"),
        include_str!("en/paper.ftl"),
    ),
    (
        "verify",
        include_str!("zh/verify.ftl"),
        include_str!("en/verify.ftl"),
    ),
    (
        "http",
        include_str!("zh/http.ftl"),
        include_str!("en/http.ftl"),
    ),
    (
        "public",
        include_str!("zh/public.ftl"),
        include_str!("en/public.ftl"),
    ),
    (
        "web",
        include_str!("zh/web.ftl"),
        include_str!("en/web.ftl"),
    ),
    (
        "verify_page",
        include_str!("zh/verify_page.ftl"),
        include_str!("en/verify_page.ftl"),
    ),
    (
        "eligibility",
        include_str!("zh/eligibility.ftl"),
        include_str!("en/eligibility.ftl"),
    ),
];

static ZH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::Zh));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::En));

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let id: unic_langid::LanguageIdentifier = match language {
        Language::Zh => "zh-Hans".parse().unwrap_or_default(),
        Language::En => "en".parse().unwrap_or_default(),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    for (_, zh, en) in FILES {
        let text = if language == Language::Zh { zh } else { en };
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(r, _)| r);
        // Errors here are duplicate keys or syntax; the test below fails on either.
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// The message `key` in one language, its variables filled. An unknown key shows itself.
pub fn text(language: Language, key: &str, args: &[(&str, String)]) -> String {
    let bundle = if language == Language::Zh { &*ZH } else { &*EN };
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
        return key.to_owned();
    };
    bundle
        .format_pattern(pattern, Some(&arguments(args)), &mut Vec::new())
        .into_owned()
}

fn arguments<'a>(args: &'a [(&'a str, String)]) -> FluentArgs<'a> {
    let mut filled = FluentArgs::new();
    for (name, value) in args {
        filled.set(*name, value.as_str());
    }
    filled
}

/// The message `key` in both languages.
pub fn words(key: &str, args: &[(&str, String)]) -> Words {
    Words {
        zh: text(Language::Zh, key, args),
        en: text(Language::En, key, args),
    }
}

/// Why a rule refuses, in both languages: what is wrong, which rule says so, what would be needed.
pub fn refusal(code: &str, args: &[(&str, String)]) -> Words {
    let key = format!("reject-{code}");
    let whole = |language| {
        let said = text(language, &key, args);
        let part = |name| attribute(language, &key, name, args);
        match (part("rule"), part("need")) {
            (Some(rule), Some(need)) => {
                let parts = [("said", said), ("rule", rule), ("need", need)];
                text(language, "refusal", &parts)
            }
            _ => said,
        }
    };
    Words {
        zh: whole(Language::Zh),
        en: whole(Language::En),
    }
}

/// The attribute `name` of a message, its variables filled; `None` if there is none.
pub fn attribute(
    language: Language,
    key: &str,
    name: &str,
    args: &[(&str, String)],
) -> Option<String> {
    let bundle = if language == Language::Zh { &*ZH } else { &*EN };
    let attribute = bundle.get_message(key)?.get_attribute(name)?;
    let filled = bundle.format_pattern(attribute.value(), Some(&arguments(args)), &mut Vec::new());
    Some(filled.into_owned())
}

/// Every message of a room whose key begins so, with its key, for those who fill it elsewhere: a
/// variable stands as `{$name}`.
pub fn patterns(room: &str, prefix: &str) -> Vec<(&'static str, Words)> {
    let files = FILES.iter().filter(|(name, ..)| *name == room);
    files
        .flat_map(|(_, zh, _)| keys(zh))
        .filter(|key| key.starts_with(prefix))
        .map(|key| (key, words(key, &[])))
        .collect()
}

/// The message keys of a file; every message starts in the first column.
fn keys(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .collect()
}

/// Whether `key` has words.
pub fn knows(key: &str) -> bool {
    ZH.has_message(key) && EN.has_message(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_keeps_its_variables() {
        let found = patterns("verify", "verify-dates-");
        let (key, words) = found.first().unwrap();
        assert_eq!((*key, found.len()), ("verify-dates-future", 2));
        assert_eq!(words.zh, "发证日期 {$issued} 尚未到来");
    }

    #[test]
    fn every_message_stands_in_both_languages_once() {
        let mut seen = BTreeSet::new();
        for (room, zh, en) in FILES {
            for text in [zh, en] {
                let parsed = FluentResource::try_new((*text).to_owned());
                assert!(parsed.is_ok(), "{room}: {:?}", parsed.err().map(|(_, e)| e));
            }
            assert_eq!(
                keys(zh),
                keys(en),
                "{room}: keys differ between the languages"
            );
            for key in keys(zh) {
                assert!(seen.insert(key), "{room}: {key} stands twice");
            }
        }
    }
}
