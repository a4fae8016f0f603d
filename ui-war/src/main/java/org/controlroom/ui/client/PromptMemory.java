package org.controlroom.ui.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Answers of which each stays as it is, asked for once. Whoever wants one does not wait longer than a page may: the question
 * goes on meanwhile, and its answer is there for the next one who wants it. Thread-safe.
 */
final class PromptMemory<K, V> {

    private final Duration patience;
    private final Executor asking;
    private final Map<K, CompletableFuture<V>> answers; // guarded by itself

    /**
     * An empty one.
     *
     * @param patience how long one waits for an answer
     * @param asking where questions wait for theirs
     * @param most answers that are kept
     */
    PromptMemory(Duration patience, Executor asking, int most) {
        this.patience = patience;
        this.asking = asking;
        answers = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * What is known, or becomes known in time.
     *
     * @return empty when it has not become known yet
     * @throws ApiProblem what the question was answered with instead; the next one asks again
     */
    Optional<V> get(K key, Supplier<V> question) {
        CompletableFuture<V> answer;
        synchronized (answers) {
            answer = answers.computeIfAbsent(key, wanted -> CompletableFuture.supplyAsync(question, asking));
        }
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            synchronized (answers) {
                answers.remove(key, answer);
            }
            if (e.getCause() instanceof ApiProblem problem) {
                throw problem;
            }
            throw new IllegalStateException(e);
        }
    }
}
