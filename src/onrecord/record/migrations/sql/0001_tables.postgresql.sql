CREATE TABLE entities (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  country TEXT,
  joined_key BIGINT,
  CONSTRAINT pk_entities PRIMARY KEY (key),
  CONSTRAINT uq_entities_id UNIQUE (id),
  CONSTRAINT fk_entities_joined_key FOREIGN KEY(joined_key) REFERENCES entities (key)
)

CREATE TABLE intakes (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  sources TEXT NOT NULL,
  options TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT,
  CONSTRAINT pk_intakes PRIMARY KEY (key),
  CONSTRAINT uq_intakes_id UNIQUE (id)
)

CREATE TABLE runs (
  key BIGSERIAL NOT NULL,
  version TEXT NOT NULL,
  model TEXT NOT NULL,
  settings TEXT NOT NULL,
  started TEXT NOT NULL,
  CONSTRAINT pk_runs PRIMARY KEY (key),
  CONSTRAINT uq_runs_version_model_settings UNIQUE (version, model, settings)
)

CREATE TABLE stories (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  CONSTRAINT pk_stories PRIMARY KEY (key),
  CONSTRAINT uq_stories_id UNIQUE (id)
)

CREATE TABLE utterances (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  CONSTRAINT pk_utterances PRIMARY KEY (key),
  CONSTRAINT uq_utterances_id UNIQUE (id)
)

CREATE TABLE documents (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT,
  words INTEGER NOT NULL,
  story_key BIGINT,
  story_score FLOAT,
  added_at TEXT NOT NULL,
  CONSTRAINT pk_documents PRIMARY KEY (key),
  CONSTRAINT uq_documents_id UNIQUE (id),
  CONSTRAINT fk_documents_story_key FOREIGN KEY(story_key) REFERENCES stories (key)
)

CREATE INDEX ix_documents_story_key ON documents (story_key)

CREATE TABLE entity_decisions (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  action TEXT NOT NULL,
  from_key BIGINT NOT NULL,
  to_key BIGINT NOT NULL,
  moved TEXT NOT NULL,
  why TEXT NOT NULL,
  CONSTRAINT pk_entity_decisions PRIMARY KEY (key),
  CONSTRAINT uq_entity_decisions_id UNIQUE (id),
  CONSTRAINT fk_entity_decisions_from_key FOREIGN KEY(from_key) REFERENCES entities (key),
  CONSTRAINT fk_entity_decisions_to_key FOREIGN KEY(to_key) REFERENCES entities (key)
)

CREATE TABLE entity_keys (
  folded TEXT NOT NULL,
  entity_key BIGINT NOT NULL,
  CONSTRAINT pk_entity_keys PRIMARY KEY (folded, entity_key),
  CONSTRAINT fk_entity_keys_entity_key FOREIGN KEY(entity_key) REFERENCES entities (key)
)

CREATE INDEX ix_entity_keys_entity_key ON entity_keys (entity_key)

CREATE TABLE entity_names (
  entity_key BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  CONSTRAINT pk_entity_names PRIMARY KEY (entity_key, name),
  CONSTRAINT fk_entity_names_entity_key FOREIGN KEY(entity_key) REFERENCES entities (key)
)

CREATE INDEX ix_entity_names_folded ON entity_names (folded)

CREATE TABLE places (
  key BIGSERIAL NOT NULL,
  intake_key BIGINT NOT NULL,
  name TEXT NOT NULL,
  done BOOLEAN DEFAULT false NOT NULL,
  CONSTRAINT pk_places PRIMARY KEY (key),
  CONSTRAINT uq_places_intake_key_name UNIQUE (intake_key, name),
  CONSTRAINT fk_places_intake_key FOREIGN KEY(intake_key) REFERENCES intakes (key)
)

CREATE TABLE appearances (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  document_key BIGINT NOT NULL,
  first BOOLEAN NOT NULL,
  path TEXT,
  url TEXT,
  publisher TEXT,
  title TEXT,
  author TEXT,
  published DATE,
  published_at TEXT,
  retrieved_at TEXT,
  raw_sha256 TEXT,
  CONSTRAINT pk_appearances PRIMARY KEY (key),
  CONSTRAINT uq_appearances_id UNIQUE (id),
  CONSTRAINT fk_appearances_document_key FOREIGN KEY(document_key) REFERENCES documents (key)
)

CREATE INDEX ix_appearances_document_key ON appearances (document_key)

CREATE UNIQUE INDEX ix_appearances_first ON appearances (document_key) WHERE first = true

CREATE INDEX ix_appearances_published ON appearances (published)

CREATE INDEX ix_appearances_publisher ON appearances (publisher)

CREATE INDEX ix_appearances_url ON appearances (url)

CREATE TABLE identities (
  document_key BIGINT NOT NULL,
  speaker_id TEXT NOT NULL,
  entity_key BIGINT NOT NULL,
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  name TEXT,
  role TEXT,
  country TEXT,
  day DATE,
  CONSTRAINT pk_identities PRIMARY KEY (document_key, speaker_id),
  CONSTRAINT fk_identities_document_key FOREIGN KEY(document_key) REFERENCES documents (key),
  CONSTRAINT fk_identities_entity_key FOREIGN KEY(entity_key) REFERENCES entities (key)
)

CREATE INDEX ix_identities_entity_day ON identities (entity_key, day)

CREATE TABLE judgements (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  statement_id TEXT NOT NULL,
  document_key BIGINT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  verdict TEXT NOT NULL,
  field TEXT,
  before TEXT,
  after TEXT,
  why TEXT,
  CONSTRAINT pk_judgements PRIMARY KEY (key),
  CONSTRAINT uq_judgements_id UNIQUE (id),
  CONSTRAINT fk_judgements_document_key FOREIGN KEY(document_key) REFERENCES documents (key)
)

CREATE INDEX ix_judgements_document_key ON judgements (document_key)

CREATE INDEX ix_judgements_statement_id ON judgements (statement_id)

CREATE TABLE outcomes (
  place_key BIGINT NOT NULL,
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  document_key BIGINT,
  at TEXT NOT NULL,
  CONSTRAINT pk_outcomes PRIMARY KEY (place_key, number),
  CONSTRAINT fk_outcomes_place_key FOREIGN KEY(place_key) REFERENCES places (key),
  CONSTRAINT fk_outcomes_document_key FOREIGN KEY(document_key) REFERENCES documents (key)
)

CREATE INDEX ix_outcomes_document_key ON outcomes (document_key)

CREATE INDEX ix_outcomes_status ON outcomes (status, at)

CREATE TABLE readings (
  key BIGSERIAL NOT NULL,
  document_key BIGINT NOT NULL,
  run_key BIGINT NOT NULL,
  current BOOLEAN NOT NULL,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (key),
  CONSTRAINT uq_readings_document_key_run_key UNIQUE (document_key, run_key),
  CONSTRAINT fk_readings_document_key FOREIGN KEY(document_key) REFERENCES documents (key),
  CONSTRAINT fk_readings_run_key FOREIGN KEY(run_key) REFERENCES runs (key)
)

CREATE INDEX ix_readings_run_key ON readings (run_key)

CREATE TABLE story_bands (
  band INTEGER NOT NULL,
  value BIGINT NOT NULL,
  document_key BIGINT NOT NULL,
  CONSTRAINT pk_story_bands PRIMARY KEY (band, value, document_key),
  CONSTRAINT fk_story_bands_document_key FOREIGN KEY(document_key) REFERENCES documents (key)
)

CREATE TABLE agendas (
  key BIGSERIAL NOT NULL,
  reading_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  actor TEXT,
  counterpart TEXT,
  stated_count INTEGER,
  CONSTRAINT pk_agendas PRIMARY KEY (key),
  CONSTRAINT fk_agendas_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key)
)

CREATE INDEX ix_agendas_actor ON agendas (actor)

CREATE INDEX ix_agendas_reading_key ON agendas (reading_key)

CREATE TABLE flags (
  reading_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  message TEXT NOT NULL,
  CONSTRAINT pk_flags PRIMARY KEY (reading_key, ordinal),
  CONSTRAINT fk_flags_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key)
)

CREATE INDEX ix_flags_kind ON flags (kind)

CREATE TABLE headings (
  reading_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  CONSTRAINT pk_headings PRIMARY KEY (reading_key, ordinal),
  CONSTRAINT fk_headings_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key)
)

CREATE TABLE statements (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  reading_key BIGINT NOT NULL,
  document_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  shown BOOLEAN NOT NULL,
  parent TEXT,
  kind TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  score FLOAT NOT NULL,
  day DATE,
  speaker_id TEXT NOT NULL,
  speaker_name TEXT,
  speaker_role TEXT,
  speaker_country TEXT,
  speaker_type TEXT NOT NULL,
  speaker_how TEXT NOT NULL,
  speaker_score FLOAT NOT NULL,
  entity_key BIGINT,
  utterance_key BIGINT,
  occasion_start_char INTEGER,
  occasion_end_char INTEGER,
  occasion TEXT,
  place TEXT,
  stance TEXT,
  commitment TEXT,
  position_score FLOAT,
  category TEXT,
  actor TEXT,
  recipient TEXT,
  CONSTRAINT pk_statements PRIMARY KEY (key),
  CONSTRAINT uq_statements_reading_key_ordinal UNIQUE (reading_key, ordinal),
  CONSTRAINT fk_statements_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key),
  CONSTRAINT fk_statements_document_key FOREIGN KEY(document_key) REFERENCES documents (key),
  CONSTRAINT fk_statements_entity_key FOREIGN KEY(entity_key) REFERENCES entities (key),
  CONSTRAINT fk_statements_utterance_key FOREIGN KEY(utterance_key) REFERENCES utterances (key)
)

CREATE INDEX ix_statements_country_day ON statements (speaker_country, day)

CREATE INDEX ix_statements_day ON statements (day)

CREATE INDEX ix_statements_document_key ON statements (document_key)

CREATE INDEX ix_statements_entity_day ON statements (entity_key, shown, day, document_key)

CREATE INDEX ix_statements_id ON statements (id)

CREATE INDEX ix_statements_reading_key ON statements (reading_key)

CREATE INDEX ix_statements_utterance_key ON statements (utterance_key)

CREATE TABLE agenda_items (
  agenda_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  issue TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  CONSTRAINT pk_agenda_items PRIMARY KEY (agenda_key, ordinal),
  CONSTRAINT fk_agenda_items_agenda_key FOREIGN KEY(agenda_key) REFERENCES agendas (key)
)

CREATE TABLE conditions (
  statement_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  CONSTRAINT pk_conditions PRIMARY KEY (statement_key, ordinal),
  CONSTRAINT fk_conditions_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE TABLE counterparts (
  statement_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  country TEXT NOT NULL,
  CONSTRAINT pk_counterparts PRIMARY KEY (statement_key, ordinal),
  CONSTRAINT fk_counterparts_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE TABLE dates (
  key BIGSERIAL NOT NULL,
  reading_key BIGINT NOT NULL,
  statement_key BIGINT,
  ordinal INTEGER NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  grain TEXT NOT NULL,
  timex TEXT NOT NULL,
  basis TEXT NOT NULL,
  first_day DATE,
  end_day DATE,
  other DATE,
  CONSTRAINT pk_dates PRIMARY KEY (key),
  CONSTRAINT fk_dates_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key),
  CONSTRAINT fk_dates_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE INDEX ix_dates_reading_key ON dates (reading_key)

CREATE INDEX ix_dates_statement_key ON dates (statement_key)

CREATE TABLE deadlines (
  key BIGSERIAL NOT NULL,
  reading_key BIGINT NOT NULL,
  statement_key BIGINT,
  ordinal INTEGER NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  what TEXT NOT NULL,
  due_from DATE,
  due_to DATE,
  kind TEXT NOT NULL,
  who TEXT,
  repeats TEXT,
  source TEXT NOT NULL,
  CONSTRAINT pk_deadlines PRIMARY KEY (key),
  CONSTRAINT fk_deadlines_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key),
  CONSTRAINT fk_deadlines_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE INDEX ix_deadlines_due ON deadlines (due_to)

CREATE INDEX ix_deadlines_reading_key ON deadlines (reading_key)

CREATE INDEX ix_deadlines_statement_key ON deadlines (statement_key)

CREATE TABLE instruments (
  key BIGSERIAL NOT NULL,
  reading_key BIGINT NOT NULL,
  statement_key BIGINT,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  CONSTRAINT pk_instruments PRIMARY KEY (key),
  CONSTRAINT fk_instruments_reading_key FOREIGN KEY(reading_key) REFERENCES readings (key),
  CONSTRAINT fk_instruments_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE INDEX ix_instruments_name ON instruments (name, statement_key)

CREATE INDEX ix_instruments_reading_key ON instruments (reading_key)

CREATE INDEX ix_instruments_statement_key ON instruments (statement_key)

CREATE TABLE issues (
  statement_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  issue TEXT NOT NULL,
  score FLOAT NOT NULL,
  shown BOOLEAN NOT NULL,
  stance TEXT,
  day DATE,
  CONSTRAINT pk_issues PRIMARY KEY (statement_key, ordinal),
  CONSTRAINT fk_issues_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE TABLE judgement_targets (
  judgement_key BIGINT NOT NULL,
  statement_key BIGINT NOT NULL,
  how TEXT NOT NULL,
  CONSTRAINT pk_judgement_targets PRIMARY KEY (judgement_key, statement_key),
  CONSTRAINT fk_judgement_targets_judgement_key FOREIGN KEY(judgement_key) REFERENCES judgements (key),
  CONSTRAINT fk_judgement_targets_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE INDEX ix_judgement_targets_statement_key ON judgement_targets (statement_key)

CREATE TABLE spans (
  statement_key BIGINT NOT NULL,
  part TEXT NOT NULL,
  owner INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  CONSTRAINT pk_spans PRIMARY KEY (statement_key, part, owner, ordinal),
  CONSTRAINT ck_spans_order CHECK (start_char < end_char),
  CONSTRAINT fk_spans_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)

CREATE TABLE vias (
  statement_key BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  CONSTRAINT pk_vias PRIMARY KEY (statement_key, ordinal),
  CONSTRAINT fk_vias_statement_key FOREIGN KEY(statement_key) REFERENCES statements (key)
)
