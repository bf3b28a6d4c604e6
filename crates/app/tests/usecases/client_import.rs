//! A file of clients: taken in, every bad row named, written once, also after a restart.

use std::io::Cursor;

use app::{
    AppError,
    clients::{
        self,
        import::{self, Duplicates, Import, Moved, Stage},
    },
    import::What,
    jobs,
};
use store::audit;

use crate::harness::{Gallery, on_both};

const FILE: &str = "客户姓名,手机号,置业顾问,登记日期,意向等级,生肖\n\
    王小明,13812345678,甲,2026-05-20,A,龙\n\
    李四,138,,,,\n\
    ,,,,,狗\n\
    赵五,13912345678,没有这人,,,\n\
    \"欧阳,晓红\",021-62345678,,,b级,\n\
    王明,+86 138 1234 5678,,,,\n";

async fn taken(gallery: &Gallery, text: &str) -> Result<Import, AppError> {
    let from = Cursor::new(text.as_bytes().to_vec());
    let (app, caller, site) = (&gallery.app, &gallery.supervisor, gallery.site);
    import::take_in(app, caller, site, "clients.csv", from, &|_| ()).await
}

async fn written(gallery: &Gallery, import: &Import) -> Import {
    import::confirm(&gallery.app, &gallery.supervisor, import.id).await.unwrap();
    while jobs::run_due(&gallery.app, "worker").await.unwrap() > 0 {}
    import::get(&gallery.app, &gallery.supervisor, import.id).await.unwrap()
}

async fn found(gallery: &Gallery, typed: &str) -> usize {
    clients::search(&gallery.app, &gallery.desk, gallery.site, typed, 9).await.unwrap().len()
}

on_both! {
    async fn every_bad_row_is_named_and_the_good_ones_are_written_once(gallery: Gallery) {
        let import = taken(gallery, FILE).await.unwrap();
        assert_eq!(import.stage, Stage::Judged);
        assert_eq!((import.rows_count, import.good_count), (6, 2));
        assert_eq!((import.bad_count, import.known_count), (3, 1));
        let shown = import::shown(&gallery.app, &gallery.supervisor, import.id, 0).await.unwrap();
        let wrongs: Vec<_> = shown
            .findings
            .iter()
            .map(|row| (row.number, row.wrongs[0].column.as_str(), row.wrongs[0].what))
            .collect();
        assert_eq!(wrongs, [
            (3, "telephone", What::Unreadable),
            (4, "name", What::Missing),
            (5, "owner", What::Nobody),
            (7, "telephone", What::Twice),
        ]);
        assert_eq!(shown.import.plan.columns.last(), Some(&None), "what nobody knows is left out");
        assert_eq!(found(gallery, "王").await, 0, "nothing is written before it is confirmed");
        let done = written(gallery, &import).await;
        assert_eq!((done.stage, done.written_count), (Stage::Done, 2));
        assert_eq!((found(gallery, "王").await, found(gallery, "ouyang").await), (1, 1));
        let shown = import::shown(&gallery.app, &gallery.supervisor, import.id, 0).await.unwrap();
        assert_eq!(shown.findings.len(), 4, "what was left out stays listed");
        let wang = clients::search(&gallery.app, &gallery.desk, gallery.site, "13812345678", 9).await.unwrap();
        assert_eq!(wang[0].owner, Some(gallery.person(0)));
        assert_eq!(wang[0].grade, Some(clients::Grade::A));
        // The same file again is the same import.
        assert_eq!(taken(gallery, FILE).await.unwrap().id, import.id);
        let mut tx = gallery.app.db.read().await.unwrap();
        assert!(audit::verify(&mut tx, gallery.tenant).await.unwrap().is_clean());
    }

    async fn an_import_goes_on_where_a_process_stopped(gallery: Gallery) {
        let mut text = String::from("姓名,电话\n");
        for number in 0..600 {
            text.push_str(&format!("王{number},139{:08}\n", 10_000_000 + number));
        }
        let import = taken(gallery, &text).await.unwrap();
        import::confirm(&gallery.app, &gallery.supervisor, import.id).await.unwrap();
        // One part is written, and then the process ends.
        let moved = import::step(&gallery.app, gallery.tenant, import.id, 1).await.unwrap();
        assert!(matches!(moved, Moved::On(ref import) if import.written_count == 249), "{moved:?}");
        while jobs::run_due(&gallery.app, "another worker").await.unwrap() > 0 {}
        let done = import::get(&gallery.app, &gallery.supervisor, import.id).await.unwrap();
        assert_eq!((done.stage, done.written_count), (Stage::Done, 600));
        assert_eq!(found(gallery, "13910000000").await, 1);
        assert_eq!(found(gallery, "13910000599").await, 1);
    }

    async fn a_client_who_is_here_is_filled_in_or_left_out(gallery: Gallery) {
        let first = taken(gallery, "姓名,电话\n王小明,13812345678\n").await.unwrap();
        written(gallery, &first).await;
        let again = taken(gallery, "姓名,电话,公司\n小明,13812345678,云山科技\n").await.unwrap();
        assert_eq!((again.good_count, again.known_count), (0, 1));
        let skip = import::choose(&gallery.app, &gallery.supervisor, again.id, Duplicates::Skip).await;
        assert_eq!(skip.unwrap().plan.duplicates, Duplicates::Skip);
        let add = import::choose(&gallery.app, &gallery.supervisor, again.id, Duplicates::Add).await;
        assert!(matches!(add, Err(AppError::Invalid { field: "duplicates", .. })));
        let fill = import::choose(&gallery.app, &gallery.supervisor, again.id, Duplicates::Fill).await;
        let done = written(gallery, &fill.unwrap()).await;
        assert_eq!(done.written_count, 1);
        assert_eq!(found(gallery, "科技").await, 1);
        assert_eq!(found(gallery, "王小明").await, 1, "the name that is known stays");
        assert_eq!(found(gallery, "13812345678").await, 1);
    }

    async fn columns_are_chosen_by_hand_and_every_row_is_judged_anew(gallery: Gallery) {
        let import = taken(gallery, "谁,号码\n王小明,13812345678\n").await.unwrap();
        assert_eq!((import.good_count, import.bad_count), (0, 1));
        let columns = [Some("name".to_owned()), Some("telephone".to_owned())];
        let twice = [Some("name".to_owned()), Some("name".to_owned())];
        let judge = |columns| import::judge_anew(&gallery.app, &gallery.supervisor, import.id, columns);
        assert!(matches!(judge(&twice).await, Err(AppError::Invalid { field: "columns", .. })));
        judge(&columns).await.unwrap();
        while jobs::run_due(&gallery.app, "worker").await.unwrap() > 0 {}
        let import = import::get(&gallery.app, &gallery.supervisor, import.id).await.unwrap();
        assert_eq!((import.stage, import.good_count, import.bad_count), (Stage::Judged, 1, 0));
        assert_eq!(written(gallery, &import).await.written_count, 1);
    }

    async fn who_may_not_import_is_told_and_a_broken_file_names_its_place(gallery: Gallery) {
        let from = || Cursor::new(FILE.as_bytes().to_vec());
        let (app, site) = (&gallery.app, gallery.site);
        let desk = import::take_in(app, &gallery.desk, site, "a.csv", from(), &|_| ()).await;
        assert!(matches!(desk, Err(AppError::NotPermitted(_))));
        for text in ["", "姓名,电话\n", "\n\n"] {
            assert!(matches!(taken(gallery, text).await, Err(AppError::Invalid { field: "file", .. })));
        }
        let mut open = String::from("姓名,电话\n王,13812345678\n\"李");
        open.push_str(&"x,\n".repeat(200_000));
        let error = taken(gallery, &open).await.unwrap_err();
        assert!(error.to_string().contains("row 3"), "{error}");
        assert!(import::list(app, &gallery.supervisor, site).await.unwrap().iter().all(|import| {
            import.stage == Stage::Discarded
        }));
    }
}
