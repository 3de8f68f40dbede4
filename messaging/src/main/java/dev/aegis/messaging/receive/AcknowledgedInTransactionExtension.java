package dev.aegis.messaging.receive;

import io.smallrye.reactive.messaging.annotations.Incomings;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.DeclarationInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.interceptor.InterceptorBinding;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Finds the transactional {@code @Incoming} methods. {@link HandlerMethods#transactionOf} finds the same ones when the application
 * runs.
 */
public class AcknowledgedInTransactionExtension implements BuildCompatibleExtension {

    @Enhancement(types = Object.class, withSubtypes = true)
    public void bind(ClassConfig bean) {
        var receiving = bean.methods().stream()
                .filter(method -> receives(method.info()))
                .toList();
        if (receiving.isEmpty()) {
            return;
        }
        var transactionalClass = isAmong(bean.info().annotations(), new HashSet<>());
        receiving.stream()
                .filter(method -> transactionalClass || isAmong(method.info().annotations(), new HashSet<>()))
                .forEach(method -> method.addAnnotation(AcknowledgedInTransaction.class));
    }

    private static boolean receives(MethodInfo method) {
        return method.hasAnnotation(Incoming.class) || method.hasAnnotation(Incomings.class);
    }

    /** Whether {@code @Transactional} is among them, by itself or by a stereotype or an interceptor binding that bears it. */
    private static boolean isAmong(Collection<AnnotationInfo> annotations, Set<String> seen) {
        return annotations.stream()
                .filter(annotation -> seen.add(annotation.name()))
                .anyMatch(annotation -> annotation.name().equals(Transactional.class.getName())
                        || isBundle(annotation)
                                && isAmong(annotation.declaration().annotations(), seen));
    }

    private static boolean isBundle(AnnotationInfo annotation) {
        DeclarationInfo type = annotation.declaration();
        return type != null && (type.hasAnnotation(Stereotype.class) || type.hasAnnotation(InterceptorBinding.class));
    }
}
