//! What is shown before somebody is signed in.

use chrono::{DateTime, Utc};

use crate::language::Key;
use crate::pages::frame::{Problem, Tone};

/// The sign-in form.
#[derive(Debug, Clone, Default)]
pub struct SignInView {
    /// Name that was typed.
    pub name: String,
    /// Where to go afterwards, a path of ours.
    pub next: String,
    /// What to say above the form.
    pub answer: Option<Answer>,
    /// Sign-ins of the demo, shown to be tried; empty elsewhere.
    pub demo: Vec<DemoSignIn>,
}

/// What to say above the sign-in form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Name or password is wrong; never says which.
    Wrong,
    /// Too many tries; locked until then.
    Locked(DateTime<Utc>),
    /// Signed out.
    SignedOut,
    /// The session ended.
    Ended,
}

impl Answer {
    /// What it says.
    pub fn key(&self) -> Key {
        match self {
            Self::Wrong => Key("sign-in-wrong"),
            Self::Locked(_) => Key("sign-in-locked"),
            Self::SignedOut => Key("sign-in-signed-out"),
            Self::Ended => Key("sign-in-ended"),
        }
    }
}

impl Answer {
    /// How it is meant.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Wrong => Tone::Bad,
            Self::Locked(_) => Tone::Attention,
            Self::SignedOut | Self::Ended => Tone::Plain,
        }
    }

    /// Until when signing in is locked.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Locked(until) => Some(*until),
            _ => None,
        }
    }
}

/// A sign-in of the demo.
#[derive(Debug, Clone)]
pub struct DemoSignIn {
    /// Name for signing in.
    pub name: String,
    /// Password.
    pub password: String,
    /// Role by name.
    pub role: String,
}

/// The change of a password.
#[derive(Debug, Clone)]
pub struct PasswordView {
    /// Whether nothing else can be done before it is changed.
    pub forced: bool,
    /// How many characters at least.
    pub least_count: u32,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
}
