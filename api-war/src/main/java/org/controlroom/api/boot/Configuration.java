package org.controlroom.api.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.controlroom.configuration.KnownKeys;
import org.controlroom.core.catalogue.PortionPlan;
import org.controlroom.core.model.LostRuns;
import org.controlroom.core.model.NodeName;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.StepPolicies;
import org.controlroom.core.model.StepPolicy;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What can be set from outside, read and checked once at start.
 *
 * @param dataDir folder for everything that is kept; {@code controlroom.data.dir}
 * @param pluginsDir folder with the plugin jars of the distribution; {@code controlroom.plugins.dir}; null when there is
 *     none
 * @param trainingThreads threads of one training; {@code controlroom.training.threads}
 * @param batchThreads threads that answer batch requests; {@code controlroom.batch.threads}
 * @param predictionLogMb size of the prediction log's file at which it is rotated, in MB;
 *     {@code controlroom.prediction-log.max-mb}
 * @param predictionLogFiles rotated files that are kept; {@code controlroom.prediction-log.files}
 * @param portions how the catalogue grows; {@code controlroom.load.initial-percent}, {@code controlroom.load.step-percent},
 *     {@code controlroom.load.seed}, {@code controlroom.load.folder}
 * @param roles what this node does; {@code controlroom.node.roles}
 * @param node name of this node, the owner of the runs that it starts; {@code controlroom.node.name};
 *     null for the one that the data folder keeps
 * @param lostRuns what becomes of runs whose node died; {@code controlroom.pipelines.lost}
 * @param lostAfter silence after which a node counts as dead; {@code controlroom.pipelines.lost-after-seconds}
 * @param steps how often each step is tried and how long it may take; {@code controlroom.pipelines.retry.*},
 *     {@code controlroom.pipelines.step-limit-minutes}, {@code controlroom.pipelines.steps}
 * @param callbackSecret by which callbacks are signed; {@code controlroom.pipelines.callback-secret}; null when none are sent
 * @param notifications who is told what; {@code controlroom.notifications.*}
 * @param promotion what the promotion policy asks, and how the registry is followed; {@code controlroom.promotion.*},
 *     {@code controlroom.registry.poll-seconds}, {@code controlroom.registry.webhook-secret}
 * @param database {@code controlroom.db.*}
 * @param mlflow the server that is the model registry, if any; {@code controlroom.mlflow.*}
 */
record Configuration(
        Path dataDir,
        @Nullable Path pluginsDir,
        int trainingThreads,
        int batchThreads,
        int predictionLogMb,
        int predictionLogFiles,
        PortionPlan portions,
        NodeRoles roles,
        @Nullable NodeName node,
        LostRuns lostRuns,
        Duration lostAfter,
        StepPolicies steps,
        @Nullable String callbackSecret,
        NotificationSettings notifications,
        PromotionSettings promotion,
        DatabaseSettings database,
        MlflowAccess mlflow) {

    private static final int MAX_THREADS = 1024;
    private static final int MAX_LOG_MB = 1024;
    private static final int MAX_LOG_FILES = 10_000;

    /** @throws ControlRoomException SETTINGS_INVALID naming the key, the value and what is allowed */
    public static Configuration read(Config config) {
        requireKnownKeys(config);
        Path dataDir = path(config, "controlroom.data.dir")
                .orElse(Path.of("state"))
                .toAbsolutePath()
                .normalize();
        int processors = Runtime.getRuntime().availableProcessors();
        return new Configuration(
                dataDir,
                path(config, "controlroom.plugins.dir")
                        .map(path -> path.toAbsolutePath().normalize())
                        .orElse(null),
                number(config, "controlroom.training.threads", processors, 1, MAX_THREADS),
                number(config, "controlroom.batch.threads", processors, 1, MAX_THREADS),
                number(config, "controlroom.prediction-log.max-mb", 64, 1, MAX_LOG_MB),
                number(config, "controlroom.prediction-log.files", 10, 0, MAX_LOG_FILES),
                new PortionPlan(
                        percent(config, "controlroom.load.initial-percent", 100),
                        percent(config, "controlroom.load.step-percent", 3),
                        wholeNumber(config, "controlroom.load.seed"),
                        text(config, "controlroom.load.folder").orElse(null)),
                text(config, NodeRoles.KEY).map(NodeRoles::of).orElse(NodeRoles.ALL),
                text(config, "controlroom.node.name").map(NodeName::new).orElse(null),
                text(config, "controlroom.pipelines.lost").map(LostRuns::of).orElse(LostRuns.FAIL),
                Duration.ofSeconds(number(config, "controlroom.pipelines.lost-after-seconds", 60, 15, 3_600)),
                steps(config),
                text(config, "controlroom.pipelines.callback-secret").orElse(null),
                NotificationSettings.read(config),
                PromotionSettings.read(config),
                database(config),
                MlflowAccess.read(config));
    }

    private static StepPolicies steps(Config config) {
        int limit = number(config, "controlroom.pipelines.step-limit-minutes", 0, 0, 10_080);
        StepPolicy usual = new StepPolicy(
                number(config, "controlroom.pipelines.retry.attempts", 3, 1, 100),
                Duration.ofSeconds(number(config, "controlroom.pipelines.retry.first-delay-seconds", 2, 1, 3_600)),
                Duration.ofSeconds(number(config, "controlroom.pipelines.retry.max-delay-seconds", 60, 1, 86_400)),
                limit == 0 ? null : Duration.ofMinutes(limit));
        return StepPolicies.of(
                usual, text(config, "controlroom.pipelines.steps").orElse(""));
    }

    private static DatabaseSettings database(Config config) {
        return new DatabaseSettings(
                text(config, "controlroom.db.url").map(String::strip).orElse(null),
                text(config, "controlroom.db.user").orElse("sa"),
                text(config, "controlroom.db.password").orElse(""),
                number(config, "controlroom.db.pool-size", 16, 2, 1_000),
                number(config, "controlroom.db.connect-timeout-seconds", 5, 1, 60),
                number(config, "controlroom.db.socket-timeout-seconds", 120, 5, 3_600));
    }

    /** A misspelt key would leave the default in place without a word. */
    private static void requireKnownKeys(Config config) {
        List<Problem> problems = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            Set<String> names = source.getPropertyNames();
            for (KnownKeys.Unknown unknown : Stream.of(KnownKeys.unknownKeys(names), KnownKeys.unknownVariables(names))
                    .flatMap(List::stream)
                    .toList()) {
                problems.add(new Problem(
                        unknown.name(),
                        "in " + source.getName() + " is no key; the nearest known is " + unknown.nearest()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, "configuration", problems);
        }
    }

    /** Without the password, which must not get into a log. */
    @Override
    public String toString() {
        return "data folder " + dataDir + ", roles " + roles + ", database " + database + ", model registry " + mlflow;
    }

    private static Optional<Path> path(Config config, String key) {
        return text(config, key).map(Path::of);
    }

    static Optional<String> text(Config config, String key) {
        return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
    }

    static int number(Config config, String key, int otherwise, int min, int max) {
        String text = config.getOptionalValue(key, String.class).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw refused(key, "'" + text + "'; must be " + min + ".." + max);
    }

    private static double percent(Config config, String key, double otherwise) {
        String text = text(config, key).orElse(Double.toString(otherwise));
        try {
            double percent = Double.parseDouble(text.strip());
            if (percent > 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw refused(key, "'" + text + "'; must be above 0, at most 100");
    }

    private static long wholeNumber(Config config, String key) {
        String text = text(config, key).orElse("0");
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw refused(key, "'" + text + "'; must be a whole number");
        }
    }

    static ControlRoomException refused(String key, String why) {
        return new ControlRoomException(ErrorCode.SETTINGS_INVALID, "configuration", List.of(new Problem(key, why)));
    }
}
