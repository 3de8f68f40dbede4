package dev.aegis.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.aegis.platform.database.DatabaseUrl;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DATABASE_URL for psql and everything else that is built on libpq, which rejects unknown parameters. Parameters of the
 * driver that libpq has under another name are translated, and those that it does not have are left out.
 */
final class LibpqUrl {
    private static final Set<String> SAME =
            Set.of("options", "sslmode", "sslcert", "sslkey", "sslpassword", "sslrootcert", "sslnegotiation", "gsslib");

    private static final Map<String, String> RENAMED = Map.of(
            "ApplicationName", "application_name",
            "channelBinding", "channel_binding",
            "connectTimeout", "connect_timeout",
            "gssEncMode", "gssencmode",
            "kerberosServerName", "krbsrvname",
            "requireAuth", "require_auth",
            "targetServerType", "target_session_attrs");

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "primary", "read-write",
            "master", "read-write",
            "preferPrimary", "any",
            "secondary", "standby",
            "slave", "standby",
            "preferSecondary", "prefer-standby",
            "preferSlave", "prefer-standby");

    private LibpqUrl() {}

    static String of(DatabaseUrl url) {
        var login = encode(url.user())
                + Optional.ofNullable(url.password())
                        .map(password -> ":" + encode(password))
                        .orElse("");
        var hosts = url.hosts().stream().map(DatabaseUrl.Host::toString).collect(joining(","));
        var parameters = url.parameters().entrySet().stream()
                .flatMap(parameter -> name(parameter.getKey()).stream()
                        .map(name -> name + "=" + encode(value(parameter.getKey(), parameter.getValue()))))
                .collect(joining("&"));
        return "postgresql://" + login + "@" + hosts + "/" + encode(url.database())
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    private static Optional<String> name(String parameter) {
        return SAME.contains(parameter) ? Optional.of(parameter) : Optional.ofNullable(RENAMED.get(parameter));
    }

    private static String value(String parameter, String value) {
        return parameter.equals("targetServerType") ? SERVER_TYPES.getOrDefault(value, value) : value;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
