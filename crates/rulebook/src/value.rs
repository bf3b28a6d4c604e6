//! Values as a document writes them, and the Rust types that settings read them into.

use std::fmt;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::schema::Shape;

/// A value of a setting, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A word, a time or a text.
    Text(String),
    /// A list.
    List(Vec<Value>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                f.write_str("]")
            }
        }
    }
}

impl Value {
    /// The text inside, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A type that a setting can hold.
pub trait Read: Sized + Clone + fmt::Debug + PartialEq {
    /// What may be written.
    fn shape() -> Shape;
    /// Reads `value`; the error says what was expected.
    fn read(value: &Value) -> Result<Self, String>;
    /// Writes it back.
    fn write(&self) -> Value;
}

impl Read for bool {
    fn shape() -> Shape {
        Shape::Flag
    }
    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Flag(flag) => Ok(*flag),
            _ => Err("true or false".into()),
        }
    }
    fn write(&self) -> Value {
        Value::Flag(*self)
    }
}

impl Read for u32 {
    fn shape() -> Shape {
        Shape::Whole { least: 0, most: 1_000_000 }
    }
    fn read(value: &Value) -> Result<Self, String> {
        let expected = "a whole number from 0 to 1000000";
        match value {
            Value::Number(number) if *number <= 1_000_000 => {
                Self::try_from(*number).map_err(|_| expected.into())
            }
            _ => Err(expected.into()),
        }
    }
    fn write(&self) -> Value {
        Value::Number(i64::from(*self))
    }
}

impl Read for NaiveTime {
    fn shape() -> Shape {
        Shape::Clock
    }
    fn read(value: &Value) -> Result<Self, String> {
        let expected = || "a time of day such as \"17:30\"".to_owned();
        let text = value.as_text().ok_or_else(expected)?;
        Self::parse_from_str(text, "%H:%M").map_err(|_| expected())
    }
    fn write(&self) -> Value {
        Value::Text(self.format("%H:%M").to_string())
    }
}

impl Read for String {
    fn shape() -> Shape {
        Shape::Text
    }
    fn read(value: &Value) -> Result<Self, String> {
        value.as_text().map(str::to_owned).ok_or_else(|| "a text in quotes".into())
    }
    fn write(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl<T: Read> Read for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::List(items) => items.iter().map(T::read).collect(),
            _ => Err(format!("a list in square brackets of {}", T::shape())),
        }
    }
    fn write(&self) -> Value {
        Value::List(self.iter().map(T::write).collect())
    }
}

/// Declares an enumeration whose members a rulebook names by a word.
///
/// Each member gives its word, its Chinese and its English name.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $member:ident = $word:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = concat!($zh, " / ", $en)] $(#[$doc])* #[serde(rename = $word)] $member,)+ }

        impl $name {
            /// Every member, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];
            /// The word a rulebook uses.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }
            /// The member that a rulebook's word means.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$member),)+ _ => None }
            }
            /// The member that a Chinese or English name, or the word itself, means.
            #[must_use]
            pub fn of_name(name: &str) -> Option<Self> {
                Self::of_word(name).or_else(|| match name { $($zh => Some(Self::$member),)+ _ => None })
                    .or_else(|| match name { $($en => Some(Self::$member),)+ _ => None })
            }
            /// Its name in Chinese.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$member => $zh),+ }
            }
            /// Its name in English.
            #[must_use]
            pub const fn en(self) -> &'static str {
                match self { $(Self::$member => $en),+ }
            }
        }

        impl $crate::value::Read for $name {
            fn shape() -> $crate::Shape {
                $crate::Shape::Choice(vec![$($crate::schema::Choice { word: $word, zh: $zh, en: $en }),+])
            }
            fn read(value: &$crate::Value) -> Result<Self, String> {
                value.as_text().and_then(Self::of_word).ok_or_else(|| <Self as $crate::value::Read>::shape().to_string())
            }
            fn write(&self) -> $crate::Value {
                $crate::Value::Text(self.word().to_owned())
            }
        }
    };
}
