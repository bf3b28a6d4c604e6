//! Clients: registered, found, somebody's, revealed.

use app::{
    AppError, ClientId, VisitId,
    clients::{self, NewClient},
    privacy,
    rotation::{self, Command},
};
use domain::rotation::state::Arrival;
use store::{StreamId, StreamKind, journal};
use uuid::Uuid;

use crate::harness::{Gallery, on_both};

async fn wang(gallery: &Gallery) -> ClientId {
    let new = NewClient {
        name: "王小明".into(),
        telephones: vec!["138 1234 5678".into()],
        ..NewClient::default()
    };
    let id = Uuid::now_v7();
    let client =
        clients::register(&gallery.app, &gallery.desk, gallery.site, id, &new).await.unwrap();
    let again =
        clients::register(&gallery.app, &gallery.desk, gallery.site, id, &new).await.unwrap();
    assert_eq!(client.id, again.id);
    client.id
}

on_both! {
    async fn a_client_is_found_by_name_pinyin_initials_and_telephone(gallery: Gallery) {
        let id = wang(gallery).await;
        for typed in
            ["小明", "wangxiao", "wxm", "5678", "12345678", "13812345678", "+86 138-1234-5678"]
        {
            let found = clients::search(&gallery.app, &gallery.desk, gallery.site, typed, 10)
                .await
                .unwrap();
            assert_eq!(found.iter().map(|client| client.id).collect::<Vec<_>>(), [id], "{typed}");
            assert_eq!(found[0].shown.name, "王**");
            assert_eq!(found[0].shown.telephones, ["138****5678"]);
        }
        for typed in ["小红", "9999", "13812345679"] {
            let found = clients::search(&gallery.app, &gallery.desk, gallery.site, typed, 10)
                .await
                .unwrap();
            assert!(found.is_empty(), "{typed}");
        }
    }

    async fn who_looks_at_a_client_in_full_is_in_the_journal(gallery: Gallery) {
        let id = wang(gallery).await;
        let shown = privacy::reveal(&gallery.app, &gallery.desk, id).await.unwrap();
        assert_eq!(
            (shown.name.as_str(), shown.telephones[0].as_str()),
            ("王小明", "+8613812345678")
        );
        let mut tx = gallery.app.db.read().await.unwrap();
        let stream = StreamId { kind: StreamKind::Client, id: id.0 };
        let entries = journal::of_stream(&mut tx, gallery.tenant, stream, 1, 10).await.unwrap();
        let last = entries.last().unwrap();
        let desk = gallery.desk.person.unwrap();
        assert_eq!(
            (last.command_kind.as_str(), &last.actor),
            ("reveal", &format!("person:{desk}"))
        );
        assert!(
            entries
                .iter()
                .all(|entry| !entry.command.contains("王") && !entry.events.contains("138"))
        );
        drop(tx);
        let other = privacy::reveal(&gallery.app, &gallery.consultants[1], id).await;
        assert!(matches!(other, Err(AppError::NotPermitted(_))));
    }

    async fn the_first_receiver_is_the_owner_and_sees_the_client_in_full(gallery: Gallery) {
        gallery.open_day().await;
        let id = wang(gallery).await;
        let (visit, by) = gallery.arrive(Arrival { client: Some(id), ..Arrival::default() }).await;
        let client = clients::get(&gallery.app, &gallery.desk, id).await.unwrap();
        assert_eq!((client.owner, client.owner_name.as_deref()), (Some(by), Some("甲")));
        privacy::reveal(&gallery.app, &gallery.consultants[0], id).await.unwrap();
        gallery.done(&gallery.desk, Command::Finish { visit }).await;
        // Another visit another day is the owner's, and changes nothing.
        let (_, again) = gallery.arrive(Arrival { client: Some(id), ..Arrival::default() }).await;
        let client = clients::get(&gallery.app, &gallery.desk, id).await.unwrap();
        assert_eq!(client.owner, Some(by), "{again}");
    }

    async fn an_owner_is_set_once_however_many_race(gallery: Gallery) {
        gallery.open_day().await;
        let id = wang(gallery).await;
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let (app, desk, site) = (gallery.app.clone(), gallery.desk.clone(), gallery.site);
            tasks.push(tokio::spawn(async move {
                let arrival = Arrival { client: Some(id), ..Arrival::default() };
                let command = Command::Arrive { visit: VisitId(Uuid::now_v7()), arrival };
                rotation::carry_out(&app, &desk, site, Uuid::now_v7(), command, None).await.unwrap()
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let mut tx = gallery.app.db.read().await.unwrap();
        let stream = StreamId { kind: StreamKind::Client, id: id.0 };
        let entries = journal::of_stream(&mut tx, gallery.tenant, stream, 1, 20).await.unwrap();
        let given = entries.iter().filter(|entry| entry.command_kind == "set_owner").count();
        assert_eq!(given, 1);
        drop(tx);
        let client = clients::get(&gallery.app, &gallery.desk, id).await.unwrap();
        assert_eq!(client.owner, Some(gallery.person(0)));
    }

    async fn a_supervisor_gives_a_client_with_a_reason(gallery: Gallery) {
        let id = wang(gallery).await;
        let owner = Some(gallery.person(2));
        let set = |caller, reason| clients::set_owner(&gallery.app, caller, id, owner, reason);
        assert!(matches!(
            set(&gallery.consultants[2], "我的客户").await,
            Err(AppError::NotPermitted(_))
        ));
        assert!(matches!(
            set(&gallery.supervisor, " ").await,
            Err(AppError::Invalid { field: "reason", .. })
        ));
        assert_eq!(set(&gallery.supervisor, "电话登记在先").await.unwrap().owner, owner);
        let closed =
            clients::set_closed(&gallery.app, &gallery.supervisor, id, true).await.unwrap();
        assert!(closed.closed);
        assert!(app::audit::verify(&gallery.app, &gallery.administrator).await.unwrap().is_clean());
    }
}
