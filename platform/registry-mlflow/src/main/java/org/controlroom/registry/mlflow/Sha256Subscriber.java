package org.controlroom.registry.mlflow;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Makes an answer's body into its SHA-256 in lower-case hexadecimal digits, and keeps nothing of it. */
final class Sha256Subscriber implements BodySubscriber<String> {

    private final MessageDigest digest;
    private final CompletableFuture<String> sum = new CompletableFuture<>();

    Sha256Subscriber() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public CompletionStage<String> getBody() {
        return sum;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(digest::update);
    }

    @Override
    public void onError(Throwable cause) {
        sum.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        sum.complete(HexFormat.of().formatHex(digest.digest()));
    }
}
