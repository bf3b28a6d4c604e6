//! What may stand for a variable in a translated sentence.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// A value for a variable of a message: text, or a whole number that may choose a plural.
pub trait Argument {
    /// The value as the message sees it.
    fn fluent(&self) -> FluentValue<'_>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn fluent(&self) -> FluentValue<'_> {
        (**self).fluent()
    }
}

impl Argument for str {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Argument for String {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

macro_rules! whole_number {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn fluent(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}

whole_number!(i32, u16, u32, i64, u64, usize);
