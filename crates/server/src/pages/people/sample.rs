//! Samples of the people's pages.

use super::view::{PeopleView, PersonRow, PersonView, ProfileForm};
use super::{PeoplePage, PersonPage};
use crate::pages::frame::{Place, Problem};
use crate::pages::sample::{Sample, Viewer, frame, people, sample};

const ROLES: [&str; 6] =
    ["receptionist", "consultant", "supervisor", "manager", "head_office", "administrator"];

fn rows() -> Vec<PersonRow> {
    people()
        .into_iter()
        .enumerate()
        .map(|(place, person)| PersonRow {
            sign_in: format!("user{:02}", place + 1),
            roles: ROLES
                .iter()
                .skip(place % 5)
                .take(1 + place % 2)
                .map(|r| (*r).to_owned())
                .collect(),
            certified: place % 3 != 0,
            active: place != 7,
            first_password: place == 2,
            person,
        })
        .collect()
}

fn form() -> PersonView {
    PersonView {
        id: Some("p06".to_owned()),
        name: "欧阳若曦".to_owned(),
        sign_in: "ouyang".to_owned(),
        roles: vec!["consultant".to_owned()],
        all_roles: ROLES.map(str::to_owned).to_vec(),
        team: "一组".to_owned(),
        teams: vec!["一组".to_owned(), "二组".to_owned()],
        number: "06".to_owned(),
        certified: true,
        active: true,
        profile: Some(ProfileForm {
            batch: 2,
            batches_most: 9,
            rank: "3".to_owned(),
            result: 1,
            trial: false,
            duty: true,
        }),
        new_password: Some("kR7-mwp2-Qx9d".to_owned()),
        problems: Vec::new(),
    }
}

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let frame = || frame(viewer, Some(Place::People), "administrator");
    let list = PeopleView { look: String::new(), rows: rows(), total: 10 };
    let none = PeopleView { look: "zz".to_owned(), rows: Vec::new(), total: 10 };
    let wrong = PersonView {
        id: None,
        name: String::new(),
        new_password: None,
        problems: vec![
            Problem { field: "name".to_owned(), text: "请填写姓名".to_owned() },
            Problem { field: "sign_in".to_owned(), text: "“ouyang” 已被使用".to_owned() },
        ],
        ..form()
    };
    vec![
        sample("people/list", true, &PeoplePage { frame: frame(), view: list }),
        sample("people/none", true, &PeoplePage { frame: frame(), view: none }),
        sample("people/edit", true, &PersonPage { frame: frame(), view: form() }),
        sample("people/new-wrong", true, &PersonPage { frame: frame(), view: wrong }),
    ]
}
