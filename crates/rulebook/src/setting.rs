//! Settings: typed values of a rulebook that remember their place and the clauses they carry.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    clause::ClauseId,
    document::Document,
    problem::Problems,
    schema::{Declared, Schema},
    value::{Read, Value},
};

/// Whether a setting is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State<T> {
    /// Nobody has decided.
    Unset,
    /// Decided: no limit.
    NoLimit,
    /// Decided.
    Is(T),
}

/// A decision needed this setting, and nobody has set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undecided {
    /// The path of the setting.
    pub setting: String,
}

/// One setting of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// Its path.
    pub path: Arc<str>,
    /// Its value.
    pub state: State<T>,
    /// The clauses it carries.
    pub clauses: Vec<ClauseId>,
}

impl<T: Read> Setting<T> {
    /// The value; an error where nobody has decided. No limit counts as undecided here.
    pub fn decided(&self) -> Result<&T, Undecided> {
        match &self.state {
            State::Is(value) => Ok(value),
            State::Unset | State::NoLimit => Err(Undecided { setting: self.path.to_string() }),
        }
    }

    /// The limit, nothing where it was decided that there is none; an error where nobody has.
    pub fn limit(&self) -> Result<Option<&T>, Undecided> {
        match &self.state {
            State::Is(value) => Ok(Some(value)),
            State::NoLimit => Ok(None),
            State::Unset => Err(Undecided { setting: self.path.to_string() }),
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match &self.state {
            State::Is(value) => Some(value),
            State::Unset | State::NoLimit => None,
        }
    }

    /// Whether nobody has decided.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.state == State::Unset
    }

    /// The value as a document writes it.
    #[must_use]
    pub fn written(&self) -> Value {
        match &self.state {
            State::Is(value) => value.write(),
            State::NoLimit => Value::Text("none".into()),
            State::Unset => Value::Text("unset".into()),
        }
    }

    /// Reads the setting at `path`; what is wrong goes to `problems`, and the setting is unset.
    pub fn read(
        document: &Document,
        path: String,
        default: Option<T>,
        may_be_none: bool,
        problems: &mut Problems,
    ) -> Self {
        let clauses = document.clauses_carried_by(&path);
        let state = match document.setting(&path) {
            None => default.map_or(State::Unset, State::Is),
            Some(written) => match &written.value {
                Value::Text(word) if word == "unset" => State::Unset,
                Value::Text(word) if word == "none" && may_be_none => State::NoLimit,
                value => match T::read(value) {
                    Ok(value) => State::Is(value),
                    Err(expected) => {
                        let [none_zh, none] =
                            if may_be_none { ["、\"none\"", ", \"none\""] } else { [""; 2] };
                        let shape = T::shape().zh();
                        problems.error(
                            written.place(),
                            [
                                format!("`{path} = {value}` 不可用"),
                                format!("`{path} = {value}` is not allowed"),
                            ],
                            [
                                format!("请写{shape}{none_zh}或 \"unset\""),
                                format!("write {expected}{none} or \"unset\""),
                            ],
                        );
                        State::Unset
                    }
                },
            },
        };
        Self { path: path.into(), state, clauses }
    }

    /// Declares the setting.
    pub fn declare(
        schema: &mut Schema,
        path: String,
        default: Option<T>,
        may_be_none: bool,
        [zh, en]: [&'static str; 2],
    ) {
        let default = default.as_ref().map(T::write);
        schema.declare(Declared { path, shape: T::shape(), zh, en, default, may_be_none });
    }
}

/// Declares a table of settings: its struct, its reading and its entries in the schema.
///
/// `name: Type = unset` has no default, `= value` has one; `name: Type? ..` may be `"none"`.
#[macro_export]
macro_rules! settings {
    (@default unset) => { None };
    (@default $value:expr) => { Some($value) };
    (@none) => { false };
    (@none ?) => { true };
    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $type:ty $(| $none:ident)? = $default:tt, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $(#[doc = concat!($zh, " / ", $en)] pub $field: $crate::Setting<$type>,)+ }

        impl $name {
            /// Reads the table at `prefix`.
            pub fn read(document: &$crate::Document, prefix: &str, problems: &mut $crate::Problems) -> Self {
                Self { $($field: $crate::Setting::read(
                    document,
                    format!("{prefix}.{}", stringify!($field)),
                    $crate::settings!(@default $default),
                    $crate::settings!(@limit $($none)?),
                    problems,
                ),)+ }
            }
            /// Declares the settings of the table at `prefix`.
            pub fn declare(schema: &mut $crate::Schema, prefix: &str) {
                $($crate::Setting::<$type>::declare(
                    schema,
                    format!("{prefix}.{}", stringify!($field)),
                    $crate::settings!(@default $default),
                    $crate::settings!(@limit $($none)?),
                    [$zh, $en],
                );)+
            }
            /// The paths of its settings that nobody has decided.
            #[must_use]
            pub fn unset(&self) -> Vec<&str> {
                let mut unset = Vec::new();
                $(if self.$field.is_unset() { unset.push(&*self.$field.path); })+
                unset
            }
        }
    };
    (@limit) => { false };
    (@limit none) => { true };
}
