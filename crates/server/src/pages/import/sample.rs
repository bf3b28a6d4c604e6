//! Samples of the import page.

use super::ImportPage;
use super::view::{ImportPreview, ImportRow, ImportStep, ImportView};
use crate::pages::frame::{Place, Problem};
use crate::pages::sample::{Sample, Viewer, frame, sample};

fn view(step: ImportStep) -> ImportView {
    ImportView {
        step,
        kinds: ["people", "sign_in_sheet", "visits"].map(str::to_owned).to_vec(),
        chosen: String::new(),
        problems: Vec::new(),
    }
}

fn preview(bad: bool) -> ImportPreview {
    let row = |line, cells: [&str; 4], problem: Option<(&str, &str)>| ImportRow {
        line,
        cells: cells.map(str::to_owned).to_vec(),
        problems: problem
            .map(|(field, text)| Problem { field: field.to_owned(), text: text.to_owned() })
            .into_iter()
            .collect(),
    };
    let mut rows = vec![row(2, ["陈志远", "chenzy", "置业顾问", "一组"], None)];
    if bad {
        rows.insert(0, row(7, ["", "liuy", "置业顾问", "二组"], Some(("姓名", "不能为空"))));
        rows.insert(
            1,
            row(9, ["吴昊", "liuy", "顾问长", ""], Some(("角色", "没有 “顾问长” 这个角色"))),
        );
    }
    ImportPreview {
        id: "i1".to_owned(),
        kind: "people".to_owned(),
        file: "人员名单 2026-11.xlsx".to_owned(),
        columns: ["姓名", "登录名", "角色", "组别"].map(str::to_owned).to_vec(),
        rows,
        good_count: 14,
        bad_count: if bad { 2 } else { 0 },
        more_count: 13,
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let page =
        |view| ImportPage { frame: frame(viewer, Some(Place::Import), "administrator"), view };
    let refused = ImportView {
        problems: vec![Problem {
            field: String::new(),
            text: "无法读取 “名单.pdf”，请上传 xlsx 或 CSV".to_owned(),
        }],
        ..view(ImportStep::Choose)
    };
    let done = ImportStep::Done {
        kind: "people".to_owned(),
        written_count: 14,
        known_count: 3,
        left_out_count: 2,
        refused: vec![(12, "the name is too long".to_owned())],
        passwords: vec![("陈志远".to_owned(), "chenzy".to_owned(), "kR7-mwp2-Qx9d".to_owned())],
    };
    vec![
        sample("import/choose", true, &page(view(ImportStep::Choose))),
        sample("import/refused", true, &page(refused)),
        sample("import/preview-bad", true, &page(view(ImportStep::Preview(preview(true))))),
        sample("import/preview-good", true, &page(view(ImportStep::Preview(preview(false))))),
        sample("import/done", true, &page(view(done))),
    ]
}
