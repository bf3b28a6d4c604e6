//! `lunpai bench replay`: how long a history of so many visits takes to be replayed.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use app::{
    App, Caller, Clock, Config, Presets,
    replay::{Period, Running},
};
use domain::{journeys::replay::Summary, kinds::Kinds};
use rulebook::Problems;
use serde::Serialize;
use store::{Db, Keys};

use super::super::{Failed, embedded, report, serve};

/// How many visits a day of made-up history has, about.
const VISITS_PER_DAY: u64 = 11;

/// The rulebook that the history is made by, and another.
const RULEBOOKS: [&str; 2] = ["demo", "demo-signin"];

/// How to measure.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// How many visits the history has, about.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..=1_000_000))]
    visits: u64,
    /// A PostgreSQL database that may be filled, instead of a SQLite file.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The folder of the SQLite file; it is removed afterwards.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// What was measured under one rulebook.
#[derive(Debug, Serialize)]
struct Measured {
    rulebook: &'static str,
    visits: u64,
    entries: u64,
    differing: u64,
    seconds: f64,
    /// The most memory of the process so far, in MB; nothing where the system does not say.
    peak_mb: Option<u64>,
}

/// `lunpai bench replay`
pub(super) fn run(options: &Options) -> Result<bool, Failed> {
    let folder = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = folder.join(format!("lunpai-bench-{}", std::process::id()));
    let cannot = |what: &str, error: std::io::Error| {
        Failed::new(format!("`{}` cannot be {what}: {error}", folder.display()))
    };
    std::fs::create_dir_all(&folder).map_err(|error| cannot("made", error))?;
    let measured = serve::block_on(measure(options, &folder));
    std::fs::remove_dir_all(&folder).map_err(|error| cannot("removed", error))?;
    let measured = measured?;
    if options.json {
        report::json(&measured)?;
    }
    // Under its own rulebook a history repeats itself.
    Ok(measured.first().is_some_and(|own| own.differing == 0))
}

async fn measure(options: &Options, folder: &Path) -> Result<Vec<Measured>, Failed> {
    let sqlite = format!("sqlite://{}", folder.join("bench.db").display());
    let url = options.postgres.as_ref().unwrap_or(&sqlite);
    let db = Db::open(url)
        .await
        .map_err(|error| Failed::new(format!("the database cannot be opened: {error}")))?;
    let keys = Keys::new("bench", [1; 32], [2; 32]);
    let texts = RULEBOOKS.map(|slug| (slug.to_owned(), embedded(slug).unwrap_or_default()));
    let app = App::new(db, keys, Clock::real(), Presets::new(texts), Config::default());
    let failed = |error: app::AppError| Failed::new(format!("the bench failed: {error}"));
    let began = Instant::now();
    let days = options.visits.div_ceil(VISITS_PER_DAY);
    let demo = app::demo::build_days(&app, "demo", days, |_, _| {}).await.map_err(failed)?;
    if !options.json {
        let seconds = began.elapsed().as_secs_f64();
        report::line(&format!("{days} days of history made in {seconds:.1} s"));
    }
    let caller = Caller::system(demo.tenant);
    let mut all = Vec::new();
    for rulebook in RULEBOOKS {
        let text = app.presets.text(rulebook).map_err(Failed::new)?;
        let checked = app::rulebooks::check(&app.presets, rulebook, &text);
        let kinds = Kinds::read(&checked.document, &mut Problems::default());
        let began = Instant::now();
        let rules = (&kinds.rotation, &kinds.attribution);
        let running = Running::begin(&app, &caller, demo.site, rules, Period::default()).await;
        let mut running = running.map_err(failed)?;
        while running.next().await.map_err(failed)?.is_some() {}
        let (_, summary): (_, Summary) = running.finish().await.map_err(failed)?;
        let measured = Measured {
            rulebook,
            visits: summary.visits,
            entries: summary.entries,
            differing: summary.visits_differ + summary.clients_differ + summary.sanctions_differ,
            seconds: (began.elapsed().as_secs_f64() * 100.0).round() / 100.0,
            peak_mb: peak_mb(),
        };
        if !options.json {
            report::line(&format!(
                "{rulebook:<12} {} visits, {} entries: {} s, {} differences, {} MB at most",
                measured.visits,
                measured.entries,
                measured.seconds,
                measured.differing,
                measured.peak_mb.unwrap_or_default()
            ));
        }
        all.push(measured);
    }
    app.db.close().await;
    Ok(all)
}

/// The most memory that this process has had, as Linux says it.
fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok().map(|kb| kb / 1024)
}
