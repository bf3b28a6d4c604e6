//! What the API of rulebooks says and hears.

use std::collections::{BTreeMap, BTreeSet};

use app::rulebooks;
use chrono::{DateTime, Utc};
use rulebook::Severity;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A rulebook that comes with the program.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preset {
    pub slug: String,
    pub title_zh: String,
    pub title_en: String,
    /// The regulation that it states.
    pub regulation: Option<String>,
    pub clause_count: usize,
    /// The settings that it leaves undecided.
    pub undecided: Vec<String>,
}

/// A version of a site's rulebook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    pub id: Uuid,
    pub site: Uuid,
    pub slug: String,
    /// Which version of it, from 1.
    pub number: i64,
    pub title_zh: String,
    pub title_en: String,
    pub created_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTime<Utc>>,
    /// From when on it rules; nothing while it is a draft.
    pub effective_at: Option<DateTime<Utc>>,
    /// From when on it rules no more; its own beginning where it was withdrawn.
    pub retired_at: Option<DateTime<Utc>>,
    /// Whether it rules now.
    pub active: bool,
    /// The preset it goes back to.
    pub preset: Option<String>,
    /// How often it was written, from 1; whoever changes it says which one they saw.
    pub revision: i64,
    pub changed_by: Option<Uuid>,
    pub changed_at: Option<DateTime<Utc>>,
    pub submitted_by: Option<Uuid>,
    /// When it was handed in for approval.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl From<rulebooks::Version> for Version {
    fn from(version: rulebooks::Version) -> Self {
        Self {
            id: version.id,
            site: version.site.0,
            slug: version.slug,
            number: version.number,
            title_zh: version.title.zh,
            title_en: version.title.en,
            created_by: version.created_by.map(|person| person.0),
            created_at: version.created_at,
            approved_by: version.approved_by.map(|person| person.0),
            approved_at: version.approved_at,
            effective_at: version.effective_at,
            retired_at: version.retired_at,
            active: version.active,
            preset: version.preset,
            revision: version.revision,
            changed_by: version.changed_by.map(|person| person.0),
            changed_at: version.changed_at,
            submitted_by: version.submitted_by.map(|person| person.0),
            submitted_at: version.submitted_at,
        }
    }
}

/// What is wrong with a rulebook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// `error`, `undecided` or `warning`.
    pub severity: &'static str,
    pub rulebook: String,
    /// From 1; 0 where there is none.
    pub line: usize,
    /// What is wrong, in English.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
    /// What to do, in English.
    pub hint: String,
    /// The same in Chinese.
    pub hint_zh: String,
}

/// A rulebook, checked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    /// Whether it can be submitted as a draft.
    pub readable: bool,
    /// Whether it can be activated.
    pub activatable: bool,
    pub problems: Vec<Fault>,
}

impl From<&rulebook::Problem> for Fault {
    fn from(problem: &rulebook::Problem) -> Self {
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Undecided => "undecided",
                Severity::Warning => "warning",
            },
            rulebook: problem.place.rulebook.clone(),
            line: problem.place.line,
            message: problem.message.en.clone(),
            message_zh: problem.message.zh.clone(),
            hint: problem.hint.en.clone(),
            hint_zh: problem.hint.zh.clone(),
        }
    }
}

impl From<&rulebooks::Checked> for Checked {
    fn from(checked: &rulebooks::Checked) -> Self {
        Self {
            readable: checked.problems.is_readable(),
            activatable: checked.problems.is_activatable(),
            problems: checked.problems.0.iter().map(Fault::from).collect(),
        }
    }
}

/// A version with its document, and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whole {
    pub version: Version,
    /// The document, TOML.
    pub text: String,
    pub checked: Checked,
}

/// A rulebook to be submitted or checked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Small letters, digits and hyphens.
    pub slug: String,
    /// The document, TOML; nothing copies the preset `slug`.
    pub text: Option<String>,
}

/// From when on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    /// From when on it rules; else from now.
    pub effective_at: Option<DateTime<Utc>>,
    /// The changed settings whose new terms what was granted gets; under all others it keeps its own.
    #[serde(default)]
    pub convert: BTreeSet<String>,
}

/// A change of a draft: its whole text, or settings, or a scenario file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOf {
    /// The revision that its author saw.
    pub revision: i64,
    /// The document, TOML.
    pub text: Option<String>,
    /// Settings by path, as typed: words or names; an empty text takes a setting out.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// A scenario file.
    pub scenario: Option<ScenarioFile>,
}

/// A file of scenarios.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// Its name, ending in `.feature`.
    pub file: String,
    /// Gherkin; nothing takes the file out.
    pub text: Option<String>,
}

/// Which revision is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    pub revision: i64,
}

/// Which scenarios are run under which rulebook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// The version.
    pub version: Uuid,
    /// Gherkin to be tried; else the version's own scenarios are run.
    pub text: Option<String>,
}

/// What came of running scenarios.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tried {
    pub passed_count: usize,
    pub failed_count: usize,
    /// What cannot be read.
    pub problems: Vec<Fault>,
    pub ran: Vec<Ran>,
}

/// What came of one scenario.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ran {
    pub file: String,
    pub scenario: String,
    pub line: usize,
    pub clauses: Vec<String>,
    /// The step that failed; nothing: it passed.
    pub failed_step: Option<String>,
    pub failed_line: Option<usize>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// What a version is compared with.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Compared {
    /// The version before.
    pub before: Uuid,
}

/// A setting that differs; nothing stands for not written.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingDifference {
    pub setting: String,
    pub name_zh: String,
    pub name_en: String,
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
    pub clauses: Vec<String>,
}

/// A clause that differs; nothing stands for no such clause.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseDifference {
    pub clause: String,
    pub before_zh: Option<String>,
    pub before_en: Option<String>,
    pub after_zh: Option<String>,
    pub after_en: Option<String>,
}

/// Everything that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Difference {
    pub settings: Vec<SettingDifference>,
    pub clauses: Vec<ClauseDifference>,
}

/// Numbers of clients by what becomes of the right to them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rights {
    pub lapse_count: u32,
    pub shortened_count: u32,
    pub extended_count: u32,
}

impl From<rulebooks::Rights> for Rights {
    fn from(rights: rulebooks::Rights) -> Self {
        let rulebooks::Rights { lapse_count, shortened_count, extended_count } = rights;
        Self { lapse_count, shortened_count, extended_count }
    }
}

/// What a version would do to what lives now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Affected {
    /// Changed settings that touch what lives.
    pub settings: Vec<String>,
    /// Those of them that may stand in `convert`.
    pub convertible: Vec<String>,
    pub client_count: u32,
    pub kept: Rights,
    pub converted: Rights,
    pub make_up_count: u32,
    pub suspension_count: u32,
}
