//! People of a sheet who are not here yet.

use std::collections::BTreeSet;

use domain::rotation::rules::Role;
use store::SiteId;

use super::{
    Written,
    fault::{Fault, What},
    row::{Line, lines},
};
use crate::{
    App, AppError, Caller,
    people::{self, Details, Person},
    sites,
    workbook::{Column, Sheet, SheetLayout},
};

const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { key, zh, en, note: ["", ""] }
}

/// The sheet of people.
pub(super) const LAYOUT: &[SheetLayout] = &[SheetLayout {
    key: "people",
    zh: "人员",
    en: "people",
    columns: &[
        column("name", "姓名", "name"),
        column("login", "登录名", "sign-in name"),
        Column {
            key: "roles",
            zh: "角色",
            en: "roles",
            note: [
                "前台、秘书、置业顾问、主管、经理、总办、管理员;空白为置业顾问",
                "receptionist, secretary, consultant, supervisor, manager, head office, administrator; empty: consultant",
            ],
        },
        column("team", "组别", "team"),
        column("number", "工号", "number"),
        Column {
            key: "certified", zh: "上岗资格", en: "certified", note: ["是/否", "yes/no"]
        },
    ],
}];

/// Somebody of the sheet.
struct Entered {
    name: String,
    login: String,
    roles: Vec<Role>,
    team: String,
    number: Option<u32>,
    certified: bool,
}

fn read(line: &mut Line<'_>) -> Option<Entered> {
    let roles = line.read("roles", roles_of);
    let name = line.needed("name").to_owned();
    let login = line.needed("login").to_owned();
    let fits = |char: char| char.is_alphanumeric() || matches!(char, '.' | '-' | '_' | '@');
    if !login.is_empty() && (login.chars().count() > 60 || !login.chars().all(fits)) {
        line.fault("login", What::Unreadable);
    }
    if name.chars().count() > 60 {
        line.fault("name", What::Unreadable);
    }
    let number = line.number("number");
    let certified = line.flag("certified");
    let team = line.text("team").to_owned();
    let whole = line.faults.is_empty();
    roles.filter(|_| whole).map(|roles| Entered { name, login, roles, team, number, certified })
}

fn roles_of(text: &str) -> Option<Vec<Role>> {
    if text.is_empty() {
        return Some(vec![Role::Consultant]);
    }
    let words = text.split(['、', ',', '，', ';', '；', '/']).map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| Role::of_name(word).or_else(|| Role::of_name(&word.to_lowercase()))).collect()
}

fn is_guarded(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Administrator | Role::HeadOffice | Role::Manager))
}

fn here<'a>(people: &'a [Person], login: &str) -> Option<&'a Person> {
    people.iter().find(|person| person.login.eq_ignore_ascii_case(login))
}

/// What is wrong with each row.
pub(super) async fn judge(
    app: &App,
    caller: &Caller,
    _site: SiteId,
    sheet: &Sheet,
) -> Result<Vec<Vec<Fault>>, AppError> {
    let people = people::all(app, caller, None).await?;
    let mut logins = BTreeSet::new();
    let mut faults = Vec::new();
    for layout in LAYOUT {
        for mut line in lines(sheet, layout) {
            if let Some(entered) = read(&mut line) {
                if !logins.insert(entered.login.to_lowercase()) {
                    line.fault("login", What::Twice);
                }
                match here(&people, &entered.login) {
                    Some(other) if other.display_name != entered.name => {
                        line.fault("login", What::Taken);
                    }
                    None if is_guarded(&entered.roles) && !caller.is(Role::Administrator) => {
                        line.fault("roles", What::NotYours);
                    }
                    _ => {}
                }
            }
            faults.push(line.faults);
        }
    }
    Ok(faults)
}

/// Enters everybody who is not here yet.
pub(super) async fn write(
    app: &App,
    caller: &Caller,
    site: SiteId,
    sheet: &Sheet,
) -> Result<Written, AppError> {
    let mut written = Written::default();
    let faults = judge(app, caller, site, sheet).await?;
    let people = people::all(app, caller, None).await?;
    let mut teams = sites::teams(app, caller, site).await?;
    let all = LAYOUT.iter().flat_map(|layout| lines(sheet, layout));
    for (mut line, faults) in all.zip(faults) {
        let Some(entered) = read(&mut line).filter(|_| faults.is_empty()) else { continue };
        if here(&people, &entered.login).is_some() {
            written.known_count += 1;
            continue;
        }
        let company_wide = [Role::HeadOffice, Role::Administrator];
        let at_site = !entered.roles.iter().all(|role| company_wide.contains(role));
        let mut team = None;
        if at_site && !entered.team.is_empty() {
            if !teams.iter().any(|known| known.name == entered.team) {
                teams.push(sites::create_team(app, caller, site, &entered.team).await?);
            }
            team = teams.iter().find(|known| known.name == entered.team).map(|team| team.id);
        }
        let details = Details {
            site: at_site.then_some(site),
            team,
            login: entered.login,
            display_name: entered.name,
            roles: entered.roles,
            number: entered.number,
            certified: entered.certified,
            leaving: false,
            hired_on: None,
        };
        match people::create(app, caller, &details).await {
            Ok((person, password)) => {
                written.written_count += 1;
                written.passwords.push((person.display_name, person.login, password));
            }
            Err(AppError::Store(error)) => return Err(AppError::Store(error)),
            Err(error) => written.refused.push((line.number, error.to_string())),
        }
    }
    Ok(written)
}
