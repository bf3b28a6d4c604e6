//! The rulebooks 制度 of the site.

pub mod edit;
pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use crate::language::Words;
use edit::{
    ActivationView, AffectedView, ClausesView, DifferenceView, ResultsView, ScenariosView,
    SettingsView, StepRow, TextProblem, TextView,
};
use view::{RulebookView, RulebooksView, Scenarios};

/// `GET /rulebooks`
#[derive(Debug, Template)]
#[template(path = "rulebooks/list.html")]
pub struct RulebooksPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: RulebooksView,
}

/// `GET /rulebooks/{slug}`
#[derive(Debug, Template)]
#[template(path = "rulebooks/read.html")]
pub struct RulebookPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: RulebookView,
}

/// `GET /rulebooks/{slug}/settings`
#[derive(Debug, Template)]
#[template(path = "rulebooks/settings.html")]
pub struct SettingsPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: SettingsView,
}

/// `GET /rulebooks/{slug}/text`
#[derive(Debug, Template)]
#[template(path = "rulebooks/text.html")]
pub struct TextPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: TextView,
}

/// `GET /rulebooks/{slug}/clauses`
#[derive(Debug, Template)]
#[template(path = "rulebooks/clauses.html")]
pub struct ClausesPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ClausesView,
}

/// `GET /rulebooks/{slug}/scenarios`
#[derive(Debug, Template)]
#[template(path = "rulebooks/scenarios.html")]
pub struct ScenariosPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ScenariosView,
}

/// `GET /rulebooks/{slug}/difference`
#[derive(Debug, Template)]
#[template(path = "rulebooks/difference.html")]
pub struct DifferencePage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: DifferenceView,
}

/// `GET /rulebooks/{slug}/activation`
#[derive(Debug, Template)]
#[template(path = "rulebooks/activation.html")]
pub struct ActivationPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ActivationView,
}

/// The problems beside a text, while it is typed.
#[derive(Debug, Template)]
#[template(path = "rulebooks/text-problems.html")]
pub struct TextProblems {
    /// The reader's words.
    pub w: Words,
    /// What is wrong.
    pub problems: Vec<TextProblem>,
}

/// What is wrong with one field, while it is typed.
#[derive(Debug, Template)]
#[template(path = "rulebooks/field-problem.html")]
pub struct FieldProblem {
    /// What is wrong; nothing: all is well.
    pub problem: Option<String>,
    /// The id of the field.
    pub id: String,
}

/// What came of running scenarios.
#[derive(Debug, Template)]
#[template(path = "rulebooks/results.html")]
pub struct Results {
    /// The reader's words.
    pub w: Words,
    /// What came of it.
    pub results: ResultsView,
}

/// Sentences like the one that is typed.
#[derive(Debug, Template)]
#[template(path = "rulebooks/steps.html")]
pub struct Steps {
    /// The reader's words.
    pub w: Words,
    /// The sentences.
    pub steps: Vec<StepRow>,
}

/// What an activation does to what lives.
#[derive(Debug, Template)]
#[template(path = "rulebooks/affected.html")]
pub struct Affected {
    /// The reader's words.
    pub w: Words,
    /// The numbers.
    pub affected: AffectedView,
}
