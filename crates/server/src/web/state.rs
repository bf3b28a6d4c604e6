//! What every handler has at hand.

use std::sync::Arc;

use app::{App, TenantId};

use crate::pages::sign_in::view::DemoSignIn;

/// What every handler has at hand. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Server {
    /// The use cases.
    pub app: App,
    /// The company whose pages these are.
    pub tenant: TenantId,
    /// Sign-ins shown to be tried; empty outside the demo.
    pub demo: Arc<Vec<DemoSignIn>>,
    /// Whether browsers must come by TLS, so that cookies may insist on it.
    pub secure: bool,
}
