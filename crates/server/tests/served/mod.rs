//! An installation that lives for one test, served by processes of the real binary, and a client of its API.

use std::{
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use app::{
    App, Caller, Clock, Config, PersonId, Presets, Role, SiteId, TenantId,
    people::Details,
    roles::Scope,
    sessions::{self, NewToken},
};
use serde_json::{Value, json};
use store::{Db, Keys};
use tokio::runtime::Runtime;
use uuid::Uuid;

/// The rulebook of the tests: a posted order, and nothing that depends on the time of day.
pub const RULEBOOK: &str = include_str!("../../src/cli/bench/rulebook.toml");

/// An installation with one site, a manager and consultants.
pub struct Installation {
    pub folder: PathBuf,
    pub url: String,
    pub tenant: TenantId,
    pub site: SiteId,
    pub consultants: Vec<PersonId>,
    /// The manager's token.
    pub token: String,
}

impl Installation {
    /// Founds it in the database at `url`; without one, in a file of SQLite.
    pub fn found(runtime: &Runtime, url: Option<String>, consultants: usize) -> Self {
        let folder = std::env::temp_dir().join(format!("lunpai-served-{}", Uuid::now_v7()));
        fs::create_dir_all(&folder).unwrap();
        let url = url.unwrap_or_else(|| format!("sqlite://{}", folder.join("lunpai.db").display()));
        let keys = format!(
            "id = \"1\"\nmaster = \"{}\"\nindex = \"{}\"\n",
            "07".repeat(32),
            "08".repeat(32)
        );
        fs::write(folder.join("keys.toml"), keys).unwrap();
        runtime.block_on(async {
            let app = open(&url).await;
            let tenant = app::sites::create_company(&app, "云山置业").await.unwrap();
            let system = Caller::system(tenant);
            let site =
                app::sites::create_site(&app, &system, "云山府", "Asia/Shanghai").await.unwrap().id;
            let details = details(site, "经理", "manager", Role::Manager);
            let (manager, _) = app::people::create(&app, &system, &details).await.unwrap();
            let mut people = Vec::new();
            for number in 0..consultants {
                let (name, login) = (format!("顾问{number}"), format!("consultant{number}"));
                let details = self::details(site, &name, &login, Role::Consultant);
                people.push(app::people::create(&app, &system, &details).await.unwrap().0.id);
            }
            let draft = app::rulebooks::copy_preset(&app, &system, site, "test").await.unwrap();
            app::rulebooks::activate(&app, &system, draft.id, None).await.unwrap();
            let new = NewToken {
                person: manager.id,
                name: "test".into(),
                scopes: Scope::ALL.to_vec(),
                expires_at: None,
            };
            let (_, token) = sessions::create_token(&app, &system, &new).await.unwrap();
            app.db.close().await;
            Self { folder, url, tenant, site, consultants: people, token }
        })
    }

    /// A path of the API below the site.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/sites/{}/{rest}", self.site.0)
    }

    /// Opens day number `day` from today: everybody signed in, in order.
    pub fn open_day(&self, client: &mut Client, day: u64) {
        let today = Clock::real().now().date_naive();
        let date = today.checked_add_days(chrono::Days::new(day)).unwrap();
        let mut done = |path: String, body: Value| {
            let (status, answer) = client.post(&path, Uuid::now_v7(), &body).unwrap();
            assert_eq!(status, 200, "{path} {answer}");
        };
        done(self.path("day/open"), json!({ "date": date }));
        let order: Vec<_> = self.consultants.iter().map(|person| person.0).collect();
        done(self.path("rings/walk_in/order"), json!({ "order": order }));
        for person in &self.consultants {
            done(self.path(&format!("people/{person}/sign-in")), json!({}));
        }
    }

    pub fn remove(self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// The application on the database at `url`, with the keys and the rulebook of the tests.
pub async fn open(url: &str) -> App {
    let db = Db::open(url).await.unwrap();
    let presets = Presets::new([("test".to_owned(), RULEBOOK.to_owned())]);
    App::new(db, Keys::new("1", [7; 32], [8; 32]), Clock::real(), presets, Config::default())
}

fn details(site: SiteId, name: &str, login: &str, role: Role) -> Details {
    Details {
        site: Some(site),
        team: None,
        login: login.to_owned(),
        display_name: name.to_owned(),
        roles: vec![role],
        number: None,
        certified: true,
        leaving: false,
        hired_on: None,
    }
}

/// A running `lunpai serve`; killed when it is dropped.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
}

impl Served {
    pub fn start(installation: &Installation) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lunpai"))
            .args(["serve", "--port", "0", "--data"])
            .arg(&installation.folder)
            .env("LUNPAI_DATABASE", &installation.url)
            .env("LUNPAI_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").and_then(|a| a.parse().ok());
        let address = address.unwrap_or_else(|| panic!("it does not listen: {line}"));
        Self { child, address }
    }

    /// SIGKILL: nothing is tidied up.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}

/// A client of the API that keeps its connection.
pub struct Client {
    address: SocketAddr,
    token: String,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub fn new(served: &Served, installation: &Installation) -> Self {
        Self { address: served.address, token: installation.token.clone(), connection: None }
    }

    /// Status and body of the answer; an error when there is none.
    pub fn post(&mut self, path: &str, key: Uuid, body: &Value) -> io::Result<(u16, Value)> {
        self.send("POST", path, key, &body.to_string())
    }

    /// Status and body of the answer; an error when there is none.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        key: Uuid,
        body: &str,
    ) -> io::Result<(u16, Value)> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(self.address)?,
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: lunpai\r\nauthorization: Bearer {}\r\nidempotency-key: {key}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        connection.get_ref().write_all(request.as_bytes())?;
        let (connection, status, body) = answer(connection)?;
        self.connection = Some(connection);
        Ok((status, serde_json::from_slice(&body)?))
    }
}

/// A connection that gives up after a while.
pub fn connect(address: SocketAddr) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

fn answer(
    mut connection: BufReader<TcpStream>,
) -> io::Result<(BufReader<TcpStream>, u16, Vec<u8>)> {
    let cut_off = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(cut_off)?;
    let mut length = 0;
    loop {
        line.clear();
        if connection.read_line(&mut line)? == 0 {
            return Err(cut_off());
        }
        let header = line.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(number) = header.strip_prefix("content-length:") {
            length = number.trim().parse().map_err(|_| cut_off())?;
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body)?;
    Ok((connection, status, body))
}
