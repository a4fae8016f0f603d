package org.controlroom.registry.mlflow;

import java.lang.reflect.Field;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.mlflow.tracking.MlflowClient;
import org.mlflow_project.apachehttp.impl.client.HttpClientBuilder;

/**
 * Lets MLflow's Java client trust other certificates than the JVM does. It can only trust all of them or the JVM's own, so
 * the HTTP client inside it is set, as it would make it at its first call; 2.17.2 is the last version that there is.
 */
final class HttpTrust {

    private HttpTrust() {}

    /** @param client that has not been used yet */
    static void set(MlflowClient client, SSLContext trust) {
        try {
            Object caller = Objects.requireNonNull(
                    field(MlflowClient.class, "httpCaller").get(client));
            field(caller.getClass(), "httpClient")
                    .set(caller, HttpClientBuilder.create().setSSLContext(trust).build());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this MLflow client cannot be given certificates", e);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
