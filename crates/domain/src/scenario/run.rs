//! Running scenarios: each in a world of its own.

use rulebook::Document;
use serde::Serialize;

use super::{
    feature::{Feature, Scenario, ScenarioStep},
    ground::Ground,
    step::{StepRun, matching, nearest},
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

/// A scenario whose sentences are understood.
#[derive(Debug)]
pub struct Understood<'a> {
    scenario: &'a Scenario,
    steps: Vec<UnderstoodStep<'a>>,
}

#[derive(Debug)]
struct UnderstoodStep<'a> {
    step: &'a ScenarioStep,
    run: StepRun,
    words: Vec<String>,
    clauses: Vec<String>,
}

/// Runs every scenario of `feature` under `document`.
#[must_use]
pub fn run_feature(document: &Document, feature: &Feature) -> Vec<Ran> {
    let ground = Ground::new(document.clone());
    feature
        .scenarios
        .iter()
        .map(|scenario| Ran {
            file: feature.file.clone(),
            scenario: scenario.name.clone(),
            line: scenario.line,
            clauses: scenario.clauses.clone(),
            failure: understand(scenario).and_then(|understood| run_on(&ground, &understood)).err(),
        })
        .collect()
}

/// Runs `scenario` under `document`.
pub fn run_scenario(document: &Document, scenario: &Scenario) -> Result<(), Failure> {
    run_on(&Ground::new(document.clone()), &understand(scenario)?)
}

/// Finds what each sentence of `scenario` does; fails at the first that no step says.
pub fn understand(scenario: &Scenario) -> Result<Understood<'_>, Failure> {
    let mut steps = Vec::new();
    for step in &scenario.steps {
        let (sentence, clauses) = split_reason(&step.text);
        let Some((definition, words)) = matching(sentence) else {
            let message = format!("no step says this; did you mean `{}`?", nearest(sentence));
            return Err(Failure { line: step.line, step: step.text.clone(), message });
        };
        steps.push(UnderstoodStep { step, run: definition.run, words, clauses });
    }
    if scenario.steps.iter().all(|step| !step.expects) {
        let last = scenario.steps.last();
        let line = last.map_or(scenario.line, |step| step.line);
        let step = last.map(|step| step.text.clone()).unwrap_or_default();
        let message =
            "the scenario expects nothing: add a step that begins with 那么 (Then)".into();
        return Err(Failure { line, step, message });
    }
    Ok(Understood { scenario, steps })
}

/// Runs what was understood on `ground`.
pub fn run_on(ground: &Ground, understood: &Understood<'_>) -> Result<(), Failure> {
    let mut world = World::on(ground);
    let mut expects = false;
    for UnderstoodStep { step, run, words, clauses } in &understood.steps {
        let fail = |message: String| Failure { line: step.line, step: step.text.clone(), message };
        if expects && !step.expects {
            world.forget_reasons();
        }
        expects = step.expects;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if !step.expects {
            world.check_refusal().map_err(fail)?;
        }
        run(&mut world, &words).map_err(fail)?;
        for clause in clauses {
            world.check_cited(clause).map_err(fail)?;
        }
    }
    let last = understood.scenario.steps.last();
    world.check_refusal().map_err(|message| Failure {
        line: last.map_or(understood.scenario.line, |step| step.line),
        step: last.map(|step| step.text.clone()).unwrap_or_default(),
        message,
    })
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
