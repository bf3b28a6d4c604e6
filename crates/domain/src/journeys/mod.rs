//! What crosses kinds of rule, composed purely: scenarios and product run the same.

pub mod care;
pub mod closing;
pub mod ownership;
pub mod reception;
pub mod replay;
