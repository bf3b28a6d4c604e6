//! Filters that every template may use.

use askama::Values;

use crate::language::Markup;

/// The icon of that name from the sprite, hidden from screen readers: `{{ "door-exit"|icon }}`.
///
/// # Errors
///
/// Never; the signature is askama's.
#[askama::filter_fn]
pub fn icon(name: impl AsRef<str>, _: &dyn Values) -> askama::Result<Markup> {
    let name = name.as_ref();
    Ok(Markup(format!(
        "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/static/icons.svg#{name}\"/></svg>"
    )))
}
