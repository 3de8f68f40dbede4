package dev.aegis.platform.schedule;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Schedules as a service has them; each is off unless a test profile says when it is due. */
@ApplicationScoped
class TestSchedules {

    private final Requests requests;

    TestSchedules(Requests requests) {
        this.requests = requests;
    }

    @Scheduled(
            identity = "test-each-second",
            cron = "{aegis.schedule.test-each-second.cron}",
            timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void eachSecond() {
        requests.send();
    }

    @Scheduled(
            identity = "test-each-year",
            cron = "{aegis.schedule.test-each-year.cron}",
            timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void eachYear() {
        requests.send();
    }

    /** Not the scheduled method of that name. */
    @OncePerCluster
    void eachYear(int requests) {
        throw new AssertionError(requests);
    }

    @Scheduled(
            identity = "test-broken",
            cron = "{aegis.schedule.test-broken.cron}",
            timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void broken() {
        requests.send();
        throw new StackOverflowError("broken");
    }

    @Scheduled(identity = "test-off", cron = "{aegis.schedule.test-off.cron}", timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void off() {
        requests.send();
    }

    @OncePerCluster
    void notScheduled() {
        requests.send();
    }

    /** A bean that cannot be made. */
    @ApplicationScoped
    static class Unmade {

        Unmade() {
            if (isMade()) {
                throw new ExceptionInInitializerError("unmade");
            }
        }

        private static boolean isMade() {
            return true;
        }

        @Scheduled(
                identity = "test-unmade",
                cron = "{aegis.schedule.test-unmade.cron}",
                timeZone = "{aegis.schedule.time-zone}")
        @OncePerCluster
        void run() {}
    }
}
