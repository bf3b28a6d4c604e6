//! What happens when a page is asked for or a form is sent: from the wire, call, to the wire.

pub mod decision;
pub mod rotation;
pub mod sign_in;
pub mod start;
