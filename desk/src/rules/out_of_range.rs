/// What is wrong with something that is out of its range: that depends on which field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfRange {
    /// It is too small or too large.
    Number,
    /// It is a start that is over.
    Past,
    /// It is an end that comes before its beginning.
    BeforeItsBeginning,
}

impl OutOfRange {
    /// Of this field, by its path.
    pub fn of(field: &str) -> Self {
        match field.rsplit('.').next() {
            Some("start") => Self::Past,
            Some("closes_at" | "visible_to") => Self::BeforeItsBeginning,
            _ => Self::Number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_that_is_over_is_no_number() {
        for (field, wrong) in [
            ("start", OutOfRange::Past),
            ("dates.3.start", OutOfRange::Past),
            ("closes_at", OutOfRange::BeforeItsBeginning),
            ("visible_to", OutOfRange::BeforeItsBeginning),
            ("capacity", OutOfRange::Number),
            ("duration_minutes", OutOfRange::Number),
            ("minutes", OutOfRange::Number),
        ] {
            assert_eq!(OutOfRange::of(field), wrong, "{field}");
        }
    }
}
