package dev.aegis.messaging.deployment;

import dev.aegis.messaging.internal.receive.AcknowledgedInTransaction;
import dev.aegis.messaging.internal.receive.IncomingMethod;
import dev.aegis.messaging.internal.receive.IncomingMethods;
import dev.aegis.messaging.internal.receive.IncomingMethodsRecorder;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveMethodBuildItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** Finds the methods that handle messages, and has those that are transactional acknowledge in their transaction. */
class IncomingMethodsProcessor {

    private static final DotName INCOMING = DotName.createSimple(Incoming.class);
    private static final DotName BLOCKING = DotName.createSimple(Blocking.class);
    private static final DotName VIRTUAL = DotName.createSimple(RunOnVirtualThread.class);

    @BuildStep
    AnnotationsTransformerBuildItem acknowledgeInTransaction(BeanArchiveIndexBuildItem index) {
        var transactions = new Transactions(index.getIndex());
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                .whenMethod(method -> !incomings(index.getIndex(), method).isEmpty())
                .transform(context -> {
                    var method = context.declaration().asMethod();
                    if (transactions.of(method) != null) {
                        context.add(AcknowledgedInTransaction.class);
                    }
                }));
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void findHandlers(
            BeanArchiveIndexBuildItem index,
            BeanDiscoveryFinishedBuildItem discovery,
            IncomingMethodsRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> beans,
            BuildProducer<ReflectiveMethodBuildItem> reflective) {
        var transactions = new Transactions(index.getIndex());
        var found = new ArrayList<IncomingMethod>();
        discovery.beanStream().classBeans().forEach(bean -> {
            var type = bean.getTarget().orElseThrow().asClass();
            // As the framework does: a method that a bean inherits is no handler.
            for (var method : type.methods()) {
                for (var channel : incomings(index.getIndex(), method)) {
                    found.add(handler(channel, method, transactions.of(method)));
                    reflective.produce(new ReflectiveMethodBuildItem("it handles messages", method));
                }
            }
        });
        beans.produce(SyntheticBeanBuildItem.configure(IncomingMethods.class)
                .scope(Singleton.class)
                .unremovable()
                .supplier(recorder.incomingMethods(List.copyOf(found)))
                .done());
    }

    private static IncomingMethod handler(String channel, MethodInfo method, @Nullable String transaction) {
        return new IncomingMethod(
                channel,
                method.declaringClass().name().toString(),
                method.name(),
                method.parameterTypes().stream()
                        .map(type -> type.name().toString())
                        .toList(),
                transaction,
                isConcurrent(method));
    }

    /** Whether the framework calls a method again before the last call has ended. */
    private static boolean isConcurrent(MethodInfo method) {
        var blocking = method.annotation(BLOCKING);
        if (blocking == null) {
            return method.hasAnnotation(VIRTUAL);
        }
        var ordered = blocking.value("ordered");
        return ordered != null && !ordered.asBoolean();
    }

    /** The channels whose messages a method handles. */
    private static List<String> incomings(IndexView index, MethodInfo method) {
        // The compiler copies annotations to the bridge methods that it makes; the framework passes over these.
        if (method.parametersCount() == 0 || method.isSynthetic()) {
            return List.of();
        }
        return method.annotationsWithRepeatable(INCOMING, index).stream()
                .map(incoming -> incoming.value().asString())
                .toList();
    }
}
