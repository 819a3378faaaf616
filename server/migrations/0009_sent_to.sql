-- Whom a mail was handed over for, when it was: whoever's address is corrected keeps their mails, and a bounce that comes
-- later is one of the address that the mail went to. It is erased with the mail, and so with its registrant.
ALTER TABLE outbox ADD COLUMN sent_to TEXT;
UPDATE outbox SET sent_to = (SELECT canonical_email FROM registrants WHERE registrants.id = outbox.registrant_id)
    WHERE state IN ('processing', 'deferred', 'delivered', 'bounced', 'dropped');
CREATE INDEX outbox_by_address ON outbox (sent_to);

-- The event that somebody was moved away from: their confirmation takes its entry out of their calendar.
ALTER TABLE outbox ADD COLUMN moved_from TEXT;

-- Reminders that were promised twice to those who had got another id: the one with the present id stays, or else the last.
DELETE FROM outbox WHERE kind = 'reminder' AND state IN ('scheduled', 'deferred')
    AND substr(id, 1, length(registrant_id)) <> registrant_id
    AND EXISTS (SELECT 1 FROM outbox other WHERE other.registrant_id = outbox.registrant_id AND other.event_id = outbox.event_id
        AND other.kind = 'reminder' AND other.lead_minutes = outbox.lead_minutes AND other.sequence = outbox.sequence
        AND other.id <> outbox.id
        AND (substr(other.id, 1, length(other.registrant_id)) = other.registrant_id OR other.id > outbox.id));
-- Those that were promised once get the present id, so that they are not promised again.
UPDATE outbox SET id = registrant_id || substr(id, 37) WHERE kind = 'reminder' AND state IN ('scheduled', 'deferred')
    AND substr(id, 37, 1) = '.' AND substr(id, 1, 36) <> registrant_id
    AND event_id = (SELECT event_id FROM registrants WHERE registrants.id = outbox.registrant_id)
    AND NOT EXISTS (SELECT 1 FROM outbox other WHERE other.id = outbox.registrant_id || substr(outbox.id, 37));
