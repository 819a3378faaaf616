-- The spine of the journey. One text for SQLite and PostgreSQL: TEXT and BIGINT only, JSON as TEXT,
-- truth values as 0 and 1, times as epoch milliseconds, ids made by the server (UUID version 7, as text).

CREATE TABLE events (
    id                TEXT   NOT NULL PRIMARY KEY,
    slug              TEXT   NOT NULL UNIQUE,
    title             TEXT   NOT NULL,
    description       TEXT   NOT NULL,
    language          TEXT   NOT NULL,
    host_email        TEXT,
    civil_start       TEXT   NOT NULL,
    zone              TEXT   NOT NULL,
    starts_at         BIGINT NOT NULL,
    ends_at           BIGINT NOT NULL,
    starts_by_itself  BIGINT NOT NULL,
    phase             TEXT   NOT NULL,
    version           BIGINT NOT NULL,
    calendar_sequence BIGINT NOT NULL,
    permalink         TEXT,
    room_kind         TEXT   NOT NULL,
    room_address      TEXT,
    replay            TEXT,
    capacity          BIGINT,
    opens_at          BIGINT,
    closes_at         BIGINT,
    key_format        TEXT   NOT NULL,
    instant_entry     BIGINT NOT NULL,
    origins           TEXT   NOT NULL,
    fields            TEXT   NOT NULL,
    consents          TEXT   NOT NULL,
    created_at        BIGINT NOT NULL
);

CREATE TABLE registrants (
    id              TEXT   NOT NULL PRIMARY KEY,
    event_id        TEXT   NOT NULL REFERENCES events (id),
    canonical_email TEXT   NOT NULL,
    email           TEXT   NOT NULL,
    first_name      TEXT   NOT NULL,
    last_name       TEXT   NOT NULL,
    answers         TEXT   NOT NULL,
    consents        TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    zone            TEXT,
    language        TEXT,
    seat            TEXT   NOT NULL,
    sealed_key      TEXT   NOT NULL,
    registered_at   BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    UNIQUE (event_id, canonical_email)
);
CREATE INDEX registrants_by_seat ON registrants (event_id, seat, registered_at);

-- One row a mail, written in the transaction that gives the reason for it.
CREATE TABLE outbox (
    id            TEXT   NOT NULL PRIMARY KEY,
    event_id      TEXT   NOT NULL REFERENCES events (id),
    registrant_id TEXT   REFERENCES registrants (id),
    kind          TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    due_at        BIGINT NOT NULL,
    attempts      BIGINT NOT NULL,
    lease_id      TEXT,
    leased_until  BIGINT,
    problem       TEXT,
    created_at    BIGINT NOT NULL,
    settled_at    BIGINT
);
CREATE INDEX outbox_by_due ON outbox (state, due_at);
CREATE INDEX outbox_by_registrant ON outbox (registrant_id, created_at);

-- Failed guesses of a key, by scope: an address at an event, a client, an event. See trust/guessing.rs.
CREATE TABLE guess_counts (
    scope        TEXT   NOT NULL PRIMARY KEY,
    total        BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    window_count BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

-- Which addresses a client has guessed at lately, as keyed hashes.
CREATE TABLE guessed_addresses (
    client  TEXT   NOT NULL,
    address TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (client, address)
);

-- Mails and registrations, by scope: an address at an event, a client, the whole server. See trust/rate.rs.
CREATE TABLE rates (
    scope        TEXT   NOT NULL PRIMARY KEY,
    last_at      BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    window_count BIGINT NOT NULL
);
