-- Charge les lignes de « cpx-check --format ndjson » de tout un parc : un fichier par poste, ou un seul.
-- duckdb parc.db -c "SET VARIABLE reports = 'rapports/*.ndjson';" -f load.sql -f queries.sql
CREATE OR REPLACE TABLE lines AS
SELECT * FROM read_json(getvariable('reports'), format = 'newline_delimited', filename = true, columns = {
    schema: 'VARCHAR', time: 'TIMESTAMP', system: 'VARCHAR', outcome: 'VARCHAR', line: 'VARCHAR',
    cryptolib: 'VARCHAR', card_valid_until: 'DATE',
    portals: 'STRUCT(portal VARCHAR, outcome VARCHAR, browser VARCHAR)[]',
    id: 'VARCHAR', state: 'VARCHAR', severity: 'VARCHAR', reason: 'VARCHAR'
})
WHERE schema = 'cpx-check.ndjson/2';
