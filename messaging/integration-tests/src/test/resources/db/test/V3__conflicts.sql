-- Of each three commits that write here, two lose against other transactions that there are not.
CREATE TABLE conflict_at_commit (id integer NOT NULL);
CREATE SEQUENCE conflicts;
CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('public.conflicts') % 3 <> 0 THEN
        RAISE EXCEPTION 'as asked' USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON conflict_at_commit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose();
