//! `lunpai import`: files of clients from the terminal, however long.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Instant,
};

use app::{
    App, Caller, CommandId, SiteId,
    clients::import::{self, Duplicates, Import, Moved, Stage, layout},
    sites,
};

use super::{
    Failed, Library,
    report::line,
    serve::{self, Options},
};

/// How many parts of a file are written in one transaction.
const PARTS_AT_ONCE: i64 = 20;

/// How much of the database is kept in memory meanwhile, in MB.
const CACHE_MB: u32 = 160;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Take a file of clients in: CSV in UTF-8 or GB18030, or xlsx. Without --write it is only checked.
    Clients {
        /// The file.
        file: PathBuf,
        /// The site, by name or id; else the only one.
        #[arg(long)]
        site: Option<String>,
        /// Write the rows that are right; the others are listed.
        #[arg(long)]
        write: bool,
        /// What happens to a client who is here already: fill, skip or add; else what the rulebook says.
        #[arg(long, value_name = "WORD")]
        duplicates: Option<String>,
        /// Where the list of the rows goes that were left out, as CSV; else the first of them are printed.
        #[arg(long, value_name = "FILE")]
        left_out: Option<PathBuf>,
        #[command(flatten)]
        options: Options,
    },
}

pub(super) fn run(library: &Library, command: Command) -> Result<bool, Failed> {
    let Command::Clients { file, site, write, duplicates, left_out, options } = command;
    let configuration = options.configuration()?;
    serve::block_on(async {
        let app = serve::open(library, &configuration).await?;
        let tenant = sites::sole_company(&app).await.map_err(failed)?;
        let caller = Caller::system(tenant);
        let site = site_named(&app, &caller, site.as_deref()).await?;
        let job = Job { app: &app, caller: &caller, site };
        let import = job.take_in(&file).await?;
        let import = match duplicates {
            None => import,
            Some(word) => job.choose(&import, &word).await?,
        };
        let import = if write { job.write(import).await? } else { import };
        job.list(&import, left_out.as_deref()).await?;
        app.db.close().await;
        Ok(import.bad_count == 0)
    })
}

fn failed(error: app::AppError) -> Failed {
    let hint = error.hint().to_owned();
    let hint = if hint.is_empty() { hint } else { format!("\n  hint: {hint}") };
    Failed::new(format!("{error}{hint}"))
}

/// The site of that name or id; the only one, where none is named.
pub(super) async fn site_named(
    app: &App,
    caller: &Caller,
    named: Option<&str>,
) -> Result<SiteId, Failed> {
    let all = sites::sites(app, caller).await.map_err(failed)?;
    let names = || all.iter().map(|site| site.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = match named {
        None if all.len() == 1 => all.first(),
        None => {
            return Err(Failed::new(format!("which site?\n  hint: --site, one of: {}", names())));
        }
        Some(named) => all.iter().find(|site| site.name == named || site.id.0.to_string() == named),
    };
    let unknown = || {
        let named = named.unwrap_or_default();
        Failed::new(format!("there is no site `{named}`\n  hint: one of: {}", names()))
    };
    Ok(found.ok_or_else(unknown)?.id)
}

/// A file that is taken in from the terminal.
pub(super) struct Job<'a> {
    pub(super) app: &'a App,
    pub(super) caller: &'a Caller,
    pub(super) site: SiteId,
}

impl Job<'_> {
    /// Takes `file` in, and tells how far it is.
    pub(super) async fn take_in(&self, file: &Path) -> Result<Import, Failed> {
        let from = File::open(file).map_err(|error| {
            Failed::new(format!("`{}` cannot be opened: {error}", file.display()))
        })?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let began = Instant::now();
        let told = |count: i64| {
            if count % 50_000 == 0 {
                line(&format!("  {count} rows read, {}", rate(count, began)));
            }
        };
        let name = name.unwrap_or_default();
        let (app, caller, site) = (self.app, self.caller, self.site);
        let import =
            import::take_in(app, caller, site, &name, from, &told).await.map_err(failed)?;
        if matches!(import.stage, Stage::Done | Stage::Writing | Stage::Stopped) {
            line(&format!("this file was taken in before: {}", import.stage.en()));
        }
        line(&format!(
            "{} rows: {} good, {} bad, {} known already; {}",
            import.rows_count,
            import.good_count,
            import.bad_count,
            import.known_count,
            rate(import.rows_count, began)
        ));
        for (heading, key) in import.plan.headings.iter().zip(&import.plan.columns) {
            let column = key.as_deref().and_then(layout::column_of);
            let as_what = column.map_or("left out", |column| column.en);
            line(&format!("  {heading} -> {as_what}"));
        }
        Ok(import)
    }

    async fn choose(&self, import: &Import, word: &str) -> Result<Import, Failed> {
        let unknown = || Failed::new(format!("`{word}` is none of fill, skip, add"));
        let duplicates = Duplicates::of_word(word).ok_or_else(unknown)?;
        import::choose(self.app, self.caller, import.id, duplicates).await.map_err(failed)
    }

    /// Writes what is right, and tells how far it is. A file that stopped halfway goes on.
    pub(super) async fn write(&self, import: Import) -> Result<Import, Failed> {
        let (app, caller) = (self.app, self.caller);
        let id: CommandId = import.id;
        match import.stage {
            Stage::Judged => drop(import::confirm(app, caller, id).await.map_err(failed)?),
            Stage::Stopped => drop(import::go_on(app, caller, id).await.map_err(failed)?),
            Stage::Writing => {}
            _ => return Ok(import),
        }
        app.db.keep_more(CACHE_MB).await.map_err(|error| failed(error.into()))?;
        let began = Instant::now();
        // What was written before this run.
        let already = if import.stage == Stage::Judged { 0 } else { import.done_count };
        let mut told_at = 0;
        loop {
            match import::step(app, caller.tenant, id, PARTS_AT_ONCE).await.map_err(failed)? {
                Moved::On(now) => {
                    if now.done_count / 50_000 > told_at {
                        told_at = now.done_count / 50_000;
                        let rate = rate(now.done_count - already, began);
                        let of = now.rows_count;
                        line(&format!("  {} of {of} rows written, {rate}", now.done_count));
                    }
                }
                Moved::Through(now) => {
                    let rate = rate(now.done_count - already, began);
                    line(&format!("{} clients written; {rate}", now.written_count));
                    return Ok(now);
                }
            }
        }
    }

    /// Lists the rows that were left out, all in a file or the first of them here.
    async fn list(&self, import: &Import, to: Option<&Path>) -> Result<(), Failed> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut after = Some(0);
        while let Some(from) = after {
            let shown = import::shown(self.app, self.caller, import.id, from).await;
            let shown = shown.map_err(failed)?;
            for finding in shown.findings {
                let wrongs = finding.wrongs.iter().map(|wrong| {
                    let column = layout::column_of(&wrong.column).map_or("", |column| column.en);
                    format!("{column}: {:?} `{}`", wrong.what, wrong.given)
                });
                let wrongs: Vec<String> = wrongs.collect();
                let mut row = vec![finding.number.to_string(), wrongs.join("; ")];
                row.extend(finding.cells);
                rows.push(row);
            }
            after = shown.next.filter(|_| to.is_some());
        }
        let Some(to) = to else {
            for row in rows.iter().take(20) {
                let text: Vec<&str> = row.iter().take(2).map(String::as_str).collect();
                line(&format!("  row {}", text.join(": ")));
            }
            return Ok(());
        };
        let unwritten = |error: csv::Error| {
            Failed::new(format!("`{}` cannot be written: {error}", to.display()))
        };
        let mut writer =
            csv::WriterBuilder::new().flexible(true).from_path(to).map_err(unwritten)?;
        for row in &rows {
            writer.write_record(row).map_err(unwritten)?;
        }
        writer.flush().map_err(|error| unwritten(error.into()))
    }
}

/// So many rows in the time since `began`.
fn rate(count: i64, began: Instant) -> String {
    let seconds = began.elapsed().as_secs_f64();
    let count = f64::from(i32::try_from(count).unwrap_or(i32::MAX));
    format!("{seconds:.1} s, {:.0} rows a second", count / seconds.max(0.001))
}
