package dev.aegis.messaging.examples.failurestrategy;

import dev.aegis.messaging.FailureAction;
import dev.aegis.messaging.PostgresqlFailureHandler;
import dev.aegis.messaging.RetryPolicy;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.Config;

/** Drops what is invalid, and tries everything else again for as long as it takes. */
@ApplicationScoped
@Identifier("drop-invalid") class DropInvalid implements PostgresqlFailureHandler.Factory {

    @Override
    public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
        return (message, failure) -> failure instanceof IllegalArgumentException
                ? FailureAction.drop()
                : FailureAction.retryAfter(retry.maxDelay());
    }
}
