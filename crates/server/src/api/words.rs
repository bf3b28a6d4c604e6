//! The words of the domain's choices, for the description: written once, by the domain.

use domain::attribution::rules::{Channel, Evidence, Field, Relation};
use domain::rotation::rules::{
    AbsenceKind, BreachKind, BusyKind, MakeUpKind, PlannedKind, Requirement, Role, Situation, Unfit,
};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{Object, ObjectBuilder, Type},
};

fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

macro_rules! words {
    ($($name:ident = $words:expr;)+) => {$(
        pub fn $name() -> RefOr<Schema> {
            RefOr::T(Schema::Object(of($words)))
        }
    )+};
}

words! {
    absence = AbsenceKind::ALL.iter().map(|kind| kind.word());
    breach = BreachKind::ALL.iter().map(|kind| kind.word());
    busy = BusyKind::ALL.iter().map(|kind| kind.word());
    make_up = MakeUpKind::ALL.iter().map(|kind| kind.word());
    situation = Situation::ALL.iter().map(|situation| situation.word());
    planned = PlannedKind::ALL.iter().map(|kind| kind.word());
    requirement = Requirement::ALL.iter().map(|requirement| requirement.word());
    unfit = Unfit::ALL.iter().map(|ground| ground.word());
    contact_channel = Channel::ALL.iter().map(|channel| channel.word());
    evidence = Evidence::ALL.iter().map(|evidence| evidence.word());
    relation = Relation::ALL.iter().map(|relation| relation.word());
    contact_kind = ["follow_up", "visit", "call"];
    basis = ["registration", "reception", "assigned", "distributed", "ruling"];
    channel = ["walk_in", "phone"];
    came = ["naturally", "outreach", "phoned", "contacted"];
    purpose = ["buying", "enquiry", "material", "non_buyer", "non_viewing"];
    owner_answer = ["both", "names", "nobody", "unreachable"];
}

/// A list of what a registration holds or lacks.
pub fn fields() -> RefOr<Schema> {
    list(of(Field::ALL.iter().map(|field| field.word())))
}

/// A list of roles.
pub fn roles() -> RefOr<Schema> {
    list(of(Role::ALL.iter().map(|role| role.word())))
}

/// A list of scopes.
pub fn scopes() -> RefOr<Schema> {
    list(of(app::roles::Scope::ALL.iter().map(|scope| scope.word())))
}

fn list(items: Object) -> RefOr<Schema> {
    RefOr::T(Schema::Array(utoipa::openapi::schema::ArrayBuilder::new().items(items).build()))
}
