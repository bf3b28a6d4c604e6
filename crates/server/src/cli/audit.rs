//! `lunpai audit`: whether the journal is as it was written, and checkpoints to keep elsewhere.

use std::{fs, path::PathBuf};

use app::{App, Caller, TenantId};
use serde::Serialize;
use store::audit::Report;

use super::{Failed, Library, report, serve};

/// What to do with the journal.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Recompute every chain; 1 is the exit code when something is not as it was written.
    Verify {
        /// A checkpoint that was kept: also finds what was cut off since.
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        options: serve::Options,
    },
    /// Write a checkpoint of all streams, to be kept off the machine.
    Checkpoint {
        /// The file; else it is printed.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Print what was written as JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        options: serve::Options,
    },
}

/// What the audit of a company saw.
#[derive(Serialize)]
struct Seen {
    company: TenantId,
    clean: bool,
    #[serde(flatten)]
    report: Report,
}

/// `lunpai audit`
pub(super) fn run(library: &Library, command: Command) -> Result<bool, Failed> {
    match command {
        Command::Verify { against, json, options } => {
            let configuration = options.configuration()?;
            serve::block_on(async {
                let app = serve::open(library, &configuration).await?;
                let seen = verify(&app, against.as_deref()).await?;
                let clean = seen.iter().all(|seen| seen.clean);
                if json {
                    report::json(&seen)?
                } else {
                    seen.iter().for_each(print)
                }
                Ok(clean)
            })
        }
        Command::Checkpoint { output, json, options } => {
            let configuration = options.configuration()?;
            serve::block_on(async {
                let app = serve::open(library, &configuration).await?;
                checkpoint(&app, output.as_deref(), json).await?;
                Ok(true)
            })
        }
    }
}

fn failed(error: app::AppError) -> Failed {
    match error.hint() {
        "" => Failed::new(error.to_string()),
        hint => Failed::new(format!("{error}\n  hint: {hint}")),
    }
}

async fn verify(app: &App, against: Option<&std::path::Path>) -> Result<Vec<Seen>, Failed> {
    if let Some(file) = against {
        let text = fs::read_to_string(file).map_err(|error| {
            Failed::new(format!("`{}` cannot be read: {error}", file.display()))
        })?;
        let company = app::sites::sole_company(app).await.map_err(failed)?;
        let caller = Caller::system(company);
        let report = app::audit::verify_checkpoint(app, &caller, &text).await.map_err(failed)?;
        return Ok(vec![Seen { company, clean: report.is_clean(), report }]);
    }
    let mut seen = Vec::new();
    for (company, _) in app::sites::companies(app).await.map_err(failed)? {
        let report = app::audit::verify(app, &Caller::system(company)).await.map_err(failed)?;
        seen.push(Seen { company, clean: report.is_clean(), report });
    }
    Ok(seen)
}

fn print(seen: &Seen) {
    let Report { streams, entries, findings, findings_left_out } = &seen.report;
    report::line(&format!("company {}: {entries} entries in {streams} streams", seen.company.0));
    for finding in findings {
        let fault = serde_json::to_value(finding.fault).unwrap_or_default();
        let fault = fault.as_str().unwrap_or("wrong").replace('_', " ");
        report::line(&format!("  {} entry {}: {fault}", finding.stream, finding.version));
    }
    if *findings_left_out > 0 {
        report::line(&format!("  and {findings_left_out} more"));
    }
    report::line(if seen.clean { "  as it was written" } else { "  not as it was written" });
}

/// A checkpoint that was written.
#[derive(Serialize)]
struct Written<'a> {
    company: TenantId,
    file: Option<&'a std::path::Path>,
    checkpoint: serde_json::Value,
}

async fn checkpoint(app: &App, output: Option<&std::path::Path>, json: bool) -> Result<(), Failed> {
    let company = app::sites::sole_company(app).await.map_err(failed)?;
    let text =
        app::audit::export_checkpoint(app, &Caller::system(company)).await.map_err(failed)?;
    if let Some(file) = output {
        fs::write(file, format!("{text}\n")).map_err(|error| {
            Failed::new(format!("`{}` cannot be written: {error}", file.display()))
        })?;
    }
    match (json, output) {
        (true, file) => {
            let checkpoint = serde_json::from_str(&text)
                .map_err(|error| Failed::new(format!("the checkpoint is no JSON: {error}")))?;
            report::json(&Written { company, file, checkpoint })?;
        }
        (false, Some(file)) => report::line(&format!("written to {}", file.display())),
        (false, None) => report::line(&text),
    }
    Ok(())
}
