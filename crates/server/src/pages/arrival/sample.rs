//! Samples of arrival.

use super::view::{
    ArrivalForm, ArrivalView, ClosedDay, DeskView, LookUpView, Match, PreviewView, Stage,
    VisitPanel, VisitStep,
};
use super::{ArrivalPage, LookUp};
use crate::pages::decision::sample as decisions;
use crate::pages::frame::{Place, Problem};
use crate::pages::rotation::sample::waiting;
use crate::pages::sample::{Sample, Viewer, ago, frame, notice, now, people, sample};

/// A visit that was just given to somebody.
pub fn offered() -> VisitPanel {
    VisitPanel {
        now: now(),
        id: "v5".to_owned(),
        visitor: "王先生".to_owned(),
        receiver: people().into_iter().nth(1),
        stage: Stage::Offered(Some(ago(-2))),
        why: decisions::granted(),
        undo_until: Some(ago(-1)),
        steps: vec![
            VisitStep::Accept,
            VisitStep::Decline,
            VisitStep::Correct,
            VisitStep::Override,
            VisitStep::Leave,
        ],
        helpers: Vec::new(),
        situation: "new".to_owned(),
        situations: situations(),
        authority: Vec::new(),
    }
}

/// A visit that is being received.
pub fn receiving() -> VisitPanel {
    VisitPanel {
        id: "v4".to_owned(),
        visitor: "李女士一家".to_owned(),
        receiver: people().into_iter().nth(9),
        stage: Stage::Receiving(ago(26)),
        why: decisions::pending(),
        undo_until: None,
        steps: vec![
            VisitStep::Finish,
            VisitStep::HandBack,
            VisitStep::ColleaguesClient,
            VisitStep::NonBuyer,
            VisitStep::CallHelp,
        ],
        helpers: names(&["周敏"]),
        ..offered()
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A visit whose client's owner is asked who receives.
pub fn asking() -> VisitPanel {
    VisitPanel {
        id: "v6".to_owned(),
        receiver: None,
        stage: Stage::Waiting,
        undo_until: None,
        steps: vec![VisitStep::AnswerOwner, VisitStep::Leave],
        ..offered()
    }
}

/// Situations as the rulebook knows them.
pub fn situations() -> Vec<String> {
    names(&[
        "new",
        "own_open",
        "own_closed",
        "owner_absent",
        "named",
        "phone_named",
        "outreach_named",
        "referral_open",
        "same_day_repeat",
        "enquiry",
        "material_only",
        "outside_hours",
    ])
}

fn empty() -> ArrivalView {
    ArrivalView {
        now: now(),
        closed: None,
        form: ArrivalForm { command: "c1".to_owned(), people_count: 1, ..ArrivalForm::default() },
        people: people(),
        purposes: names(&["buying", "enquiry", "material", "non_buyer", "non_viewing"]),
        sources: names(&["naturally", "outreach", "phoned", "contacted", "referral", "call"]),
        teams: Vec::new(),
        questions_least: 0,
        preview: PreviewView {
            situations: situations(),
            people: people(),
            may_override: true,
            ..PreviewView::default()
        },
        visit: None,
        desk: DeskView { now: now(), waiting: Vec::new(), running: Vec::new(), people: people() },
        seen: 1284,
    }
}

fn busy() -> ArrivalView {
    let start = empty();
    ArrivalView {
        form: ArrivalForm {
            first_visit: "no".to_owned(),
            expected: "yes".to_owned(),
            expected_by: "p08".to_owned(),
            look: "wang".to_owned(),
            name: "王建军".to_owned(),
            telephone: "138".to_owned(),
            people_count: 2,
            purpose: "buying".to_owned(),
            source: "referral".to_owned(),
            referred_by: "张大姐".to_owned(),
            team: "t02".to_owned(),
            questions: "2".to_owned(),
            problems: vec![Problem {
                field: "telephone".to_owned(),
                text: "“138” 不是完整的电话号码".to_owned(),
            }],
            ..start.form
        },
        teams: vec![("t01".to_owned(), "A".to_owned()), ("t02".to_owned(), "B".to_owned())],
        questions_least: 3,
        preview: PreviewView {
            why: Some(decisions::granted()),
            situation: "own_open".to_owned(),
            corrected: true,
            may_override: true,
            authority: names(&["15", "16"]),
            ..start.preview
        },
        visit: Some(offered()),
        desk: DeskView { waiting: waiting(), running: vec![receiving(), asking()], ..start.desk },
        ..start
    }
}

fn closed() -> ArrivalView {
    let start = empty();
    let preview = PreviewView {
        why: Some(decisions::overridden()),
        situation: "outside_hours".to_owned(),
        ..start.preview.clone()
    };
    let openers = names(&["receptionist", "secretary", "supervisor", "manager"]);
    let closed = Some(ClosedDay { over: false, may_open: true, openers });
    ArrivalView { closed, preview, ..start }
}

fn look_up(look: &str, count: usize) -> LookUpView {
    let one = |name: &str, owner: Option<&str>, closed| Match {
        id: name.to_owned(),
        name: name.to_owned(),
        telephone: "138 **** 2046".to_owned(),
        owner: owner.map(str::to_owned),
        closed,
        last_visit: owner.map(|_| ago(60 * 24 * 9)),
    };
    let all = vec![
        one("王建军", Some("黄美玲"), false),
        one("王静", Some("Alexander Konstantinov-Beaumont"), true),
        one("汪晓", None, false),
    ];
    LookUpView {
        look: look.to_owned(),
        matches: all.into_iter().take(count).collect(),
        more: count > 2,
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Arrival), "receptionist");
    let mut told = frame();
    told.notices.push(notice(&told.words));
    vec![
        sample("arrival/empty", true, &ArrivalPage { frame: frame(), view: empty() }),
        sample("arrival/busy", true, &ArrivalPage { frame: told, view: busy() }),
        sample("arrival/closed", true, &ArrivalPage { frame: frame(), view: closed() }),
        sample("arrival/look-up", false, &LookUp { frame: frame(), view: look_up("wang", 3) }),
        sample("arrival/look-up-none", false, &LookUp { frame: frame(), view: look_up("zz", 0) }),
        sample("arrival/look-up-empty", false, &LookUp { frame: frame(), view: look_up("", 0) }),
    ]
}
