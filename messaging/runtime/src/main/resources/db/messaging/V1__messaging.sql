-- Everything in PostgreSQL that the connector needs. Schema messaging holds the tables, the views and the functions that a
-- person calls; schema messaging_internal holds the functions that only the connector calls.
--
-- Locks are taken in this order everywhere, to avoid deadlocks:
--   1. unique keys (unique_reservation), sorted by queue and key;
--   2. ordering groups (ordering_group), sorted by queue and key, all of them at once: lock_ordering_groups;
--   3. messages, wherever they are.
-- Code that meets a lock out of this order skips the row (SKIP LOCKED) or waits a short time only (lock_timeout).
-- A message becomes blocked, unblocked or the head of its ordering group only under the lock of that group.

-- Flyway has created schema messaging, where it keeps its history.
COMMENT ON SCHEMA messaging IS 'The message broker: queues, messages, consumers. Written by the aegis-postgresql connector.';

CREATE SCHEMA messaging_internal;
COMMENT ON SCHEMA messaging_internal IS
    'Functions that only the aegis-postgresql connector calls. They may change with each version.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Queues and messages
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE messaging.queue (
    name       text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$'),
    paused     boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE messaging.queue IS 'The queues that are or were consumed, or were paused. Others may have messages: see queue_overview.';
COMMENT ON COLUMN messaging.queue.name IS 'The name, as in the channel settings.';
COMMENT ON COLUMN messaging.queue.paused IS
    'While true, no process of the cluster claims messages of this queue. Messages in flight are finished.';
COMMENT ON COLUMN messaging.queue.created_at IS 'When the first consumer registered, or when it was paused before that.';

CREATE SEQUENCE messaging.message_id_seq;
COMMENT ON SEQUENCE messaging.message_id_seq IS 'The ids of all messages.';

-- No foreign key to messaging.queue: each send would lock the same queue row and build multixacts on it.
-- A claim writes each row anew. The claim columns are in no index and no index predicate, and half of each page is left
-- free, so that the new version of the row is a heap-only update: it finds room beside the old one and no index is touched.
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
    expires_at    timestamptz,
    unique_key    text COLLATE "C",
    ordering_key  text COLLATE "C",
    PRIMARY KEY (queue, priority, id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.message IS 'The messages that wait or are in flight. A handled message is deleted.';
COMMENT ON COLUMN messaging.message.id IS
    'Rises in the order of sending. A message keeps it through retries, and as a dead letter.';
COMMENT ON COLUMN messaging.message.claimed_by IS 'The consumer that has claimed it (consumer.id); null while it waits.';
COMMENT ON COLUMN messaging.message.claimed_at IS 'When that consumer claimed it.';
COMMENT ON COLUMN messaging.message.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.message.priority IS 'Lower is handled first.';
COMMENT ON COLUMN messaging.message.attempt IS 'How often it was claimed, without the claims that were given back unhandled.';
COMMENT ON COLUMN messaging.message.queue IS 'The queue that it waits in.';
COMMENT ON COLUMN messaging.message.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.message.headers IS 'The headers that the sender set, and the trace context.';
COMMENT ON COLUMN messaging.message.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.message.payload_bytes IS 'The payload, when it is binary.';
COMMENT ON COLUMN messaging.message.expires_at IS 'From then on it is no longer handled; null when it does not expire.';
COMMENT ON COLUMN messaging.message.unique_key IS 'While it waits, no other message of its queue with this key is added.';
COMMENT ON COLUMN messaging.message.ordering_key IS
    'Messages of its queue with this key are handled one at a time, in the order of sending.';

CREATE TABLE messaging.subscription (
    topic text COLLATE "C" NOT NULL CHECK (topic ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$'),
    queue text COLLATE "C" NOT NULL CHECK (queue ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$'),
    PRIMARY KEY (topic, queue)
);
COMMENT ON TABLE messaging.subscription IS 'The queues that get a copy of each message that is sent to a topic.';
COMMENT ON COLUMN messaging.subscription.topic IS 'The topic, as in the channel settings.';
COMMENT ON COLUMN messaging.subscription.queue IS 'A queue that is subscribed to it.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Delayed messages
-- ---------------------------------------------------------------------------------------------------------------------

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
    expires_at    timestamptz,
    unique_key    text COLLATE "C",
    ordering_key  text COLLATE "C",
    PRIMARY KEY (queue, due_at, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX delayed_message_with_key ON messaging.delayed_message (id)
    WHERE unique_key IS NOT NULL OR ordering_key IS NOT NULL;
COMMENT ON TABLE messaging.delayed_message IS
    'The messages that are not due yet: sent with a delay, or waiting for their next attempt.';
COMMENT ON COLUMN messaging.delayed_message.id IS 'As in message.';
COMMENT ON COLUMN messaging.delayed_message.due_at IS 'When it moves to the waiting messages.';
COMMENT ON COLUMN messaging.delayed_message.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.delayed_message.priority IS 'Lower is handled first, among those that are due.';
COMMENT ON COLUMN messaging.delayed_message.attempt IS 'How often it was claimed before.';
COMMENT ON COLUMN messaging.delayed_message.queue IS 'The queue that it will wait in.';
COMMENT ON COLUMN messaging.delayed_message.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.delayed_message.headers IS 'The headers that the sender set, and the trace context.';
COMMENT ON COLUMN messaging.delayed_message.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.delayed_message.payload_bytes IS 'The payload, when it is binary.';
COMMENT ON COLUMN messaging.delayed_message.last_error IS 'Why the last attempt failed; null before the first attempt.';
COMMENT ON COLUMN messaging.delayed_message.expires_at IS 'As in message.';
COMMENT ON COLUMN messaging.delayed_message.unique_key IS 'As in message.';
COMMENT ON COLUMN messaging.delayed_message.ordering_key IS
    'As in message. A message sent with a delay takes its place in the order when it is due.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Ordering
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE messaging.ordering_group (
    queue         text COLLATE "C" NOT NULL,
    ordering_key  text COLLATE "C" NOT NULL,
    head          bigint,
    head_priority smallint,
    PRIMARY KEY (queue, ordering_key)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.ordering_group IS
    'The ordering keys in use, one row for each. The transaction that locks a row decides which message of that key comes next.';
COMMENT ON COLUMN messaging.ordering_group.queue IS 'The queue.';
COMMENT ON COLUMN messaging.ordering_group.ordering_key IS 'The ordering key.';
COMMENT ON COLUMN messaging.ordering_group.head IS
    'The one message of the group that waits, is handled, or waits for its next attempt. All others are blocked.';
COMMENT ON COLUMN messaging.ordering_group.head_priority IS 'The priority of that message.';

CREATE TABLE messaging.blocked_message (
    id            bigint      NOT NULL,
    sent_at       timestamptz NOT NULL,
    expires_at    timestamptz,
    priority      smallint    NOT NULL,
    queue         text COLLATE "C" NOT NULL,
    ordering_key  text COLLATE "C" NOT NULL,
    unique_key    text COLLATE "C",
    content_type  text        NOT NULL,
    headers       jsonb,
    payload       text,
    payload_bytes bytea,
    PRIMARY KEY (queue, ordering_key, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.blocked_message IS
    'The messages that are blocked until the message before them, of the same ordering key, is done.';
COMMENT ON COLUMN messaging.blocked_message.id IS 'As in message.';
COMMENT ON COLUMN messaging.blocked_message.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.blocked_message.expires_at IS 'As in message.';
COMMENT ON COLUMN messaging.blocked_message.priority IS 'As in message.';
COMMENT ON COLUMN messaging.blocked_message.queue IS 'The queue that it will wait in.';
COMMENT ON COLUMN messaging.blocked_message.ordering_key IS 'As in message.';
COMMENT ON COLUMN messaging.blocked_message.unique_key IS 'As in message.';
COMMENT ON COLUMN messaging.blocked_message.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.blocked_message.headers IS 'The headers that the sender set, and the trace context.';
COMMENT ON COLUMN messaging.blocked_message.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.blocked_message.payload_bytes IS 'The payload, when it is binary.';

CREATE FUNCTION messaging_internal.exists_unblocked(queue_name text, at_priority smallint, message_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM messaging.message m
                   WHERE m.queue = queue_name AND m.priority = at_priority AND m.id = message_id)
        OR EXISTS (SELECT FROM messaging.delayed_message d
                   WHERE d.id = message_id AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL));
END
$$;
COMMENT ON FUNCTION messaging_internal.exists_unblocked IS
    'Whether a message with a key waits, is handled or is delayed: whether it exists and is not blocked.';

CREATE FUNCTION messaging_internal.unblock_next(queue_name text, key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ordering messaging.ordering_group;
    next messaging.blocked_message;
BEGIN
    SELECT * INTO ordering FROM messaging.ordering_group g
    WHERE g.queue = queue_name AND g.ordering_key = key FOR UPDATE;
    IF NOT FOUND OR messaging_internal.exists_unblocked(queue_name, ordering.head_priority, ordering.head) THEN
        RETURN;
    END IF;
    SELECT * INTO next FROM messaging.blocked_message b
    WHERE b.queue = queue_name AND b.ordering_key = key ORDER BY b.id LIMIT 1;
    IF NOT FOUND THEN
        DELETE FROM messaging.ordering_group g WHERE g.queue = queue_name AND g.ordering_key = key;
        RETURN;
    END IF;
    INSERT INTO messaging.message
        (id, sent_at, expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload, payload_bytes)
    VALUES (next.id, next.sent_at, next.expires_at, next.priority, next.queue, next.ordering_key, next.unique_key,
            next.content_type, next.headers, next.payload, next.payload_bytes);
    UPDATE messaging.ordering_group g SET head = next.id, head_priority = next.priority
    WHERE g.queue = queue_name AND g.ordering_key = key;
    -- Last, so that its trigger finds the message where it is now.
    DELETE FROM messaging.blocked_message b
    WHERE b.queue = queue_name AND b.ordering_key = key AND b.id = next.id;
END
$$;
COMMENT ON FUNCTION messaging_internal.unblock_next IS
    'When the head of an ordering group is done, moves the next blocked message to the waiting ones; deletes the group when there is none.';

CREATE FUNCTION messaging_internal.lock_ordering_group(queue_name text, key text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO messaging.ordering_group AS existing (queue, ordering_key) VALUES (queue_name, key)
    ON CONFLICT (queue, ordering_key) DO UPDATE SET head = existing.head
$$;
COMMENT ON FUNCTION messaging_internal.lock_ordering_group IS
    'Locks an ordering group until the transaction ends, and creates it when there is none. To lock several, call lock_ordering_groups.';

CREATE FUNCTION messaging_internal.lock_ordering_groups(queues text[], keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ordering record;
BEGIN
    FOR ordering IN SELECT DISTINCT g.queue, g.key FROM unnest(queues, keys) AS g (queue, key)
                    WHERE g.key IS NOT NULL ORDER BY g.queue, g.key LOOP
        PERFORM messaging_internal.lock_ordering_group(ordering.queue, ordering.key);
    END LOOP;
END
$$;
COMMENT ON FUNCTION messaging_internal.lock_ordering_groups IS
    'Locks ordering groups until the transaction ends, always in the same order, to avoid deadlocks. A key that is null is left out.';

CREATE FUNCTION messaging_internal.settle_ordered(
    queues text[], priorities smallint[], attempts smallint[], consumers bigint[], ids bigint[], ordering_keys text[])
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    deleted integer;
BEGIN
    PERFORM messaging_internal.lock_ordering_groups(queues, ordering_keys);
    DELETE FROM messaging.message m
    USING unnest(queues, priorities, attempts, consumers, ids) AS claim (queue, priority, attempt, consumer, id)
    WHERE m.queue = claim.queue AND m.priority = claim.priority AND m.id = claim.id
      AND m.attempt = claim.attempt AND m.claimed_by = claim.consumer;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    PERFORM messaging_internal.unblock_next(g.queue, g.key)
    FROM (SELECT DISTINCT u.queue, u.key FROM unnest(queues, ordering_keys) AS u (queue, key) WHERE u.key IS NOT NULL) g;
    RETURN deleted;
END
$$;
COMMENT ON FUNCTION messaging_internal.settle_ordered IS
    'Deletes handled messages of which some have ordering keys, and returns how many of the claims were still valid.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Unique keys
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE messaging.unique_reservation (
    queue        text COLLATE "C" NOT NULL,
    unique_key   text COLLATE "C" NOT NULL,
    message_id   bigint   NOT NULL,
    priority     smallint NOT NULL,
    ordering_key text COLLATE "C",
    PRIMARY KEY (queue, unique_key)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.unique_reservation IS 'The unique keys of messages whose handling has not begun.';
COMMENT ON COLUMN messaging.unique_reservation.queue IS 'The queue.';
COMMENT ON COLUMN messaging.unique_reservation.unique_key IS 'The unique key.';
COMMENT ON COLUMN messaging.unique_reservation.message_id IS 'The message that has it.';
COMMENT ON COLUMN messaging.unique_reservation.priority IS 'The priority of that message.';
COMMENT ON COLUMN messaging.unique_reservation.ordering_key IS 'The ordering key of that message.';

CREATE FUNCTION messaging_internal.release_unique_keys(queue_name text, keys text[], ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.unique_reservation
    WHERE ctid = ANY (ARRAY(
        SELECT r.ctid FROM messaging.unique_reservation r
        JOIN unnest(keys, ids) AS begun (unique_key, id) ON r.unique_key = begun.unique_key AND r.message_id = begun.id
        WHERE r.queue = queue_name
        FOR UPDATE OF r SKIP LOCKED));
    RETURN QUERY
        SELECT r.message_id FROM messaging.unique_reservation r
        JOIN unnest(keys, ids) AS begun (unique_key, id) ON r.unique_key = begun.unique_key AND r.message_id = begun.id
        WHERE r.queue = queue_name;
END
$$;
COMMENT ON FUNCTION messaging_internal.release_unique_keys IS
    'Releases the unique keys of messages that are about to be handled. Returns the messages whose key a sender has locked at the moment.';

-- The caller has locked the message, so it must not wait long for a sender that has locked the key: then the sender gets the key.
CREATE FUNCTION messaging_internal.restore_unique_key(
    queue_name text, key text, id bigint, at_priority smallint, ordering_key text) RETURNS boolean LANGUAGE plpgsql
SET lock_timeout = '10ms' AS $$
BEGIN
    INSERT INTO messaging.unique_reservation (queue, unique_key, message_id, priority, ordering_key)
    VALUES (queue_name, key, id, at_priority, restore_unique_key.ordering_key)
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$$;
COMMENT ON FUNCTION messaging_internal.restore_unique_key IS
    'Restores the unique key of a message that is released before its handling began, unless another message has the key now.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Sending, removing and promoting messages that have keys
-- ---------------------------------------------------------------------------------------------------------------------

CREATE FUNCTION messaging_internal.after_removal(queue_name text, message_id bigint, unique_key_of text, key text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF unique_key_of IS NOT NULL THEN
        DELETE FROM messaging.unique_reservation r
        WHERE r.queue = queue_name AND r.unique_key = unique_key_of AND r.message_id = after_removal.message_id;
    END IF;
    IF key IS NOT NULL THEN
        PERFORM messaging_internal.unblock_next(queue_name, key);
    END IF;
END
$$;
COMMENT ON FUNCTION messaging_internal.after_removal IS
    'After a message with keys was removed: releases its unique key, and unblocks the next message of its ordering key.';

CREATE FUNCTION messaging_internal.after_removal_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_head boolean := false;
BEGIN
    -- A message that only moved to another table keeps its unique key and its place in the order;
    -- what moves it need not hold the lock of its ordering group.
    IF messaging_internal.exists_unblocked(OLD.queue, OLD.priority, OLD.id)
       OR EXISTS (SELECT FROM messaging.blocked_message b
                  WHERE b.queue = OLD.queue AND b.ordering_key = OLD.ordering_key AND b.id = OLD.id) THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'delayed_message' THEN
        was_head := OLD.attempt > 0;
    END IF;
    PERFORM messaging_internal.after_removal(OLD.queue, OLD.id, OLD.unique_key, CASE WHEN was_head THEN OLD.ordering_key END);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION messaging_internal.after_removal_trigger IS
    'Calls after_removal for a message that is in none of the tables any more.';

-- messaging.message has no such trigger: its condition alone would cost more than the rest of each acknowledgement. What
-- deletes a message with keys there calls after_removal.
CREATE TRIGGER after_removal AFTER DELETE ON messaging.delayed_message FOR EACH ROW
    WHEN (OLD.ordering_key IS NOT NULL OR OLD.unique_key IS NOT NULL) EXECUTE FUNCTION messaging_internal.after_removal_trigger();
CREATE TRIGGER after_removal AFTER DELETE ON messaging.blocked_message FOR EACH ROW
    WHEN (OLD.unique_key IS NOT NULL) EXECUTE FUNCTION messaging_internal.after_removal_trigger();

CREATE FUNCTION messaging_internal.remove_unclaimed(queue_name text, at_priority smallint, message_id bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    gone messaging.message;
BEGIN
    DELETE FROM messaging.message m
    WHERE m.queue = queue_name AND m.priority = at_priority AND m.id = message_id AND m.claimed_by IS NULL
    RETURNING m.* INTO gone;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM messaging_internal.after_removal(gone.queue, gone.id, gone.unique_key, gone.ordering_key);
    RETURN true;
END
$$;
COMMENT ON FUNCTION messaging_internal.remove_unclaimed IS 'Removes a message that waits. False when it was claimed.';

-- Looks in the order in which messages move (delayed, blocked, waiting), so that it does not miss one that moves meanwhile.
CREATE FUNCTION messaging_internal.remove_unstarted(queue_name text, at_priority smallint, group_key text, message_id bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.delayed_message d
    WHERE d.id = message_id AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL);
    IF FOUND THEN RETURN true; END IF;
    DELETE FROM messaging.blocked_message b
    WHERE b.queue = queue_name AND b.ordering_key = group_key AND b.id = message_id;
    IF FOUND THEN RETURN true; END IF;
    RETURN messaging_internal.remove_unclaimed(queue_name, at_priority, message_id);
END
$$;
COMMENT ON FUNCTION messaging_internal.remove_unstarted IS
    'Removes a message with a key unless its handling has begun; the caller has locked its keys. True when it was removed.';

CREATE FUNCTION messaging_internal.send_with_keys(
    queues text[], priorities smallint[], content_types text[], all_headers jsonb[], payloads text[],
    binary_payloads bytea[], due_times timestamptz[], delays bigint[], lifetimes bigint[], unique_keys text[],
    replacing boolean[], ordering_keys text[])
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    ids     bigint[] := ARRAY(SELECT nextval('messaging.message_id_seq') FROM generate_subscripts(queues, 1));
    position integer;
    earlier integer;
    holder  messaging.unique_reservation;
    replaced messaging.unique_reservation[] := '{}';
    locked_queues text[];
    locked_keys text[];
BEGIN
    FOR position IN SELECT s FROM generate_subscripts(queues, 1) s
                    WHERE unique_keys[s] IS NOT NULL ORDER BY queues[s], unique_keys[s], s LOOP
        INSERT INTO messaging.unique_reservation AS reservation (queue, unique_key, message_id, priority, ordering_key)
        VALUES (queues[position], unique_keys[position], ids[position], priorities[position], ordering_keys[position])
        ON CONFLICT (queue, unique_key) DO UPDATE SET message_id = reservation.message_id
        RETURNING * INTO holder;
        CONTINUE WHEN holder.message_id = ids[position];
        earlier := array_position(ids, holder.message_id);
        IF NOT replacing[position] AND (earlier IS NOT NULL
               OR messaging_internal.exists_unblocked(holder.queue, holder.priority, holder.message_id)
               OR EXISTS (SELECT FROM messaging.blocked_message b
                          WHERE b.queue = holder.queue AND b.ordering_key = holder.ordering_key
                            AND b.id = holder.message_id)) THEN
            ids[position] := NULL;
            CONTINUE;
        END IF;
        UPDATE messaging.unique_reservation r
        SET message_id = ids[position], priority = priorities[position], ordering_key = ordering_keys[position]
        WHERE r.queue = holder.queue AND r.unique_key = holder.unique_key;
        IF earlier IS NOT NULL THEN
            ids[earlier] := NULL;
        ELSE
            replaced := replaced || holder;
        END IF;
    END LOOP;

    SELECT array_agg(g.queue), array_agg(g.ordering_key) INTO locked_queues, locked_keys
    FROM (SELECT s.queue, s.ordering_key
          FROM unnest(ids, queues, ordering_keys, due_times, delays) AS s (id, queue, ordering_key, due_at, delay)
          WHERE s.id IS NOT NULL AND s.ordering_key IS NOT NULL AND s.due_at IS NULL AND s.delay IS NULL
          UNION
          SELECT r.queue, r.ordering_key FROM unnest(replaced) AS r WHERE r.ordering_key IS NOT NULL) g;
    PERFORM messaging_internal.lock_ordering_groups(locked_queues, locked_keys);
    -- Before the insert, so that an old message and the one that replaces it are never both there. Removing the last message
    -- of a group deletes the group, whose lock this transaction still has; it is created again.
    FOREACH holder IN ARRAY replaced LOOP
        PERFORM messaging_internal.remove_unstarted(holder.queue, holder.priority, holder.ordering_key, holder.message_id);
    END LOOP;
    IF cardinality(replaced) > 0 THEN
        PERFORM messaging_internal.lock_ordering_groups(locked_queues, locked_keys);
    END IF;

    WITH sent AS (
        SELECT s.*, coalesce(s.due_at, clock_timestamp() + s.delay * interval '1 millisecond') AS due,
               clock_timestamp() + s.lifetime * interval '1 millisecond' AS expires_at
        FROM unnest(ids, queues, priorities, content_types, all_headers, payloads, binary_payloads, due_times, delays,
                    lifetimes, unique_keys, ordering_keys)
             AS s (id, queue, priority, content_type, headers, payload, payload_bytes, due_at, delay, lifetime,
                   unique_key, ordering_key)
        WHERE s.id IS NOT NULL),
    due AS (
        INSERT INTO messaging.message (id, expires_at, priority, queue, unique_key, content_type, headers, payload,
                                       payload_bytes)
        SELECT id, expires_at, priority, queue, unique_key, content_type, headers, payload, payload_bytes
        FROM sent WHERE due IS NULL AND ordering_key IS NULL),
    delayed AS (
        INSERT INTO messaging.delayed_message (id, due_at, expires_at, priority, queue, ordering_key, unique_key,
                                               content_type, headers, payload, payload_bytes)
        SELECT id, due, expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload,
               payload_bytes
        FROM sent WHERE due IS NOT NULL)
    INSERT INTO messaging.blocked_message (id, sent_at, expires_at, priority, queue, ordering_key, unique_key,
                                        content_type, headers, payload, payload_bytes)
    SELECT id, clock_timestamp(), expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload,
           payload_bytes
    FROM sent WHERE due IS NULL AND ordering_key IS NOT NULL;

    PERFORM messaging_internal.unblock_next(g.queue, g.key) FROM unnest(locked_queues, locked_keys) AS g (queue, key);

    -- The caller may have locked the ordering group of a message that was not added.
    IF array_position(ids, NULL) IS NOT NULL THEN
        PERFORM messaging_internal.unblock_next(empty.queue, empty.ordering_key)
        FROM (SELECT g.queue, g.ordering_key FROM messaging.ordering_group g
              JOIN unnest(ids, queues, ordering_keys) AS s (id, queue, ordering_key) USING (queue, ordering_key)
              WHERE s.id IS NULL AND g.head IS NULL
              FOR UPDATE OF g SKIP LOCKED) empty;
    END IF;

    RETURN cardinality(array_remove(ids, NULL));
END
$$;
COMMENT ON FUNCTION messaging_internal.send_with_keys IS
    'Sends messages that have a unique or an ordering key. Returns how many were added.';

CREATE FUNCTION messaging_internal.promote(queue_name text, max_count integer, OUT moved integer, OUT next_due_ms double precision)
LANGUAGE plpgsql AS $$
DECLARE
    last_due timestamptz;
    locked_keys  text[];
BEGIN
    -- Locks the ordering groups first and moves the messages that are still there then. A message that is retried is the head
    -- of its group, and stays the head.
    SELECT max(first.due_at),
           array_agg(DISTINCT first.ordering_key) FILTER (WHERE first.ordering_key IS NOT NULL AND first.attempt = 0)
    INTO last_due, locked_keys
    FROM (SELECT d.due_at, d.ordering_key, d.attempt FROM messaging.delayed_message d
          WHERE d.queue = queue_name AND d.due_at <= now()
          ORDER BY d.due_at, d.id LIMIT max_count) first;
    PERFORM messaging_internal.lock_ordering_groups(array_agg(queue_name), array_agg(g.key)) FROM unnest(locked_keys) AS g (key);

    WITH due AS (
        DELETE FROM messaging.delayed_message
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM messaging.delayed_message d
            WHERE d.queue = queue_name AND d.due_at <= last_due
              AND (d.ordering_key IS NULL OR d.attempt > 0 OR d.ordering_key IN (SELECT unnest(locked_keys)))
            ORDER BY d.due_at, d.id LIMIT max_count
            FOR UPDATE SKIP LOCKED))
        RETURNING *),
    waiting AS (
        INSERT INTO messaging.message (id, sent_at, expires_at, priority, attempt, queue, ordering_key, unique_key,
                                       content_type, headers, payload, payload_bytes)
        SELECT id, sent_at, expires_at, priority, attempt, queue, ordering_key, unique_key, content_type, headers,
               payload, payload_bytes
        FROM due WHERE ordering_key IS NULL OR attempt > 0),
    blocked AS (
        INSERT INTO messaging.blocked_message (id, sent_at, expires_at, priority, queue, ordering_key, unique_key,
                                            content_type, headers, payload, payload_bytes)
        SELECT id, sent_at, expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload,
               payload_bytes
        FROM due WHERE ordering_key IS NOT NULL AND attempt = 0)
    SELECT count(*) INTO moved FROM due;

    PERFORM messaging_internal.unblock_next(queue_name, g.key) FROM unnest(locked_keys) AS g (key);

    SELECT extract(epoch FROM min(d.due_at) - now()) * 1000 INTO next_due_ms
    FROM messaging.delayed_message d WHERE d.queue = queue_name AND d.due_at > now();
END
$$;
COMMENT ON FUNCTION messaging_internal.promote IS
    'Moves delayed messages that are due to the waiting ones. Returns how many, and how long until the next one is due.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Consumers and claims
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE messaging.consumer (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_name text        NOT NULL,
    host             text        NOT NULL,
    pid              bigint      NOT NULL,
    queues           text[]      NOT NULL,
    started_at       timestamptz NOT NULL DEFAULT now(),
    heartbeat_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
COMMENT ON TABLE messaging.consumer IS
    'The processes that consume now. A process whose heartbeat stops is removed, and its messages are handled by others.';
COMMENT ON COLUMN messaging.consumer.id IS 'Identifies the process in message.claimed_by.';
COMMENT ON COLUMN messaging.consumer.application_name IS 'As in pg_stat_activity.';
COMMENT ON COLUMN messaging.consumer.host IS 'The host or container that it runs on.';
COMMENT ON COLUMN messaging.consumer.pid IS 'Its process id on that host.';
COMMENT ON COLUMN messaging.consumer.queues IS 'The queues that it consumes.';
COMMENT ON COLUMN messaging.consumer.started_at IS 'When it registered.';
COMMENT ON COLUMN messaging.consumer.heartbeat_at IS 'Its last heartbeat.';

CREATE TABLE messaging.slot (
    queue    text COLLATE "C" NOT NULL,
    number   integer NOT NULL CHECK (number > 0),
    consumer bigint,
    PRIMARY KEY (queue, number)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.slot IS
    'For queues with cluster-concurrency: one row for each message that may be handled at the same time.';
COMMENT ON COLUMN messaging.slot.queue IS 'The queue.';
COMMENT ON COLUMN messaging.slot.number IS 'From 1 to cluster-concurrency.';
COMMENT ON COLUMN messaging.slot.consumer IS 'The consumer that uses it; null while it is free.';

CREATE TABLE messaging.throughput (
    queue              text COLLATE "C" NOT NULL,
    process            bigint      NOT NULL,
    handled_per_second real        NOT NULL,
    measured_at        timestamptz NOT NULL DEFAULT now(),
    valid_until        timestamptz NOT NULL,
    PRIMARY KEY (queue, process)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.throughput IS
    'How many messages each process handled lately: one row for each queue and process. queue_overview has the sums.';
COMMENT ON COLUMN messaging.throughput.queue IS 'The queue.';
COMMENT ON COLUMN messaging.throughput.process IS 'A random number that the process drew at its start.';
COMMENT ON COLUMN messaging.throughput.handled_per_second IS
    'Messages handled successfully, per second, in the last metrics-interval.';
COMMENT ON COLUMN messaging.throughput.measured_at IS 'When the process wrote this.';
COMMENT ON COLUMN messaging.throughput.valid_until IS 'From then on it is no longer counted.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Dead letters
-- ---------------------------------------------------------------------------------------------------------------------

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
    stack_trace   text,
    ordering_key  text COLLATE "C"
);
CREATE INDEX dead_letter_by_queue ON messaging.dead_letter (queue, died_at);
COMMENT ON TABLE messaging.dead_letter IS 'The messages that were given up. messaging.resend(id) sends one again.';
COMMENT ON COLUMN messaging.dead_letter.id IS 'As in message.';
COMMENT ON COLUMN messaging.dead_letter.died_at IS 'When it was moved here.';
COMMENT ON COLUMN messaging.dead_letter.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.dead_letter.priority IS 'Its priority, kept for sending it again.';
COMMENT ON COLUMN messaging.dead_letter.attempts IS 'How often it was tried.';
COMMENT ON COLUMN messaging.dead_letter.queue IS 'The queue that it came from.';
COMMENT ON COLUMN messaging.dead_letter.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.dead_letter.headers IS 'The headers that the sender set, and the trace context.';
COMMENT ON COLUMN messaging.dead_letter.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.dead_letter.payload_bytes IS 'The payload, when it is binary.';
COMMENT ON COLUMN messaging.dead_letter.error IS 'Why it was given up, in one line.';
COMMENT ON COLUMN messaging.dead_letter.stack_trace IS 'The stack trace of the last attempt; null when its process died.';
COMMENT ON COLUMN messaging.dead_letter.ordering_key IS 'Its ordering key, kept for sending it again.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Administration: which queues there are, and how many messages they have
-- ---------------------------------------------------------------------------------------------------------------------

-- Figures are exact up to 10,000. Above, the size of a queue is estimated from the rows of 150 pages of its table: the
-- cost does not grow with the table, and unlike the planner's statistics the figure is never out of date.
-- None of these functions may read a whole table, even when the planner believes that it is empty.

CREATE FUNCTION messaging_internal.queue_names() RETURNS SETOF text LANGUAGE sql STABLE
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
    blocked AS (
        (SELECT queue FROM messaging.blocked_message ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT next.queue FROM messaging.blocked_message next WHERE next.queue > last.queue ORDER BY next.queue LIMIT 1)
        FROM blocked last WHERE last.queue IS NOT NULL),
    dead AS (
        (SELECT queue FROM messaging.dead_letter ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT next.queue FROM messaging.dead_letter next WHERE next.queue > last.queue ORDER BY next.queue LIMIT 1)
        FROM dead last WHERE last.queue IS NOT NULL)
    SELECT name FROM messaging.queue
    UNION SELECT queue FROM messaging.subscription
    UNION SELECT queue FROM waiting WHERE queue IS NOT NULL
    UNION SELECT queue FROM delayed WHERE queue IS NOT NULL
    UNION SELECT queue FROM blocked WHERE queue IS NOT NULL
    UNION SELECT queue FROM dead WHERE queue IS NOT NULL
$$;
COMMENT ON FUNCTION messaging_internal.queue_names IS
    'All queues: those that are or were consumed, those that are subscribed, and those that have messages.';

CREATE FUNCTION messaging_internal.check_queue(queue_name text) RETURNS void LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
    IF EXISTS (SELECT FROM messaging.queue WHERE name = queue_name)
       OR EXISTS (SELECT FROM messaging.message WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.delayed_message WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.blocked_message WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.dead_letter WHERE queue = queue_name)
       OR EXISTS (SELECT FROM messaging.subscription WHERE queue = queue_name) THEN
        RETURN;
    END IF;
    RAISE EXCEPTION 'there is no queue %', coalesce(quote_literal(queue_name), 'NULL')
        USING ERRCODE = 'undefined_object',
              HINT = 'Nobody has consumed a queue of that name, and nothing was sent to it.'
                     ' SELECT queue FROM messaging.queue_overview lists the queues.';
END
$$;
COMMENT ON FUNCTION messaging_internal.check_queue IS 'Raises an error unless there is a queue of that name.';

CREATE FUNCTION messaging_internal.estimate_rows(queue_table text, queue_name text) RETURNS bigint LANGUAGE plpgsql STABLE
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
        ELSIF queue_table = 'blocked_message' THEN
            SELECT count(*) INTO rows FROM messaging.blocked_message
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
COMMENT ON FUNCTION messaging_internal.estimate_rows IS
    'Estimates how many rows of a table belong to a queue, from 150 of its pages, evenly spread.';

CREATE FUNCTION messaging_internal.measure_depth(queue_name text, OUT waiting bigint, OUT in_flight bigint, OUT delayed bigint,
                                  OUT blocked bigint, OUT dead bigint, OUT estimated boolean, OUT oldest_age interval)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
    exact CONSTANT integer := 10000;
    more_priorities CONSTANT integer := 20;
    current_priority smallint;
    rows_here bigint;
    claimed_here bigint;
    oldest_here timestamptz;
    walked bigint := 0;
    beyond integer := 0;
    oldest timestamptz;
BEGIN
    in_flight := 0;
    LOOP
        current_priority := CASE WHEN current_priority IS NULL
            THEN (SELECT m.priority FROM messaging.message m WHERE m.queue = queue_name ORDER BY m.priority LIMIT 1)
            ELSE (SELECT m.priority FROM messaging.message m
                  WHERE m.queue = queue_name AND m.priority > current_priority ORDER BY m.priority LIMIT 1) END;
        EXIT WHEN current_priority IS NULL OR beyond > more_priorities;
        SELECT count(*), count(first.claimed_by), min(first.sent_at) FILTER (WHERE first.claimed_by IS NULL AND isfinite(first.sent_at))
        INTO rows_here, claimed_here, oldest_here
        FROM (SELECT m.claimed_by, m.sent_at FROM messaging.message m
              WHERE m.queue = queue_name AND m.priority = current_priority
              ORDER BY m.priority, m.id LIMIT greatest(exact + 1 - walked, 500)) first;
        walked := walked + rows_here;
        in_flight := in_flight + claimed_here;
        oldest := least(oldest, oldest_here);
        beyond := beyond + (walked > exact)::integer;
    END LOOP;
    oldest_age := CASE WHEN oldest IS NOT NULL THEN greatest(clock_timestamp() - oldest, interval '0') END;
    delayed := (SELECT count(*) FROM (SELECT FROM messaging.delayed_message d
                                      WHERE d.queue = queue_name LIMIT exact + 1) first);
    blocked := (SELECT count(*) FROM (SELECT FROM messaging.blocked_message b
                                   WHERE b.queue = queue_name LIMIT exact + 1) first);
    dead := (SELECT count(*) FROM (SELECT FROM messaging.dead_letter l
                                   WHERE l.queue = queue_name LIMIT exact + 1) first);
    estimated := greatest(walked, delayed, blocked, dead) > exact;
    IF walked > exact THEN
        walked := greatest(walked, messaging_internal.estimate_rows('message', queue_name));
    END IF;
    IF delayed > exact THEN
        delayed := greatest(delayed, messaging_internal.estimate_rows('delayed_message', queue_name));
    END IF;
    IF blocked > exact THEN
        blocked := greatest(blocked, messaging_internal.estimate_rows('blocked_message', queue_name));
    END IF;
    IF dead > exact THEN
        dead := greatest(dead, messaging_internal.estimate_rows('dead_letter', queue_name));
    END IF;
    waiting := walked - in_flight;
END
$$;
COMMENT ON FUNCTION messaging_internal.measure_depth IS 'As messaging.depth, and zeros for a queue that does not exist.';

CREATE FUNCTION messaging.depth(queue text, OUT waiting bigint, OUT in_flight bigint, OUT delayed bigint,
                                OUT blocked bigint, OUT dead bigint, OUT estimated boolean, OUT oldest_age interval)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM messaging_internal.check_queue(depth.queue);
    SELECT * INTO waiting, in_flight, delayed, blocked, dead, estimated, oldest_age FROM messaging_internal.measure_depth(depth.queue);
END
$$;
COMMENT ON FUNCTION messaging.depth IS
    'How many messages of a queue wait, are in flight, delayed, blocked and dead, and how long ago the oldest waiting one was sent. '
    'Exact up to 10,000 each; when estimated is true, at least one figure is larger and good to a few percent. In flight and the '
    'oldest age then come from the first 10,000 messages of the queue and the first 500 of each further priority.';

CREATE VIEW messaging.queue_overview AS
SELECT name COLLATE "C"            AS queue,
       coalesce(q.paused, false)   AS paused,
       depth.waiting,
       depth.in_flight,
       depth.delayed,
       depth.blocked,
       depth.dead,
       depth.estimated,
       depth.oldest_age            AS oldest_waits_for,
       (SELECT d.due_at FROM messaging.delayed_message d
        WHERE d.queue = name ORDER BY d.due_at LIMIT 1) AS next_due_at,
       (SELECT count(*) FROM messaging.consumer c
        WHERE name = ANY (c.queues) AND c.heartbeat_at > now() - interval '10 seconds') AS consumers,
       (SELECT coalesce(sum(t.handled_per_second), 0)::real FROM messaging.throughput t
        WHERE t.queue = name AND t.valid_until > now()) AS handled_per_second
FROM messaging_internal.queue_names() AS name
LEFT JOIN messaging.queue q USING (name)
CROSS JOIN LATERAL messaging_internal.measure_depth(name) AS depth
ORDER BY name COLLATE "C";
COMMENT ON VIEW messaging.queue_overview IS
    'The queues and their messages: one row for each queue. Fast with millions of messages; see messaging.depth.';
COMMENT ON COLUMN messaging.queue_overview.queue IS 'The name of the queue.';
COMMENT ON COLUMN messaging.queue_overview.paused IS 'Whether it is paused for the whole cluster.';
COMMENT ON COLUMN messaging.queue_overview.waiting IS 'Messages that are due and not claimed.';
COMMENT ON COLUMN messaging.queue_overview.in_flight IS 'Messages that a consumer has claimed.';
COMMENT ON COLUMN messaging.queue_overview.delayed IS 'Messages that are not due yet.';
COMMENT ON COLUMN messaging.queue_overview.blocked IS
    'Messages that are blocked until the message before them, of the same ordering key, is done.';
COMMENT ON COLUMN messaging.queue_overview.dead IS 'Dead letters.';
COMMENT ON COLUMN messaging.queue_overview.estimated IS 'Whether one of these figures is above 10,000, and so an estimate.';
COMMENT ON COLUMN messaging.queue_overview.oldest_waits_for IS 'How long ago the oldest waiting message was sent.';
COMMENT ON COLUMN messaging.queue_overview.next_due_at IS 'When the next delayed message is due.';
COMMENT ON COLUMN messaging.queue_overview.consumers IS 'Processes that consume it, with a heartbeat in the last ten seconds.';
COMMENT ON COLUMN messaging.queue_overview.handled_per_second IS
    'Messages handled successfully per second by all processes; up to one metrics-interval old.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Administration: queues and subscriptions
-- ---------------------------------------------------------------------------------------------------------------------

CREATE FUNCTION messaging.pause(queue text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF pause.queue IS NULL OR pause.queue !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$' THEN
        RAISE EXCEPTION 'no queue can be called %', coalesce(quote_literal(pause.queue), 'NULL')
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'A name has 1 to 50 letters, digits, dots, underscores or hyphens, and begins with a letter or a digit.';
    END IF;
    BEGIN
        PERFORM messaging_internal.check_queue(pause.queue);
    EXCEPTION WHEN undefined_object THEN
        RAISE NOTICE 'there is no queue % yet: it is paused from its first message on', quote_literal(pause.queue);
    END;
    INSERT INTO messaging.queue (name, paused) VALUES (pause.queue, true)
    ON CONFLICT (name) DO UPDATE SET paused = true;
END
$$;
COMMENT ON FUNCTION messaging.pause IS
    'Stops claiming messages of a queue in the whole cluster; messages in flight are finished.';

CREATE FUNCTION messaging.resume(queue text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM messaging_internal.check_queue(resume.queue);
    UPDATE messaging.queue SET paused = false WHERE name = resume.queue;
    PERFORM pg_notify('messaging.' || resume.queue, '');
END
$$;
COMMENT ON FUNCTION messaging.resume IS 'Ends the pause of a queue.';

CREATE FUNCTION messaging.subscribe(topic text, queue text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO messaging.subscription (topic, queue) VALUES (subscribe.topic, subscribe.queue) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION messaging.subscribe IS
    'Gives a queue a copy of each message that is sent to a topic from now on. False when it was subscribed already.';

CREATE FUNCTION messaging.unsubscribe(topic text, queue text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.subscription s WHERE s.topic = unsubscribe.topic AND s.queue = unsubscribe.queue;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION messaging.unsubscribe IS
    'Ends a subscription; the messages that the queue has stay. A process whose channel names the topic subscribes again at its '
    'start. True when the queue was subscribed.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Administration: removing messages
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TYPE messaging_internal.message_location AS (
    queue text, priority smallint, id bigint, due_at timestamptz, unique_key text, ordering_key text);
COMMENT ON TYPE messaging_internal.message_location IS 'Where to find a message that was not claimed.';

-- Skips a message that another transaction has locked: it is being claimed.
CREATE FUNCTION messaging_internal.remove_message(target messaging_internal.message_location) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF target.unique_key IS NOT NULL THEN
        PERFORM FROM messaging.unique_reservation r
        WHERE r.queue = target.queue AND r.unique_key = target.unique_key FOR UPDATE;
    END IF;
    IF target.ordering_key IS NOT NULL THEN
        PERFORM FROM messaging.ordering_group g
        WHERE g.queue = target.queue AND g.ordering_key = target.ordering_key FOR UPDATE;
    END IF;
    -- A message that comes due meanwhile moves in this order: delayed, blocked, waiting.
    IF target.due_at IS NOT NULL THEN
        DELETE FROM messaging.delayed_message d
        WHERE d.queue = target.queue AND d.due_at = target.due_at AND d.id = target.id;
        IF FOUND THEN RETURN true; END IF;
    END IF;
    IF target.ordering_key IS NOT NULL THEN
        -- It may have come due together with its ordering key.
        PERFORM FROM messaging.ordering_group g
        WHERE g.queue = target.queue AND g.ordering_key = target.ordering_key FOR UPDATE;
        DELETE FROM messaging.blocked_message b
        WHERE b.queue = target.queue AND b.ordering_key = target.ordering_key AND b.id = target.id;
        IF FOUND THEN RETURN true; END IF;
    END IF;
    PERFORM FROM messaging.message m
    WHERE m.queue = target.queue AND m.priority = target.priority AND m.id = target.id AND m.claimed_by IS NULL
    FOR UPDATE SKIP LOCKED;
    RETURN FOUND AND messaging_internal.remove_unclaimed(target.queue, target.priority, target.id);
END
$$;
COMMENT ON FUNCTION messaging_internal.remove_message IS 'Removes a message unless it was claimed. True when it was removed.';

CREATE FUNCTION messaging_internal.remove_messages(targets messaging_internal.message_location[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    target  messaging_internal.message_location;
    removed bigint := 0;
BEGIN
    BEGIN
        FOREACH target IN ARRAY targets LOOP
            removed := removed + messaging_internal.remove_message(target)::integer;
        END LOOP;
        RETURN removed;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        removed := 0;
    END;
    IF cardinality(targets) > 1 THEN
        FOREACH target IN ARRAY targets LOOP
            removed := removed + messaging_internal.remove_messages(ARRAY[target]);
        END LOOP;
    END IF;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging_internal.remove_messages IS
    'Removes messages that were not claimed, except those whose keys another transaction has locked. Returns how many.';

CREATE FUNCTION messaging.cancel(message_id bigint) RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    target  messaging_internal.message_location;
    removed boolean;
BEGIN
    SELECT * INTO target FROM (
        SELECT d.queue, d.priority, d.id, d.due_at, d.unique_key, d.ordering_key FROM messaging.delayed_message d
        WHERE d.id = message_id
        UNION ALL
        SELECT b.queue, b.priority, b.id, NULL, b.unique_key, b.ordering_key FROM messaging.blocked_message b
        WHERE b.id = message_id
        UNION ALL
        SELECT m.queue, m.priority, m.id, NULL, m.unique_key, m.ordering_key FROM messaging.message m
        WHERE m.id = message_id AND m.claimed_by IS NULL) found LIMIT 1;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    removed := messaging_internal.remove_message(target);
    IF removed AND target.ordering_key IS NOT NULL THEN
        PERFORM pg_notify('messaging.' || target.queue, '');
    END IF;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.cancel(bigint) IS
    'Removes a message that waits, is delayed or blocked. False when it was claimed already, or no message has that id. '
    'Scans the whole index: some 50 ms for a million messages.';

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
    removed := messaging_internal.remove_message(ROW(
        holder.queue, holder.priority, holder.message_id,
        (SELECT d.due_at FROM messaging.delayed_message d
         WHERE d.id = holder.message_id AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL)),
        holder.unique_key, holder.ordering_key)::messaging_internal.message_location);
    IF removed AND holder.ordering_key IS NOT NULL THEN
        PERFORM pg_notify('messaging.' || holder.queue, '');
    END IF;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging.cancel(text, text) IS
    'Removes the message that has a unique key. False when it was claimed already, or no message has the key.';

-- The lock timeout is shorter than the deadlock timeout, so that in a deadlock the purge gives way, not the other transaction.
CREATE FUNCTION messaging.purge(queue text) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET lock_timeout = '200ms' AS $$
DECLARE
    batch CONSTANT integer := 10000;
    after_priority smallint := -32768;
    after_due timestamptz := '-infinity';
    after_id  bigint := -9223372036854775808;
    target    messaging_internal.message_location;
    targets   messaging_internal.message_location[] := '{}';
    moved     bigint;
    removed   bigint := 0;
BEGIN
    PERFORM messaging_internal.check_queue(purge.queue);
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
    -- The blocked ones first, so that none of them is unblocked when those before them are removed.
    FOR target IN
        SELECT b.queue, b.priority, b.id, NULL::timestamptz, b.unique_key, b.ordering_key FROM messaging.blocked_message b
        WHERE b.queue = purge.queue
        UNION ALL
        SELECT d.queue, d.priority, d.id, d.due_at, d.unique_key, d.ordering_key FROM messaging.delayed_message d
        WHERE d.queue = purge.queue AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL)
        UNION ALL
        SELECT m.queue, m.priority, m.id, NULL, m.unique_key, m.ordering_key FROM messaging.message m
        WHERE m.queue = purge.queue AND m.claimed_by IS NULL AND (m.unique_key IS NOT NULL OR m.ordering_key IS NOT NULL)
    LOOP
        targets := targets || target;
        IF cardinality(targets) = 500 THEN
            removed := removed + messaging_internal.remove_messages(targets);
            targets := '{}';
        END IF;
    END LOOP;
    RETURN removed + messaging_internal.remove_messages(targets);
END
$$;
COMMENT ON FUNCTION messaging.purge IS
    'Removes all messages of a queue that wait, are delayed or blocked; those in flight and the dead letters stay, and so do those '
    'that another transaction has locked at the moment. Returns how many were removed.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Administration: dead letters
-- ---------------------------------------------------------------------------------------------------------------------

CREATE FUNCTION messaging.resend(dead_letter_id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    resent messaging.dead_letter;
BEGIN
    DELETE FROM messaging.dead_letter d WHERE d.id = dead_letter_id RETURNING d.* INTO resent;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF resent.ordering_key IS NULL THEN
        INSERT INTO messaging.message (id, priority, queue, content_type, headers, payload, payload_bytes)
        VALUES (resent.id, resent.priority, resent.queue, resent.content_type, resent.headers, resent.payload,
                resent.payload_bytes);
    ELSE
        PERFORM messaging_internal.lock_ordering_group(resent.queue, resent.ordering_key);
        INSERT INTO messaging.blocked_message (id, sent_at, priority, queue, ordering_key, content_type, headers, payload,
                                            payload_bytes)
        VALUES (nextval('messaging.message_id_seq'), clock_timestamp(), resent.priority, resent.queue,
                resent.ordering_key, resent.content_type, resent.headers, resent.payload, resent.payload_bytes);
        PERFORM messaging_internal.unblock_next(resent.queue, resent.ordering_key);
    END IF;
    PERFORM pg_notify('messaging.' || resent.queue, '');
    RETURN true;
END
$$;
COMMENT ON FUNCTION messaging.resend(bigint) IS
    'Sends a dead letter again, at its first attempt, without unique key and time to live. It keeps its id unless it has an ordering '
    'key. False when no dead letter has that id.';

CREATE FUNCTION messaging.resend(queue text, max_count integer DEFAULT 1000) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    keys text[];
    key  text;
    sent bigint;
BEGIN
    PERFORM messaging_internal.check_queue(resend.queue);
    IF max_count IS NULL OR max_count < 1 THEN
        RAISE EXCEPTION 'max_count is 1 or more, not %', coalesce(max_count::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    WITH resent AS (
        DELETE FROM messaging.dead_letter
        WHERE ctid = ANY (ARRAY(
            SELECT d.ctid FROM messaging.dead_letter d
            WHERE d.queue = resend.queue
            ORDER BY d.died_at LIMIT max_count
            FOR UPDATE SKIP LOCKED))
        RETURNING *),
    waiting AS (
        INSERT INTO messaging.message (id, priority, queue, content_type, headers, payload, payload_bytes)
        SELECT r.id, r.priority, r.queue, r.content_type, r.headers, r.payload, r.payload_bytes
        FROM resent r WHERE r.ordering_key IS NULL),
    blocked AS (
        INSERT INTO messaging.blocked_message (id, sent_at, priority, queue, ordering_key, content_type, headers, payload,
                                            payload_bytes)
        SELECT nextval('messaging.message_id_seq'), clock_timestamp(), r.priority, r.queue, r.ordering_key,
               r.content_type, r.headers, r.payload, r.payload_bytes
        FROM (SELECT * FROM resent WHERE ordering_key IS NOT NULL ORDER BY id) r)
    SELECT count(*), array_agg(DISTINCT r.ordering_key ORDER BY r.ordering_key) FILTER (WHERE r.ordering_key IS NOT NULL)
    INTO sent, keys FROM resent r;
    FOREACH key IN ARRAY coalesce(keys, '{}') LOOP
        PERFORM messaging_internal.lock_ordering_group(resend.queue, key);
        PERFORM messaging_internal.unblock_next(resend.queue, key);
    END LOOP;
    IF sent > 0 THEN
        PERFORM pg_notify('messaging.' || resend.queue, '');
    END IF;
    RETURN sent;
END
$$;
COMMENT ON FUNCTION messaging.resend(text, integer) IS
    'Sends up to max_count dead letters of a queue again, as resend(id) does, those that died first before the others. Returns how many.';

CREATE FUNCTION messaging.drop_dead_letter(dead_letter_id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.dead_letter d WHERE d.id = dead_letter_id;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION messaging.drop_dead_letter IS 'Removes a dead letter. False when no dead letter has that id.';

CREATE FUNCTION messaging.drop_dead_letters(queue text, older_than interval DEFAULT '0') RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    since   timestamptz := '-infinity';
    until   timestamptz := clock_timestamp() - older_than;
    moved   bigint;
    removed bigint := 0;
BEGIN
    PERFORM messaging_internal.check_queue(drop_dead_letters.queue);
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
    'Removes the dead letters of a queue that died longer than older_than ago; by default all. Returns how many were removed.';

CREATE FUNCTION messaging_internal.expire_dead_letters(older_than interval, max_count integer) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    name    text;
    moved   bigint;
    removed bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('messaging.dead_letter', 0)) THEN
        RETURN 0;
    END IF;
    FOR name IN SELECT messaging_internal.queue_names() LOOP
        DELETE FROM messaging.dead_letter
        WHERE ctid = ANY (ARRAY(
            SELECT d.ctid FROM messaging.dead_letter d
            WHERE d.queue = name AND d.died_at <= now() - older_than
            ORDER BY d.died_at LIMIT max_count - removed
            FOR UPDATE SKIP LOCKED));
        GET DIAGNOSTICS moved = ROW_COUNT;
        removed := removed + moved;
        EXIT WHEN removed >= max_count;
    END LOOP;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION messaging_internal.expire_dead_letters IS
    'Removes up to max_count dead letters, of all queues, that are older than older_than. Returns how many; 0 while another process does it.';

