-- Access codes and what they carry: lists, materials, tickets between events, links that platforms sign.

-- A keyed hash of the code, by which the door finds whose it is.
ALTER TABLE registrants ADD COLUMN code_hash TEXT;
CREATE UNIQUE INDEX registrants_by_code ON registrants (event_id, code_hash);
CREATE INDEX registrants_by_external_id ON registrants (event_id, external_id);

-- How strong the codes of an event are; see trust/guessing.rs.
CREATE TABLE code_lists (
    event_id    TEXT   NOT NULL PRIMARY KEY REFERENCES events (id),
    -- How many guesses would hit one of them.
    guesses     BIGINT NOT NULL,
    uploaded_at BIGINT NOT NULL
);

-- Links beside the room.
CREATE TABLE materials (
    id           TEXT   NOT NULL PRIMARY KEY,
    event_id     TEXT   NOT NULL REFERENCES events (id),
    position     BIGINT NOT NULL,
    title        TEXT   NOT NULL,
    description  TEXT   NOT NULL,
    -- Where it leads: to an address, or to another event.
    address      TEXT,
    to_event_id  TEXT   REFERENCES events (id),
    visible_from BIGINT,
    visible_to   BIGINT
);
CREATE INDEX materials_by_event ON materials (event_id, position);
CREATE INDEX materials_by_target ON materials (to_event_id);

-- Tickets from one event to another, by a keyed hash; one use, a minute.
CREATE TABLE tickets (
    hash          TEXT   NOT NULL PRIMARY KEY,
    -- Where it leads.
    event_id      TEXT   NOT NULL,
    -- Whom it lets in there.
    registrant_id TEXT   NOT NULL,
    -- Whose pass it was given to, and the device of that pass.
    from_id       TEXT   NOT NULL,
    device        TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX tickets_by_end ON tickets (expires_at);

-- What an organisation's own system signs its links with, sealed.
CREATE TABLE link_secrets (
    organisation_id TEXT   NOT NULL PRIMARY KEY REFERENCES organisations (id),
    sealed          TEXT   NOT NULL,
    made_at         BIGINT NOT NULL
);

-- Signed links that were good for one use, until they would be over anyway.
CREATE TABLE used_links (
    hash       TEXT   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX used_links_by_end ON used_links (expires_at);
