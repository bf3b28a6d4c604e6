//! `lunpai user`: people, passwords and tokens from the terminal.

use app::{
    App, AppError, Caller, Role, SiteId,
    people::{self, Details, Person},
    roles::Scope,
    sessions::{self, NewToken},
    sites,
};
use chrono::TimeDelta;

use super::{Failed, Library, report::line, serve};

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Enter somebody; prints the first password, once.
    Add {
        /// What is typed to sign in.
        login: String,
        /// The name.
        #[arg(long)]
        name: String,
        /// A role; may be given several times.
        #[arg(long = "role", required = true, value_name = "ROLE")]
        roles: Vec<String>,
        /// The site, by name or id; else the only one. Head office and administrators have none.
        #[arg(long)]
        site: Option<String>,
        /// The company, which is founded if there is none yet.
        #[arg(long)]
        company: Option<String>,
        #[command(flatten)]
        options: serve::Options,
    },
    /// Issue a new password; prints it, once.
    Password {
        /// What is typed to sign in.
        login: String,
        #[command(flatten)]
        options: serve::Options,
    },
    /// Make a token of the API; prints its secret, once.
    Token {
        /// In whose name it acts: what they type to sign in.
        login: String,
        /// What it is for.
        #[arg(long, default_value = "command line")]
        name: String,
        /// What it may do; may be given several times; else everything that the person may.
        #[arg(long = "scope", value_name = "SCOPE")]
        scopes: Vec<String>,
        /// For how many days; else for ever.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
        #[command(flatten)]
        options: serve::Options,
    },
}

fn failed(error: AppError) -> Failed {
    match error.hint() {
        "" => Failed::new(error.to_string()),
        hint => Failed::new(format!("{error}\n  hint: {hint}")),
    }
}

/// `lunpai user`
pub(super) fn run(library: &Library, command: Command) -> Result<bool, Failed> {
    let (Command::Add { options, .. }
    | Command::Password { options, .. }
    | Command::Token { options, .. }) = &command;
    let configuration = options.configuration()?;
    serve::block_on(async {
        let app = serve::open(library, &configuration).await?;
        match command {
            Command::Add { login, name, roles, site, company, .. } => {
                let caller = company_of(&app, company.as_deref()).await?;
                let roles = roles.iter().map(|word| role(word)).collect::<Result<_, _>>()?;
                add(&app, &caller, login, name, roles, site.as_deref()).await
            }
            Command::Password { login, .. } => {
                let caller = company_of(&app, None).await?;
                let person = person(&app, &caller, &login).await?;
                let password = people::issue_password(&app, &caller, person.id).await;
                line(&format!("{login}  {}", password.map_err(failed)?));
                Ok(true)
            }
            Command::Token { login, name, scopes, days, .. } => {
                let caller = company_of(&app, None).await?;
                let person = person(&app, &caller, &login).await?.id;
                let mut scopes =
                    scopes.iter().map(|word| scope(word)).collect::<Result<Vec<_>, _>>()?;
                if scopes.is_empty() {
                    scopes = Scope::ALL.to_vec();
                }
                let days = days.map(|days| TimeDelta::days(i64::from(days)));
                let expires_at = days.map(|days| app.clock.now() + days);
                let new = NewToken { person, name, scopes, expires_at };
                let made = sessions::create_token(&app, &caller, &new).await;
                line(&made.map_err(failed)?.1);
                Ok(true)
            }
        }
    })
}

fn role(word: &str) -> Result<Role, Failed> {
    Role::of_name(word).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        Failed::new(format!("`{word}` is no role\n  hint: there are {}", all.join(", ")))
    })
}

fn scope(word: &str) -> Result<Scope, Failed> {
    Scope::of_word(word).ok_or_else(|| {
        let all: Vec<&str> = Scope::ALL.iter().map(|scope| scope.word()).collect();
        Failed::new(format!("`{word}` is no scope\n  hint: there are {}", all.join(", ")))
    })
}

/// The company, founded as `name` if there is none.
async fn company_of(app: &App, name: Option<&str>) -> Result<Caller, Failed> {
    let all = sites::companies(app).await.map_err(failed)?;
    let tenant = match (name, all.as_slice()) {
        (Some(name), []) => sites::create_company(app, name).await.map_err(failed)?,
        (Some(name), all) => {
            let named = all.iter().find(|(_, known)| known == name);
            let wrong = || Failed::new(format!("there is no company `{name}`, and another one is"));
            named.ok_or_else(wrong)?.0
        }
        (None, []) => {
            return Err(Failed::new("there is no company yet\n  hint: name it with --company"));
        }
        (None, _) => sites::sole_company(app).await.map_err(failed)?,
    };
    Ok(Caller::system(tenant))
}

async fn add(
    app: &App,
    caller: &Caller,
    login: String,
    display_name: String,
    roles: Vec<Role>,
    site: Option<&str>,
) -> Result<bool, Failed> {
    let company_wide =
        roles.iter().all(|role| matches!(role, Role::HeadOffice | Role::Administrator));
    let site = match site {
        None if company_wide => None,
        site => Some(site_of(app, caller, site).await?),
    };
    let certified = roles.contains(&Role::Consultant);
    let (team, number, hired_on) = (None, None, None);
    let shown = login.clone();
    let leaving = false;
    let details =
        Details { site, team, login, display_name, roles, number, certified, leaving, hired_on };
    let (_, password) = people::create(app, caller, &details).await.map_err(failed)?;
    line(&format!("{shown}  {password}"));
    Ok(true)
}

/// The site by name or id; the only one if none is named; founded if it is named and there is none.
async fn site_of(app: &App, caller: &Caller, named: Option<&str>) -> Result<SiteId, Failed> {
    let all = sites::sites(app, caller).await.map_err(failed)?;
    match (named, all.as_slice()) {
        (None, [only]) => Ok(only.id),
        (None, []) => {
            Err(Failed::new("there is no site yet\n  hint: name it with --site, and it is founded"))
        }
        (None, _) => Err(Failed::new("there are several sites\n  hint: name one with --site")),
        (Some(name), []) => {
            let site = sites::create_site(app, caller, name, "Asia/Shanghai").await;
            Ok(site.map_err(failed)?.id)
        }
        (Some(name), all) => all
            .iter()
            .find(|site| site.name == name || site.id.0.to_string() == name)
            .map(|site| site.id)
            .ok_or_else(|| Failed::new(format!("there is no site `{name}`"))),
    }
}

async fn person(app: &App, caller: &Caller, login: &str) -> Result<Person, Failed> {
    let all = people::all(app, caller, None).await.map_err(failed)?;
    all.into_iter()
        .find(|person| person.login.eq_ignore_ascii_case(login))
        .ok_or_else(|| Failed::new(format!("nobody signs in as `{login}`")))
}
