-- Where somebody's mail stands, kept with them: to work it out for a hundred thousand people takes as long as they are
-- many. Every transaction that changes anything it follows from writes it again; see store/mail_status.rs.

ALTER TABLE registrants ADD COLUMN mail_status TEXT NOT NULL DEFAULT 'not_sent';
UPDATE registrants SET mail_status = COALESCE((SELECT CASE
        WHEN mail.state IN ('scheduled', 'processing', 'deferred') THEN mail.state
        WHEN mail.state = 'bounced' OR health.state = 'bounced' THEN 'bounced'
        WHEN registrants.reminders_off = 1 OR health.state = 'complained' THEN 'unsubscribed'
        WHEN mail.state <> 'delivered' THEN mail.state
        WHEN mail.clicked_at IS NOT NULL THEN 'clicked'
        WHEN mail.opened_at IS NOT NULL THEN 'opened'
        ELSE 'delivered' END
    FROM outbox mail LEFT JOIN address_health health ON health.canonical_email = registrants.canonical_email
    WHERE mail.registrant_id = registrants.id AND (mail.kind IN ('confirmation', 'resend', 'waiting_list', 'moved', 'live')
        OR (mail.kind = 'reminder' AND mail.state NOT IN ('scheduled', 'not_sent', 'unsubscribed')))
    ORDER BY mail.due_at DESC, mail.created_at DESC, mail.id DESC LIMIT 1), 'not_sent');

-- As with registrants_by_time, what is searched stands in the index.
CREATE INDEX registrants_by_mail ON registrants (event_id, mail_status, registered_at, id, search_text);
CREATE INDEX registrants_by_source ON registrants (event_id, source_name, registered_at, id);
