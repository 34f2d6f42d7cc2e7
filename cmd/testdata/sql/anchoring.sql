CREATE TEMP TABLE held AS SELECT '' AS part, participants FROM activity WHERE day >= '2024-01-01' AND day < '2025-01-01'
  UNION ALL SELECT 'unit:' || u.name, participants FROM activity a JOIN activity_unit au ON au.activity = a.id JOIN unit u ON u.id = au.unit WHERE day >= '2024-01-01' AND day < '2025-01-01'
  UNION ALL SELECT 'network:' || n.name, participants FROM activity a JOIN activity_network an ON an.activity = a.id JOIN network n ON n.id = an.network WHERE day >= '2024-01-01' AND day < '2025-01-01';
SELECT 'activities', '', part, count(*) FROM held GROUP BY part
UNION ALL SELECT 'participants', '', part, sum(participants) FROM held GROUP BY part
UNION ALL SELECT 'activities_counted', '', part, 1.0 * count(participants) / count(*) FROM held GROUP BY part;
