//! Signing in, and the change of the first password.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{PasswordView, SignInView};

/// `GET /sign-in`
#[derive(Debug, Template)]
#[template(path = "sign_in/page.html")]
pub struct SignInPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: SignInView,
}

/// `GET /password`
#[derive(Debug, Template)]
#[template(path = "sign_in/password.html")]
pub struct PasswordPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: PasswordView,
}
