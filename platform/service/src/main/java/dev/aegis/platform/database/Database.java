package dev.aegis.platform.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/**
 * The short way to write to the database:
 *
 * <pre>{@code
 * database.transact(session -> session.persist(new Shield("Dragon Scale", 95)));
 * }</pre>
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Database {
    private final EntityManager session;

    Database(EntityManager session) {
        this.session = session;
    }

    /** Work in a transaction. */
    @FunctionalInterface
    public interface Work<X extends Exception> {
        void in(EntityManager session) throws X;
    }

    /** Work in a transaction, with a result. */
    @FunctionalInterface
    public interface Query<T, X extends Exception> {
        T in(EntityManager session) throws X;
    }

    /**
     * Does the work in a transaction of its own, which is committed when the work ends and rolled back when it throws any
     * exception, checked or not.
     *
     * @throws X what the work throws, unwrapped
     */
    public <X extends Exception> void transact(Work<X> work) throws X {
        compute(session -> {
            work.in(session);
            return this;
        });
    }

    /** As {@link #transact}, with a result. */
    public <T, X extends Exception> T compute(Query<T, X> query) throws X {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                try {
                    return query.in(session);
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new Checked(e);
                }
            });
        } catch (Checked e) {
            @SuppressWarnings("unchecked") // the query throws no other checked exception
            var thrown = (X) e.getCause();
            throw thrown;
        }
    }

    /** Carries a checked exception through {@link QuarkusTransaction}, which would wrap it. */
    private static final class Checked extends RuntimeException {
        Checked(Exception cause) {
            super(null, cause, false, false);
        }
    }
}
