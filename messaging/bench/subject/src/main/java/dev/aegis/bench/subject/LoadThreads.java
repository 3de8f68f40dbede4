package dev.aegis.bench.subject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same in many concurrent transactions. */
record LoadThreads(int threads) {

    /** Does it so often, each time in a transaction of its own, and tells how many seconds that took. */
    double run(int times, Callable<?> deed) throws InterruptedException, ExecutionException {
        var executor = Executors.newFixedThreadPool(threads);
        try {
            var start = new CountDownLatch(1);
            var shares = new ArrayList<Future<?>>();
            for (var i = 0; i < threads; i++) {
                var share = times / threads + (i < times % threads ? 1 : 0);
                shares.add(executor.submit(() -> {
                    start.await();
                    for (var done = 0; done < share; done++) {
                        QuarkusTransaction.requiringNew().call(deed);
                    }
                    return null;
                }));
            }
            var begun = System.nanoTime();
            start.countDown();
            for (var share : shares) {
                share.get();
            }
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            executor.shutdownNow();
        }
    }
}
