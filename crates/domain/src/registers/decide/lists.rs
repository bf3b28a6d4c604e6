//! Lists of clients are taken in, public data change hands, appointments are made.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{BookingChannel, HeldBack, ListDoubles, SameTime},
    },
    Case, Halt,
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

impl Case<'_> {
    /// A list of `rows`, some of them known, `[owned, do_not_call]` among the rest.
    pub(super) fn import(
        &mut self,
        rows: u32,
        doubles: u32,
        [owned, do_not_call]: [u32; 2],
        source: bool,
    ) -> Result<Outcome, Halt> {
        let list = &self.rules.list;
        let wanted = *list.source_required.decided()?;
        if wanted {
            self.trail.cite("source_named", source, &list.source_required, Vec::new());
        }
        if wanted && !source {
            return Err(Halt::refused("list_without_source"));
        }
        let shown = *list.doubles.decided()? == ListDoubles::Shown;
        self.trail.cite("doubles_shown", shown, &list.doubles, facts![doubles = doubles]);
        let held = list.held_back.decided()?;
        let mut held_back: u32 = 0;
        for (kind, count) in [(HeldBack::Owned, owned), (HeldBack::DoNotCall, do_not_call)] {
            if count > 0 {
                let held = held.contains(&kind);
                let facts = facts![kind = kind.word(), number = count];
                self.trail.cite("held_back", held, &list.held_back, facts);
                held_back = held_back.saturating_add(if held { count } else { 0 });
            }
        }
        let known = if shown { doubles } else { 0 };
        let new = rows.saturating_sub(known).saturating_sub(held_back);
        Ok(Outcome::Imported { new, doubles: known, held_back })
    }

    pub(super) fn keep(&mut self, keeper: PersonId) -> Result<Outcome, Halt> {
        let setting = &self.rules.file.keeper;
        let foreseen = *setting.decided()?;
        self.trail.cite("keeper_appointed", foreseen, setting, facts![person = keeper]);
        if !foreseen {
            return Err(Halt::refused("no_keeper_foreseen"));
        }
        self.emit(Event::KeeperChanged { keeper });
        Ok(Outcome::Recorded)
    }

    pub(super) fn book_time(
        &mut self,
        client: ClientId,
        at: Moment,
        channel: BookingChannel,
    ) -> Result<Outcome, Halt> {
        let booking = &self.rules.booking;
        let open = booking.channels.decided()?.contains(&channel);
        self.trail.cite("booking_channel", open, &booking.channels, facts![way = channel.word()]);
        if !open {
            return Err(Halt::refused("no_such_booking_channel"));
        }
        let same =
            |known: &&super::super::state::Appointment| known.client == client && known.at == at;
        let one = *booking.same_time.decided()? == SameTime::One;
        if self.book.appointments.iter().any(|known| same(&known)) {
            self.trail.cite("one_appointment", one, &booking.same_time, facts![at = at]);
            if one {
                self.emit(Event::ChannelNoted { client, at, channel });
                return Ok(Outcome::Recorded);
            }
        }
        self.emit(Event::Booked { client, at, channel });
        Ok(Outcome::Recorded)
    }
}
