//! What can go wrong in a use case, by what the caller can do about it.

use chrono::{DateTime, Utc};
use store::StoreError;

use crate::{roles::Permission, rotation::Carried};

/// Why a use case failed. The server maps every kind to a status.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A field cannot be used as it was given.
    #[error("{message}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is wrong with it.
        message: String,
        /// What to do.
        hint: String,
    },
    /// There is no such thing, or not for this caller.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The caller's roles, or the scopes of the token, do not allow it.
    #[error("this needs the permission `{}`", .0.word())]
    NotPermitted(Permission),
    /// It does not fit what is there now.
    #[error("{message}")]
    Conflict {
        /// What does not fit.
        message: String,
        /// What to do.
        hint: String,
    },
    /// The rulebook says no; the decision has the reasons.
    #[error("the rulebook refuses this")]
    Refused(Box<Carried>),
    /// Nobody is signed in, or login and password do not fit.
    #[error("not signed in")]
    Unauthenticated,
    /// Too many wrong passwords.
    #[error("this sign-in is locked")]
    Locked {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// The first password must be changed before anything else.
    #[error("the first password must be changed")]
    PasswordMustChange,
    /// Another transaction was faster with the same command; the journal has its answer.
    #[error("the command was carried out meanwhile")]
    CommandKnown,
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// Something stored cannot be read, or made cannot be written.
    #[error("unusable {what}: {why}")]
    Unusable {
        /// What it is; never the value.
        what: &'static str,
        /// Why.
        why: String,
    },
}

impl AppError {
    /// A field that cannot be used.
    pub(crate) fn invalid(
        field: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Invalid { field, message: message.into(), hint: hint.into() }
    }

    /// The id of a command was used for another command before.
    pub(crate) fn other_command(id: crate::CommandId) -> Self {
        Self::conflict(
            format!("the command id `{id}` belongs to another command"),
            "give every command an id of its own",
        )
    }

    /// Something that does not fit what is there.
    pub(crate) fn conflict(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Conflict { message: message.into(), hint: hint.into() }
    }

    /// Something stored that cannot be read.
    pub(crate) fn unusable(what: &'static str) -> impl FnOnce(serde_json::Error) -> Self {
        move |error| Self::Unusable { what, why: error.to_string() }
    }

    /// What to do about it, if anything can be said.
    #[must_use]
    pub fn hint(&self) -> &str {
        match self {
            Self::Invalid { hint, .. } | Self::Conflict { hint, .. } => hint,
            Self::NotPermitted(_) => "ask a supervisor or the administrator",
            Self::Unauthenticated => "sign in",
            Self::Locked { .. } => "wait, or ask the administrator for a new password",
            Self::PasswordMustChange => "choose a password of your own",
            _ => "",
        }
    }

    /// Whether the same transaction may well succeed if it is begun again.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) => error.is_transient(),
            // Asked again, the journal answers.
            Self::CommandKnown => true,
            _ => false,
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(what) => Self::NotFound(what),
            StoreError::Duplicate("command") => Self::CommandKnown,
            StoreError::Duplicate(what) => {
                Self::conflict(format!("this {what} exists already"), "choose another one")
            }
            StoreError::Conflict(what) => {
                Self::conflict(format!("the {what} was changed meanwhile"), "load it again")
            }
            StoreError::Erased => Self::conflict("the client's data was erased", "register anew"),
            other => Self::Store(other),
        }
    }
}
