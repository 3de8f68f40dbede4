-- A value that the server refuses, as it does one that it can't represent.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'data_exception';
END
$$;

CREATE TABLE note (id bigint PRIMARY KEY, text text NOT NULL);
