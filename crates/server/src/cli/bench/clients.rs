//! Clients by the million: rows a second of an import, and how long it takes to look one up.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use app::{
    App, AppError, Caller, Clock, Config, Presets, SiteId,
    clients::{self, Asked, Owner},
    people::Details,
};
use domain::rotation::rules::Role;
use store::{Db, Keys, bare};

use super::{
    super::{Failed, import::Job, report::line},
    made_up, serve,
};

/// How to measure.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// How many clients.
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=5_000_000))]
    count: u32,
    /// A PostgreSQL database that may be filled, instead of SQLite.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The folder for the file and the database; a folder of its own in it is removed afterwards.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// How many rows the bare loop writes.
const BARE_ROWS: u32 = 20_000;

/// How often each look-up is made.
const LOOKS: usize = 20;

/// `lunpai bench import`
pub(super) fn import(options: &Options) -> Result<bool, Failed> {
    in_folder(options, false)
}

/// `lunpai bench clients`
pub(super) fn look_up(options: &Options) -> Result<bool, Failed> {
    in_folder(options, true)
}

fn in_folder(options: &Options, looks: bool) -> Result<bool, Failed> {
    let folder = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = folder.join(format!("lunpai-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)
        .map_err(|error| Failed::new(format!("`{}` cannot be made: {error}", folder.display())))?;
    let done = serve::block_on(measure(options, &folder, looks));
    let removed = fs::remove_dir_all(&folder);
    done?;
    removed.map_err(|error| Failed::new(format!("`{}` stays: {error}", folder.display())))?;
    Ok(true)
}

fn failed(error: AppError) -> Failed {
    Failed::new(format!("the bench failed: {error}"))
}

fn store_failed(error: store::StoreError) -> Failed {
    Failed::new(format!("the bench failed: {error}"))
}

async fn measure(options: &Options, folder: &Path, looks: bool) -> Result<(), Failed> {
    let sqlite = format!("sqlite://{}", folder.join("bench.db").display());
    let url = options.postgres.clone().unwrap_or(sqlite);
    let db = Db::open(&url).await.map_err(store_failed)?;
    let keys = Keys::new("bench", [1; 32], [2; 32]);
    let presets = Presets::new([("bench".to_owned(), include_str!("rulebook.toml").to_owned())]);
    let app = App::new(db, keys, Clock::real(), presets, Config::default());
    let tenant = app::sites::create_company(&app, "bench").await.map_err(failed)?;
    let caller = Caller::system(tenant);
    let site = app::sites::create_site(&app, &caller, "bench", "Asia/Shanghai").await;
    let site = site.map_err(failed)?.id;
    let draft = app::rulebooks::copy_preset(&app, &caller, site, "bench").await.map_err(failed)?;
    app::rulebooks::activate(&app, &caller, draft.id, None).await.map_err(failed)?;
    let owners = people(&app, &caller, site).await?;
    let file = folder.join("clients.csv");
    made_up::write(&file, options.count, &owners)
        .map_err(|error| Failed::new(format!("the file cannot be written: {error}")))?;
    let size = fs::metadata(&file).map_or(0, |data| data.len());
    line(&format!("{} clients, a file of {} MB, {}", options.count, size >> 20, app.db.kind()));
    let job = Job { app: &app, caller: &caller, site };
    let began = Instant::now();
    let import = job.take_in(&file).await?;
    let import = job.write(import).await?;
    let whole = began.elapsed();
    line(&format!(
        "import: {:.0} rows a second from file to clients ({:.1} s); memory at most {} MB",
        f64::from(options.count) / whole.as_secs_f64(),
        whole.as_secs_f64(),
        memory_mb()
    ));
    if import.written_count != i64::from(options.count) {
        return Err(Failed::new(format!("only {} were written", import.written_count)));
    }
    bare_loop(&app, &caller, whole / options.count).await?;
    if let Ok(data) = fs::metadata(folder.join("bench.db")) {
        line(&format!("database: {} MB", data.len() >> 20));
    }
    if looks {
        look_ups(&app, &caller, site, options.count).await?;
    }
    app.db.close().await;
    Ok(())
}

/// Ten consultants; their names.
async fn people(app: &App, caller: &Caller, site: SiteId) -> Result<Vec<String>, Failed> {
    let mut names = Vec::new();
    for number in 1..=10 {
        let name = format!("顾问{number}");
        let details = Details {
            site: Some(site),
            team: None,
            login: format!("consultant{number}"),
            display_name: name.clone(),
            roles: vec![Role::Consultant],
            number: None,
            certified: true,
            leaving: false,
            hired_on: None,
        };
        app::people::create(app, caller, &details).await.map_err(failed)?;
        names.push(name);
    }
    Ok(names)
}

/// Writes rows like those of clients as directly as possible, at the end of what is there.
async fn bare_loop(app: &App, caller: &Caller, ours: Duration) -> Result<(), Failed> {
    let count = BARE_ROWS;
    let site = app::sites::create_site(app, caller, "bare", "Asia/Shanghai").await;
    let site = site.map_err(failed)?.id;
    let began = Instant::now();
    bare::write_clients(&app.db, caller.tenant, site, count, app.clock.now())
        .await
        .map_err(store_failed)?;
    let bare = began.elapsed() / count;
    line(&format!(
        "bare loop: {:.0} rows a second; ratio {:.2}",
        1.0 / bare.as_secs_f64(),
        bare.as_secs_f64() / ours.as_secs_f64()
    ));
    Ok(())
}

/// The most memory that this process had, in MB; 0 where it cannot be told.
fn memory_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kb.unwrap_or(0) >> 10
}

async fn look_ups(app: &App, caller: &Caller, site: SiteId, count: u32) -> Result<(), Failed> {
    let telephone = (13_000_000_000
        + u64::from((count / 2).wrapping_mul(2_654_435_761) % 999_999_937))
    .to_string();
    let last8 = telephone.get(3..).unwrap_or_default().to_owned();
    let last4 = telephone.get(7..).unwrap_or_default().to_owned();
    for (what, typed) in [
        ("a common family name", "王"),
        ("pinyin", "wang"),
        ("pinyin of two", "wangwei"),
        ("initials", "ww"),
        ("one letter", "w"),
        ("a whole name", "王思远"),
        ("a company", "科技"),
        ("a part of a plate", "123"),
        ("a whole telephone", &telephone),
        ("the last eight digits", &last8),
        ("the last four digits", &last4),
        ("nobody", "不存在"),
    ] {
        timed(what, || async {
            Ok(clients::search(app, caller, site, typed, 40).await.map_err(failed)?.len())
        })
        .await?;
    }
    let people = app::people::all(app, caller, Some(site)).await.map_err(failed)?;
    let owner = people.first().map(|person| person.id).ok_or_else(|| Failed::new("nobody"))?;
    let asked = Asked::default();
    let today = app.clock.now().date_naive();
    for (what, asked) in [
        ("list: the newest", asked.clone()),
        ("list: of one owner", Asked { owner: Owner::Of(owner), ..asked.clone() }),
        ("list: nobody's", Asked { owner: Owner::Nobody, ..asked.clone() }),
        ("list: grade A", Asked { grade: Some(clients::Grade::A), ..asked.clone() }),
        ("list: source", Asked { source: Some(clients::Source::Referral), ..asked.clone() }),
        ("list: lapsing within 7 days", Asked { lapses_within_days: Some(7), ..asked.clone() }),
        ("list: closed", Asked { closed: Some(true), ..asked.clone() }),
        ("list: silent for 30 days", Asked { silent_days: Some(30), ..asked.clone() }),
        ("list: entered today", Asked { created_from: Some(today), ..asked.clone() }),
        (
            "list: a common name, owner and grade",
            Asked {
                text: "王".to_owned(),
                owner: Owner::Of(owner),
                grade: Some(clients::Grade::D),
                ..asked.clone()
            },
        ),
        (
            "list: owner, grade and source",
            Asked {
                owner: Owner::Of(owner),
                grade: Some(clients::Grade::D),
                source: Some(clients::Source::Filing),
                ..asked
            },
        ),
    ] {
        timed(what, || async {
            Ok(clients::list(app, caller, site, &asked, None, 40).await.map_err(failed)?.rows.len())
        })
        .await?;
    }
    Ok(())
}

async fn timed<F: Future<Output = Result<usize, Failed>>>(
    what: &str,
    look: impl Fn() -> F,
) -> Result<(), Failed> {
    let mut took = Vec::new();
    let mut found = 0;
    for _ in 0..LOOKS {
        let began = Instant::now();
        found = look().await?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let ms = |at: usize| took.get(at).map_or(0.0, |took| took.as_secs_f64() * 1_000.0);
    line(&format!(
        "{what}: {found} found; median {:.1} ms, slowest {:.1} ms",
        ms(LOOKS / 2),
        ms(LOOKS - 1)
    ));
    Ok(())
}
