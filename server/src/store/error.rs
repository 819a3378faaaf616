/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Neither SQLite nor PostgreSQL.
    #[error("the database address must begin with sqlite: or postgres://")]
    Address,
    /// Two events cannot stand at one address.
    #[error("an event with the slug “{0}” exists already; choose another slug")]
    SlugTaken(String),
    /// Of several events that were to be added, these stand at addresses that others have; by their places.
    #[error("events with these slugs exist already; choose others: {}", .0.iter().map(|(_, slug)| slug.as_str()).collect::<Vec<_>>().join(", "))]
    SlugsTaken(Vec<(usize, String)>),
    /// Nothing has this slug.
    #[error("no event has the slug “{0}”; `curtain-up event list` shows those there are")]
    NoSuchEvent(String),
    /// A list is for the events of one organisation.
    #[error("the event “{0}” is another organisation's; upload the list there separately")]
    OtherOrganisation(String),
    /// Two series cannot stand at one address.
    #[error("a series with the slug “{0}” exists already; choose another slug")]
    SeriesTaken(String),
    /// No series has this slug.
    #[error("no series has the slug “{0}”; add it first: curtain-up event series add {0} --title …")]
    NoSuchSeries(String),
    /// Somebody else changed the event since it was read.
    #[error("the event was changed meanwhile: it is at version {0} now; look at it again")]
    Stale(i64),
    /// A person is on an event's list once.
    #[error("somebody else on the event's list has this address")]
    AddressTaken,
    /// Nobody on the event's list.
    #[error("nobody on this event's list is meant; `curtain-up people list` shows who is on it")]
    NoSuchPerson,
    /// No material of the event.
    #[error("the event “{0}” has no link with this id; `curtain-up material list {0}` shows those it has")]
    NoSuchMaterial(String),
    /// The order names other materials than the event has.
    #[error("the order must name each link of the event once")]
    OtherMaterials,
    /// A material leads to no event of the organisation.
    #[error("no event of this organisation has the slug “{0}”, so no link can lead there")]
    LeadsNowhere(String),
    /// No job of the organisation.
    #[error("no job is meant")]
    NoSuchJob,
    /// There is no link to send: the event or the registration was cancelled, or the event is over.
    #[error("there is no link to send: the event is over or cancelled, or the registration was cancelled")]
    NoLink,
    /// A mail was sent a moment ago.
    #[error("a link was sent to them a moment ago; wait a little")]
    TooSoon,
    /// An address is one host's.
    #[error("a host has this address already")]
    HostKnown,
    /// No host of the organisation.
    #[error("no host of this organisation is meant; `curtain-up host list` shows those there are")]
    NoSuchHost,
    /// An organisation without hosts could be managed by nobody.
    #[error("an organisation keeps one host at least; make somebody else a host first")]
    LastHost,
    /// A row that this server cannot have written.
    #[error("the database holds a {0} that this server does not understand; was it written by a newer one?")]
    Corrupt(&'static str),
    /// Nobody got a turn to write within five seconds.
    #[error("the database is busy; try again")]
    Busy,
    /// The database said no, or nothing.
    #[error("the database did not do it: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the database's tables could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}
