//! Something done for many: whom it is still to be done for stands in a table, and goes from it in the transaction that
//! does it, so that a server that dies loses and repeats nothing.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    event::Event,
    from_name, new_id,
    people::{Condition, Value},
    registrant,
};
use curtain_up_protocol::{
    Timestamp,
    desk::{BulkTo, JobDocument, MailStatus, PeopleFilter},
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

/// For how many something is done in one transaction: others get their turn in between.
const BATCH: i64 = 100;

impl Store {
    /// Begins to send links again. Returns the job's id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn begin_resending(&self, actor: &Actor, slug: &str, to: &BulkTo, now: Timestamp) -> Result<String, StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_of(actor, slug).await?;
        let id = new_id();
        sqlx::query(
            "INSERT INTO jobs (id, organisation_id, event_id, kind, state, done, total, created_at)
             VALUES ($1, $2, $3, 'resend', 'running', 0, 0, $4)",
        )
        .bind(&id)
        .bind(&actor.organisation)
        .bind(&event.id)
        .bind(now.0)
        .execute(write.connection())
        .await?;
        write.choose(&id, &event, to).await?;
        let total =
            sqlx::query("UPDATE jobs SET total = (SELECT COUNT(*) FROM job_people WHERE job_id = $1) WHERE id = $1 RETURNING total");
        let total: i64 = total.bind(&id).fetch_one(write.connection()).await?.try_get(0)?;
        let detail = format!("{total} people");
        write.note(actor, &Deed { detail: &detail, ..Deed::at("bulk_resent", slug) }, now).await?;
        write.commit().await?;
        Ok(id)
    }

    /// How far a job of an organisation is.
    ///
    /// # Errors
    /// [`StoreError::NoSuchJob`], [`StoreError::Database`].
    pub async fn job(&self, organisation: &str, id: &str) -> Result<JobDocument, StoreError> {
        let row = sqlx::query(
            "SELECT jobs.*, events.slug FROM jobs JOIN events ON events.id = jobs.event_id WHERE jobs.organisation_id = $1 AND jobs.id = $2",
        );
        read(&row.bind(organisation).bind(id).fetch_optional(&self.pool).await?.ok_or(StoreError::NoSuchJob)?)
    }

    /// The jobs of an event that run, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn running_jobs(&self, event: &str) -> Result<Vec<JobDocument>, StoreError> {
        let rows = sqlx::query(
            "SELECT jobs.*, events.slug FROM jobs JOIN events ON events.id = jobs.event_id
             WHERE jobs.event_id = $1 AND jobs.state = 'running' ORDER BY jobs.created_at DESC, jobs.id DESC",
        );
        rows.bind(event).fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// Stops a job of the actor's organisation; what was done is done. A job that is over stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NoSuchJob`], [`StoreError::Database`].
    pub async fn stop_job(&self, actor: &Actor, id: &str, now: Timestamp) -> Result<JobDocument, StoreError> {
        self.job(&actor.organisation, id).await?;
        let mut write = self.write().await?;
        let stopped = sqlx::query("UPDATE jobs SET state = 'stopped' WHERE id = $1 AND state = 'running'");
        if stopped.bind(id).execute(write.connection()).await?.rows_affected() == 1 {
            sqlx::query("DELETE FROM job_people WHERE job_id = $1").bind(id).execute(write.connection()).await?;
            write.note(actor, &Deed { detail: id, ..Deed::new("job_stopped") }, now).await?;
        }
        write.commit().await?;
        self.job(&actor.organisation, id).await
    }

    /// Does a part of the oldest job. Returns whether there was one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn work_on_job(&self, now: Timestamp) -> Result<bool, StoreError> {
        let oldest = sqlx::query("SELECT id FROM jobs WHERE state = 'running' ORDER BY created_at, id LIMIT 1");
        let Some(row) = oldest.fetch_optional(&self.pool).await? else { return Ok(false) };
        let id: String = row.try_get(0)?;
        let mut write = self.write().await?;
        // Another server waits here, and looks again at whether the job still runs.
        let lock = sqlx::query("UPDATE jobs SET done = done WHERE id = $1 AND state = 'running' RETURNING event_id").bind(&id);
        let Some(row) = lock.fetch_optional(write.connection()).await? else { return Ok(true) };
        let event = write.event_by_id(&row.try_get::<String, _>(0)?).await?;
        // Whoever writes about many people of an event has it locked, so that no two wait for each other's people for ever.
        write.lock_event(&event.plan.slug).await?;
        let batch = sqlx::query(
            "DELETE FROM job_people WHERE job_id = $1 AND registrant_id IN
                (SELECT registrant_id FROM job_people WHERE job_id = $1 ORDER BY registrant_id LIMIT $2)
             RETURNING registrant_id",
        );
        let batch = batch.bind(&id).bind(BATCH).fetch_all(write.connection()).await?;
        for row in &batch {
            write.resend_unless_under_way(&event, &row.try_get::<String, _>(0)?, now).await?;
        }
        let count = batch.len() as i64;
        sqlx::query("UPDATE jobs SET done = done + $2, state = CASE WHEN $2 < $3 THEN 'done' ELSE state END WHERE id = $1")
            .bind(&id)
            .bind(count)
            .bind(BATCH)
            .execute(write.connection())
            .await?;
        write.commit().await?;
        Ok(true)
    }
}

impl Write {
    /// Writes down for whom a job is to be done.
    async fn choose(&mut self, job: &str, event: &Event, to: &BulkTo) -> Result<(), StoreError> {
        let with_mail = |mail| PeopleFilter { mail: Some(mail), ..PeopleFilter::default() };
        let mut condition = match to {
            BulkTo::Ids(ids) => return self.choose_these(job, event, ids).await,
            BulkTo::Bounced => Condition::of(&event.id, &with_mail(MailStatus::Bounced))?,
            BulkTo::NeverOpened => {
                let mut condition = Condition::of(&event.id, &with_mail(MailStatus::Delivered))?;
                condition.and_never_opened();
                condition
            }
            BulkTo::Filter(filter) => Condition::of(&event.id, filter)?,
        };
        let job = condition.value(Value::Text(job.to_owned()));
        let sql =
            format!("INSERT INTO job_people (job_id, registrant_id) SELECT {job}, registrants.id FROM registrants WHERE {}", condition.sql);
        condition.bind(sqlx::query(AssertSqlSafe(sql))).execute(self.connection()).await?;
        Ok(())
    }

    async fn choose_these(&mut self, job: &str, event: &Event, ids: &[String]) -> Result<(), StoreError> {
        for id in ids {
            sqlx::query(
                "INSERT INTO job_people (job_id, registrant_id) SELECT $1, id FROM registrants WHERE event_id = $2 AND id = $3
                 ON CONFLICT (job_id, registrant_id) DO NOTHING",
            )
            .bind(job)
            .bind(&event.id)
            .bind(id)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    /// Promises a link again, where none is promised already. Whoever was erased meanwhile gets none.
    async fn resend_unless_under_way(&mut self, event: &Event, id: &str, now: Timestamp) -> Result<(), StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE id = $1 AND event_id = $2").bind(id).bind(&event.id);
        let Some(row) = row.fetch_optional(self.connection()).await? else { return Ok(()) };
        let person = registrant::read(&row)?;
        let under_way = sqlx::query(
            "SELECT COUNT(*) FROM outbox WHERE registrant_id = $1 AND kind IN ('confirmation', 'resend', 'waiting_list')
                AND state IN ('scheduled', 'processing')",
        );
        if under_way.bind(id).fetch_one(self.connection()).await?.try_get::<i64, _>(0)? == 0 {
            self.send_link_again(event, &person, now).await?;
        }
        Ok(())
    }
}

fn read(row: &AnyRow) -> Result<JobDocument, StoreError> {
    Ok(JobDocument {
        id: row.try_get("id")?,
        event: row.try_get("slug")?,
        state: from_name("state of a job", &row.try_get::<String, _>("state")?)?,
        done: row.try_get("done")?,
        total: row.try_get("total")?,
    })
}
