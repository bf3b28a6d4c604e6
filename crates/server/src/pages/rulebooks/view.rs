//! What people read of a rulebook.

use chrono::{DateTime, Utc};

use super::edit::Head;
use crate::language::{Key, Text};
use crate::pages::frame::Tone;

/// Presets and the site's own rulebooks.
#[derive(Debug, Clone)]
pub struct RulebooksView {
    /// The site's own, the active one first.
    pub own: Vec<RulebookRow>,
    /// The shipped ones.
    pub presets: Vec<RulebookRow>,
    /// Whether this reader may copy and activate.
    pub may_change: bool,
}

/// A rulebook in the list.
#[derive(Debug, Clone)]
pub struct RulebookRow {
    /// Name of its folder.
    pub slug: String,
    /// Title.
    pub title: Text,
    /// The regulation it carries: `R-001-01`; empty for none.
    pub regulation: String,
    /// Version; 0 for a preset.
    pub version: u32,
    /// Whether it is in force.
    pub standing: Standing,
    /// How many clauses.
    pub clause_count: u32,
    /// Settings that nobody has decided.
    pub unset_count: u32,
    /// Doubts and mistakes.
    pub warning_count: u32,
    /// Scenarios that pass.
    pub passed_count: u32,
    /// Scenarios that fail.
    pub failed_count: u32,
}

/// Whether a rulebook is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A shipped preset, to copy.
    Preset,
    /// Being written.
    Draft,
    /// Handed in, and waits for approval.
    HandedIn,
    /// Approved, and waits for its activation.
    Approved,
    /// Taken back before it was in force.
    Withdrawn,
    /// Will be in force from then on.
    Scheduled(DateTime<Utc>),
    /// In force since then.
    Active(DateTime<Utc>),
    /// Was in force until then.
    Retired(DateTime<Utc>),
}

impl Standing {
    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::Preset => Key("standing-preset"),
            Self::Draft => Key("standing-draft"),
            Self::HandedIn => Key("standing-handed-in"),
            Self::Approved => Key("standing-approved"),
            Self::Withdrawn => Key("standing-withdrawn"),
            Self::Scheduled(_) => Key("standing-scheduled"),
            Self::Active(_) => Key("standing-active"),
            Self::Retired(_) => Key("standing-retired"),
        }
    }

    /// Whether it is in force.
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active(_))
    }

    /// Whether it is still being written, or waits for somebody to activate it.
    pub fn can_be_activated(&self) -> bool {
        matches!(self, Self::Draft | Self::HandedIn | Self::Approved)
    }

    /// The moment that goes with it.
    pub fn moment(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Preset | Self::Draft | Self::HandedIn | Self::Approved | Self::Withdrawn => None,
            Self::Scheduled(at) | Self::Active(at) | Self::Retired(at) => Some(*at),
        }
    }

    /// How it is meant.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Active(_) => Tone::Good,
            Self::Scheduled(_) | Self::HandedIn | Self::Approved => Tone::Attention,
            _ => Tone::Plain,
        }
    }
}

/// One rulebook, to be read.
#[derive(Debug, Clone)]
pub struct RulebookView {
    /// Above it.
    pub head: Head,
    /// As in the list.
    pub row: RulebookRow,
    /// What is looked for in its clauses.
    pub look: String,
    /// The clauses by kind of rule: the kind, and the ids.
    pub contents: Vec<(String, Vec<String>)>,
    /// What it is about, in a few sentences.
    pub about: Text,
    /// Its clauses, in order.
    pub clauses: Vec<ClauseRow>,
    /// Settings that nobody has decided.
    pub unset: Vec<UnsetRow>,
    /// Its scenarios.
    pub scenarios: Scenarios,
    /// Legal doubts and conflicts.
    pub warnings: Vec<Warning>,
    /// Whether this reader may copy.
    pub may_change: bool,
}

/// A clause and the settings that carry it.
#[derive(Debug, Clone)]
pub struct ClauseRow {
    /// Id in this rulebook.
    pub id: String,
    /// The kind of rule that carries it first: `rotation`; `none` where nothing does.
    pub kind: String,
    /// Its text.
    pub text: Text,
    /// How it is carried by name: `carry-<name>`.
    pub carry: String,
    /// The settings that carry it.
    pub settings: Vec<SettingRow>,
    /// Clauses of the catalogue it covers.
    pub covers: Vec<String>,
    /// Scenarios that show it and pass.
    pub passed_count: u32,
    /// Scenarios that show it and fail.
    pub failed_count: u32,
    /// The names of those that pass.
    pub shown_by: Vec<String>,
    /// A legal doubt about it.
    pub warning: Option<Text>,
}

/// A setting and its value.
#[derive(Debug, Clone)]
pub struct SettingRow {
    /// Where it is in the file: `rotation.absence.unreported`.
    pub path: String,
    /// What it is about.
    pub name: Text,
    /// What it says; `None` if nobody has decided.
    pub value: Option<String>,
    /// Clauses it carries.
    pub clauses: Vec<String>,
}

/// A setting that nobody has decided, and how to.
#[derive(Debug, Clone)]
pub struct UnsetRow {
    /// The setting.
    pub setting: SettingRow,
    /// The words that may be written, with their names; none where it is no choice of words.
    pub choices: Vec<(String, Text)>,
    /// What most sites would write.
    pub proposal: String,
}

/// A scenario that was run.
#[derive(Debug, Clone)]
pub struct ScenarioRow {
    /// What it is called.
    pub name: String,
    /// The clauses that it shows.
    pub clauses: Vec<String>,
    /// The step that failed, with the line, and why; nothing: it passed.
    pub failure: Option<(u32, String, String)>,
}

/// The scenarios of a rulebook.
#[derive(Debug, Clone)]
pub enum Scenarios {
    /// The rulebook has none.
    None,
    /// It has some; this runs them.
    Ready(String),
    /// They were run; the failed ones first.
    Ran(Vec<ScenarioRow>),
}

/// A doubt, with the clause it is about.
#[derive(Debug, Clone)]
pub struct Warning {
    /// The clause; empty if about the whole.
    pub clause: String,
    /// The doubt.
    pub text: Text,
}
