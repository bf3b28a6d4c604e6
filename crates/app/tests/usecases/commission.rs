//! Deals, as the product keeps them: recorded once, shared, settled by the clock, called off; ledgers follow.

use app::{
    AppError, Caller, ClientId,
    clients::{self, NewClient},
    commission::{self, Asked, Carried, Entered, NewDeal},
    jobs,
};
use chrono::TimeDelta;
use domain::{
    commission::{
        Fraction, Outcome, PersonShare,
        rules::{Component, Stage},
        state::{Pending, ReceptionKind},
    },
    money::Currency,
    people::PersonId,
    rotation::{Command as Floor, state::Arrival},
};
use uuid::Uuid;

use crate::harness::{Gallery, RULEBOOK, at, day, on_both};

/// The rules of the test, with deals shared.
async fn shared(gallery: &Gallery) {
    let text = format!(
        "{RULEBOOK}\n[attribution.first]\nprinciple = \"reception\"\n[attribution.validity]\ndays = \"none\"\n\
         [attribution.identity]\nfamily = [\"spouse\"]\n[attribution.claim]\nwindow_days = 7\n\
         [commission.split]\nsame_day_colleague = \"1/2-1/2\"\nlater_colleague = \"owner\"\n\
         referral_away = \"1/3-2/3\"\nowner_absent_unfollowed = \"1/3-2/3\"\nowner_absent_followed = \"owner\"\n\
         delegate = \"negotiated\"\ncolleague = \"1/3-2/3\"\njoint = \"equal\"\n\
         third_party_relation = \"equal\"\nchanged_for_cause = \"closer\"\n\
         [commission.negotiation]\ndays = 7\nfallback = \"owner\"\n"
    );
    gallery.rule_by(&text).await;
}

/// A client whom somebody has received, and who received.
async fn received(gallery: &Gallery) -> (ClientId, PersonId) {
    let telephones = vec!["13812345678".to_owned()];
    let new = NewClient { name: "王小明".into(), telephones, ..NewClient::default() };
    let id = Uuid::now_v7();
    let client = clients::register(&gallery.app, &gallery.desk, gallery.site, id, &new).await;
    let client = client.unwrap().id;
    let known = Arrival { client: Some(client), ..Arrival::default() };
    let (visit, owner) = gallery.arrive(known).await;
    gallery.done(&gallery.desk, Floor::Finish { visit }).await;
    (client, owner)
}

fn deal(closer: PersonId, reception: Option<ReceptionKind>) -> NewDeal {
    NewDeal {
        closer,
        stage: Stage::Signed,
        unit: "3-1201".into(),
        price: Some(100_000_000),
        commission: Some(300_000),
        currency: Currency::default(),
        buyer: None,
        joint_with: Vec::new(),
        related_through: None,
        reception,
    }
}

async fn record(gallery: &Gallery, caller: &Caller, client: ClientId, new: &NewDeal) -> Carried {
    let id = Uuid::now_v7();
    commission::record(&gallery.app, caller, client, id, new, None).await.unwrap()
}

async fn tell(gallery: &Gallery, caller: &Caller, deal: Uuid, asked: Asked) -> Carried {
    commission::carry_out(&gallery.app, caller, deal, Uuid::now_v7(), &asked).await.unwrap()
}

async fn total(gallery: &Gallery, person: PersonId) -> i64 {
    let view = commission::ledger(&gallery.app, &gallery.manager, person, day()).await.unwrap();
    assert_eq!(view.lines.iter().map(|line| line.amount).sum::<i64>(), view.total);
    view.total
}

fn caller(gallery: &Gallery, person: PersonId) -> &Caller {
    gallery.consultants.iter().find(|caller| caller.person == Some(person)).unwrap()
}

fn other(gallery: &Gallery, owner: PersonId) -> PersonId {
    (0..4).map(|place| gallery.person(place)).find(|person| *person != owner).unwrap()
}

on_both! {
    async fn a_deal_is_shared_and_called_off_by_counter_entries(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let (client, owner) = received(gallery).await;
        let closer = other(gallery, owner);
        let carried = record(gallery, caller(gallery, closer), client, &deal(closer, None)).await;
        assert!(matches!(carried.outcome, Outcome::Shared { .. }), "{carried:?}");
        assert_eq!((total(gallery, owner).await, total(gallery, closer).await), (100_000, 200_000));
        let row = clients::get(&gallery.app, &gallery.desk, client).await.unwrap();
        assert!(row.closed);
        let own = caller(gallery, closer);
        let denied = Asked::Cancel("退房".into());
        let id = Uuid::now_v7();
        let denied = commission::carry_out(&gallery.app, own, carried.deal, id, &denied).await;
        assert!(matches!(denied, Err(AppError::NotPermitted(_))), "{denied:?}");
        tell(gallery, &gallery.manager, carried.deal, Asked::Cancel("退房".into())).await;
        assert_eq!((total(gallery, owner).await, total(gallery, closer).await), (0, 0));
        let view = commission::ledger(&gallery.app, own, closer, day()).await.unwrap();
        assert_eq!(view.lines.len(), 2);
        let sheet = commission::sheet(&gallery.app, &gallery.manager, carried.deal).await.unwrap();
        assert_eq!(sheet.unit.as_deref(), Some("3-1201"));
        assert_eq!(sheet.steps.last().unwrap().reason.as_deref(), Some("退房"));
        let audited = app::audit::verify(&gallery.app, &gallery.administrator).await.unwrap();
        assert!(audited.findings.is_empty(), "{audited:?}");
    }

    async fn a_repeated_command_is_answered_and_not_done_twice(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let (client, owner) = received(gallery).await;
        let id = Uuid::now_v7();
        let new = deal(owner, None);
        let own = caller(gallery, owner);
        let first = commission::record(&gallery.app, own, client, id, &new, None).await.unwrap();
        let again = commission::record(&gallery.app, own, client, id, &new, None).await.unwrap();
        assert!(!first.repeated && again.repeated);
        assert_eq!((first.entry, first.deal), (again.entry, again.deal));
        assert_eq!(total(gallery, owner).await, 300_000);
    }

    async fn two_who_move_one_deal_at_once_do_it_once(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let (client, owner) = received(gallery).await;
        let new = NewDeal { stage: Stage::Subscribed, ..deal(owner, None) };
        let carried = record(gallery, caller(gallery, owner), client, &new).await;
        assert_eq!(carried.outcome, Outcome::Recorded);
        let another = gallery.another().await;
        let sign = Asked::Advance(Stage::Signed);
        let (one, two) = tokio::join!(
            commission::carry_out(&gallery.app, &gallery.manager, carried.deal, Uuid::now_v7(), &sign),
            commission::carry_out(&another, &gallery.supervisor, carried.deal, Uuid::now_v7(), &sign),
        );
        let refused = [one.unwrap(), two.unwrap()]
            .iter()
            .filter(|carried| matches!(&carried.outcome, Outcome::Refused { reason } if reason == "stage_reached_already"))
            .count();
        assert_eq!(refused, 1);
        assert_eq!(total(gallery, owner).await, 300_000);
        another.db.close().await;
    }

    async fn two_deals_with_one_client_at_once_are_two_deals_and_one_closing(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let (client, owner) = received(gallery).await;
        let another = gallery.another().await;
        let new = deal(owner, None);
        let own = caller(gallery, owner);
        let (one, two) = tokio::join!(
            commission::record(&gallery.app, own, client, Uuid::now_v7(), &new, None),
            commission::record(&another, own, client, Uuid::now_v7(), &new, None),
        );
        assert!(matches!(one.unwrap().outcome, Outcome::Shared { .. }));
        assert!(matches!(two.unwrap().outcome, Outcome::Shared { .. }));
        assert_eq!(total(gallery, owner).await, 600_000);
        let (deals, _) =
            commission::deals_of_client(&gallery.app, own, client).await.unwrap();
        assert_eq!(deals.len(), 2);
        another.db.close().await;
    }

    async fn an_agreement_needs_both_and_the_clock_settles_what_nobody_agreed(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let (client, owner) = received(gallery).await;
        let closer = other(gallery, owner);
        let by = caller(gallery, closer);
        let entrusted = deal(closer, Some(ReceptionKind::Delegate));
        let agreed = record(gallery, by, client, &entrusted).await;
        assert!(matches!(agreed.outcome, Outcome::Waits { pending: Pending::Agreement { .. } }));
        let open = record(gallery, by, client, &entrusted).await;
        let share = |person, text: &str| PersonShare { person, share: Fraction::parse(text).unwrap() };
        let shares = vec![share(owner, "60%"), share(closer, "40%")];
        tell(gallery, by, agreed.deal, Asked::Propose(shares)).await;
        assert_eq!(total(gallery, owner).await, 0);
        tell(gallery, caller(gallery, owner), agreed.deal, Asked::Confirm).await;
        assert_eq!((total(gallery, owner).await, total(gallery, closer).await), (180_000, 120_000));
        let (waiting, _) =
            commission::deals(&gallery.app, &gallery.manager, gallery.site, true).await.unwrap();
        assert_eq!(waiting.iter().map(|deal| deal.id).collect::<Vec<_>>(), [open.deal]);
        gallery.hand.set(at(0) + TimeDelta::days(8));
        jobs::run_due(&gallery.app, "test").await.unwrap();
        let sheet = commission::sheet(&gallery.app, &gallery.manager, open.deal).await.unwrap();
        assert_eq!(sheet.deal.pending, None);
        assert_eq!((total(gallery, owner).await, total(gallery, closer).await), (480_000, 120_000));
    }

    async fn amounts_are_for_whom_they_concern(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let (client, owner) = received(gallery).await;
        let carried = record(gallery, caller(gallery, owner), client, &deal(owner, None)).await;
        let stranger = caller(gallery, other(gallery, owner));
        let sheet = commission::sheet(&gallery.app, stranger, carried.deal).await.unwrap();
        assert!(!sheet.shown && sheet.deal.commission.is_none() && sheet.deal.parts.is_empty());
        let (listed, _) =
            commission::deals(&gallery.app, stranger, gallery.site, false).await.unwrap();
        assert_eq!(listed[0].commission, None);
        let denied = commission::ledger(&gallery.app, stranger, owner, day()).await;
        assert!(matches!(denied, Err(AppError::NotPermitted(_))));
        let for_another = deal(owner, None);
        let id = Uuid::now_v7();
        let denied =
            commission::record(&gallery.app, stranger, client, id, &for_another, None).await;
        assert!(matches!(denied, Err(AppError::NotPermitted(_))));
    }

    async fn pay_is_entered_by_a_manager_once(gallery: Gallery) {
        gallery.open_day().await;
        shared(gallery).await;
        let person = gallery.person(0);
        let id = Uuid::now_v7();
        let base = Entered { component: Component::Base, amount: 500_000, day: day() };
        for _ in 0..2 {
            commission::enter(&gallery.app, &gallery.manager, person, id, &base).await.unwrap();
        }
        assert_eq!(total(gallery, person).await, 500_000);
        let denied = commission::enter(&gallery.app, &gallery.supervisor, person, id, &base).await;
        assert!(matches!(denied, Err(AppError::NotPermitted(_))));
        let wrong = Entered { component: Component::Commission, ..base };
        let denied = commission::enter(&gallery.app, &gallery.manager, person, id, &wrong).await;
        assert!(matches!(denied, Err(AppError::Invalid { field: "component", .. })));
    }
}
