package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;

/** What a method of the application passes on inside the application is no payload of the connector any more. */
@QuarkusTest
class PassedOnTextTest extends MessagingTest {

    @Inject
    @Channel("to-passed-on")
    Emitter<Entry> emitter;

    @Inject
    Passing passing;

    @ApplicationScoped
    static class Passing {

        private final List<Object> received = new CopyOnWriteArrayList<>();

        @Incoming("passed-on")
        @Outgoing("passed-on-inside")
        String pass(Entry entry) {
            return "not JSON: " + entry.name();
        }

        @Incoming("passed-on-inside")
        void receive(Object payload) {
            received.add(payload);
        }

        List<Object> received() {
            return received;
        }
    }

    @Test
    void itsTextIsNotReadAsJson() {
        emitter.send(Entry.of("a")).toCompletableFuture().join();

        eventually().until(() -> !passing.received().isEmpty() && isDrained());
        assertThat(passing.received()).containsExactly("not JSON: a");
        assertThat(count("messaging.dead_letter")).isZero();
    }
}
