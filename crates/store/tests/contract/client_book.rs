//! The client book: lists by key, ties, merged records, kept lists, imports part by part.

use chrono::NaiveDate;
use store::{
    Db, SiteId, StoreError, StreamId, StreamKind, TenantId, audit, clients,
    clients::{Filter, Identity, Marks, NewClient, Order, Whose},
    imports,
    imports::{Import, Part},
    journal, lists, stream,
};
use uuid::Uuid;

use crate::harness::{at, keys, on_both, site};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

/// A client who is entered in the journal as well, in one go with nobody else.
async fn add(db: &Db, tenant: TenantId, site: SiteId, name: &str, marks: Marks) -> Uuid {
    add_owned(db, tenant, site, name, marks, None).await
}

async fn add_owned(
    db: &Db,
    tenant: TenantId,
    site: SiteId,
    name: &str,
    marks: Marks,
    owner: Option<Uuid>,
) -> Uuid {
    let telephones = ["+8613800001234".to_owned()];
    let new = NewClient {
        tenant,
        site,
        id: Uuid::now_v7(),
        identity: Identity { name, telephones: &telephones, ..Identity::default() },
        marks,
        owner,
        owner_since: owner.map(|_| at(0)),
        closed: false,
        created_at: at(0),
        registered_at: None,
    };
    let ready = clients::ready(&keys(), &new).unwrap();
    let id = StreamId { kind: StreamKind::Client, id: new.id };
    let claimed = stream::Claimed { id, site, version: 1, state: None };
    let entry = journal::first(journal::NewEntry {
        tenant,
        claimed: &claimed,
        command_id: Uuid::now_v7(),
        part: 0,
        actor: "system",
        command_kind: "register_client",
        command: "{}",
        events: "[]",
        because: "[]",
        outcome: "{}",
        rulebook_version: None,
        happened_at: at(0),
        recorded_at: at(0),
    });
    let mut tx = db.write().await.unwrap();
    stream::begin_all(&mut tx, tenant, site, &[(id, None)]).await.unwrap();
    journal::append_firsts(&mut tx, [&entry]).await.unwrap();
    clients::add_all(&mut tx, [&ready]).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

async fn listed(db: &Db, tenant: TenantId, site: SiteId, filter: &Filter<'_>) -> Vec<Uuid> {
    let mut tx = db.read().await.unwrap();
    let order = if filter.lapses.is_some() { Order::LapsesNext } else { Order::Newest };
    let found =
        clients::places(&mut tx, &keys(), tenant, site, filter, order, None, 50).await.unwrap();
    found.into_iter().map(|place| place.id).collect()
}

fn filter() -> Filter<'static> {
    Filter { today: day(10), ..Filter::default() }
}

on_both! {
    async fn clients_are_listed_by_what_they_are_filed_under(db: Db) {
        let (tenant, site) = site(&db).await;
        let owner = Uuid::now_v7();
        let marks = |grade, lapses_on| Marks { grade: Some(grade), lapses_on, ..Marks::default() };
        let one = add_owned(&db, tenant, site, "王一", marks("A", Some(day(10))), Some(owner)).await;
        let two = add_owned(&db, tenant, site, "王二", marks("B", Some(day(9))), Some(owner)).await;
        let company = Marks { kind: "company", last_contact_at: Some(at(100)), ..Marks::default() };
        let three = add(&db, tenant, site, "李三", company).await;
        let found = async |filter: Filter<'static>| listed(&db, tenant, site, &filter).await;
        assert_eq!(found(filter()).await, [three, two, one]);
        assert_eq!(found(Filter { grade: Some("A"), ..filter() }).await, [one]);
        assert_eq!(found(Filter { kind: Some("company"), ..filter() }).await, [three]);
        assert_eq!(found(Filter { part: Some("王"), ..filter() }).await, [two, one]);
        assert_eq!(found(Filter { part: Some("王"), grade: Some("B"), ..filter() }).await, [two]);
        // On its last day a right still lives; the day after it is nobody's.
        assert_eq!(found(Filter { whose: Whose::Of(owner), ..filter() }).await, [one]);
        assert_eq!(found(Filter { whose: Whose::Nobodys, ..filter() }).await, [three, two]);
        assert_eq!(found(Filter { lapses: Some((day(9), day(12))), ..filter() }).await, [two, one]);
        assert_eq!(found(Filter { lapses: Some((day(10), day(12))), ..filter() }).await, [one]);
        assert_eq!(found(Filter { silent_since: Some(at(50)), ..filter() }).await, [two, one]);
        assert_eq!(found(Filter { created_from: Some(at(1)), ..filter() }).await, Vec::<Uuid>::new());
        assert_eq!(found(Filter { created_before: Some(at(1)), ..filter() }).await, [three, two, one]);
        let four = clients::Telephone::Last4("1234");
        assert_eq!(found(Filter { telephone: Some(four), grade: Some("A"), ..filter() }).await, [one]);
        let mut tx = db.write().await.unwrap();
        clients::set_closed(&mut tx, tenant, two, true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(Filter { closed: Some(true), ..filter() }).await, [two]);
        assert_eq!(found(Filter { closed: Some(false), ..filter() }).await, [three, one]);
        // What is closed does not lapse.
        assert_eq!(found(Filter { whose: Whose::Of(owner), ..filter() }).await, [two, one]);
        assert!(audit::verify(&mut db.read().await.unwrap(), tenant).await.unwrap().is_clean());
    }

    async fn pages_of_both_orders_meet_without_gap_or_overlap(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut ids = Vec::new();
        for number in 0..5 {
            let marks = Marks { lapses_on: Some(day(20 - number / 2)), ..Marks::default() };
            ids.push(add_owned(&db, tenant, site, "王", marks, Some(Uuid::nil())).await);
        }
        let mut tx = db.read().await.unwrap();
        for order in [Order::Newest, Order::LapsesNext] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let (keys, all) = (keys(), filter());
                let page = clients::places(&mut tx, &keys, tenant, site, &all, order, after, 2);
                let page = page.await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(*last);
                seen.extend(page.iter().map(|place| place.id));
            }
            assert_eq!(seen.len(), 5, "{order:?}");
            if order == Order::Newest {
                assert_eq!(seen, ids.iter().rev().copied().collect::<Vec<_>>());
            } else {
                assert_eq!(seen.first(), ids.get(4));
            }
        }
    }

    async fn a_telephone_is_known_only_at_its_site(db: Db) {
        let (tenant, here) = site(&db).await;
        let id = add(&db, tenant, here, "王", Marks::default()).await;
        let mut tx = db.read().await.unwrap();
        let asked = ["+8613800001234", "+8613800009999"];
        let known = clients::known_telephones(&mut tx, &keys(), tenant, here, &asked).await.unwrap();
        assert_eq!(known.into_iter().collect::<Vec<_>>(), [("+8613800001234".to_owned(), id)]);
        let elsewhere = SiteId(Uuid::now_v7());
        let known = clients::known_telephones(&mut tx, &keys(), tenant, elsewhere, &asked).await.unwrap();
        assert!(known.is_empty());
    }

    async fn ties_are_known_from_both_ends(db: Db) {
        let (tenant, site) = site(&db).await;
        let one = add(&db, tenant, site, "王", Marks::default()).await;
        let two = add(&db, tenant, site, "李", Marks::default()).await;
        let mut tx = db.write().await.unwrap();
        clients::tie(&mut tx, tenant, one, two, "friend", at(1)).await.unwrap();
        clients::tie(&mut tx, tenant, two, one, "spouse", at(2)).await.unwrap();
        for (end, far) in [(one, two), (two, one)] {
            let ties = clients::ties(&mut tx, tenant, end).await.unwrap();
            assert_eq!(ties.len(), 1);
            assert_eq!((ties[0].other, ties[0].relation.as_str()), (far, "spouse"));
        }
        assert!(clients::untie(&mut tx, tenant, two, one).await.unwrap());
        assert!(!clients::untie(&mut tx, tenant, two, one).await.unwrap());
        assert!(clients::ties(&mut tx, tenant, one).await.unwrap().is_empty());
    }

    async fn a_merged_record_is_found_and_listed_no_more_until_parted(db: Db) {
        let (tenant, site) = site(&db).await;
        let one = add(&db, tenant, site, "王", Marks::default()).await;
        let two = add(&db, tenant, site, "王", Marks::default()).await;
        let mut tx = db.write().await.unwrap();
        clients::merge(&mut tx, tenant, one, two).await.unwrap();
        let again = clients::merge(&mut tx, tenant, one, two).await;
        assert!(matches!(again, Err(StoreError::Conflict("client"))));
        tx.commit().await.unwrap();
        assert_eq!(listed(&db, tenant, site, &filter()).await, [two]);
        assert_eq!(listed(&db, tenant, site, &Filter { part: Some("王"), ..filter() }).await, [two]);
        let mut tx = db.write().await.unwrap();
        let four = clients::Telephone::Last4("1234");
        let found = clients::find_by_telephone(&mut tx, &keys(), tenant, site, four, 9).await.unwrap();
        assert_eq!(found.iter().map(|client| client.id).collect::<Vec<_>>(), [two]);
        assert_eq!(clients::merged_into(&mut tx, tenant, two).await.unwrap(), [one]);
        clients::unmerge(&mut tx, tenant, one).await.unwrap();
        let identity = Identity { name: "王", ..Identity::default() };
        clients::identify(&mut tx, &keys(), tenant, one, &identity).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(listed(&db, tenant, site, &Filter { part: Some("王"), ..filter() }).await, [two, one]);
    }

    async fn a_kept_list_is_one_persons(db: Db) {
        let (tenant, _) = site(&db).await;
        let (me, other, id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let mut tx = db.write().await.unwrap();
        lists::add(&mut tx, tenant, me, id, at(0)).await.unwrap();
        assert_eq!(lists::of_person(&mut tx, tenant, me).await.unwrap(), [id]);
        assert!(lists::of_person(&mut tx, tenant, other).await.unwrap().is_empty());
        assert!(!lists::remove(&mut tx, tenant, other, id).await.unwrap());
        assert!(lists::remove(&mut tx, tenant, me, id).await.unwrap());
    }

    async fn an_import_moves_by_one_hand_at_a_time_and_its_parts_are_sealed(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut import = Import {
            tenant, site, id: Uuid::now_v7(), file: "clients.csv".into(), digest: None,
            stage: "reading".into(), plan: "{}".into(), rows_count: 0, done_count: 0, good_count: 0,
            bad_count: 0, known_count: 0, written_count: 0, started_by: None, started_at: at(0),
            changed_at: at(0), last_error: None,
        };
        let mut tx = db.write().await.unwrap();
        imports::add(&mut tx, &import).await.unwrap();
        import.stage = "judged".into();
        import.rows_count = 7;
        imports::save(&mut tx, &import, "reading").await.unwrap();
        let late = imports::save(&mut tx, &import, "reading").await;
        assert!(matches!(late, Err(StoreError::Conflict("import"))));
        assert_eq!(imports::get(&mut tx, tenant, import.id).await.unwrap(), import);
        for number in [1, 2] {
            let part = Part {
                part: number, stage: "judged".into(), content: Some(format!("王{number}")), faults: None,
            };
            imports::put_part(&mut tx, &keys(), tenant, import.id, &part).await.unwrap();
        }
        let mut parts = imports::parts(&mut tx, &keys(), tenant, import.id, "judged", 1, 9).await.unwrap();
        let mut part = parts.remove(0);
        assert_eq!((part.part, part.content.as_deref()), (2, Some("王2")));
        (part.stage, part.content, part.faults) = ("written".into(), None, Some("[]".into()));
        imports::put_part(&mut tx, &keys(), tenant, import.id, &part).await.unwrap();
        let left = imports::parts(&mut tx, &keys(), tenant, import.id, "judged", 0, 9).await.unwrap();
        assert_eq!(left.len(), 1);
        imports::move_parts(&mut tx, tenant, import.id, "judged", "read").await.unwrap();
        assert_eq!(imports::parts(&mut tx, &keys(), tenant, import.id, "read", 0, 9).await.unwrap().len(), 1);
        imports::drop_parts(&mut tx, tenant, import.id).await.unwrap();
        assert!(imports::parts(&mut tx, &keys(), tenant, import.id, "written", 0, 9).await.unwrap().is_empty());
        assert_eq!(imports::of_site(&mut tx, tenant, site, 5).await.unwrap().len(), 1);
    }
}
