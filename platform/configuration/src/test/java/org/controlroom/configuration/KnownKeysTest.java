package org.controlroom.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    @Test
    void aMisspeltKeyIsToldWithTheNearestOne() {
        assertThat(KnownKeys.unknownKeys(List.of("controlroom.http.threds", "controlroom.http.threads")))
                .containsExactly(new KnownKeys.Unknown("controlroom.http.threds", "controlroom.http.threads"));
        assertThat(KnownKeys.unknownKeys(List.of("controlroom.trainingthreads")).get(0))
                .hasToString("controlroom.trainingthreads (the nearest known is controlroom.training.threads)");
    }

    @Test
    void keysOfOthersAreNobodysBusiness() {
        assertThat(KnownKeys.unknownKeys(List.of("java.home", "controlroomy", "db.url")))
                .isEmpty();
        assertThat(KnownKeys.unknownVariables(List.of("PATH", "CONTROLROOMY"))).isEmpty();
    }

    @Test
    void aMisspeltVariableIsToldWithTheNearestOne() {
        assertThat(KnownKeys.unknownVariables(List.of("CONTROLROOM_DB_PASSWORT", "CONTROLROOM_DB_PASSWORD")))
                .containsExactly(new KnownKeys.Unknown("CONTROLROOM_DB_PASSWORT", "CONTROLROOM_DB_PASSWORD"));
    }

    @Test
    void variablesOfTheCommandAndOfKubernetesAreNoKeys() {
        assertThat(KnownKeys.unknownVariables(List.of(
                        "CONTROLROOM_JAVA_HOME",
                        "CONTROLROOM_HOME",
                        "CONTROLROOM_SERVICE_HOST",
                        "CONTROLROOM_SERVICE_PORT_HTTP",
                        "CONTROLROOM_PORT",
                        "CONTROLROOM_PORT_8000_TCP_ADDR")))
                .isEmpty();
    }

    @Test
    void theKeysOfAnAreaAreKnownByEachOfThem() {
        assertThat(KnownKeys.beside("controlroom.http.threads"))
                .containsExactly("controlroom.http.address", "controlroom.http.threads");
        assertThat(KnownKeys.beside("CONTROLROOM_HTTP_THREADS"))
                .containsExactly("CONTROLROOM_HTTP_ADDRESS", "CONTROLROOM_HTTP_THREADS");
    }

    @Test
    void everyKeyIsItsOwnNearest() {
        assertThat(KnownKeys.all()).hasSizeGreaterThan(15).allMatch(key -> key.startsWith(KnownKeys.PREFIX));
        assertThat(KnownKeys.unknownKeys(KnownKeys.all())).isEmpty();
        assertThat(KnownKeys.unknownVariables(
                        KnownKeys.all().stream().map(KnownKeys::variable).toList()))
                .isEmpty();
    }
}
