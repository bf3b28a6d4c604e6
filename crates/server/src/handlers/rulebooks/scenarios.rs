//! What came of a rulebook's scenarios, for its page.

use domain::scenario::Ran;

use crate::pages::rulebooks::view::{RulebookView, ScenarioRow, Scenarios};

/// Puts what `ran` into the page: the failed ones first, and counted for each clause.
pub(super) fn fill(view: &mut RulebookView, ran: &[Ran]) {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let failed = |ran: &&Ran| ran.failure.is_some();
    view.row.failed_count = count(ran.iter().filter(failed).count());
    view.row.passed_count = count(ran.len()) - view.row.failed_count;
    for clause in &mut view.clauses {
        let shows = |ran: &&Ran| ran.clauses.contains(&clause.id);
        clause.failed_count = count(ran.iter().filter(shows).filter(failed).count());
        clause.passed_count = count(ran.iter().filter(shows).count()) - clause.failed_count;
    }
    let mut rows: Vec<ScenarioRow> = ran.iter().map(row).collect();
    rows.sort_by_key(|row| row.failure.is_none());
    view.scenarios = Scenarios::Ran(rows);
}

fn row(ran: &Ran) -> ScenarioRow {
    let failure = ran.failure.as_ref().map(|failure| {
        let line = u32::try_from(failure.line).unwrap_or(u32::MAX);
        (line, failure.step.clone(), failure.message.clone())
    });
    ScenarioRow { name: ran.scenario.clone(), clauses: ran.clauses.clone(), failure }
}
