CREATE TABLE onrecord_migrations (name TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, version TEXT NOT NULL)

CREATE TRIGGER judgements_are_not_changed BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are only ever added'); END

CREATE TRIGGER judgements_are_not_removed BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are only ever added'); END

CREATE TRIGGER entity_decisions_are_not_changed BEFORE UPDATE ON entity_decisions
BEGIN SELECT RAISE(ABORT, 'decisions about entities are only ever added'); END

CREATE TRIGGER entity_decisions_are_not_removed BEFORE DELETE ON entity_decisions
BEGIN SELECT RAISE(ABORT, 'decisions about entities are only ever added'); END
