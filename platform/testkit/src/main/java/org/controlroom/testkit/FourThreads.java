package org.controlroom.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The attack on what may be called by many threads at once. */
final class FourThreads {

    private FourThreads() {}

    /** @return what each of them found; a failure of one is thrown */
    static <T> List<T> call(Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(List.of(task, task, task, task))) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** @param check throws when something is wrong; made some times by each of them */
    static void check(int rounds, Runnable check) throws Exception {
        call(() -> {
            for (int round = 0; round < rounds; round++) {
                check.run();
            }
            return true;
        });
    }
}
