//! Samples of the visitor register.

use super::view::{Pager, VisitFilter, VisitRow, VisitsView};
use super::{VisitsPage, VisitsPrint};
use crate::pages::arrival::sample::situations;
use crate::pages::arrival::view::Stage;
use crate::pages::frame::Place;
use crate::pages::sample::{Sample, Viewer, ago, frame, now, people, sample, today};

fn row(minutes: i64, visitor: &str, situation: &str, stage: Stage) -> VisitRow {
    VisitRow {
        id: format!("v{minutes}"),
        at: ago(minutes),
        visitor: visitor.to_owned(),
        telephone: "138 **** 2046".to_owned(),
        people_count: 2,
        purpose: "buying".to_owned(),
        source: "walk_in".to_owned(),
        situation: situation.to_owned(),
        receiver: Some("陈志远".to_owned()),
        minutes: (stage == Stage::Finished).then_some(38),
        stage,
        decision: "0193-a1".to_owned(),
        clauses: vec!["3".to_owned()],
        late: false,
        overridden: false,
    }
}

fn busy() -> VisitsView {
    VisitsView {
        now: now(),
        filter: VisitFilter {
            day: today(),
            look: "王".to_owned(),
            receiver: "p02".to_owned(),
            situation: "new".to_owned(),
        },
        people: people(),
        situations: situations(),
        rows: vec![
            VisitRow {
                receiver: None,
                purpose: String::new(),
                ..row(2, "孙先生", "new", Stage::Waiting)
            },
            row(9, "王先生", "new", Stage::Offered(Some(ago(-2)))),
            VisitRow {
                clauses: Vec::new(),
                overridden: true,
                ..row(30, "Mrs Featherstonehaugh-Cholmondeley", "named", Stage::Receiving(ago(26)))
            },
            VisitRow {
                late: true,
                people_count: 1,
                ..row(90, "李女士", "own_open", Stage::Finished)
            },
            row(120, "周先生", "material_only", Stage::Left),
        ],
        pager: Pager { page: 2, page_count: 3, total: 48 },
        may_export: true,
    }
}

fn empty() -> VisitsView {
    VisitsView {
        filter: VisitFilter { day: today(), ..VisitFilter::default() },
        rows: Vec::new(),
        pager: Pager { page: 1, page_count: 1, total: 0 },
        may_export: false,
        ..busy()
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Visits), "receptionist");
    vec![
        sample("visits/busy", true, &VisitsPage { frame: frame(), view: busy() }),
        sample("visits/empty", true, &VisitsPage { frame: frame(), view: empty() }),
        sample("visits/print", true, &VisitsPrint { frame: frame(), view: busy() }),
    ]
}
