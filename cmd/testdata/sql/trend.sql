-- The flow by month.
CREATE TEMP TABLE month AS WITH RECURSIVE m (a) AS (SELECT '2024-01-01' UNION ALL SELECT date(a, '+1 month') FROM m WHERE a < '2024-12-01') SELECT substr(a, 1, 7) AS name, a, date(a, '+1 month') AS z FROM m;
CREATE TEMP TABLE moved AS SELECT substr(day, 1, 7) AS month, kind, was FROM visit WHERE old <> '' AND day >= '2024-01-01' AND day < '2025-01-01';
CREATE TEMP TABLE change AS SELECT day, sum(n) AS n FROM (SELECT day, 1 AS n FROM visit WHERE kind NOT IN ('realised', 'closed')
  UNION ALL SELECT left_on, -1 FROM visit WHERE left_on IS NOT NULL AND kind NOT IN ('realised', 'closed')) GROUP BY day;
SELECT 'received', '', substr(day, 1, 7), count(*) FROM visit WHERE old = '' AND day >= '2024-01-01' AND day < '2025-01-01' GROUP BY 3
UNION ALL SELECT 'moved', '', month, count(*) FROM moved GROUP BY month
UNION ALL SELECT iif(kind = 'test', 'tested', kind), '', month, count(*) FROM moved WHERE kind <> was AND kind IN ('presented', 'test', 'realised', 'closed') GROUP BY kind, month
UNION ALL SELECT 'open_start', '', name, (SELECT sum(n) FROM change WHERE day < a) FROM month
UNION ALL SELECT 'open_end', '', name, (SELECT sum(n) FROM change WHERE day < z) FROM month
UNION ALL SELECT 'decided', '', substr(day, 1, 7), count(*) FROM (SELECT number, min(day) AS day FROM (
    SELECT number, day FROM visit WHERE old <> '' AND kind IN ('test', 'introduction', 'realised', 'closed')
    UNION ALL SELECT idea, max(day, received) FROM decision JOIN idea ON number = idea WHERE resolution <> 'postpone' AND merged_into IS NULL) GROUP BY number)
  WHERE day >= '2024-01-01' AND day < '2025-01-01' GROUP BY 3;
