package org.controlroom.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What nobody may do, and what the rules in core and plugins may not do. */
final class Habits {

    private static final String OURS = "org.controlroom..";
    private static final String[] DETERMINISTIC = {
        "org.controlroom.core..", "org.controlroom.plugins..", "org.controlroom.text..", "org.controlroom.spi.."
    };

    private Habits() {}

    static final ArchRule NOTHING_IS_DESERIALIZED_BY_JAVA = noClasses()
            .that()
            .resideInAPackage(OURS)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(ObjectInputStream|ObjectOutputStream|Externalizable)|java\\.beans\\.XML.*");

    static final ArchRule NOBODY_HAS_GET_INSTANCE = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(OURS)
            .should()
            .haveName("getInstance");

    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().that().resideInAPackage(OURS).should().haveNameMatching(".*(Impl|Manager|Utils?|Helper)");

    static final ArchRule RANDOMNESS_IS_SEEDED = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC)
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class);

    static final ArchRule TIME_IS_INJECTED = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(target(name("now"))
                    .and(target(owner(assignableTo(Instant.class)
                            .or(assignableTo(LocalDate.class))
                            .or(assignableTo(LocalDateTime.class)))))
                    .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "without a clock",
                            call -> call.getTarget().getRawParameterTypes().isEmpty())))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Clock.class)))
                    .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "makes a system clock",
                            call -> call.getTarget().getName().startsWith("system"))));
}
