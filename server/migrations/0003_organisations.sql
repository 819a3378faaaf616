-- Whose events they are, and what hosts may set that no query looks at.

CREATE TABLE organisations (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
-- Events that were there before, and those of servers with one organisation only.
INSERT INTO organisations (id, name, created_at) VALUES ('default', 'Curtain Up', 0);

-- SQLite adds no column that refers to another table and may not be null.
ALTER TABLE events ADD COLUMN organisation_id TEXT NOT NULL DEFAULT 'default';
CREATE INDEX events_by_organisation ON events (organisation_id, starts_at);

-- In JSON; see event_plan/settings.rs.
ALTER TABLE events ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- Who somebody is in the list that a host uploaded: see 0005.
ALTER TABLE registrants ADD COLUMN external_id TEXT;
ALTER TABLE registrants ADD COLUMN sealed_code TEXT;
-- When somebody was active in the room first.
ALTER TABLE registrants ADD COLUMN attended_at BIGINT;

-- Who waits and who is in the room, as their widgets say it.
CREATE TABLE presence (
    registrant_id TEXT   NOT NULL PRIMARY KEY REFERENCES registrants (id),
    event_id      TEXT   NOT NULL,
    -- 'waiting' or 'room'.
    place         TEXT   NOT NULL,
    -- The tab or device that holds the seat, as a hash.
    device        TEXT   NOT NULL,
    -- When they count as gone, unless they are heard of before.
    until         BIGINT NOT NULL
);
CREATE INDEX presence_by_event ON presence (event_id, until);

-- What became of a mail after it had arrived.
ALTER TABLE outbox ADD COLUMN opened_at BIGINT;
ALTER TABLE outbox ADD COLUMN clicked_at BIGINT;
