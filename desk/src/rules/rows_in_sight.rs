use std::ops::Range;

/// How many rows are kept ready above and below those in sight, so that scrolling shows no gaps.
const READY: usize = 12;

/// Which rows of a long table need to be there, by how far it is scrolled, how high it is and how high each row is, all in
/// pixels. However many rows there are, it is as many as fit in sight and a few more.
pub fn rows_in_sight(scrolled: f64, height: f64, row: f64, count: usize) -> Range<usize> {
    // Casting cuts off below zero and above what there can be.
    let at = |pixels: f64| (pixels / row.max(1.0)) as usize;
    let start = at(scrolled).saturating_sub(READY).min(count);
    let end = at(scrolled + height).saturating_add(1 + READY).min(count);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_in_sight_and_a_few_more_are_there() {
        for (scrolled, height, count, expected) in [
            (0.0, 440.0, 100_000, 0..23),
            (44_000.0, 440.0, 100_000, 988..1_023),
            (4_400_000.0, 440.0, 100_000, 99_988..100_000),
            (9e9, 440.0, 100_000, 100_000..100_000),
            (-20.0, 440.0, 5, 0..5),
            (0.0, 440.0, 0, 0..0),
        ] {
            assert_eq!(rows_in_sight(scrolled, height, 44.0, count), expected, "scrolled {scrolled} of {count}");
        }
    }

    #[test]
    fn a_row_without_a_height_is_no_disaster() {
        assert!(rows_in_sight(10.0, 800.0, 0.0, 5).end <= 5);
        assert_eq!(rows_in_sight(f64::NAN, 440.0, 44.0, 10), 0..10.min(1 + READY));
    }
}
