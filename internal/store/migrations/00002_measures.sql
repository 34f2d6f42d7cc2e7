-- +goose Up
-- The guided talk, the measurements, and what is kept for them.
PRAGMA user_version = 2;

ALTER TABLE unit ADD COLUMN employees INTEGER NOT NULL DEFAULT 0; -- without the units under it; 0 is unknown

INSERT INTO rule (name, value) VALUES ('six-months', 'no'), ('least-people', '5');

-- For the log of one idea: ties and merges by the idea that they lead to, and
-- what a removed row belonged to. The queries must repeat these expressions.
CREATE INDEX event_tie ON event (old || new) WHERE field IN ('related', 'part_of', 'builds_on', 'merged_into');
CREATE INDEX payload_owner ON payload (subject, coalesce(json_extract(old, '$.fields.idea'), json_extract(old, '$.fields.answer'), json_extract(old, '$.fields.test_card'), json_extract(old, '$.fields.effect'), json_extract(old, '$.fields.story')))
  WHERE json_valid(old) AND subject IN ('answer', 'agenda_item', 'decision', 'test_card', 'effect', 'telling', 'test_note', 'effect_seen', 'story', 'story_version', 'story_picture');

-- Questions for guided talks that coaches have put in place of those of the
-- program, or beside them, as YAML.
CREATE TABLE question_set (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL
) STRICT;

-- Guided talks that are not saved yet, so that an answer survives a crash. They
-- are a coach's own scratch paper and no history: no events are written, nothing
-- else reads them, and they are wiped when the talk is saved or given up; a
-- history that kept every draft of what somebody said could not be given up.
-- A talk refers to its idea by number only, and holds the questions that it was
-- begun with: neither an undo nor new questions may be in its way, or lose it.
CREATE TABLE talk (
  id        INTEGER PRIMARY KEY,
  coach     INTEGER NOT NULL REFERENCES coach (id),
  idea      INTEGER NOT NULL,
  questions TEXT NOT NULL,
  begun     INTEGER NOT NULL,
  changed   INTEGER NOT NULL,
  UNIQUE (coach, idea)
) STRICT;

-- seen is what the idea held when the answer was given.
CREATE TABLE talk_reply (
  talk INTEGER NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
  key  TEXT NOT NULL,
  text TEXT NOT NULL,
  seen TEXT NOT NULL,
  PRIMARY KEY (talk, key)
) STRICT, WITHOUT ROWID;

-- What coaches measure themselves: values that they record, or a formula over
-- other measures. Values and goals are amounts, in decimal text.
CREATE TABLE measure (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  key        TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name_en    TEXT NOT NULL,
  name_sv    TEXT NOT NULL,
  counted_in TEXT NOT NULL DEFAULT '',
  better     TEXT NOT NULL DEFAULT '',
  together   TEXT NOT NULL DEFAULT '', -- how the values of a period are put together; empty with a formula
  formula    TEXT NOT NULL DEFAULT '',
  definition TEXT NOT NULL DEFAULT '',
  source     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE measure_value (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  measure INTEGER NOT NULL REFERENCES measure (id),
  day     TEXT NOT NULL,
  figure  TEXT NOT NULL,
  text    TEXT NOT NULL DEFAULT '',
  UNIQUE (measure, day)
) STRICT;

-- The goal of a measure, of the program or of the coaches, for the days from
-- begins to ends.
CREATE TABLE aim (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  measure TEXT NOT NULL,
  begins  TEXT NOT NULL,
  ends    TEXT NOT NULL,
  goal    TEXT NOT NULL,
  UNIQUE (measure, begins, ends)
) STRICT;

-- Conferences that spread good examples. Times of sessions are those of the
-- clock on the wall; names of speakers stand one a line.
CREATE TABLE mashup (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  name     TEXT NOT NULL UNIQUE,
  day      TEXT NOT NULL,
  last_day TEXT NOT NULL,
  place    TEXT NOT NULL DEFAULT '',
  mode     TEXT NOT NULL,
  text     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE session (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  mashup   INTEGER NOT NULL REFERENCES mashup (id),
  day      TEXT NOT NULL,
  begins   TEXT NOT NULL,
  ends     TEXT NOT NULL,
  room     TEXT NOT NULL DEFAULT '',
  title    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  idea     INTEGER REFERENCES idea (number),
  story    INTEGER REFERENCES story (id),
  speakers TEXT NOT NULL DEFAULT '',
  text     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_mashup ON session (mashup);
CREATE INDEX session_idea ON session (idea) WHERE idea IS NOT NULL;
CREATE INDEX session_story ON session (story) WHERE story IS NOT NULL;

-- The addresses of one list differ, whatever their case.
CREATE TABLE participant (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  mashup       INTEGER NOT NULL REFERENCES mashup (id),
  name         TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  kind         TEXT NOT NULL,
  email        TEXT NOT NULL DEFAULT '',
  status       TEXT NOT NULL
) STRICT;
CREATE INDEX participant_mashup ON participant (mashup);
CREATE UNIQUE INDEX participant_email ON participant (mashup, lower(email)) WHERE email <> '';

-- What somebody took home from a mashup.
CREATE TABLE mashup_outcome (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  mashup       INTEGER NOT NULL REFERENCES mashup (id),
  organisation TEXT NOT NULL,
  idea         INTEGER REFERENCES idea (number),
  story        INTEGER REFERENCES story (id),
  text         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mashup_outcome_mashup ON mashup_outcome (mashup);
CREATE INDEX mashup_outcome_idea ON mashup_outcome (idea) WHERE idea IS NOT NULL;
CREATE INDEX mashup_outcome_story ON mashup_outcome (story) WHERE story IS NOT NULL;

-- Figures only: how many answered, and the mean. The empty question asks for
-- the mashup as a whole.
CREATE TABLE evaluation (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  mashup   INTEGER NOT NULL REFERENCES mashup (id),
  question TEXT NOT NULL DEFAULT '',
  answers  INTEGER NOT NULL,
  grade    TEXT NOT NULL,
  scale    TEXT NOT NULL,
  text     TEXT NOT NULL DEFAULT '',
  UNIQUE (mashup, question)
) STRICT;

-- What coaches have written in the parts of the account of a period. The period
-- is from begins to the day before ends.
CREATE TABLE report_text (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  part   TEXT NOT NULL,
  begins TEXT NOT NULL,
  ends   TEXT NOT NULL,
  text   TEXT NOT NULL,
  UNIQUE (part, begins, ends)
) STRICT;

-- Good examples. A story belongs to an idea and has its number for people; its
-- texts and what is said of its pictures can name people.
CREATE TABLE story (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  idea      INTEGER NOT NULL UNIQUE REFERENCES idea (number),
  status    TEXT NOT NULL,
  audience  TEXT NOT NULL,
  published TEXT NOT NULL DEFAULT '', -- the day
  official  INTEGER REFERENCES contact (id)
) STRICT;

-- Givers whom the published text names.
CREATE TABLE story_named (
  story INTEGER NOT NULL REFERENCES story (id),
  giver INTEGER NOT NULL REFERENCES giver (id),
  PRIMARY KEY (story, giver)
) STRICT, WITHOUT ROWID;

-- published is the text as it was when it was published last.
CREATE TABLE story_version (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  story     INTEGER NOT NULL REFERENCES story (id),
  lang      TEXT NOT NULL,
  text      TEXT NOT NULL,
  published TEXT NOT NULL DEFAULT '',
  UNIQUE (story, lang)
) STRICT;

-- file is a name in the folder of pictures, which lies beside the database.
CREATE TABLE story_picture (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  story     INTEGER NOT NULL REFERENCES story (id),
  file      TEXT NOT NULL,
  alt       TEXT NOT NULL,
  caption   TEXT NOT NULL DEFAULT '',
  published INTEGER NOT NULL DEFAULT 0,
  UNIQUE (story, file)
) STRICT;

-- Givers who can be seen in a picture.
CREATE TABLE story_picture_giver (
  picture INTEGER NOT NULL REFERENCES story_picture (id),
  giver   INTEGER NOT NULL REFERENCES giver (id),
  PRIMARY KEY (picture, giver)
) STRICT, WITHOUT ROWID;

-- What a giver has agreed to. withdrawn is the day from which it does not count.
CREATE TABLE consent (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  giver     INTEGER NOT NULL REFERENCES giver (id),
  kind      TEXT NOT NULL,
  given     TEXT NOT NULL,
  until     TEXT NOT NULL DEFAULT '',
  how       TEXT NOT NULL DEFAULT '',
  withdrawn TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX consent_giver ON consent (giver);

-- Exports that are saved: what a coach types after sluss, quoted for a shell. file
-- is an absolute path, with marks such as {date} in it.
CREATE TABLE profile (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  name    TEXT NOT NULL UNIQUE,
  command TEXT NOT NULL,
  file    TEXT NOT NULL,
  people  INTEGER NOT NULL
) STRICT;

-- When a profile is run, such as monday 07:00. Runs before since are not missed.
CREATE TABLE schedule (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  profile      INTEGER NOT NULL UNIQUE REFERENCES profile (id),
  every        TEXT NOT NULL,
  since        INTEGER NOT NULL,
  only_changed INTEGER NOT NULL
) STRICT;

-- One row for each run of a profile. A run changes nothing that anybody wrote, so
-- it has no event and no undo takes it back; undoing the profile, or removing it,
-- leaves what it once spread on record: profile is its number and no reference.
-- The newest thousand runs of each profile are kept.
CREATE TABLE run_log (
  id        INTEGER PRIMARY KEY,
  profile   INTEGER NOT NULL,
  name      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  took      INTEGER NOT NULL, -- milliseconds
  scheduled INTEGER NOT NULL,
  file      TEXT NOT NULL,
  result    TEXT NOT NULL,
  rows      INTEGER,
  bytes     INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  error     TEXT NOT NULL
) STRICT;
CREATE INDEX run_log_profile ON run_log (profile, (result = 'failed'), id);
