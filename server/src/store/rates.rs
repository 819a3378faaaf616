//! Counting what may happen only so often, atomically and for all servers together.

use super::{StoreError, Write};
use crate::trust::rate::Rate;
use curtain_up_protocol::Timestamp;

impl Write {
    /// Counts one more under `scope` where the rate allows it, and tells whether it did. One statement, so that any
    /// number of servers that ask at once get no more than the rate.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count(&mut self, scope: &str, rate: Rate, now: Timestamp) -> Result<bool, StoreError> {
        let counted = sqlx::query(
            "INSERT INTO rates (scope, last_at, window_start, window_count) VALUES ($1, $2, $2, 1)
             ON CONFLICT (scope) DO UPDATE SET
                last_at = $2,
                window_count = CASE WHEN rates.window_start + $3 <= $2 THEN 1 ELSE rates.window_count + 1 END,
                window_start = CASE WHEN rates.window_start + $3 <= $2 THEN $2 ELSE rates.window_start END
             WHERE rates.last_at + $4 <= $2 AND (rates.window_start + $3 <= $2 OR rates.window_count < $5)",
        )
        .bind(scope)
        .bind(now.0)
        .bind(rate.window.num_milliseconds())
        .bind(rate.spacing.num_milliseconds())
        .bind(rate.count)
        .execute(self.connection())
        .await?;
        Ok(counted.rows_affected() == 1)
    }
}
