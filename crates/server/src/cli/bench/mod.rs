//! `lunpai bench`: decisions a second and their latency, next to the bare writing of the same rows.
//!
//! A client is a task that lets a visitor arrive, or ends a reception that runs, as fast as the answers
//! come; each is one decision, with its journal entry, committed. A ring is the ring of a site of its own,
//! because the rings of one site share a floor. The bare loop writes the rows of an arrival with
//! hand-written SQL, as many clients on as many streams, on the same database with the same durability.

mod clients;
mod fairness;
mod floor;
mod made_up;
mod replay;

use std::{
    future::Future,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{App, Clock, Config, Presets};
use serde::Serialize;
use store::{Db, Keys};

use self::floor::Company;
use super::{Failed, Library, report, serve};

/// What to measure.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Who receives: arrivals and the ends of receptions.
    Rotation(Options),
    /// How far apart people are after so many made-up days, by each rulebook and by plain ways.
    Fairness(fairness::Options),
    /// Take a file of made-up clients in, beside a bare loop that writes the same rows.
    Import(clients::Options),
    /// The same, and then look clients up among them.
    Clients(clients::Options),
    /// A made-up history, replayed under its own rulebook and under another.
    Replay(replay::Options),
}

/// How to measure.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// How long each loop runs.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// A PostgreSQL database that may be filled. Environment: `LUNPAI_BENCH_POSTGRES`.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The folder of the SQLite file; it is removed afterwards.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// What was measured with so many clients on so many rings.
#[derive(Debug, Serialize)]
struct Measured {
    database: &'static str,
    clients: usize,
    rings: usize,
    /// Decisions a second.
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    /// Bare writes a second.
    bare_per_second: f64,
    ratio_to_bare: f64,
}

/// Clients and rings.
const CASES: [(usize, usize); 4] = [(1, 1), (8, 1), (64, 1), (64, 64)];

/// `lunpai bench`
pub(super) fn run(library: &Library, command: &Command) -> Result<bool, Failed> {
    let options = match command {
        Command::Rotation(options) => options,
        Command::Fairness(options) => return fairness::run(library, options),
        Command::Import(options) => return clients::import(options),
        Command::Clients(options) => return clients::look_up(options),
        Command::Replay(options) => return replay::run(options),
    };
    let measured = serve::block_on(rotation(options))?;
    if options.json {
        report::json(&measured)?;
    }
    Ok(true)
}

async fn rotation(options: &Options) -> Result<Vec<Measured>, Failed> {
    let folder = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = folder.join(format!("lunpai-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failed::new(format!("`{}` cannot be made: {error}", folder.display())))?;
    let mut urls = vec![format!("sqlite://{}", folder.join("bench.db").display())];
    urls.extend(options.postgres.clone().or_else(|| std::env::var("LUNPAI_BENCH_POSTGRES").ok()));
    let mut all = Vec::new();
    for url in &urls {
        let measured = database(url, options).await;
        if measured.is_err() {
            let _ = std::fs::remove_dir_all(&folder);
        }
        all.extend(measured?);
    }
    std::fs::remove_dir_all(&folder).map_err(|error| {
        Failed::new(format!("`{}` cannot be removed: {error}", folder.display()))
    })?;
    Ok(all)
}

async fn database(url: &str, options: &Options) -> Result<Vec<Measured>, Failed> {
    let db = Db::open(url)
        .await
        .map_err(|error| Failed::new(format!("the database cannot be opened: {error}")))?;
    let keys = Keys::new("bench", [1; 32], [2; 32]);
    let presets = Presets::new([("bench".to_owned(), include_str!("rulebook.toml").to_owned())]);
    let app = App::new(db, keys, Clock::real(), presets, Config::default());
    let length = Duration::from_secs(options.seconds);
    let mut all = Vec::new();
    for (clients, rings) in CASES {
        let company = Arc::new(Company::found(&app, rings).await?);
        let one = company.clone();
        let ours = loops(clients, length, move |client| {
            let company = one.clone();
            async move { company.decide(client % rings).await }
        });
        let ours = ours.await?;
        let rows = Arc::new(company.bare(rings).await?);
        let bare = loops(clients, length, move |client| {
            let rows = rows.clone();
            async move { rows.write(client % rings).await }
        });
        let bare = bare.await?;
        let database = app.db.kind();
        let measured = Measured {
            database,
            clients,
            rings,
            per_second: tenths(ours.per_second),
            p50_ms: ours.milliseconds(50),
            p99_ms: ours.milliseconds(99),
            bare_per_second: tenths(bare.per_second),
            ratio_to_bare: (ours.per_second / bare.per_second * 1_000.0).round() / 1_000.0,
        };
        if !options.json {
            report::line(&format!(
                "{database:<8} {clients:>2} clients {rings:>2} rings: {:>8.1}/s  p50 {:>7.2} ms  p99 {:>7.2} ms  bare {:>8.1}/s  ratio {:.2}",
                measured.per_second,
                measured.p50_ms,
                measured.p99_ms,
                measured.bare_per_second,
                measured.ratio_to_bare
            ));
        }
        all.push(measured);
    }
    app.db.close().await;
    Ok(all)
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// What a loop came to.
struct Run {
    per_second: f64,
    /// In microseconds, sorted.
    took: Vec<u64>,
}

impl Run {
    /// The time within which so many of a hundred were done.
    fn milliseconds(&self, percent: usize) -> f64 {
        let place = (self.took.len() * percent / 100).min(self.took.len().saturating_sub(1));
        let micros = self.took.get(place).copied().unwrap_or(0);
        (Duration::from_micros(micros).as_secs_f64() * 100_000.0).round() / 100.0
    }
}

/// Runs `work` in `clients` tasks at once, over and over, for `length`.
async fn loops<F>(
    clients: usize,
    length: Duration,
    work: impl Fn(usize) -> F + Clone + Send + Sync + 'static,
) -> Result<Run, Failed>
where
    F: Future<Output = Result<Duration, Failed>> + Send + 'static,
{
    let began = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let work = work.clone();
            tokio::spawn(async move {
                let mut took = Vec::new();
                while began.elapsed() < length {
                    let micros = work(client).await?.as_micros();
                    took.push(u64::try_from(micros).unwrap_or(u64::MAX));
                }
                Ok::<_, Failed>(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.map_err(|error| Failed::new(error.to_string()))??);
    }
    let seconds = began.elapsed().as_secs_f64();
    took.sort_unstable();
    let count = u32::try_from(took.len()).unwrap_or(u32::MAX);
    Ok(Run { per_second: f64::from(count) / seconds, took })
}
