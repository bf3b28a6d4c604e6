//! A day of 300 visits, written by hand, is dealt as the regulation says, row by row.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use app::workbook::{self, Sheet, day::LAYOUT, write_xlsx};
use domain::rotation::{Rules, day::replay};
use rulebook::{Problems, compose};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/day")
}

fn sheet(name: &str) -> Sheet {
    let bytes = fs::read(folder().join(format!("{name}.csv"))).unwrap();
    workbook::read(&format!("{name}.csv"), &bytes).unwrap().remove(0)
}

fn sheets() -> Vec<Sheet> {
    LAYOUT.iter().map(|layout| sheet(layout.zh)).collect()
}

fn rules() -> Rules {
    let presets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let read = |slug: &str| {
        let own = if slug == "rulebook" { folder() } else { presets.clone() };
        fs::read_to_string(own.join(slug).join("rulebook.toml"))
            .map_err(|error| format!("{slug}: {error}"))
    };
    let mut problems = Problems::default();
    let composed = compose::compose("rulebook", &read, &mut problems);
    domain::check(&composed.document, &mut problems);
    let rules = Rules::read(&composed.document, &mut problems);
    assert!(problems.is_readable(), "{problems}");
    rules
}

/// A visit: receiver, who it was handed to, whose turn it used, whether by a make-up.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    receiver: String,
    handed_to: String,
    turn_of: String,
    make_up: bool,
    clauses: Vec<String>,
}

fn expected() -> BTreeMap<u32, Row> {
    let rows = sheet("expected").rows;
    rows.iter()
        .map(|row| {
            let cell = |index: usize| row.cells[index].clone();
            let clauses = cell(5).split_whitespace().map(str::to_owned).collect();
            let make_up = cell(4) == "yes";
            let row =
                Row { receiver: cell(1), handed_to: cell(2), turn_of: cell(3), make_up, clauses };
            (cell(0).parse().unwrap(), row)
        })
        .collect()
}

/// What differs, each row with its line of the register.
fn compare(got: &BTreeMap<u32, Row>) {
    let (expected, register) = (expected(), sheet("来访"));
    assert_eq!(expected.len(), 300);
    assert_eq!(got.len(), 300, "every visit is dealt");
    let mut wrong = Vec::new();
    for (mark, wanted) in &expected {
        let row = &got[mark];
        let missing: Vec<&String> =
            wanted.clauses.iter().filter(|clause| !row.clauses.contains(clause)).collect();
        let same = (&row.receiver, &row.handed_to, &row.turn_of, row.make_up)
            == (&wanted.receiver, &wanted.handed_to, &wanted.turn_of, wanted.make_up);
        if same && missing.is_empty() {
            continue;
        }
        let line = register.rows.iter().find(|row| row.cells[0] == mark.to_string()).unwrap();
        let line: Vec<&str> =
            line.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        wrong.push(format!(
            "{}\n  expected {wanted:?}\n  got      {row:?}\n  clauses missing: {missing:?}",
            line.join(" ")
        ));
    }
    let shown = wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of 300 visits differ, the first of them:\n{shown}", wrong.len());
}

#[test]
fn three_hundred_visits_are_dealt_as_the_regulation_says() {
    let day = workbook::day::read(&sheets()).unwrap();
    let dealt = replay(&rules(), &day);
    let got = dealt.visits.into_iter().map(|visit| {
        let row = Row {
            receiver: visit.receiver.unwrap_or_default(),
            handed_to: visit.handed_to.unwrap_or_default(),
            turn_of: visit.turn_of.unwrap_or_default(),
            make_up: visit.make_up,
            clauses: visit.clauses,
        };
        (visit.mark.parse().unwrap(), row)
    });
    compare(&got.collect());
    let refused: Vec<&str> = dealt.refused.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(refused, ["not_in_rotation"], "only the assignment of an outsider is refused");
}

#[test]
fn the_command_line_deals_the_same_day_from_a_workbook() {
    let rows: Vec<Vec<Vec<String>>> = LAYOUT
        .iter()
        .map(|layout| sheet(layout.zh).rows.into_iter().map(|row| row.cells).collect())
        .collect();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("day.xlsx");
    fs::write(&file, write_xlsx(LAYOUT, &rows, true).unwrap()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_lunpai"))
        .args(["rotation", "replay"])
        .arg(&file)
        .arg("--rulebook")
        .arg(folder().join("rulebook"))
        .arg("--json")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let dealt: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let got = dealt["visits"].as_array().unwrap().iter().map(|visit| {
        let name = |key: &str| visit[key].as_str().unwrap_or_default().to_owned();
        let row = Row {
            receiver: name("receiver"),
            handed_to: name("handed_to"),
            turn_of: name("turn_of"),
            make_up: visit["make_up"].as_bool().unwrap(),
            clauses: serde_json::from_value(visit["clauses"].clone()).unwrap(),
        };
        (name("mark").parse().unwrap(), row)
    });
    compare(&got.collect());
}

#[test]
fn a_template_has_every_sheet_in_both_languages_and_both_forms() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("templates");
    for (english, ending) in [(false, ".xlsx"), (true, ".xlsx"), (false, ""), (true, "")] {
        let to = folder.join(format!("day-{english}{ending}"));
        fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lunpai"));
        command.args(["rotation", "template"]).arg(&to).args(english.then_some("--english"));
        assert!(command.status().unwrap().success());
        for layout in LAYOUT {
            let name = if english { layout.en } else { layout.zh };
            let (file, from) = match ending {
                "" => (to.join(format!("{name}.csv")), format!("{name}.csv")),
                _ => (to.clone(), "day.xlsx".to_owned()),
            };
            let read = workbook::read(&from, &fs::read(file).unwrap()).unwrap();
            let sheet = read.iter().find(|sheet| sheet.name == name).unwrap();
            let headings: Vec<&str> =
                layout.columns.iter().map(|c| if english { c.en } else { c.zh }).collect();
            assert_eq!(sheet.headings, headings);
            assert!(sheet.rows.is_empty());
        }
    }
}

#[test]
fn a_file_that_is_no_day_is_named_with_a_hint() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("noise.xlsx");
    fs::write(&file, b"PK\x03\x04 and then nothing of a workbook").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_lunpai"))
        .args(["rotation", "replay"])
        .arg(&file)
        .args(["--rulebook", "demo"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("noise.xlsx") && told.contains("hint:"), "{told}");
    assert!(!told.contains("panicked"), "{told}");
}
