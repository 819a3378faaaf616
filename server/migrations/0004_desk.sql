-- The desk: hosts, how they get in and what they did; what people are found by; jobs and exports.

-- An address belongs to one host of one organisation.
CREATE TABLE hosts (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL REFERENCES organisations (id),
    canonical_email TEXT   NOT NULL UNIQUE,
    email           TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    role            TEXT   NOT NULL,
    -- Argon2id, as a PHC string; nothing where the host signs in by mail only.
    password        TEXT,
    columns         TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    seen_at         BIGINT
);
CREATE INDEX hosts_by_organisation ON hosts (organisation_id, created_at);

-- Of every token only its SHA-256 is kept.
CREATE TABLE sessions (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    host_id    TEXT   NOT NULL REFERENCES hosts (id),
    by_mail    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE INDEX sessions_by_host ON sessions (host_id);

CREATE TABLE sign_in_links (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    host_id    TEXT   NOT NULL REFERENCES hosts (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_links_by_host ON sign_in_links (host_id);

CREATE TABLE api_tokens (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL REFERENCES organisations (id),
    name            TEXT   NOT NULL,
    token_hash      TEXT   NOT NULL UNIQUE,
    scopes          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    used_at         BIGINT
);
CREATE INDEX api_tokens_by_organisation ON api_tokens (organisation_id, created_at);

-- Who did what. A person is named by their id only, so that nothing is left of whom was erased.
CREATE TABLE audit (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    actor           TEXT   NOT NULL,
    action          TEXT   NOT NULL,
    event_slug      TEXT,
    registrant_id   TEXT,
    detail          TEXT   NOT NULL
);
CREATE INDEX audit_by_organisation ON audit (organisation_id, id);

-- Mails to hosts about the desk. They hold no token: it is made when the mail is written.
CREATE TABLE host_mails (
    id           TEXT   NOT NULL PRIMARY KEY,
    host_id      TEXT   NOT NULL REFERENCES hosts (id),
    kind         TEXT   NOT NULL,
    reference    TEXT   NOT NULL,
    due_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    leased_until BIGINT NOT NULL
);
CREATE INDEX host_mails_by_due ON host_mails (due_at);

-- Something done for many: for whom it is still to be done stands in job_people.
CREATE TABLE jobs (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL,
    event_id        TEXT   NOT NULL REFERENCES events (id),
    kind            TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    done            BIGINT NOT NULL,
    total           BIGINT NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, created_at);
CREATE TABLE job_people (
    job_id        TEXT NOT NULL REFERENCES jobs (id),
    registrant_id TEXT NOT NULL,
    PRIMARY KEY (job_id, registrant_id)
);
CREATE INDEX job_people_by_registrant ON job_people (registrant_id);

-- Exports that were promised by mail: what is exported, not the export itself.
CREATE TABLE exports (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL,
    event_id        TEXT   NOT NULL REFERENCES events (id),
    request         TEXT   NOT NULL,
    expires_at      BIGINT NOT NULL
);

-- Addresses of people who were erased, as keyed hashes: what is left of them.
CREATE TABLE suppressed_addresses (
    address TEXT   NOT NULL PRIMARY KEY,
    -- Why no mail may go there, where that was known: 'bounced' or 'complained'; else 'erased'.
    reason  TEXT   NOT NULL,
    at      BIGINT NOT NULL
);

ALTER TABLE events ADD COLUMN archived_at BIGINT;
-- How many mails were opened and followed is counted from the index alone.
CREATE INDEX outbox_by_use ON outbox (event_id, clicked_at, opened_at);

-- Last name, first name, address and external id in lower case: what people are found and sorted by. See store/search_text.rs.
ALTER TABLE registrants ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
UPDATE registrants SET search_text = LOWER(last_name || ' ' || first_name || ' ' || canonical_email || ' ' || COALESCE(external_id, ''));
-- Where somebody came from, in a word; people who registered before have none.
ALTER TABLE registrants ADD COLUMN source_name TEXT NOT NULL DEFAULT '';
-- With what is searched in the index, a search that finds little reads no row.
CREATE INDEX registrants_by_time ON registrants (event_id, registered_at, id, search_text);
CREATE INDEX registrants_by_name ON registrants (event_id, search_text, id);
CREATE INDEX registrants_by_attendance ON registrants (event_id, attended_at);
