//! Running scenarios: each in a world of its own.

use rulebook::Document;
use serde::Serialize;

use super::{
    feature::{Feature, Scenario},
    step::{matching, nearest},
    world::World,
};

/// What came of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// The file.
    pub file: String,
    /// The scenario's name.
    pub scenario: String,
    /// The line it starts on.
    pub line: usize,
    /// The clauses that it shows.
    pub clauses: Vec<String>,
    /// What failed; nothing: it passed.
    pub failure: Option<Failure>,
}

/// The step that failed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The line.
    pub line: usize,
    /// The step.
    pub step: String,
    /// Why.
    pub message: String,
}

/// Runs every scenario of `feature` under `document`.
#[must_use]
pub fn run_feature(document: &Document, feature: &Feature) -> Vec<Ran> {
    feature
        .scenarios
        .iter()
        .map(|scenario| Ran {
            file: feature.file.clone(),
            scenario: scenario.name.clone(),
            line: scenario.line,
            clauses: scenario.clauses.clone(),
            failure: run_scenario(document, scenario).err(),
        })
        .collect()
}

/// Runs `scenario` under `document`.
pub fn run_scenario(document: &Document, scenario: &Scenario) -> Result<(), Failure> {
    let mut world = World::new(document);
    let mut expects = false;
    for step in &scenario.steps {
        let fail = |message: String| Failure { line: step.line, step: step.text.clone(), message };
        if expects && !step.expects {
            world.forget_reasons();
        }
        expects = step.expects;
        let (sentence, clauses) = split_reason(&step.text);
        let Some((definition, words)) = matching(sentence) else {
            let nearest = nearest(sentence);
            return Err(fail(format!("no step says this; did you mean `{nearest}`?")));
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if !step.expects {
            world.check_refusal().map_err(fail)?;
        }
        (definition.run)(&mut world, &words).map_err(fail)?;
        for clause in clauses {
            world.check_cited(&clause).map_err(fail)?;
        }
    }
    let last = scenario.steps.last();
    let (line, step) = last.map_or((scenario.line, String::new()), |s| (s.line, s.text.clone()));
    if scenario.steps.iter().all(|step| !step.expects) {
        let message =
            "the scenario expects nothing: add a step that begins with 那么 (Then)".into();
        return Err(Failure { line, step, message });
    }
    world.check_refusal().map_err(|message| Failure { line, step, message })
}

/// Splits `.., 因为 条款 "3", "5"` (`.., because of clause "3"`) off a step.
fn split_reason(text: &str) -> (&str, Vec<String>) {
    for marker in ["因为条款", "因为 条款", "because of clauses", "because of clause"] {
        if let Some((sentence, reason)) = text.split_once(marker) {
            let clauses = reason.split('"').skip(1).step_by(2).map(str::to_owned).collect();
            return (sentence.trim_end().trim_end_matches(',').trim_end(), clauses);
        }
    }
    (text, Vec::new())
}
