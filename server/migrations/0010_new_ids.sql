-- Whoever gets another id takes along what belongs to them. Without these, each of a hundred thousand people for whom a list
-- brings another code had both tables read from end to end.

CREATE INDEX audit_by_registrant ON audit (registrant_id);
CREATE INDEX tickets_by_registrant ON tickets (registrant_id);
