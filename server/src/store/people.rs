//! People, as the desk's table and exports read them: filtered, sorted, and page by page, so that a hundred thousand
//! are read as quickly as ten.

use super::{
    Store, StoreError, from_name,
    mail_status::NEVER_OPENED,
    registrant::{self, Registrant},
    search_text::patterns,
    to_name,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use curtain_up_protocol::desk::{MailStatus, PeopleFilter, Sort};
use serde::{Deserialize, Serialize};
use sqlx::{
    Any, AssertSqlSafe, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

/// Somebody, and where their mail stands.
pub struct ListedPerson {
    /// The registrant.
    pub registrant: Registrant,
    /// Where their mail stands.
    pub mail: MailStatus,
    /// Where they came from, in a word.
    pub source_name: String,
}

/// A page of people.
pub struct PeoplePage {
    /// They.
    pub people: Vec<ListedPerson>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// How many match in all.
    pub total: i64,
}

/// Where a page begins: behind this person. It carries the total, which is counted once.
#[derive(Clone, Serialize, Deserialize)]
pub struct Cursor {
    #[serde(rename = "v")]
    value: Value,
    #[serde(rename = "i")]
    id: String,
    #[serde(rename = "t")]
    total: i64,
}

impl Cursor {
    /// Reads what [`Self::text`] wrote for a list in this order.
    pub fn parse(text: &str, sort: Sort) -> Option<Self> {
        let cursor: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let is_of_this_order = matches!(cursor.value, Value::Number(_)) == (sort == Sort::RegisteredAt);
        is_of_this_order.then_some(cursor)
    }

    /// The cursor as its reader gets it: nothing to make sense of.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Which people, in which order, from where on.
pub struct PeopleRequest<'a> {
    /// The event's id.
    pub event: &'a str,
    /// Which.
    pub filter: &'a PeopleFilter,
    /// In which order.
    pub sort: Sort,
    /// Whether the last comes first.
    pub descending: bool,
    /// Where to begin.
    pub after: Option<Cursor>,
    /// How many.
    pub limit: i64,
}

/// A value in a query, never part of its text.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    Number(i64),
    Text(String),
}

/// Conditions over `registrants`, put together from texts of this file and values that are bound.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Condition {
    /// Who of an event's list matches.
    pub(super) fn of(event: &str, filter: &PeopleFilter) -> Result<Self, StoreError> {
        let mut condition = Self { sql: String::new(), values: Vec::new() };
        let event = condition.value(Value::Text(event.to_owned()));
        condition.sql = format!("registrants.event_id = {event}");
        for pattern in patterns(&filter.search) {
            let pattern = condition.value(Value::Text(pattern));
            condition.and(&format!("registrants.search_text LIKE {pattern} ESCAPE '\\'"));
        }
        if let Some(seat) = filter.seat {
            let seat = condition.value(Value::Text(to_name(seat)?));
            condition.and(&format!("registrants.seat = {seat}"));
        }
        if let Some(source) = &filter.source {
            let source = condition.value(Value::Text(source.clone()));
            condition.and(&format!("registrants.source_name = {source}"));
        }
        if let Some(attended) = filter.attended {
            condition.and(&format!("registrants.attended_at IS {} NULL", if attended { "NOT" } else { "" }));
        }
        if let Some(mail) = filter.mail {
            let mail = condition.value(Value::Text(mail.name().to_owned()));
            condition.and(&format!("registrants.mail_status = {mail}"));
        }
        Ok(condition)
    }

    /// Only those who have seen no mail, as far as is known.
    pub(super) fn and_never_opened(&mut self) {
        self.and(NEVER_OPENED);
    }

    /// Only those behind a cursor, in an order by this column.
    fn and_behind(&mut self, column: &str, descending: bool, cursor: Cursor) {
        let compare = if descending { '<' } else { '>' };
        let (value, id) = (self.value(cursor.value), self.value(Value::Text(cursor.id)));
        self.and(&format!("({column}, registrants.id) {compare} ({value}, {id})"));
    }

    fn and(&mut self, sql: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
    }

    /// Keeps a value to be bound, and gives the name by which the text refers to it.
    pub(super) fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    pub(super) fn bind<'q>(self, mut query: Query<'q, Any, AnyArguments>) -> Query<'q, Any, AnyArguments> {
        for value in self.values {
            query = match value {
                Value::Number(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        query
    }
}

impl Store {
    /// A page of people.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn people(&self, request: &PeopleRequest<'_>) -> Result<PeoplePage, StoreError> {
        let total = match &request.after {
            Some(cursor) => cursor.total,
            None => self.count_people(request.event, request.filter).await?,
        };
        let column = match request.sort {
            Sort::RegisteredAt => "registrants.registered_at",
            Sort::Name => "registrants.search_text",
            Sort::Email => "registrants.canonical_email",
        };
        let mut condition = Condition::of(request.event, request.filter)?;
        if let Some(cursor) = request.after.clone() {
            condition.and_behind(column, request.descending, cursor);
        }
        let order = if request.descending { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT * FROM registrants WHERE {}
             ORDER BY {column} {order}, registrants.id {order} LIMIT {}",
            condition.sql,
            request.limit + 1,
        );
        let rows = condition.bind(sqlx::query(AssertSqlSafe(sql))).fetch_all(&self.pool).await?;
        let wanted = usize::try_from(request.limit).unwrap_or_default();
        let people = rows.iter().take(wanted).map(read).collect::<Result<Vec<ListedPerson>, StoreError>>()?;
        let last = rows.get(wanted.saturating_sub(1)).filter(|_| rows.len() > wanted);
        let next = last.map(|row| cursor(row, request.sort, total)).transpose()?;
        Ok(PeoplePage { people, next, total })
    }

    /// How many people match.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count_people(&self, event: &str, filter: &PeopleFilter) -> Result<i64, StoreError> {
        let condition = Condition::of(event, filter)?;
        let sql = format!("SELECT COUNT(*) FROM registrants WHERE {}", condition.sql);
        Ok(condition.bind(sqlx::query(AssertSqlSafe(sql))).fetch_one(&self.pool).await?.try_get(0)?)
    }

    /// Somebody on an event's list.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::Database`].
    pub async fn listed_person(&self, event: &str, id: &str) -> Result<ListedPerson, StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE event_id = $1 AND id = $2").bind(event).bind(id);
        let row = row.fetch_optional(&self.pool).await?;
        read(&row.ok_or(StoreError::NoSuchPerson)?)
    }
}

fn cursor(row: &AnyRow, sort: Sort, total: i64) -> Result<Cursor, StoreError> {
    let value = match sort {
        Sort::RegisteredAt => Value::Number(row.try_get("registered_at")?),
        Sort::Name => Value::Text(row.try_get("search_text")?),
        Sort::Email => Value::Text(row.try_get("canonical_email")?),
    };
    Ok(Cursor { value, id: row.try_get("id")?, total })
}

fn read(row: &AnyRow) -> Result<ListedPerson, StoreError> {
    Ok(ListedPerson {
        registrant: registrant::read(row)?,
        mail: from_name("status of a mail", &row.try_get::<String, _>("mail_status")?)?,
        source_name: row.try_get("source_name")?,
    })
}
