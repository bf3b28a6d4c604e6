//! Rows of a day's workbook become the day; every cell that does not fit is named.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use domain::rotation::day::{Answer, Day, Found, Outing, SignIn, Step, Visit};

use super::{
    super::{Column, Mistake, Row, Sheet, SheetLayout, cell, table::columns},
    layout::LAYOUT,
    words,
};

/// The day in `sheets`.
pub(super) fn day(sheets: &[Sheet]) -> Result<Day, Vec<Mistake>> {
    let mut day = Day::default();
    let mut mistakes = Vec::new();
    for layout in LAYOUT {
        let found = sheets.iter().find(|sheet| layout.is_named(&sheet.name));
        let unnamed = |sheet: &&Sheet| !LAYOUT.iter().any(|layout| layout.is_named(&sheet.name));
        let only = sheets.first().filter(|_| sheets.len() == 1 && layout.key == "visits");
        let only = only.filter(unnamed);
        let Some(sheet) = found.or(only) else {
            if matches!(layout.key, "sign_in" | "visits") {
                mistakes.push(missing(layout));
            }
            continue;
        };
        let columns = columns(sheet, layout, &mut mistakes);
        for row in &sheet.rows {
            let mut line = Line::new(sheet, layout, &columns, row, &mut mistakes);
            match layout.key {
                "sign_in" => day.sign_ins.extend(sign_in(&mut line)),
                "outings" => day.outings.extend(outing(&mut line)),
                "visits" => day.visits.extend(visit(&mut line)),
                _ => day.steps.extend(step(&mut line)),
            }
        }
    }
    check_names(&day, &mut mistakes);
    if mistakes.is_empty() { Ok(day) } else { Err(mistakes) }
}

fn missing(layout: &SheetLayout) -> Mistake {
    Mistake {
        sheet: layout.zh.into(),
        row: 0,
        column: String::new(),
        message: format!("there is no sheet `{}` ({})", layout.zh, layout.en),
        hint: "`lunpai rotation template` writes a workbook with every sheet".into(),
    }
}

/// Everybody named anywhere must stand on the sign-in sheet.
fn check_names(day: &Day, mistakes: &mut Vec<Mistake>) {
    let known: Vec<&String> = day.sign_ins.iter().map(|row| &row.name).collect();
    let mut named: Vec<(&'static str, &String)> = Vec::new();
    named.extend(day.outings.iter().map(|row| ("离场", &row.name)));
    named.extend(day.steps.iter().map(|row| ("其他", &row.name)));
    for visit in &day.visits {
        let people = [
            &visit.owner,
            &visit.contact,
            &visit.named,
            &visit.introducer_owner,
            &visit.assigned,
            &visit.delegated,
        ];
        named.extend(people.into_iter().flatten().map(|name| ("来访", name)));
    }
    let mut told: Vec<&String> = Vec::new();
    for (sheet, name) in named {
        if known.contains(&name) || told.contains(&name) {
            continue;
        }
        told.push(name);
        mistakes.push(Mistake {
            sheet: sheet.into(),
            row: 0,
            column: String::new(),
            message: format!("`{name}` does not stand on the sign-in sheet"),
            hint: "correct the name, or add the person to `签到` (empty time: not there that day)"
                .into(),
        });
    }
}

/// A row, read cell by cell.
struct Line<'a> {
    sheet: &'a Sheet,
    layout: &'a SheetLayout,
    number: u32,
    cells: BTreeMap<&'static str, &'a str>,
    mistakes: &'a mut Vec<Mistake>,
    failed: bool,
}

impl<'a> Line<'a> {
    fn new(
        sheet: &'a Sheet,
        layout: &'a SheetLayout,
        columns: &[Option<&'static Column>],
        row: &'a Row,
        mistakes: &'a mut Vec<Mistake>,
    ) -> Self {
        let cells = columns
            .iter()
            .zip(&row.cells)
            .filter_map(|(column, cell)| Some(((*column)?.key, cell.trim())))
            .collect();
        Self { sheet, layout, number: row.number, cells, mistakes, failed: false }
    }

    fn text(&self, key: &str) -> &'a str {
        self.cells.get(key).copied().unwrap_or("")
    }

    fn some(&self, key: &str) -> Option<String> {
        let text = self.text(key);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn fail(&mut self, key: &str, message: String, hint: String) {
        self.failed = true;
        let column = self.layout.columns.iter().find(|column| column.key == key);
        self.mistakes.push(Mistake {
            sheet: self.sheet.name.clone(),
            row: self.number,
            column: column.map_or(key, |column| column.zh).into(),
            message,
            hint,
        });
    }

    fn needed(&mut self, key: &str) -> String {
        let text = self.text(key).to_owned();
        if text.is_empty() {
            self.fail(key, "nothing is written here".into(), "fill the cell in".into());
        }
        text
    }

    fn read<T>(&mut self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(key);
        let value = read(text);
        if value.is_none() {
            let column = self.layout.columns.iter().find(|column| column.key == key);
            let note = column.map(|c| c.note[0]).filter(|note| !note.is_empty());
            let hint = note.map_or("correct the cell".to_owned(), |note| format!("write {note}"));
            self.fail(key, format!("`{text}` cannot be read"), hint);
        }
        value
    }

    fn time(&mut self, key: &str) -> Option<NaiveTime> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let time = cell::clock(text);
        if time.is_none() {
            self.fail(key, format!("`{text}` is no time of day"), "write it like 09:30".into());
        }
        time
    }

    fn needed_time(&mut self, key: &str) -> NaiveTime {
        if self.text(key).is_empty() {
            self.fail(key, "no time is written here".into(), "write it like 09:30".into());
        }
        self.time(key).unwrap_or_default()
    }

    fn number(&mut self, key: &str) -> Option<u32> {
        if self.text(key).is_empty() { None } else { self.read(key, cell::whole) }
    }

    fn flag(&mut self, key: &str) -> bool {
        self.read(key, cell::flag).unwrap_or(false)
    }

    fn done<T>(&self, row: T) -> Option<T> {
        (!self.failed).then_some(row)
    }
}

fn sign_in(line: &mut Line<'_>) -> Option<SignIn> {
    let (from, to) = (line.time("shift_from"), line.time("shift_to"));
    let row = SignIn {
        name: line.needed("name"),
        at: line.time("at"),
        out: line.time("out"),
        team: line.some("team"),
        number: line.number("number"),
        rank: line.number("rank"),
        result: line.number("result"),
        batch: line.number("batch"),
        shift: from.zip(to),
        duty: line.flag("duty"),
        off_rotation: line.flag("off_rotation"),
        uncertified: line.flag("uncertified"),
        delegate: line.some("delegate"),
    };
    line.done(row)
}

fn outing(line: &mut Line<'_>) -> Option<Outing> {
    let approved = match line.text("approved") {
        "" => None,
        _ => line.read("approved", cell::flag),
    };
    let (left, back) = (line.needed_time("left"), line.time("back"));
    if back.is_some_and(|back| back < left) {
        line.fail("back", "this lies before leaving".into(), "correct one of the times".into());
    }
    let row = Outing {
        name: line.needed("name"),
        left,
        kind: line.read("kind", words::absence)?,
        approved,
        answered: line.time("answered"),
        back,
    };
    line.done(row)
}

fn visit(line: &mut Line<'_>) -> Option<Visit> {
    let (arrived, left) = (line.needed_time("arrived"), line.time("left"));
    if left.is_some_and(|left| left < arrived) {
        line.fail("left", "this lies before the arrival".into(), "correct one of the times".into());
    }
    let row = Visit {
        mark: line.some("mark").unwrap_or_else(|| line.number.to_string()),
        arrived,
        left,
        client: line.needed("client"),
        channel: line.read("channel", words::channel)?,
        owner: line.some("owner"),
        closed: line.flag("closed"),
        came: line.read("came", words::came)?,
        contact: line.some("contact"),
        named: line.some("named"),
        introducer_owner: line.some("introducer_owner"),
        introducer_closed: line.flag("introducer_closed"),
        purpose: line.read("purpose", words::purpose)?,
        property_owner: line.flag("property_owner"),
        people: line.number("people").unwrap_or(1),
        households: line.number("households").unwrap_or(1),
        team: line.some("team"),
        assigned: line.some("assigned"),
        delegated: line.some("delegated"),
        answer: line.some("answer").map(|answer| match answer.as_str() {
            "同时接待" | "both" => Answer::Both,
            "未指定" | "nobody" => Answer::Nobody,
            "联系不上" | "unreachable" => Answer::Unreachable,
            name => Answer::Names(name.to_owned()),
        }),
        found: found(line),
        received_by: line.some("received_by"),
    };
    line.done(row)
}

fn found(line: &mut Line<'_>) -> Option<(NaiveTime, Found)> {
    let what = line.some("found")?;
    let at = line.needed_time("found_at");
    let found = match what.as_str() {
        "同事老客户" | "colleague's open client" => {
            Found::Colleague { owner: line.needed("found_owner"), closed: false }
        }
        "同事成交客户" | "colleague's closed client" => {
            Found::Colleague { owner: line.needed("found_owner"), closed: true }
        }
        "非购房转交" | "not a buyer handed over" => Found::HandedOver,
        "非购房续接" | "not a buyer kept" => Found::CarriedOn,
        "成交" | "deal" => Found::Deal,
        _ => {
            line.read("found", |_| None::<()>);
            return None;
        }
    };
    Some((at, found))
}

fn step(line: &mut Line<'_>) -> Option<Step> {
    let number = line.number("number");
    let row = Step {
        at: line.needed_time("at"),
        name: line.needed("name"),
        what: line.read("what", |word| words::instruction(word, number))?,
    };
    line.done(row)
}
