-- Figures are exact up to 10,000. Beyond, the size of a queue is estimated from the rows of 150 pages of its table: the
-- cost does not grow with the table, and unlike the planner's statistics the figure is never out of date.
-- None of these functions may read a whole table, whatever the planner thinks of a table that was empty a moment ago.

CREATE FUNCTION messaging.queue_names() RETURNS SETOF text LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
    WITH RECURSIVE waiting AS (
        (SELECT queue FROM messaging.message ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT next.queue FROM messaging.message next WHERE next.queue > last.queue ORDER BY next.queue LIMIT 1)
        FROM waiting last WHERE last.queue IS NOT NULL),
    delayed AS (
        (SELECT queue FROM messaging.delayed_message ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT next.queue FROM messaging.delayed_message next WHERE next.queue > last.queue ORDER BY next.queue LIMIT 1)
        FROM delayed last WHERE last.queue IS NOT NULL),
    held AS (
        (SELECT queue FROM messaging.held_message ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT next.queue FROM messaging.held_message next WHERE next.queue > last.queue ORDER BY next.queue LIMIT 1)
        FROM held last WHERE last.queue IS NOT NULL),
    dead AS (
        (SELECT queue FROM messaging.dead_letter ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT next.queue FROM messaging.dead_letter next WHERE next.queue > last.queue ORDER BY next.queue LIMIT 1)
        FROM dead last WHERE last.queue IS NOT NULL)
    SELECT name FROM messaging.queue
    UNION SELECT queue FROM messaging.binding
    UNION SELECT queue FROM waiting WHERE queue IS NOT NULL
    UNION SELECT queue FROM delayed WHERE queue IS NOT NULL
    UNION SELECT queue FROM held WHERE queue IS NOT NULL
    UNION SELECT queue FROM dead WHERE queue IS NOT NULL
$$;
COMMENT ON FUNCTION messaging.queue_names IS 'All queues: those that somebody consumes or has consumed, and those that have messages.';

CREATE FUNCTION messaging.check_queue(queue_name text) RETURNS void LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
    IF EXISTS (SELECT FROM messaging.queue WHERE name = queue_name)
       OR EXISTS (SELECT FROM messaging.message WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.delayed_message WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.held_message WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.dead_letter WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.binding WHERE queue = queue_name) THEN
        RETURN;
    END IF;
    RAISE EXCEPTION 'there is no queue %', coalesce(quote_literal(queue_name), 'NULL')
        USING ERRCODE = 'undefined_object',
              HINT = 'Nobody has consumed a queue of that name, and nothing was sent to it.'
                     ' SELECT queue FROM messaging.queue_overview lists the queues.';
END
$$;
COMMENT ON FUNCTION messaging.check_queue IS 'Raises an error unless there is a queue of that name.';

CREATE OR REPLACE FUNCTION messaging.pause(queue_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF queue_name IS NULL OR queue_name !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$' THEN
        RAISE EXCEPTION 'no queue can be called %', coalesce(quote_literal(queue_name), 'NULL')
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'A name has 1 to 50 letters, digits, dots, underscores or hyphens, and begins with a letter or a digit.';
    END IF;
    BEGIN
        PERFORM messaging.check_queue(queue_name);
    EXCEPTION WHEN undefined_object THEN
        RAISE NOTICE 'there is no queue % yet: it is paused from its first message on', quote_literal(queue_name);
    END;
    INSERT INTO messaging.queue (name, paused) VALUES (queue_name, true)
    ON CONFLICT (name) DO UPDATE SET paused = true;
END
$$;

CREATE OR REPLACE FUNCTION messaging.resume(queue_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM messaging.check_queue(queue_name);
    UPDATE messaging.queue SET paused = false WHERE name = queue_name;
    PERFORM pg_notify('messaging.' || queue_name, '');
END
$$;

CREATE FUNCTION messaging.estimate(queue_table text, queue_name text) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
    pages bigint := pg_relation_size(('messaging.' || queue_table)::regclass) / current_setting('block_size')::integer;
    sample integer := least(150, pages);
    page  bigint;
    here  tid;
    next  tid;
    rows  bigint;
    found bigint := 0;
BEGIN
    FOR i IN 1 .. sample LOOP
        page := (i - 0.5) * pages / sample - 0.5;
        here := '(' || page || ',0)';
        next := '(' || page + 1 || ',0)';
        IF queue_table = 'message' THEN
            SELECT count(*) INTO rows FROM messaging.message WHERE ctid >= here AND ctid < next AND queue = queue_name;
        ELSIF queue_table = 'delayed_message' THEN
            SELECT count(*) INTO rows FROM messaging.delayed_message
            WHERE ctid >= here AND ctid < next AND queue = queue_name;
        ELSIF queue_table = 'held_message' THEN
            SELECT count(*) INTO rows FROM messaging.held_message
            WHERE ctid >= here AND ctid < next AND queue = queue_name;
        ELSE
            SELECT count(*) INTO rows FROM messaging.dead_letter
            WHERE ctid >= here AND ctid < next AND queue = queue_name;
        END IF;
        found := found + rows;
    END LOOP;
    RETURN found * pages / greatest(1, sample);
END
$$;
COMMENT ON FUNCTION messaging.estimate IS 'How many rows of a table belong to a queue, from 150 of its pages, evenly spread.';

CREATE FUNCTION messaging.measure(queue_name text, OUT waiting bigint, OUT in_flight bigint, OUT delayed bigint,
                                  OUT held bigint, OUT dead bigint, OUT estimated boolean, OUT oldest_age interval)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
    exact CONSTANT integer := 10000;
    more_classes CONSTANT integer := 20;
    class smallint;
    class_rows bigint;
    class_taken bigint;
    class_oldest timestamptz;
    walked bigint := 0;
    beyond integer := 0;
    oldest timestamptz;
BEGIN
    in_flight := 0;
    LOOP
        class := CASE WHEN class IS NULL
            THEN (SELECT m.priority FROM messaging.message m WHERE m.queue = queue_name ORDER BY m.priority LIMIT 1)
            ELSE (SELECT m.priority FROM messaging.message m
                  WHERE m.queue = queue_name AND m.priority > class ORDER BY m.priority LIMIT 1) END;
        EXIT WHEN class IS NULL OR beyond > more_classes;
        SELECT count(*), count(first.claimed_by), min(first.sent_at) FILTER (WHERE first.claimed_by IS NULL AND isfinite(first.sent_at))
        INTO class_rows, class_taken, class_oldest
        FROM (SELECT m.claimed_by, m.sent_at FROM messaging.message m
              WHERE m.queue = queue_name AND m.priority = class
              ORDER BY m.priority, m.id LIMIT greatest(exact + 1 - walked, 500)) first;
        walked := walked + class_rows;
        in_flight := in_flight + class_taken;
        oldest := least(oldest, class_oldest);
        beyond := beyond + (walked > exact)::integer;
    END LOOP;
    oldest_age := CASE WHEN oldest IS NOT NULL THEN greatest(clock_timestamp() - oldest, interval '0') END;
    delayed := (SELECT count(*) FROM (SELECT FROM messaging.delayed_message d
                                      WHERE d.queue = queue_name LIMIT exact + 1) first);
    held := (SELECT count(*) FROM (SELECT FROM messaging.held_message h
                                   WHERE h.queue = queue_name LIMIT exact + 1) first);
    dead := (SELECT count(*) FROM (SELECT FROM messaging.dead_letter l
                                   WHERE l.queue = queue_name LIMIT exact + 1) first);
    estimated := greatest(walked, delayed, held, dead) > exact;
    IF walked > exact THEN
        walked := greatest(walked, messaging.estimate('message', queue_name));
    END IF;
    IF delayed > exact THEN
        delayed := greatest(delayed, messaging.estimate('delayed_message', queue_name));
    END IF;
    IF held > exact THEN
        held := greatest(held, messaging.estimate('held_message', queue_name));
    END IF;
    IF dead > exact THEN
        dead := greatest(dead, messaging.estimate('dead_letter', queue_name));
    END IF;
    waiting := walked - in_flight;
END
$$;
COMMENT ON FUNCTION messaging.measure IS 'As messaging.depth, and zeros for a queue that does not exist.';

CREATE FUNCTION messaging.depth(queue text, OUT waiting bigint, OUT in_flight bigint, OUT delayed bigint,
                                OUT held bigint, OUT dead bigint, OUT estimated boolean, OUT oldest_age interval)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM messaging.check_queue(depth.queue);
    SELECT * INTO waiting, in_flight, delayed, held, dead, estimated, oldest_age FROM messaging.measure(depth.queue);
END
$$;
COMMENT ON FUNCTION messaging.depth IS
    'How many messages of a queue wait, are in flight, delayed, held and dead, and how long ago the oldest waiting one was sent. '
    'Exact up to 10,000 each; when estimated is true, at least one figure is larger and good to a few percent. In flight and the '
    'oldest age then come from the first 10,000 messages of the queue and the first 500 of each further priority.';

CREATE TABLE messaging.throughput (
    queue              text COLLATE "C" NOT NULL,
    process            bigint      NOT NULL,
    handled_per_second real        NOT NULL,
    measured_at        timestamptz NOT NULL DEFAULT now(),
    valid_until        timestamptz NOT NULL,
    PRIMARY KEY (queue, process)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.throughput IS 'What the processes that consume say they handle: one row for each queue and process that was at work lately.';
COMMENT ON COLUMN messaging.throughput.queue IS 'The queue.';
COMMENT ON COLUMN messaging.throughput.process IS 'A number that the process drew at its start.';
COMMENT ON COLUMN messaging.throughput.handled_per_second IS 'Messages handled with success, per second of the last metrics-interval.';
COMMENT ON COLUMN messaging.throughput.measured_at IS 'When it said so.';
COMMENT ON COLUMN messaging.throughput.valid_until IS 'From then on it is no longer to be counted.';

CREATE OR REPLACE VIEW messaging.queue_overview AS
SELECT name COLLATE "C"            AS queue,
       coalesce(q.paused, false)   AS paused,
       depth.waiting,
       depth.in_flight,
       depth.delayed,
       depth.dead,
       depth.oldest_age            AS oldest_waits_for,
       (SELECT d.due_at FROM messaging.delayed_message d
        WHERE d.queue = name ORDER BY d.due_at LIMIT 1) AS next_due_at,
       (SELECT count(*) FROM messaging.consumer c
        WHERE name = ANY (c.queues) AND c.heartbeat_at > now() - interval '10 seconds') AS consumers,
       depth.held,
       depth.estimated,
       (SELECT coalesce(sum(t.handled_per_second), 0)::real FROM messaging.throughput t
        WHERE t.queue = name AND t.valid_until > now()) AS handled_per_second
FROM messaging.queue_names() AS name
LEFT JOIN messaging.queue q USING (name)
CROSS JOIN LATERAL messaging.measure(name) AS depth
ORDER BY name COLLATE "C";
COMMENT ON VIEW messaging.queue_overview IS 'What waits: one row for each queue. Cheap with millions of messages; see messaging.depth.';
COMMENT ON COLUMN messaging.queue_overview.held IS 'Messages held back until the one before them, of the same ordering key, is done.';
COMMENT ON COLUMN messaging.queue_overview.estimated IS 'Whether a figure is above 10,000, and so an estimate.';
COMMENT ON COLUMN messaging.queue_overview.handled_per_second IS 'What the processes say they handled per second lately: up to one metrics-interval old.';

CREATE TYPE messaging.removable AS (
    queue text, priority smallint, id bigint, due_at timestamptz, unique_key text, ordering_key text);
COMMENT ON TYPE messaging.removable IS 'Where to find a message that was not taken.';

-- A message in other hands is being taken.
CREATE FUNCTION messaging.remove(target messaging.removable) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF target.unique_key IS NOT NULL THEN
        PERFORM FROM messaging.unique_reservation r
        WHERE r.queue = target.queue AND r.unique_key = target.unique_key FOR UPDATE;
    END IF;
    IF target.ordering_key IS NOT NULL THEN
        PERFORM FROM messaging.ordering_lane l
        WHERE l.queue = target.queue AND l.ordering_key = target.ordering_key FOR UPDATE;
    END IF;
    -- A message that comes due meanwhile goes this way: delayed, held, waiting.
    IF target.due_at IS NOT NULL THEN
        DELETE FROM messaging.delayed_message d
        WHERE d.queue = target.queue AND d.due_at = target.due_at AND d.id = target.id;
        IF FOUND THEN RETURN true; END IF;
    END IF;
    IF target.ordering_key IS NOT NULL THEN
        -- It may have come due together with its ordering key.
        PERFORM FROM messaging.ordering_lane l
        WHERE l.queue = target.queue AND l.ordering_key = target.ordering_key FOR UPDATE;
        DELETE FROM messaging.held_message h
        WHERE h.queue = target.queue AND h.ordering_key = target.ordering_key AND h.id = target.id;
        IF FOUND THEN RETURN true; END IF;
    END IF;
    PERFORM FROM messaging.message m
    WHERE m.queue = target.queue AND m.priority = target.priority AND m.id = target.id AND m.claimed_by IS NULL
    FOR UPDATE SKIP LOCKED;
    RETURN FOUND AND messaging.remove_unclaimed(target.queue, target.priority, target.id);
END
$$;
COMMENT ON FUNCTION messaging.remove IS 'Removes a message unless it was taken. True when it was removed.';

CREATE FUNCTION messaging.cancel(message_id bigint) RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    target  messaging.removable;
    removed boolean;
BEGIN
    SELECT * INTO target FROM (
        SELECT d.queue, d.priority, d.id, d.due_at, d.unique_key, d.ordering_key FROM messaging.delayed_message d
        WHERE d.id = message_id
        UNION ALL
        SELECT h.queue, h.priority, h.id, NULL, h.unique_key, h.ordering_key FROM messaging.held_message h
        WHERE h.id = message_id
        UNION ALL
        SELECT m.queue, m.priority, m.id, NULL, m.unique_key, m.ordering_key FROM messaging.message m
        WHERE m.id = message_id AND m.claimed_by IS NULL) found LIMIT 1;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    removed := messaging.remove(target);
    IF removed AND target.ordering_key IS NOT NULL THEN
        PERFORM pg_notify('messaging.' || target.queue, '');
    END IF;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.cancel(bigint) IS
    'Removes a message that waits, is delayed or held. False when it was taken already, or there is none of that id. Walks '
    'through the index of a million messages in some 50 ms.';

CREATE FUNCTION messaging.cancel(queue text, unique_key text) RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    holder  messaging.unique_reservation;
    removed boolean;
BEGIN
    SELECT * INTO holder FROM messaging.unique_reservation r
    WHERE r.queue = cancel.queue AND r.unique_key = cancel.unique_key FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    removed := messaging.remove(ROW(
        holder.queue, holder.priority, holder.message_id,
        (SELECT d.due_at FROM messaging.delayed_message d
         WHERE d.id = holder.message_id AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL)),
        holder.unique_key, holder.ordering_key)::messaging.removable);
    IF removed AND holder.ordering_key IS NOT NULL THEN
        PERFORM pg_notify('messaging.' || holder.queue, '');
    END IF;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.cancel(text, text) IS
    'Removes the message of a unique key unless it was taken. False when it was, or there is none.';

CREATE FUNCTION messaging.remove_all(targets messaging.removable[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    target  messaging.removable;
    removed bigint := 0;
BEGIN
    BEGIN
        FOREACH target IN ARRAY targets LOOP
            removed := removed + messaging.remove(target)::integer;
        END LOOP;
        RETURN removed;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        removed := 0;
    END;
    IF cardinality(targets) > 1 THEN
        FOREACH target IN ARRAY targets LOOP
            removed := removed + messaging.remove_all(ARRAY[target]);
        END LOOP;
    END IF;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.remove_all IS 'Removes messages that were not taken, but for those whose keys somebody else has locked. How many.';

-- The lock timeout is shorter than the deadlock timeout: in a deadlock it is the purge that gives way.
CREATE FUNCTION messaging.purge(queue text) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET lock_timeout = '200ms' AS $$
DECLARE
    batch CONSTANT integer := 10000;
    after_priority smallint := -32768;
    after_due timestamptz := '-infinity';
    after_id  bigint := -9223372036854775808;
    target    messaging.removable;
    targets   messaging.removable[] := '{}';
    moved     bigint;
    removed   bigint := 0;
BEGIN
    PERFORM messaging.check_queue(purge.queue);
    LOOP
        WITH gone AS (
            DELETE FROM messaging.message
            WHERE ctid = ANY (ARRAY(
                SELECT m.ctid FROM messaging.message m
                WHERE m.queue = purge.queue AND (m.priority, m.id) > (after_priority, after_id)
                  AND m.claimed_by IS NULL AND m.unique_key IS NULL AND m.ordering_key IS NULL
                ORDER BY m.priority, m.id LIMIT batch
                FOR UPDATE SKIP LOCKED))
            RETURNING priority, id)
        SELECT count(*) OVER (), g.priority, g.id INTO moved, after_priority, after_id
        FROM gone g ORDER BY g.priority DESC, g.id DESC LIMIT 1;
        EXIT WHEN NOT FOUND;
        removed := removed + moved;
    END LOOP;
    after_id := -9223372036854775808;
    LOOP
        WITH gone AS (
            DELETE FROM messaging.delayed_message
            WHERE ctid = ANY (ARRAY(
                SELECT d.ctid FROM messaging.delayed_message d
                WHERE d.queue = purge.queue AND (d.due_at, d.id) > (after_due, after_id)
                  AND d.unique_key IS NULL AND d.ordering_key IS NULL
                ORDER BY d.due_at, d.id LIMIT batch
                FOR UPDATE SKIP LOCKED))
            RETURNING due_at, id)
        SELECT count(*) OVER (), g.due_at, g.id INTO moved, after_due, after_id
        FROM gone g ORDER BY g.due_at DESC, g.id DESC LIMIT 1;
        EXIT WHEN NOT FOUND;
        removed := removed + moved;
    END LOOP;
    -- The held ones first, so that none of them follows when those before them go.
    FOR target IN
        SELECT h.queue, h.priority, h.id, NULL::timestamptz, h.unique_key, h.ordering_key FROM messaging.held_message h
        WHERE h.queue = purge.queue
        UNION ALL
        SELECT d.queue, d.priority, d.id, d.due_at, d.unique_key, d.ordering_key FROM messaging.delayed_message d
        WHERE d.queue = purge.queue AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL)
        UNION ALL
        SELECT m.queue, m.priority, m.id, NULL, m.unique_key, m.ordering_key FROM messaging.message m
        WHERE m.queue = purge.queue AND m.claimed_by IS NULL AND (m.unique_key IS NOT NULL OR m.ordering_key IS NOT NULL)
    LOOP
        targets := targets || target;
        IF cardinality(targets) = 500 THEN
            removed := removed + messaging.remove_all(targets);
            targets := '{}';
        END IF;
    END LOOP;
    RETURN removed + messaging.remove_all(targets);
END
$$;
COMMENT ON FUNCTION messaging.purge IS
    'Removes all messages of a queue that wait, are delayed or held; those in flight and the dead letters stay, and so do those '
    'that somebody else has locked just then. How many were removed.';

CREATE FUNCTION messaging.drop_dead_letter(dead_letter_id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.dead_letter d WHERE d.id = dead_letter_id;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION messaging.drop_dead_letter IS 'Removes a dead letter. True when there was one of that id.';

CREATE FUNCTION messaging.drop_dead_letters(queue text, older_than interval DEFAULT '0') RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    since   timestamptz := '-infinity';
    until   timestamptz := clock_timestamp() - older_than;
    moved   bigint;
    removed bigint := 0;
BEGIN
    PERFORM messaging.check_queue(drop_dead_letters.queue);
    IF older_than IS NULL OR older_than < interval '0' THEN
        RAISE EXCEPTION 'dead letters are older than 0 or more, not %', coalesce(older_than::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value', HINT = 'For example interval ''7 days''; 0 removes them all.';
    END IF;
    LOOP
        WITH gone AS (
            DELETE FROM messaging.dead_letter
            WHERE ctid = ANY (ARRAY(
                SELECT d.ctid FROM messaging.dead_letter d
                WHERE d.queue = drop_dead_letters.queue AND d.died_at >= since AND d.died_at <= until
                ORDER BY d.died_at LIMIT 10000
                FOR UPDATE SKIP LOCKED))
            RETURNING died_at)
        SELECT count(*), max(g.died_at) INTO moved, since FROM gone g;
        EXIT WHEN moved = 0;
        removed := removed + moved;
    END LOOP;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.drop_dead_letters IS
    'Removes the dead letters of a queue that died longer ago than that, or all of them. How many were removed.';

CREATE FUNCTION messaging.expire_dead_letters(older_than interval, most integer) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    name    text;
    moved   bigint;
    removed bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('messaging.dead_letter', 0)) THEN
        RETURN 0;
    END IF;
    FOR name IN SELECT messaging.queue_names() LOOP
        DELETE FROM messaging.dead_letter
        WHERE ctid = ANY (ARRAY(
            SELECT d.ctid FROM messaging.dead_letter d
            WHERE d.queue = name AND d.died_at <= now() - older_than
            ORDER BY d.died_at LIMIT most - removed
            FOR UPDATE SKIP LOCKED));
        GET DIAGNOSTICS moved = ROW_COUNT;
        removed := removed + moved;
        EXIT WHEN removed >= most;
    END LOOP;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.expire_dead_letters IS
    'Removes dead letters of all queues that died longer ago than that, up to so many. How many; 0 when another process is at it.';

CREATE FUNCTION messaging.resend(queue text, most integer DEFAULT 1000) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    keys text[];
    key  text;
    sent bigint;
BEGIN
    PERFORM messaging.check_queue(resend.queue);
    IF most IS NULL OR most < 1 THEN
        RAISE EXCEPTION 'at most 1 or more dead letters are sent again, not %', coalesce(most::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    WITH raised AS (
        DELETE FROM messaging.dead_letter
        WHERE ctid = ANY (ARRAY(
            SELECT d.ctid FROM messaging.dead_letter d
            WHERE d.queue = resend.queue
            ORDER BY d.died_at LIMIT most
            FOR UPDATE SKIP LOCKED))
        RETURNING *),
    waiting AS (
        INSERT INTO messaging.message (id, priority, queue, content_type, headers, payload, payload_bytes)
        SELECT r.id, r.priority, r.queue, r.content_type, r.headers, r.payload, r.payload_bytes
        FROM raised r WHERE r.ordering_key IS NULL),
    held AS (
        INSERT INTO messaging.held_message (id, sent_at, priority, queue, ordering_key, content_type, headers, payload,
                                            payload_bytes)
        SELECT nextval('messaging.message_id_seq'), clock_timestamp(), r.priority, r.queue, r.ordering_key,
               r.content_type, r.headers, r.payload, r.payload_bytes
        FROM (SELECT * FROM raised WHERE ordering_key IS NOT NULL ORDER BY id) r)
    SELECT count(*), array_agg(DISTINCT r.ordering_key ORDER BY r.ordering_key) FILTER (WHERE r.ordering_key IS NOT NULL)
    INTO sent, keys FROM raised r;
    FOREACH key IN ARRAY coalesce(keys, '{}') LOOP
        PERFORM messaging.enter_lane(resend.queue, key);
        PERFORM messaging.advance(resend.queue, key);
    END LOOP;
    IF sent > 0 THEN
        PERFORM pg_notify('messaging.' || resend.queue, '');
    END IF;
    RETURN sent;
END
$$;
COMMENT ON FUNCTION messaging.resend(text, integer) IS
    'Sends the dead letters of a queue again as if new, those that died first before the others, up to so many. How many.';

CREATE FUNCTION messaging.unbind(address text, queue text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.binding b WHERE b.address = unbind.address AND b.queue = unbind.queue;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION messaging.unbind IS
    'Ends that a queue gets what is sent to an address; what it has got stays. A process that binds it does so again at its start. '
    'True when it was bound.';
