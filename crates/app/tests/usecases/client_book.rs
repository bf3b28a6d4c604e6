//! The client book: corrected without being seen, tied, merged and parted, erased, many at once, taken out.

use std::collections::BTreeSet;

use app::{
    AppError, ClientId,
    clients::{
        self, Amendment, Asked, Grade, Kind, NewClient, Owner,
        bulk::{self, Act},
        export,
    },
    privacy,
};
use domain::attribution::rules::Relation;
use uuid::Uuid;

use crate::harness::{Gallery, on_both};

async fn client(gallery: &Gallery, name: &str, telephone: &str) -> ClientId {
    let new = NewClient {
        name: name.to_owned(),
        telephones: vec![telephone.to_owned()],
        ..NewClient::default()
    };
    let (app, desk, site) = (&gallery.app, &gallery.desk, gallery.site);
    clients::register(app, desk, site, Uuid::now_v7(), &new).await.unwrap().id
}

async fn ids(gallery: &Gallery, asked: Asked) -> Vec<ClientId> {
    let listed = clients::list(&gallery.app, &gallery.desk, gallery.site, &asked, None, 50).await;
    listed.unwrap().rows.iter().map(|client| client.id).collect()
}

async fn is_clean(gallery: &Gallery) -> bool {
    let mut tx = gallery.app.db.read().await.unwrap();
    store::audit::verify(&mut tx, gallery.tenant).await.unwrap().is_clean()
}

on_both! {
    async fn a_client_is_corrected_without_being_seen(gallery: Gallery) {
        let id = client(gallery, "王小明", "13812345678").await;
        let amendment = Amendment {
            kind: Some(Kind::Household),
            grade: Some(Some(Grade::B)),
            address: Some("云山区翠湖路 8 号".into()),
            notes: Some("周末来".into()),
            labels: [(0, "本人".to_owned())].into(),
            more_telephones: vec![("13912345678".into(), "配偶".into())],
            ..Amendment::default()
        };
        let after = clients::amend(&gallery.app, &gallery.desk, id, &amendment).await.unwrap();
        assert_eq!((after.kind, after.grade), (Kind::Household, Some(Grade::B)));
        assert_eq!(after.shown.telephones, ["138****5678", "139****5678"]);
        assert_eq!(after.shown.labels, ["本人", "配偶"]);
        assert_eq!(after.shown.address.as_deref(), Some("云山区***"));
        assert_eq!(after.shown.notes.as_deref(), Some("***"));
        let line = clients::timeline(&gallery.app, &gallery.desk, id, None, 10).await.unwrap();
        assert_eq!(line.happenings[0].changed, ["kind", "telephone", "grade", "address", "notes"]);
        let whole = privacy::reveal(&gallery.app, &gallery.desk, id).await.unwrap();
        assert_eq!(whole.name, "王小明");
        assert_eq!(whole.notes.as_deref(), Some("周末来"));
        let drop = Amendment { drop_telephones: BTreeSet::from([0]), ..Amendment::default() };
        let after = clients::amend(&gallery.app, &gallery.desk, id, &drop).await.unwrap();
        assert_eq!(after.shown.telephones, ["139****5678"]);
        let wrong = Amendment { more_telephones: vec![("138".into(), String::new())], ..Amendment::default() };
        let wrong = clients::amend(&gallery.app, &gallery.desk, id, &wrong).await;
        assert!(matches!(wrong, Err(AppError::Invalid { field: "telephone", .. })));
    }

    async fn one_field_is_shown_and_the_journal_says_which(gallery: Gallery) {
        let id = client(gallery, "王小明", "13812345678").await;
        let show = |caller, field| privacy::reveal_field(&gallery.app, caller, id, field, 0);
        assert_eq!(show(&gallery.desk, "telephone").await.unwrap(), "+8613812345678");
        assert!(matches!(show(&gallery.desk, "plate").await, Err(AppError::NotFound("field"))));
        assert!(matches!(show(&gallery.desk, "wishes").await, Err(AppError::Invalid { .. })));
        assert!(matches!(show(&gallery.consultants[1], "name").await, Err(AppError::NotPermitted(_))));
    }

    async fn ties_are_known_from_both_ends_and_say_whether_they_count(gallery: Gallery) {
        let (one, two) = (client(gallery, "王", "13812345678").await, client(gallery, "李", "13912345678").await);
        let tie = |relation| clients::tie(&gallery.app, &gallery.desk, one, two, relation);
        tie(Some(Relation::Spouse)).await.unwrap();
        for end in [one, two] {
            let ties = clients::ties(&gallery.app, &gallery.desk, end).await.unwrap();
            assert_eq!((ties.len(), ties[0].relation), (1, Relation::Spouse));
            assert_eq!(ties[0].counts, None, "nobody has decided which family counts");
        }
        tie(None).await.unwrap();
        assert!(clients::ties(&gallery.app, &gallery.desk, two).await.unwrap().is_empty());
        let same = clients::tie(&gallery.app, &gallery.desk, one, one, Some(Relation::Friend)).await;
        assert!(matches!(same, Err(AppError::Invalid { .. })));
        assert!(is_clean(gallery).await);
    }

    async fn two_records_become_one_and_are_parted_while_nothing_happened_since(gallery: Gallery) {
        let one = client(gallery, "王小明", "13812345678").await;
        let two = client(gallery, "小明", "13912345678").await;
        let owner = Some(gallery.person(1));
        clients::set_owner(&gallery.app, &gallery.supervisor, one, owner, "他的客户").await.unwrap();
        let (app, id) = (&gallery.app, Uuid::now_v7());
        let merge = |caller, reason| clients::merge(app, caller, id, one, two, reason);
        assert!(matches!(merge(&gallery.consultants[0], "同一人").await, Err(AppError::NotPermitted(_))));
        assert!(matches!(merge(&gallery.supervisor, " ").await, Err(AppError::Invalid { .. })));
        let merged = merge(&gallery.supervisor, "同一人").await.unwrap();
        assert_eq!(merged, merge(&gallery.supervisor, "同一人").await.unwrap(), "once for each command");
        assert_eq!((merged.id, merged.owner), (two, owner), "the right that came first stands");
        assert_eq!(merged.shown.telephones, ["139****5678", "138****5678"]);
        assert_eq!(ids(gallery, Asked { text: "13812345678".into(), ..Asked::default() }).await, [two]);
        let line = clients::timeline(app, &gallery.desk, two, None, 50).await.unwrap();
        assert!(line.happenings.iter().any(|one| one.kind == "set_owner"), "what the other record tells");
        let parted = clients::part(app, &gallery.supervisor, Uuid::now_v7(), one).await.unwrap();
        assert_eq!((parted.owner, parted.merged_into), (owner, None));
        let left = clients::get(app, &gallery.desk, two).await.unwrap();
        assert_eq!((left.owner, left.shown.telephones.as_slice()), (None, &["139****5678".to_owned()][..]));
        assert_eq!(ids(gallery, Asked { text: "13812345678".into(), ..Asked::default() }).await, [one]);
        // Once something has happened it stays merged, and that is said.
        clients::merge(app, &gallery.supervisor, Uuid::now_v7(), one, two, "同一人").await.unwrap();
        clients::set_closed(app, &gallery.supervisor, two, true).await.unwrap();
        let late = clients::part(app, &gallery.supervisor, Uuid::now_v7(), one).await;
        assert!(matches!(late, Err(AppError::Conflict { .. })));
        assert!(is_clean(gallery).await);
    }

    async fn an_erased_client_leaves_ids_and_decisions_and_takes_the_merged_records_along(gallery: Gallery) {
        let one = client(gallery, "王小明", "13812345678").await;
        let two = client(gallery, "小明", "13912345678").await;
        clients::set_owner(&gallery.app, &gallery.supervisor, two, Some(gallery.person(0)), "点名").await.unwrap();
        clients::merge(&gallery.app, &gallery.supervisor, Uuid::now_v7(), one, two, "同一人").await.unwrap();
        let loss = clients::loss(&gallery.app, &gallery.manager, two).await.unwrap();
        assert_eq!((loss.records_count, loss.telephones_count), (2, 3));
        let erase = |caller, reason| clients::erase(&gallery.app, caller, two, reason);
        assert!(matches!(erase(&gallery.supervisor, "request").await, Err(AppError::NotPermitted(_))));
        assert!(matches!(erase(&gallery.manager, "because").await, Err(AppError::Invalid { .. })));
        erase(&gallery.manager, "request").await.unwrap();
        for id in [one, two] {
            let gone = clients::get(&gallery.app, &gallery.desk, id).await.unwrap();
            assert!(gone.shown.erased && gone.shown.telephones.is_empty());
            assert!(matches!(
                privacy::reveal(&gallery.app, &gallery.desk, id).await,
                Ok(shown) if shown.erased
            ));
        }
        for typed in ["王小明", "5678", "13912345678"] {
            assert!(ids(gallery, Asked { text: typed.into(), ..Asked::default() }).await.is_empty());
        }
        let line = clients::timeline(&gallery.app, &gallery.desk, two, None, 50).await.unwrap();
        assert!(line.happenings.iter().any(|happening| happening.kind == "erase_client"));
        assert!(line.happenings.iter().all(|happening| happening.reason.is_none()));
        assert!(line.happenings.iter().any(|happening| happening.kind == "set_owner"));
        assert!(is_clean(gallery).await);
    }

    async fn a_list_is_kept_for_oneself(gallery: Gallery) {
        let asked = Asked { text: "王".into(), grade: Some(Grade::A), ..Asked::default() };
        let (app, me, site) = (&gallery.app, &gallery.consultants[0], gallery.site);
        let id = clients::keep(app, me, site, "王 A", &asked).await.unwrap();
        let kept = clients::kept(app, me).await.unwrap();
        assert_eq!((kept.len(), kept[0].name.as_str(), &kept[0].asked), (1, "王 A", &asked));
        assert!(clients::kept(app, &gallery.consultants[1]).await.unwrap().is_empty());
        let other = clients::drop_kept(app, &gallery.consultants[1], site, id).await;
        assert!(matches!(other, Err(AppError::NotFound("list"))));
        clients::drop_kept(app, me, site, id).await.unwrap();
        assert!(clients::kept(app, me).await.unwrap().is_empty());
        assert!(matches!(clients::keep(app, me, site, " ", &asked).await, Err(AppError::Invalid { .. })));
    }

    async fn many_clients_get_what_was_shown_before(gallery: Gallery) {
        let mut clients_chosen = Vec::new();
        for number in 0..3 {
            clients_chosen.push(client(gallery, "王", &format!("1381234567{number}")).await);
        }
        let (app, people) = (&gallery.app, vec![gallery.person(0), gallery.person(1)]);
        let act = Act::Assign(people.clone());
        let refused = bulk::preview(app, &gallery.desk, &act, &clients_chosen).await;
        assert!(matches!(refused, Err(AppError::NotPermitted(_))));
        let planned = bulk::preview(app, &gallery.supervisor, &act, &clients_chosen).await.unwrap();
        let to: Vec<_> = planned.iter().map(|one| one.to.unwrap()).collect();
        assert_eq!(to, [people[0], people[1], people[0]], "one after another");
        assert!(ids(gallery, Asked { owner: Owner::Of(people[0]), ..Asked::default() }).await.is_empty());
        let id = Uuid::now_v7();
        let done = bulk::carry_out(app, &gallery.supervisor, id, &act, &clients_chosen).await.unwrap();
        let same = |one: &[bulk::Planned], two: &[bulk::Planned]| {
            one.iter().zip(two).all(|(one, two)| (one.to, &one.came) == (two.to, &two.came))
        };
        assert!(same(&planned, &done), "{planned:?} {done:?}");
        let again = bulk::carry_out(app, &gallery.supervisor, id, &act, &clients_chosen).await.unwrap();
        assert!(same(&done, &again));
        let graded = Act::Grade(Some(Grade::C));
        bulk::carry_out(app, &gallery.desk, Uuid::now_v7(), &graded, &clients_chosen).await.unwrap();
        assert_eq!(ids(gallery, Asked { grade: Some(Grade::C), ..Asked::default() }).await.len(), 3);
        let none = bulk::preview(app, &gallery.desk, &graded, &[]).await;
        assert!(matches!(none, Err(AppError::Invalid { .. })));
    }

    async fn a_file_is_masked_for_who_may_not_see_in_full_and_the_journal_knows(gallery: Gallery) {
        client(gallery, "王小明", "13812345678").await;
        let (app, site, asked) = (&gallery.app, gallery.site, Asked::default());
        let begin = |caller, in_full| export::begin(app, caller, site, &asked, in_full);
        assert!(matches!(begin(&gallery.consultants[0], false).await, Err(AppError::NotPermitted(_))));
        assert!(begin(&gallery.supervisor, true).await.unwrap());
        let rows = async |in_full| {
            let (rows, next) =
                export::page(app, &gallery.supervisor, site, &asked, None, in_full).await.unwrap();
            assert!(next.is_none());
            rows
        };
        assert_eq!(rows(false).await[0][..2], ["王**".to_owned(), "138****5678".to_owned()]);
        assert_eq!(rows(true).await[0][..2], ["王小明".to_owned(), "+8613812345678".to_owned()]);
        let head_office = app::Caller { roles: vec![app::Role::HeadOffice], ..gallery.supervisor.clone() };
        assert!(!begin(&head_office, true).await.unwrap(), "not in full");
    }
}
