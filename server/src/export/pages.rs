//! An export page by page, so that a million people take no more memory than a thousand.

use super::{BYTE_ORDER_MARK, Column, header, jsonl::line, record};
use crate::{
    export::ExportedPerson,
    revealed::{Reveal, Revealed},
    store::{
        Store, StoreError,
        event::Event,
        people::{Cursor, ListedPerson, PeopleRequest},
    },
    trust::secrets::Secrets,
};
use curtain_up_protocol::desk::{ExportFormat, ExportRequest, PeopleFilter, Sort};

/// How many people are read at once.
const PAGE: i64 = 500;

/// What every page is written with.
pub struct Pages {
    store: Store,
    secrets: Secrets,
    public_url: String,
    event: Event,
    columns: Vec<Column>,
    format: ExportFormat,
    filter: PeopleFilter,
    next: Next,
}

/// What comes next.
enum Next {
    /// The first page, behind what every file begins with.
    Beginning(String),
    /// The page behind this person.
    After(Cursor),
    /// Nothing.
    End,
}

impl Pages {
    /// An export that begins.
    pub fn new(store: &Store, secrets: &Secrets, public_url: &str, event: Event, columns: Vec<Column>, request: &ExportRequest) -> Self {
        let beginning = match request.format {
            ExportFormat::Csv => format!("{}{}", if request.bom { BYTE_ORDER_MARK } else { "" }, header(&columns)),
            ExportFormat::Jsonl => String::new(),
        };
        Self {
            store: store.clone(),
            secrets: secrets.clone(),
            public_url: public_url.to_owned(),
            event,
            columns,
            format: request.format,
            filter: request.filter(),
            next: Next::Beginning(beginning),
        }
    }

    /// The next piece of the file; nothing at its end.
    ///
    /// # Errors
    /// [`StoreError::Database`]; what was read before is half a list then.
    pub async fn next(&mut self) -> Result<Option<String>, StoreError> {
        let (mut text, after) = match std::mem::replace(&mut self.next, Next::End) {
            Next::Beginning(text) => (text, None),
            Next::After(cursor) => (String::new(), Some(cursor)),
            Next::End => return Ok(None),
        };
        let page = self
            .store
            .people(&PeopleRequest {
                event: &self.event.id,
                filter: &self.filter,
                sort: Sort::RegisteredAt,
                descending: false,
                after,
                limit: PAGE,
            })
            .await?;
        for person in page.people {
            text.push_str(&self.written(person));
        }
        self.next = page.next.map_or(Next::End, Next::After);
        Ok(Some(text))
    }

    fn written(&self, listed: ListedPerson) -> String {
        let has = |column| self.columns.contains(&column);
        let reveal = Reveal { key: has(Column::AccessKey), link: has(Column::AccessLink), code: has(Column::Code) };
        let revealed = Revealed::of(&listed.registrant, &self.event, reveal, &self.secrets, &self.public_url);
        let person = ExportedPerson { listed, revealed };
        match self.format {
            ExportFormat::Csv => record(&self.columns, &person),
            ExportFormat::Jsonl => line(&self.columns, &person),
        }
    }
}
