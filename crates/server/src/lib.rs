//! HTTP pages and API, jobs, command line and configuration of Lunpai.

pub mod api;
pub mod cli;
pub mod configuration;
pub mod handlers;
pub mod language;
pub mod pages;
mod private_file;
pub mod tls;
pub mod web;

#[cfg(any(test, feature = "samples"))]
pub mod gallery;
