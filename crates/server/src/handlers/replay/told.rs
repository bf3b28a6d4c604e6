//! A difference as pages, files and the command line tell it.

use std::collections::BTreeMap;

use app::{
    ClientId, PersonId, SiteId,
    replay::{Found, Page},
};
use domain::journeys::replay::{Difference, Missing, Received, SanctionKind, VisitDiffers};
use rulebook::Because;

use crate::{
    handlers::decision::{Names, findings, key},
    language::Words,
    pages::replay::view::{ReplayRow, ReplaySide},
};

/// The names of clients, masked.
type Clients = BTreeMap<ClientId, String>;

/// The rows of `page`, found in the history of `site`.
pub(crate) fn rows(page: &Page, site: SiteId) -> Vec<ReplayRow> {
    page.found.iter().map(|(_, found)| row(found, site, &page.names, &page.clients)).collect()
}

/// One difference.
pub(crate) fn row(found: &Found, site: SiteId, names: &Names, clients: &Clients) -> ReplayRow {
    let entry = |version: Option<i64>| {
        version.map(|version| format!("floor.{}.{version}", site.0)).unwrap_or_default()
    };
    match &found.difference {
        Difference::Visit(visit) => of_visit(visit, found, names, entry(visit.decided_by)),
        Difference::Client(client) => {
            let who = |person: Option<PersonId>| person.and_then(|id| names.get(&id).cloned());
            let side = |person, because| ReplaySide {
                who: who(person).unwrap_or_default(),
                ..reasons(because, names)
            };
            ReplayRow {
                kind: "client".to_owned(),
                at: None,
                about: clients.get(&client.client).cloned().unwrap_or_else(|| "…".to_owned()),
                client: client.client.to_string(),
                then: side(client.then, &client.because_then),
                would: side(client.would, &client.because_would),
                decision: String::new(),
                missing: Vec::new(),
            }
        }
        Difference::Sanction(sanction) => {
            let who = names.get(&sanction.person).cloned().unwrap_or_default();
            let side = |because: Option<&Because>| {
                because.map_or_else(ReplaySide::default, |because| ReplaySide {
                    who: who.clone(),
                    ..reasons(because, names)
                })
            };
            let came = found.because_then.as_ref().filter(|_| sanction.decided_by.is_some());
            let about = match sanction.kind {
                SanctionKind::Breach(_) => "breach",
                SanctionKind::Suspended(_) => "suspended",
                SanctionKind::HalfRate => "half-rate",
            };
            ReplayRow {
                kind: "sanction".to_owned(),
                at: Some(sanction.at.to_utc()),
                about: about.to_owned(),
                client: String::new(),
                then: side(came),
                would: side(sanction.because.as_ref()),
                decision: entry(sanction.decided_by),
                missing: Vec::new(),
            }
        }
    }
}

fn of_visit(visit: &VisitDiffers, found: &Found, names: &Names, decision: String) -> ReplayRow {
    let side = |side: Received, because: Option<&Because>| {
        let name = |person: Option<PersonId>| person.and_then(|id| names.get(&id).cloned());
        ReplaySide {
            who: name(side.receiver).unwrap_or_default(),
            situation: side.situation.map(|situation| key(situation.word())).unwrap_or_default(),
            turn_of: name(side.turn_of).unwrap_or_default(),
            make_up: side.make_up,
            ..because.map(|because| reasons(because, names)).unwrap_or_default()
        }
    };
    ReplayRow {
        kind: "visit".to_owned(),
        at: Some(visit.arrived_at.to_utc()),
        about: visit.number.to_string(),
        client: String::new(),
        then: side(visit.then, found.because_then.as_ref()),
        would: side(visit.would, Some(&visit.because)),
        decision,
        missing: visit.missing.iter().map(|missing| missing_name(*missing)).collect(),
    }
}

fn reasons(because: &Because, names: &Names) -> ReplaySide {
    ReplaySide {
        clauses: because.clauses().into_iter().map(|clause| clause.0).collect(),
        findings: findings(names, &because.0),
        ..ReplaySide::default()
    }
}

/// The name of a missing fact in the translations.
pub(crate) fn missing_name(missing: Missing) -> String {
    key(missing.word())
}

/// The cells of a row, in the order of the sheet's columns.
pub(crate) fn cells(row: &ReplayRow, words: &Words) -> Vec<String> {
    let about = match row.kind.as_str() {
        "visit" => words.say1("replay-visit", "number", &row.about),
        "sanction" => words.named("replay-sanction", &row.about),
        _ => row.about.clone(),
    };
    let at = row.at.map(|at| words.local(&at).replace('T', " ")).unwrap_or_default();
    let mut cells = vec![words.named("replay-kind", &row.kind), at, about];
    for side in [&row.then, &row.would] {
        let situation = match side.situation.as_str() {
            "" => String::new(),
            situation => words.named("situation", situation),
        };
        let turn = match (side.turn_of.as_str(), side.make_up) {
            ("", _) => String::new(),
            (who, true) => words.say1("replay-make-up-of", "who", who),
            (who, false) => words.say1("replay-turn-of", "who", who),
        };
        let held = side.findings.iter().filter(|finding| finding.held);
        let reasons: Vec<String> = held.map(|finding| finding.sentence(words)).collect();
        cells.extend([
            side.who.clone(),
            situation,
            turn,
            words.list(&side.clauses),
            words.list(&reasons),
        ]);
    }
    let missing: Vec<String> =
        row.missing.iter().map(|missing| words.named("replay-missing", missing)).collect();
    cells.push(words.list(&missing));
    cells
}
