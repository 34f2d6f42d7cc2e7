CREATE TEMP TABLE counted AS
SELECT 'received' AS measure, coalesce(unit, 0) AS unit, i.kind AS giver_kind, coalesce(owner, 0) AS owner FROM visit JOIN idea i USING (number) WHERE old = '' AND day >= '2024-01-01' AND day < '2025-01-01'
UNION ALL SELECT 'open_end', coalesce(unit, 0), i.kind, coalesce(owner, 0) FROM visit v JOIN idea i USING (number) WHERE day < '2025-01-01' AND (left_on IS NULL OR left_on >= '2025-01-01') AND v.kind NOT IN ('realised', 'closed')
UNION ALL SELECT 'realised', coalesce(unit, 0), i.kind, coalesce(owner, 0) FROM visit v JOIN idea i USING (number) WHERE old <> '' AND v.kind = 'realised' AND was <> 'realised' AND day >= '2024-01-01' AND day < '2025-01-01'
UNION ALL SELECT 'tests_run', coalesce(unit, 0), i.kind, coalesce(owner, 0) FROM test_card t JOIN idea i ON i.number = t.idea
  WHERE started <> '' AND started < '2025-01-01' AND (finished = '' OR finished >= '2024-01-01');
SELECT measure, '', 'unit:' || coalesce(name, ''), count(*) FROM counted LEFT JOIN unit u ON u.id = unit GROUP BY measure, unit
UNION ALL SELECT measure, '', 'kind:' || giver_kind, count(*) FROM counted GROUP BY measure, giver_kind
UNION ALL SELECT measure, '', 'network:' || n.name, count(*) FROM counted c JOIN network_member m ON m.contact = c.owner JOIN network n ON n.id = m.network GROUP BY measure, n.id
UNION ALL SELECT 'activities', '', 'unit:' || u.name, count(*) FROM activity a JOIN activity_unit au ON au.activity = a.id JOIN unit u ON u.id = au.unit WHERE day >= '2024-01-01' AND day < '2025-01-01' GROUP BY u.id
UNION ALL SELECT 'activities', '', 'network:' || n.name, count(*) FROM activity a JOIN activity_network an ON an.activity = a.id JOIN network n ON n.id = an.network WHERE day >= '2024-01-01' AND day < '2025-01-01' GROUP BY n.id
UNION ALL SELECT 'units_with_ideas', '', '', 1.0 * count(*) FILTER (WHERE id IN (SELECT unit FROM counted WHERE measure = 'received')) / count(*) FROM unit WHERE closed = 0
UNION ALL SELECT 'units_reached', '', '', 1.0 * count(*) FILTER (WHERE id IN (SELECT unit FROM activity_unit JOIN activity ON id = activity WHERE day >= '2024-01-01' AND day < '2025-01-01')) / count(*) FROM unit WHERE closed = 0;
