-- Mail that arrives: reminders and the other mails to everybody, addresses that do not take mail, and how an event looks in mail.

-- Minutes before the start, as a list in JSON.
ALTER TABLE events ADD COLUMN reminders TEXT NOT NULL DEFAULT '[60,5]';
ALTER TABLE events ADD COLUMN accent TEXT;
ALTER TABLE events ADD COLUMN logo TEXT;

ALTER TABLE registrants ADD COLUMN reminders_off BIGINT NOT NULL DEFAULT 0;
CREATE INDEX registrants_by_email ON registrants (canonical_email);

-- A mail to everybody has its registrant and its reason in its id, so that no two servers can write it twice:
-- {registrant}.r60.0 is the reminder an hour before the start of an event that has not been moved yet. See mail/cadence.rs.
ALTER TABLE outbox ADD COLUMN lead_minutes BIGINT NOT NULL DEFAULT 0;
-- The event's calendar_sequence when the mail was promised: a mail that speaks of another start is not sent.
ALTER TABLE outbox ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_by_lease ON outbox (state, leased_until);
CREATE INDEX outbox_by_event ON outbox (event_id, kind, state);
CREATE INDEX outbox_by_settling ON outbox (settled_at);

-- Addresses that do not take mail, at whichever event. See mail/bounce/.
CREATE TABLE address_health (
    canonical_email TEXT   NOT NULL PRIMARY KEY,
    -- failing: some soft bounces; bounced and complained: no more mail.
    state           TEXT   NOT NULL,
    soft_bounces    BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
