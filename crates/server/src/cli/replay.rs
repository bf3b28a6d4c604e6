//! `lunpai replay`: a site's own history under another rulebook.

use std::{collections::BTreeMap, fs, path::PathBuf};

use app::{
    App, Caller, SiteId,
    replay::{Found, Period, Running},
    sites::Site,
};
use chrono::NaiveDate;
use domain::{journeys::replay::Summary, kinds::Kinds};
use rulebook::Problems;

use super::{Failed, Library, report, serve};
use crate::{
    configuration::Configuration,
    handlers::{
        decision::Names,
        replay::{file, told},
    },
    language::{Language, Words},
};

/// What to replay, and how to say what differs.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The rulebook that decides instead: a slug or a folder.
    #[arg(long, value_name = "RULEBOOK")]
    with: String,
    /// The site, by name or id; needed where there are several.
    #[arg(long, value_name = "SITE")]
    site: Option<String>,
    /// The first day; else the first there is.
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// The last day; else up to now.
    #[arg(long, value_name = "DAY")]
    to: Option<NaiveDate>,
    /// The configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the database and the keys.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// The database, if it is not the file in that folder: `postgres://..`.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Write the differences to this file: .xlsx, or .csv.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many differences are printed.
    #[arg(long, value_name = "N", default_value_t = 50)]
    show: usize,
    /// Print the reasons of both sides too.
    #[arg(long)]
    why: bool,
    /// Print English instead of Chinese.
    #[arg(long)]
    english: bool,
    /// Print JSON: every difference, then the summary.
    #[arg(long)]
    json: bool,
}

/// `lunpai replay`: exit code 1 where anything differs.
pub(super) fn run(library: &Library, options: &Options) -> Result<bool, Failed> {
    let loaded = library.load(&options.with)?;
    if !loaded.problems.is_readable() {
        return Err(Failed::new(format!("{} cannot be read\n{}", options.with, loaded.problems)));
    }
    let kinds = Kinds::read(&loaded.composed.document, &mut Problems::default());
    let mut configuration =
        Configuration::read(options.config.as_deref(), |name| std::env::var(name).ok())
            .map_err(|error| Failed::new(error.to_string()))?;
    if let Some(data) = &options.data {
        configuration.data.clone_from(data);
    }
    if options.database.is_some() {
        configuration.database.clone_from(&options.database);
    }
    serve::block_on(async {
        let app = serve::open(library, &configuration).await?;
        let tenant = app::sites::sole_company(&app).await.map_err(failed)?;
        let caller = Caller::system(tenant);
        let site = site(&app, &caller, options.site.as_deref()).await?;
        replay(&app, &caller, &site, &kinds, options).await
    })
}

fn failed(error: app::AppError) -> Failed {
    match error.hint() {
        "" => Failed::new(error.to_string()),
        hint => Failed::new(format!("{error}\n  hint: {hint}")),
    }
}

/// The site with this name or id, or the only one.
async fn site(app: &App, caller: &Caller, wanted: Option<&str>) -> Result<Site, Failed> {
    let mut all = app::sites::sites(app, caller).await.map_err(failed)?;
    let names: Vec<String> = all.iter().map(|site| site.name.clone()).collect();
    if let Some(wanted) = wanted {
        all.retain(|site| site.name == wanted || site.id.0.to_string() == wanted);
    }
    match (all.pop(), all.is_empty()) {
        (Some(site), true) => Ok(site),
        _ => Err(Failed::new(format!(
            "which site is not clear\n  hint: give --site with one of: {}",
            names.join(", ")
        ))),
    }
}

/// Prints differences as they are found, so that none is held longer than needed.
struct Printer<'o> {
    options: &'o Options,
    site: SiteId,
    names: Names,
    words: Words,
    count: usize,
    /// The rows of the file that is to be written.
    rows: Vec<Vec<String>>,
}

async fn replay(
    app: &App,
    caller: &Caller,
    site: &Site,
    kinds: &Kinds,
    options: &Options,
) -> Result<bool, Failed> {
    let language = if options.english { Language::English } else { Language::Chinese };
    let people = app::people::all(app, caller, Some(site.id)).await.map_err(failed)?;
    let mut printer = Printer {
        options,
        site: site.id,
        names: people.into_iter().map(|person| (person.id, person.display_name)).collect(),
        words: Words::new(language, *site.moment(app.clock.now()).offset()),
        count: 0,
        rows: Vec::new(),
    };
    let rules = (&kinds.rotation, &kinds.attribution);
    let period = Period { from: options.from, to: options.to };
    let running = Running::begin(app, caller, site.id, rules, period).await;
    let mut running = running.map_err(failed)?;
    if options.json {
        report::line("{\"differences\": [");
    }
    while let Some(found) = running.next().await.map_err(failed)? {
        printer.print(&found)?;
    }
    let (found, summary) = running.finish().await.map_err(failed)?;
    printer.print(&found)?;
    printer.end(&summary)?;
    Ok(summary.is_same())
}

impl Printer<'_> {
    fn print(&mut self, found: &[Found]) -> Result<(), Failed> {
        for found in found {
            self.count += 1;
            if self.options.json {
                let text = serde_json::to_string(found)
                    .map_err(|error| Failed::new(format!("no JSON: {error}")))?;
                report::line(&format!("{}{text}", if self.count > 1 { "," } else { "" }));
                continue;
            }
            let prints = self.count <= self.options.show;
            if !prints && self.options.output.is_none() {
                continue;
            }
            let row = told::row(found, self.site, &self.names, &BTreeMap::new());
            let cells = told::cells(&row, &self.words);
            if prints {
                report::line(&sentence(&cells, self.options.why));
            }
            if self.options.output.is_some() {
                self.rows.push(cells);
            }
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> Result<(), Failed> {
        if self.options.json {
            let text = serde_json::to_string(summary)
                .map_err(|error| Failed::new(format!("no JSON: {error}")))?;
            report::line(&format!("], \"summary\": {text}}}"));
            return Ok(());
        }
        if let Some(path) = &self.options.output {
            let csv = path.extension().is_some_and(|ending| ending == "csv");
            let rows = std::mem::take(&mut self.rows);
            let bytes = file(rows, csv, !self.options.english).map_err(Failed::new)?;
            fs::write(path, bytes).map_err(|error| {
                Failed::new(format!("`{}` cannot be written: {error}", path.display()))
            })?;
        }
        let left = self.count.saturating_sub(self.options.show);
        if left > 0 {
            report::line(&format!("  .. {left}"));
        }
        let words = &self.words;
        report::line(&words.say2(
            "replay-done",
            "visits",
            summary.visits,
            "differ",
            summary.visits_differ,
        ));
        for (name, count) in [
            ("receivers-differ", summary.receivers_differ),
            ("turns-differ", summary.turns_differ),
            ("situations-differ", summary.situations_differ),
            ("clients-differ", summary.clients_differ),
            ("sanctions-differ", summary.sanctions_differ),
        ] {
            report::line(&format!("  {}: {count}", words.named("replay-count", name)));
        }
        for (missing, count) in &summary.missing {
            let name = words.named("replay-missing", told::missing_name(*missing));
            report::line(&format!("  {name}: {count}"));
        }
        for (setting, count) in &summary.undecided {
            report::line(&format!("  {} {setting}: {count}", words.say("replay-undecided")));
        }
        for (command, reasons) in &summary.not_applied {
            for (reason, count) in reasons {
                let said = words.say("replay-not-applied");
                report::line(&format!("  {said} {command} ({reason}): {count}"));
            }
        }
        Ok(())
    }
}

/// A difference in one line; its reasons below, where they are wanted.
fn sentence(cells: &[String], why: bool) -> String {
    let cell = |place: usize| cells.get(place).map_or("", String::as_str);
    let who = |place: usize| if cell(place).is_empty() { "—" } else { cell(place) };
    let mut text = format!(
        "{} {} {}: {} [{}] → {} [{}]",
        cell(1),
        cell(0),
        cell(2),
        who(3),
        cell(6),
        who(8),
        cell(11)
    );
    if !cell(13).is_empty() {
        text.push_str(&format!("  ({})", cell(13)));
    }
    if why {
        text.push_str(&format!("\n    {}\n    {}", cell(7), cell(12)));
    }
    text
}
