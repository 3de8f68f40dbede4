CREATE VIEW scheduling.firing_overview AS
WITH unfinished AS (
    SELECT headers ->> 'firing' AS firing, count(*) AS messages
    FROM (SELECT headers FROM messaging.message UNION ALL SELECT headers FROM messaging.delayed_message) waiting
    WHERE headers ? 'firing'
    GROUP BY 1
), failed AS (
    SELECT headers ->> 'firing' AS firing, count(*) AS messages
    FROM messaging.dead_letter
    WHERE headers ? 'firing'
    GROUP BY 1
)
SELECT f.id,
       f.schedule,
       f.fire_time,
       f.fired_by,
       f.sent,
       f.sent - coalesce(u.messages, 0) - coalesce(d.messages, 0) AS handled,
       coalesce(u.messages, 0)                                    AS waiting,
       coalesce(d.messages, 0)                                    AS failed
FROM scheduling.schedule_firing f
LEFT JOIN unfinished u ON u.firing = f.id::text
LEFT JOIN failed d ON d.firing = f.id::text
ORDER BY f.fire_time DESC, f.schedule;

COMMENT ON VIEW scheduling.firing_overview IS 'What became of each firing, the newest first: sent = handled + waiting + failed';
COMMENT ON COLUMN scheduling.firing_overview.id IS 'The firing';
COMMENT ON COLUMN scheduling.firing_overview.schedule IS 'Its schedule';
COMMENT ON COLUMN scheduling.firing_overview.fire_time IS 'When it was due';
COMMENT ON COLUMN scheduling.firing_overview.fired_by IS 'Who did it';
COMMENT ON COLUMN scheduling.firing_overview.sent IS 'How many messages it sent';
COMMENT ON COLUMN scheduling.firing_overview.handled IS 'How many of them are done';
COMMENT ON COLUMN scheduling.firing_overview.waiting IS 'How many of them wait, for a worker or for their next attempt, or are being handled';
COMMENT ON COLUMN scheduling.firing_overview.failed IS 'How many of them were given up: see messaging.dead_letter';

CREATE VIEW scheduling.schedule_overview AS
SELECT schedule,
       max(fire_time)                                           AS last_fire_time,
       max(fired_at)                                            AS last_fired_at,
       (array_agg(fired_by ORDER BY fire_time DESC))[1]         AS last_fired_by,
       count(*) FILTER (WHERE fired_at > now() - interval '24 hours') AS firings_in_24_hours,
       coalesce(sum(sent) FILTER (WHERE fired_at > now() - interval '24 hours'), 0) AS sent_in_24_hours
FROM scheduling.schedule_firing
GROUP BY schedule
ORDER BY schedule;

COMMENT ON VIEW scheduling.schedule_overview IS 'When each schedule last ran';
COMMENT ON COLUMN scheduling.schedule_overview.schedule IS 'The name of the schedule';
COMMENT ON COLUMN scheduling.schedule_overview.last_fire_time IS 'When it was last due, of the times that were done';
COMMENT ON COLUMN scheduling.schedule_overview.last_fired_at IS 'When it was last done';
COMMENT ON COLUMN scheduling.schedule_overview.last_fired_by IS 'Who did it last';
COMMENT ON COLUMN scheduling.schedule_overview.firings_in_24_hours IS 'How often it was done in the last 24 hours';
COMMENT ON COLUMN scheduling.schedule_overview.sent_in_24_hours IS 'How many messages it sent in the last 24 hours';

CREATE SCHEMA operations;
COMMENT ON SCHEMA operations IS 'Views that answer what operators ask';

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
WHERE datname = current_database() AND application_name LIKE 'aegis-%'
GROUP BY 1, 2
ORDER BY 1, 2;

COMMENT ON VIEW operations.connection_overview IS 'Who is connected: one row for each service on each host';
COMMENT ON COLUMN operations.connection_overview.service IS 'The service, by the application_name of its connections';
COMMENT ON COLUMN operations.connection_overview.host IS 'The host or container it runs on';
COMMENT ON COLUMN operations.connection_overview.connections IS 'How many connections it holds';
COMMENT ON COLUMN operations.connection_overview.active IS 'How many of them run a statement';
COMMENT ON COLUMN operations.connection_overview.idle_in_transaction IS 'How many of them keep a transaction open while they do nothing';
COMMENT ON COLUMN operations.connection_overview.waiting_for_locks IS 'How many of them wait for another transaction';
COMMENT ON COLUMN operations.connection_overview.oldest_transaction IS 'How long its oldest transaction has been open; long ones keep dead rows alive';
COMMENT ON COLUMN operations.connection_overview.connected_since IS 'When the oldest of its connections was made';

CREATE VIEW operations.failure_overview AS
SELECT queue, error, count(*) AS messages, min(died_at) AS first_at, max(died_at) AS last_at, max(id) AS example
FROM messaging.dead_letter
GROUP BY queue, error
ORDER BY last_at DESC;

COMMENT ON VIEW operations.failure_overview IS 'What fails: the messages that were given up, by queue and error, the latest first';
COMMENT ON COLUMN operations.failure_overview.queue IS 'The queue that they came from';
COMMENT ON COLUMN operations.failure_overview.error IS 'Why they were given up';
COMMENT ON COLUMN operations.failure_overview.messages IS 'How many there are';
COMMENT ON COLUMN operations.failure_overview.first_at IS 'When the first was given up';
COMMENT ON COLUMN operations.failure_overview.last_at IS 'When the latest was given up';
COMMENT ON COLUMN operations.failure_overview.example IS 'The id of one of them in messaging.dead_letter';
