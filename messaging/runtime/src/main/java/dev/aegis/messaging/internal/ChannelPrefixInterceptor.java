package dev.aegis.messaging.internal;

import io.smallrye.config.RelocateConfigSourceInterceptor;
import jakarta.annotation.Priority;
import java.util.Map;

/**
 * Lets an application be built where the default locale is Turkish or Azerbaijani.
 *
 * <p>To find the connector of a channel, Quarkus writes {@code INCOMING} and {@code OUTGOING} in the lower case of the default locale
 * of the build. In these two the I becomes a dotless ı, so no channel has a connector, and methods that say nothing about
 * blocking are called on the event loop. Here such a name is read as the one that was meant.
 */
// Before the interceptor of Quarkus that reads quarkus.messaging. as mp.messaging.
@Priority(Integer.MAX_VALUE)
public class ChannelPrefixInterceptor extends RelocateConfigSourceInterceptor {

    private static final Map<String, String> PREFIXES = Map.of(
            "quarkus.messaging.ıncomıng.", "quarkus.messaging.incoming.",
            "quarkus.messaging.outgoıng.", "quarkus.messaging.outgoing.");

    public ChannelPrefixInterceptor() {
        super(ChannelPrefixInterceptor::asMeant);
    }

    private static String asMeant(String name) {
        return PREFIXES.entrySet().stream()
                .filter(prefix -> name.startsWith(prefix.getKey()))
                .map(prefix ->
                        prefix.getValue() + name.substring(prefix.getKey().length()))
                .findFirst()
                .orElse(name);
    }
}
