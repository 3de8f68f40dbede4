package dev.aegis.model.database;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How each connection presents itself, and when it gives up, unless DATABASE_URL says otherwise. */
final class Connections {

    /** Ends a statement on the server before the socket times out, and a transaction that its service forgot. */
    private static final String SERVER_TIMEOUTS =
            "-c lock_timeout=10s -c statement_timeout=20s -c idle_in_transaction_session_timeout=60s";

    private Connections() {}

    /** For the work of a service. No call on such a connection blocks for longer than half a minute. */
    static DatabaseUrl forWork(DatabaseUrl url, String service) {
        return url.withDefaults(defaults(url, service)).with(Map.of("options", options(url)));
    }

    /** For migrations, which may take as long as they need and wait for each other. */
    static DatabaseUrl forMigrations(DatabaseUrl url, String service) {
        return url.withDefaults(defaults(url, service)).with(Map.of("socketTimeout", "0"));
    }

    private static Map<String, String> defaults(DatabaseUrl url, String service) {
        var defaults = new LinkedHashMap<String, String>();
        defaults.put("ApplicationName", service + "@" + hostName());
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

    /** The later setting wins on the server. An empty one means none, for poolers that refuse start-up options. */
    private static String options(DatabaseUrl url) {
        return Optional.ofNullable(url.parameters().get("options"))
                .map(own -> own.isBlank() ? "" : SERVER_TIMEOUTS + " " + own)
                .orElse(SERVER_TIMEOUTS);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
