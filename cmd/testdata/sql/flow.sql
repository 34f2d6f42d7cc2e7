CREATE TEMP TABLE moved AS SELECT kind, was FROM visit WHERE old <> '' AND day >= '2024-01-01' AND day < '2025-01-01';
SELECT 'open_start', '', '', count(*) FROM visit WHERE day < '2024-01-01' AND (left_on IS NULL OR left_on >= '2024-01-01') AND kind NOT IN ('realised', 'closed')
UNION ALL SELECT 'received', '', '', count(*) FROM visit WHERE old = '' AND day >= '2024-01-01' AND day < '2025-01-01'
UNION ALL SELECT 'taken_in_done', '', '', count(*) FROM visit WHERE old = '' AND day >= '2024-01-01' AND day < '2025-01-01' AND kind IN ('realised', 'closed')
UNION ALL SELECT 'moved', '', '', count(*) FROM moved
UNION ALL SELECT iif(kind = 'test', 'tested', kind), '', '', count(*) FROM moved WHERE kind <> was AND kind IN ('presented', 'test', 'realised', 'closed') GROUP BY kind
UNION ALL SELECT 'reopened', '', '', count(*) FROM moved WHERE kind <> was AND was IN ('realised', 'closed')
UNION ALL SELECT 'open_end', '', '', count(*) FROM visit WHERE day < '2025-01-01' AND (left_on IS NULL OR left_on >= '2025-01-01') AND kind NOT IN ('realised', 'closed')
UNION ALL SELECT 'decided', '', '', count(*) FROM (SELECT number, min(day) AS day FROM (
    SELECT number, day FROM visit WHERE old <> '' AND kind IN ('test', 'introduction', 'realised', 'closed')
    UNION ALL SELECT idea, max(day, received) FROM decision JOIN idea ON number = idea WHERE resolution <> 'postpone' AND merged_into IS NULL) GROUP BY number)
  WHERE day >= '2024-01-01' AND day < '2025-01-01';
-- Work in progress: what came into each stage less what left it, up to the end
-- of each week, the last of which ends with the period.
WITH RECURSIVE week (day) AS (SELECT '2024-01-07' UNION ALL SELECT min(date(day, '+7 days'), '2024-12-31') FROM week WHERE day < '2024-12-31'),
change (stage, day, n) AS (SELECT new, day, 1 FROM visit UNION ALL SELECT new, left_on, -1 FROM visit WHERE left_on IS NOT NULL),
weekly AS (SELECT stage, coalesce((SELECT min(w.day) FROM week w WHERE w.day >= c.day), '9') AS week, sum(n) AS n FROM (SELECT stage, day, sum(n) AS n FROM change GROUP BY stage, day) c GROUP BY 1, 2)
SELECT 'week', s.key, w.day, (SELECT coalesce(sum(n), 0) FROM weekly c WHERE c.stage = s.key AND c.week <= w.day) FROM week w CROSS JOIN stage s;
