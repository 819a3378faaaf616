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
