-- The order in which everybody who needs several locks takes them, so that nobody waits in a circle:
--   1. unique keys (unique_reservation), sorted by queue and key;
--   2. ordering keys (ordering_lane), sorted by queue and key, all of them at once: messaging.enter_lanes;
--   3. messages, wherever they wait.
-- Who comes upon a lock out of this order passes by (SKIP LOCKED), or gives way when it has to wait for it (lock_timeout).
-- A message is held, or ceases to be held or the head of its ordering key, only under the lock of that key.

-- A claim writes each row anew: half of each page is left free for that, so that the new version finds room beside the
-- old one and no index is touched.
ALTER TABLE messaging.message SET (fillfactor = 50);

ALTER TABLE messaging.message
    ADD COLUMN expires_at   timestamptz,
    ADD COLUMN unique_key   text COLLATE "C",
    ADD COLUMN ordering_key text COLLATE "C";
COMMENT ON COLUMN messaging.message.expires_at IS 'When it is no longer to be handled; null when it does not expire.';
COMMENT ON COLUMN messaging.message.unique_key IS 'While it waits, no other message of its queue with this key is added.';
COMMENT ON COLUMN messaging.message.ordering_key IS 'Messages of its queue with this key are handled one at a time, in order.';

ALTER TABLE messaging.delayed_message
    ADD COLUMN expires_at   timestamptz,
    ADD COLUMN unique_key   text COLLATE "C",
    ADD COLUMN ordering_key text COLLATE "C";
COMMENT ON COLUMN messaging.delayed_message.expires_at IS 'As in message.';
COMMENT ON COLUMN messaging.delayed_message.unique_key IS 'As in message.';
COMMENT ON COLUMN messaging.delayed_message.ordering_key IS 'As in message. One sent with a delay takes its place in the order when it is due.';
CREATE INDEX delayed_message_with_key ON messaging.delayed_message (id)
    WHERE unique_key IS NOT NULL OR ordering_key IS NOT NULL;

ALTER TABLE messaging.dead_letter ADD COLUMN ordering_key text COLLATE "C";
COMMENT ON COLUMN messaging.dead_letter.ordering_key IS 'Its ordering key, kept for sending it again.';

CREATE TABLE messaging.held_message (
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
COMMENT ON TABLE messaging.held_message IS 'The messages that are held back until the one before them, of the same ordering key, is done.';
COMMENT ON COLUMN messaging.held_message.id IS 'As in message.';
COMMENT ON COLUMN messaging.held_message.sent_at IS 'When it was sent.';
COMMENT ON COLUMN messaging.held_message.expires_at IS 'As in message.';
COMMENT ON COLUMN messaging.held_message.priority IS 'As in message.';
COMMENT ON COLUMN messaging.held_message.queue IS 'The queue that it will wait in.';
COMMENT ON COLUMN messaging.held_message.ordering_key IS 'As in message.';
COMMENT ON COLUMN messaging.held_message.unique_key IS 'As in message.';
COMMENT ON COLUMN messaging.held_message.content_type IS 'The media type of the payload.';
COMMENT ON COLUMN messaging.held_message.headers IS 'What the sender attached, and the trace context.';
COMMENT ON COLUMN messaging.held_message.payload IS 'The payload, when it is text or JSON.';
COMMENT ON COLUMN messaging.held_message.payload_bytes IS 'The payload, when it is binary.';

CREATE TABLE messaging.ordering_lane (
    queue         text COLLATE "C" NOT NULL,
    ordering_key  text COLLATE "C" NOT NULL,
    head          bigint,
    head_priority smallint,
    PRIMARY KEY (queue, ordering_key)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.ordering_lane IS 'The ordering keys in use. Who locks a row decides what comes next of that key.';
COMMENT ON COLUMN messaging.ordering_lane.queue IS 'The queue.';
COMMENT ON COLUMN messaging.ordering_lane.ordering_key IS 'The key.';
COMMENT ON COLUMN messaging.ordering_lane.head IS 'The one message of the key that waits, is handled, or waits for its next attempt.';
COMMENT ON COLUMN messaging.ordering_lane.head_priority IS 'The priority of that message.';

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
COMMENT ON COLUMN messaging.unique_reservation.unique_key IS 'The key.';
COMMENT ON COLUMN messaging.unique_reservation.message_id IS 'The message that has it.';
COMMENT ON COLUMN messaging.unique_reservation.priority IS 'The priority of that message.';
COMMENT ON COLUMN messaging.unique_reservation.ordering_key IS 'The ordering key of that message.';

CREATE TABLE messaging.binding (
    address text COLLATE "C" NOT NULL CHECK (address ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$'),
    queue   text COLLATE "C" NOT NULL CHECK (queue ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$'),
    PRIMARY KEY (address, queue)
);
COMMENT ON TABLE messaging.binding IS 'The queues that get a copy of what is sent to an address.';
COMMENT ON COLUMN messaging.binding.address IS 'The address, as in the channel settings.';
COMMENT ON COLUMN messaging.binding.queue IS 'A queue that is bound to it.';

CREATE TABLE messaging.slot (
    queue    text COLLATE "C" NOT NULL,
    number   integer NOT NULL CHECK (number > 0),
    consumer bigint,
    PRIMARY KEY (queue, number)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE messaging.slot IS 'What the queues whose concurrency is limited for the whole cluster may run at once: one row for each message.';
COMMENT ON COLUMN messaging.slot.queue IS 'The queue.';
COMMENT ON COLUMN messaging.slot.number IS 'From 1 to the limit.';
COMMENT ON COLUMN messaging.slot.consumer IS 'The process that uses it; null while it is free.';

CREATE FUNCTION messaging.is_kept(queue_name text, at_priority smallint, message_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM messaging.message m
                   WHERE m.queue = queue_name AND m.priority = at_priority AND m.id = message_id)
        OR EXISTS (SELECT FROM messaging.delayed_message d
                   WHERE d.id = message_id AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL));
END
$$;
COMMENT ON FUNCTION messaging.is_kept IS 'Whether a message with a key waits, is handled, or is delayed.';

CREATE FUNCTION messaging.advance(queue_name text, key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lane messaging.ordering_lane;
    next messaging.held_message;
BEGIN
    SELECT * INTO lane FROM messaging.ordering_lane l
    WHERE l.queue = queue_name AND l.ordering_key = key FOR UPDATE;
    IF NOT FOUND OR messaging.is_kept(queue_name, lane.head_priority, lane.head) THEN
        RETURN;
    END IF;
    SELECT * INTO next FROM messaging.held_message h
    WHERE h.queue = queue_name AND h.ordering_key = key ORDER BY h.id LIMIT 1;
    IF NOT FOUND THEN
        DELETE FROM messaging.ordering_lane l WHERE l.queue = queue_name AND l.ordering_key = key;
        RETURN;
    END IF;
    INSERT INTO messaging.message
        (id, sent_at, expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload, payload_bytes)
    VALUES (next.id, next.sent_at, next.expires_at, next.priority, next.queue, next.ordering_key, next.unique_key,
            next.content_type, next.headers, next.payload, next.payload_bytes);
    UPDATE messaging.ordering_lane l SET head = next.id, head_priority = next.priority
    WHERE l.queue = queue_name AND l.ordering_key = key;
    -- Last, so that its trigger finds the message where it is now.
    DELETE FROM messaging.held_message h
    WHERE h.queue = queue_name AND h.ordering_key = key AND h.id = next.id;
END
$$;
COMMENT ON FUNCTION messaging.advance IS 'Lets the next message of an ordering key wait, when the one before it is done.';

CREATE FUNCTION messaging.enter_lane(queue_name text, key text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO messaging.ordering_lane AS lane (queue, ordering_key) VALUES (queue_name, key)
    ON CONFLICT (queue, ordering_key) DO UPDATE SET head = lane.head
$$;
COMMENT ON FUNCTION messaging.enter_lane IS 'Locks an ordering key until the transaction ends. Who needs several calls enter_lanes.';

CREATE FUNCTION messaging.enter_lanes(queues text[], keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lane record;
BEGIN
    FOR lane IN SELECT DISTINCT l.queue, l.key FROM unnest(queues, keys) AS l (queue, key)
                WHERE l.key IS NOT NULL ORDER BY l.queue, l.key LOOP
        PERFORM messaging.enter_lane(lane.queue, lane.key);
    END LOOP;
END
$$;
COMMENT ON FUNCTION messaging.enter_lanes IS 'Locks ordering keys until the transaction ends, in one order for all, so that nobody waits in a circle. Null is no key.';

CREATE FUNCTION messaging.removed(queue_name text, message_id bigint, unique_key_of text, lane text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF unique_key_of IS NOT NULL THEN
        DELETE FROM messaging.unique_reservation r
        WHERE r.queue = queue_name AND r.unique_key = unique_key_of AND r.message_id = removed.message_id;
    END IF;
    IF lane IS NOT NULL THEN
        PERFORM messaging.advance(queue_name, lane);
    END IF;
END
$$;
COMMENT ON FUNCTION messaging.removed IS 'After a message with keys went away: its unique key is free, and the next of its ordering key follows.';

CREATE FUNCTION messaging.on_removal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_head boolean := false;
BEGIN
    -- One that only moved on keeps its unique key and its place; whoever moves it need not hold the lock of its ordering key.
    IF messaging.is_kept(OLD.queue, OLD.priority, OLD.id)
       OR EXISTS (SELECT FROM messaging.held_message h
                  WHERE h.queue = OLD.queue AND h.ordering_key = OLD.ordering_key AND h.id = OLD.id) THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'delayed_message' THEN
        was_head := OLD.attempt > 0;
    END IF;
    PERFORM messaging.removed(OLD.queue, OLD.id, OLD.unique_key, CASE WHEN was_head THEN OLD.ordering_key END);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION messaging.on_removal IS 'Calls messaging.removed for a message that is neither held nor delayed any more, nor waits.';

-- None on messaging.message: its condition alone would cost each acknowledgement more than all else that it does. Who deletes
-- a message with keys there calls messaging.removed.
CREATE TRIGGER removed AFTER DELETE ON messaging.delayed_message FOR EACH ROW
    WHEN (OLD.ordering_key IS NOT NULL OR OLD.unique_key IS NOT NULL) EXECUTE FUNCTION messaging.on_removal();
CREATE TRIGGER removed AFTER DELETE ON messaging.held_message FOR EACH ROW
    WHEN (OLD.unique_key IS NOT NULL) EXECUTE FUNCTION messaging.on_removal();

CREATE FUNCTION messaging.remove_unclaimed(queue_name text, at_priority smallint, message_id bigint) RETURNS boolean
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
    PERFORM messaging.removed(gone.queue, gone.id, gone.unique_key, gone.ordering_key);
    RETURN true;
END
$$;
COMMENT ON FUNCTION messaging.remove_unclaimed IS 'Removes a message that waits. False when it was taken.';

CREATE FUNCTION messaging.settle_in_lanes(
    queues text[], priorities smallint[], attempts smallint[], consumers bigint[], ids bigint[], lanes text[])
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    deleted integer;
BEGIN
    PERFORM messaging.enter_lanes(queues, lanes);
    DELETE FROM messaging.message m
    USING unnest(queues, priorities, attempts, consumers, ids) AS claim (queue, priority, attempt, consumer, id)
    WHERE m.queue = claim.queue AND m.priority = claim.priority AND m.id = claim.id
      AND m.attempt = claim.attempt AND m.claimed_by = claim.consumer;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    PERFORM messaging.advance(l.queue, l.key)
    FROM (SELECT DISTINCT u.queue, u.key FROM unnest(queues, lanes) AS u (queue, key) WHERE u.key IS NOT NULL) l;
    RETURN deleted;
END
$$;
COMMENT ON FUNCTION messaging.settle_in_lanes IS 'Removes handled messages of which some have ordering keys. How many of the claims held.';

-- It looks in the direction in which messages move, so that none slips by.
CREATE FUNCTION messaging.remove_waiting(queue_name text, at_priority smallint, in_lane text, message_id bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging.delayed_message d
    WHERE d.id = message_id AND (d.unique_key IS NOT NULL OR d.ordering_key IS NOT NULL);
    IF FOUND THEN RETURN true; END IF;
    DELETE FROM messaging.held_message h
    WHERE h.queue = queue_name AND h.ordering_key = in_lane AND h.id = message_id;
    IF FOUND THEN RETURN true; END IF;
    RETURN messaging.remove_unclaimed(queue_name, at_priority, message_id);
END
$$;
COMMENT ON FUNCTION messaging.remove_waiting IS
    'Removes a message with a key unless its handling has begun; the caller has locked its keys. True when it was removed.';

CREATE FUNCTION messaging.send_with_keys(
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
    entered_queues text[];
    entered text[];
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
               OR messaging.is_kept(holder.queue, holder.priority, holder.message_id)
               OR EXISTS (SELECT FROM messaging.held_message h
                          WHERE h.queue = holder.queue AND h.ordering_key = holder.ordering_key
                            AND h.id = holder.message_id)) THEN
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

    SELECT array_agg(l.queue), array_agg(l.ordering_key) INTO entered_queues, entered
    FROM (SELECT s.queue, s.ordering_key
          FROM unnest(ids, queues, ordering_keys, due_times, delays) AS s (id, queue, ordering_key, due_at, delay)
          WHERE s.id IS NOT NULL AND s.ordering_key IS NOT NULL AND s.due_at IS NULL AND s.delay IS NULL
          UNION
          SELECT r.queue, r.ordering_key FROM unnest(replaced) AS r WHERE r.ordering_key IS NOT NULL) l;
    PERFORM messaging.enter_lanes(entered_queues, entered);
    -- Before the new ones are there, so that none of both is taken while the other waits. What gave up an empty lane still
    -- has its lock; it is entered again.
    FOREACH holder IN ARRAY replaced LOOP
        PERFORM messaging.remove_waiting(holder.queue, holder.priority, holder.ordering_key, holder.message_id);
    END LOOP;
    IF cardinality(replaced) > 0 THEN
        PERFORM messaging.enter_lanes(entered_queues, entered);
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
    INSERT INTO messaging.held_message (id, sent_at, expires_at, priority, queue, ordering_key, unique_key,
                                        content_type, headers, payload, payload_bytes)
    SELECT id, clock_timestamp(), expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload,
           payload_bytes
    FROM sent WHERE due IS NULL AND ordering_key IS NOT NULL;

    PERFORM messaging.advance(l.queue, l.key) FROM unnest(entered_queues, entered) AS l (queue, key);

    -- The caller may have entered the lane of a message that was not added.
    IF array_position(ids, NULL) IS NOT NULL THEN
        PERFORM messaging.advance(empty.queue, empty.ordering_key)
        FROM (SELECT l.queue, l.ordering_key FROM messaging.ordering_lane l
              JOIN unnest(ids, queues, ordering_keys) AS s (id, queue, ordering_key) USING (queue, ordering_key)
              WHERE s.id IS NULL AND l.head IS NULL
              FOR UPDATE OF l SKIP LOCKED) empty;
    END IF;

    RETURN cardinality(array_remove(ids, NULL));
END
$$;
COMMENT ON FUNCTION messaging.send_with_keys IS 'Sends messages that have a unique or an ordering key. The number of those that were added.';

CREATE FUNCTION messaging.promote(queue_name text, most integer, OUT moved integer, OUT next_due_ms double precision)
LANGUAGE plpgsql AS $$
DECLARE
    last_due timestamptz;
    entered  text[];
BEGIN
    -- First which ordering keys it takes, then the messages: those that are still there. The head of a key that is tried
    -- again stays the head.
    SELECT max(first.due_at),
           array_agg(DISTINCT first.ordering_key) FILTER (WHERE first.ordering_key IS NOT NULL AND first.attempt = 0)
    INTO last_due, entered
    FROM (SELECT d.due_at, d.ordering_key, d.attempt FROM messaging.delayed_message d
          WHERE d.queue = queue_name AND d.due_at <= now()
          ORDER BY d.due_at, d.id LIMIT most) first;
    PERFORM messaging.enter_lanes(array_agg(queue_name), array_agg(l.key)) FROM unnest(entered) AS l (key);

    WITH due AS (
        DELETE FROM messaging.delayed_message
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM messaging.delayed_message d
            WHERE d.queue = queue_name AND d.due_at <= last_due
              AND (d.ordering_key IS NULL OR d.attempt > 0 OR d.ordering_key IN (SELECT unnest(entered)))
            ORDER BY d.due_at, d.id LIMIT most
            FOR UPDATE SKIP LOCKED))
        RETURNING *),
    waiting AS (
        INSERT INTO messaging.message (id, sent_at, expires_at, priority, attempt, queue, ordering_key, unique_key,
                                       content_type, headers, payload, payload_bytes)
        SELECT id, sent_at, expires_at, priority, attempt, queue, ordering_key, unique_key, content_type, headers,
               payload, payload_bytes
        FROM due WHERE ordering_key IS NULL OR attempt > 0),
    held AS (
        INSERT INTO messaging.held_message (id, sent_at, expires_at, priority, queue, ordering_key, unique_key,
                                            content_type, headers, payload, payload_bytes)
        SELECT id, sent_at, expires_at, priority, queue, ordering_key, unique_key, content_type, headers, payload,
               payload_bytes
        FROM due WHERE ordering_key IS NOT NULL AND attempt = 0)
    SELECT count(*) INTO moved FROM due;

    PERFORM messaging.advance(queue_name, l.key) FROM unnest(entered) AS l (key);

    SELECT extract(epoch FROM min(d.due_at) - now()) * 1000 INTO next_due_ms
    FROM messaging.delayed_message d WHERE d.queue = queue_name AND d.due_at > now();
END
$$;
COMMENT ON FUNCTION messaging.promote IS 'Lets delayed messages wait that are due: how many, and how long until the next one is.';

CREATE FUNCTION messaging.free_unique_keys(queue_name text, keys text[], ids bigint[]) RETURNS SETOF bigint
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
COMMENT ON FUNCTION messaging.free_unique_keys IS 'Frees the keys of messages that are about to be handled, and returns those that a sender is just deciding on.';

-- It comes with the message in its hands, so that it must not wait for a sender: who is deciding on the key gets it.
CREATE FUNCTION messaging.reserve_again(
    queue_name text, key text, id bigint, at_priority smallint, lane text) RETURNS boolean LANGUAGE plpgsql
SET lock_timeout = '10ms' AS $$
BEGIN
    INSERT INTO messaging.unique_reservation (queue, unique_key, message_id, priority, ordering_key)
    VALUES (queue_name, key, id, at_priority, lane)
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$$;
COMMENT ON FUNCTION messaging.reserve_again IS 'Gives a message that is given back before its handling began its unique key again, unless another one has it now.';

CREATE OR REPLACE FUNCTION messaging.resend(dead_letter_id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    raised messaging.dead_letter;
BEGIN
    DELETE FROM messaging.dead_letter d WHERE d.id = dead_letter_id RETURNING d.* INTO raised;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF raised.ordering_key IS NULL THEN
        INSERT INTO messaging.message (id, priority, queue, content_type, headers, payload, payload_bytes)
        VALUES (raised.id, raised.priority, raised.queue, raised.content_type, raised.headers, raised.payload,
                raised.payload_bytes);
    ELSE
        PERFORM messaging.enter_lane(raised.queue, raised.ordering_key);
        INSERT INTO messaging.held_message (id, sent_at, priority, queue, ordering_key, content_type, headers, payload,
                                            payload_bytes)
        VALUES (nextval('messaging.message_id_seq'), clock_timestamp(), raised.priority, raised.queue,
                raised.ordering_key, raised.content_type, raised.headers, raised.payload, raised.payload_bytes);
        PERFORM messaging.advance(raised.queue, raised.ordering_key);
    END IF;
    PERFORM pg_notify('messaging.' || raised.queue, '');
    RETURN true;
END
$$;
