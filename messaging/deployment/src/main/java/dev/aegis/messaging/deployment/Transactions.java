package dev.aegis.messaging.deployment;

import jakarta.enterprise.inject.Stereotype;
import jakarta.interceptor.InterceptorBinding;
import jakarta.transaction.Transactional;
import java.lang.annotation.Inherited;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** Which {@code @Transactional} applies to a method: its own, that of its class, or of a superclass, or of what these are annotated with. */
final class Transactions {

    private static final DotName TRANSACTIONAL = DotName.createSimple(Transactional.class);
    private static final DotName STEREOTYPE = DotName.createSimple(Stereotype.class);
    private static final DotName BINDING = DotName.createSimple(InterceptorBinding.class);
    private static final DotName INHERITED = DotName.createSimple(Inherited.class);

    private final IndexView index;

    Transactions(IndexView index) {
        this.index = index;
    }

    /** The {@code TxType} with which {@code method} runs; null when it has no transaction. */
    @Nullable String of(MethodInfo method) {
        var direct = method.declaredAnnotation(TRANSACTIONAL);
        if (direct != null) {
            return of(direct, new HashSet<>());
        }
        var own = among(method.declaredAnnotations(), annotation -> true, new HashSet<>());
        return own != null ? own : of(method.declaringClass());
    }

    /** Its own {@code @Transactional} or the one that it inherits comes before those of its other annotations. */
    private @Nullable String of(ClassInfo type) {
        for (@Nullable ClassInfo one = type; one != null; one = parentOf(one)) {
            var own = one.declaredAnnotation(TRANSACTIONAL);
            if (own != null) {
                return of(own, new HashSet<>());
            }
        }
        var found = among(type.declaredAnnotations(), annotation -> true, new HashSet<>());
        for (var parent = parentOf(type); found == null && parent != null; parent = parentOf(parent)) {
            found = among(parent.declaredAnnotations(), this::isInherited, new HashSet<>());
        }
        return found;
    }

    private @Nullable ClassInfo parentOf(ClassInfo type) {
        return type.superName() == null ? null : index.getClassByName(type.superName());
    }

    private @Nullable String among(
            Collection<AnnotationInstance> annotations, Predicate<AnnotationInstance> counts, Set<DotName> seen) {
        return annotations.stream()
                .filter(counts)
                .filter(annotation -> seen.add(annotation.name()))
                .map(annotation -> of(annotation, seen))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String of(AnnotationInstance annotation, Set<DotName> seen) {
        if (annotation.name().equals(TRANSACTIONAL)) {
            var type = annotation.value();
            return type == null ? Transactional.TxType.REQUIRED.name() : type.asEnum();
        }
        var declaration = index.getClassByName(annotation.name());
        return declaration != null
                        && (declaration.hasDeclaredAnnotation(STEREOTYPE) || declaration.hasDeclaredAnnotation(BINDING))
                ? among(declaration.declaredAnnotations(), other -> true, seen)
                : null;
    }

    private boolean isInherited(AnnotationInstance annotation) {
        var declaration = index.getClassByName(annotation.name());
        return declaration != null && declaration.hasDeclaredAnnotation(INHERITED);
    }
}
