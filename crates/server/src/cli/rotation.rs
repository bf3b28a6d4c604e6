//! `lunpai rotation`: deal a day on paper again, by a rulebook.

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::workbook::{self, Sheet, day::LAYOUT, write_csv, write_xlsx};
use domain::rotation::{
    Rules,
    day::{Replayed, replay},
};
use rulebook::{Fact, Problems};

use super::{
    Failed, Library,
    report::{json, line},
};
use crate::language::Language;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Say who receives each visit of a day, and why.
    Replay {
        /// The day: an xlsx workbook, or a folder of CSV files named like its sheets.
        day: PathBuf,
        /// The rulebook: a slug or a folder.
        #[arg(long)]
        rulebook: String,
        /// Show every condition that was looked at.
        #[arg(long)]
        why: bool,
        /// Print English instead of Chinese.
        #[arg(long)]
        english: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write an empty workbook for a day, or a folder of CSV files where the name has no ending.
    Template {
        /// The file or folder to write.
        to: PathBuf,
        /// English headings instead of Chinese.
        #[arg(long)]
        english: bool,
    },
}

pub(super) fn run(library: &Library, command: Command) -> Result<bool, Failed> {
    match command {
        Command::Replay { day, rulebook, why, english, json } => {
            let language = if english { Language::English } else { Language::Chinese };
            deal(library, &day, &rulebook, Show { why, json, language })
        }
        Command::Template { to, english } => template(&to, !english),
    }
}

struct Show {
    why: bool,
    json: bool,
    language: Language,
}

fn deal(library: &Library, day: &Path, rulebook: &str, show: Show) -> Result<bool, Failed> {
    let loaded = library.load(rulebook)?;
    let mut problems = Problems::default();
    let rules = Rules::read(&loaded.composed.document, &mut problems);
    if !loaded.problems.is_readable() {
        return Err(Failed::new(format!("{rulebook} cannot be read\n{}", loaded.problems)));
    }
    let sheets = sheets(day)?;
    let day = workbook::day::read(&sheets).map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        Failed::new(format!("the day has {} mistakes\n{}", lines.len(), lines.join("\n")))
    })?;
    let dealt = replay(&rules, &day);
    if show.json {
        json(&dealt)?;
    } else {
        print(&dealt, &show);
    }
    Ok(true)
}

fn sheets(day: &Path) -> Result<Vec<Sheet>, Failed> {
    let read_one = |path: &Path| {
        let bytes = fs::read(path).map_err(|error| {
            let hint = "`lunpai rotation template day.xlsx` writes an empty one";
            Failed::new(format!("`{}` cannot be read: {error}\n  hint: {hint}", path.display()))
        })?;
        workbook::read(&path.display().to_string(), &bytes)
            .map_err(|mistake| Failed::new(mistake.to_string()))
    };
    if !day.is_dir() {
        return read_one(day);
    }
    let mut files: Vec<PathBuf> = fs::read_dir(day)
        .map_err(|error| Failed::new(format!("`{}` cannot be read: {error}", day.display())))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    let mut sheets = Vec::new();
    for file in files {
        sheets.extend(read_one(&file)?);
    }
    Ok(sheets)
}

fn print(dealt: &Replayed, show: &Show) {
    let chinese = show.language == Language::Chinese;
    let say = |zh: &'static str, en: &'static str| if chinese { zh } else { en };
    let mut differ = 0;
    for visit in &dealt.visits {
        let nobody = say("无人接待", "nobody");
        let receiver = visit.receiver.as_deref().unwrap_or(nobody);
        let situation = visit.situation.map_or("-", |s| say(s.zh(), s.en()));
        let turn = match (&visit.turn_of, visit.make_up) {
            (Some(person), true) => format!("{} {person}", say("补接", "make-up")),
            (Some(person), false) => format!("{} {person}", say("计轮次", "turn")),
            (None, _) => say("不计轮次", "no turn").to_owned(),
        };
        let handed = visit.handed_to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
        let clauses = visit.clauses.join(", ");
        line(&format!(
            "{:>4} {} {}  {receiver}{handed}  [{situation}] {turn}  {} {clauses}",
            visit.mark,
            visit.arrived.format("%H:%M"),
            visit.client,
            say("条款", "clauses"),
        ));
        if let Some(other) = visit.received_by.as_ref().filter(|by| *by != receiver) {
            differ += 1;
            line(&format!("       {} {other}", say("登记接待人不同:", "the register says")));
        }
        if show.why {
            for finding in &visit.because.0 {
                line(&format!("       {}", told(finding, dealt)));
            }
        }
    }
    for (at, reason) in &dealt.refused {
        line(&format!("  {} {} {reason}", at.format("%H:%M"), say("未执行:", "not done:")));
    }
    let count = dealt.visits.len();
    line(&format!(
        "{count} {}, {differ} {}",
        say("次来访", "visits"),
        say("次与登记不同", "differ from the register")
    ));
}

/// One condition, with names in place of ids.
fn told(finding: &rulebook::Finding, dealt: &Replayed) -> String {
    let mut text = format!("{} {}", if finding.held { "yes" } else { "no " }, finding.condition);
    for (name, fact) in &finding.facts {
        let shown = match fact {
            Fact::Person(id) => dealt
                .names
                .get(&domain::people::PersonId(*id))
                .cloned()
                .unwrap_or_else(|| id.to_string()),
            other => other.to_string(),
        };
        text.push_str(&format!(" {name}={shown}"));
    }
    if let Some(applied) = &finding.applied {
        let clauses: Vec<&str> = applied.clauses.iter().map(|c| c.0.as_str()).collect();
        text.push_str(&format!(
            "  {} = {} [{}]",
            applied.setting,
            applied.value,
            clauses.join(", ")
        ));
    }
    text
}

fn template(to: &Path, chinese: bool) -> Result<bool, Failed> {
    let failed =
        |error: String| Failed::new(format!("`{}` cannot be written: {error}", to.display()));
    if to.extension().is_some_and(|extension| extension == "xlsx") {
        let bytes = write_xlsx(LAYOUT, &[], chinese).map_err(|error| failed(error.to_string()))?;
        fs::write(to, bytes).map_err(|error| failed(error.to_string()))?;
    } else {
        fs::create_dir_all(to).map_err(|error| failed(error.to_string()))?;
        for sheet in LAYOUT {
            let name = if chinese { sheet.zh } else { sheet.en };
            let bytes =
                write_csv(sheet, &[], chinese).map_err(|error| failed(error.to_string()))?;
            fs::write(to.join(format!("{name}.csv")), bytes)
                .map_err(|error| failed(error.to_string()))?;
        }
    }
    line(&to.display().to_string());
    Ok(true)
}
