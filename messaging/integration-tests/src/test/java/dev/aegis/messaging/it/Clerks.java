package dev.aegis.messaging.it;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Inject;
import jakarta.interceptor.InterceptorBinding;
import jakarta.transaction.Transactional;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Handlers that are transactional in other ways than by {@code @Transactional} itself; each loses its claim. */
@ApplicationScoped
class Clerks {

    @Inject
    DataSource database;

    private final Map<String, String> transactions = new ConcurrentHashMap<>();

    /** The transaction in which the handler of {@code channel} ran last; null before. */
    String transactionOf(String channel) {
        return transactions.get(channel);
    }

    void work(String channel, IncomingPostgresqlMetadata message) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
                row.next();
                transactions.put(channel, row.getString(1));
            }
            QuarkusTransaction.suspendingExisting().call(() -> {
                try (var other = database.getConnection();
                        var lose = other.createStatement()) {
                    return lose.executeUpdate(
                            "UPDATE messaging.message SET claimed_by = -1, attempt = attempt + 1 WHERE id = "
                                    + message.getId());
                }
            });
        }
    }

    @Stereotype
    @Transactional
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Bookkeeping {}

    @ApplicationScoped
    @Bookkeeping
    static class ByStereotype {

        @Inject
        Clerks clerks;

        @Incoming("by-stereotype")
        void handle(String payload, IncomingPostgresqlMetadata message) throws SQLException {
            clerks.work("by-stereotype", message);
        }
    }

    @Transactional
    static class Parent {}

    @ApplicationScoped
    static class ByParent extends Parent {

        @Inject
        Clerks clerks;

        @Incoming("by-parent")
        void handle(String payload, IncomingPostgresqlMetadata message) throws SQLException {
            clerks.work("by-parent", message);
        }
    }

    @InterceptorBinding
    @Transactional
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Booked {}

    @ApplicationScoped
    static class ByBinding {

        @Inject
        Clerks clerks;

        @Booked
        @Incoming("by-interceptor")
        void handle(String payload, IncomingPostgresqlMetadata message) throws SQLException {
            clerks.work("by-interceptor", message);
        }
    }

    /** Its own transaction ends before the message is removed. */
    @ApplicationScoped
    static class ByItself {

        @Inject
        Clerks clerks;

        @Incoming("by-itself")
        @io.smallrye.reactive.messaging.annotations.Blocking
        void handle(String payload, IncomingPostgresqlMetadata message) {
            QuarkusTransaction.requiringNew().call(() -> {
                clerks.work("by-itself", message);
                return null;
            });
        }
    }
}
