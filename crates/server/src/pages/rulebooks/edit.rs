//! What people see while they write a rulebook, try it, compare it and put it into effect.

use chrono::{DateTime, Utc};

use super::view::{ScenarioRow, Standing};
use crate::language::{Key, Text};
use crate::pages::frame::Problem;

/// The pages of a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Its clauses, to be read.
    Read,
    /// Its settings, as forms.
    Settings,
    /// Its clauses, as forms.
    Clauses,
    /// The whole text.
    Text,
    /// Its scenarios, written and run.
    Scenarios,
    /// What differs from another version.
    Difference,
    /// Handing in, approving, activating.
    Activation,
}

impl Tab {
    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::Read => Key("rulebook-tab-read"),
            Self::Settings => Key("rulebook-tab-settings"),
            Self::Clauses => Key("rulebook-tab-clauses"),
            Self::Text => Key("rulebook-tab-text"),
            Self::Scenarios => Key("rulebook-tab-scenarios"),
            Self::Difference => Key("rulebook-tab-difference"),
            Self::Activation => Key("rulebook-tab-activation"),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Read => "",
            Self::Settings => "/settings",
            Self::Clauses => "/clauses",
            Self::Text => "/text",
            Self::Scenarios => "/scenarios",
            Self::Difference => "/difference",
            Self::Activation => "/activation",
        }
    }
}

/// What stands above every page of one version.
#[derive(Debug, Clone)]
pub struct Head {
    /// Name of its folder.
    pub slug: String,
    /// Title.
    pub title: Text,
    /// Version; 0 for a preset.
    pub version: u32,
    /// How often it was written.
    pub revision: i64,
    /// Whether it is in force.
    pub standing: Standing,
    /// Who saved it last, and when; nothing for a preset.
    pub saved: Option<(String, DateTime<Utc>)>,
    /// The page that is shown.
    pub tab: Tab,
    /// Whether this reader may change it.
    pub may_change: bool,
}

impl Head {
    /// The pages there are.
    pub fn tabs(&self) -> Vec<Tab> {
        match (self.version, self.may_change) {
            (0, _) => vec![Tab::Read, Tab::Scenarios],
            (_, true) => vec![
                Tab::Read,
                Tab::Settings,
                Tab::Clauses,
                Tab::Text,
                Tab::Scenarios,
                Tab::Difference,
                Tab::Activation,
            ],
            (_, false) => {
                vec![Tab::Read, Tab::Text, Tab::Scenarios, Tab::Difference, Tab::Activation]
            }
        }
    }

    /// Where `tab` is.
    pub fn path(&self, tab: &Tab) -> String {
        format!("/rulebooks/{}{}?version={}", self.slug, tab.word(), self.version)
    }

    /// Whether `tab` is shown.
    pub fn is_at(&self, tab: &Tab) -> bool {
        self.tab == *tab
    }
}

/// Somebody else saved the draft meanwhile.
#[derive(Debug, Clone)]
pub struct Overtaken {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The settings of a draft, as forms.
#[derive(Debug, Clone)]
pub struct SettingsView {
    /// Above it.
    pub head: Head,
    /// The tables that there are, by kind of rule.
    pub kinds: Vec<KindRows>,
    /// The table that is shown: `rotation.order`, `needed` for what must be decided, or what was looked for.
    pub table: String,
    /// What was looked for.
    pub look: String,
    /// How many settings must be decided.
    pub needed_count: u32,
    /// The settings shown.
    pub fields: Vec<FieldRow>,
    /// What is wrong with the whole.
    pub problems: Vec<Problem>,
    /// Whether somebody else saved meanwhile.
    pub overtaken: Option<Overtaken>,
}

/// The tables of a kind of rule.
#[derive(Debug, Clone)]
pub struct KindRows {
    /// `rotation`
    pub kind: String,
    /// Its tables.
    pub tables: Vec<TableRow>,
}

/// A table of settings.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// `rotation.order`
    pub path: String,
    /// How many settings are written.
    pub written_count: u32,
    /// How many there are.
    pub count: u32,
}

impl TableRow {
    /// Its name without the kind.
    pub fn name(&self) -> &str {
        self.path.split_once('.').map_or(self.path.as_str(), |(_, name)| name)
    }
}

/// A setting in a form.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// Its path.
    pub path: String,
    /// What it is about.
    pub name: Text,
    /// The words that may be chosen, with what they mean; none: it is typed.
    pub choices: Vec<(String, Text)>,
    /// What stands in the field.
    pub value: String,
    /// What stood there when the form was made.
    pub was: String,
    /// What may be written.
    pub allowed: Text,
    /// What holds if nothing is written.
    pub default: Text,
    /// What the preset writes, if it says otherwise.
    pub preset: Option<Text>,
    /// What most sites write, if it must be decided.
    pub proposal: Option<Text>,
    /// Whether it must be decided before activation.
    pub needed: bool,
    /// The clauses that it carries.
    pub clauses: Vec<String>,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What somebody else wrote meanwhile.
    pub now: Option<String>,
}

impl FieldRow {
    /// Its id in the page.
    pub fn id(&self) -> String {
        self.path.replace('.', "-")
    }
}

/// A problem beside a text.
#[derive(Debug, Clone)]
pub struct TextProblem {
    /// The line, from 1; 0 where there is none.
    pub line: usize,
    /// `error`, `undecided` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

/// The whole text of a version.
#[derive(Debug, Clone)]
pub struct TextView {
    /// Above it.
    pub head: Head,
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub problems: Vec<TextProblem>,
    /// Whether somebody else saved meanwhile.
    pub overtaken: Option<Overtaken>,
}

/// The clauses of a draft, and one of them in a form.
#[derive(Debug, Clone)]
pub struct ClausesView {
    /// Above it.
    pub head: Head,
    /// Every clause: its id and how its text begins.
    pub clauses: Vec<(String, Text)>,
    /// The one in the form.
    pub form: ClauseForm,
    /// The ways to carry a clause.
    pub carries: Vec<String>,
    /// Every setting there is, for completion.
    pub settings: Vec<String>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Whether somebody else saved meanwhile.
    pub overtaken: Option<Overtaken>,
}

/// A clause in a form.
#[derive(Debug, Clone, Default)]
pub struct ClauseForm {
    /// The clause it takes the place of; empty for a new one.
    pub before: String,
    /// Its id.
    pub id: String,
    /// How it is carried.
    pub carry: String,
    /// Its text in Chinese.
    pub zh: String,
    /// Its text in English.
    pub en: String,
    /// A warning in Chinese.
    pub warning_zh: String,
    /// A warning in English.
    pub warning_en: String,
    /// The settings that carry it, a line each.
    pub carried_by: String,
    /// The clauses of the catalogue, parted by commas.
    pub covers: String,
}

/// Scenarios, written and run.
#[derive(Debug, Clone)]
pub struct ScenariosView {
    /// Above it.
    pub head: Head,
    /// The names of the files.
    pub files: Vec<String>,
    /// The file that is shown.
    pub file: String,
    /// What it says.
    pub text: String,
    /// What came of running it.
    pub results: Option<ResultsView>,
    /// Sentences that may be written.
    pub steps: Vec<StepRow>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Whether somebody else saved meanwhile.
    pub overtaken: Option<Overtaken>,
}

/// What came of running scenarios.
#[derive(Debug, Clone)]
pub struct ResultsView {
    /// What cannot be read.
    pub problems: Vec<TextProblem>,
    /// Each scenario, the failed ones first.
    pub rows: Vec<ScenarioRow>,
    /// How many passed.
    pub passed_count: u32,
    /// How many failed.
    pub failed_count: u32,
}

/// A sentence that scenarios may say.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// An example.
    pub example: Text,
    /// The kind of rule it belongs to.
    pub kind: String,
}

/// What differs between two versions.
#[derive(Debug, Clone)]
pub struct DifferenceView {
    /// Above it.
    pub head: Head,
    /// What it can be compared with: its word in the form, and what it is.
    pub others: Vec<(String, Text)>,
    /// What it is compared with.
    pub before: String,
    /// Settings that differ.
    pub settings: Vec<SettingChange>,
    /// Clauses that differ.
    pub clauses: Vec<ClauseChange>,
}

/// A setting that differs.
#[derive(Debug, Clone)]
pub struct SettingChange {
    /// Its path.
    pub path: String,
    /// What it is about.
    pub name: Text,
    /// What held before.
    pub before: Text,
    /// What holds after.
    pub after: Text,
    /// The clauses that it carries.
    pub clauses: Vec<String>,
}

/// A clause that differs; nothing: there is none.
#[derive(Debug, Clone)]
pub struct ClauseChange {
    /// Its id.
    pub id: String,
    /// What it said.
    pub before: Option<Text>,
    /// What it says.
    pub after: Option<Text>,
}

/// Handing in, approving, activating.
#[derive(Debug, Clone)]
pub struct ActivationView {
    /// Above it.
    pub head: Head,
    /// Everything that prevents activation.
    pub hindrances: Vec<TextProblem>,
    /// Who handed it in, and when.
    pub submitted: Option<(String, DateTime<Utc>)>,
    /// Who approved it, and when.
    pub approved: Option<(String, DateTime<Utc>)>,
    /// How many settings and clauses differ from the one in force.
    pub change_count: u32,
    /// Whether this reader may hand it in.
    pub may_hand_in: bool,
    /// Whether this reader may approve it now.
    pub may_approve: bool,
    /// Whether this reader may activate it now.
    pub may_activate: bool,
    /// Whether this reader may take it back.
    pub may_withdraw: bool,
    /// Why this reader may approve although they wrote it, or may not.
    pub eyes: Option<Key>,
    /// When to activate, as typed.
    pub activate_at: String,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
}

/// What an activation does to what lives.
#[derive(Debug, Clone)]
pub struct AffectedView {
    /// Changed settings that touch rights which can be converted.
    pub convertible: Vec<(String, Text)>,
    /// Whether rights to clients are touched.
    pub rights: bool,
    /// Clients whose right lives.
    pub client_count: u32,
    /// Lapse, shortened, extended if rights keep their terms.
    pub kept: [u32; 3],
    /// The same if they are converted.
    pub converted: [u32; 3],
    /// Make-up turns that are open; nothing where none is touched.
    pub make_up_count: Option<u32>,
    /// Suspensions that run; nothing where none is touched.
    pub suspension_count: Option<u32>,
}

impl AffectedView {
    /// Whether nothing that lives is touched.
    pub fn is_nothing(&self) -> bool {
        !self.rights && self.make_up_count.is_none() && self.suspension_count.is_none()
    }
}
