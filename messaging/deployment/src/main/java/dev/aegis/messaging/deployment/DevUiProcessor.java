package dev.aegis.messaging.deployment;

import dev.aegis.messaging.internal.devui.MessagingJsonRpcService;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** The page of the Dev UI that shows the queues and their dead letters. */
@BuildSteps(onlyIf = IsLocalDevelopment.class)
class DevUiProcessor {

    @BuildStep
    CardPageBuildItem page() {
        var card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder()
                .title("Queues")
                .icon("font-awesome-solid:inbox")
                .componentLink("qwc-messaging-postgresql-queues.js"));
        return card;
    }

    @BuildStep
    JsonRPCProvidersBuildItem service() {
        return new JsonRPCProvidersBuildItem(MessagingJsonRpcService.class, BuiltinScope.SINGLETON.getName());
    }
}
