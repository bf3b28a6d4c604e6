//! What crosses kinds of rule, composed purely, so that scenarios, replays and the product run the same.

pub mod care;
pub mod closing;
pub mod ownership;
pub mod replay;
