package io.github.telcochurn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/** The few rules that keep the layers apart. */
@AnalyzeClasses(packages = "io.github.telcochurn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.telcochurn";

    /** The layers from top to bottom: a package may use those on the lines below it, and on its own. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("main"),
            Set.of("cli"),
            Set.of("streaming", "selftest", "routes.test"),
            Set.of("wiring"),
            Set.of("batch", "health"),
            Set.of("pipeline"),
            Set.of("routes", "schedule", "notification", "progress", "schemadraft", "training", "prerequisites"),
            Set.of("modelcard"),
            Set.of("ingest", "scoring", "value"),
            Set.of("deadletter"),
            Set.of("kafka"),
            Set.of("config"),
            Set.of("leaks", "templates"),
            Set.of("customer", "yaml", "files"),
            Set.of("failures"));

    /** One slice for each package below the root, and three for the root itself. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public String getDescription() {
            return "packages, the root's classes by what they are";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(layerOf(type))
                    : SliceIdentifier.ignore();
        }
    };

    private static String layerOf(JavaClass type) {
        if (!type.getPackageName().equals(ROOT)) {
            String name = type.getPackageName().substring(ROOT.length() + 1);
            // Tests of routes need everything that routes do.
            return name.startsWith("routes.test") ? "routes.test" : name.replaceFirst("\\..*", "");
        }
        String name = type.getFullName().substring(ROOT.length() + 1).replaceFirst("\\$.*", "");
        return switch (name) {
            case "ChurnApp" -> "main";
            case "ChurnBeans" -> "wiring";
            case "ChurnFailure", "MissingPrerequisite", "package-info" -> "failures";
            default -> throw new AssertionError(name + " does not belong in the root package. Move it.");
        };
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(PACKAGES).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfABatchRunHaveNoCycles =
            slices().matching(ROOT + ".batch.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfTheRoutesHaveNoCycles =
            slices().matching(ROOT + ".routes.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noLayerUsesOneAboveIt = classes().should(new ArchCondition<>("use no layer above their own") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT) && indexOf(target) < indexOf(type)) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                }
            }
        }
    });

    private static int indexOf(JavaClass type) {
        String layer = layerOf(type);
        for (int i = 0; i < LAYERS.size(); i++) {
            if (LAYERS.get(i).contains(layer)) {
                return i;
            }
        }
        throw new AssertionError("The package " + layer + " has no layer. Add it to LAYERS.");
    }

    @ArchTest
    static final ArchRule pipelineIsYaml = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.camel.builder.RouteBuilder")
            .because("routes are YAML, in routes/");

    @ArchTest
    static final ArchRule onlyWhatRunsRoutesKnowsCamel = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.github.telcochurn.pipeline..",
                    "io.github.telcochurn.kafka..",
                    "io.github.telcochurn.routes..",
                    "io.github.telcochurn.schedule..",
                    "io.github.telcochurn.notification..",
                    "io.github.telcochurn.health..",
                    "io.github.telcochurn.streaming..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule customersKnowNothingOfKafka = noClasses()
            .that()
            .resideInAPackage("io.github.telcochurn.customer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.tribuo..", "picocli..");

    @ArchTest
    static final ArchRule onlyCommandsKnowTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.telcochurn.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyMainExits =
            noClasses().that().doNotHaveSimpleName("ChurnApp").should().callMethod(System.class, "exit", int.class);
}
