//! What an error page says.

use crate::language::Key;

/// Something did not work.
#[derive(Debug, Clone)]
pub struct ErrorView {
    /// What kind.
    pub kind: ErrorKind,
    /// What exactly, in the reader's language; may be empty.
    pub detail: String,
    /// Number to name when asking for help; empty if there is none.
    pub reference: String,
}

/// Kinds of error a browser can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 403: the role does not allow it.
    Forbidden,
    /// 404: there is nothing here.
    NotFound,
    /// 409: somebody else was faster.
    Conflict,
    /// 422: the form cannot be understood.
    Unprocessable,
    /// 500: our mistake.
    Internal,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Forbidden, Self::NotFound, Self::Conflict, Self::Unprocessable, Self::Internal];

    /// The status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Unprocessable => 422,
            Self::Internal => 500,
        }
    }

    /// The heading.
    pub fn key(&self) -> Key {
        match self {
            Self::Forbidden => Key("error-forbidden"),
            Self::NotFound => Key("error-not-found"),
            Self::Conflict => Key("error-conflict"),
            Self::Unprocessable => Key("error-unprocessable"),
            Self::Internal => Key("error-internal"),
        }
    }

    /// What to do.
    pub fn hint(&self) -> Key {
        match self {
            Self::Forbidden => Key("error-forbidden-hint"),
            Self::NotFound => Key("error-not-found-hint"),
            Self::Conflict => Key("error-conflict-hint"),
            Self::Unprocessable => Key("error-unprocessable-hint"),
            Self::Internal => Key("error-internal-hint"),
        }
    }
}
