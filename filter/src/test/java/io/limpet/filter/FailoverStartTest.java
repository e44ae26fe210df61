package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailoverStartTest {

    @Test
    void anApplicationWithoutHazelcastIsToldToAddIt() {
        assertThat(FailoverStart.missing("com/hazelcast/core/HazelcastInstance"))
                .contains("needs Hazelcast in WEB-INF/lib")
                .contains("com.hazelcast:hazelcast:");
    }

    // WildFly hides sun.misc.Unsafe; to add Hazelcast once more would not help
    @Test
    void aServerThatHidesAClassOfTheJdkIsNotTakenForAMissingLibrary() {
        assertThat(FailoverStart.missing("sun/misc/Unsafe"))
                .contains("does not let the application see sun/misc/Unsafe")
                .doesNotContain("WEB-INF/lib");
    }
}
