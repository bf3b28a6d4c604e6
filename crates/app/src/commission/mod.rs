//! Commission 佣金: deals are recorded, shared and called off; ledgers follow.

mod carry_out;
mod held;
mod ledger;
mod list;
mod record;
mod sheet;

pub(crate) use carry_out::settle;
pub use carry_out::{Asked, carry_out};
pub use held::Carried;
pub use ledger::{Entered, LedgerView, LineView, enter, export_ledger, ledger};
pub use list::{Listed, deals, deals_of_client};
pub use record::{NewDeal, record};
pub use sheet::{Act, DealSheet, Step, sheet};
