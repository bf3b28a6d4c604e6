//! `lunpai serve` and `lunpai demo`: the server, and what it needs before it listens.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use app::{App, Clock, Config, Presets};
use serde::{Deserialize, Serialize};
use store::{Db, Keys};

use super::{Failed, Library, listen::listen, report::line};
use crate::{
    configuration::{Configuration, Tls},
    pages::sign_in::view::DemoSignIn,
    private_file::write_private,
};

/// What the server commands have in common.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder for the database, keys and checkpoints.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// The port on 127.0.0.1, or an address with port.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Also listen to the telephones of the local network, by TLS; prints the address and a code.
    #[arg(long)]
    tls: bool,
}

impl Options {
    /// The configuration: file, environment, then these options.
    pub(super) fn configuration(&self) -> Result<Configuration, Failed> {
        let mut read = Configuration::read(self.config.as_deref(), |name| std::env::var(name).ok())
            .map_err(|error| Failed::new(error.to_string()))?;
        if let Some(data) = &self.data {
            read.data.clone_from(data);
        }
        if let Some(port) = self.port {
            read.listen.set_port(port);
        }
        if self.tls && read.tls.is_none() {
            read.tls = Some(Tls::default());
        }
        Ok(read)
    }
}

/// Runs `work` on a runtime of its own.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failed>>) -> Result<T, Failed> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failed::new(format!("no runtime: {error}")))?
        .block_on(work)
}

/// Opens the database and the keys: the application without a server.
pub(super) async fn open(library: &Library, configuration: &Configuration) -> Result<App, Failed> {
    fs::create_dir_all(&configuration.data).map_err(|error| {
        let folder = configuration.data.display();
        Failed::new(format!(
            "the folder `{folder}` cannot be made: {error}\n  hint: choose another with --data"
        ))
    })?;
    let url = configuration.database_url();
    let db = Db::open_sized(&url, configuration.connections)
        .await
        .map_err(|error| Failed::new(format!("the database cannot be opened: {error}")))?;
    let keys = keys(&configuration.keys_file())?;
    let config =
        Config { session_hours: i64::from(configuration.session_hours), ..Config::default() };
    let app = App::new(db, keys, Clock::real(), presets(library), config);
    app::check_keys(&app).await.map_err(|error| {
        Failed::new(format!(
            "the keys in `{}` do not belong to this database: {error}\n  hint: restore the keys that were backed up with it",
            configuration.keys_file().display()
        ))
    })?;
    Ok(app)
}

fn presets(library: &Library) -> Presets {
    let texts = library.slugs().into_iter();
    let presets = texts.filter_map(|slug| library.text(&slug, None).ok().map(|text| (slug, text)));
    Presets::new(presets).with_scenarios(|slug| library.scenarios(slug, None).unwrap_or_default())
}

/// The keys as their file has them, in hexadecimal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    id: String,
    master: String,
    index: String,
}

/// Reads the keys in `file`, or makes them, readable by their owner only.
fn keys(file: &Path) -> Result<Keys, Failed> {
    let failed = |what: String| Failed::new(format!("the keys in `{}` {what}", file.display()));
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let made =
                format!("id = \"1\"\nmaster = \"{}\"\nindex = \"{}\"\n", random()?, random()?);
            write_private(file, &made)
                .map_err(|error| failed(format!("cannot be written: {error}")))?;
            made
        }
        Err(error) => return Err(failed(format!("cannot be read: {error}"))),
    };
    let read: KeyFile =
        toml::from_str(&text).map_err(|error| failed(format!("are not understood: {error}")))?;
    let key =
        |hex: &str| bytes(hex).ok_or_else(|| failed("need 64 hexadecimal digits each".into()));
    Ok(Keys::new(&read.id, key(&read.master)?, key(&read.index)?))
}

fn random() -> Result<String, Failed> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failed::new(format!("no random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn bytes(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut key = [0u8; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}

/// `lunpai serve`
pub(super) fn serve(library: &Library, options: &Options) -> Result<bool, Failed> {
    let configuration = options.configuration()?;
    log(&configuration);
    block_on(async {
        let began = Instant::now();
        let app = open(library, &configuration).await?;
        let tenant = app::sites::sole_company(&app).await;
        let tenant = tenant.map_err(|error| {
            Failed::new(format!("{error}\n  hint: `lunpai demo` makes a company to try"))
        })?;
        tracing::info!(took_ms = began.elapsed().as_millis(), "ready");
        listen(app, tenant, Vec::new(), &configuration).await?;
        Ok(true)
    })
}

/// `lunpai demo`
pub(super) fn demo(library: &Library, options: &Options) -> Result<bool, Failed> {
    let configuration = options.configuration()?;
    log(&configuration);
    block_on(async {
        let app = open(library, &configuration).await?;
        let failed = |error| Failed::new(format!("the demo cannot be made: {error}"));
        let known = app::demo::found(&app).await.map_err(failed)?;
        if known.is_none() {
            line("making a property gallery with three months of history ..");
        }
        let demo = app::demo::build(&app, DEMO_RULEBOOK, progress).await.map_err(failed)?;
        let sign_ins = sign_ins(&demo);
        for (who, shown) in demo.sign_ins.iter().zip(&sign_ins) {
            let role = who.roles.first().map_or("", |role| role.zh());
            line(&format!("  {:<14} {:<18} {role} {}", shown.name, shown.password, who.name));
        }
        listen(app, demo.tenant, sign_ins, &configuration).await?;
        Ok(true)
    })
}

/// The rulebook of the demo company.
const DEMO_RULEBOOK: &str = "demo";

/// Tells every tenth day that was made up.
fn progress(done: u64, of: u64) {
    if done > 0 && (done.is_multiple_of(10) || done == of) {
        line(&format!("  {done} / {of}"));
    }
}

fn sign_ins(demo: &app::demo::Demo) -> Vec<DemoSignIn> {
    demo.sign_ins
        .iter()
        .map(|sign_in| DemoSignIn {
            name: sign_in.login.clone(),
            password: app::demo::PASSWORD.to_owned(),
            role: sign_in.roles.first().map_or("", |role| role.word()).to_owned(),
        })
        .collect()
}

fn log(configuration: &Configuration) {
    let filter = tracing_subscriber::EnvFilter::try_new(&configuration.log)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let set =
        if configuration.log_json { subscriber.json().try_init() } else { subscriber.try_init() };
    if set.is_err() {
        tracing::debug!("the log was set up before");
    }
}
