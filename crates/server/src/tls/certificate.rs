//! The certificate of the floor: made here, signed by an authority of the installation's own.
//!
//! The authority is made once and kept, so that a telephone that trusts it goes on trusting when the
//! machine's address changes; the certificate is made anew when an address is missing from it or its
//! end is near.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{Datelike, Days, NaiveDate};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use serde::{Deserialize, Serialize};

use crate::private_file::write_private;

/// Days a certificate holds: telephones refuse one that holds longer than 398.
const HOLDS: u64 = 397;
/// Days before its end from which it is made anew.
const RENEWED_BEFORE: u64 = 30;
/// Days the authority holds.
const AUTHORITY_HOLDS: u64 = 3650;

/// The files of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// The certificate chain, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
    /// The authority that a telephone is told to trust, PEM; none where the site brought its own
    /// certificate.
    pub authority: Option<PathBuf>,
}

/// Why no certificate could be made.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// A file cannot be read or written.
    #[error("`{path}` cannot be {done}: {error}\n  hint: check who owns the data folder", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried: `read` or `written`.
        done: &'static str,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file or a name in it is not what it should be.
    #[error("the certificate in `{folder}` cannot be made: {error}\n  hint: remove the folder; telephones must then trust the new authority", folder = .folder.display())]
    Content {
        /// The folder of the certificate.
        folder: PathBuf,
        /// What is wrong.
        error: String,
    },
}

/// What the certificate in the folder was made for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    names: Vec<String>,
    until: NaiveDate,
}

/// The certificate in `folder` for `names` (host names and addresses), made or made anew as needed
/// on the day `today`.
pub fn made(folder: &Path, names: &[String], today: NaiveDate) -> Result<Material, Unusable> {
    let material = Material {
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
        authority: Some(folder.join("authority.pem")),
    };
    fs::create_dir_all(folder).map_err(file(folder, "written"))?;
    let wrong = |error: String| Unusable::Content { folder: folder.to_owned(), error };
    let issuer = authority(folder, today)?;
    let note = folder.join("made.toml");
    let known: Option<Made> = match fs::read_to_string(&note) {
        Ok(text) => Some(toml::from_str(&text).map_err(|error| wrong(error.to_string()))?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(file(&note, "read")(error)),
    };
    let holds = known.is_some_and(|made| {
        names.iter().all(|name| made.names.contains(name))
            && made.until > today + Days::new(RENEWED_BEFORE)
    });
    if holds && material.certificate.exists() && material.key.exists() {
        return Ok(material);
    }
    let until = today + Days::new(HOLDS);
    let (chain, key) =
        signed(names, &issuer, today, until).map_err(|error| wrong(error.to_string()))?;
    replaced(&material.key, &key)?;
    replaced(&material.certificate, &chain)?;
    let made = Made { names: names.to_vec(), until };
    let text = toml::to_string(&made).map_err(|error| wrong(error.to_string()))?;
    replaced(&note, &text)?;
    Ok(material)
}

/// The authority in `folder`, made at the first time.
fn authority(folder: &Path, today: NaiveDate) -> Result<Issuer<'static, KeyPair>, Unusable> {
    let wrong = |error: rcgen::Error| Unusable::Content {
        folder: folder.to_owned(),
        error: error.to_string(),
    };
    let (key_file, file_of_authority) =
        (folder.join("authority-key.pem"), folder.join("authority.pem"));
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Lunpai 轮排");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    hold(&mut params, today, today + Days::new(AUTHORITY_HOLDS));
    if file_of_authority.exists() {
        let text = fs::read_to_string(&key_file).map_err(file(&key_file, "read"))?;
        return Ok(Issuer::new(params, KeyPair::from_pem(&text).map_err(wrong)?));
    }
    let key = KeyPair::generate().map_err(wrong)?;
    let certificate = params.self_signed(&key).map_err(wrong)?;
    replaced(&key_file, &key.serialize_pem())?;
    replaced(&file_of_authority, &certificate.pem())?;
    Ok(Issuer::new(params, key))
}

fn signed(
    names: &[String],
    issuer: &Issuer<'_, KeyPair>,
    today: NaiveDate,
    until: NaiveDate,
) -> Result<(String, String), rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    let name = names.first().map_or("Lunpai", String::as_str);
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    hold(&mut params, today, until);
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, issuer)?;
    Ok((certificate.pem(), key.serialize_pem()))
}

/// From the day before `today`: a telephone whose clock runs behind must not refuse it.
fn hold(params: &mut CertificateParams, today: NaiveDate, until: NaiveDate) {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let day =
        |date: NaiveDate| rcgen::date_time_ymd(date.year(), part(date.month()), part(date.day()));
    params.not_before = day(today - Days::new(1));
    params.not_after = day(until);
}

/// Writes a file anew, readable by its owner only.
fn replaced(path: &Path, text: &str) -> Result<(), Unusable> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(file(path, "written")(error));
        }
        _ => {}
    }
    write_private(path, text).map_err(file(path, "written"))
}

fn file(path: &Path, done: &'static str) -> impl Fn(std::io::Error) -> Unusable {
    let path = path.to_owned();
    move |error| Unusable::File { path: path.clone(), done, error }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("lunpai-tls-{}", uuid::Uuid::now_v7())))
        }

        fn text(&self, name: &str) -> String {
            fs::read_to_string(self.0.join(name)).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_certificate_is_kept_until_its_end_is_near() {
        let folder = Folder::new();
        let names = ["lunpai.test".to_owned(), "192.168.3.7".to_owned()];
        made(&folder.0, &names, date("2026-01-01")).unwrap();
        let (first, authority) = (folder.text("certificate.pem"), folder.text("authority.pem"));
        // Made to hold 397 days, until 2027-02-02; anew within 30 days of it.
        made(&folder.0, &names, date("2027-01-02")).unwrap();
        assert_eq!(folder.text("certificate.pem"), first);
        made(&folder.0, &names, date("2027-01-03")).unwrap();
        assert_ne!(folder.text("certificate.pem"), first);
        assert_eq!(folder.text("authority.pem"), authority);
    }

    #[test]
    fn a_new_address_makes_it_anew_under_the_same_authority() {
        let folder = Folder::new();
        let today = date("2026-01-01");
        made(&folder.0, &["192.168.3.7".to_owned()], today).unwrap();
        let (first, authority) = (folder.text("certificate.pem"), folder.text("authority.pem"));
        made(&folder.0, &["192.168.3.8".to_owned()], today).unwrap();
        assert_ne!(folder.text("certificate.pem"), first);
        assert_eq!(folder.text("authority.pem"), authority);
    }

    #[test]
    fn a_broken_file_says_what_to_do() {
        let folder = Folder::new();
        let today = date("2026-01-01");
        made(&folder.0, &["a.test".to_owned()], today).unwrap();
        fs::write(folder.0.join("authority-key.pem"), "no key").unwrap();
        let error = made(&folder.0, &["b.test".to_owned()], today).unwrap_err().to_string();
        assert!(error.contains("hint: remove the folder"), "{error}");
    }
}
