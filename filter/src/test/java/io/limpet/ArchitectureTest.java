package io.limpet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may know what; dependencies go down only: filter, failover, its protocol, route. */
class ArchitectureTest {

    private static final String ROUTE = "io.limpet.route..";
    private static final String FAILOVER = "io.limpet.failover..";
    private static final String HAZELCAST = "io.limpet.failover.hazelcast..";
    private static final String PROTOCOL = "io.limpet.failover.protocol..";
    private static final String FILTER = "io.limpet.filter..";

    private final JavaClasses limpet = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.limpet");

    @Test
    void theWireFormatKnowsOnlyJava() {
        classes()
                .that()
                .resideInAPackage(ROUTE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", ROUTE)
                .check(limpet);
    }

    @Test
    void onlyTheHazelcastPackageKnowsHazelcast() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HAZELCAST)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hazelcast..")
                .check(limpet);
    }

    @Test
    void onlyTheCdiPackageKnowsCdi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.limpet.cdi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..")
                .check(limpet);
    }

    @Test
    void theProtocolKnowsNeitherServletsNorWhereItIsKept() {
        classes()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROUTE, PROTOCOL)
                .check(limpet);
    }

    @Test
    void theStoreKnowsNoServlets() {
        noClasses()
                .that()
                .resideInAPackage(HAZELCAST)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta..")
                .check(limpet);
    }

    @Test
    void nothingBelowKnowsTheFilter() {
        noClasses()
                .that()
                .resideInAnyPackage(FAILOVER, ROUTE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FILTER)
                .check(limpet);
    }

    @Test
    void settingsCanBeReadWithoutHazelcastOnTheClassPath() {
        noClasses()
                .that()
                .haveSimpleName("ClusterSettings")
                .or()
                .haveSimpleName("MemberAddress")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hazelcast..")
                .check(limpet);
    }
}
