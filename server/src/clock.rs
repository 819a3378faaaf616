//! The server's clock, as a parameter: the binary reads the machine's, tests turn the hands themselves.

use curtain_up_protocol::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Tells what time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until somebody moves it.
    Manual(Arc<AtomicI64>),
    /// The machine's clock, ahead of it by so many milliseconds.
    Shifted(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that shows `now` until it is moved.
    pub fn manual(now: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(now.0)))
    }

    /// A clock that goes like the machine's until it is moved.
    pub fn shifted() -> Self {
        Self::Shifted(Arc::default())
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => chrono::Utc::now().into(),
            Self::Manual(millis) => Timestamp(millis.load(Ordering::SeqCst)),
            Self::Shifted(ahead) => Timestamp(chrono::Utc::now().timestamp_millis() + ahead.load(Ordering::SeqCst)),
        }
    }

    /// Moves the hands; the machine's own clock stays.
    pub fn advance(&self, by: chrono::TimeDelta) {
        if let Self::Manual(millis) | Self::Shifted(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}
