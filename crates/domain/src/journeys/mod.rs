//! What crosses kinds of rule, composed purely: scenarios and product run the same.

pub mod care;
