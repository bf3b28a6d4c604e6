//! Which clause is carried by what, and which passing scenario shows it.

use rulebook::{Carry, Clause, Document};
use serde::Serialize;

use super::run::Ran;

/// Scenarios of a clause, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
}

/// How one clause is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The clause of the catalogue, such as `R-001-01.c06`, or the rulebook's own where it
    /// covers none of the catalogue's.
    pub clause: String,
    /// The slug of the rulebook.
    pub rulebook: String,
    /// The rulebook's own clause.
    pub own: String,
    /// How it is put into effect.
    pub carry: Carry,
    /// The settings that carry it.
    pub carried_by: Vec<String>,
    /// Its scenarios.
    pub scenarios: Counted,
}

/// The coverage of the clauses that `document` itself writes by the scenarios that `ran`; what it
/// inherits is covered where it was written.
#[must_use]
pub fn coverage(document: &Document, ran: &[Ran]) -> Vec<Covered> {
    let mut covered = Vec::new();
    let written = |clause: &&Clause| clause.rulebook == document.about.slug;
    for clause in document.clauses.iter().filter(written) {
        let own = &clause.id.0;
        let mut scenarios = Counted::default();
        for run in ran.iter().filter(|run| run.clauses.contains(own)) {
            match run.failure {
                None => scenarios.passed += 1,
                Some(_) => scenarios.failed += 1,
            }
        }
        let regulation = document.about.regulation.as_deref();
        let names: Vec<String> = match (regulation, clause.covers.is_empty()) {
            (Some(regulation), false) => {
                clause.covers.iter().map(|c| full(regulation, c)).collect()
            }
            (None, false) => clause.covers.clone(),
            (_, true) => vec![format!("{}/{own}", document.about.slug)],
        };
        covered.extend(names.into_iter().map(|name| Covered {
            clause: name,
            rulebook: document.about.slug.clone(),
            own: own.clone(),
            carry: clause.carry,
            carried_by: clause.carried_by.clone(),
            scenarios,
        }));
    }
    covered
}

/// `c06` of `R-001-01` is `R-001-01.c06`; a full name stays as it is.
fn full(regulation: &str, clause: &str) -> String {
    if clause.contains('.') { clause.into() } else { format!("{regulation}.{clause}") }
}
