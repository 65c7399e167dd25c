//! Names of organisations and things, in Chinese and, where there is one, English.

use serde::{Deserialize, Serialize};

/// A name in Chinese with its English form, if one was supplied. Never machine-made pinyin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// 中文名称
    pub zh: String,
    /// English name
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}
