package dev.aegis.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

class PayloadTypesTest {

    @Test
    void thePayloadsAreWhatHandlersTakeAndEmittersAndMethodsSend() throws Exception {
        var types = new PayloadTypes(Index.of(Application.class, Incoming.class, Outgoing.class)).all();

        assertThat(types.stream().map(type -> type.name().withoutPackagePrefix()))
                .containsExactlyInAnyOrder(
                        "PayloadTypesTest$Handled",
                        "PayloadTypesTest$HandledTwice",
                        "PayloadTypesTest$InMessage",
                        "PayloadTypesTest$InBatch",
                        "PayloadTypesTest$Returned",
                        "PayloadTypesTest$Streamed",
                        "PayloadTypesTest$Emitted",
                        "PayloadTypesTest$EmittedByMutiny",
                        "PayloadTypesTest$Generic");
    }

    static class Application {

        @Channel("emitter")
        Emitter<Emitted> emitter;

        @Channel("texts")
        Emitter<String> texts;

        Application(@Channel("mutiny") MutinyEmitter<EmittedByMutiny[]> mutiny) {}

        @Incoming("plain")
        void plain(Handled payload) {}

        @Incoming("one")
        @Incoming("other")
        void twice(HandledTwice payload) {}

        @Incoming("message")
        Uni<Void> message(Message<InMessage> message) {
            return Uni.createFrom().voidItem();
        }

        @Incoming("batch")
        @Outgoing("returned")
        Returned batch(List<InBatch> payloads) {
            return new Returned();
        }

        @Outgoing("streamed")
        Multi<Message<Streamed>> stream() {
            return Multi.createFrom().empty();
        }

        @Incoming("generic")
        void generic(Generic<Integer> payload) {}

        void noHandler(NoPayload payload) {}
    }

    record Handled() {}

    record HandledTwice() {}

    record InMessage() {}

    record InBatch() {}

    record Returned() {}

    record Streamed() {}

    record Emitted() {}

    record EmittedByMutiny() {}

    record Generic<T>(T value) {}

    record NoPayload() {}
}
