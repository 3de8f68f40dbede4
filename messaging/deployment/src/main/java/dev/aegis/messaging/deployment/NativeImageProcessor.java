package dev.aegis.messaging.deployment;

import dev.aegis.messaging.internal.store.PromptSocketFactory;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;

/**
 * Registers what a native image would leave out: the types that Jackson reads and writes as payloads, the socket factory that
 * the JDBC driver makes by its name, and the migrations. Registration is all that was done: no native image was built and
 * tried. What has to be registered by the application are exceptions that only a setting names ({@code retry.abort-on}), and
 * payloads that are sent as a supertype or read by a {@code DeadLetterEvent} alone.
 */
class NativeImageProcessor {

    @BuildStep
    void payloads(CombinedIndexBuildItem index, BuildProducer<ReflectiveHierarchyBuildItem> reflective) {
        for (var payload : new PayloadTypes(index.getIndex()).all()) {
            reflective.produce(ReflectiveHierarchyBuildItem.builder(payload)
                    .index(index.getIndex())
                    .source("messaging-postgresql: payload of a message")
                    .build());
        }
    }

    @BuildStep
    ReflectiveClassBuildItem socketFactory() {
        return ReflectiveClassBuildItem.builder(PromptSocketFactory.class)
                .reason("the JDBC driver makes it by its name")
                .build();
    }

    @BuildStep
    NativeImageResourcePatternsBuildItem migrations() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlob("db/messaging/**")
                .build();
    }
}
