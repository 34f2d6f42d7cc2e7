-- +goose Up
-- What was spread, and who took it up.
PRAGMA user_version = 3;

-- One telling of good examples and ideas. reach is how many people it reached.
CREATE TABLE spread (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  day      TEXT NOT NULL,
  channel  TEXT NOT NULL,
  audience TEXT NOT NULL,
  reach    INTEGER, -- NULL is unknown
  text     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE spread_story (
  spread INTEGER NOT NULL REFERENCES spread (id),
  story  INTEGER NOT NULL REFERENCES story (id),
  PRIMARY KEY (spread, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX spread_story_story ON spread_story (story);

CREATE TABLE spread_idea (
  spread INTEGER NOT NULL REFERENCES spread (id),
  idea   INTEGER NOT NULL REFERENCES idea (number),
  PRIMARY KEY (spread, idea)
) STRICT, WITHOUT ROWID;
CREATE INDEX spread_idea_idea ON spread_idea (idea);

-- Somebody else took a good example up.
CREATE TABLE uptake (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  story        INTEGER NOT NULL REFERENCES story (id),
  day          TEXT NOT NULL,
  organisation TEXT NOT NULL,
  kind         TEXT NOT NULL,
  text         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX uptake_story ON uptake (story);
