-- Several events that are dates of the same thing.

CREATE TABLE series (
    slug            TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL REFERENCES organisations (id),
    title           TEXT   NOT NULL,
    description     TEXT   NOT NULL,
    language        TEXT   NOT NULL,
    created_at      BIGINT NOT NULL
);

ALTER TABLE events ADD COLUMN series TEXT REFERENCES series (slug);
CREATE INDEX events_by_series ON events (series, starts_at);
