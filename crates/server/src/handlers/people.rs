//! People, roles, teams and first passwords.

use app::{
    AppError, PersonId, Role,
    people::{self, Details, Person},
    roles::Permission,
    sites,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::profile;
use crate::{
    language::Key,
    pages::{
        frame::{Place, Problem, Tone},
        people::{
            PeoplePage, PersonPage,
            view::{PeopleView, PersonRow, PersonView},
        },
        person,
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    look: String,
}

/// `GET /people`
pub async fn list(
    State(server): State<Server>,
    reader: Reader,
    Query(said): Query<Look>,
) -> Result<Response, Failure> {
    let caller = reader.caller();
    caller.require(Permission::EditPeople)?;
    let all = people::all(&server.app, caller, None).await?;
    let waiting = people::first_passwords(&server.app, caller).await?;
    let teams = sites::teams(&server.app, caller, reader.site.id).await?;
    let look = said.look.trim().to_lowercase();
    let found = |person: &&Person| {
        let in_it = |text: &str| text.to_lowercase().contains(&look);
        look.is_empty()
            || in_it(&person.display_name)
            || in_it(&person.login)
            || in_it(&person.initials)
            || in_it(&person.pinyin.replace(' ', ""))
    };
    let row = |person: &Person| PersonRow {
        person: person::Person {
            id: person.id.0.to_string(),
            name: person.display_name.clone(),
            number: number_of(person),
            team: team_of(&teams, person),
        },
        sign_in: person.login.clone(),
        roles: person.roles.iter().map(|role| role.word().to_owned()).collect(),
        certified: person.certified,
        active: person.active,
        first_password: person.active && waiting.contains(&person.id),
    };
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let rows = all.iter().filter(found).map(row).collect();
    let view = PeopleView { look: said.look, rows, total };
    Ok(render(&PeoplePage { frame: reader.frame(Some(Place::People)), view }))
}

fn number_of(person: &Person) -> String {
    person.number.map(|number| format!("{number:02}")).unwrap_or_default()
}

fn team_of(teams: &[sites::Team], person: &Person) -> String {
    let team = teams.iter().find(|team| Some(team.id) == person.team);
    team.map(|team| team.name.clone()).unwrap_or_default()
}

fn page(reader: &Reader, view: PersonView) -> Response {
    render(&PersonPage { frame: reader.frame(Some(Place::People)), view })
}

/// A form with the choices that there are.
async fn blank(server: &Server, reader: &Reader) -> Result<PersonView, Failure> {
    let teams = sites::teams(&server.app, reader.caller(), reader.site.id).await?;
    Ok(PersonView {
        id: None,
        name: String::new(),
        sign_in: String::new(),
        roles: vec![Role::Consultant.word().to_owned()],
        all_roles: Role::ALL.iter().map(|role| role.word().to_owned()).collect(),
        team: String::new(),
        teams: teams.into_iter().map(|team| team.name).collect(),
        number: String::new(),
        certified: false,
        active: true,
        profile: None,
        new_password: None,
        problems: Vec::new(),
    })
}

/// `GET /people/new`
pub async fn new(State(server): State<Server>, reader: Reader) -> Result<Response, Failure> {
    reader.caller().require(Permission::EditPeople)?;
    let view = blank(&server, &reader).await?;
    Ok(page(&reader, view))
}

/// `GET /people/{id}`
pub async fn edit(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::EditPeople)?;
    let view = of(&server, &reader, person_id(&id)?).await?;
    Ok(page(&reader, view))
}

fn person_id(text: &str) -> Result<PersonId, Failure> {
    text.parse().map(PersonId).map_err(|_| Failure::not_found())
}

/// The form of somebody who is here.
async fn of(server: &Server, reader: &Reader, id: PersonId) -> Result<PersonView, Failure> {
    let person = people::get(&server.app, reader.caller(), id).await?;
    let teams = sites::teams(&server.app, reader.caller(), reader.site.id).await?;
    Ok(PersonView {
        id: Some(id.0.to_string()),
        team: team_of(&teams, &person),
        number: number_of(&person),
        name: person.display_name,
        sign_in: person.login,
        roles: person.roles.iter().map(|role| role.word().to_owned()).collect(),
        certified: person.certified,
        active: person.active,
        profile: profile::form(server, reader, id).await?,
        ..blank(server, reader).await?
    })
}

/// A form as it was sent: a role stands in it as often as roles were chosen.
type Pairs = Vec<(String, String)>;

/// What the form says.
struct Said {
    name: String,
    sign_in: String,
    team: String,
    number: String,
    roles: Vec<String>,
    certified: bool,
    active: bool,
}

impl Said {
    fn of(pairs: &Pairs) -> Self {
        let text = |name: &str| {
            let found = pairs.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let roles = pairs.iter().filter(|(field, _)| field == "roles");
        Self {
            name: text("name"),
            sign_in: text("sign_in"),
            team: text("team"),
            number: text("number"),
            roles: roles.map(|(_, role)| role.clone()).collect(),
            certified: text("certified") == "yes",
            active: text("active") == "yes",
        }
    }

    /// The form again, with what is wrong.
    fn view(self, blank: PersonView, id: Option<PersonId>, problems: Vec<Problem>) -> PersonView {
        PersonView {
            id: id.map(|id| id.0.to_string()),
            name: self.name,
            sign_in: self.sign_in,
            roles: self.roles,
            team: self.team,
            number: self.number,
            certified: self.certified,
            active: self.active,
            problems,
            ..blank
        }
    }

    /// What is known of the person by this form; `before` keeps what the form does not say.
    async fn details(
        &self,
        server: &Server,
        reader: &Reader,
        before: Option<&Person>,
    ) -> Result<Details, AppError> {
        let roles: Vec<Role> = self.roles.iter().filter_map(|word| Role::of_word(word)).collect();
        let company_wide = [Role::HeadOffice, Role::Administrator];
        let at_site = !roles.iter().all(|role| company_wide.contains(role));
        let site = before.and_then(|person| person.site).or(at_site.then_some(reader.site.id));
        let (app, caller) = (&server.app, reader.caller());
        let mut team = None;
        if let Some(site) = site.filter(|_| !self.team.is_empty()) {
            let teams = sites::teams(app, caller, site).await?;
            team = match teams.iter().find(|team| team.name == self.team) {
                Some(team) => Some(team.id),
                None => Some(sites::create_team(app, caller, site, &self.team).await?.id),
            };
        }
        Ok(Details {
            site,
            team,
            login: self.sign_in.clone(),
            display_name: self.name.clone(),
            roles,
            number: self.number.parse().ok(),
            certified: self.certified,
            leaving: before.is_some_and(|person| person.leaving),
            hired_on: before.and_then(|person| person.hired_on),
        })
    }

    /// What can be seen to be wrong at once.
    fn problems(&self, reader: &Reader) -> Vec<Problem> {
        let words = reader.words();
        let mut problems = Vec::new();
        let mut wrong = |field: &str, text: String| {
            problems.push(Problem { field: field.into(), text });
        };
        if self.name.is_empty() {
            wrong("name", words.say("people-name-missing"));
        }
        if self.sign_in.is_empty() {
            wrong("sign_in", words.say("people-sign-in-unfit"));
        }
        if self.roles.is_empty() {
            wrong("roles", words.say("people-roles-missing"));
        }
        if !self.number.is_empty() && self.number.parse::<u32>().is_err() {
            wrong("number", words.say("people-number-unfit"));
        }
        problems
    }
}

/// The problem that an error means, if it is one of the form.
fn problem(reader: &Reader, error: AppError) -> Result<Problem, Failure> {
    let words = reader.words();
    let (field, text) = match &error {
        AppError::Invalid { field: "login", .. } => ("sign_in", words.say("people-sign-in-unfit")),
        AppError::Invalid { field: "display_name", .. } => {
            ("name", words.say("people-name-missing"))
        }
        AppError::Invalid { field: "roles", .. } => ("roles", words.say("people-roles-missing")),
        AppError::Invalid { field: "team" | "site", .. } => {
            ("team", words.say("people-team-unfit"))
        }
        AppError::Conflict { message, .. } if message.contains("exists already") => {
            ("sign_in", words.say("people-sign-in-taken"))
        }
        AppError::Conflict { message, .. } if message.contains("last administrator") => {
            ("roles", words.say("people-last-administrator"))
        }
        AppError::Conflict { message, .. } if message.contains("your own") => {
            ("active", words.say("people-own"))
        }
        AppError::NotPermitted(_) => ("roles", words.say("people-guarded")),
        AppError::Refused(_) => ("active", words.say("people-still-receiving")),
        _ => return Err(error.into()),
    };
    Ok(Problem { field: field.into(), text })
}

async fn again(
    server: &Server,
    reader: &Reader,
    said: Said,
    id: Option<PersonId>,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let view = said.view(blank(server, reader).await?, id, problems);
    let mut response = page(reader, view);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// `POST /people`: somebody new; the first password is shown once.
pub async fn create(State(server): State<Server>, form: Form<Pairs>) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::EditPeople)?;
    let said = Said::of(&said);
    let problems = said.problems(&reader);
    if !problems.is_empty() {
        return again(&server, &reader, said, None, problems).await;
    }
    let created = match said.details(&server, &reader, None).await {
        Ok(details) => people::create(&server.app, reader.caller(), &details).await,
        Err(error) => Err(error),
    };
    match created {
        Ok((person, password)) => {
            let view = of(&server, &reader, person.id).await?;
            Ok(page(&reader, PersonView { new_password: Some(password), ..view }))
        }
        Err(error) => {
            let problems = vec![problem(&reader, error)?];
            again(&server, &reader, said, None, problems).await
        }
    }
}

/// `POST /people/{id}`
pub async fn save(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Pairs>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::EditPeople)?;
    let id = person_id(&id)?;
    let said = Said::of(&said);
    let problems = said.problems(&reader);
    if !problems.is_empty() {
        return again(&server, &reader, said, Some(id), problems).await;
    }
    match change(&server, &reader, id, &said).await {
        Ok(()) => {
            let saved = notice::leave(Tone::Good, Key("people-saved").0);
            Ok(([saved], Redirect::to("/people")).into_response())
        }
        Err(error) => {
            let problems = vec![problem(&reader, error)?];
            again(&server, &reader, said, Some(id), problems).await
        }
    }
}

async fn change(
    server: &Server,
    reader: &Reader,
    id: PersonId,
    said: &Said,
) -> Result<(), AppError> {
    let (app, caller) = (&server.app, reader.caller());
    let before = people::get(app, caller, id).await?;
    let details = said.details(server, reader, Some(&before)).await?;
    if details != Details::from(&before) {
        people::edit(app, caller, id, &details).await?;
    }
    if said.active != before.active {
        people::set_active(app, caller, id, said.active).await?;
    }
    Ok(())
}

/// `POST /people/{id}/password`: a new first password, shown once.
pub async fn reset(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Pairs>,
) -> Result<Response, Failure> {
    let reader = form.reader;
    reader.caller().require(Permission::EditPeople)?;
    let id = person_id(&id)?;
    let password = people::issue_password(&server.app, reader.caller(), id).await?;
    let view = of(&server, &reader, id).await?;
    Ok(page(&reader, PersonView { new_password: Some(password), ..view }))
}
