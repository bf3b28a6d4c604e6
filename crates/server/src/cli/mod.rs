//! The command line of `lunpai`.

mod audit;
mod bench;
mod check;
mod import;
mod library;
mod listen;
mod replay;
mod report;
mod rotation;
mod rulebook;
mod scenario;
mod serve;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

pub use library::{Library, embedded};

/// Lunpai 轮排 runs the written regulations of sales galleries and telesales floors.
#[derive(Debug, Parser)]
#[command(name = "lunpai", version, propagate_version = true)]
struct Arguments {
    /// A folder of rulebooks, looked at before the presets that Lunpai brings.
    #[arg(long = "rulebooks", global = true, value_name = "FOLDER")]
    library: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check, test, compare and list rulebooks.
    #[command(subcommand)]
    Rulebook(rulebook::Command),
    /// The sentences that scenarios may use, and scenario files of one's own.
    #[command(subcommand)]
    Scenario(scenario::Command),
    /// Deal a day on paper again, by a rulebook.
    #[command(subcommand)]
    Rotation(rotation::Command),
    /// Decide a site's own history again by another rulebook, and say what differs.
    Replay(replay::Options),
    /// Serve the pages and the API.
    Serve(serve::Options),
    /// Serve a made-up company, to try everything out.
    Demo(serve::Options),
    /// Bring the schema of the database up to date.
    Migrate(serve::Options),
    /// Look whether configuration, database and keys fit together.
    Check(check::CheckOptions),
    /// Verify the journal, and write checkpoints of it.
    #[command(subcommand)]
    Audit(audit::Command),
    /// People, passwords and tokens.
    #[command(subcommand)]
    User(user::Command),
    /// Take files in.
    #[command(subcommand)]
    Import(import::Command),
    /// Print the description of the API, OpenAPI 3.1.
    Openapi,
    /// Measure decisions a second, imports, and looking clients up.
    #[command(subcommand)]
    Bench(bench::Command),
}

/// Why a command failed: what is printed, lower case, with a hint.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);

impl Failed {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// Runs the command line; its exit code is 0 when all is well, 1 when something was found wrong,
/// 2 when the command could not be carried out.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let library = Library::new(arguments.library);
    let done = match arguments.command {
        Command::Rulebook(command) => rulebook::run(&library, command),
        Command::Scenario(command) => scenario::run(&library, command),
        Command::Rotation(command) => rotation::run(&library, command),
        Command::Replay(options) => replay::run(&library, &options),
        Command::Serve(options) => serve::serve(&library, &options),
        Command::Demo(options) => serve::demo(&library, &options),
        Command::Migrate(options) => check::migrate(&library, &options),
        Command::Check(options) => check::check(&library, &options),
        Command::Audit(command) => audit::run(&library, command),
        Command::User(command) => user::run(&library, command),
        Command::Import(command) => import::run(&library, command),
        Command::Openapi => {
            report::line(crate::api::openapi().trim_end());
            Ok(true)
        }
        Command::Bench(command) => bench::run(&library, &command),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failed) => {
            report::error(&failed.to_string());
            ExitCode::from(2)
        }
    }
}
