-- A history for imported ideas: with their arrival ten events each on average,
-- and what belongs to them. Stages follow each other at even distances; six of
-- ten of those that come no further than the forum are closed.
BEGIN;
CREATE TEMP TABLE path (k INTEGER PRIMARY KEY, old TEXT, new TEXT);
INSERT INTO path VALUES (1, 'received', 'dialogue'), (2, 'dialogue', 'development'), (3, 'development', 'presented'),
  (4, 'presented', 'test'), (5, 'test', 'introduction'), (6, 'introduction', 'realised');
INSERT INTO event (command, at, subject, subject_id, field, old, new, forced)
  SELECT 1, unixepoch(received) * 1000 + k * (20 + number % 13) * 86400000, 'idea', number, 'stage', old, new, number % 50 = 0
  FROM idea JOIN path ON k <= number % 7 ORDER BY k, number;
UPDATE idea SET stage = (SELECT new FROM path WHERE k = number % 7),
  stage_since = unixepoch(received) * 1000 + (number % 7) * (20 + number % 13) * 86400000 WHERE number % 7 > 0;
INSERT INTO event (command, at, subject, subject_id, field, old, new)
  SELECT 1, stage_since + 20 * 86400000, 'idea', number, 'stage', stage, 'closed' FROM idea WHERE number % 7 IN (1, 2, 3) AND number % 5 < 3 ORDER BY number;
UPDATE idea SET stage = 'closed', stage_since = stage_since + 20 * 86400000, reason = CASE number % 3 WHEN 0 THEN 'declined' WHEN 1 THEN 'handed-over' ELSE 'withdrawn' END
  WHERE number % 7 IN (1, 2, 3) AND number % 5 < 3;
UPDATE idea SET answered = date(received, '+' || (number % 30) || ' days') WHERE number % 3 > 0;

CREATE TEMP TABLE other (k INTEGER PRIMARY KEY, field TEXT, new TEXT);
INSERT INTO other VALUES (1, 'note', 'Talked with the giver about how it would work in practice.'), (2, 'due', '2026-01-01'), (3, 'next', 'Call the unit'),
  (4, 'note', 'The unit wants to try it next term, if the cost is low.'), (5, 'benefits', 'quality'), (6, 'next', '');
INSERT INTO event (command, at, subject, subject_id, field, new)
  SELECT 1, unixepoch(received) * 1000 + k * (3 + number % 11) * 86400000, 'idea', number, field, new FROM idea JOIN other ON number > 0 ORDER BY k, number;

INSERT INTO coach (name) VALUES ('bengt');
UPDATE idea SET coach = number % 2 + 1 WHERE number % 3 = 0;
UPDATE unit SET employees = 40 * id WHERE id % 3 > 0;
INSERT INTO contact (name, unit) SELECT 'Contact ' || id, id FROM unit;
INSERT INTO network (name) VALUES ('Improvers'), ('Digital'), ('School');
INSERT INTO network_member SELECT id % 3 + 1, id FROM contact;
UPDATE idea SET owner = number % (SELECT count(*) FROM contact) + 1 WHERE number % 4 = 0;
INSERT INTO giver (id, kind, name, unit) SELECT number, kind, 'Giver ' || number, iif(number % 2, unit, NULL) FROM idea WHERE number % 5 > 0;
INSERT INTO idea_giver SELECT number, iif(number % 5 > 0 AND number % 3 > 0, number, (number * 7919) % max(number / 5, 1) * 5 + 1) FROM idea WHERE number % 20 > 0;

INSERT INTO forum (name, kind) VALUES ('The council', 'council');
INSERT INTO decision (idea, forum, day, resolution) SELECT number, 1, date(received, '+' || (80 + 4 * (number % 13)) || ' days'), iif(number % 2, 'test', 'introduce') FROM idea WHERE number % 7 >= 4;
INSERT INTO test_card (idea, belief, method, measure, target, started, finished, verdict, learnt, cost)
  SELECT number, 'It saves time', 'Two units try it', 'minutes', '10', date(received, '+' || (100 + 4 * (number % 13)) || ' days'),
    iif(number % 4, date(received, '+' || (160 + 4 * (number % 13)) || ' days'), ''), iif(number % 4, iif(number % 6, 'supported', 'refuted'), ''),
    iif(number % 4 AND number % 3, 'It works where people meet', ''), iif(number % 4, '1000', '')
  FROM idea WHERE number % 7 >= 4 AND number % 5 = 0;
INSERT INTO event (command, at, subject, subject_id, field, new) SELECT 1, unixepoch(started) * 1000 - 864000000, 'test_card', id, '', 'It saves time' FROM test_card;
INSERT INTO effect (idea, measure, value_before, value_after, begins, cost) SELECT number, iif(number % 2, 'minutes', 'visits'), '10', '8', iif(number % 4, date(received, '+300 days'), ''), '500' FROM idea WHERE number % 7 = 6 AND number % 3 = 0;
INSERT INTO effect_seen (effect, day, value_after, cost) SELECT id, '2025-06-01', '7', '600' FROM effect WHERE id % 2;
INSERT INTO activity (title, kind, day, participants) SELECT 'Workshop ' || number, 'workshop', received, iif(number % 4, 10 + number % 7, NULL) FROM idea WHERE number % 40 = 0;
INSERT INTO activity_unit SELECT id, id % (SELECT count(*) FROM unit) + 1 FROM activity;
INSERT INTO activity_network SELECT id, id % 3 + 1 FROM activity WHERE id % 2;
COMMIT;
