//! The scenarios of a rulebook: kept with a version, written, and run when somebody asks for them.

use domain::scenario::{Feature, Ran, StepDefinition, all_steps, run_feature};
use rulebook::{Document, Problems};
use store::{Tx, rulebooks, rulebooks::Rulebook};
use uuid::Uuid;

use super::approval::reached;
use crate::{App, AppError, Caller, roles::Permission};

/// The longest scenario file, in bytes.
const FILE_MAX: usize = 200_000;

/// The most scenario files of a version.
const FILES_MAX: usize = 60;

/// What came of running scenarios that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What cannot be read, with its line.
    pub problems: Problems,
    /// Each scenario with what came of it.
    pub ran: Vec<Ran>,
}

/// Runs the scenarios of the preset `slug` under `document`.
pub async fn run_scenarios(
    app: &App,
    caller: &Caller,
    slug: &str,
    document: &Document,
) -> Result<Vec<Ran>, AppError> {
    let files = app.presets.scenarios(slug).to_vec();
    Ok(try_scenarios(caller, files, document).await?.ran)
}

/// Runs `files`, pairs of name and text, under `document`; nothing is kept.
///
/// They take a processor for a moment, so they run beside the tasks that answer browsers.
pub async fn try_scenarios(
    caller: &Caller,
    files: Vec<(String, String)>,
    document: &Document,
) -> Result<Tried, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    for (_, text) in &files {
        check_length(text)?;
    }
    let document = document.clone();
    let run = move || {
        let mut problems = Problems::default();
        let parsed: Vec<Feature> = files
            .iter()
            .filter_map(|(file, text)| Feature::parse(file, text, &mut problems))
            .collect();
        let ran = parsed.iter().flat_map(|feature| run_feature(&document, feature)).collect();
        Tried { problems, ran }
    };
    tokio::task::spawn_blocking(run)
        .await
        .map_err(|error| AppError::Unusable { what: "scenarios", why: error.to_string() })
}

/// The scenario files of the version `id`: pairs of name and text.
pub async fn scenario_files(
    app: &App,
    caller: &Caller,
    id: Uuid,
) -> Result<Vec<(String, String)>, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let mut tx = app.db.read().await?;
    let row = reached(&mut tx, caller, id).await?;
    files_of(app, &mut tx, &row).await
}

/// The scenario files of a version; those of its preset where it was made before versions kept their own.
pub(super) async fn files_of(
    app: &App,
    tx: &mut Tx,
    row: &Rulebook,
) -> Result<Vec<(String, String)>, AppError> {
    let own = rulebooks::scenarios(tx, row.tenant, row.id).await?;
    if own.is_empty() && row.preset.is_none() {
        return Ok(app.presets.scenarios(&row.slug).to_vec());
    }
    Ok(own)
}

/// The `most` sentences most like `text`, each with an example; all in their order where nothing is asked.
#[must_use]
pub fn steps_like(text: &str, most: usize) -> Vec<&'static StepDefinition> {
    let mut all = all_steps();
    let wanted: String = text.trim().chars().take(80).collect();
    if !wanted.is_empty() {
        let near = |example: &str| {
            let within = wanted.split_whitespace().all(|word| example.contains(word));
            let start: String = example.chars().take(wanted.chars().count() + 6).collect();
            (!within, rulebook::schema::distance(&start, &wanted))
        };
        all.sort_by_cached_key(|step| near(step.example_zh).min(near(step.example_en)));
    }
    all.truncate(most);
    all
}

/// Refuses a file that cannot be kept.
pub(super) async fn check_file(
    app: &App,
    tx: &mut Tx,
    row: &Rulebook,
    file: &str,
    text: Option<&str>,
) -> Result<(), AppError> {
    let name = file.strip_suffix(".feature").unwrap_or_default();
    let fits = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    if name.is_empty() || name.chars().count() > 60 || !name.chars().all(fits) {
        return Err(AppError::invalid(
            "file",
            format!("`{file}` cannot be the name of a scenario file"),
            "use letters, figures and hyphens, and end with .feature",
        ));
    }
    let Some(text) = text else { return Ok(()) };
    check_length(text)?;
    let known = files_of(app, tx, row).await?;
    if known.len() >= FILES_MAX && known.iter().all(|(known, _)| known != file) {
        let message = format!("there are {FILES_MAX} scenario files already");
        return Err(AppError::invalid("file", message, "put scenarios together in one file"));
    }
    Ok(())
}

fn check_length(text: &str) -> Result<(), AppError> {
    if text.len() > FILE_MAX {
        return Err(AppError::invalid("text", "the file is too long", "give at most 200 kB"));
    }
    Ok(())
}
