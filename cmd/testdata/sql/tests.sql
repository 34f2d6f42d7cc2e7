CREATE TEMP TABLE ended AS SELECT * FROM test_card WHERE finished >= '2024-01-01' AND finished < '2025-01-01';
CREATE TEMP TABLE waited AS SELECT days, row_number() OVER (ORDER BY days) - 1 AS r, count(*) OVER () - 1 AS last
  FROM (SELECT julianday(started) - julianday((SELECT max(day) FROM decision d WHERE d.idea = t.idea AND resolution = 'test' AND day <= started)) AS days
    FROM test_card t WHERE started >= '2024-01-01' AND started < '2025-01-01') WHERE days IS NOT NULL;
SELECT 'tests_planned', '', '', count(*) FROM test_card t JOIN event e ON e.subject = 'test_card' AND e.subject <> 'idea' AND e.subject_id = t.id AND e.field = '' AND e.live = 1 AND e.new <> ''
  WHERE date(e.at / 1000, 'unixepoch', 'localtime') < '2025-01-01' AND (started = '' OR started >= '2025-01-01')
UNION ALL SELECT 'tests_running', '', '', count(*) FROM test_card WHERE started <> '' AND started < '2025-01-01' AND (finished = '' OR finished >= '2025-01-01')
UNION ALL SELECT 'tests_started', '', '', count(*) FROM test_card WHERE started >= '2024-01-01' AND started < '2025-01-01'
UNION ALL SELECT 'tests_finished', '', '', count(*) FROM ended
UNION ALL SELECT 'verdict', verdict, '', count(*) FROM ended GROUP BY verdict
UNION ALL SELECT 'tests_learnt', '', '', avg(learnt <> '') FROM ended
UNION ALL SELECT 'decision_to_test_median', '', '', sum(days * CASE r WHEN last / 2 THEN iif(last % 2, 0.5, 1) WHEN last / 2 + 1 THEN iif(last % 2, 0.5, 0) ELSE 0 END) FROM waited
UNION ALL SELECT 'tests_cost', '', '', sum(cost) FROM ended WHERE cost <> '';
