//! `lunpai check` and `lunpai migrate`: whether an installation can be served.

use serde::Serialize;

use super::{Failed, Library, report, serve};

/// What `lunpai check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct CheckOptions {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    installation: serve::Options,
}

/// Something that was looked at.
#[derive(Debug, Serialize)]
struct Looked {
    /// What: `configuration`, `database`, `durability`, `keys`, `company`, `rulebooks`.
    what: &'static str,
    ok: bool,
    detail: String,
}

/// `lunpai migrate`: opening the database brings its schema up to date.
pub(super) fn migrate(library: &Library, options: &serve::Options) -> Result<bool, Failed> {
    let configuration = options.configuration()?;
    serve::block_on(async {
        let app = serve::open(library, &configuration).await?;
        report::line(&format!("{}: the schema is up to date", app.db.kind()));
        app.db.close().await;
        Ok(true)
    })
}

/// `lunpai check`: configuration, database, keys.
pub(super) fn check(library: &Library, options: &CheckOptions) -> Result<bool, Failed> {
    let looked = serve::block_on(look(library, options))?;
    if options.json {
        report::json(&looked)?;
    } else {
        for Looked { what, ok, detail } in &looked {
            report::line(&format!("{:<5} {what}: {detail}", if *ok { "ok" } else { "wrong" }));
        }
    }
    Ok(looked.iter().all(|looked| looked.ok))
}

async fn look(library: &Library, options: &CheckOptions) -> Result<Vec<Looked>, Failed> {
    let mut looked = Vec::new();
    let mut note = |what, ok, detail: String| looked.push(Looked { what, ok, detail });
    let configuration = match options.installation.configuration() {
        Ok(configuration) => configuration,
        Err(error) => {
            note("configuration", false, error.to_string());
            return Ok(looked);
        }
    };
    note("configuration", true, format!("data in `{}`", configuration.data.display()));
    let app = match serve::open(library, &configuration).await {
        Ok(app) => app,
        // The message says whether it is the folder, the database or the keys.
        Err(error) => {
            note("database and keys", false, error.to_string());
            return Ok(looked);
        }
    };
    match app.db.ping().await {
        Ok(()) => note("database", true, format!("{} answers", app.db.kind())),
        Err(error) => note("database", false, error.to_string()),
    }
    match app.db.sqlite_synchronous().await {
        Ok(Some(2)) => note("durability", true, "synchronous is FULL".into()),
        Ok(None) => note("durability", true, "synchronous_commit is on".into()),
        Ok(Some(other)) => note("durability", false, format!("synchronous is {other}, not FULL")),
        Err(error) => note("durability", false, error.to_string()),
    }
    note("keys", true, "belong to this database".into());
    match app::sites::sole_company(&app).await {
        Ok(_) => note("company", true, "there is one".into()),
        Err(error) => note("company", false, format!("{error}; {}", error.hint())),
    }
    note("rulebooks", true, format!("{} presets", app.presets.slugs().count()));
    app.db.close().await;
    Ok(looked)
}
