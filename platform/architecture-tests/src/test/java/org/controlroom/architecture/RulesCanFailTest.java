package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule meets code that breaks it: a rule that cannot fail protects nothing. */
class RulesCanFailTest {

    private static final String CORE_THING = "package org.controlroom.core.model; public class Thing {}";
    private static final String TABLE = "package org.controlroom.store; public class Table {}";
    private static final String COUNTER = "package org.controlroom.telemetry; public class Counter {}";
    private static final String ROUTE = "package org.controlroom.api.predict; public class Route {}";
    private static final String OTHER_PLUGIN = "package org.controlroom.plugins.other; public class Other {}";

    /** Sources that break the rule of this name, and no more than they must. */
    private static final Map<String, List<String>> BROKEN = new TreeMap<>();

    static {
        BROKEN.put("SPI_KNOWS_THE_JDK_ONLY", List.of(CORE_THING, using("org.controlroom.spi", "core.model.Thing")));
        BROKEN.put(
                "TESTKIT_SEES_ONLY_THE_SPI", List.of(CORE_THING, using("org.controlroom.testkit", "core.model.Thing")));
        BROKEN.put(
                "PLUGINS_SEE_ONLY_THE_SPI",
                List.of(CORE_THING, using("org.controlroom.plugins.a", "core.model.Thing")));
        BROKEN.put("PLUGINS_KNOW_NO_SERVER", List.of(source("org.controlroom.plugins.a", "jakarta.inject.Inject x;")));
        BROKEN.put(
                "PLUGINS_DO_NOT_KNOW_EACH_OTHER",
                List.of(OTHER_PLUGIN, using("org.controlroom.plugins.a", "plugins.other.Other")));
        BROKEN.put(
                "CORE_KNOWS_THE_JDK_AND_THE_SPI_ONLY",
                List.of(source("org.controlroom.core.train", "jakarta.json.JsonObject x;")));
        BROKEN.put(
                "CORE_KNOWS_NO_DATABASE_AND_NO_NETWORK",
                List.of(source("org.controlroom.core.train", "java.sql.Connection x;")));
        BROKEN.put("ONLY_BOOT_IS_KNOWN_TO_NOBODY", List.of(ROUTE, using("org.controlroom.store", "api.predict.Route")));
        BROKEN.put(
                "ADAPTERS_DO_NOT_KNOW_EACH_OTHER",
                List.of(COUNTER, using("org.controlroom.store", "telemetry.Counter")));
        BROKEN.put(
                "ADAPTERS_SEE_CORE_AND_SPI",
                List.of(OTHER_PLUGIN, using("org.controlroom.store", "plugins.other.Other")));
        BROKEN.put(
                "SQL_IS_FOR_THE_SQL_ADAPTERS",
                List.of(
                        "package org.controlroom.jdbc; public class Sql {}",
                        using("org.controlroom.telemetry", "jdbc.Sql")));
        BROKEN.put("UI_TALKS_BY_REST_ONLY", List.of(CORE_THING, using("org.controlroom.ui.home", "core.model.Thing")));
        BROKEN.put(
                "ONLY_BOOT_SEES_ADAPTERS_AND_CORE_TOGETHER",
                List.of(
                        CORE_THING,
                        TABLE,
                        source(
                                "org.controlroom.api.predict",
                                "org.controlroom.core.model.Thing x; org.controlroom.store.Table y;")));
        BROKEN.put(
                "ONLY_THE_PLUGIN_HOST_KNOWS_THE_FRAMEWORK",
                List.of(source("org.controlroom.api.boot", "org.osgi.framework.Bundle x;")));
        BROKEN.put(
                "INTERNAL_STAYS_INTERNAL",
                List.of(
                        "package org.controlroom.pluginhost.internal; public class Secret {}",
                        using("org.controlroom.api.boot", "pluginhost.internal.Secret")));
        BROKEN.put(
                "ROOMS_HAVE_NO_CYCLES",
                List.of(
                        "package org.controlroom.store; public class A { org.controlroom.telemetry.B b; }",
                        "package org.controlroom.telemetry; public class B { org.controlroom.store.A a; }"));
        BROKEN.put(
                "CORE_HAS_NO_CYCLES",
                List.of(
                        "package org.controlroom.core.train; public class A { org.controlroom.core.drift.B b; }",
                        "package org.controlroom.core.drift; public class B { org.controlroom.core.train.A a; }"));
        BROKEN.put(
                "API_HAS_NO_CYCLES",
                List.of(
                        "package org.controlroom.api.predict; public class A { org.controlroom.api.json.B b; }",
                        "package org.controlroom.api.json; public class B { org.controlroom.api.predict.A a; }"));
        BROKEN.put(
                "NOTHING_IS_DESERIALIZED_BY_JAVA",
                List.of(source("org.controlroom.store", "java.io.ObjectInputStream x;")));
        BROKEN.put(
                "NOBODY_HAS_GET_INSTANCE",
                List.of(source("org.controlroom.store", "static Broken getInstance() { return new Broken(); }")));
        BROKEN.put(
                "NAMES_SAY_WHAT_A_CLASS_IS",
                List.of("package org.controlroom.store; public class CatalogueManager {}"));
        BROKEN.put(
                "RANDOMNESS_IS_SEEDED",
                List.of(source("org.controlroom.core.train", "Object x = new java.util.Random();")));
        BROKEN.put(
                "TIME_IS_INJECTED",
                List.of(source("org.controlroom.core.train", "Object x = java.time.Instant.now();")));
    }

    @TempDir
    Path folder;

    private static String source(String pack, String body) {
        return "package " + pack + "; public class Broken { " + body + " }";
    }

    private static String using(String pack, String target) {
        return source(pack, "org.controlroom." + target + " x;");
    }

    static List<ArchitectureTest.Rule> rules() {
        return ArchitectureTest.rules().toList();
    }

    @Test
    void everyRuleHasCodeThatBreaksIt() {
        assertThat(rules())
                .extracting(ArchitectureTest.Rule::name)
                .containsExactlyInAnyOrderElementsOf(BROKEN.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aRuleFindsTheCodeThatBreaksIt(ArchitectureTest.Rule rule) throws IOException {
        JavaClasses broken = compile(BROKEN.getOrDefault(rule.name(), List.of()));
        assertThat(rule.rule().allowEmptyShould(true).evaluate(broken).hasViolation())
                .isTrue();
    }

    @Test
    void otherWaysToGetTimeAndChanceAreFoundToo() throws IOException {
        for (String expression :
                List.of("System.currentTimeMillis()", "java.time.LocalDate.now()", "java.time.Clock.systemUTC()")) {
            assertThat(Habits.TIME_IS_INJECTED
                            .evaluate(compile(
                                    List.of(source("org.controlroom.core.a", "Object x = " + expression + ";"))))
                            .hasViolation())
                    .as(expression)
                    .isTrue();
        }
        for (String expression : List.of(
                "Math.random()", "java.util.UUID.randomUUID()", "java.util.concurrent.ThreadLocalRandom.current()")) {
            assertThat(Habits.RANDOMNESS_IS_SEEDED
                            .evaluate(compile(
                                    List.of(source("org.controlroom.core.a", "Object x = " + expression + ";"))))
                            .hasViolation())
                    .as(expression)
                    .isTrue();
        }
    }

    @Test
    void aSeedAndAnInjectedClockAreFine() throws IOException {
        JavaClasses fine = compile(
                List.of(
                        source(
                                "org.controlroom.core.a",
                                "Object x = new java.util.Random(42); Object now(java.time.Clock c) { return java.time.Instant.now(c); }")));
        Habits.RANDOMNESS_IS_SEEDED.check(fine);
        Habits.TIME_IS_INJECTED.check(fine);
    }

    @Test
    void aPackageInTwoModulesIsFound() throws IOException {
        write("one/src/main/java/org/controlroom/a/X.java", "");
        write("two/src/main/java/org/controlroom/a/Y.java", "");
        assertThat(Sources.splitPackages(
                        List.of(new SourceModule(folder.resolve("one")), new SourceModule(folder.resolve("two")))))
                .containsExactly("org.controlroom.a is in [one, two]");
    }

    @Test
    void aPackageThatDoesNotSayWhatIsInItIsFound() throws IOException {
        write("m/src/main/java/org/controlroom/a/X.java", "");
        write("m/src/main/java/org/controlroom/b/package-info.java", "/** Things. */ package org.controlroom.b;");
        write("m/src/main/java/org/controlroom/c/package-info.java", "/** Things. */ @NullMarked package c;");
        write(
                "m/src/main/java/org/controlroom/d/package-info.java",
                "/**\n * Things.\n *\n * Not here: others. Start\n * with {@link D}.\n */\n@NullMarked package d;");
        assertThat(Sources.undescribedPackages(folder.resolve("m")))
                .hasSize(3)
                .noneMatch(text -> text.contains("/d/"))
                .anyMatch(text -> text.endsWith("a: no package-info.java"));
    }

    @Test
    void aPluginWithoutReadmeAndTestsIsFound() throws IOException {
        write("extractor-bare/src/main/java/org/controlroom/plugins/bare/Bare.java", "");
        write(
                "extractor-bare/src/test/java/org/controlroom/plugins/bare/BareContractTest.java",
                "class BareContractTest {}");
        assertThat(Sources.missingOfPlugin(new SourceModule(folder.resolve("extractor-bare"))))
                .hasSize(4);
    }

    @Test
    void aFileThatIsTooLongIsFound() throws IOException {
        write("m/src/main/java/org/controlroom/a/Fits.java", "\n".repeat(Sources.MAX_LINES));
        write("m/src/main/java/org/controlroom/a/Long.java", "\n".repeat(Sources.MAX_LINES + 1));
        assertThat(Sources.tooLong(new SourceModule(folder.resolve("m"))))
                .hasSize(1)
                .allMatch(text -> text.contains("Long.java has 501 lines"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private JavaClasses compile(List<String> sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        for (String source : sources) {
            Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
            assertThat(name.find()).isTrue();
            Path file = Files.createTempDirectory(folder, "source").resolve(name.group(1) + ".java");
            Files.writeString(file, source);
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new ClassFileImporter().importPaths(Collections.singleton(classes));
    }
}
