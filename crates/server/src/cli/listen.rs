//! Listening to browsers: on this machine, and by TLS to the telephones of the local network.

use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use app::{App, TenantId};
use axum::{Router, http::header, routing::get};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio::{net::TcpListener, sync::watch};

use super::{Failed, report::line};
use crate::{
    configuration::{Configuration, Tls},
    pages::sign_in::view::DemoSignIn,
    tls::{self, Material},
    web::{router::router, state::Server},
};

/// Browsers hold their streams open: they are not waited for longer than this.
const WAITED_FOR: Duration = Duration::from_secs(3);
/// Where a telephone fetches the authority that it is to trust.
const AUTHORITY: &str = "/lunpai.crt";

/// Serves the pages until somebody asks the process to stop.
pub(super) async fn listen(
    app: App,
    tenant: TenantId,
    demo: Vec<DemoSignIn>,
    configuration: &Configuration,
) -> Result<(), Failed> {
    let listener = TcpListener::bind(configuration.listen)
        .await
        .map_err(|error| taken(configuration.listen, &error, "--port"))?;
    let address = listener.local_addr().map_err(|error| Failed::new(error.to_string()))?;
    line(&format!("http://{address}"));
    let server =
        Server { app: app.clone(), tenant, demo: Arc::new(demo), secure: configuration.secure };
    let floor = match &configuration.tls {
        None => None,
        Some(tls) => Some(Floor::open(tls, configuration, &app, server.clone()).await?),
    };
    let (stop, stopped) = watch::channel(false);
    let worker = format!("{}", std::process::id());
    let jobs = tokio::spawn({
        let stopped = asked(&stopped);
        async move { app::jobs::run(&app, &worker, stopped).await }
    });
    tokio::spawn(async move {
        asked_to_stop().await;
        let _ = stop.send(true);
    });
    let floor = floor.map(|floor| {
        let (told, handle) = (asked(&stopped), floor.handle.clone());
        tokio::spawn(async move {
            told.await;
            handle.graceful_shutdown(Some(WAITED_FOR));
        });
        tokio::spawn(floor.serve())
    });
    let pages = router(server);
    let serving = axum::serve(listener, pages).with_graceful_shutdown(asked(&stopped));
    let told = asked(&stopped);
    tokio::select! {
        served = serving => served.map_err(|error| Failed::new(format!("the server ended: {error}")))?,
        () = async { told.await; tokio::time::sleep(WAITED_FOR).await } => {}
    }
    if let Some(floor) = floor {
        floor.await.map_err(|error| Failed::new(error.to_string()))?.map_err(|error| {
            Failed::new(format!("the server of the local network ended: {error}"))
        })?;
    }
    let _ = jobs.await;
    Ok(())
}

fn taken(address: SocketAddr, error: &std::io::Error, option: &str) -> Failed {
    Failed::new(format!(
        "{address} cannot be listened to: {error}\n  hint: choose another with {option}"
    ))
}

fn asked(stopped: &watch::Receiver<bool>) -> impl Future<Output = ()> + Send + 'static {
    let mut told = stopped.clone();
    async move {
        // The sender gone means the same as its word.
        let _ = told.wait_for(|stopped| *stopped).await;
    }
}

/// The listener of the local network.
struct Floor {
    listener: std::net::TcpListener,
    config: RustlsConfig,
    handle: Handle<SocketAddr>,
    pages: Router,
}

impl Floor {
    async fn open(
        tls: &Tls,
        configuration: &Configuration,
        app: &App,
        server: Server,
    ) -> Result<Self, Failed> {
        // Another part of the process may have chosen already: then that one holds.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let local = tls::local_addresses();
        let material = material(tls, configuration, app, &local)?;
        let config =
            RustlsConfig::from_pem_file(&material.certificate, &material.key).await.map_err(
                |error| {
                    let (certificate, key) =
                        (material.certificate.display(), material.key.display());
                    Failed::new(format!(
                        "`{certificate}` and `{key}` cannot be used for TLS: {error}\n  hint: both are PEM, and belong together"
                    ))
                },
            )?;
        let listener = std::net::TcpListener::bind(tls.listen)
            .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
            .map_err(|error| taken(tls.listen, &error, "`listen` in `[tls]`"))?;
        let address = listener.local_addr().map_err(|error| Failed::new(error.to_string()))?;
        let url = tls::url(address, &local);
        line(&url);
        if let Some(code) = tls::code(&url) {
            line(&code);
        }
        let mut pages = router(Server { secure: true, ..server });
        if let Some(path) = &material.authority {
            let pem = fs::read_to_string(path).map_err(|error| {
                Failed::new(format!("`{}` cannot be read: {error}", path.display()))
            })?;
            line(&format!(
                "telephones trust it once they have installed {url}{AUTHORITY} (docs: operating/telephones)"
            ));
            pages = pages.route(
                AUTHORITY,
                get(move || async move {
                    ([(header::CONTENT_TYPE, "application/x-x509-ca-cert")], pem)
                }),
            );
        }
        Ok(Self { listener, config, handle: Handle::new(), pages })
    }

    async fn serve(self) -> std::io::Result<()> {
        axum_server::from_tcp_rustls(self.listener, self.config)?
            .handle(self.handle)
            .serve(self.pages.into_make_service())
            .await
    }
}

fn material(
    tls: &Tls,
    configuration: &Configuration,
    app: &App,
    local: &[std::net::IpAddr],
) -> Result<Material, Failed> {
    if let (Some(certificate), Some(key)) = (&tls.certificate, &tls.key) {
        return Ok(Material {
            certificate: certificate.clone(),
            key: key.clone(),
            authority: None,
        });
    }
    let folder: PathBuf = configuration.data.join("tls");
    let mut names = tls.names.clone();
    names.extend(local.iter().map(ToString::to_string));
    names.extend(["127.0.0.1".to_owned(), "localhost".to_owned()]);
    let today = app.clock.now().date_naive();
    tls::made(&folder, &names, today).map_err(|error| Failed::new(error.to_string()))
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
