CREATE TEMP TABLE period AS SELECT '' AS name, '2024-01-01' AS a, '2025-01-01' AS z, date('now', 'localtime') AS until
  UNION ALL SELECT 'before', '2023-01-01', '2024-01-01', date('2024-01-01', '+' || (julianday(date('now', 'localtime')) - julianday('2025-01-01')) || ' days');
SELECT 'received', '', name, count(*) FROM period JOIN idea ON received >= a AND received < z WHERE merged_into IS NULL GROUP BY name
UNION ALL SELECT 'received_from', kind, name, count(*) FROM period JOIN idea ON received >= a AND received < z WHERE merged_into IS NULL GROUP BY name, kind
UNION ALL SELECT 'answered_in_time', '', name, 1.0 * count(*) FILTER (WHERE answered <> '' AND answered <= date(received, '+14 days')) / count(*) FILTER (WHERE answered <> '' OR date(received, '+14 days') < until)
  FROM period JOIN idea ON received >= a AND received < z WHERE merged_into IS NULL OR answered <> '' GROUP BY name
UNION ALL SELECT 'standing', new, name, count(*) FROM period JOIN visit ON day < z AND (left_on IS NULL OR left_on >= z) WHERE kind NOT IN ('realised', 'closed') GROUP BY name, new
UNION ALL SELECT 'realised', '', name, count(*) FROM period JOIN visit ON day >= a AND day < z WHERE old <> '' AND kind = 'realised' AND was <> 'realised' GROUP BY name
UNION ALL SELECT 'tests_running', '', name, count(*) FILTER (WHERE started <> '' AND started < z AND (finished = '' OR finished >= z)) FROM period JOIN test_card GROUP BY name
UNION ALL SELECT 'tests_finished', '', name, count(*) FILTER (WHERE finished >= a AND finished < z) FROM period JOIN test_card GROUP BY name
UNION ALL SELECT 'longest_waiting', '', name, julianday(date(z, '-1 day')) - julianday(min(received)) FROM period JOIN idea ON received < z WHERE merged_into IS NULL AND (answered = '' OR max(answered, received) >= z) GROUP BY name;
CREATE TEMP TABLE ranked AS SELECT name, what, days, row_number() OVER (PARTITION BY name, what ORDER BY days) - 1 AS r, count(*) OVER (PARTITION BY name, what) - 1 AS last
  FROM (SELECT name, what, julianday(ended) - julianday(begun) AS days FROM period JOIN span ON ended >= a AND ended < z);
CREATE TEMP TABLE curve AS WITH
risk AS (SELECT name, what, julianday(iif(ended <= until, ended, until)) - julianday(begun) AS days, count(*) FILTER (WHERE ended <= until) AS ended, count(*) AS gone FROM period JOIN span ON begun >= a AND begun < z GROUP BY 1, 2, 3),
at_risk AS (SELECT name, what, days, ended, sum(gone) OVER (PARTITION BY name, what ORDER BY days DESC) AS risk FROM risk)
SELECT name, what, days, exp(sum(iif(ended < risk, ln(1.0 - 1.0 * ended / risk), -1e9)) OVER (PARTITION BY name, what ORDER BY days)) AS left FROM at_risk;
SELECT what || '_median', '', name, sum(days * CASE r WHEN last / 2 THEN iif(last % 2, 0.5, 1) WHEN last / 2 + 1 THEN iif(last % 2, 0.5, 0) ELSE 0 END) FROM ranked GROUP BY what, name
UNION ALL SELECT what || '_km_median', '', name, min(days) FILTER (WHERE left <= 0.5) FROM curve GROUP BY what, name;
SELECT 'waiting', number, title, received FROM idea WHERE answered = '' AND merged_into IS NULL ORDER BY received, number LIMIT 3;
