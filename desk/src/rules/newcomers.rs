use std::collections::BTreeSet;

/// Those of a further page who are not known yet. Whoever got another id since they came stands where they were, and comes
/// again where the server has them now.
pub fn newcomers<T>(known: &[T], page: Vec<T>, id: fn(&T) -> &str) -> Vec<T> {
    let again: BTreeSet<String> = {
        // A page is short, and those who are known may be very many.
        let of_page: BTreeSet<&str> = page.iter().map(id).collect();
        known.iter().map(id).filter(|known| of_page.contains(known)).map(str::to_owned).collect()
    };
    page.into_iter().filter(|one| !again.contains(id(one))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_known_comes_only_once() {
        let id: fn(&&'static str) -> &'static str = |one| one;
        assert_eq!(newcomers(&["ada", "alan"], vec!["alan", "grace"], id), ["grace"]);
        assert_eq!(newcomers(&["ada"], vec!["alan", "grace"], id), ["alan", "grace"]);
        assert!(newcomers(&[], Vec::new(), id).is_empty());
    }
}
