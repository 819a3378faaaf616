-- Hosts try their words out, and what somebody has asked for does not wait behind a mail to everybody.

-- 0: somebody waits for it; 1: a mail to everybody. The lower is sent first.
ALTER TABLE outbox ADD COLUMN urgency BIGINT NOT NULL DEFAULT 1;
-- A mail of a host to themselves, to see how it looks: the address and the language.
ALTER TABLE outbox ADD COLUMN sample_to TEXT;
ALTER TABLE outbox ADD COLUMN sample_language TEXT;
CREATE INDEX outbox_by_urgency ON outbox (state, urgency, due_at);
DROP INDEX outbox_by_due;
