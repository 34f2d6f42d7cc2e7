INSERT INTO span SELECT 'stage', new, 1, day, left_on FROM visit WHERE kind NOT IN ('realised', 'closed');
CREATE TEMP TABLE over AS SELECT number, kind, min(day) AS day FROM visit WHERE old <> '' AND kind IN ('realised', 'closed') GROUP BY number, kind;
INSERT INTO span SELECT 'lead', '', 1, i.day, min(o.day) FROM visit i LEFT JOIN over o USING (number) WHERE old = '' GROUP BY number HAVING min(o.day) IS NOT NULL OR i.kind NOT IN ('realised', 'closed');
INSERT INTO span SELECT 'lead_' || o.kind, '', 0, received, day FROM over o JOIN idea USING (number);
INSERT INTO span SELECT 'first_contact', '', 1, begun, day FROM (SELECT i.number, i.day AS begun, i.kind, min(d.day) AS day FROM visit i LEFT JOIN (
    SELECT number, day FROM visit WHERE old <> '' AND kind <> 'intake'
    UNION ALL SELECT number, max(answered, received) FROM idea WHERE answered <> ''
    UNION ALL SELECT number, max(date(at / 1000, 'unixepoch', 'localtime'), received) FROM (SELECT subject_id, at, min(id) FROM event WHERE subject = 'idea' AND field = 'note' AND live = 1 GROUP BY subject_id) JOIN idea ON number = subject_id) d
  USING (number) WHERE i.old = '' GROUP BY i.number) WHERE day IS NOT NULL OR kind NOT IN ('realised', 'closed');
