//! Who may use which use case: one table, asked inside the use cases.
//!
//! What a rulebook says about authority (who deals, who sets the order, who approves an outing) is decided
//! by `domain`; this table only opens the doors that lead there.

use domain::rotation::rules::Role;
use serde::{Deserialize, Serialize};

use Role::{
    Administrator as A, Consultant as C, HeadOffice as H, Manager as M, Receptionist as R,
    Secretary as S, Supervisor as V,
};

/// What a token of the API may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reading boards, registers and decisions.
    Read,
    /// Commands to a floor.
    Rotation,
    /// Clients, with their names and telephones.
    Clients,
    /// People, sites and their sign-ins.
    People,
    /// Rulebooks.
    Rulebooks,
    /// The audit.
    Audit,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Rotation, Self::Clients, Self::People, Self::Rulebooks, Self::Audit];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Rotation => "rotation",
            Self::Clients => "clients",
            Self::People => "people",
            Self::Rulebooks => "rulebooks",
            Self::Audit => "audit",
        }
    }

    /// The scope that a word means.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $scope:ident, [$($role:ident),+];)+) => {
        /// A door to use cases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $($(#[$doc])* $name,)+ }

        impl Permission {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its word, for messages and tables.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The roles that have it.
            #[must_use]
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$($role),+]),+ }
            }

            /// The scope that a token needs for it.
            #[must_use]
            pub const fn scope(self) -> Scope {
                match self { $(Self::$name => Scope::$scope),+ }
            }
        }
    };
}

permissions! {
    /// Seeing the board, visits and decisions.
    SeeFloor = "see_floor", Read, [R, S, C, V, M, H, A];
    /// Seeing fairness and other people's turns.
    SeeFairness = "see_fairness", Read, [R, S, C, V, M, H, A];
    /// Taking the visitor register out as a file.
    ExportRegister = "export_register", Read, [S, V, M, H];
    /// Letting a visitor in, and what follows at the desk.
    Deal = "deal", Rotation, [R, S, C, V, M];
    /// Signing in, stepping out, accepting and finishing for oneself.
    Attend = "attend", Rotation, [R, S, C, V, M];
    /// The same for somebody else.
    AttendForOthers = "attend_for_others", Rotation, [R, S, V, M];
    /// Order, make-ups, suspensions, breaches, approvals, overrides.
    Supervise = "supervise", Rotation, [S, V, M, A];
    /// Opening and closing the day.
    RunDay = "run_day", Rotation, [R, S, V, M];
    /// Writing down what happened before.
    RecordPast = "record_past", Rotation, [V, M];
    /// Seeing clients, masked.
    SeeClients = "see_clients", Clients, [R, S, C, V, M, H];
    /// Registering clients and correcting what is known of them.
    RegisterClients = "register_clients", Clients, [R, S, C, V, M];
    /// Saying whose client somebody is, and whether a deal closed.
    SetOwner = "set_owner", Clients, [V, M];
    /// Seeing names and telephones of any client in full; owners see their own clients'.
    Reveal = "reveal", Clients, [R, S, V, M];
    /// Taking files of clients in.
    ImportClients = "import_clients", Clients, [S, V, M];
    /// Taking clients out as a file; in full only for who may see them in full.
    ExportClients = "export_clients", Clients, [V, M, H];
    /// Saying that two records are one client, and taking that back.
    MergeClients = "merge_clients", Clients, [S, V, M];
    /// Erasing who a client is, for good.
    EraseClients = "erase_clients", Clients, [M, H];
    /// Recording deals and moving them on.
    RecordDeals = "record_deals", Clients, [R, S, C, V, M];
    /// Ruling on the parts of deals, and calling deals off.
    RuleDeals = "rule_deals", Clients, [V, M];
    /// Seeing everybody's commission; everybody sees their own.
    SeeLedgers = "see_ledgers", Clients, [M, H];
    /// Entering base pay and bonuses.
    EnterPay = "enter_pay", Clients, [M];
    /// Seeing who works here.
    SeePeople = "see_people", Read, [R, S, C, V, M, H, A];
    /// Changing who works here, and with which roles.
    EditPeople = "edit_people", People, [M, A];
    /// Sites and teams.
    EditSites = "edit_sites", People, [A];
    /// Tokens of the API.
    EditTokens = "edit_tokens", People, [A];
    /// Reading rulebooks.
    SeeRulebooks = "see_rulebooks", Read, [R, S, C, V, M, H, A];
    /// Writing drafts of rulebooks.
    EditRulebooks = "edit_rulebooks", Rulebooks, [V, M, H, A];
    /// Approving and activating rulebooks.
    ApproveRulebooks = "approve_rulebooks", Rulebooks, [M, H];
    /// Verifying the journal, and reading all of it.
    Audit = "audit", Audit, [H, A];
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_table() {
        let rows: Vec<String> = Permission::ALL
            .iter()
            .map(|p| {
                let roles: Vec<&str> = p.roles().iter().map(|role| role.word()).collect();
                format!("{} ({}): {}\n", p.word(), p.scope().word(), roles.join(" "))
            })
            .collect();
        expect![[r#"
            see_floor (read): receptionist secretary consultant supervisor manager head_office administrator
            see_fairness (read): receptionist secretary consultant supervisor manager head_office administrator
            export_register (read): secretary supervisor manager head_office
            deal (rotation): receptionist secretary consultant supervisor manager
            attend (rotation): receptionist secretary consultant supervisor manager
            attend_for_others (rotation): receptionist secretary supervisor manager
            supervise (rotation): secretary supervisor manager administrator
            run_day (rotation): receptionist secretary supervisor manager
            record_past (rotation): supervisor manager
            see_clients (clients): receptionist secretary consultant supervisor manager head_office
            register_clients (clients): receptionist secretary consultant supervisor manager
            set_owner (clients): supervisor manager
            reveal (clients): receptionist secretary supervisor manager
            import_clients (clients): secretary supervisor manager
            export_clients (clients): supervisor manager head_office
            merge_clients (clients): secretary supervisor manager
            erase_clients (clients): manager head_office
            record_deals (clients): receptionist secretary consultant supervisor manager
            rule_deals (clients): supervisor manager
            see_ledgers (clients): manager head_office
            enter_pay (clients): manager
            see_people (read): receptionist secretary consultant supervisor manager head_office administrator
            edit_people (people): manager administrator
            edit_sites (people): administrator
            edit_tokens (people): administrator
            see_rulebooks (read): receptionist secretary consultant supervisor manager head_office administrator
            edit_rulebooks (rulebooks): supervisor manager head_office administrator
            approve_rulebooks (rulebooks): manager head_office
            audit (audit): head_office administrator
        "#]].assert_eq(&rows.concat());
    }
}
