//! The languages people read, and everything that is said or formatted in them.

mod argument;
mod catalogue;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub use argument::Argument;
pub use value::{Fact, Text, Value};
pub use words::{Markup, Words};

/// A language of display. Chinese unless the reader chose otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Language {
    /// Simplified Chinese, the default.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language, the default one first.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The tag used in `<html lang>`, in the cookie and as folder name of the translations.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language of `tag`, as it came from a cookie or a form; `None` if it is not one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// A translation key written in code. The scanner finds every one of them, so a key that is
/// missing in a language, or used nowhere, fails a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub &'static str);

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        self.0
    }
}
