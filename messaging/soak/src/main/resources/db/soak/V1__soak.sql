CREATE SCHEMA soak;

-- What was sent in transactions; written in the transaction that sends, so that its outcome is never in doubt.
CREATE TABLE soak.sent (
    n            bigint  GENERATED ALWAYS AS IDENTITY, -- tells the order within a transaction
    task         text    NOT NULL,
    xid          xid8    NOT NULL DEFAULT pg_current_xact_id(),
    dally_millis integer NOT NULL
);

-- Keeps a transaction between its last statement and its commit, where other transactions wait for it or pass it by.
CREATE FUNCTION soak.dally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(NEW.dally_millis / 1000.0);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER dally AFTER INSERT ON soak.sent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.dally_millis > 0) EXECUTE FUNCTION soak.dally();

-- What handlers did. No constraint keeps an effect from being there twice: that is to be seen.
CREATE TABLE soak.effect (
    n          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task       text        NOT NULL,
    queue      text        NOT NULL,
    message_id bigint      NOT NULL,
    attempt    integer     NOT NULL,
    sent_at    timestamptz NOT NULL,
    worker     integer     NOT NULL,
    called_at  timestamptz NOT NULL, -- before it had a connection; by the clock of the worker
    begun_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    snapshot   pg_snapshot NOT NULL DEFAULT pg_current_snapshot()
);

-- When messages with a unique key were taken, by whomever: from then on their key is free.
CREATE TABLE soak.beginning (
    task       text        NOT NULL,
    claimed_at timestamptz NOT NULL
);

CREATE FUNCTION soak.begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO soak.beginning VALUES (NEW.payload::jsonb ->> 'id', NEW.claimed_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER begin AFTER UPDATE OF claimed_by ON messaging.message FOR EACH ROW
    WHEN (OLD.claimed_by IS NULL AND NEW.claimed_by IS NOT NULL AND NEW.unique_key IS NOT NULL)
    EXECUTE FUNCTION soak.begin();

-- What was cancelled; written in the transaction that cancels.
CREATE TABLE soak.revoked (
    task    text    NOT NULL,
    in_time boolean NOT NULL
);

-- When messages that expire left the waiting ones, whatever for.
CREATE TABLE soak.departure (
    task       text        NOT NULL,
    left_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
);

CREATE FUNCTION soak.depart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO soak.departure (task, expires_at) VALUES (OLD.payload::jsonb ->> 'id', OLD.expires_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER depart AFTER DELETE ON messaging.message FOR EACH ROW
    WHEN (OLD.expires_at IS NOT NULL) EXECUTE FUNCTION soak.depart();
