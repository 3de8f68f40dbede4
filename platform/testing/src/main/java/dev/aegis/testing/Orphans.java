package dev.aegis.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Containers that a killed test JVM left behind: each has the pid of its JVM as a label, and the next JVM on the same
 * host removes those whose JVM has gone.
 */
final class Orphans {
    private static final String HOST = "dev.aegis.testing.host";
    private static final String JVM = "dev.aegis.testing.jvm";

    private Orphans() {}

    /** The labels of the containers of this JVM. */
    static Map<String, String> labels() throws UnknownHostException {
        return Map.of(HOST, host(), JVM, Long.toString(ProcessHandle.current().pid()));
    }

    static void remove(DockerClient docker) throws UnknownHostException {
        docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(HOST, host())).exec().stream()
                .filter(container -> ProcessHandle.of(
                                Long.parseLong(container.getLabels().get(JVM)))
                        .isEmpty())
                .map(Container::getId)
                .forEach(id -> remove(docker, id));
    }

    private static void remove(DockerClient docker, String id) {
        try {
            docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // Another JVM was quicker.
        }
    }

    private static String host() throws UnknownHostException {
        return InetAddress.getLocalHost().getHostName();
    }
}
