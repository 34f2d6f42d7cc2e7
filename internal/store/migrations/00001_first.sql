-- +goose Up
-- Times are UTC instants in milliseconds since 1970. Days are text, 2026-11-24.
-- Every change of a row below is an event, written in the same transaction.
PRAGMA application_id = 0x534C5553;
PRAGMA user_version = 1;

CREATE TABLE coach (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE unit (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  name      TEXT NOT NULL UNIQUE,
  kind      TEXT NOT NULL,
  parent    INTEGER REFERENCES unit (id),
  closed    INTEGER NOT NULL DEFAULT 0,
  successor INTEGER REFERENCES unit (id)
) STRICT;

CREATE TABLE giver (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind  TEXT NOT NULL,
  name  TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  unit  INTEGER REFERENCES unit (id)
) STRICT;
CREATE INDEX giver_name ON giver (name);

CREATE TABLE contact (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  name  TEXT NOT NULL,
  unit  INTEGER REFERENCES unit (id),
  role  TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contact_name ON contact (name);

CREATE TABLE network (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE network_member (
  network INTEGER NOT NULL REFERENCES network (id),
  contact INTEGER NOT NULL REFERENCES contact (id),
  PRIMARY KEY (network, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  title        TEXT NOT NULL CHECK (title <> ''),
  kind         TEXT NOT NULL,
  day          TEXT NOT NULL,
  participants INTEGER,
  text         TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE activity_unit (
  activity INTEGER NOT NULL REFERENCES activity (id),
  unit     INTEGER NOT NULL REFERENCES unit (id),
  PRIMARY KEY (activity, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_network (
  activity INTEGER NOT NULL REFERENCES activity (id),
  network  INTEGER NOT NULL REFERENCES network (id),
  PRIMARY KEY (activity, network)
) STRICT, WITHOUT ROWID;

CREATE TABLE stage (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  key        TEXT NOT NULL UNIQUE,
  name_en    TEXT NOT NULL,
  name_sv    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  position   INTEGER NOT NULL,
  limit_days INTEGER NOT NULL DEFAULT 0,
  wip        INTEGER NOT NULL DEFAULT 0,
  removed    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE gate (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  stage     TEXT NOT NULL REFERENCES stage (key),
  condition TEXT NOT NULL,
  UNIQUE (stage, condition)
) STRICT;

CREATE TABLE idea (
  number      INTEGER PRIMARY KEY AUTOINCREMENT,
  title       TEXT NOT NULL CHECK (title <> ''),
  kind        TEXT NOT NULL,
  stage       TEXT NOT NULL REFERENCES stage (key),
  stage_since INTEGER NOT NULL,
  reason      TEXT NOT NULL DEFAULT '',
  merged_into INTEGER REFERENCES idea (number),
  unit        INTEGER REFERENCES unit (id),
  owner       INTEGER REFERENCES contact (id),
  coach       INTEGER REFERENCES coach (id),
  registrar   INTEGER REFERENCES coach (id),
  channel     TEXT NOT NULL DEFAULT '',
  received    TEXT NOT NULL,
  registered  INTEGER NOT NULL,
  due         TEXT NOT NULL DEFAULT '',
  wake        TEXT NOT NULL DEFAULT '',
  next_by     TEXT NOT NULL DEFAULT '',
  answered    TEXT NOT NULL DEFAULT '',
  type        TEXT NOT NULL DEFAULT '',
  newness     TEXT NOT NULL DEFAULT '',
  benefits    TEXT NOT NULL DEFAULT '',
  source      TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL DEFAULT '',
  need        TEXT NOT NULL DEFAULT '',
  whom        TEXT NOT NULL DEFAULT '',
  solution    TEXT NOT NULL DEFAULT '',
  value       TEXT NOT NULL DEFAULT '',
  resources   TEXT NOT NULL DEFAULT '',
  risks       TEXT NOT NULL DEFAULT '',
  next        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX idea_stage ON idea (stage, number);
CREATE INDEX idea_received ON idea (received, number);
CREATE INDEX idea_unit ON idea (unit, number) WHERE unit IS NOT NULL;
CREATE INDEX idea_unit_report ON idea (unit, stage, received, stage_since);
CREATE INDEX idea_since ON idea (stage_since, received, answered);
CREATE INDEX idea_coach ON idea (coach, number) WHERE coach IS NOT NULL;
CREATE INDEX idea_merged ON idea (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX idea_due ON idea (due) WHERE due <> '';
CREATE UNIQUE INDEX idea_external ON idea (source, external_id) WHERE external_id <> '';

CREATE TABLE idea_tag (
  idea INTEGER NOT NULL REFERENCES idea (number),
  tag  TEXT NOT NULL,
  PRIMARY KEY (idea, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_tag_tag ON idea_tag (tag, idea);

CREATE TABLE idea_giver (
  idea  INTEGER NOT NULL REFERENCES idea (number),
  giver INTEGER NOT NULL REFERENCES giver (id),
  PRIMARY KEY (idea, giver)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_giver_giver ON idea_giver (giver, idea);

-- Ties. What has no direction leads from the lower number to the higher.
CREATE TABLE idea_related (
  idea  INTEGER NOT NULL REFERENCES idea (number),
  other INTEGER NOT NULL REFERENCES idea (number),
  PRIMARY KEY (idea, other),
  CHECK (idea < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_related_other ON idea_related (other);

CREATE TABLE idea_part_of (
  idea  INTEGER NOT NULL REFERENCES idea (number),
  other INTEGER NOT NULL REFERENCES idea (number),
  PRIMARY KEY (idea, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_part_of_other ON idea_part_of (other);

CREATE TABLE idea_builds_on (
  idea  INTEGER NOT NULL REFERENCES idea (number),
  other INTEGER NOT NULL REFERENCES idea (number),
  PRIMARY KEY (idea, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_builds_on_other ON idea_builds_on (other);

CREATE TABLE answer (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  idea    INTEGER NOT NULL REFERENCES idea (number),
  text    TEXT NOT NULL,
  status  TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT '',
  given   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX answer_idea ON answer (idea);

-- Which giver got which answer. An idea without givers is answered as a whole.
CREATE TABLE telling (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  answer  INTEGER NOT NULL REFERENCES answer (id),
  giver   INTEGER NOT NULL REFERENCES giver (id),
  channel TEXT NOT NULL,
  given   TEXT NOT NULL,
  UNIQUE (answer, giver)
) STRICT;

-- Templates that a coach has put in place of those of the program.
CREATE TABLE letter_template (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (name, lang)
) STRICT;

-- What all coaches who share the file have agreed on.
CREATE TABLE rule (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  name  TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;
INSERT INTO rule (name, value) VALUES ('answer-days', '10'), ('approve-answers', 'no');

CREATE TABLE forum (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL
) STRICT;

-- A forum and a day are a meeting.
CREATE TABLE agenda_item (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  forum INTEGER NOT NULL REFERENCES forum (id),
  day   TEXT NOT NULL,
  idea  INTEGER NOT NULL REFERENCES idea (number),
  UNIQUE (forum, day, idea)
) STRICT;
CREATE INDEX agenda_item_idea ON agenda_item (idea);

CREATE TABLE decision (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  idea       INTEGER NOT NULL REFERENCES idea (number),
  forum      INTEGER NOT NULL REFERENCES forum (id),
  day        TEXT NOT NULL,
  resolution TEXT NOT NULL,
  why        TEXT NOT NULL DEFAULT '',
  taken_by   TEXT NOT NULL DEFAULT '',
  UNIQUE (forum, day, idea)
) STRICT;
CREATE INDEX decision_idea ON decision (idea);

-- Costs and values are decimal numbers in text, with a point: 12.5.
CREATE TABLE test_card (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  idea     INTEGER NOT NULL REFERENCES idea (number),
  belief   TEXT NOT NULL,
  method   TEXT NOT NULL,
  measure  TEXT NOT NULL,
  target   TEXT NOT NULL,
  begins   TEXT NOT NULL DEFAULT '',
  ends     TEXT NOT NULL DEFAULT '',
  who      TEXT NOT NULL DEFAULT '',
  cost     TEXT NOT NULL DEFAULT '',
  started  TEXT NOT NULL DEFAULT '',
  finished TEXT NOT NULL DEFAULT '',
  result   TEXT NOT NULL DEFAULT '',
  verdict  TEXT NOT NULL DEFAULT '',
  learnt   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX test_card_idea ON test_card (idea);

CREATE TABLE test_note (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  test_card INTEGER NOT NULL REFERENCES test_card (id),
  at        INTEGER NOT NULL,
  coach     INTEGER NOT NULL REFERENCES coach (id),
  text      TEXT NOT NULL
) STRICT;
CREATE INDEX test_note_card ON test_note (test_card);

CREATE TABLE effect (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  idea         INTEGER NOT NULL REFERENCES idea (number),
  measure      TEXT NOT NULL,
  value_before TEXT NOT NULL,
  value_after  TEXT NOT NULL,
  cost         TEXT NOT NULL DEFAULT '',
  begins       TEXT NOT NULL DEFAULT '',
  follow_up    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX effect_idea ON effect (idea);

CREATE TABLE effect_seen (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  effect       INTEGER NOT NULL REFERENCES effect (id),
  day          TEXT NOT NULL,
  value_before TEXT NOT NULL DEFAULT '',
  value_after  TEXT NOT NULL,
  cost         TEXT NOT NULL DEFAULT '',
  text         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX effect_seen_effect ON effect_seen (effect);

CREATE TABLE command (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  at        INTEGER NOT NULL,
  who       INTEGER NOT NULL REFERENCES coach (id),
  name      TEXT NOT NULL,
  undoes    INTEGER REFERENCES command (id),
  undone_by INTEGER REFERENCES command (id)
) STRICT;

CREATE TABLE event (
  id         INTEGER PRIMARY KEY,
  command    INTEGER NOT NULL REFERENCES command (id),
  at         INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  field      TEXT NOT NULL,
  old        TEXT NOT NULL DEFAULT '',
  new        TEXT NOT NULL DEFAULT '',
  why        TEXT NOT NULL DEFAULT '',
  forced     INTEGER NOT NULL DEFAULT 0,
  live       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX event_command ON event (command);
CREATE INDEX event_idea ON event (subject_id, id) WHERE subject = 'idea';
CREATE INDEX event_other ON event (subject, subject_id) WHERE subject <> 'idea';
CREATE INDEX event_note ON event (subject_id, id) WHERE field = 'note' AND live = 1;
CREATE INDEX event_forced ON event (subject_id) WHERE forced = 1 AND live = 1;
CREATE INDEX event_stage ON event (subject_id, id, at, old, new)
  WHERE subject = 'idea' AND field = 'stage' AND live = 1;

-- What an event must not hold itself: names and contacts of people, and whole
-- rows that were removed. Erasing a person empties it and leaves the events.
CREATE TABLE payload (
  event      INTEGER PRIMARY KEY REFERENCES event (id),
  subject    TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  old        TEXT NOT NULL DEFAULT '',
  new        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX payload_subject ON payload (subject, subject_id);

CREATE VIEW idea_text AS
SELECT number, title,
       need || char(10) || whom || char(10) || solution || char(10) || value || char(10) ||
       resources || char(10) || risks || char(10) || next AS body,
       coalesce((SELECT group_concat(new, char(10)) FROM event
                 WHERE subject_id = idea.number AND field = 'note' AND live = 1), '') AS notes
FROM idea;

CREATE VIRTUAL TABLE idea_fts USING fts5 (
  title, body, notes,
  content = 'idea_text', content_rowid = 'number',
  tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
);
