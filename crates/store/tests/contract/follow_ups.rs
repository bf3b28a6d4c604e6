//! Follow-ups as lists read them: replaced together, found by person and day, woken in time.

use store::follow_ups::{self, TaskRow};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

fn task(client: Uuid, number: i64, person: Option<Uuid>, from: i64, due: Option<i64>) -> TaskRow {
    TaskRow { client, number, person, shown_from: at(from), due_at: due.map(at) }
}

on_both! {
    async fn the_open_tasks_of_a_client_are_replaced_together(db: Db) {
        let here = site(&db).await;
        let (wang, jia) = (Uuid::now_v7(), Some(Uuid::now_v7()));
        let mut tx = db.write().await.unwrap();
        let both = [task(wang, 1, jia, 0, Some(60)), task(wang, 2, jia, 0, None)];
        follow_ups::replace(&mut tx, here, wang, &both, None).await.unwrap();
        assert_eq!(follow_ups::open(&mut tx, here, jia, at(0), 10).await.unwrap(), both);
        follow_ups::replace(&mut tx, here, wang, &both[1..], None).await.unwrap();
        assert_eq!(follow_ups::open(&mut tx, here, jia, at(0), 10).await.unwrap(), both[1..]);
        tx.commit().await.unwrap();
    }

    async fn a_list_is_of_one_person_or_of_all_and_of_what_is_shown(db: Db) {
        let here = site(&db).await;
        let (wang, li) = (Uuid::now_v7(), Uuid::now_v7());
        let (jia, yi) = (Some(Uuid::now_v7()), Some(Uuid::now_v7()));
        let (late, soon, ahead) =
            (task(wang, 1, jia, 0, Some(90)), task(li, 1, yi, 0, Some(30)), task(li, 2, yi, 60, None));
        let mut tx = db.write().await.unwrap();
        follow_ups::replace(&mut tx, here, wang, std::slice::from_ref(&late), None).await.unwrap();
        follow_ups::replace(&mut tx, here, li, &[soon.clone(), ahead.clone()], None).await.unwrap();
        let all = follow_ups::open(&mut tx, here, None, at(59), 10).await.unwrap();
        assert_eq!(all, [soon.clone(), late]);
        let of_yi = follow_ups::open(&mut tx, here, yi, at(60), 10).await.unwrap();
        assert_eq!(of_yi, [soon, ahead]);
        tx.commit().await.unwrap();
    }

    async fn the_clock_looks_at_whom_it_must(db: Db) {
        let here = site(&db).await;
        let (wang, li) = (Uuid::now_v7(), Uuid::now_v7());
        let mut tx = db.write().await.unwrap();
        follow_ups::replace(&mut tx, here, wang, &[], Some(at(60))).await.unwrap();
        follow_ups::replace(&mut tx, here, li, &[], None).await.unwrap();
        assert!(follow_ups::to_wake(&mut tx, here, at(59), 10).await.unwrap().is_empty());
        assert_eq!(follow_ups::to_wake(&mut tx, here, at(60), 10).await.unwrap(), [wang]);
        tx.commit().await.unwrap();
    }
}
