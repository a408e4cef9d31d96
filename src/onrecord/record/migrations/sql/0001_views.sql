CREATE VIEW current_statements AS
SELECT s.id AS id, d.id AS document_id, s.day AS day, s.kind AS kind,
  s.speaker_name AS speaker, s.speaker_role AS role, s.speaker_country AS country, s.speaker_type AS speaker_type,
  e.id AS entity, e.name AS entity_name, u.id AS utterance, y.id AS story,
  substr(d.text, s.start_char + 1, s.end_char - s.start_char) AS words,
  s.start_char AS start_char, s.end_char AS end_char,
  s.stance AS stance, s.commitment AS commitment, s.category AS category, s.actor AS actor, s.recipient AS recipient, s.occasion AS occasion, s.place AS place,
  s.score AS score, a.publisher AS publisher, a.title AS title, a.author AS author, a.published AS published,
  a.url AS url, a.path AS path, d.language AS language
FROM statements s
JOIN documents d ON d.key = s.document_key
JOIN appearances a ON a.document_key = d.key AND a.first
LEFT JOIN entities e ON e.key = s.entity_key
LEFT JOIN utterances u ON u.key = s.utterance_key
LEFT JOIN stories y ON y.key = d.story_key
WHERE s.shown

CREATE VIEW current_spans AS
SELECT s.id AS statement_id, p.part AS part, p.owner AS owner, p.ordinal AS ordinal,
  p.start_char AS start_char, p.end_char AS end_char,
  substr(d.text, p.start_char + 1, p.end_char - p.start_char) AS words
FROM spans p
JOIN statements s ON s.key = p.statement_key
JOIN documents d ON d.key = s.document_key
WHERE s.shown

CREATE VIEW current_issues AS
SELECT s.id AS statement_id, i.issue AS issue, i.score AS score, s.speaker_country AS country, i.day AS day
FROM issues i
JOIN statements s ON s.key = i.statement_key
WHERE s.shown

CREATE VIEW current_deadlines AS
SELECT l.what AS what, l.due_from AS due_from, l.due_to AS due_to,
  substr(d.text, l.start_char + 1, l.end_char - l.start_char) AS words,
  s.id AS statement_id, d.id AS document_id, s.speaker_name AS speaker, s.speaker_country AS country,
  l.kind AS kind, l.who AS who, l.repeats AS repeats, l.source AS source
FROM deadlines l
JOIN readings r ON r.key = l.reading_key
JOIN documents d ON d.key = r.document_key
LEFT JOIN statements s ON s.key = l.statement_key
WHERE r.current AND (l.statement_key IS NULL OR s.shown)
