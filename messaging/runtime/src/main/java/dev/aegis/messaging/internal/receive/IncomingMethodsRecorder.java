package dev.aegis.messaging.internal.receive;

import io.quarkus.runtime.annotations.Recorder;
import java.util.List;
import java.util.function.Supplier;

/** Hands the methods that the build found to the application. */
@Recorder
public class IncomingMethodsRecorder {

    public Supplier<IncomingMethods> incomingMethods(List<IncomingMethod> methods) {
        return () -> new IncomingMethods(methods);
    }
}
