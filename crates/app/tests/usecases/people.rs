//! People, and the floor that hears of them.

use app::{
    AppError, Role,
    people::{self, Details},
    rotation::{self, Command},
};
use domain::rotation::state::Arrival;

use crate::harness::{details, on_both};

on_both! {
    async fn a_new_consultant_is_on_the_floor_and_a_former_one_is_not(gallery: Gallery) {
        gallery.open_day().await;
        let new = details(Some(gallery.site), "戊", "wu", Role::Consultant);
        let (person, _) = people::create(&gallery.app, &gallery.manager, &new).await.unwrap();
        assert_eq!((person.pinyin.as_str(), person.initials.as_str()), ("wu", "w"));
        gallery.done(&gallery.desk, Command::SignIn { person: person.id }).await;
        people::set_active(&gallery.app, &gallery.manager, person.id, false).await.unwrap();
        let replayed =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        assert!(!replayed.floor.people.contains_key(&person.id) && replayed.same);
        people::set_active(&gallery.app, &gallery.manager, person.id, true).await.unwrap();
        let replayed =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        assert!(replayed.floor.people.contains_key(&person.id));
    }

    async fn nobody_goes_while_receiving(gallery: Gallery) {
        gallery.open_day().await;
        let (_, by) = gallery.arrive(Arrival::default()).await;
        let refused = people::set_active(&gallery.app, &gallery.manager, by, false).await;
        assert!(matches!(refused, Err(AppError::Refused(_))), "{refused:?}");
        assert!(people::get(&gallery.app, &gallery.manager, by).await.unwrap().active);
    }

    async fn a_profile_that_changes_reaches_the_floor(gallery: Gallery) {
        let id = gallery.person(0);
        let person = people::get(&gallery.app, &gallery.manager, id).await.unwrap();
        let changed = Details { certified: false, number: Some(7), ..Details::from(&person) };
        people::edit(&gallery.app, &gallery.manager, id, &changed).await.unwrap();
        let floor = rotation::replay(&gallery.app, &gallery.administrator, gallery.site)
            .await
            .unwrap()
            .floor;
        let profile = &floor.people[&id].profile;
        assert_eq!((profile.certified, profile.number, profile.rotates), (false, Some(7), true));
    }

    async fn only_an_administrator_makes_one_and_the_last_one_stays(gallery: Gallery) {
        let new = details(None, "戊", "wu", Role::Administrator);
        let by_manager = people::create(&gallery.app, &gallery.manager, &new).await;
        assert!(matches!(by_manager, Err(AppError::NotPermitted(_))));
        let id = gallery.administrator.person.unwrap();
        let person = people::get(&gallery.app, &gallery.administrator, id).await.unwrap();
        let demoted = Details { roles: vec![Role::HeadOffice], ..Details::from(&person) };
        let last = people::edit(&gallery.app, &gallery.administrator, id, &demoted).await;
        assert!(matches!(last, Err(AppError::Conflict { .. })));
        people::create(&gallery.app, &gallery.administrator, &new).await.unwrap();
        people::edit(&gallery.app, &gallery.administrator, id, &demoted).await.unwrap();
    }

    async fn a_login_is_taken_once(gallery: Gallery) {
        let again = details(Some(gallery.site), "己", "JIA", Role::Consultant);
        let taken = people::create(&gallery.app, &gallery.administrator, &again).await;
        assert!(matches!(taken, Err(AppError::Conflict { .. })));
        let wrong = details(Some(gallery.site), "己", "a b", Role::Consultant);
        let wrong = people::create(&gallery.app, &gallery.administrator, &wrong).await;
        assert!(matches!(wrong, Err(AppError::Invalid { field: "login", .. })));
    }
}
