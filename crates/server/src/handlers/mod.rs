//! What happens when a page is asked for or a form is sent: from the wire, call, to the wire.

pub mod answer;
pub mod arrival;
pub mod clients;
pub mod decision;
pub mod floor;
pub mod import;
pub mod me;
pub mod people;
pub mod profile;
pub mod replay;
pub mod rotation;
pub mod rulebooks;
pub mod sign_in;
pub mod start;
pub mod visits;
