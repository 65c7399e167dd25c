//! The JSON-LD contexts at hand. No other is read, and none is fetched.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A context: where it is published, the SHA-256 of what is published there, and the text.
pub struct Context {
    /// Its address, by which documents name it.
    pub url: &'static str,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: &'static str,
    /// The file.
    pub text: &'static str,
}

/// Every context at hand; `contexts/SOURCE.md` says whose they are.
pub static CONTEXTS: [Context; 5] = [
    Context {
        url: "https://www.w3.org/ns/credentials/v2",
        sha256: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        text: include_str!("contexts/credentials-v2.json"),
    },
    Context {
        url: "https://www.w3.org/ns/credentials/examples/v2",
        sha256: "e6600df812cdc1872f20b42ab0c1cecac39755b7ed381e7f6a88dac7baab54d6",
        text: include_str!("contexts/credentials-examples-v2.json"),
    },
    Context {
        url: "https://w3id.org/security/data-integrity/v2",
        sha256: "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        text: include_str!("contexts/data-integrity-v2.json"),
    },
    Context {
        url: "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        sha256: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
        text: include_str!("contexts/open-badges-3.0.3.json"),
    },
    Context {
        url: "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        sha256: "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
        text: include_str!("contexts/open-badges-extensions.json"),
    },
];

/// The context published at this address.
pub fn at(url: &str) -> Option<&'static Context> {
    CONTEXTS.iter().find(|it| it.url == url)
}

/// What some of the contexts say of their terms, whichever of them.
#[derive(Default)]
pub struct Terms {
    /// Types that bring a context of their own.
    pub scoped: BTreeSet<String>,
    /// Every name that is defined, at whatever depth.
    pub all: BTreeSet<String>,
    /// Members whose values are kept in their order (`@list`) or as JSON (`@json`): their statements
    /// cannot be counted from the document alone.
    pub uncounted: BTreeSet<String>,
    /// Members whose values are graphs of their own (`@graph`), where a value or an address alone says
    /// nothing.
    pub graphs: BTreeSet<String>,
}

/// [`Terms`] of all contexts.
pub fn terms() -> &'static Terms {
    static TERMS: OnceLock<Terms> = OnceLock::new();
    TERMS.get_or_init(|| {
        let mut terms = Terms::default();
        for context in &CONTEXTS {
            let read: Value = serde_json::from_str(context.text).unwrap_or_default();
            gather(&read, &mut terms);
        }
        terms
    })
}

/// As deep as the contexts, which are in the program.
fn gather(value: &Value, terms: &mut Terms) {
    let Some(members) = value.as_object() else {
        return;
    };
    for (name, definition) in members {
        if !name.starts_with('@') {
            terms.all.insert(name.clone());
        }
        if definition.get("@context").is_some_and(Value::is_object) {
            terms.scoped.insert(name.clone());
        }
        let is =
            |member: &str, word: &str| definition.get(member).and_then(Value::as_str) == Some(word);
        if is("@container", "@list") || is("@type", "@json") {
            terms.uncounted.insert(name.clone());
        }
        if is("@container", "@graph") {
            terms.graphs.insert(name.clone());
        }
        gather(definition, terms);
    }
}

/// The terms that the contexts of a document define.
pub struct Defined {
    names: BTreeSet<String>,
    /// Whether every word is a term, under a vocabulary.
    all: bool,
}

impl Defined {
    /// Whether this word is a term.
    pub fn has(&self, word: &str) -> bool {
        let could_be =
            || !word.is_empty() && !word.contains(|c: char| c == ':' || c.is_whitespace());
        self.names.contains(word) || self.all && could_be()
    }
}

/// The terms of a list of contexts, each an address or an object.
pub fn terms_of(listed: &[Value]) -> Defined {
    let mut terms = Terms::default();
    let mut all = false;
    for context in listed {
        let read = match context.as_str().and_then(at) {
            Some(known) => serde_json::from_str(known.text).unwrap_or_default(),
            None => Value::Object(Map::from_iter([("@context".to_owned(), context.clone())])),
        };
        all |= read.pointer("/@context/@vocab").is_some();
        gather(&read, &mut terms);
    }
    Defined {
        names: terms.all,
        all,
    }
}
