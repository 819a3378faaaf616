use std::collections::BTreeSet;

/// Who is selected, by id. They stay so while the host searches for others: who is looked for one by one is gathered here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(BTreeSet<String>);

impl Selection {
    /// How many are selected.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<String> {
        self.0.iter().cloned().collect()
    }

    /// Whether somebody is selected.
    pub fn holds(&self, id: &str) -> bool {
        self.0.contains(id)
    }

    /// Whether all of these are. Of nobody, nobody is.
    pub fn holds_all<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> bool {
        let mut ids = ids.into_iter().peekable();
        ids.peek().is_some() && ids.all(|id| self.holds(id))
    }

    /// How many are selected who are not among these, of whom somebody may be named twice.
    pub fn beyond<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> usize {
        let among: BTreeSet<&str> = ids.into_iter().filter(|id| self.holds(id)).collect();
        self.len() - among.len()
    }

    /// Selects somebody, or selects them no more.
    pub fn turn(&mut self, id: &str) {
        if !self.0.remove(id) {
            self.0.insert(id.to_owned());
        }
    }

    /// Selects all of these; where they all are, none of them any more. Others stay as they are.
    pub fn turn_all<'a>(&mut self, ids: impl IntoIterator<Item = &'a str> + Clone) {
        match self.holds_all(ids.clone()) {
            true => ids.into_iter().for_each(|id| self.forget(id)),
            false => self.0.extend(ids.into_iter().map(str::to_owned)),
        }
    }

    /// Selects nobody.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Selects somebody no more.
    pub fn forget(&mut self, id: &str) {
        self.0.remove(id);
    }

    /// Follows somebody who has another id now.
    pub fn follow(&mut self, before: &str, now: &str) {
        if self.0.remove(before) {
            self.0.insert(now.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[&str]) -> Selection {
        Selection(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn as_many_others_are_not_all_of_these() {
        let selection = of(&["ada", "alan"]);
        assert!(selection.holds_all(["ada", "alan"]));
        assert!(!selection.holds_all(["ada", "grace"]), "they are counted nowhere");
        assert!(!selection.holds_all([]), "a box above an empty table is not ticked");
        assert_eq!(selection.beyond(["ada", "grace"]), 1);
        assert_eq!(selection.beyond(["alan", "ada"]), 0);
        assert_eq!(selection.beyond(["ada", "grace", "ada", "ada"]), 1, "whoever is named twice is one");
    }

    #[test]
    fn all_who_are_shown_are_selected_or_none_of_them_and_others_stay() {
        let mut selection = of(&["ada"]);
        selection.turn_all(["alan", "grace"]);
        assert_eq!(selection, of(&["ada", "alan", "grace"]));
        selection.turn_all(["alan", "grace"]);
        assert_eq!(selection, of(&["ada"]));
    }

    #[test]
    fn whoever_has_another_id_stays_selected_and_nobody_becomes_so() {
        let mut selection = of(&["ada"]);
        selection.follow("ada", "ada-2");
        selection.follow("alan", "alan-2");
        assert_eq!(selection, of(&["ada-2"]));
    }
}
