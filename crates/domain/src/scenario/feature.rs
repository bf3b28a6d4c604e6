//! Feature files: scenarios with their tags and steps, outlines written out.

use gherkin::{GherkinEnv, StepType};
use rulebook::{Problems, problem::Place};
use serde::Serialize;

use super::text::normalise;

/// The scenarios of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// The file's name.
    pub file: String,
    /// What it is about.
    pub name: String,
    /// Its scenarios.
    pub scenarios: Vec<Scenario>,
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// What it is about.
    pub name: String,
    /// The clauses that it shows.
    pub clauses: Vec<String>,
    /// The line it starts on, counted from 1.
    pub line: usize,
    /// Its steps, those of the background first.
    pub steps: Vec<ScenarioStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioStep {
    /// What it says, normalised.
    pub text: String,
    /// The line it stands on, counted from 1.
    pub line: usize,
    /// Whether it says what must come of it.
    pub expects: bool,
}

/// How many scenarios one outline may be written out to.
const OUTLINE_MAX: usize = 200;

impl Feature {
    /// Reads `text`, the contents of `file`; what is wrong goes to `problems`.
    pub fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let place = |line| Place { rulebook: file.into(), line };
        let mut body = text.trim_start_matches('\u{feff}').to_owned();
        if !body.ends_with('\n') {
            body.push('\n');
        }
        let language = language_of(&body);
        let env = match GherkinEnv::new(language) {
            Ok(env) => env,
            Err(_) => {
                problems.error(
                    place(1),
                    [
                        format!("不认识语言 `{language}`"),
                        format!("language `{language}` is not known"),
                    ],
                    [
                        "第一行请写 `# language: zh-CN` 或 `# language: en`",
                        "write `# language: zh-CN` or `# language: en` in the first line",
                    ],
                );
                return None;
            }
        };
        let feature = match gherkin::Feature::parse(&body, env) {
            Ok(feature) => feature,
            Err(error) => {
                problems.error(
                    place(line_in(&error.to_string())),
                    [
                        format!("场景文件无法读取：{error}"),
                        format!("this is no feature file: {error}"),
                    ],
                    [
                        "文件以 `# language: zh-CN` 开头，然后是 功能:，再是 场景: 和各步骤",
                        "a file starts with `# language: zh-CN`, then 功能:, then 场景: with its steps",
                    ],
                );
                return None;
            }
        };
        let background = feature.background.map(|b| steps(&b.steps, &[])).unwrap_or_default();
        let mut scenarios = Vec::new();
        let within = feature.rules.into_iter().flat_map(|rule| {
            let own = rule.background.map(|b| steps(&b.steps, &[])).unwrap_or_default();
            rule.scenarios.into_iter().map(move |scenario| (own.clone(), scenario))
        });
        let plain = feature.scenarios.into_iter().map(|scenario| (Vec::new(), scenario));
        for (own, scenario) in plain.chain(within) {
            let before = [background.clone(), own].concat();
            write_out(&scenario, &feature.tags, &before, &mut scenarios);
        }
        Some(Self { file: file.into(), name: feature.name, scenarios })
    }
}

/// The language that the first comment names; Chinese where Chinese keywords are used.
fn language_of(text: &str) -> &str {
    let named = text.lines().find_map(|line| {
        let comment = line.trim().strip_prefix('#')?.trim();
        comment.strip_prefix("language:").map(str::trim)
    });
    named.unwrap_or(if text.contains("功能") { "zh-CN" } else { "en" })
}

fn line_in(message: &str) -> usize {
    message
        .split(|letter: char| !letter.is_ascii_digit())
        .find_map(|number| number.parse().ok())
        .unwrap_or(0)
}

fn write_out(
    scenario: &gherkin::Scenario,
    feature_tags: &[String],
    before: &[ScenarioStep],
    into: &mut Vec<Scenario>,
) {
    let tags = |more: &[String]| -> Vec<String> {
        feature_tags
            .iter()
            .chain(&scenario.tags)
            .chain(more)
            .map(|t| t.trim_start_matches('@').to_owned())
            .collect()
    };
    let mut push = |name: String, clauses: Vec<String>, own: Vec<ScenarioStep>| {
        let steps = before.iter().cloned().chain(own).collect();
        into.push(Scenario { name, clauses, line: scenario.position.line, steps });
    };
    let mut written = 0;
    for examples in &scenario.examples {
        let rows = examples.table.as_ref().map(|table| table.rows.as_slice()).unwrap_or_default();
        let Some((header, rows)) = rows.split_first() else { continue };
        for row in rows.iter().take(OUTLINE_MAX) {
            let cells: Vec<(String, String)> =
                header.iter().cloned().zip(row.iter().cloned()).collect();
            let name = format!("{} ({})", scenario.name, row.join(", "));
            push(name, tags(&examples.tags), steps(&scenario.steps, &cells));
            written += 1;
        }
    }
    if written == 0 {
        push(scenario.name.clone(), tags(&[]), steps(&scenario.steps, &[]));
    }
}

fn steps(steps: &[gherkin::Step], cells: &[(String, String)]) -> Vec<ScenarioStep> {
    steps
        .iter()
        .map(|step| {
            let mut text = step.value.clone();
            for (name, value) in cells {
                text = text.replace(&format!("<{name}>"), value);
            }
            let text = normalise(&text);
            ScenarioStep { text, line: step.position.line, expects: step.ty == StepType::Then }
        })
        .collect()
}
