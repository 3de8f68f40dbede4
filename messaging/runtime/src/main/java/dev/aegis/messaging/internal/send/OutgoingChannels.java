package dev.aegis.messaging.internal.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Opens outgoing channels. */
@Singleton
public class OutgoingChannels {

    private final ObjectMapper json;
    private final MessageTracing tracing;
    private final DirectSender sender;

    OutgoingChannels(ObjectMapper json, MessageTracing tracing, DirectSender sender) {
        this.json = json;
        this.tracing = tracing;
        this.sender = sender;
    }

    /** A subscriber that sends where the settings say. */
    public Flow.Subscriber<? extends Message<?>> open(OutgoingSettings settings) {
        sender.start();
        var channel = new OutgoingChannel(settings.destination(), new MessageWriter(json, tracing, settings), sender);
        sender.whenThereIsRoom(channel::request);
        return channel;
    }

    /** Sends what was emitted outside of transactions, at most for {@code timeout}. */
    public void stop(Duration timeout) {
        sender.stop(timeout);
    }
}
