//! Sign-ins: passwords and sessions of browsers, tokens of the API.

mod sign_in;
mod token;

pub use sign_in::{
    Session, SignIn, SignedIn, by_token, change_password, list, sign_in, sign_out,
    sign_out_everywhere,
};
pub use token::{NewToken, Token, by_bearer, create_token, revoke_token, tokens};

use crate::AppError;

/// A secret of 32 bytes by chance, as 64 hexadecimal digits.
pub(crate) fn secret() -> Result<String, AppError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| AppError::Unusable { what: "source of chance", why: error.to_string() })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
