//! JSON Lines: an object a person, with the names of the columns. Nothing is neutralised: no program runs JSON.

use super::{Column, ExportedPerson};
use serde_json::{Map, Value};

/// The line of a person. What was not answered is `null`; where several were chosen, the value is a list.
pub fn line(columns: &[Column], person: &ExportedPerson) -> String {
    let value = |column: &Column| {
        let mut values = column.values(person);
        match values.len() {
            0 => Value::Null,
            1 => Value::String(values.remove(0)),
            _ => Value::Array(values.into_iter().map(Value::String).collect()),
        }
    };
    let object: Map<String, Value> = columns.iter().map(|column| (column.name(), value(column))).collect();
    Value::Object(object).to_string() + "\n"
}
