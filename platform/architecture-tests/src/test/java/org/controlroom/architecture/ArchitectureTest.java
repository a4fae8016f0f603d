package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    private static final List<SourceModule> MODULES = SourceModule.all(SourceModule.root());

    /** All rules that are written as constants. */
    static Stream<Rule> rules() {
        return Stream.of(Imports.class, Habits.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.getType() == ArchRule.class && Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return new Rule(field.getName(), (ArchRule) field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** A rule and the name of its constant. */
    record Rule(String name, ArchRule rule) {
        String sentence() {
            return name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    @TestFactory
    Stream<DynamicTest> allModules() {
        List<Path> classes = MODULES.stream().map(SourceModule::classes).toList();
        JavaClasses ours = new ClassFileImporter().importPaths(classes);
        return rules().map(rule -> DynamicTest.dynamicTest(
                rule.sentence(), () -> rule.rule().allowEmptyShould(true).check(ours)));
    }

    @Test
    void everyModuleWasCompiledBeforeItIsChecked() {
        assertThat(MODULES).extracting(SourceModule::name).contains("spi", "core", "pipelines", "ui-war");
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(Files.isDirectory(module.classes()))
                        .as("%s has sources and must come before this module in the build", module.name())
                        .isTrue());
    }

    @Test
    void aPackageLivesInOneModule() {
        assertThat(Sources.splitPackages(MODULES)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatIsInIt() {
        assertThat(MODULES.stream().flatMap(module -> Sources.undescribedPackages(module.folder()).stream()))
                .isEmpty();
    }

    @Test
    void everyPluginHasItsReadmeAndItsTests() {
        List<SourceModule> plugins = MODULES.stream()
                .filter(module -> module.folder().getParent().endsWith("plugins"))
                .filter(module -> !module.name().startsWith("lib-"))
                .toList();
        assertThat(plugins).hasSizeGreaterThanOrEqualTo(3);
        assertThat(plugins.stream().flatMap(plugin -> Sources.missingOfPlugin(plugin).stream()))
                .isEmpty();
    }

    @Test
    void noFileIsTooLongToBeReadAtOnce() {
        assertThat(MODULES.stream().flatMap(module -> Sources.tooLong(module).stream()))
                .isEmpty();
    }
}
