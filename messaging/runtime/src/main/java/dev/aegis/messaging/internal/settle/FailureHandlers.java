package dev.aegis.messaging.internal.settle;

import dev.aegis.messaging.FailureAction;
import dev.aegis.messaging.PostgresqlFailureHandler;
import dev.aegis.messaging.RetryPolicy;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** The failure strategies, by their names: those of SmallRye's connectors, and those that the application adds. */
@Singleton
public class FailureHandlers {

    private final Instance<PostgresqlFailureHandler.Factory> factories;

    FailureHandlers(@Any Instance<PostgresqlFailureHandler.Factory> factories) {
        this.factories = factories;
    }

    /** @throws IllegalArgumentException when there is no strategy of that name, or it refuses a setting of the channel */
    public PostgresqlFailureHandler create(String strategy, Config channel, RetryPolicy retry) {
        var factory = factories.select(Identifier.Literal.of(strategy));
        if (!factory.isResolvable()) {
            throw new IllegalArgumentException("failure-strategy is one of " + names() + ", not " + strategy);
        }
        return factory.get().create(channel, retry);
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        for (var factory : factories.handles()) {
            factory.getBean().getQualifiers().stream()
                    .filter(Identifier.class::isInstance)
                    .forEach(qualifier -> names.add(((Identifier) qualifier).value()));
        }
        return names;
    }

    /** Reads {@code retry.abort-on}: a comma-separated list of names of exception classes. */
    public static Set<String> abortOn(Config channel) {
        return Arrays.stream(channel.getOptionalValue("retry.abort-on", String.class)
                        .orElse("")
                        .split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(FailureHandlers::checked)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String checked(String name) {
        try {
            var type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            if (!Throwable.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("retry.abort-on takes classes of exceptions, not " + name);
            }
            return name;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "retry.abort-on names a class that does not exist: " + name
                            + " (a nested one is written Outer$Inner)",
                    e);
        }
    }

    /** Whether a message that failed so is not tried again, whatever its attempt. */
    static boolean aborts(Set<String> abortOn, Throwable failure) {
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (abortOn.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Back to the queue after a pause, until its attempts are used up; then to the dead letters. */
    @Singleton
    @Identifier("requeue") static class Requeue implements PostgresqlFailureHandler.Factory {

        @Override
        public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
            var abortOn = abortOn(channel);
            return (message, failure) -> retry.isLast(message.getAttempt()) || aborts(abortOn, failure)
                    ? FailureAction.deadLetter()
                    : FailureAction.retryAfter(retry.delayAfter(message.getAttempt()));
        }
    }

    /** To the dead letters at once. */
    @Singleton
    @Identifier("dead-letter-queue") static class DeadLetterQueue implements PostgresqlFailureHandler.Factory {

        @Override
        public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
            return (message, failure) -> FailureAction.deadLetter();
        }
    }

    /** Logged and dropped. */
    @Singleton
    @Identifier("ignore") static class Ignore implements PostgresqlFailureHandler.Factory {

        @Override
        public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
            return (message, failure) -> FailureAction.drop();
        }
    }

    /** As by {@code requeue}, and the channel stops and reports itself as failed. */
    @Singleton
    @Identifier("fail") static class Fail implements PostgresqlFailureHandler.Factory {

        @Override
        public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
            var requeue = new Requeue().create(channel, retry);
            return (message, failure) -> requeue.onFailure(message, failure).andStopChannel();
        }
    }
}
