-- +goose Up
-- What reports look up row by row, in indexes that hold all of it, so that the
-- rows themselves, which are long, are not read.
PRAGMA user_version = 4;

CREATE INDEX idea_day ON idea (number, received);
CREATE INDEX activity_day ON activity (day);
CREATE INDEX decision_test ON decision (resolution, idea, day) WHERE resolution = 'test';
CREATE INDEX event_planned ON event (subject_id, at) WHERE subject = 'test_card' AND field = '' AND new <> '' AND live = 1;
