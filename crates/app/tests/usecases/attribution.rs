//! Whose client it is, as the product keeps it: lapses, follow-ups, two registrations at once.

use std::collections::BTreeSet;

use app::{
    AppError, Caller, ClientId, PersonId,
    attribution::{self, Carried},
    clients::{self, NewClient},
    rotation::{self, Command as Floor, Outcome as Dealt},
};
use chrono::TimeDelta;
use domain::{
    attribution::{
        Command, Outcome,
        rules::{Channel, Field},
        state::{ContactKind, RegistrationId},
    },
    rotation::state::Arrival,
};
use uuid::Uuid;

use crate::harness::{Gallery, RULEBOOK, at, day, on_both};

/// The rules of the test, with seven days and the first valid registration.
async fn seven_days(gallery: &Gallery) {
    let text = format!(
        "{RULEBOOK}\n[attribution.registration]\nrequired = [\"name\", \"telephone\"]\n\
         [attribution.first]\nprinciple = \"valid_registration\"\ncaller = \"nobody\"\n\
         [attribution.validity]\ndays = 7\n\
         [attribution.identity]\nfamily = [\"spouse\"]\n\
         [attribution.claim]\nwindow_days = 7\n"
    );
    gallery.rule_by(&text).await;
}

async fn client(gallery: &Gallery, telephone: &str) -> ClientId {
    let telephones = vec![telephone.to_owned()];
    let new = NewClient { name: "王小明".into(), telephones, ..NewClient::default() };
    let id = Uuid::now_v7();
    clients::register(&gallery.app, &gallery.desk, gallery.site, id, &new).await.unwrap().id
}

async fn give(gallery: &Gallery, caller: &Caller, client: ClientId, command: &Command) -> Carried {
    let id = Uuid::now_v7();
    attribution::carry_out(&gallery.app, caller, client, id, command, None).await.unwrap()
}

fn register(by: PersonId) -> Command {
    let id = RegistrationId(Uuid::now_v7());
    let fields: BTreeSet<Field> = [Field::Name, Field::Telephone].into();
    Command::Register { id, by, channel: Channel::Visit, fields, signed: true }
}

async fn owner(gallery: &Gallery, client: ClientId) -> Option<PersonId> {
    let looked = attribution::look(&gallery.app, &gallery.desk, client).await.unwrap();
    looked.standing.map(|standing| standing.owner)
}

on_both! {
    async fn a_client_lapses_without_a_follow_up_and_is_dealt_as_new(gallery: Gallery) {
        gallery.open_day().await;
        seven_days(gallery).await;
        let wang = client(gallery, "13812345678").await;
        let known = Arrival { client: Some(wang), ..Arrival::default() };
        let (visit, first) = gallery.arrive(known.clone()).await;
        gallery.done(&gallery.desk, Floor::Finish { visit }).await;
        assert_eq!(owner(gallery, wang).await, Some(first));
        gallery.hand.set(at(0) + TimeDelta::days(7));
        assert_eq!(owner(gallery, wang).await, Some(first));
        gallery.hand.set(at(0) + TimeDelta::days(8));
        assert_eq!(owner(gallery, wang).await, None);
        gallery.done(&gallery.desk, Floor::CloseDay { end_open: true }).await;
        let date = day() + TimeDelta::days(8);
        gallery.done(&gallery.desk, Floor::OpenDay { date, roster: None }).await;
        for caller in &gallery.consultants {
            gallery.done(caller, Floor::SignIn { person: caller.person.unwrap() }).await;
        }
        let (_, on_turn) = gallery.arrive(Arrival::default()).await;
        assert_eq!(on_turn, first, "the order starts anew each day");
        let preview = rotation::preview(&gallery.app, &gallery.desk, gallery.site, known.clone());
        let Dealt::Receives { by, .. } = preview.await.unwrap().outcome else { panic!("dealt") };
        assert_ne!(by, first, "the next in the order, not the former owner");
        let (visit, second) = gallery.arrive(known).await;
        assert_eq!(second, by);
        gallery.done(&gallery.desk, Floor::Finish { visit }).await;
        assert_eq!(owner(gallery, wang).await, Some(second));
        let row = clients::get(&gallery.app, &gallery.desk, wang).await.unwrap();
        assert_eq!(row.owner, Some(second), "what people read says the same");
    }

    async fn a_follow_up_keeps_the_client_and_goes_into_the_journal_once(gallery: Gallery) {
        gallery.open_day().await;
        seven_days(gallery).await;
        let wang = client(gallery, "13812345678").await;
        let (jia, caller) = (gallery.person(0), gallery.consultants[0].clone());
        let outcome = give(gallery, &caller, wang, &register(jia)).await.outcome;
        assert!(matches!(outcome, Outcome::Registered { valid_from: Some(_), .. }));
        gallery.hand.set(at(0) + TimeDelta::days(6));
        let id = Uuid::now_v7();
        let command = Command::Contact { by: jia, kind: ContactKind::FollowUp, complete: true };
        for repeated in [false, true] {
            let carried =
                attribution::carry_out(&gallery.app, &caller, wang, id, &command, None).await;
            assert_eq!(carried.unwrap().repeated, repeated);
        }
        let looked = attribution::look(&gallery.app, &gallery.desk, wang).await.unwrap();
        assert_eq!(looked.client.contacts.len(), 1);
        gallery.hand.set(at(0) + TimeDelta::days(13));
        assert_eq!(owner(gallery, wang).await, Some(jia));
        gallery.hand.set(at(0) + TimeDelta::days(14));
        assert_eq!(owner(gallery, wang).await, None);
    }

    async fn of_two_who_register_at_once_one_is_first(gallery: Gallery) {
        gallery.open_day().await;
        seven_days(gallery).await;
        let wang = client(gallery, "13812345678").await;
        let other = gallery.another().await;
        let (jia, yi) = (gallery.consultants[0].clone(), gallery.consultants[1].clone());
        let (first, second) = (register(gallery.person(0)), register(gallery.person(1)));
        let one = attribution::carry_out(&gallery.app, &jia, wang, Uuid::now_v7(), &first, None);
        let two = attribution::carry_out(&other, &yi, wang, Uuid::now_v7(), &second, None);
        let (one, two) = tokio::join!(one, two);
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_ne!(one.entry.version, two.entry.version);
        let first = if one.entry.version < two.entry.version { 0 } else { 1 };
        assert_eq!(owner(gallery, wang).await, Some(gallery.person(first)));
        let looked = attribution::look(&gallery.app, &gallery.desk, wang).await.unwrap();
        assert_eq!(looked.client.registrations.len(), 2);
        other.db.close().await;
    }

    async fn a_consultant_acts_for_themselves_and_only_authority_moves_a_client(gallery: Gallery) {
        gallery.open_day().await;
        seven_days(gallery).await;
        let wang = client(gallery, "13812345678").await;
        let (jia, yi) = (gallery.consultants[0].clone(), gallery.person(1));
        let for_another = register(yi);
        let id = Uuid::now_v7();
        let refused =
            attribution::carry_out(&gallery.app, &jia, wang, id, &for_another, None).await;
        assert!(matches!(refused, Err(AppError::NotPermitted(_))), "{refused:?}");
        let change = Command::Change { to: yi };
        let refused = attribution::carry_out(&gallery.app, &jia, wang, id, &change, None).await;
        assert!(matches!(refused, Err(AppError::NotPermitted(_))), "{refused:?}");
        give(gallery, &gallery.desk, wang, &for_another).await;
        assert_eq!(owner(gallery, wang).await, Some(yi));
        give(gallery, &gallery.supervisor, wang, &Command::Change { to: gallery.person(2) }).await;
        assert_eq!(owner(gallery, wang).await, Some(gallery.person(2)));
    }

    async fn a_floor_without_attribution_rules_keeps_owners_as_before(gallery: Gallery) {
        gallery.open_day().await;
        let wang = client(gallery, "13812345678").await;
        let known = Arrival { client: Some(wang), ..Arrival::default() };
        let (visit, first) = gallery.arrive(known.clone()).await;
        gallery.done(&gallery.desk, Floor::Finish { visit }).await;
        gallery.hand.set(at(0) + TimeDelta::days(400));
        assert_eq!(owner(gallery, wang).await, Some(first));
        let closed = clients::set_closed(&gallery.app, &gallery.manager, wang, true).await;
        assert!(closed.unwrap().closed);
        let looked = attribution::look(&gallery.app, &gallery.desk, wang).await.unwrap();
        assert!(looked.standing.is_some_and(|standing| standing.closed && standing.owner == first));
    }
}
