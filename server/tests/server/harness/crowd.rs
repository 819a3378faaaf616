//! A crowd on an event's list, with their mails, written in pieces as large as a database likes them: a hundred thousand
//! people take seconds. The tests and `examples/desk_bench` share it.

use curtain_up_protocol::KeyFormat;
use curtain_up_server::{
    store::{event::Event, search_text::search_text},
    trust::{access_keys::AccessKey, secrets::Secrets},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use std::fmt::Write;

const FIRST: [&str; 8] = ["Ada", "Grace", "Alan", "Юлия", "Zoë", "José", "Linus", "Margaret"];
const LAST: [&str; 7] = ["Lovelace", "Hopper", "Turing", "Ärger", "Ó Briain", "Hamilton", "Kovács"];
/// How many people one statement writes.
const AT_ONCE: usize = 500;

/// Of each hundred, one whose mails came back, nine who clicked, and ninety whose mails arrived; each has a confirmation and
/// a reminder. Every tenth came by a newsletter, every third was there.
pub async fn gather(database: &str, secrets: &Secrets, event: &Event, people: usize) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(database).await.expect("the database");
    let mut transaction = connection.begin().await.expect("a transaction");
    for first in (0..people).step_by(AT_ONCE) {
        let rows = (first..people.min(first + AT_ONCE)).map(|number| row(secrets, event, number)).collect::<Vec<_>>().join(",");
        let insert = format!(
            "INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat,
                sealed_key, registered_at, updated_at, search_text, source_name, attended_at, mail_status) VALUES {rows}"
        );
        sqlx::raw_sql(AssertSqlSafe(insert)).execute(&mut *transaction).await.expect("people");
    }
    for (suffix, kind, minutes) in [("confirmation", "confirmation", 0), ("r60", "reminder", 60)] {
        let insert = format!(
            "INSERT INTO outbox (id, event_id, registrant_id, kind, state, due_at, attempts, created_at, settled_at, clicked_at)
             SELECT id || '.{suffix}', event_id, id, '{kind}', CASE WHEN mail_status = 'bounced' THEN 'bounced' ELSE 'delivered' END,
                registered_at + {minutes} * 60000, 1, registered_at, registered_at + {minutes} * 60000,
                CASE WHEN mail_status = 'clicked' THEN registered_at + 1 ELSE NULL END
             FROM registrants WHERE event_id = '{}'",
            event.id
        );
        sqlx::raw_sql(AssertSqlSafe(insert)).execute(&mut *transaction).await.expect("mails");
    }
    transaction.commit().await.expect("written");
}

/// Somebody, as a row of SQL. What stands in it is this file's own: there is no quote in it.
fn row(secrets: &Secrets, event: &Event, number: usize) -> String {
    let id = uuid::Uuid::now_v7().to_string();
    let (first, last) = (FIRST[number % FIRST.len()], LAST[number % LAST.len()]);
    let email = format!("p{number}@example{}.com", number % 50);
    let source = if number.is_multiple_of(10) { "news" } else { "" };
    let status = match number % 100 {
        0 => "bounced",
        1..10 => "clicked",
        _ => "delivered",
    };
    let at = event.created_at.0 + number as i64;
    let key = AccessKey::random(KeyFormat::FourDigits).seal(secrets, &id);
    let searched = search_text(first, last, &email, None);
    let attended = if number.is_multiple_of(3) { at.to_string() } else { "NULL".to_owned() };
    let mut row = String::with_capacity(800);
    write!(
        row,
        "('{id}','{}','{email}','{email}','{first}','{last}','[{{\"field\":\"company\",\"values\":[\"Analytical Engines Ltd.\"]}}]','[]',\
         '{{\"utm\":[{{\"name\":\"source\",\"value\":\"{source}\"}}],\"ref\":\"\",\"referrer\":\"https://www.example.com/events/launch\"}}',\
         'confirmed','{key}',{at},{at},'{searched}','{source}',{attended},'{status}')",
        event.id
    )
    .expect("a text");
    row
}
