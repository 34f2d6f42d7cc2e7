CREATE TEMP TABLE gave AS SELECT DISTINCT giver, kind FROM idea CROSS JOIN idea_giver ON idea = number WHERE received >= '2024-01-01' AND received < '2025-01-01';
CREATE TEMP TABLE began AS SELECT giver, min(received) AS day FROM idea_giver JOIN idea ON number = idea WHERE giver IN (SELECT giver FROM gave) GROUP BY giver;
CREATE TEMP TABLE counted AS SELECT 'kind:' || kind AS part, giver, day >= '2024-01-01' AS new FROM gave JOIN began USING (giver)
  UNION ALL SELECT DISTINCT '', giver, day >= '2024-01-01' FROM gave JOIN began USING (giver);
CREATE TEMP TABLE unnamed AS SELECT kind FROM idea WHERE received >= '2024-01-01' AND received < '2025-01-01' AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM idea_giver WHERE idea = number);
SELECT 'givers', '', part, count(*) FROM counted GROUP BY part
UNION ALL SELECT 'first_timers', '', part, avg(new) FROM counted GROUP BY part
UNION ALL SELECT 'returning', '', part, avg(1 - new) FROM counted GROUP BY part
UNION ALL SELECT 'unnamed', '', '', count(*) FROM unnamed
UNION ALL SELECT 'unnamed', '', 'kind:' || kind, count(*) FROM unnamed GROUP BY kind;
