//! Turns at what takes long and much memory: a few for everybody, one an organisation, so that none waits for another's
//! slow line.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

/// Who has a turn now.
#[derive(Clone, Debug)]
pub struct Turns {
    most: usize,
    taken: Arc<Mutex<BTreeSet<String>>>,
}

/// A turn, which is over when it is dropped.
#[derive(Debug)]
pub struct Turn {
    whose: String,
    taken: Arc<Mutex<BTreeSet<String>>>,
}

impl Turns {
    /// So many turns at once.
    pub fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// A turn for an organisation; none where it has one already, or all are taken.
    pub fn turn(&self, organisation: &str) -> Option<Turn> {
        // Nothing panics while it holds the lock; were it so, what is taken is still true.
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_free = taken.len() < self.most && taken.insert(organisation.to_owned());
        is_free.then(|| Turn { whose: organisation.to_owned(), taken: Arc::clone(&self.taken) })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.whose);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_has_one_turn_and_all_together_a_few() {
        let turns = Turns::new(2);
        let one = turns.turn("one").expect("a turn");
        assert!(turns.turn("one").is_none(), "one a time");
        let two = turns.turn("two").expect("a turn");
        assert!(turns.turn("three").is_none(), "two at once");
        drop(one);
        let three = turns.turn("three").expect("a turn");
        drop((two, three));
        assert!(turns.turn("one").is_some());
    }
}
