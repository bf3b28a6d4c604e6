//! The API, asked without a network.

mod bad_requests;
mod document;
mod gallery;
mod morning;
