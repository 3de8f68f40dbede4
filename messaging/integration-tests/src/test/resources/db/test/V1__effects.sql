CREATE TABLE effect (
    id          bigint  GENERATED ALWAYS AS IDENTITY,
    name        text    NOT NULL,
    attempt     integer NOT NULL,
    message_id  bigint,
    transaction xid8    NOT NULL DEFAULT pg_current_xact_id()
);

-- What is written here lets the commit fail.
CREATE TABLE empty (id integer PRIMARY KEY);
CREATE TABLE refused_at_commit (id integer NOT NULL REFERENCES empty DEFERRABLE INITIALLY DEFERRED);
