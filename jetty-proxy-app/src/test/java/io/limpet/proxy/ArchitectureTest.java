package io.limpet.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses PROXY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.limpet.proxy");

    @Test
    void decisionsAndSettingsKnowNeitherJettyNorServlets() {
        noClasses()
                .that()
                .resideInAnyPackage("io.limpet.proxy.node..", "io.limpet.proxy.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet..", "picocli..", "ch.qos.logback..")
                .check(PROXY);
    }

    @Test
    void dependenciesGoDownFromTheEdgeToSettingsToNodes() {
        noClasses()
                .that()
                .resideInAPackage("io.limpet.proxy.node..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.limpet.proxy", "io.limpet.proxy.config..")
                .check(PROXY);
        noClasses()
                .that()
                .resideInAPackage("io.limpet.proxy.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.limpet.proxy")
                .check(PROXY);
    }

    @Test
    void messagesAreReadWithTheJdkAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.limpet.proxy.http1..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.limpet.proxy",
                        "io.limpet.proxy.config..",
                        "io.limpet.proxy.node..",
                        "io.limpet.proxy.upstream..",
                        "io.limpet.route..",
                        "jakarta..",
                        "org.eclipse..")
                .check(PROXY);
    }

    @Test
    void connectionsToNodesKnowNothingOfRoutesAndServlets() {
        noClasses()
                .that()
                .resideInAPackage("io.limpet.proxy.upstream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.limpet.proxy",
                        "io.limpet.proxy.config..",
                        "io.limpet.proxy.node..",
                        "io.limpet.route..",
                        "jakarta.servlet..",
                        "org.eclipse.jetty.server..",
                        "org.eclipse.jetty.client..")
                .check(PROXY);
    }

    @Test
    void ofTheFilterOnlyTheWireFormatIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.limpet.filter..", "io.limpet.failover..")
                .check(PROXY);
    }

    @Test
    void onlyWhoNeedsThemKnowsHazelcastAndOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.limpet.proxy.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hazelcast..")
                .check(PROXY);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.limpet.proxy.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(PROXY);
    }
}
