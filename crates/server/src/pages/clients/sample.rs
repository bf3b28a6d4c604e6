//! Samples of the clients' pages.

use chrono::Days;

use super::book::{Book, FieldRow, FilterView, KeptRow, ListTools, TieRow};
use super::view::{
    ActForm, Choices, ClientForm, ClientRow, ClientView, ClientsView, ContactRow, HistoryRow,
    ListKind, Owned, RegistrationRow, RightRow, Term,
};
use super::{ClientPage, ClientPrintPage, ClientsPage};
use crate::language::{Fact, Value};
use crate::pages::decision::{sample::granted, view::Why};
use crate::pages::frame::{Place, Problem, Tone};
use crate::pages::sample::{Sample, Viewer, ago, frame, people, sample, today};

const DAY: i64 = 24 * 60;

fn rows() -> Vec<ClientRow> {
    let in_days = |days| today().checked_add_days(Days::new(days)).unwrap_or_default();
    let terms = [
        Some(Term::Lapses(in_days(1))),
        Some(Term::Until(in_days(19))),
        Some(Term::Closed),
        Some(Term::ForGood),
        None,
    ];
    let names = ["王**", "阿**", "陈**", "A**", "欧**"];
    names
        .into_iter()
        .zip(terms)
        .enumerate()
        .map(|(place, (name, term))| ClientRow {
            id: format!("c{place}"),
            name: name.to_owned(),
            telephone: if place == 3 { String::new() } else { format!("138****567{place}") },
            owner: term.and_then(|_| people().get(place).map(|person| person.name.clone())),
            term,
            grade: if place == 0 { "A".to_owned() } else { String::new() },
            contact_at: (place < 2).then(|| ago(2 * DAY)),
        })
        .collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn registrations() -> Vec<RegistrationRow> {
    let row = RegistrationRow {
        id: "g1".to_owned(),
        by: "林晓彤".to_owned(),
        at: ago(9 * DAY),
        channel: "visit".to_owned(),
        fields: words(&["real_name", "telephone", "basic_data"]),
        missing: Vec::new(),
        signed: true,
        valid_from: Some(ago(9 * DAY)),
        may_complete: false,
    };
    let lacking = RegistrationRow {
        id: "g2".to_owned(),
        by: "陈志远".to_owned(),
        at: ago(3 * DAY),
        channel: "outreach".to_owned(),
        fields: words(&["name"]),
        missing: words(&["real_name", "telephone"]),
        signed: false,
        valid_from: None,
        may_complete: true,
    };
    vec![row, lacking]
}

fn choices() -> Choices {
    Choices {
        people: people(),
        me: "p01".to_owned(),
        for_others: true,
        fields: words(&["real_name", "telephone", "basic_data", "needs", "address"]),
        required_count: 3,
        channels: words(&["visit", "call", "outreach", "web", "filing"]),
        relations: words(&["spouse", "parent_child", "friend"]),
        evidence: words(&["visitor_register", "call_register"]),
        signature: true,
    }
}

fn rights() -> Vec<RightRow> {
    let right = RightRow {
        by: "林晓彤".to_owned(),
        basis: "registration".to_owned(),
        from: ago(9 * DAY),
        ended: None,
    };
    let before = RightRow {
        by: "赵一鸣".to_owned(),
        basis: "reception".to_owned(),
        from: ago(40 * DAY),
        ended: Some((ago(9 * DAY), words(&["12"]))),
    };
    vec![right, before]
}

fn field(field: &str, text: &str, masked: bool) -> FieldRow {
    let (field, text) = (field.to_owned(), text.to_owned());
    FieldRow { field, place: 0, text, label: String::new(), masked }
}

fn book() -> Book {
    Book {
        fields: vec![
            field("name", "王**", true),
            FieldRow { label: "WeChat".to_owned(), ..field("telephone", "138****5671", true) },
            field("company", "云**", true),
            field("plate", "粤B***45", true),
            field("needs", "三居，近地铁", false),
            field("notes", "***", true),
        ],
        ties: vec![TieRow {
            id: "c2".to_owned(),
            name: "李**".to_owned(),
            relation: "spouse".to_owned(),
            counts: Some(true),
        }],
        merged_into: None,
        may_edit: true,
        may_merge: true,
        may_erase: true,
        more_before: Some("2026-11-01T00:00:00Z".to_owned()),
    }
}

fn tools() -> ListTools {
    ListTools {
        filter: FilterView { grade: "A".to_owned(), used: true, ..FilterView::default() },
        kept: vec![KeptRow {
            id: "l1".to_owned(),
            name: "A 7".to_owned(),
            query: "lapse=7".to_owned(),
        }],
        people: people(),
        grades: words(&["A", "B", "C", "D"]),
        sources: words(&["visit", "call", "referral"]),
        kinds: words(&["person", "household", "company"]),
        next: Some("c9".to_owned()),
        may_grade: true,
        may_assign: true,
        may_export: true,
        may_export_in_full: true,
        may_import: true,
    }
}

fn client() -> ClientView {
    let owner = || vec![Fact::new("owner", Value::Text("林晓彤".to_owned()))];
    let why = Why {
        id: "now".to_owned(),
        outcome: "owned-by".to_owned(),
        facts: owner(),
        tone: Tone::Plain,
        ..granted()
    };
    let entry = |kind: &str, minutes| HistoryRow {
        entry: "client.c1.1".to_owned(),
        kind: format!("client-{kind}"),
        by: "林晓彤".to_owned(),
        at: ago(minutes),
        reason: (kind == "set-owner").then(|| "客户点名".to_owned()),
    };
    let contact = |complete, minutes| ContactRow {
        by: "林晓彤".to_owned(),
        at: ago(minutes),
        kind: "follow-up".to_owned(),
        complete,
    };
    ClientView {
        id: "c1".to_owned(),
        name: "王**".to_owned(),
        kind: "person".to_owned(),
        grade: "A".to_owned(),
        source: "visit".to_owned(),
        book: book(),
        erased: false,
        may_reveal: true,
        created_at: ago(9 * DAY),
        owned: Some(Owned {
            owner: "林晓彤".to_owned(),
            since: ago(9 * DAY),
            renewed: ago(2 * DAY),
            term: Term::Lapses(today().checked_add_days(Days::new(2)).unwrap_or_default()),
        }),
        told: Some(Why {
            id: "told".to_owned(),
            outcome: "refused-because".to_owned(),
            facts: vec![Fact::new("reason", Value::Named("claimed-too-late".to_owned()))],
            tone: Tone::Bad,
            ..granted()
        }),
        why,
        registrations: registrations(),
        contacts: vec![contact(true, 2 * DAY), contact(false, 4 * DAY)],
        rights: rights(),
        history: vec![entry("set-owner", 60), entry("register-client", 9 * DAY)],
        acts: vec![
            ActForm::FollowUp,
            ActForm::Register,
            ActForm::Close,
            ActForm::Claim,
            ActForm::Assign,
            ActForm::Distribute,
            ActForm::Change,
            ActForm::Rule,
            ActForm::CancelClosing,
        ],
        choices: choices(),
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let place = Some(Place::Clients);
    let list = ClientsView {
        look: String::new(),
        kind: ListKind::Mine,
        rows: rows(),
        form: Some(ClientForm { command: "c".to_owned(), ..ClientForm::default() }),
        tools: tools(),
    };
    let problem =
        Problem { field: "telephone".to_owned(), text: "“138” 不是电话号码".to_owned() };
    let none = ClientsView {
        look: "zz".to_owned(),
        kind: ListKind::Found,
        rows: Vec::new(),
        form: Some(ClientForm {
            name: "王先生".to_owned(),
            telephone: "138".to_owned(),
            problems: vec![problem],
            ..ClientForm::default()
        }),
        tools: ListTools::default(),
    };
    let bare = ClientView {
        name: "**".to_owned(),
        grade: String::new(),
        source: String::new(),
        book: Book { merged_into: Some("c2".to_owned()), may_merge: true, ..Book::default() },
        erased: true,
        may_reveal: false,
        owned: None,
        told: None,
        registrations: Vec::new(),
        contacts: Vec::new(),
        rights: Vec::new(),
        acts: Vec::new(),
        ..client()
    };
    let list = ClientsPage { frame: frame(viewer, place, "consultant"), view: list };
    let none = ClientsPage { frame: frame(viewer, place, "receptionist"), view: none };
    let whole = ClientPage { frame: frame(viewer, place, "supervisor"), view: client() };
    let bare = ClientPage { frame: frame(viewer, place, "head_office"), view: bare };
    let on_paper = ClientPrintPage { frame: frame(viewer, place, "supervisor"), view: client() };
    let mut samples = vec![
        sample("clients/list", true, &list),
        sample("clients/none", true, &none),
        sample("clients/client", true, &whole),
        sample("clients/bare", true, &bare),
        sample("clients/print", true, &on_paper),
    ];
    samples.extend(super::sample_book::all(viewer));
    samples
}
