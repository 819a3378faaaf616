//! How a chore speaks: each step says what it does and how long it took.
//!
//! All of it goes to standard error, so that standard output is free for results.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Does one step of a chore: announces it, times it, and names it in its error.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{name} …");
    let started = Instant::now();
    let result = work().with_context(|| format!("{name}: failed"))?;
    eprintln!("{name}: {}", seconds(started.elapsed()));
    Ok(result)
}

/// Says that a step has nothing to do, and why; once, however many steps of a chore need it.
pub fn stands(name: &str, why: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let line = format!("{name}: {why}");
    if SAID.lock().is_ok_and(|mut said| said.insert(line.clone())) {
        eprintln!("{line}");
    }
}

/// A duration as people read it: `0.4 s`, `41.2 s`, `3 min 05 s`.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 120 { format!("{:.1} s", duration.as_secs_f64()) } else { format!("{} min {:02} s", whole / 60, whole % 60) }
}

/// An error with everything that led to it, one cause a line, for the end of a chore.
pub fn explain(error: &anyhow::Error) -> String {
    let mut causes = error.chain().map(ToString::to_string);
    let mut text = format!("error: {}", causes.next().unwrap_or_default());
    for cause in causes {
        text.push_str("\n  because: ");
        text.push_str(cause.trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_a_clock() {
        assert_eq!(seconds(Duration::from_millis(412)), "0.4 s");
        assert_eq!(seconds(Duration::from_millis(41_230)), "41.2 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn an_error_is_told_with_its_causes() {
        let error = anyhow::anyhow!("no such file").context("widget: failed");
        assert_eq!(explain(&error), "error: widget: failed\n  because: no such file");
    }
}
