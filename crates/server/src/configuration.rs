//! What an installation may choose: one TOML file, and the environment over it.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// The configuration of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Configuration {
    /// The database: `sqlite://FILE` or `postgres://..`; nothing: a file in `data`. Environment:
    /// `LUNPAI_DATABASE`.
    pub database: Option<String>,
    /// The folder of the database file, the keys and the checkpoints. Environment: `LUNPAI_DATA`.
    pub data: PathBuf,
    /// Where browsers are listened to. Environment: `LUNPAI_LISTEN`.
    pub listen: SocketAddr,
    /// The file of the keys; nothing: `keys.toml` in `data`. Environment: `LUNPAI_KEYS`.
    pub keys: Option<PathBuf>,
    /// Whether browsers come by TLS that somebody else ends, so that cookies insist on it.
    /// Environment: `LUNPAI_SECURE`.
    pub secure: bool,
    /// What is logged, such as `info` or `server=debug`. Environment: `LUNPAI_LOG`.
    pub log: String,
    /// Whether the log is JSON. Environment: `LUNPAI_LOG_JSON`.
    pub log_json: bool,
    /// Connections to PostgreSQL at most. Environment: `LUNPAI_CONNECTIONS`.
    pub connections: u32,
    /// Hours after which an unused session ends. Environment: `LUNPAI_SESSION_HOURS`.
    pub session_hours: u32,
    /// Where telephones and tablets of the floor are listened to by TLS; nothing: not at all.
    /// Environment: `LUNPAI_TLS=true` for the defaults, and `LUNPAI_TLS_LISTEN`, `_CERTIFICATE`, `_KEY`.
    pub tls: Option<Tls>,
}

/// How telephones and tablets reach the server over the local network.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// Where they are listened to.
    pub listen: SocketAddr,
    /// The site's own certificate chain, PEM; nothing: one is made in `data/tls`.
    pub certificate: Option<PathBuf>,
    /// The private key of `certificate`, PEM.
    pub key: Option<PathBuf>,
    /// Host names that the made certificate holds besides the addresses of the machine.
    pub names: Vec<String>,
}

impl Default for Tls {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([0, 0, 0, 0], 8443)),
            certificate: None,
            key: None,
            names: Vec::new(),
        }
    }
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            database: None,
            data: "data".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            keys: None,
            secure: false,
            log: "info".into(),
            log_json: false,
            connections: 16,
            session_hours: 12,
            tls: None,
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

impl Configuration {
    /// Reads `file` if one is given, then the environment as `get` tells it.
    pub fn read(
        file: Option<&Path>,
        get: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Unusable> {
        let mut configuration = match file {
            None => Self::default(),
            Some(path) => {
                let text = fs::read_to_string(path).map_err(|error| {
                    Unusable(format!("`{}` cannot be read: {error}", path.display()))
                })?;
                toml::from_str(&text).map_err(|error| {
                    let hint = "docs/src/operating/configuration.md names every key";
                    Unusable(format!("`{}`: {error}\n  hint: {hint}", path.display()))
                })?
            }
        };
        let c = &mut configuration;
        if let Some(value) = get("LUNPAI_DATABASE") {
            c.database = Some(value);
        }
        if let Some(value) = get("LUNPAI_DATA") {
            c.data = value.into();
        }
        if let Some(value) = get("LUNPAI_KEYS") {
            c.keys = Some(value.into());
        }
        if let Some(value) = get("LUNPAI_LOG") {
            c.log = value;
        }
        read_into(&mut c.listen, "LUNPAI_LISTEN", "127.0.0.1:8080", &get)?;
        read_into(&mut c.secure, "LUNPAI_SECURE", "true or false", &get)?;
        read_into(&mut c.log_json, "LUNPAI_LOG_JSON", "true or false", &get)?;
        read_into(&mut c.connections, "LUNPAI_CONNECTIONS", "16", &get)?;
        read_into(&mut c.session_hours, "LUNPAI_SESSION_HOURS", "12", &get)?;
        c.read_tls(&get)?;
        Ok(configuration)
    }

    fn read_tls(&mut self, get: &impl Fn(&str) -> Option<String>) -> Result<(), Unusable> {
        let mut wanted = self.tls.is_some();
        read_into(&mut wanted, "LUNPAI_TLS", "true or false", get)?;
        let mut tls = self.tls.take().unwrap_or_default();
        read_into(&mut tls.listen, "LUNPAI_TLS_LISTEN", "0.0.0.0:8443", get)?;
        for (path, name) in
            [(&mut tls.certificate, "LUNPAI_TLS_CERTIFICATE"), (&mut tls.key, "LUNPAI_TLS_KEY")]
        {
            if let Some(value) = get(name) {
                *path = Some(value.into());
                wanted = true;
            }
        }
        if tls.certificate.is_some() != tls.key.is_some() {
            return Err(Unusable(
                "`[tls]` has one of `certificate` and `key`: name both, or neither to have one made"
                    .into(),
            ));
        }
        self.tls = (wanted || get("LUNPAI_TLS_LISTEN").is_some()).then_some(tls);
        Ok(())
    }

    /// The address of the database.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", self.data.join("lunpai.db").display()))
    }

    /// The file of the keys.
    #[must_use]
    pub fn keys_file(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys.toml"))
    }
}

fn read_into<T: std::str::FromStr>(
    into: &mut T,
    name: &str,
    example: &str,
    get: &impl Fn(&str) -> Option<String>,
) -> Result<(), Unusable> {
    let Some(value) = get(name) else { return Ok(()) };
    *into = value.parse().map_err(|_| {
        Unusable(format!("`{name}={value}` is not understood: write it like {example}"))
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_overrides_the_file() {
        let get = |name: &str| (name == "LUNPAI_LISTEN").then(|| "127.0.0.1:9000".to_owned());
        let read = Configuration::read(None, get).unwrap();
        assert_eq!(read.listen.port(), 9000);
        assert_eq!(read.database_url(), "sqlite://data/lunpai.db");
    }

    #[test]
    fn tls_is_off_until_it_is_asked_for() {
        let with = |pairs: &'static [(&str, &str)]| {
            Configuration::read(None, move |name| {
                pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(with(&[]).unwrap().tls, None);
        assert_eq!(with(&[("LUNPAI_TLS", "true")]).unwrap().tls, Some(Tls::default()));
        let listen = with(&[("LUNPAI_TLS_LISTEN", "10.0.0.1:443")]).unwrap().tls.unwrap().listen;
        assert_eq!(listen.port(), 443);
        let both = with(&[("LUNPAI_TLS_CERTIFICATE", "a.pem"), ("LUNPAI_TLS_KEY", "b.pem")]);
        assert!(both.unwrap().tls.is_some());
        let error = with(&[("LUNPAI_TLS_KEY", "b.pem")]).unwrap_err().to_string();
        assert!(error.contains("name both"), "{error}");
    }

    #[test]
    fn a_value_that_is_not_understood_names_itself() {
        let get = |name: &str| (name == "LUNPAI_LISTEN").then(|| "nowhere".to_owned());
        let error = Configuration::read(None, get).unwrap_err().to_string();
        assert!(error.contains("`LUNPAI_LISTEN=nowhere`"), "{error}");
    }
}
