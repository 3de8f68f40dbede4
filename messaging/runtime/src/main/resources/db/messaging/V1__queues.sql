CREATE SCHEMA IF NOT EXISTS messaging;
COMMENT ON SCHEMA messaging IS 'The message broker: queues, messages, consumers. Written by the aegis-postgresql connector.';

CREATE TABLE messaging.queue (
    name       text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$'),
    paused     boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE messaging.queue IS 'The queues that a service consumes or has consumed.';
COMMENT ON COLUMN messaging.queue.name IS 'The name, as in the channel settings.';
COMMENT ON COLUMN messaging.queue.paused IS 'While true no process of the cluster claims from this queue; messages under way are finished.';
COMMENT ON COLUMN messaging.queue.created_at IS 'When a consumer first appeared.';

CREATE TABLE messaging.consumer (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_name text        NOT NULL,
    host             text        NOT NULL,
    pid              bigint      NOT NULL,
    queues           text[]      NOT NULL,
    started_at       timestamptz NOT NULL DEFAULT now(),
    heartbeat_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
COMMENT ON TABLE messaging.consumer IS 'The processes that consume now. One that stops beating loses its claims.';
COMMENT ON COLUMN messaging.consumer.id IS 'Names the process in message.claimed_by.';
COMMENT ON COLUMN messaging.consumer.application_name IS 'As in pg_stat_activity.';
COMMENT ON COLUMN messaging.consumer.host IS 'The host or container it runs on.';
COMMENT ON COLUMN messaging.consumer.pid IS 'Its process id on that host.';
COMMENT ON COLUMN messaging.consumer.queues IS 'The queues that it consumes.';
COMMENT ON COLUMN messaging.consumer.started_at IS 'When it registered.';
COMMENT ON COLUMN messaging.consumer.heartbeat_at IS 'When it last said that it lives.';

CREATE SEQUENCE messaging.message_id_seq;

-- No foreign key to messaging.queue: each send would lock the same queue row and build multixacts on it.
-- The claim columns are in no index and no index predicate, so that a claim is a heap-only update.
CREATE TABLE messaging.message (
    id            bigint      NOT NULL DEFAULT nextval('messaging.message_id_seq'),
    claimed_by    bigint,
    claimed_at    timestamptz,
    sent_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    priority      smallint    NOT NULL DEFAULT 0,
    attempt       smallint    NOT NULL DEFAULT 0,
    queue         text COLLATE "C" NOT NULL,
    content_type  text        NOT NULL,
    headers       jsonb,
    payload       text,
    payload_bytes bytea,
    PRIMARY KEY (queue, priority, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.message IS 'The messages that wait or are being handled. A handled message is deleted.';
COMMENT ON COLUMN messaging.message.id IS 'Rises in the order of sending; kept through retries, and in the dead letter.';
COMMENT ON COLUMN messaging.message.claimed_by IS 'The consumer that handles it; null while it waits.';
COMMENT ON COLUMN messaging.message.claimed_at IS 'When that consumer took it.';
COMMENT ON COLUMN messaging.message.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.message.priority IS 'Lower is handled first.';
COMMENT ON COLUMN messaging.message.attempt IS 'How often it was claimed.';
COMMENT ON COLUMN messaging.message.queue IS 'The queue that it waits in.';
COMMENT ON COLUMN messaging.message.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.message.headers IS 'What the sender attached, and the trace context.';
COMMENT ON COLUMN messaging.message.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.message.payload_bytes IS 'The payload, when it is binary.';
COMMENT ON SEQUENCE messaging.message_id_seq IS 'The ids of all messages.';

CREATE TABLE messaging.delayed_message (
    id            bigint      NOT NULL DEFAULT nextval('messaging.message_id_seq'),
    due_at        timestamptz NOT NULL,
    sent_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    priority      smallint    NOT NULL DEFAULT 0,
    attempt       smallint    NOT NULL DEFAULT 0,
    queue         text COLLATE "C" NOT NULL,
    content_type  text        NOT NULL,
    headers       jsonb,
    payload       text,
    payload_bytes bytea,
    last_error    text,
    PRIMARY KEY (queue, due_at, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.delayed_message IS 'The messages that are not due yet: sent with a delay, or waiting for their next attempt.';
COMMENT ON COLUMN messaging.delayed_message.id IS 'As in message.';
COMMENT ON COLUMN messaging.delayed_message.due_at IS 'When it moves to the waiting messages.';
COMMENT ON COLUMN messaging.delayed_message.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.delayed_message.priority IS 'Lower is handled first, among those that are due.';
COMMENT ON COLUMN messaging.delayed_message.attempt IS 'How often it was claimed before.';
COMMENT ON COLUMN messaging.delayed_message.queue IS 'The queue that it will wait in.';
COMMENT ON COLUMN messaging.delayed_message.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.delayed_message.headers IS 'What the sender attached, and the trace context.';
COMMENT ON COLUMN messaging.delayed_message.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.delayed_message.payload_bytes IS 'The payload, when it is binary.';
COMMENT ON COLUMN messaging.delayed_message.last_error IS 'Why the last attempt failed; null when none was made.';

CREATE TABLE messaging.dead_letter (
    id            bigint      PRIMARY KEY,
    died_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at       timestamptz NOT NULL,
    priority      smallint    NOT NULL,
    attempts      smallint    NOT NULL,
    queue         text COLLATE "C" NOT NULL,
    content_type  text        NOT NULL,
    headers       jsonb,
    payload       text,
    payload_bytes bytea,
    error         text        NOT NULL,
    stack_trace   text
);
CREATE INDEX dead_letter_by_queue ON messaging.dead_letter (queue, died_at);
COMMENT ON TABLE messaging.dead_letter IS 'The messages that were given up. messaging.resend(id) sends one again.';
COMMENT ON COLUMN messaging.dead_letter.id IS 'As in message.';
COMMENT ON COLUMN messaging.dead_letter.died_at IS 'When it was given up.';
COMMENT ON COLUMN messaging.dead_letter.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.dead_letter.priority IS 'Its priority, kept for sending it again.';
COMMENT ON COLUMN messaging.dead_letter.attempts IS 'How often it was tried.';
COMMENT ON COLUMN messaging.dead_letter.queue IS 'The queue that it came from.';
COMMENT ON COLUMN messaging.dead_letter.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.dead_letter.headers IS 'What the sender attached, and the trace context.';
COMMENT ON COLUMN messaging.dead_letter.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.dead_letter.payload_bytes IS 'The payload, when it is binary.';
COMMENT ON COLUMN messaging.dead_letter.error IS 'Why it was given up, in one line.';
COMMENT ON COLUMN messaging.dead_letter.stack_trace IS 'Where the last attempt failed; null when its process died.';

CREATE VIEW messaging.queue_overview AS
SELECT name AS queue,
       paused,
       coalesce(m.waiting, 0)    AS waiting,
       coalesce(m.in_flight, 0)  AS in_flight,
       coalesce(d.delayed, 0)    AS delayed,
       coalesce(l.dead, 0)       AS dead,
       now() - m.oldest_sent_at  AS oldest_waits_for,
       d.next_due_at,
       (SELECT count(*) FROM messaging.consumer c
        WHERE name = ANY (c.queues) AND c.heartbeat_at > now() - interval '10 seconds') AS consumers
FROM (SELECT name, paused FROM messaging.queue
      UNION
      SELECT queue, false FROM (SELECT queue FROM messaging.message
                                UNION SELECT queue FROM messaging.delayed_message
                                UNION SELECT queue FROM messaging.dead_letter) unread
      WHERE queue NOT IN (SELECT name FROM messaging.queue)) q
LEFT JOIN (SELECT queue, count(*) FILTER (WHERE claimed_by IS NULL) AS waiting,
                  count(claimed_by) AS in_flight,
                  min(sent_at) FILTER (WHERE claimed_by IS NULL) AS oldest_sent_at
           FROM messaging.message GROUP BY queue) m ON m.queue = name
LEFT JOIN (SELECT queue, count(*) AS delayed, min(due_at) AS next_due_at
           FROM messaging.delayed_message GROUP BY queue) d ON d.queue = name
LEFT JOIN (SELECT queue, count(*) AS dead FROM messaging.dead_letter GROUP BY queue) l ON l.queue = name
ORDER BY name;
COMMENT ON VIEW messaging.queue_overview IS 'What waits: one row for each queue.';
COMMENT ON COLUMN messaging.queue_overview.queue IS 'The name of the queue.';
COMMENT ON COLUMN messaging.queue_overview.paused IS 'Whether it is paused for the whole cluster.';
COMMENT ON COLUMN messaging.queue_overview.waiting IS 'Messages that are due and not taken.';
COMMENT ON COLUMN messaging.queue_overview.in_flight IS 'Messages that a consumer has taken.';
COMMENT ON COLUMN messaging.queue_overview.delayed IS 'Messages that are not due yet.';
COMMENT ON COLUMN messaging.queue_overview.dead IS 'Messages that were given up.';
COMMENT ON COLUMN messaging.queue_overview.oldest_waits_for IS 'How long ago the oldest waiting message was sent.';
COMMENT ON COLUMN messaging.queue_overview.next_due_at IS 'When the next delayed message is due.';
COMMENT ON COLUMN messaging.queue_overview.consumers IS 'Processes that consume it and have beaten in the last ten seconds.';

CREATE FUNCTION messaging.pause(queue_name text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO messaging.queue (name, paused) VALUES (queue_name, true)
    ON CONFLICT (name) DO UPDATE SET paused = true
$$;
COMMENT ON FUNCTION messaging.pause IS 'Stops claiming from a queue in the whole cluster; what is under way is finished.';

CREATE FUNCTION messaging.resume(queue_name text) RETURNS void LANGUAGE sql AS $$
    UPDATE messaging.queue SET paused = false WHERE name = queue_name;
    SELECT pg_notify('messaging.' || queue_name, '')
$$;
COMMENT ON FUNCTION messaging.resume IS 'Lets a paused queue go on.';

CREATE FUNCTION messaging.resend(dead_letter_id bigint) RETURNS boolean LANGUAGE sql AS $$
    WITH raised AS (DELETE FROM messaging.dead_letter WHERE id = dead_letter_id RETURNING *),
         sent AS (INSERT INTO messaging.message (id, sent_at, priority, queue, content_type, headers, payload, payload_bytes)
                  SELECT id, clock_timestamp(), priority, queue, content_type, headers, payload, payload_bytes FROM raised
                  RETURNING queue)
    SELECT count(pg_notify('messaging.' || queue, '')) > 0 FROM sent
$$;
COMMENT ON FUNCTION messaging.resend IS 'Sends a dead letter again as if new. True when there was one of that id.';
