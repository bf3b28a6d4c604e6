//! The scenarios of a rulebook, run when somebody asks for them.

use domain::scenario::{Feature, Ran, run_feature};
use rulebook::{Document, Problems};

use crate::{App, AppError, Caller, roles::Permission};

/// Runs the scenarios of `slug` under `document`, which may be a site's own version of it.
///
/// They take a processor for a moment, so they run beside the tasks that answer browsers.
pub async fn run_scenarios(
    app: &App,
    caller: &Caller,
    slug: &str,
    document: &Document,
) -> Result<Vec<Ran>, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let (files, document) = (app.presets.scenarios(slug).to_vec(), document.clone());
    let run = move || {
        let parsed =
            |(file, text): &(String, String)| Feature::parse(file, text, &mut Problems::default());
        let features = files.iter().filter_map(parsed);
        features.flat_map(|feature| run_feature(&document, &feature)).collect()
    };
    tokio::task::spawn_blocking(run)
        .await
        .map_err(|error| AppError::Unusable { what: "scenarios", why: error.to_string() })
}
