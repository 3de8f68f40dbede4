CREATE SCHEMA operations;
COMMENT ON SCHEMA operations IS 'Views for operators';

CREATE VIEW operations.connection_overview AS
SELECT split_part(application_name, '@', 1)                            AS service,
       split_part(application_name, '@', 2)                            AS host,
       count(*)                                                        AS connections,
       count(*) FILTER (WHERE state = 'active')                        AS active,
       count(*) FILTER (WHERE state LIKE 'idle in transaction%')       AS idle_in_transaction,
       count(*) FILTER (WHERE state = 'active' AND wait_event_type = 'Lock') AS waiting_for_locks,
       now() - min(xact_start)                                         AS oldest_transaction,
       min(backend_start)                                              AS connected_since
FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE '%_@_%'
GROUP BY 1, 2
ORDER BY 1, 2;

COMMENT ON VIEW operations.connection_overview IS 'Which services are connected: one row for each on each host';
COMMENT ON COLUMN operations.connection_overview.service IS 'The service, by the application_name of its connections';
COMMENT ON COLUMN operations.connection_overview.host IS 'The host or container it runs on';
COMMENT ON COLUMN operations.connection_overview.connections IS 'How many connections it holds';
COMMENT ON COLUMN operations.connection_overview.active IS 'How many of them run a statement';
COMMENT ON COLUMN operations.connection_overview.idle_in_transaction IS 'How many of them are idle in an open transaction';
COMMENT ON COLUMN operations.connection_overview.waiting_for_locks IS 'How many of them wait for another transaction';
COMMENT ON COLUMN operations.connection_overview.oldest_transaction IS 'How long its oldest transaction has been open; long ones keep dead rows alive';
COMMENT ON COLUMN operations.connection_overview.connected_since IS 'When the oldest of its connections was made';

CREATE VIEW operations.failure_overview AS
SELECT queue, error, count(*) AS messages, min(died_at) AS first_at, max(died_at) AS last_at, max(id) AS example
FROM messaging.dead_letter
GROUP BY queue, error
ORDER BY last_at DESC;

COMMENT ON VIEW operations.failure_overview IS 'What fails: the dead letters by queue and error, the latest first';
COMMENT ON COLUMN operations.failure_overview.queue IS 'The queue of the messages';
COMMENT ON COLUMN operations.failure_overview.error IS 'The error of the last attempt';
COMMENT ON COLUMN operations.failure_overview.messages IS 'How many dead letters there are';
COMMENT ON COLUMN operations.failure_overview.first_at IS 'When the first became a dead letter';
COMMENT ON COLUMN operations.failure_overview.last_at IS 'When the latest became a dead letter';
COMMENT ON COLUMN operations.failure_overview.example IS 'The id of one of them in messaging.dead_letter';
