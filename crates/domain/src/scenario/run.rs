//! Running scenarios: each in a world of its own.

use std::sync::LazyLock;

use regex::Regex;
use rulebook::Document;
use serde::Serialize;

use super::{
    feature::{Feature, Scenario, ScenarioStep},
    ground::Ground,
    step::{StepRun, nearest, read},
    text,
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
    time: Option<String>,
    date: Option<String>,
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
    let names = names_of(scenario);
    for step in &scenario.steps {
        let (sentence, clauses) = split_reason(&step.text);
        let found = read(&sentence).or_else(|| read(&quoted(&sentence, &names)));
        let Some(reading) = found else {
            let message = format!("no step says this; did you mean `{}`?", nearest(&sentence));
            return Err(Failure { line: step.line, step: step.text.clone(), message });
        };
        let (run, words) = (reading.step.run, reading.words);
        let (time, date) = (reading.time, reading.date);
        steps.push(UnderstoodStep { step, run, words, time, date, clauses });
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

/// The names that `scenario` writes in quotes somewhere, the longest first.
fn names_of(scenario: &Scenario) -> Vec<String> {
    let texts = scenario.steps.iter().flat_map(|step| step.text.split('"').skip(1).step_by(2));
    let mut names: Vec<String> = texts.flat_map(text::names).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
    names.dedup();
    names
}

/// `sentence` with quotes around `names` that stand in it without.
fn quoted(sentence: &str, names: &[String]) -> String {
    names.iter().fold(sentence.to_owned(), |sentence, name| {
        let word = |letter: Option<char>| letter.is_some_and(|l| l.is_ascii_alphanumeric());
        text::outside_quotes(&sentence, |said| {
            let Some((before, after)) = said.split_once(name.as_str()) else {
                return said.to_owned();
            };
            let plain = !word(before.chars().last()) && !word(after.chars().next());
            if plain { format!("{before}\"{name}\"{after}") } else { said.to_owned() }
        })
    })
}

/// Runs what was understood on `ground`.
pub fn run_on(ground: &Ground, understood: &Understood<'_>) -> Result<(), Failure> {
    let mut world = World::on(ground);
    let mut expects = false;
    for UnderstoodStep { step, run, words, time, date, clauses } in &understood.steps {
        let fail = |message: String| Failure { line: step.line, step: step.text.clone(), message };
        if expects && !step.expects {
            world.forget_reasons();
        }
        expects = step.expects;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if !step.expects {
            world.check_refusal().map_err(fail)?;
        }
        if let Some(date) = date {
            world.on_date(date).map_err(fail)?;
        }
        if let Some(time) = time {
            // Whoever is called has not come yet where an expectation tells the time.
            if step.expects { world.wait(time) } else { world.at(time) }.map_err(fail)?;
        }
        world.expecting = step.expects;
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

/// Splits the clauses off a step: `.., 因为 条款 "3", "5"` (`.., because of clause "3"`, `(条款 3)`).
fn split_reason(text: &str) -> (String, Vec<String>) {
    const MARKER: &str = concat!(
        r"^(?P<said>.*?)[,(\s]*(?:",
        r"(?:因为|依据|根据|按照?|依照?|理由(?:是|为)?:?|见)\s*(?:本?制度)?第?\s*条款",
        r"|(?:because of|under|by|per|citing|according to|on the basis of) (?:the )?clauses?",
        r"|\((?:条款|clauses?)",
        r#")\s*(?P<ids>[^\u4e00-\u9fff]*?)\)?\.?$"#
    );
    static REASON: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(MARKER).ok());
    let found = REASON.as_ref().and_then(|regex| regex.captures(text));
    let part = |name: &str| found.as_ref().and_then(|found| found.name(name)).map(|m| m.as_str());
    let (Some(said), Some(ids)) = (part("said"), part("ids")) else {
        return (text.to_owned(), Vec::new());
    };
    let ids = ids.replace(" and ", ",").replace('"', " ");
    let ids = ids.split([',', ' ']).filter(|id| !id.is_empty()).map(str::to_owned);
    (said.trim_end_matches([',', ' ']).to_owned(), ids.collect())
}
