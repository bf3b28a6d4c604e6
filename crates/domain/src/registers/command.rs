//! What can be asked of the registers, and what comes of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    rules::{BookingChannel, FeedbackKind, Item, Post, Purpose, Register},
    state::{Contact, ContactId, RowId},
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// A command to the registers of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Somebody comes or calls; a number is given.
    Begin {
        /// The contact.
        contact: Contact,
    },
    /// It is over.
    End {
        /// Which.
        id: ContactId,
    },
    /// It turns out what they want.
    Code {
        /// Which.
        id: ContactId,
        /// What they want.
        purpose: Purpose,
    },
    /// A row is saved, or more is added to it.
    Save {
        /// The row.
        row: RowId,
        /// The form.
        register: Register,
        /// About which contact.
        contact: Option<ContactId>,
        /// Who fills it in.
        by: PersonId,
        /// About whom.
        client: Option<ClientId>,
        /// What is filled in.
        items: BTreeSet<Item>,
        /// What the client refused to give.
        refused: BTreeSet<Item>,
        /// Whether they sign.
        signed: bool,
    },
    /// A row is handed over.
    HandOver {
        /// Which.
        row: RowId,
    },
    /// Whose signature makes a row final signs it.
    Confirm {
        /// Which.
        row: RowId,
    },
    /// A row is slipped in before another.
    SlipIn {
        /// The number it is to stand before.
        before: u32,
    },
    /// A client gets a number in the personal book.
    NumberPersonal {
        /// The public number.
        public: u32,
        /// The number wanted.
        personal: u32,
    },
    /// A call-back finds a row true or not.
    Sample {
        /// Which.
        row: RowId,
        /// Whether it is true.
        is_true: bool,
    },
    /// A client's file is saved.
    SaveFile {
        /// Whose.
        client: ClientId,
        /// Who saves it.
        by: PersonId,
        /// What is filled in.
        items: BTreeSet<Item>,
        /// How many digits the telephone has.
        digits: Option<u32>,
        /// Another file with the same telephone.
        double: Option<ClientId>,
    },
    /// Something on file is changed.
    Edit {
        /// Whose file.
        client: ClientId,
        /// What.
        item: Item,
        /// By whom.
        by: PersonId,
    },
    /// A proposed change is approved.
    ApproveEdit {
        /// Whose file.
        client: ClientId,
    },
    /// A file is to be deleted.
    Delete {
        /// Whose.
        client: ClientId,
    },
    /// Somebody looks at the telephone of a client.
    LookAtTelephone {
        /// Whose.
        client: ClientId,
        /// Who looks.
        by: PersonId,
    },
    /// A client becomes a fixed one.
    Fix {
        /// Who.
        client: ClientId,
    },
    /// A report of a new client is approved.
    ApproveReport {
        /// About whom.
        client: ClientId,
    },
    /// What a client says is noted.
    Feedback {
        /// Who says it.
        client: ClientId,
        /// Of which kind.
        kind: Option<FeedbackKind>,
    },
    /// A referral is noted.
    Refer {
        /// Who refers.
        client: ClientId,
        /// Whom.
        referred: ClientId,
    },
    /// The public data get another keeper.
    Keep {
        /// Who.
        keeper: PersonId,
    },
    /// An appointment is made.
    Book {
        /// Who comes.
        client: ClientId,
        /// When.
        at: Moment,
        /// How it was made.
        channel: BookingChannel,
    },
    /// A list is taken in.
    Import {
        /// How many rows.
        rows: u32,
        /// How many are known already.
        doubles: u32,
        /// How many are owned.
        owned: u32,
        /// How many may not be called.
        do_not_call: u32,
        /// Whether a source is named.
        source: bool,
    },
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// A contact began.
    Begun {
        /// The public number, where one is given.
        number: Option<u32>,
    },
    /// A form or a file was saved.
    Saved {
        /// What is missing.
        missing: Vec<Item>,
        /// What would better be filled in.
        recommended: Vec<Item>,
        /// Whether the signature is missing.
        unsigned: bool,
        /// From when it counts; nothing: it does not.
        counts_from: Option<Moment>,
        /// Whether it came after it was due.
        late: bool,
        /// The registers written.
        written: Vec<Register>,
    },
    /// A double is offered for merging.
    MergeOffered {
        /// The other file.
        with: ClientId,
    },
    /// It was recorded.
    Recorded,
    /// It was sent for approval.
    SentForApproval,
    /// The telephone is shown.
    Shown,
    /// The telephone is masked.
    Masked,
    /// A list was taken in.
    Imported {
        /// Rows that are new.
        new: u32,
        /// Rows that are known already.
        doubles: u32,
        /// Rows held back.
        held_back: u32,
    },
    /// It goes to somebody.
    Handed {
        /// To whom.
        to: Option<Post>,
    },
    /// It is not possible.
    Refused {
        /// Why, a translation key.
        reason: String,
        /// What is missing.
        missing: Vec<Item>,
    },
    /// Nobody has decided a setting that is needed.
    Undecided {
        /// Which.
        setting: String,
    },
}
