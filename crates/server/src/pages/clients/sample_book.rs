//! Samples of the client book: many at once, correcting, merging, erasing, the timeline, files of clients.

use super::book::{
    BulkRow, BulkView, EditView, EraseView, FieldRow, MergeView, TimelineRow, TimelineView,
};
use super::imports::{FindingRow, ImportLine, ImportSheet, ImportsView};
use super::{
    BulkPage, ClientImportPage, ClientImportsPage, EditPage, ErasePage, FieldPart, MergePage,
    TimelinePage,
};
use crate::language::Key;
use crate::pages::frame::{Place, Problem, Tone};
use crate::pages::sample::{Sample, Viewer, ago, frame, sample};

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn row(name: &str, came: &str, tone: Tone) -> BulkRow {
    BulkRow {
        id: "c1".to_owned(),
        name: name.to_owned(),
        telephone: "138****5671".to_owned(),
        owner: "赵一鸣".to_owned(),
        to: "林晓彤".to_owned(),
        came: came.to_owned(),
        tone,
    }
}

fn bulk(done: bool) -> BulkView {
    BulkView {
        command: "k".to_owned(),
        act: "assign".to_owned(),
        grade: String::new(),
        to: words(&["p01"]),
        rows: vec![row("王**", "客户归林晓彤", Tone::Good), row("李**", "不可以", Tone::Bad)],
        good_count: 1,
        bad_count: 1,
        done,
        problem: None,
    }
}

fn telephone(place: u32) -> FieldRow {
    FieldRow {
        field: "telephone".to_owned(),
        place,
        text: "138****5671".to_owned(),
        label: "本人".to_owned(),
        masked: true,
    }
}

fn edit() -> EditView {
    let text = "电话号码不对".to_owned();
    EditView {
        id: "c1".to_owned(),
        name: "王**".to_owned(),
        fields: vec![telephone(0), telephone(1)],
        kind: "household".to_owned(),
        grade: "B".to_owned(),
        source: "visit".to_owned(),
        class: "首改".to_owned(),
        needs: "三居".to_owned(),
        kinds: words(&["person", "household", "company"]),
        grades: words(&["A", "B", "C", "D"]),
        sources: words(&["visit", "call", "outreach", "web", "filing", "referral", "other"]),
        problems: vec![Problem { field: "telephone".to_owned(), text }],
    }
}

fn line(stage: &str) -> ImportLine {
    ImportLine {
        id: "i1".to_owned(),
        file: "客户.csv".to_owned(),
        stage: stage.to_owned(),
        rows_count: 1_200,
        written_count: 0,
        bad_count: 1,
        at: ago(5),
    }
}

fn sheet(stage: &str) -> ImportSheet {
    let text = "“138” 无法识别".to_owned();
    let column = |one: &str, two: &str, three: &str| (one.into(), two.into(), three.into());
    ImportSheet {
        line: line(stage),
        good_count: 1_190,
        known_count: 9,
        done_count: 600,
        percent: 50,
        columns: vec![column("手机号", "telephone", "13812345678"), column("生肖", "", "龙")],
        choices: vec![("name".into(), "姓名".into()), ("telephone".into(), "电话".into())],
        duplicates: words(&["fill", "skip", "add"]),
        chosen: "fill".to_owned(),
        findings: vec![FindingRow {
            number: 7,
            problems: vec![Problem { field: "电话".to_owned(), text }],
            cells: words(&["王小明", "138"]),
            known: Some("c1".to_owned()),
        }],
        next: Some(3),
        error: (stage == "stopped").then(|| "the database was out of reach".to_owned()),
    }
}

fn timeline() -> TimelineView {
    let entry = |kind: &str, minutes| TimelineRow {
        entry: "client.c1.1".to_owned(),
        kind: format!("client-{kind}"),
        by: "林晓彤".to_owned(),
        at: ago(minutes),
        owner_after: (kind == "set-owner").then(|| "林晓彤".to_owned()),
        other: (kind == "merge-client").then(|| "c2".to_owned()),
        changed: if kind == "correct-client" { words(&["grade", "notes"]) } else { Vec::new() },
        reason: (kind == "set-owner").then(|| "客户点名".to_owned()),
    };
    let kinds = [
        "erase-client",
        "part-clients",
        "merge-client",
        "tie-clients",
        "correct-client",
        "set-owner",
        "visit",
    ];
    TimelineView {
        id: "c1".to_owned(),
        name: "王**".to_owned(),
        rows: kinds.iter().zip(1..).map(|(kind, minutes)| entry(kind, minutes)).collect(),
        before: Some("2026-11-01T00:00:00Z".to_owned()),
    }
}

/// Every sample.
pub(super) fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::Clients), "manager");
    let merge = MergeView {
        id: "c1".to_owned(),
        name: "王**".to_owned(),
        command: "k".to_owned(),
        look: "王".to_owned(),
        found: vec![row("王**", "", Tone::Plain)],
        problem: Some("请填写合并理由".to_owned()),
    };
    let erase = EraseView {
        id: "c1".to_owned(),
        name: "王**".to_owned(),
        lost: vec![
            (Key("clients-erase-records"), 1),
            (Key("clients-erase-telephones"), 2),
            (Key("clients-erase-ties"), 0),
            (Key("clients-erase-notes"), 1),
        ],
        entries_count: 7,
    };
    let problem = Problem { field: "file".to_owned(), text: "文件读不下去".to_owned() };
    let imports = ImportsView {
        rows: ["reading", "judging", "judged", "writing", "done", "stopped", "discarded"]
            .map(line)
            .to_vec(),
        problems: vec![problem],
    };
    let wrong = BulkView { problem: Some("没有选择客户".to_owned()), ..bulk(false) };
    let field = FieldPart { frame: frame(), id: "c1".to_owned(), row: telephone(0) };
    vec![
        sample("clients/bulk", true, &BulkPage { frame: frame(), view: bulk(false) }),
        sample("clients/bulk-done", true, &BulkPage { frame: frame(), view: bulk(true) }),
        sample("clients/bulk-wrong", true, &BulkPage { frame: frame(), view: wrong }),
        sample("clients/edit", true, &EditPage { frame: frame(), view: edit() }),
        sample("clients/merge", true, &MergePage { frame: frame(), view: merge }),
        sample("clients/erase", true, &ErasePage { frame: frame(), view: erase }),
        sample("clients/timeline", true, &TimelinePage { frame: frame(), view: timeline() }),
        sample("clients/imports", true, &ClientImportsPage { frame: frame(), view: imports }),
        sample("clients/import", true, &ClientImportPage { frame: frame(), view: sheet("judged") }),
        sample(
            "clients/import-writing",
            true,
            &ClientImportPage { frame: frame(), view: sheet("writing") },
        ),
        sample(
            "clients/import-stopped",
            true,
            &ClientImportPage { frame: frame(), view: sheet("stopped") },
        ),
        sample("clients/field", false, &field),
    ]
}
