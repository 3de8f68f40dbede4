package dev.aegis.platform.database;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The application name and the timeouts of each connection, unless DATABASE_URL sets others. */
final class Connections {

    static final String APPLICATION_NAME = "ApplicationName";

    private static final String OPTIONS = "options";

    /** The schema of unqualified names, whatever the role or the database sets. */
    private static final String SEARCH_PATH = "-c search_path=public";

    /** End a statement on the server before the socket times out, and a transaction that was left open. */
    private static final String SERVER_TIMEOUTS =
            "-c lock_timeout=10s -c statement_timeout=20s -c idle_in_transaction_session_timeout=60s " + SEARCH_PATH;

    /** What the role or the database sets for others must not end a migration. */
    private static final String NO_TIMEOUTS =
            "-c lock_timeout=0 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0"
                    + " -c default_transaction_isolation=read\\ committed " + SEARCH_PATH;

    private Connections() {}

    /** For the work of a service. No call on such a connection blocks for longer than half a minute. */
    static DatabaseUrl forWork(DatabaseUrl url, String service) {
        return withOptions(SERVER_TIMEOUTS, url.withDefaults(defaults(url, service)));
    }

    /** For migrations, which may take as long as they need and wait for each other. */
    static DatabaseUrl forMigrations(DatabaseUrl url, String service) {
        return withOptions(NO_TIMEOUTS, url.withDefaults(defaults(url, service)).with(Map.of("socketTimeout", "0")));
    }

    /** The only way to open connections, so that all of them read the URL and the password in the same way. */
    static DataSource dataSource(DatabaseUrl url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        return source;
    }

    private static Map<String, String> defaults(DatabaseUrl url, String service) {
        var defaults = new LinkedHashMap<String, String>();
        defaults.put(APPLICATION_NAME, service + "@" + hostName());
        defaults.put("connectTimeout", "5");
        defaults.put("loginTimeout", "10");
        defaults.put("socketTimeout", "30");
        defaults.put("tcpKeepAlive", "true");
        defaults.put("reWriteBatchedInserts", "true");
        if (url.hosts().size() > 1) {
            defaults.put("targetServerType", "primary");
        }
        return defaults;
    }

    /** On the server the later option wins. Empty options mean none, for poolers that reject the parameter itself. */
    private static DatabaseUrl withOptions(String ours, DatabaseUrl url) {
        var own = url.parameters().get(OPTIONS);
        if (own == null) {
            return url.with(Map.of(OPTIONS, ours));
        }
        return own.isBlank() ? url.without(OPTIONS) : url.with(Map.of(OPTIONS, ours + " " + own));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
