CREATE TEMP TABLE fate AS SELECT max(v.kind = 'realised') AS realised, max(v.kind IN ('test', 'introduction', 'realised')) OR EXISTS (SELECT 1 FROM decision d WHERE d.idea = v.number AND resolution IN ('test', 'introduce')) AS accepted
  FROM visit v JOIN idea USING (number) WHERE received >= '2024-01-01' AND received < '2025-01-01' GROUP BY number;
SELECT 'received', '', '', count(*) FROM fate
UNION ALL SELECT 'realised', '', '', count(*) FROM visit WHERE old <> '' AND kind = 'realised' AND was <> 'realised' AND day >= '2024-01-01' AND day < '2025-01-01'
UNION ALL SELECT 'accepted', '', '', avg(accepted) FROM fate
UNION ALL SELECT 'realised_of_received', '', '', avg(realised) FROM fate
UNION ALL SELECT 'realised_of_accepted', '', '', avg(realised) FROM fate WHERE accepted
UNION ALL SELECT 'per_100_employees', '', '', 100.0 * count(*) / (SELECT sum(employees) FROM unit WHERE employees > 0 AND closed = 0) FROM idea i WHERE received >= '2024-01-01' AND received < '2025-01-01' AND merged_into IS NULL AND kind = 'employee'
  AND coalesce((SELECT g.unit FROM idea_giver JOIN giver g ON g.id = giver WHERE idea = number AND g.unit IS NOT NULL LIMIT 1), i.unit) IN (SELECT id FROM unit WHERE employees > 0 AND closed = 0);
