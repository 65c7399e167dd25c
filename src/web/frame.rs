//! What every page has around it: language, authority, assets.

use super::assets::{ICON, SCRIPT, STYLE};
use crate::domain::name::Name;
use crate::http::Served;
use crate::locale::{self, Language, Words};
use serde::Deserialize;

/// `?lang=en`; anything else is Chinese.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    lang: String,
}

impl Asking {
    /// The language asked for.
    pub(super) fn language(&self) -> Language {
        match self.lang.as_str() {
            "en" => Language::En,
            _ => Language::Zh,
        }
    }
}

/// The frame of a page.
pub(super) struct Frame {
    /// The language of the page.
    pub(super) language: Language,
    /// Who keeps the ledger.
    pub(super) authority: Option<String>,
    /// Where the page is, for the link to the other language.
    path: &'static str,
}

impl Frame {
    /// The frame in a language, with the name of this ledger's authority.
    pub(super) async fn of(served: &Served, language: Language) -> Self {
        let name = served.ledger.authority_name().await.ok().flatten();
        Self {
            language,
            authority: name.map(|name| in_language(&name, language).to_owned()),
            path: "/",
        }
    }
    /// The frame without a ledger.
    pub(super) fn bare(language: Language) -> Self {
        Self {
            language,
            authority: None,
            path: "/",
        }
    }
    /// The same frame around the page at another path.
    pub(super) fn on(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    pub(super) fn t(&self, key: &str) -> String {
        locale::text(self.language, key, &[])
    }
    pub(super) fn fill(&self, key: &str, args: &[(&str, String)]) -> String {
        locale::text(self.language, key, args)
    }
    pub(super) fn lang_tag(&self) -> &'static str {
        match self.language {
            Language::Zh => "zh-Hans",
            Language::En => "en",
        }
    }
    pub(super) fn other_lang_tag(&self) -> &'static str {
        match self.language {
            Language::Zh => "en",
            Language::En => "zh-Hans",
        }
    }
    pub(super) fn other_language_href(&self) -> String {
        match self.language {
            Language::Zh => format!("{}?lang=en", self.path),
            Language::En => self.path.to_owned(),
        }
    }
    /// The page itself, in its language.
    pub(super) fn here(&self) -> String {
        match self.language {
            Language::Zh => self.path.to_owned(),
            Language::En => format!("{}?lang=en", self.path),
        }
    }
    pub(super) fn log(&self) -> &'static str {
        match self.language {
            Language::Zh => "/log",
            Language::En => "/log?lang=en",
        }
    }
    pub(super) fn in_browser(&self) -> &'static str {
        match self.language {
            Language::Zh => "/verify",
            Language::En => "/verify?lang=en",
        }
    }
    pub(super) fn list(&self) -> &'static str {
        match self.language {
            Language::Zh => "/verify/list",
            Language::En => "/verify/list?lang=en",
        }
    }
    pub(super) fn list_template(&self) -> &'static str {
        match self.language {
            Language::Zh => "/verify/list/template.xlsx",
            Language::En => "/verify/list/template.xlsx?lang=en",
        }
    }
    /// Words in the page's language.
    pub(super) fn choose(&self, words: Words) -> String {
        match self.language {
            Language::Zh => words.zh,
            Language::En => words.en,
        }
    }
    pub(super) fn home(&self) -> &'static str {
        match self.language {
            Language::Zh => "/",
            Language::En => "/?lang=en",
        }
    }
    /// Where a form sends to, in the page's language, answered at the verdict.
    pub(super) fn action(&self, path: &str) -> String {
        match self.language {
            Language::Zh => format!("{path}#result"),
            Language::En => format!("{path}?lang=en#result"),
        }
    }
    /// What a form takes for verification: every coat, and what carries one.
    pub(super) fn accepted(&self) -> &'static str {
        ".json,.sd-jwt,.txt,.pdf,.png,.svg,.jpg,.jpeg,application/json,application/vc,\
         application/dc+sd-jwt,application/pdf,image/png,image/svg+xml,image/jpeg"
    }
    pub(super) fn style(&self) -> String {
        STYLE.path()
    }
    pub(super) fn script(&self) -> String {
        SCRIPT.path()
    }
    pub(super) fn icon(&self) -> String {
        ICON.path()
    }
}

/// A name in the page's language, Chinese where there is no English.
pub(super) fn in_language(name: &Name, language: Language) -> &str {
    match language {
        Language::Zh => &name.zh,
        Language::En => name.en.as_deref().unwrap_or(&name.zh),
    }
}
