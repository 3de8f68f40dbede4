package dev.aegis.messaging.receive;

import io.smallrye.reactive.messaging.annotations.Incomings;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Finds the transactional {@code @Incoming} methods. */
public class AcknowledgedInTransactionExtension implements BuildCompatibleExtension {

    @Enhancement(types = Object.class, withSubtypes = true)
    public void bind(ClassConfig bean) {
        var transactionalClass = bean.info().hasAnnotation(Transactional.class);
        bean.methods().stream()
                .filter(method -> receives(method.info()))
                .filter(method -> transactionalClass || method.info().hasAnnotation(Transactional.class))
                .forEach(method -> method.addAnnotation(AcknowledgedInTransaction.class));
    }

    private static boolean receives(MethodInfo method) {
        return method.hasAnnotation(Incoming.class) || method.hasAnnotation(Incomings.class);
    }
}
