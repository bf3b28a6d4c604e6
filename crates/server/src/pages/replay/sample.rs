//! Samples of the pages of a replay.

use super::{
    ReplayPage, ReplaysPage,
    view::{PersonRow, ReplayLine, ReplayRow, ReplaySide, ReplayStep, ReplayView, ReplaysView},
};
use crate::language::Text;
use crate::pages::{
    frame::{Place, Problem},
    sample::{Sample, Viewer, ago, frame, sample},
};

fn line(step: ReplayStep) -> ReplayLine {
    let (id, slug) = ("0197".to_owned(), "yunqi".to_owned());
    ReplayLine { id, slug, version: 3, asked_at: ago(6), step }
}

fn asked(earlier: Vec<ReplayLine>, problems: Vec<Problem>) -> ReplaysView {
    ReplaysView {
        slug: "yunqi".to_owned(),
        version: 3,
        title: Text::new("云栖台接待制度", "Reception rules of Yunqi"),
        command: "0197".to_owned(),
        from: "2026-10-01".to_owned(),
        to: String::new(),
        problems,
        earlier,
    }
}

fn side(who: &str, turn_of: &str, clause: &str) -> ReplaySide {
    ReplaySide {
        who: who.to_owned(),
        situation: "new".to_owned(),
        turn_of: turn_of.to_owned(),
        make_up: false,
        clauses: vec![clause.to_owned()],
        findings: Vec::new(),
    }
}

fn done(rows: Vec<ReplayRow>) -> ReplayView {
    let differ = u64::try_from(rows.len()).unwrap_or_default();
    let counts = [("visits", 218), ("receivers-differ", differ), ("clients-differ", 0)];
    ReplayView {
        line: line(ReplayStep::Done(218, differ)),
        period: ("2026-10-01".to_owned(), String::new()),
        counts: counts.map(|(name, count)| (name.to_owned(), count)).to_vec(),
        people: vec![PersonRow {
            name: "林晓彤".to_owned(),
            pairs: [(30, 28), (21, 21), (2, 1), (0, 1)],
        }],
        missing: vec![("acceptance".to_owned(), 12)],
        undecided: vec![("rotation.absence.meal.result".to_owned(), 2)],
        not_applied: vec![("give-up".to_owned(), "not-on-turn".to_owned(), 1)],
        rows,
        kind: String::new(),
        person: String::new(),
        choices: vec![("1".to_owned(), "林晓彤".to_owned())],
        next: None,
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let around = || frame(viewer, Some(Place::Rulebooks), "supervisor");
    let ask = |view| ReplaysPage { frame: around(), view };
    let page = |view| ReplayPage { frame: around(), view };
    let row = ReplayRow {
        kind: "visit".to_owned(),
        at: Some(ago(4_000)),
        about: "12".to_owned(),
        client: String::new(),
        then: side("林晓彤", "林晓彤", "3"),
        would: side("陈志远", "陈志远", "5"),
        decision: "floor.0197.12".to_owned(),
        missing: vec!["acceptance".to_owned()],
    };
    let sanction = ReplayRow {
        kind: "sanction".to_owned(),
        about: "suspended".to_owned(),
        then: ReplaySide::default(),
        decision: String::new(),
        ..row.clone()
    };
    let wrong =
        Problem { field: "to".to_owned(), text: "结束日期早于开始日期".to_owned() };
    let running = ReplayView { line: line(ReplayStep::Running(1_200, 7_263)), ..done(Vec::new()) };
    let failed = ReplayStep::Failed("unusable events of an entry".to_owned());
    let failed = ReplayView { line: line(failed), ..done(Vec::new()) };
    vec![
        sample("replay/ask", true, &ask(asked(Vec::new(), Vec::new()))),
        sample(
            "replay/asked",
            true,
            &ask(asked(vec![line(ReplayStep::Done(218, 2))], vec![wrong])),
        ),
        sample("replay/running", true, &page(running)),
        sample("replay/failed", true, &page(failed)),
        sample("replay/same", true, &page(done(Vec::new()))),
        sample("replay/differs", true, &page(done(vec![row, sanction]))),
    ]
}
