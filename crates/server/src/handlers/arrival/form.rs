//! What the desk filled in, and what it says of the visitor.

use app::{
    AppError, ClientId, CommandId, TeamId,
    clients::{self, Client, NewClient},
    rotation,
};
use domain::rotation::state::{Arrival, Came, Channel, Purpose};
use serde::Deserialize;

use crate::{
    handlers::{
        answer::{beside, command_id},
        visits::{chosen, panel},
    },
    language::Key,
    pages::{arrival::view::ArrivalForm, frame::Problem},
    web::{failure::Failure, notice, reader::Reader, state::Server},
};

/// The form as it is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    command: String,
    first_visit: String,
    expected: String,
    expected_by: String,
    met: String,
    met_whom: String,
    look: String,
    client: String,
    client_name: String,
    name: String,
    telephone: String,
    people_count: String,
    purpose: String,
    source: String,
    referred_by: String,
    assigned_to: String,
    team: String,
    questions: String,
    pub situation: String,
    pub override_to: String,
    pub override_reason: String,
}

/// The ways of coming, in the order of the page.
pub const SOURCES: [&str; 6] = ["naturally", "outreach", "phoned", "contacted", "referral", "call"];
/// The purposes, in the order of the page.
pub const PURPOSES: [&str; 5] = ["buying", "enquiry", "material", "non_buyer", "non_viewing"];
/// How many clients one part of a name may mean.
const REFERRERS_MOST: i64 = 2;

impl Sent {
    /// Whether anything was asked yet.
    pub fn is_blank(&self) -> bool {
        let Self { first_visit, expected_by, met_whom, client, name, telephone, .. } = self;
        let Self { purpose, source, referred_by, assigned_to, situation, override_to, .. } = self;
        [first_visit, expected_by, met_whom, client, name, telephone, purpose, source]
            .into_iter()
            .chain([referred_by, assigned_to, situation, override_to, &self.expected, &self.met])
            .all(|text| text.trim().is_empty())
    }

    /// Whether it says whose ring deals.
    pub fn names_team(&self) -> bool {
        self.team.parse::<CommandId>().is_ok()
    }

    /// The id of the command.
    pub fn command(&self) -> CommandId {
        command_id(&self.command)
    }

    /// The form as the page shows it again.
    pub fn shown(&self, problems: Vec<Problem>) -> ArrivalForm {
        let sent = self.clone();
        ArrivalForm {
            command: sent.command,
            first_visit: sent.first_visit,
            expected: sent.expected,
            expected_by: sent.expected_by,
            met: sent.met,
            met_whom: sent.met_whom,
            look: sent.look,
            client: sent.client,
            client_name: sent.client_name,
            name: sent.name,
            telephone: sent.telephone,
            people_count: self.people(),
            purpose: sent.purpose,
            source: sent.source,
            referred_by: sent.referred_by,
            assigned_to: sent.assigned_to,
            team: sent.team,
            questions: sent.questions,
            problems,
        }
    }

    /// The same under a new command, for a client who is known by now.
    pub fn anew(&self, client: Option<ClientId>) -> Self {
        let known = client.map(|client| client.to_string());
        Self {
            command: CommandId::now_v7().to_string(),
            client: known.unwrap_or_else(|| self.client.clone()),
            ..self.clone()
        }
    }

    fn people(&self) -> u32 {
        self.people_count.trim().parse().unwrap_or(1).clamp(1, 99)
    }

    /// The client it means: the one chosen, else the only one with this telephone.
    pub async fn known(&self, server: &Server, reader: &Reader) -> Result<Option<Client>, Failure> {
        let (app, caller) = (&server.app, reader.caller());
        if let Ok(id) = self.client.parse() {
            return Ok(Some(clients::get(app, caller, ClientId(id)).await?));
        }
        let telephone = self.telephone.trim();
        if clients::normalise(telephone).is_err() {
            return Ok(None);
        }
        let mut found = clients::search(app, caller, reader.site.id, telephone, 2).await?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The client it means, registered if nobody knew them; nobody where nothing was given.
    pub async fn register(
        &self,
        server: &Server,
        reader: &Reader,
    ) -> Result<Option<ClientId>, AppError> {
        let telephone = self.telephone.trim();
        if self.name.trim().is_empty() && telephone.is_empty() {
            return Ok(None);
        }
        let new = NewClient {
            name: self.name.trim().to_owned(),
            telephones: Some(telephone.to_owned())
                .filter(|it| !it.is_empty())
                .into_iter()
                .collect(),
            ..NewClient::default()
        };
        let id = beside(self.command(), 1);
        let client =
            clients::register(&server.app, reader.caller(), reader.site.id, id, &new).await?;
        Ok(Some(client.id))
    }

    /// What is known of the visitor. `contacts` says whether the rulebook speaks of people who were in
    /// touch with somebody.
    pub async fn arrival(
        &self,
        server: &Server,
        reader: &Reader,
        client: Option<ClientId>,
        contacts: bool,
    ) -> Result<Arrival, Failure> {
        let expected_by = chosen(&self.expected_by);
        let met_whom = chosen(&self.met_whom);
        let came = match self.source.as_str() {
            "outreach" => Came::Outreach,
            "phoned" => Came::Phoned,
            "contacted" => Came::Contacted,
            "" if expected_by.is_some() && contacts => Came::Contacted,
            _ => Came::Naturally,
        };
        let purpose = match self.purpose.as_str() {
            "enquiry" => Purpose::Enquiry,
            "material" => Purpose::Material,
            "non_buyer" => Purpose::NonBuyer,
            "non_viewing" => Purpose::NonViewing,
            _ => Purpose::Buying,
        };
        let call = self.source == "call";
        let said = Arrival {
            client,
            channel: if call { Channel::Phone } else { Channel::WalkIn },
            came,
            contact: expected_by.or(met_whom),
            named: expected_by.or(met_whom),
            introduced_by: self.referrer(server, reader).await?,
            purpose,
            people: self.people(),
            assigned: chosen(&self.assigned_to),
            team: self.team.parse().ok().map(TeamId),
            questions: self.questions.trim().parse().ok(),
            ..Arrival::default()
        };
        Ok(match panel::situation(&self.situation) {
            Some(situation) => panel::corrected(&said, situation),
            None => said,
        })
    }

    /// Whose client referred the visitor, where one client alone is meant.
    async fn referrer(
        &self,
        server: &Server,
        reader: &Reader,
    ) -> Result<Option<app::Ownership>, Failure> {
        let typed = self.referred_by.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let (app, caller) = (&server.app, reader.caller());
        let found = clients::search(app, caller, reader.site.id, typed, REFERRERS_MOST).await?;
        match found.as_slice() {
            [one] => Ok(rotation::facts(app, caller, one.id).await?),
            _ => Ok(None),
        }
    }
}

/// What is wrong with a field, in the reader's language.
#[must_use]
pub fn problem(reader: &Reader, field: &str, key: &impl AsRef<str>) -> Problem {
    Problem { field: field.to_owned(), text: notice::text(&reader.words(), key.as_ref()) }
}

/// What is wrong with the client's data.
pub fn problem_of(reader: &Reader, error: AppError) -> Result<Problem, Failure> {
    match error {
        AppError::Invalid { field: "name", .. } => {
            Ok(problem(reader, "name", &Key("arrival-name-unfit")))
        }
        AppError::Invalid { .. } => {
            Ok(problem(reader, "telephone", &Key("arrival-telephone-unfit")))
        }
        other => Err(other.into()),
    }
}
