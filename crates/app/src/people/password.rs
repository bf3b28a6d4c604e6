//! Passwords: argon2id with the parameters that OWASP recommends, and what may be chosen.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use store::fold;
use tokio::sync::Semaphore;

use crate::AppError;

/// Memory of one hash in KiB: 19 MiB, with two passes and one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The shortest password that somebody may choose, in characters.
const LENGTH_MIN: usize = 10;

/// The longest, in characters: more only costs time.
const LENGTH_MAX: usize = 200;

/// Letters and digits that nobody takes for each other when a password is read out.
const CLEAR: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

/// A hash that no password fits, for sign-ins of people who do not exist: they must take as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// How many hashes are worked out at once: each takes 19 MiB, and sign-ins must not exhaust the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

fn argon2() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(unusable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn unusable(error: impl std::fmt::Display) -> AppError {
    AppError::Unusable { what: "password hash", why: error.to_string() }
}

/// The hash of `password`, on a thread where it keeps nobody waiting.
pub(crate) async fn hash(password: &str) -> Result<String, AppError> {
    let password = password.to_owned();
    let _turn = AT_ONCE.acquire().await.map_err(unusable)?;
    let hashed = tokio::task::spawn_blocking(move || {
        let hash: PasswordHash = argon2()?.hash_password(password.as_bytes()).map_err(unusable)?;
        Ok(hash.to_string())
    });
    hashed.await.map_err(unusable)?
}

/// Whether `password` fits `hash`; without a hash it takes as long and never fits.
pub(crate) async fn matches(password: &str, hash: Option<&str>) -> Result<bool, AppError> {
    let known = hash.is_some();
    let _turn = AT_ONCE.acquire().await.map_err(unusable)?;
    let (password, hash) = (password.to_owned(), hash.unwrap_or(NOBODY).to_owned());
    let fits = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).map_err(unusable)?;
        Ok::<_, AppError>(argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
    });
    Ok(fits.await.map_err(unusable)?? && known)
}

/// Refuses a password that is too short, too long, or the login.
pub(crate) fn check_choice(password: &str, login: &str) -> Result<(), AppError> {
    let length = password.chars().count();
    let hint = format!("choose at least {LENGTH_MIN} characters that are not your login");
    if length < LENGTH_MIN {
        return Err(AppError::invalid("password", "the password is too short", hint));
    }
    if length > LENGTH_MAX {
        return Err(AppError::invalid("password", "the password is too long", hint));
    }
    if fold(password) == fold(login) {
        return Err(AppError::invalid("password", "the password is the login", hint));
    }
    let first = password.chars().next();
    if password.chars().all(|char| Some(char) == first) {
        return Err(AppError::invalid("password", "the password is one character repeated", hint));
    }
    Ok(())
}

/// A password by chance: twelve characters that can be read out, 60 bits.
pub(crate) fn make_up() -> Result<String, AppError> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes).map_err(unusable)?;
    let clear = |byte: &u8| CLEAR.get(usize::from(byte % 32)).copied().map_or('x', char::from);
    Ok(bytes.iter().map(clear).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_fits_and_nobody_has_one() {
        let hash = hash("long enough").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("long enough", Some(&hash)).await.unwrap());
        assert!(!matches("long enougi", Some(&hash)).await.unwrap());
        assert!(!matches("long enough", None).await.unwrap());
    }

    #[test]
    fn ten_characters_are_enough_and_the_login_is_not_a_password() {
        assert!(check_choice("012345678", "li.na").is_err());
        assert!(check_choice("0123456789", "li.na").is_ok());
        assert!(check_choice("Administrator", "administrator").is_err());
        assert!(check_choice("aaaaaaaaaaaa", "li.na").is_err());
    }

    #[test]
    fn made_up_passwords_differ_and_may_be_chosen() {
        let (one, other) = (make_up().unwrap(), make_up().unwrap());
        assert_ne!(one, other);
        assert!(check_choice(&one, "li.na").is_ok());
    }
}
