package dev.aegis.platform.service;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ignores settings in the environment for channels that this service does not have, so that all services can be given
 * the same environment. Without it, a setting such as {@code MP_MESSAGING_INCOMING_INSPECTIONS_CONCURRENCY} defines a
 * channel that has no connector, and the service does not start. Nothing is ignored in the service's own files: a
 * mistake there still fails the start.
 */
@Priority(Priorities.APPLICATION)
public final class ChannelSettingsInterceptor implements ConfigSourceInterceptor {
    private static final Pattern SETTING =
            Pattern.compile("(?<channel>mp\\.messaging\\.(?:incoming|outgoing)\\.(?:\"[^\"]+\"|[^.\"]+))\\..+");

    /**
     * Sources with this ordinal or a higher one are the environment: a file {@code .env}, environment variables, system
     * properties.
     */
    private static final int ENVIRONMENT = 295;

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return context.proceed(name);
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        var own = new HashMap<String, Boolean>();
        var names = new ArrayList<String>();
        context.iterateNames().forEachRemaining(name -> {
            var setting = SETTING.matcher(name);
            if (!setting.matches()
                    || own.computeIfAbsent(setting.group("channel"), channel -> hasConnector(context, channel))
                    || !isOfTheEnvironment(context, name)) {
                names.add(name);
            }
        });
        return names.iterator();
    }

    private static boolean hasConnector(ConfigSourceInterceptorContext context, String channel) {
        return context.proceed(channel + ".connector") != null;
    }

    private static boolean isOfTheEnvironment(ConfigSourceInterceptorContext context, String name) {
        var value = context.proceed(name);
        return value != null && value.getConfigSourceOrdinal() >= ENVIRONMENT;
    }
}
