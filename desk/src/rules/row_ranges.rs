use std::ops::RangeInclusive;

/// Rows as ranges, in their order: 2, 3, 4 and 7 are 2 to 4, and 7.
pub fn row_ranges(rows: &[u64]) -> Vec<RangeInclusive<u64>> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let mut ranges: Vec<RangeInclusive<u64>> = Vec::new();
    for row in rows {
        match ranges.last_mut() {
            Some(last) if row <= last.end().saturating_add(1) => *last = *last.start()..=row,
            _ => ranges.push(row..=row),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_each_other_are_one_range() {
        for (rows, ranges) in [
            (vec![], vec![]),
            (vec![7], vec![7..=7]),
            (vec![2, 3, 4, 7], vec![2..=4, 7..=7]),
            (vec![2, 4, 6], vec![2..=2, 4..=4, 6..=6]),
            (vec![9, 3, 2, 10, 3], vec![2..=3, 9..=10]),
            ((2..=100_001).collect(), vec![2..=100_001]),
            (vec![u64::MAX, u64::MAX - 1], vec![u64::MAX - 1..=u64::MAX]),
        ] {
            assert_eq!(row_ranges(&rows), ranges);
        }
    }
}
