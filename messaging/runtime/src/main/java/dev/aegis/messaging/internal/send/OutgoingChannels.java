package dev.aegis.messaging.internal.send;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Opens outgoing channels. */
@Singleton
public class OutgoingChannels {

    private final MessageWriter writer;
    private final DirectSender sender;

    OutgoingChannels(MessageWriter writer, DirectSender sender) {
        this.writer = writer;
        this.sender = sender;
    }

    /** A subscriber that sends where the settings say. */
    public Flow.Subscriber<? extends Message<?>> open(OutgoingSettings settings) {
        sender.start();
        var channel = new OutgoingChannel(settings, writer, sender);
        sender.whenThereIsRoom(channel::request);
        return channel;
    }

    /** Sends what was emitted outside of transactions, at most for {@code patience}. */
    public void stop(Duration patience) {
        sender.stop(patience);
    }
}
