CREATE TABLE onrecord_migrations (name TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, version TEXT NOT NULL)

CREATE FUNCTION onrecord_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of this table are only ever added' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER judgements_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON judgements
FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_added()

CREATE TRIGGER entity_decisions_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON entity_decisions
FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_added()
