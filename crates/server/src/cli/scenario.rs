//! `lunpai scenario`: the sentences that scenarios may use, and files of one's own.

use std::path::{Path, PathBuf};

use domain::scenario::{Feature, all_steps, run_feature};
use rulebook::Problems;

use super::{
    Failed, Library,
    library::read,
    report::{json, line},
};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print every step with an example.
    Steps {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Run feature files under a rulebook.
    Run {
        /// The feature files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The rulebook: a slug or a folder.
        #[arg(long)]
        rulebook: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(library: &Library, command: Command) -> Result<bool, Failed> {
    match command {
        Command::Steps { json: true } => {
            json(&all_steps())?;
            Ok(true)
        }
        Command::Steps { json: false } => {
            for step in all_steps() {
                line(&format!("{}\n    {}\n    {}", step.zh, step.example_zh, step.example_en));
            }
            Ok(true)
        }
        Command::Run { files, rulebook, json } => run_files(library, &files, &rulebook, json),
    }
}

fn run_files(
    library: &Library,
    files: &[PathBuf],
    rulebook: &str,
    as_json: bool,
) -> Result<bool, Failed> {
    let loaded = library.load(rulebook)?;
    let mut problems = Problems::default();
    let mut ran = Vec::new();
    for file in files {
        let feature = feature(file, &mut problems)?;
        ran.extend(feature.iter().flat_map(|f| run_feature(&loaded.composed.document, f)));
    }
    if !problems.0.is_empty() {
        return Err(Failed::new(problems.to_string().trim_end()));
    }
    let failed = ran.iter().filter(|ran| ran.failure.is_some()).count();
    if as_json {
        json(&ran)?;
        return Ok(failed == 0);
    }
    for run in &ran {
        match &run.failure {
            None => line(&format!("passed  {}", run.scenario)),
            Some(failure) => {
                line(&format!("FAILED  {} ({}:{})", run.scenario, run.file, failure.line));
                line(&format!("    {}\n    {}", failure.step, failure.message));
            }
        }
    }
    line(&format!("{} passed, {failed} failed", ran.len() - failed));
    Ok(failed == 0)
}

fn feature(file: &Path, problems: &mut Problems) -> Result<Option<Feature>, Failed> {
    Ok(Feature::parse(&file.display().to_string(), &read(file)?, problems))
}
