use super::{EventPlanError, is_slug, rules::check_text};

/// A series as its host planned it. Its dates are events of their own, whose plans name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPlan {
    /// Its name in addresses: 1 to 64 of `a-z`, `0-9`, `-`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// BCP 47 tag of the language it is described in.
    pub language: String,
}

impl SeriesPlan {
    /// A plan that keeps the rules.
    ///
    /// # Errors
    /// [`EventPlanError`], for the first part that breaks a rule.
    pub fn new(slug: &str, title: &str, description: &str, language: &str) -> Result<Self, EventPlanError> {
        if !is_slug(slug) {
            return Err(EventPlanError::Slug(slug.to_owned()));
        }
        check_text("title", title, 1, 200)?;
        check_text("description", description, 0, 5_000)?;
        let [slug, title, description, language] = [slug, title, description, language].map(str::to_owned);
        Ok(Self { slug, title, description, language })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_has_a_slug_and_a_title() {
        assert!(SeriesPlan::new("canopy", "Meet Canopy", "", "en").is_ok());
        for (slug, title) in [("Canopy", "Meet Canopy"), ("", "Meet Canopy"), ("canopy", " ")] {
            assert!(SeriesPlan::new(slug, title, "", "en").is_err(), "{slug} {title}");
        }
    }
}
