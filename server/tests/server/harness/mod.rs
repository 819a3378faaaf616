//! What the tests stand on, so that their bodies read as specifications.

pub mod crowd;
pub mod host;
pub mod letter;
pub mod odd_office;
pub mod post_office;
pub mod postfix;
pub mod postgres;
pub mod program;
pub mod running;
pub mod server;
pub mod visitor;

pub use host::Host;
pub use letter::Letter;
pub use odd_office::OddOffice;
pub use post_office::PostOffice;
pub use program::Program;
pub use server::{Database, TestServer, plan};
pub use visitor::{Reply, Visitor, ada};

use std::{future::Future, time::Duration};

/// Does all jobs, `width` of them really at once, and gives their answers in order.
pub async fn in_parallel<T: Send + 'static>(
    width: usize,
    jobs: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut jobs = jobs.into_iter().peekable();
    let mut answers = Vec::new();
    while jobs.peek().is_some() {
        let running: Vec<_> = jobs.by_ref().take(width).map(tokio::spawn).collect();
        for job in running {
            answers.push(job.await.expect("a job ends without a panic"));
        }
    }
    answers
}

/// Asks until the answer is there. The deadline is far beyond what a busy machine needs: it only ends a test that hangs.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(tokio::time::Instant::now() < deadline, "{what} did not happen within a minute");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
