use std::{future::Future, time::Duration};
use tokio::time::{Instant, sleep_until};

/// Answers leave on the tick of this clock, counted from their request.
const TICK: Duration = Duration::from_millis(100);

/// Does `work` and gives its answer out at the next tick, so that the time an answer takes does not tell what was
/// found (OWASP Authentication Cheat Sheet, *Authentication and Error Messages*).
pub async fn same_time<T>(work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let answer = work.await;
    let ticks = u32::try_from(start.elapsed().as_nanos() / TICK.as_nanos() + 1).unwrap_or(u32::MAX);
    sleep_until(start + TICK * ticks).await;
    answer
}
