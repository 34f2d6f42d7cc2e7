-- The stays of ideas, as reports know them: the first begins when the idea came
-- in, and none before the one that it follows. Each query after this gives the
-- figures of a report about 2024: measure, item, group, value.
CREATE TEMP TABLE visit AS
SELECT number, old, new, s.kind, w.kind AS was, day, lead(day) OVER (PARTITION BY number ORDER BY event) AS left_on FROM (
  SELECT e.id AS event, e.subject_id AS number, e.old, e.new,
    max(iif(e.old = '', i.received, date(e.at / 1000, 'unixepoch', 'localtime'))) OVER (PARTITION BY e.subject_id ORDER BY e.id) AS day
  FROM event e INDEXED BY event_stage JOIN sought i ON i.number = e.subject_id
  WHERE e.subject = 'idea' AND e.field = 'stage' AND e.live = 1)
  JOIN stage s ON s.key = new LEFT JOIN stage w ON w.key = old;
