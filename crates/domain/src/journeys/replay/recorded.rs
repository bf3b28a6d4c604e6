//! What a replay reads: the entries of a site's journal, floor and clients together.

use crate::{
    attribution,
    calendar::Moment,
    people::{Actor, ClientId, PersonId},
    rotation,
};

/// An entry of the journal, with its place in its stream.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its place in its stream.
    pub version: i64,
    /// Who asked.
    pub actor: Actor,
    /// When it happened.
    pub happened_at: Moment,
    /// When it was typed in.
    pub recorded_at: Moment,
    /// What it was.
    pub what: What,
}

/// What was recorded.
#[derive(Debug, Clone)]
pub enum What {
    /// A command to the floor.
    Floor {
        /// The command with the facts that it was given.
        command: rotation::Command,
        /// What happened then; nothing where it was refused.
        events: Vec<rotation::Event>,
        /// Whether it was taken back afterwards.
        undone: bool,
    },
    /// The entry of the floor with this version was taken back.
    Undo {
        /// Which.
        entry: i64,
    },
    /// Something about a client.
    Client {
        /// Which.
        client: ClientId,
        /// What was done.
        act: Act,
        /// What happened to the record of the client then.
        events: Vec<attribution::Event>,
    },
}

/// What was done about a client.
#[derive(Debug, Clone)]
pub enum Act {
    /// A command that a rulebook decides.
    Command(attribution::Command),
    /// Somebody in authority gave the client to somebody, or took them away.
    Given(Option<PersonId>),
    /// Somebody in authority said whether a deal closed.
    Closed(bool),
    /// It followed from a command to the floor, and follows again.
    Followed,
}
