package dev.aegis.platform.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a URL. {@link java.net.URI} does not support several hosts, and its errors quote the password. */
final class DatabaseUrlParser {
    private static final Pattern SCHEME = Pattern.compile("(?i)^postgres(ql)?://");
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9a-fA-F:.%]+]|[\\p{Alnum}._-]+)(:(?<port>\\d{0,5}))?");

    /** The names of parameters in libpq, and in the driver. */
    private static final Map<String, String> LIBPQ_NAMES = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "read-write", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private DatabaseUrlParser() {}

    static DatabaseUrl parse(String url) {
        var text = url.strip();
        if (text.isEmpty()) {
            throw wrong("it is empty");
        }
        var scheme = SCHEME.matcher(text);
        if (!scheme.find()) {
            throw wrong("it does not start with postgresql://");
        }
        var rest = text.substring(scheme.end());
        int query = rest.indexOf('?');
        return parse(query < 0 ? rest : rest.substring(0, query), query < 0 ? "" : rest.substring(query + 1));
    }

    private static DatabaseUrl parse(String address, String query) {
        int slash = address.indexOf('/');
        var authority = slash < 0 ? address : address.substring(0, slash);
        var path = slash < 0 ? "" : address.substring(slash + 1);
        if (path.contains("@") || (query.contains("@") && !authority.contains("@"))) {
            throw wrong("there is a / or ? before the @; in a user or password they are written %2F and %3F");
        }
        if (path.contains("/")) {
            throw wrong("the name of the database contains a /, which is written %2F");
        }
        int at = authority.lastIndexOf('@');
        var login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        var parameters = parameters(query);
        var user = parameters.getOrDefault("user", decoded(colon < 0 ? login : login.substring(0, colon)));
        var password = parameters.getOrDefault("password", colon < 0 ? null : decoded(login.substring(colon + 1)));
        parameters.keySet().removeAll(List.of("user", "password"));
        return new DatabaseUrl(
                hosts(authority.substring(at + 1)),
                required("database", decoded(path)),
                required("user", user),
                password,
                parameters);
    }

    private static List<DatabaseUrl.Host> hosts(String text) {
        var hosts = new ArrayList<DatabaseUrl.Host>();
        for (var part : required("host", text).split(",", -1)) {
            var host = HOST.matcher(part);
            if (!host.matches()) {
                throw wrong("the part between the @ and the next / is not host:port");
            }
            hosts.add(DatabaseUrl.host(host.group("name"), port(host.group("port"))));
        }
        return hosts;
    }

    private static @Nullable Integer port(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65535) {
            throw wrong("the port is not a number from 1 to 65535");
        }
        return port;
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var part : query.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw wrong("a parameter after the ? is not of the form name=value");
            }
            var name = decoded(part.substring(0, equals));
            var value = decoded(part.substring(equals + 1));
            parameters.put(
                    LIBPQ_NAMES.getOrDefault(name, name),
                    name.equals("target_session_attrs") ? SESSION_ATTRIBUTES.getOrDefault(value, value) : value);
        }
        return parameters;
    }

    private static String decoded(String text) {
        var decoded = Percent.decode(text);
        if (decoded.indexOf('\0') >= 0) {
            throw wrong("it contains a NUL character");
        }
        return decoded;
    }

    private static String required(String what, String text) {
        if (text.isEmpty()) {
            throw wrong("it names no " + what + "; it should look like postgresql://user:password@host:5432/database");
        }
        return text;
    }

    private static IllegalArgumentException wrong(String how) {
        return new IllegalArgumentException(how);
    }
}
