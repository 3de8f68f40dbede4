package dev.aegis.messaging;

/** The names by which an application refers to the connector. */
public final class PostgresqlMessaging {

    /** The name of the connector, as in {@code mp.messaging.incoming.orders.connector=aegis-postgresql}. */
    public static final String CONNECTOR = "aegis-postgresql";

    private PostgresqlMessaging() {}
}
