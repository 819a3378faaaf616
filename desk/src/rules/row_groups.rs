use std::collections::HashMap;
use std::hash::Hash;

/// Puts rows together that have the same to be said of them, such as the reason for which they are refused, in the order in
/// which it comes up first.
pub fn row_groups<T: Clone + Eq + Hash>(rows: impl IntoIterator<Item = (u64, T)>) -> Vec<(T, Vec<u64>)> {
    let mut known: HashMap<T, usize> = HashMap::new();
    let mut groups: Vec<(T, Vec<u64>)> = Vec::new();
    for (row, what) in rows {
        let at = *known.entry(what.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((what, vec![row])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_the_same_reason_are_one_group() {
        for (rows, groups) in [
            (vec![], vec![]),
            (vec![(2, "no address")], vec![("no address", vec![2])]),
            (
                vec![(2, "no address"), (3, "same code"), (5, "no address"), (9, "no name")],
                vec![("no address", vec![2, 5]), ("same code", vec![3]), ("no name", vec![9])],
            ),
        ] {
            assert_eq!(row_groups(rows), groups);
        }
    }
}
