package io.github.telcochurn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The few rules that keep the layers apart. */
@AnalyzeClasses(packages = "io.github.telcochurn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.telcochurn.(*)..").should().beFreeOfCycles();

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
                    "io.github.telcochurn.routetests..",
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
