package dev.aegis.platform.database;

import jakarta.enterprise.inject.build.compatible.spi.AnnotationBuilder;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.DeclarationConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.transaction.Transactional;

/**
 * Makes {@code @Transactional} roll back on every exception; Jakarta's default commits on checked exceptions. An
 * annotation that sets {@code rollbackOn} or {@code dontRollbackOn} itself is left as it is.
 */
public class RollbackOnAnyException implements BuildCompatibleExtension {

    @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Transactional.class)
    public void onClass(ClassConfig bean) {
        change(bean);
    }

    @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Transactional.class)
    public void onMethod(MethodConfig method) {
        change(method);
    }

    private static void change(DeclarationConfig declaration) {
        var annotation = declaration.info().annotation(Transactional.class);
        if (annotation != null
                && namesNothing(annotation, "rollbackOn")
                && namesNothing(annotation, "dontRollbackOn")) {
            declaration.removeAnnotation(other -> other.name().equals(annotation.name()));
            declaration.addAnnotation(AnnotationBuilder.of(Transactional.class)
                    .member("value", annotation.value())
                    .member("rollbackOn", new Class<?>[] {Exception.class})
                    .build());
        }
    }

    /** Members that the source does not set are there too, with their default, an empty array. */
    private static boolean namesNothing(AnnotationInfo annotation, String member) {
        return annotation.member(member).asArray().isEmpty();
    }
}
