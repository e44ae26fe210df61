package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server keeps in a session and does not show to the application. */
class HiddenClassesTest {

    private static final List<String> ALLOWED = List.of("io.limpet.failover.*");
    private final ClassLoader application = ClassLoader.getPlatformClassLoader();
    private final ClassLoader server = HiddenClassesTest.class.getClassLoader();

    /** Of the server. */
    record Kept(String what) implements Serializable {}

    @Test
    void aClassThatOnlyTheServerSeesIsFoundThere() throws Exception {
        JavaSessionCodec codec = new JavaSessionCodec(ALLOWED, application, () -> List.of(application, server));
        assertThat(codec.read(codec.write(new Kept("bean")))).isEqualTo(new Kept("bean"));
    }

    @Test
    void aClassOfTheServerMustBeAllowedToo() throws Exception {
        byte[] bytes = new JavaSessionCodec(ALLOWED, server).write(new Kept("bean"));
        JavaSessionCodec strict = new JavaSessionCodec(List.of(), application, () -> List.of(server));
        assertThatThrownBy(() -> strict.read(bytes)).isInstanceOf(IOException.class);
    }
}
