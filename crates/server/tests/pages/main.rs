//! The pages through the router: what a browser sends, what comes of it.

mod client_book;
mod clients;
mod desk;
mod floor;
mod gallery;
mod halls;
mod import;
mod me;
mod register;
mod replay;
mod rulebooks;
mod visits;
