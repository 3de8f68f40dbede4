package dev.aegis.messaging.deployment;

import dev.aegis.messaging.PostgresqlFailureHandler;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;

class MessagingPostgresqlProcessor {

    private static final String FEATURE = "messaging-postgresql";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** Nothing injects them: they are looked up by the name that a channel sets. */
    @BuildStep
    UnremovableBeanBuildItem failureStrategies() {
        return UnremovableBeanBuildItem.beanTypes(PostgresqlFailureHandler.Factory.class);
    }
}
