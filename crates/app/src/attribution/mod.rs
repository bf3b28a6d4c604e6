//! Attribution 客户归属: registrations, follow-ups, whose client it is, closings and claims.

mod acts;
mod authority;
mod carry_out;
mod decided;
mod held;
mod look;
mod preview;
mod sheet;

pub use acts::Act;
pub(crate) use authority::{by_authority, closed_by_authority};
pub(crate) use carry_out::themselves;
pub use carry_out::{Carried, carry_out};
pub use decided::{Decided, decided, is_of_client};
pub(crate) use held::{Given, HeldClient, days_of, standing_or_last};
pub(crate) use look::ownership_at;
pub use look::{Looked, look, site_of};
pub use preview::preview;
pub(crate) use sheet::texts;
pub use sheet::{Brief, Counts, Sheet, briefs, sheet};
