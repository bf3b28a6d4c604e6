//! `lunpai rulebook`: check, test, cover, compare and list rulebooks.

use domain::scenario::{
    Ran,
    coverage::{Covered, coverage},
    mutate::{Mutant, MutantResult, mutate},
    run_feature,
};
use rulebook::{Carry, Value, difference::Difference, problem::Severity};
use serde::Serialize;

use super::{
    Failed, Library,
    library::{Loaded, schema},
    report::{json, line},
};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Name every rulebook at hand.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Find what is wrong, with place and hint.
    Check {
        /// Slugs or folders; without any, every rulebook at hand.
        rulebooks: Vec<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Run the scenarios.
    Test {
        /// Slugs or folders; without any, every rulebook at hand.
        rulebooks: Vec<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show how each clause is carried, and which passing scenario shows it.
    Coverage {
        /// Slugs or folders; without any, every rulebook at hand.
        rulebooks: Vec<String>,
        /// Change each setting in turn and list what no scenario notices.
        #[arg(long)]
        mutate: bool,
        /// With --mutate: only settings whose path begins so.
        #[arg(long, default_value = "")]
        under: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show what changes from one rulebook to another.
    Diff {
        /// The rulebook before.
        before: String,
        /// The rulebook after.
        after: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print every setting as a JSON Schema.
    Schema,
    /// List every setting that a rulebook may write.
    Settings {
        /// Print a page of documentation.
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(library: &Library, command: Command) -> Result<bool, Failed> {
    match command {
        Command::List { json } => list(library, json),
        Command::Check { rulebooks, json } => check(&load(library, rulebooks)?, json),
        Command::Test { rulebooks, json } => test(&load(library, rulebooks)?, json),
        Command::Coverage { rulebooks, mutate: false, json, .. } => {
            cover(&load(library, rulebooks)?, json)
        }
        Command::Coverage { rulebooks, under, json, .. } => {
            mutants(&load(library, rulebooks)?, &under, json)
        }
        Command::Diff { before, after, json } => {
            diff(&library.load(&before)?, &library.load(&after)?, json)
        }
        Command::Schema => {
            let open = load(library, Vec::new())?.into_iter().flat_map(|loaded| {
                domain::undecided(&loaded.composed.document, &mut rulebook::Problems::default())
            });
            let known: std::collections::BTreeMap<_, _> =
                open.map(|needed| (needed.setting, needed.proposal.to_owned())).collect();
            json(&rulebook::json_schema::json_schema(&schema(), &|path| known.get(path).cloned()))?;
            Ok(true)
        }
        Command::Settings { markdown, json } => settings(markdown, json),
    }
}

fn load(library: &Library, mut names: Vec<String>) -> Result<Vec<Loaded>, Failed> {
    if names.is_empty() {
        names = library.slugs();
    }
    names.iter().map(|name| library.load(name)).collect()
}

#[derive(Serialize)]
struct Listed {
    slug: String,
    title_zh: String,
    title_en: String,
    regulation: Option<String>,
    clauses: usize,
}

fn list(library: &Library, as_json: bool) -> Result<bool, Failed> {
    let mut all = Vec::new();
    for loaded in load(library, Vec::new())? {
        let document = loaded.composed.document;
        all.push(Listed {
            slug: loaded.slug,
            title_zh: document.about.title.zh,
            title_en: document.about.title.en,
            regulation: document.about.regulation,
            clauses: document.clauses.len(),
        });
    }
    if as_json {
        json(&all)?;
    } else {
        for rulebook in &all {
            let regulation = rulebook.regulation.as_deref().unwrap_or("-");
            let title = format!("{} / {}", rulebook.title_zh, rulebook.title_en);
            line(&format!("{:<14} {regulation:<9} {title}", rulebook.slug));
        }
    }
    Ok(true)
}

fn check(all: &[Loaded], as_json: bool) -> Result<bool, Failed> {
    let readable = all.iter().all(|loaded| loaded.problems.is_readable());
    if as_json {
        let problems: Vec<_> = all.iter().flat_map(|loaded| &loaded.problems.0).collect();
        json(&problems)?;
        return Ok(readable);
    }
    for loaded in all {
        for problem in &loaded.problems.0 {
            line(&problem.to_string());
        }
        for changed in &loaded.composed.changed {
            let (before, after) = (&changed.before, &changed.after);
            line(&format!(
                "{}: changes `{}` of {}: {before} -> {after}",
                loaded.slug, changed.setting, changed.parent
            ));
        }
        let count = |severity| loaded.problems.0.iter().filter(|p| p.severity == severity).count();
        let verdict = if loaded.problems.is_activatable() {
            "can be activated"
        } else if loaded.problems.is_readable() {
            "can be tested; decide what is unset before activating"
        } else {
            "cannot be read"
        };
        line(&format!(
            "{}: {} errors, {} undecided, {} warnings: {verdict}",
            loaded.slug,
            count(Severity::Error),
            count(Severity::Undecided),
            count(Severity::Warning)
        ));
    }
    Ok(readable)
}

fn run_all(loaded: &Loaded) -> Vec<Ran> {
    let document = &loaded.composed.document;
    loaded.features.iter().flat_map(|feature| run_feature(document, feature)).collect()
}

fn test(all: &[Loaded], as_json: bool) -> Result<bool, Failed> {
    let mut ran = Vec::new();
    for loaded in all {
        refuse_unreadable(loaded)?;
        ran.extend(run_all(loaded));
    }
    let failed = ran.iter().filter(|ran| ran.failure.is_some()).count();
    if as_json {
        json(&ran)?;
        return Ok(failed == 0);
    }
    for run in &ran {
        if let Some(failure) = &run.failure {
            line(&format!("{}:{}: {}", run.file, failure.line, run.scenario));
            line(&format!("    {}\n    {}", failure.step, failure.message));
        }
    }
    line(&format!("{} passed, {failed} failed", ran.len() - failed));
    Ok(failed == 0)
}

fn refuse_unreadable(loaded: &Loaded) -> Result<(), Failed> {
    if loaded.problems.is_readable() {
        return Ok(());
    }
    let errors = loaded.problems.0.iter().filter(|problem| problem.severity == Severity::Error);
    let errors: Vec<String> = errors.map(ToString::to_string).collect();
    Err(Failed::new(format!("{} cannot be read\n{}", loaded.slug, errors.join("\n"))))
}

fn cover(all: &[Loaded], as_json: bool) -> Result<bool, Failed> {
    let mut covered: Vec<Covered> = Vec::new();
    for loaded in all {
        refuse_unreadable(loaded)?;
        covered.extend(coverage(&loaded.composed.document, &run_all(loaded)));
    }
    let shown = |c: &Covered| {
        c.scenarios.failed == 0
            && (c.scenarios.passed > 0 || !matches!(c.carry, Carry::Enforce | Carry::Compute))
    };
    if as_json {
        json(&covered)?;
    } else {
        for clause in &covered {
            let mark = if shown(clause) { "ok     " } else { "MISSING" };
            line(&format!(
                "{mark} {:<18} {:<12} {:<8} {:>2} passed {:>2} failed  {}",
                clause.clause,
                clause.rulebook,
                clause.carry.name(),
                clause.scenarios.passed,
                clause.scenarios.failed,
                clause.carried_by.join(" ")
            ));
        }
    }
    Ok(covered.iter().all(shown))
}

#[derive(Serialize)]
struct Mutated {
    rulebook: String,
    noticed: usize,
    unnoticed: Vec<Mutant>,
    invalid: Vec<Mutant>,
}

fn mutants(all: &[Loaded], under: &str, as_json: bool) -> Result<bool, Failed> {
    let schema = schema();
    let mut report = Vec::new();
    for loaded in all {
        refuse_unreadable(loaded)?;
        let document = &loaded.composed.document;
        let readable = |document: &rulebook::Document, problems: &mut rulebook::Problems| {
            domain::check(document, problems);
        };
        let mutants = mutate(document, &loaded.features, &schema, under, &readable);
        let of = |result| mutants.iter().filter(move |m| m.result == result).cloned();
        report.push(Mutated {
            rulebook: loaded.slug.clone(),
            noticed: of(MutantResult::Noticed).count(),
            unnoticed: of(MutantResult::Unnoticed).collect(),
            invalid: of(MutantResult::Invalid).collect(),
        });
    }
    let all_noticed = report.iter().all(|rulebook| rulebook.unnoticed.is_empty());
    if as_json {
        json(&report)?;
        return Ok(all_noticed);
    }
    for rulebook in &report {
        for mutant in &rulebook.unnoticed {
            line(&format!(
                "{}: no scenario notices {} {} -> {}",
                rulebook.rulebook, mutant.setting, mutant.before, mutant.after
            ));
        }
        line(&format!(
            "{}: {} noticed, {} unnoticed, {} invalid",
            rulebook.rulebook,
            rulebook.noticed,
            rulebook.unnoticed.len(),
            rulebook.invalid.len()
        ));
    }
    Ok(all_noticed)
}

fn diff(before: &Loaded, after: &Loaded, as_json: bool) -> Result<bool, Failed> {
    refuse_unreadable(before)?;
    refuse_unreadable(after)?;
    let difference =
        Difference::between(&before.composed.document, &after.composed.document, &schema());
    if as_json {
        json(&difference)?;
        return Ok(true);
    }
    let shown =
        |value: &Option<Value>| value.as_ref().map_or("(not written)".into(), ToString::to_string);
    for setting in &difference.settings {
        line(&format!("{} / {} ({})", setting.name.zh, setting.name.en, setting.setting));
        line(&format!("    {} -> {}", shown(&setting.before), shown(&setting.after)));
    }
    for clause in &difference.clauses {
        line(&match (&clause.before, &clause.after) {
            (None, Some(words)) => format!("+ {} {}", clause.clause, words.zh),
            (Some(words), None) => format!("- {} {}", clause.clause, words.zh),
            (before, after) => {
                let [was, is] = [before, after].map(|w| w.as_ref().map_or("", |w| w.zh.as_str()));
                format!("~ {} {was}\n    -> {is}", clause.clause)
            }
        });
    }
    let (settings, clauses) = (difference.settings.len(), difference.clauses.len());
    line(&format!("{settings} settings and {clauses} clauses differ"));
    Ok(true)
}

fn settings(markdown: bool, as_json: bool) -> Result<bool, Failed> {
    let schema = schema();
    if as_json {
        let all: Vec<_> = schema.iter().collect();
        json(&all)?;
        return Ok(true);
    }
    if markdown {
        line(&settings_page());
        return Ok(true);
    }
    for setting in schema.iter() {
        let none = if setting.may_be_none { " or \"none\"" } else { "" };
        let default = setting.default.as_ref().map_or("unset".into(), ToString::to_string);
        line(&format!("{} ({} / {})", setting.path, setting.zh, setting.en));
        line(&format!("    {}{none}; not written: {default}", setting.shape));
    }
    Ok(true)
}

/// The reference page of all settings, as it stands in docs/.
#[must_use]
pub fn settings_page() -> String {
    let mut page = String::from(
        "# Settings\n\nWritten by `lunpai rulebook settings --markdown`.\n\n\
         | setting | 中文 | English | may be | not written |\n| --- | --- | --- | --- | --- |\n",
    );
    for setting in schema().iter() {
        let none = if setting.may_be_none { " or `\"none\"`" } else { "" };
        let default = setting.default.as_ref().map_or("unset".into(), |value| format!("`{value}`"));
        let shape = setting.shape.to_string().replace('|', "\\|");
        let (zh, en, path) = (setting.zh, setting.en, &setting.path);
        page.push_str(&format!("| `{path}` | {zh} | {en} | {shape}{none} | {default} |\n"));
    }
    page.truncate(page.trim_end().len());
    page
}
