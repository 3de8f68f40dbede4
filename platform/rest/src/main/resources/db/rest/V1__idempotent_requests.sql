CREATE SCHEMA rest;
COMMENT ON SCHEMA rest IS 'REST requests that can be retried safely';

CREATE TABLE rest.idempotent_request (
    key         text        PRIMARY KEY CHECK (char_length(key) BETWEEN 1 AND 255),
    fingerprint bytea       NOT NULL CHECK (octet_length(fingerprint) = 32),
    status      integer     NOT NULL CHECK (status BETWEEN 200 AND 599),
    headers     jsonb       NOT NULL DEFAULT '{}',
    body        text,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotent_request_created_at ON rest.idempotent_request (created_at);

COMMENT ON TABLE rest.idempotent_request IS 'The responses to requests with an Idempotency-Key, each written in the transaction of its request, so that a retry gets the same response';
COMMENT ON COLUMN rest.idempotent_request.key IS 'The Idempotency-Key, which the client generated';
COMMENT ON COLUMN rest.idempotent_request.fingerprint IS 'The SHA-256 of its method, path, query and body, which distinguishes a retry from another request with the same key';
COMMENT ON COLUMN rest.idempotent_request.status IS 'The HTTP status of the response';
COMMENT ON COLUMN rest.idempotent_request.headers IS 'The headers of the response that the resource set, such as Location: an object of arrays';
COMMENT ON COLUMN rest.idempotent_request.body IS 'The body of the response, which is JSON; null if it has none';
COMMENT ON COLUMN rest.idempotent_request.created_at IS 'When the request began; its response is kept for AEGIS_IDEMPOTENCY_RETENTION from then';
