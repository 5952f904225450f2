-- 1. Combien de postes sont prêts, par système ?
SELECT system, outcome, count(*) AS workstations
FROM lines WHERE line = 'summary' GROUP BY ALL ORDER BY ALL;

-- 2. Que faut-il corriger d'abord ? Les contrôles en échec, les plus fréquents en tête.
SELECT id, reason, severity, count(*) AS workstations
FROM lines WHERE line = 'check' AND state = 'fail' GROUP BY ALL ORDER BY workstations DESC, id, reason;

-- 3. Quels portails s'ouvrent avec quelle version de la Cryptolib ?
SELECT cryptolib, portal.portal AS portal, portal.outcome AS outcome, count(*) AS workstations
FROM (SELECT cryptolib, unnest(portals) AS portal FROM lines WHERE line = 'summary') GROUP BY ALL ORDER BY ALL;
