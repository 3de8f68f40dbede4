package dev.aegis.messaging.deployment;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

/** The types of an application that are payloads of messages, by its handlers, its emitters, and what else names a channel. */
final class PayloadTypes {

    private static final DotName INCOMING = DotName.createSimple(Incoming.class);
    private static final DotName OUTGOING = DotName.createSimple(Outgoing.class);
    private static final DotName CHANNEL = DotName.createSimple(Channel.class);

    /** Types of these are no payloads, but may have one as their type argument: emitters, messages, lists, streams. */
    private static final List<String> CARRIERS = List.of(
            "java.", "jakarta.", "org.eclipse.microprofile.", "org.reactivestreams.", "io.smallrye.", "io.vertx.");

    private final IndexView index;

    PayloadTypes(IndexView index) {
        this.index = index;
    }

    Set<Type> all() {
        var received = methods(INCOMING).flatMap(target -> target.asMethod().parameterTypes().stream());
        var returned = methods(OUTGOING).map(target -> target.asMethod().returnType());
        var injected = index.getAnnotations(CHANNEL).stream()
                .map(AnnotationInstance::target)
                .flatMap(PayloadTypes::injectedType);
        return Stream.of(received, returned, injected)
                .flatMap(types -> types)
                .flatMap(PayloadTypes::payloadsOf)
                .collect(Collectors.toSet());
    }

    private Stream<AnnotationTarget> methods(DotName annotation) {
        return index.getAnnotationsWithRepeatable(annotation, index).stream()
                .map(AnnotationInstance::target)
                .filter(target -> target.kind() == AnnotationTarget.Kind.METHOD);
    }

    private static Stream<Type> injectedType(AnnotationTarget target) {
        return switch (target.kind()) {
            case FIELD -> Stream.of(target.asField().type());
            case METHOD_PARAMETER -> Stream.of(target.asMethodParameter().type());
            default -> Stream.empty();
        };
    }

    private static Stream<Type> payloadsOf(Type type) {
        return switch (type.kind()) {
            case CLASS -> isCarrier(type) ? Stream.empty() : Stream.of(type);
            case ARRAY -> payloadsOf(type.asArrayType().elementType());
            case PARAMETERIZED_TYPE ->
                isCarrier(type)
                        ? type.asParameterizedType().arguments().stream().flatMap(PayloadTypes::payloadsOf)
                        : Stream.of(type);
            case WILDCARD_TYPE -> payloadsOf(type.asWildcardType().extendsBound());
            default -> Stream.empty();
        };
    }

    private static boolean isCarrier(Type type) {
        return CARRIERS.stream().anyMatch(type.name().toString()::startsWith);
    }
}
