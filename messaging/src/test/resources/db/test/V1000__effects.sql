CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL, attempt integer NOT NULL);
