package org.controlroom.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** Who may import whom. */
final class Imports {

    private static final String OURS = "org.controlroom..";
    private static final String SPI = "org.controlroom.spi..";
    private static final String TEXT = "org.controlroom.text..";

    /** The library bundle of ONNX Runtime. */
    private static final String ONNX_RUNTIME = "org.controlroom.onnxruntime..";

    private static final String CORE = "org.controlroom.core..";
    private static final String PLUGINS = "org.controlroom.plugins..";
    private static final String API = "org.controlroom.api..";
    private static final String BOOT = "org.controlroom.api.boot..";
    private static final String UI = "org.controlroom.ui..";
    private static final String PLUGIN_HOST = "org.controlroom.pluginhost..";
    private static final String SQL = "org.controlroom.jdbc..";
    private static final String[] ADAPTERS = {
        PLUGIN_HOST,
        "org.controlroom.registry..",
        "org.controlroom.store..",
        "org.controlroom.datasets..",
        "org.controlroom.notifications..",
        "org.controlroom.pipelines..",
        "org.controlroom.telemetry.."
    };
    private static final String NULLNESS = "org.jspecify.annotations";

    private Imports() {}

    static final ArchRule SPI_KNOWS_THE_JDK_ONLY = classes()
            .that()
            .resideInAPackage(SPI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.xml.stream..",
                    SPI,
                    "org.osgi.annotation..",
                    "org.osgi.service.component.annotations",
                    NULLNESS);

    static final ArchRule TESTKIT_SEES_ONLY_THE_SPI = noClasses()
            .that()
            .resideInAPackage("org.controlroom.testkit..")
            .should()
            .dependOnClassesThat(
                    ours().and(DescribedPredicate.not(resideInAnyPackage(SPI, "org.controlroom.testkit.."))));

    static final ArchRule PLUGINS_SEE_ONLY_THE_SPI = noClasses()
            .that()
            .resideInAnyPackage(PLUGINS, TEXT, ONNX_RUNTIME)
            .should()
            .dependOnClassesThat(
                    ours().and(DescribedPredicate.not(resideInAnyPackage(SPI, TEXT, ONNX_RUNTIME, PLUGINS))));

    static final ArchRule PLUGINS_KNOW_NO_SERVER = noClasses()
            .that()
            .resideInAnyPackage(PLUGINS, TEXT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "javax.sql..", "java.sql..");

    static final ArchRule PLUGINS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("org.controlroom.plugins.(*)..").should().notDependOnEachOther();

    static final ArchRule CORE_KNOWS_THE_JDK_AND_THE_SPI_ONLY = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", SPI, CORE, NULLNESS);

    static final ArchRule CORE_KNOWS_NO_DATABASE_AND_NO_NETWORK = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.net.http..", "java.rmi..", "java.awt..");

    static final ArchRule ONLY_BOOT_IS_KNOWN_TO_NOBODY = noClasses()
            .that(ours().and(DescribedPredicate.not(resideInAnyPackage(API, UI))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API, UI);

    static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "org.controlroom.(pluginhost|registry|store|datasets|notifications|pipelines|telemetry)..")
            .should()
            .notDependOnEachOther();

    static final ArchRule ADAPTERS_SEE_CORE_AND_SPI = noClasses()
            .that()
            .resideInAnyPackage(ADAPTERS)
            .should()
            .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAnyPackage(SPI, CORE, SQL)))
                    .and(DescribedPredicate.not(resideInAnyPackage(ADAPTERS))));

    static final ArchRule SQL_IS_FOR_THE_SQL_ADAPTERS = noClasses()
            .that()
            .resideOutsideOfPackages(SQL, "org.controlroom.store..", "org.controlroom.registry..", BOOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SQL);

    static final ArchRule UI_TALKS_BY_REST_ONLY = noClasses()
            .that()
            .resideInAPackage(UI)
            .should()
            .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAPackage(UI))));

    static final ArchRule ONLY_BOOT_SEES_ADAPTERS_AND_CORE_TOGETHER = classes()
            .that()
            .resideInAPackage(API)
            .and()
            .resideOutsideOfPackage(BOOT)
            .should(notSeeBoth("adapters and core", resideInAnyPackage(ADAPTERS), resideInAPackage(CORE)));

    static final ArchRule ONLY_THE_PLUGIN_HOST_KNOWS_THE_FRAMEWORK = noClasses()
            .that(ours().and(DescribedPredicate.not(resideInAPackage(PLUGIN_HOST))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.osgi.framework..", "org.apache.felix..");

    static final ArchRule INTERNAL_STAYS_INTERNAL = classes().that(ours()).should(notSeeForeignInternals());

    static final ArchRule ROOMS_HAVE_NO_CYCLES =
            slices().matching("org.controlroom.(*)..").should().beFreeOfCycles();

    static final ArchRule CORE_HAS_NO_CYCLES =
            slices().matching("org.controlroom.core.(*)..").should().beFreeOfCycles();

    static final ArchRule API_HAS_NO_CYCLES =
            slices().matching("org.controlroom.api.(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(OURS).as("are ours");
    }

    private static ArchCondition<JavaClass> notSeeBoth(
            String what, DescribedPredicate<JavaClass> some, DescribedPredicate<JavaClass> others) {
        return new ArchCondition<>("not depend on " + what + " together") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                Optional<JavaClass> one = target(item, some);
                Optional<JavaClass> other = target(item, others);
                if (one.isPresent() && other.isPresent()) {
                    events.add(SimpleConditionEvent.violated(
                            item,
                            item.getName() + " depends on " + one.get().getName() + " and on "
                                    + other.get().getName()));
                }
            }
        };
    }

    private static Optional<JavaClass> target(JavaClass item, DescribedPredicate<JavaClass> wanted) {
        return item.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .filter(wanted)
                .findFirst();
    }

    private static ArchCondition<JavaClass> notSeeForeignInternals() {
        return new ArchCondition<>("not depend on the internal package of another room") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getPackageName();
                    int internal = (target + ".").indexOf(".internal.");
                    boolean foreign = internal > 0
                            && target.startsWith("org.controlroom.")
                            && !(item.getPackageName() + ".").startsWith(target.substring(0, internal) + ".");
                    if (foreign) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
